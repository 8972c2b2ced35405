"""A fitted rule as a program and as a sentence."""

from collections.abc import Sequence

from peirce.agent.proposal import Hypothesis, Level, Proposal
from peirce.agent.proposers.symbolic.grids.colours import colour_name
from peirce.agent.proposers.symbolic.grids.objects.attributes import Attribute
from peirce.agent.proposers.symbolic.grids.objects.fitting import Group, Rule
from peirce.agent.proposers.symbolic.grids.objects.scene import Trait, View
from peirce.verifiers.program import Program


def write(view: View, rule: Rule, origin: str) -> Proposal:
    """The proposal that says and does what the rule does in this view."""
    table, drawing = _drawing(rule)
    preambles = dict.fromkeys(
        group.trial.action.preamble for group in rule.groups if group.trial.action.preamble
    )
    definitions = [*preambles, "", *table] if preambles else table
    body = [
        f"result = {_bare(view)}",
        "for item in items:",
        *(f"    {line}" for line in drawing),
        "return result",
    ]
    return seen_in(view, body, describe(view, rule), origin, definitions)


def seen_in(
    view: View, body: Sequence[str], words: str, origin: str, definitions: Sequence[str] = ()
) -> Proposal:
    """The proposal whose program sees the things of a grid in some way.

    Args:
        view: what counts as a thing.
        body: statements over `grid`, `items` and, as the last argument of calls, `GROUND`.
        words: the rule.
        origin: the method, below `symbolic`.
        definitions: lines above the function, the last of them empty.
    """
    lines = ["from peirce.prototypes import grids", "", *definitions, "", "def transform(grid):"]
    if view.common_ground:
        lines.append("    ground = grids.commonest(grid)")
    lines += [f"    items = {view.code}", *(f"    {line}" for line in body), ""]
    source = "\n".join(lines)
    for named in (", ground=GROUND)", ", GROUND)"):
        source = source.replace(
            named, named.replace("GROUND", "ground") if view.common_ground else ")"
        )
    return Proposal(
        hypothesis=Hypothesis(words=words, level=Level.OBJECT),
        program=Program(source=source),
        origin=f"symbolic.{origin}",
    )


def _bare(view: View) -> str:
    if view.overlay:
        return "grid"
    return f"grids.erase(grid, items{', ground' if view.common_ground else ''})"


def describe(view: View, rule: Rule) -> str:
    """The rule as one sentence."""
    if rule.attribute is not None:
        entries = "; ".join(
            f"{_value(rule.attribute, group.value)}: {group.trial.action.words}"
            for group in rule.groups
        )
        return f"Every {view.words} changes by {rule.attribute.its}: {entries}."
    if len(rule.groups) == 1:
        return f"Every {view.words} {rule.groups[0].trial.action.words}."
    parts = [
        f"every {view.words} {group.predicate.words} {group.trial.action.words}"
        for group in rule.groups
        if group.predicate is not None
    ]
    parts.append(f"every other one {rule.groups[-1].trial.action.words}")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _value(attribute: Attribute, value: Trait) -> str:
    if attribute.kind == "colour" and isinstance(value, int):
        return colour_name(value)
    return str(value)


def _drawing(rule: Rule) -> tuple[list[str], list[str]]:
    """Lines above the function, and lines inside the loop over items."""
    if rule.attribute is not None:
        template = _shared_template(rule.groups)
        if template is not None:
            return _table(rule, rule.attribute, template)
        code = rule.attribute.code
        conditions = [f"{code} == {group.value!r}" for group in rule.groups]
    else:
        conditions = [group.predicate.code if group.predicate else "" for group in rule.groups]
    return [], _branches(conditions, [group.trial.action.code for group in rule.groups])


def _branches(conditions: list[str], codes: list[str]) -> list[str]:
    if len(codes) == 2 and not codes[1] and not conditions[1]:
        return [f"if {conditions[0]}:", f"    {_painted(codes[0])}"]
    lines: list[str] = []
    for place, (condition, code) in enumerate(zip(conditions, codes, strict=True)):
        if condition:
            lines.append(f"{'elif' if place else 'if'} {condition}:")
        elif place and code:
            lines.append("else:")
        if not condition and not code:
            continue
        indent = "    " if condition or place else ""
        lines.append(indent + (_painted(code) if code else "continue"))
    return lines


def _painted(code: str) -> str:
    return f"result = grids.paint(result, {code})"


def _shared_template(groups: tuple[Group, ...]) -> str | None:
    """What all groups fill with a constant of theirs, items that stay too; `None` if nothing."""
    changed = [group for group in groups if not group.trial.action.stays]
    constants = [group.trial.action.constant for group in changed]
    first = constants[0] if constants else None
    if first is None or any(
        constant is None or constant.template != first.template for constant in constants
    ):
        return None
    return first.template if first.default or len(changed) == len(groups) else None


def _table(rule: Rule, attribute: Attribute, template: str) -> tuple[list[str], list[str]]:
    entries: list[str] = []
    default = ""
    for group in rule.groups:
        constant = group.trial.action.constant
        if constant is not None:
            entries.append(f"{group.value!r}: {constant.value}")
            default = constant.default
    looked_up = (
        f"CHOICE.get({attribute.code}, {default})" if default else (f"CHOICE[{attribute.code}]")
    )
    drawn = template.format(looked_up)
    return [f"CHOICE = {{{', '.join(entries)}}}", ""], [_painted(drawn)]
