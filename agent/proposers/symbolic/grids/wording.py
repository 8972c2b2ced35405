"""From a chain of operations to a program a person would write, and to a rule in words."""

from collections.abc import Mapping, Sequence

from peirce.agent.proposers.symbolic.grids.engine.ops import Kind, Op

HEADER = "from peirce.prototypes import grids\n\n\ndef transform(grid):\n"
"""How every program begins."""


def call(op: Op, argument: str) -> str:
    """The call of one operation, without looking whether it maps over a list."""
    args = [argument, *(repr(arg).replace("'", '"') for arg in op.args)]
    args += [f"{name}={value}" for name, value in op.options]
    return f"grids.{op.function}({', '.join(args)})"


def expression(op: Op, name: str, *, is_list: bool) -> str:
    """One operation applied to a variable."""
    if is_list and op.kind is Kind.MAP:
        return f"[{call(op, 'part')} for part in {name}]"
    return call(op, name)


def statements(
    ops: Sequence[Op], name: str = "grid", single: str = "part"
) -> tuple[list[str], str]:
    """Assignments that carry out a chain, and the name of the variable that holds its result."""
    lines: list[str] = []
    is_list = False
    for op in ops:
        becomes_list = op.kind in (Kind.SPLIT, Kind.FILTER) or (is_list and op.kind is Kind.MAP)
        target = "parts" if becomes_list else single
        lines.append(f"{target} = {expression(op, name, is_list=is_list)}")
        name, is_list = target, becomes_list
    return lines, name


def program(lines: Sequence[str], result: str) -> str:
    """A whole program that ends by returning an expression."""
    *before, last = lines or [""]
    target, _, value = last.partition(" = ")
    if target == result:
        lines, result = before, value
    body = [line for line in (*lines, f"return {result}") if line]
    return HEADER + "".join(f"    {line}\n" for line in body)


def _phrase(op: Op, *, is_list: bool) -> str:
    if is_list and op.kind is Kind.MAP:
        return "with each part: " + op.words
    return op.words


def sentence(ops: Sequence[Op]) -> str:
    """A chain as one imperative sentence."""
    phrases: list[str] = []
    is_list = False
    for op in ops:
        phrases.append(_phrase(op, is_list=is_list))
        is_list = op.kind in (Kind.SPLIT, Kind.FILTER) or (is_list and op.kind is Kind.MAP)
    if not phrases:
        return "Leave the grid as it is."
    return finish(phrases)


def finish(phrases: Sequence[str]) -> str:
    """Phrases as one sentence whose first "it" or "its" is about the grid."""
    first = f" {phrases[0]} ".replace(" it ", " the grid ", 1)
    if first.strip() == phrases[0]:
        first = first.replace(" its ", " the grid's ", 1)
    text = ", then ".join([first.strip(), *phrases[1:]])
    return text[0].upper() + text[1:] + "."


def table_words(colours: Mapping[int, int]) -> str:
    """A colour table as a phrase."""
    return "recolour " + ", ".join(f"{old} to {new}" for old, new in sorted(colours.items()))


def nested(ops: Sequence[Op], name: str = "grid") -> str:
    """A chain as one expression."""
    is_list = False
    for op in ops:
        name = expression(op, name, is_list=is_list)
        is_list = op.kind in (Kind.SPLIT, Kind.FILTER) or (is_list and op.kind is Kind.MAP)
    return name


def chain_words(ops: Sequence[Op], blank: bool = False) -> str:
    """A chain as a noun phrase."""
    if blank:
        return "the background"
    return f"the result of “{sentence(ops)[:-1]}”" if ops else "the grid"
