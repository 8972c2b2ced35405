"""A rule list as a program in the vocabulary of `peirce.prototypes.grids`, and in words."""

from peirce.agent.proposers.symbolic.grids.cells_search import Rule, RuleList


def program_of(rules: RuleList, *, apply: str = "grids.map_cells(grid, cell)") -> str:
    """Python source of the rule; `apply` is the expression that applies `cell` to `grid`."""
    lines = ["from peirce.prototypes import grids", "", "", "def cell(view):"]
    for rule in rules.rules:
        test = " and ".join(condition.source for condition in rule.conditions)
        lines += [f"    if {test}:", f"        return {rule.colour.source}"]
    lines += [f"    return {rules.default.source}", "", ""]
    lines += ["def transform(grid):", f"    return {apply}"]
    return "\n".join(lines) + "\n"


def words_of(rules: RuleList) -> str:
    """One sentence a person could have said."""
    clauses = [_clause(rule) for rule in rules.rules]
    if rules.default.source == "view.colour":
        rest = "everything else stays" if clauses else "every cell stays"
    else:
        who = "everything else" if clauses else "every cell"
        rest = f"{who} becomes {rules.default.words}"
    text = "; ".join([*clauses, rest])
    return text[0].upper() + text[1:] + "."


def _clause(rule: Rule) -> str:
    tests = " and ".join(condition.words for condition in rule.conditions)
    if rule.colour.source == "view.colour":
        return f"a cell stays where {tests}"
    return f"a cell becomes {rule.colour.words} where {tests}"
