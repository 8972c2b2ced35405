"""The lists of examples that ARC JSON and our JSONL have in common."""

from peirce.tasks.errors import TaskError
from peirce.tasks.reading import as_array, as_object, check_keys
from peirce.tasks.task import MAX_EXAMPLES


def parse_train(raw: object, *, where: str) -> list[tuple[object, object]]:
    """Read `[{"input": …, "output": …}, …]`.

    Raises:
        TaskError: it is no such list; the message names the example.
    """
    pairs: list[tuple[object, object]] = []
    for index, item in enumerate(_items(raw, where=f"{where}, train")):
        spot = f"{where}, train[{index}]"
        pair = as_object(item, where=spot)
        check_keys(pair, required=("input", "output"), optional=(), where=spot)
        pairs.append((pair["input"], pair["output"]))
    return pairs


def parse_tests(raw: object, *, where: str) -> tuple[list[object], list[object] | None]:
    """Read `[{"input": …}, …]` into inputs and outputs; outputs are all given or none is.

    Raises:
        TaskError: it is no such list; the message names the test.
    """
    inputs: list[object] = []
    outputs: list[object] = []
    for index, item in enumerate(_items(raw, where=f"{where}, test")):
        spot = f"{where}, test[{index}]"
        test = as_object(item, where=spot)
        check_keys(test, required=("input",), optional=("output",), where=spot)
        inputs.append(test["input"])
        if "output" in test:
            outputs.append(test["output"])
        if len(outputs) not in (0, len(inputs)):
            raise TaskError(f"{spot}: give every test of a task an output, or none")
    return inputs, outputs or None


def _items(raw: object, *, where: str) -> list[object]:
    items = as_array(raw, where=where)
    if len(items) > MAX_EXAMPLES:
        raise TaskError(f"{where}: {len(items)} examples are over the limit of {MAX_EXAMPLES}")
    return items
