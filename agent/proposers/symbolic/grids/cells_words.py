"""A rule list as a program in the vocabulary of `peirce.prototypes.grids`, and in words."""

from collections.abc import Sequence

from peirce.agent.proposers.symbolic.grids.cells_search import Rule, RuleList


def program_of(
    rules: RuleList, call: str = "grids.map_cells(grid, cell)", setup: Sequence[str] = ()
) -> str:
    """Python source of the rule; `call` applies `cell` after the statements of `setup`."""
    colours = [*(rule.colour for rule in rules.rules), rules.default]
    tables = sorted({colour.table for colour in colours if colour.table})
    lines = ["from peirce.prototypes import grids", ""]
    lines += [*tables, ""] if tables else []
    lines += ["", "def cell(view):"]
    for rule in rules.rules:
        test = " and ".join(condition.source for condition in rule.conditions)
        lines += [f"    if {test}:", f"        return {rule.colour.source}"]
    lines += [f"    return {rules.default.source}", "", ""]
    lines += ["def transform(grid):", *(f"    {line}" for line in setup), f"    return {call}"]
    return "\n".join(lines) + "\n"


def words_of(rules: RuleList, first: str = "") -> str:
    """What a person could have said; `first` is a sentence about what comes before."""
    clauses = [_clause(rule) for rule in rules.rules]
    if rules.default.source == "view.colour":
        rest = "everything else stays" if clauses else "every cell stays"
    else:
        who = "everything else" if clauses else "every cell"
        rest = f"{who} becomes {rules.default.words}"
    text = "; ".join([*clauses, rest])
    return f"{first} {text[0].upper()}{text[1:]}.".strip()


def _clause(rule: Rule) -> str:
    tests = " and ".join(condition.words for condition in rule.conditions)
    if rule.colour.source == "view.colour":
        return f"a cell stays where {tests}"
    return f"a cell becomes {rule.colour.words} where {tests}"
