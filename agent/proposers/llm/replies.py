"""Replies: rules and programs taken out of what models really write.

JSON by schema is asked for and tried first. Models also wrap it in fences, cut it off in the
middle, write `Rule: …` or plain prose, put several code blocks into one answer, and call the
function what they like; all of that is read too. What holds nothing useful gives nothing. Prolog is
taken as it stands if it defines the predicate asked for.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from peirce.agent.proposal import Hypothesis, Level
from peirce.verifiers.program import Language, Program

LONGEST_RULE: Final = 1_000
"""Characters of a rule; models that run on are cut."""
LONGEST_SOURCE: Final = 20_000
"""Characters of a program; longer ones are no rule."""
_FENCE: Final = re.compile(r"```[ \t]*([\w+-]*)[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.DOTALL)
_RULE_LINE: Final = re.compile(
    r"^\W*(?:rule|hypothesis|pattern|transformation)\b[^:\n]{0,20}:\W*(.+?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*])\s+(.{12,}?)\s*$", re.MULTILINE)


class RuleReply(BaseModel):
    """One rule."""

    model_config = ConfigDict(extra="ignore")

    rule: str = Field(max_length=LONGEST_RULE)
    level: Level = Level.WHOLE


class RulesReply(BaseModel):
    """What a request for hypotheses is answered with."""

    model_config = ConfigDict(extra="ignore")

    rules: list[RuleReply] = Field(max_length=16)


class ProgramReply(BaseModel):
    """What a request for a program is answered with."""

    model_config = ConfigDict(extra="ignore")

    rule: str = Field(max_length=LONGEST_RULE)
    program: str = Field(max_length=LONGEST_SOURCE)


class RefinementReply(BaseModel):
    """A refinement in three moves: Bit (the assumption that failed), Flip, Spark."""

    model_config = ConfigDict(extra="ignore")

    assumption: str = Field(max_length=LONGEST_RULE)
    """What the failed rule took for granted."""
    reversal: str = Field(max_length=LONGEST_RULE)
    """What holds instead."""
    rule: str = Field(max_length=LONGEST_RULE)
    """The new rule."""
    program: str = Field(max_length=LONGEST_SOURCE)


def rules_in(text: str) -> list[Hypothesis]:
    """The rules a reply holds, in its order, without repeats."""
    found = list(_rules(text))
    seen: dict[str, Hypothesis] = {}
    for hypothesis in found:
        words = " ".join(hypothesis.words.split())[:LONGEST_RULE]
        if len(words) >= 8:
            seen.setdefault(words.casefold(), Hypothesis(words=words, level=hypothesis.level))
    return list(seen.values())


def _rules(text: str) -> Iterator[Hypothesis]:
    for candidate in json_texts(text):
        try:
            reply = RulesReply.model_validate_json(candidate)
        except ValidationError:
            continue
        yield from (Hypothesis(words=item.rule, level=item.level) for item in reply.rules)
        return
    objects = [RuleReply.model_validate(item) for item in _loose_objects(text) if "rule" in item]
    if objects:
        yield from (Hypothesis(words=item.rule, level=item.level) for item in objects)
        return
    lines = _RULE_LINE.findall(text) or _NUMBERED.findall(text)
    if not lines and "```" not in text and "{" not in text and text.strip():
        lines = [text.strip()]
    yield from (Hypothesis(words=line) for line in lines)


def programs_in(text: str) -> list[Program]:
    """The Python programs a reply holds, the last (most considered) first.

    The entry is `transform` if it is defined, else the last function of one argument that no other
    function calls. Well-known modules that the program uses but forgot to import are imported.
    """
    return _last_first(map(_program, _sources(text, _PYTHON, _DEF)))


def clauses_in(text: str, predicate: str) -> list[Program]:
    """The Prolog programs a reply holds that define a predicate, the last first."""
    defines = re.compile(rf"^\s*'?{re.escape(predicate)}'?\s*\(", re.MULTILINE)
    return _last_first(
        Program(source=f"{source.strip()}\n", language=Language.PROLOG, entry=predicate)
        for source in _sources(text, _PROLOG, defines)
        if defines.search(source) and len(source) <= LONGEST_SOURCE
    )


def _last_first(found: Iterable[Program | None]) -> list[Program]:
    programs = [program for program in found if program is not None]
    return list({program.source: program for program in reversed(programs)}.values())


def rule_of(text: str) -> str:
    """The rule that a reply with a program states, or an empty text."""
    for item in (*_whole_objects(text), *_loose_objects(text)):
        rule = item.get("rule")
        if isinstance(rule, str) and rule.strip():
            return " ".join(rule.split())[:LONGEST_RULE]
    found = _RULE_LINE.search(text)
    return found.group(1)[:LONGEST_RULE] if found else ""


def _sources(text: str, languages: frozenset[str], start: re.Pattern[str]) -> Iterator[str]:
    """Everything that may be a program: JSON fields, fenced blocks, the bare text from its start.

    Args:
        text: the reply.
        languages: how fences may be labelled.
        start: what the first line of a program looks like.
    """
    fields = [
        item["program"]
        for item in (*_whole_objects(text), *_loose_objects(text))
        if isinstance(item.get("program"), str)
    ]
    if fields:
        for field in fields:
            source = str(field)
            yield from ([block for _, block in _FENCE.findall(source)] or [source])
        return
    blocks = [block for language, block in _FENCE.findall(text) if language.lower() in languages]
    if blocks:
        if len(blocks) > 1:
            yield "\n\n".join(blocks)
        yield from blocks
    elif found := start.search(text):
        yield text[found.start() :]


_PYTHON: Final = frozenset({"", "python", "python3", "py"})
_PROLOG: Final = frozenset({"", "prolog", "pl", "swipl"})
_DEF: Final = re.compile(r"^(?:from|import|def)\s", re.MULTILINE)


def _program(source: str) -> Program | None:
    """A program if the source parses, perhaps after dropping trailing prose."""
    if len(source) > LONGEST_SOURCE:
        return None
    lines = source.replace("\t", "    ").rstrip().splitlines()
    for end in range(len(lines), max(0, len(lines) - 30), -1):
        text = "\n".join(lines[:end]) + "\n"
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        entry = _entry(tree)
        return Program(source=_forgotten(tree) + text, entry=entry) if entry else None
    return None


def _forgotten(tree: ast.Module) -> str:
    """Imports of what is used but bound nowhere; models are used to having them."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                bound |= {(alias.asname or alias.name).split(".")[0] for alias in aliases}
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                bound.add(name)
            case _:
                pass
    used = {node.id for node in names} - bound
    return "".join(f"{_IMPORTS[name]}\n" for name in sorted(used & _IMPORTS.keys()))


