"""Our own format: one task a line, read and written.

    {"id": "…", "kind": "grid|list|string|relation|other",
     "train": [{"input": …, "output": …}], "test": [{"input": …, "output": …}], "meta": {…}}

`meta.bk` is the background of a relational task and `meta.bias` says what its rules may look like
(Popper's declarations; Metagol's may stand in the background); the rest of `meta` becomes notes.
Where the kind leaves the type of a side open, `input_type` and `output_type` may name it.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple, TypeVar, cast

from peirce.tasks.errors import TaskError
from peirce.tasks.formats.pairs import parse_tests, parse_train
from peirce.tasks.formats.popper import with_bias
from peirce.tasks.kinds import Kind, settle_type
from peirce.tasks.reading import as_object, check_keys, parse_json
from peirce.tasks.record import Record
from peirce.tasks.scorer import Scorer
from peirce.tasks.task import Task
from peirce.tasks.values import Json, Value, ValueType, decode, encode, show

_REQUIRED: Final = ("id", "kind", "train")
_OPTIONAL: Final = ("test", "meta", "input_type", "output_type")
_BACKGROUND: Final = "bk"
_BIAS: Final = "bias"
_MISPLACED: Final = {
    "background": "the background, as bk,",
    _BACKGROUND: "the background",
    _BIAS: "the bias",
}

_Choice = TypeVar("_Choice", bound=StrEnum)


def parse_jsonl(text: str, *, path: Path) -> Iterator[Record]:
    """Read one task per line; empty lines are skipped.

    Raises:
        TaskError: a line is no task; the message names file, line, task and field.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{path}:{number}"
            yield _parse_line(parse_json(line, where=where), where)


def _parse_line(raw: object, where: str) -> Record:
    entry = as_object(raw, where=where)
    spot = f"{where}: task {show(entry['id'])}" if "id" in entry else where
    check_keys(entry, required=_REQUIRED, optional=_OPTIONAL, where=spot)
    for key in _MISPLACED:
        if key in entry:
            raise TaskError(f"{spot}: unknown key {key!r}; {_MISPLACED[key]} stands in meta")
    name = entry["id"]
    if not isinstance(name, str):
        raise TaskError(f"{where}: id: expected a text, got {show(name)}")
    tests, answers = parse_tests(entry.get("test", []), where=spot)
    kind = _choose(Kind, entry["kind"], where=f"{spot}, kind")
    background, bias, notes = _parse_meta(entry.get("meta", {}), where=f"{spot}, meta")
    if kind is Kind.RELATION:
        background, bias = with_bias(background, bias, where=f"{spot}, meta")
    return Record(
        where=where,
        name=name,
        kind=kind,
        train=parse_train(entry["train"], where=spot),
        tests=tests,
        answers=answers,
        input_type=_choose_type(entry, "input_type", where=spot),
        output_type=_choose_type(entry, "output_type", where=spot),
        background=background,
        bias=bias,
        notes=notes,
    )


def _choose_type(entry: dict[str, object], key: str, *, where: str) -> ValueType | None:
    return _choose(ValueType, entry[key], where=f"{where}, {key}") if key in entry else None


def _choose(choices: type[_Choice], raw: object, *, where: str) -> _Choice:
    for choice in choices:
        if raw == choice.value:
            return choice
    known = ", ".join(choice.value for choice in choices)
    raise TaskError(f"{where}: {show(raw)} is unknown; use one of {known}")


class _Meta(NamedTuple):
    background: str
    bias: str
    notes: dict[str, str]


def _parse_meta(raw: object, *, where: str) -> _Meta:
    meta = as_object(raw, where=where)
    background = _text(meta.get(_BACKGROUND, ""), where=f"{where}.{_BACKGROUND}")
    bias = _text(meta.get(_BIAS, ""), where=f"{where}.{_BIAS}")
    notes = {
        _text(key, where=where): _note(item, where=f"{where}.{show(key)}")
        for key, item in meta.items()
        if key not in (_BACKGROUND, _BIAS)
    }
    return _Meta(background, bias, notes)


def _text(raw: object, *, where: str) -> str:
    return cast("str", decode(raw, ValueType.STRING, where=where))


def _note(raw: object, *, where: str) -> str:
    if isinstance(raw, str):
        return _text(raw, where=where)
    try:
        return json.dumps(raw, ensure_ascii=False)
    except (RecursionError, ValueError):
        raise TaskError(f"{where}: {show(raw)} is nested too deeply or too long") from None


def format_jsonl(task: Task, scorer: Scorer) -> str:
    """Write a task as one line, with its test outputs where the scorer knows them.

    Raises:
        TaskError: its notes use the key that is kept for the background.
    """
    for key, meaning in ((_BACKGROUND, "background"), (_BIAS, "bias")):
        if key in task.notes:
            raise TaskError(
                f"task {task.name!r}: the note {key!r} would be read back as {meaning}; rename it"
            )
    kind = _kind_of(task)
    answers = scorer.reveal(task) if scorer.knows(task) else None
    entry: dict[str, Json] = {"id": task.name, "kind": kind.value}
    entry |= _types_to_state(task, kind)
    entry["train"] = [
        {"input": encode(pair.input), "output": encode(pair.output)} for pair in task.train
    ]
    entry["test"] = _format_tests(task.test, answers)
    known = {_BACKGROUND: task.background, _BIAS: task.bias}
    entry["meta"] = {**task.notes, **{key: text for key, text in known.items() if text}}
    return json.dumps(entry, ensure_ascii=False, allow_nan=False)


def _format_tests(inputs: tuple[Value, ...], answers: tuple[Value, ...] | None) -> Json:
    if answers is None:
        return [{"input": encode(value)} for value in inputs]
    return [
        {"input": encode(left), "output": encode(right)}
        for left, right in zip(inputs, answers, strict=True)
    ]


def _kind_of(task: Task) -> Kind:
    match task.input_type:
        case ValueType.GRID:
            return Kind.GRID
        case ValueType.LIST:
            return Kind.LIST
        case ValueType.STRING | ValueType.STRINGS:
            return Kind.STRING
        case ValueType.ATOM:
            return Kind.RELATION
        case _:
            return Kind.OTHER


def _types_to_state(task: Task, kind: Kind) -> dict[str, Json]:
    """State the types that a reader of the line could not tell from the kind."""
    inputs = {str(index): encode(value) for index, value in enumerate(task.inputs)}
    outputs = {str(index): encode(value) for index, value in enumerate(task.outputs)}
    stated: dict[str, Json] = {}
    if settle_type(kind, inputs, where=task.name) is not task.input_type:
        stated["input_type"] = task.input_type.value
    if settle_type(kind, outputs, where=task.name) is not task.output_type:
        stated["output_type"] = task.output_type.value
    return stated