_IMPORTS: Final = {
    **{name: f"import {name}" for name in ("collections", "copy", "itertools", "math", "re")},
    **{name: f"import {name}" for name in ("bisect", "functools", "heapq", "operator", "string")},
    "np": "import numpy as np",
    "numpy": "import numpy",
    **{name: f"from collections import {name}" for name in ("Counter", "defaultdict", "deque")},
    **{name: f"from copy import {name}" for name in ("deepcopy",)},
    **{
        name: f"from typing import {name}"
        for name in ("Any", "Dict", "List", "Optional", "Set", "Tuple", "Union")
    },
}


def _entry(tree: ast.Module) -> str:
    names = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and _takes_one(node.args)
    ]
    if "transform" in names:
        return "transform"
    called = {
        call.func.id
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id != function.name
    }
    free = [name for name in names if name not in called]
    return (free or names or [""])[-1]


def _takes_one(arguments: ast.arguments) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    return required <= 1 and (positional >= 1 or arguments.vararg is not None)


def json_texts(text: str) -> Iterator[str]:
    """Where JSON may stand in a reply: all of it, fenced blocks, between the outermost braces."""
    yield text
    yield from (block for _, block in _FENCE.findall(text))
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        yield text[start : end + 1]


def _whole_objects(text: str) -> Iterator[dict[str, object]]:
    for candidate in json_texts(text):
        try:
            raw: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(raw, dict):
            yield {str(key): value for key, value in raw.items()}
            return


def _loose_objects(text: str) -> Iterator[dict[str, object]]:
    """Objects inside a text that is no valid JSON as a whole, for example cut off in a list."""
    decoder = json.JSONDecoder(strict=False)
    position = text.find("{", 1)
    while position >= 0:
        try:
            raw, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
            raw = None
        if isinstance(raw, dict):
            yield {str(key): value for key, value in raw.items()}
        position = text.find("{", end)
