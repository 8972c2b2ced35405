"""Rules that do the same to every part of a text, or keep the parts that a condition picks.

FlashFill's Loop (Gulwani, POPL 2011, section 4), learned the way Lau et al. (Machine Learning 2003)
and later systems do: the parts of inputs and outputs are paired and become a problem of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from peirce.agent.proposal import Proposal
from peirce.agent.proposers.symbolic.method import Clock, Found, Method
from peirce.agent.proposers.symbolic.strings.concat import Effort, Whole
from peirce.agent.proposers.symbolic.strings.predicates import Condition, conditions
from peirce.agent.proposers.symbolic.strings.quoting import text_literal
from peirce.agent.proposers.symbolic.strings.splitting import Split, joiners, splits
from peirce.agent.proposers.symbolic.strings.substrings import Kit, rivals, solve
from peirce.agent.proposers.symbolic.strings.texts import Problem, problem_of
from peirce.agent.proposers.symbolic.strings.tokens import mentioned
from peirce.agent.proposers.symbolic.strings.writing import function, listed, proposal
from peirce.tasks.task import Task

NAME = "strings.loops"
LOOP_COST: Final = 3.0
"""Bits for saying that it is done to every part."""
PART_EFFORT: Final = Effort(slack=3.0, cap=30.0, programs=20)
"""How far to look for what is done to one part."""
MOST_PARTS: Final = 120
"""Most parts of examples that are looked at together."""


@dataclass(frozen=True, slots=True)
class Loop:
    """What is done to every part of a text."""

    body: str
    """The statement."""
    words: str
    cost: float
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """A text taken apart, and what puts the parts together again."""

    problem: Problem
    column: int
    split: Split
    parts: list[list[str]]
    joiner: str
    closing: bool = False
    """Whether the joiner follows every part instead of standing between them."""

    def put(self, texts: Sequence[str]) -> str:
        """The texts put together."""
        if self.closing:
            return "".join(text + self.joiner for text in texts)
        return self.joiner.join(texts)

    def wanted(self, output: str) -> list[str] | None:
        """What the parts were made into, if the output shows it."""
        if not self.closing:
            return output.split(self.joiner)
        return output.split(self.joiner)[:-1] if output.endswith(self.joiner) else None

    def loop(self, code: str, words: str, cost: float, tests: Sequence[str], test: str) -> Loop:
        """The loop that writes `code` for every part that passes the test."""
        if self.closing:
            code = f"{code} + {text_literal(self.joiner)}"
        each = f"{code} for {self.split.variable} in {self._source()}{test}"
        if code == self.split.variable and not test:
            each = self._source()
        glue = '""' if self.closing else text_literal(self.joiner)
        body = f"return {glue}.join({each})"
        said = f"for every {self.split.words} of {self.problem.owner(self.column)}{words}"
        if said.endswith(", "):
            said = f"{said[:-2].removeprefix('for ')}, put together"
        where = "after each" if self.closing else "between them"
        between = "" if not self.joiner else f", with {mentioned(self.joiner)} {where}"
        total = cost + self.split.cost + LOOP_COST + 0.5 * len(self.joiner) + 0.5 * self.column
        return Loop(body, said + between, total, tuple(tests))

    def _source(self) -> str:
        return self.split.code.replace("{}", self.problem.name(self.column))


def loops(problem: Problem, clock: Clock) -> Iterator[Loop | None]:
    """All loops found; `None` between steps."""
    for column, texts in enumerate(problem.columns):
        for split in splits(texts[: problem.train]):
            parts = split.columns(texts)
            if parts is None or clock.left() <= 0:
                continue
            for joiner, closing in product(joiners(problem.outputs), (False, True)):
                if closing and not (joiner and all(o.endswith(joiner) for o in problem.outputs)):
                    continue
                setting = _Setting(problem, column, split, parts, joiner, closing)
                yield None
                if joiner:
                    yield from _mapped(setting, clock)
                yield from _picked(setting)


def _mapped(setting: _Setting, clock: Clock) -> Iterator[Loop | None]:
    """Loops that change every part in a way learned from the parts paired up."""
    problem = setting.problem
    wanted = [setting.wanted(output) or [] for output in problem.outputs]
    shown = setting.parts[: problem.train]
    if [len(parts) for parts in shown] != [len(parts) for parts in wanted]:
        return
    inner = _inner(setting, wanted)
    if inner is None:
        return
    numbers = range(len(inner.columns[0]))
    train, tests = numbers[: inner.train], numbers[inner.train :]
    for readings in solve(Kit(inner), train, tests, clock, portions=1, effort=PART_EFFORT):
        if readings is None:
            yield None
        else:
            yield from (_map(setting, reading.programs[0]) for reading in readings[:4])


def _inner(setting: _Setting, wanted: Sequence[Sequence[str]]) -> Problem | None:
    shown = setting.parts[: setting.problem.train]
    outputs = tuple(text for parts in wanted for text in parts)
    if not 1 < len(outputs) <= MOST_PARTS:
        return None
    inputs = [part for parts in shown for part in parts]
    rest = [part for parts in setting.parts[setting.problem.train :] for part in parts]
    return Problem((tuple(inputs + rest),), outputs, 0, setting.split.variable)


def _map(setting: _Setting, whole: Whole) -> Loop:
    code = " + ".join(piece.code for piece in whole.pieces)
    made = iter(whole.tests)
    rests = setting.parts[setting.problem.train :]
    tests = [setting.put([next(made) for _ in parts]) for parts in rests]
    words = f", {listed(whole.pieces)}".replace("the whole text", "it as it is")
    return setting.loop(code, words.replace("the text", "it"), whole.cost, tests, "")


def _picked(setting: _Setting) -> Iterator[Loop | None]:
    """Loops that keep some parts as they are or changed in one simple way."""
    problem = setting.problem
    for change in _CHANGES:
        yield None
        rows = [[change.make(part) for part in parts] for parts in setting.parts]
        made = [setting.put(row) for row in rows]
        code = change.code.replace("{}", setting.split.variable)
        if tuple(made[: problem.train]) == problem.outputs:
            yield setting.loop(code, f", {change.words}", change.cost, made[problem.train :], "")
            continue
        for condition in _keepers(setting, rows):
            truth = iter(condition.truth)
            kept = [[text for text in row if next(truth)] for row in rows]
            joined = [setting.put(row) for row in kept]
            words = f" where {condition.words.replace('the text', 'it')}, {change.words}"
            cost = change.cost + condition.cost
            tests = joined[problem.train :]
            yield setting.loop(code, words, cost, tests, f" if {condition.code}")


def _keepers(setting: _Setting, rows: Sequence[Sequence[str]]) -> Iterator[Condition]:
    """The conditions on parts that leave just the outputs."""
    problem = setting.problem
    shown = rows[: problem.train]
    if not all(
        _may_pick(row, out, setting.joiner) for row, out in zip(shown, problem.outputs, strict=True)
    ):
        return
    flat = tuple(part for parts in setting.parts for part in parts)
    count = sum(len(parts) for parts in setting.parts[: problem.train])
    if count > MOST_PARTS:
        return
    listing = Problem((flat,), ("",) * count, 0, setting.split.variable)
    for condition in conditions(listing):
        truth = iter(condition.truth)
        joined = (setting.put([t for t in row if next(truth)]) for row in shown)
        if all(made == output for made, output in zip(joined, problem.outputs, strict=True)):
            yield condition


def _may_pick(row: Sequence[str], output: str, joiner: str) -> bool:
    """Whether leaving some parts out could give the output."""
    place = 0
    wanted = output.split(joiner) if joiner else list(output)
    texts = list(row) if joiner else list("".join(row))
    for text in wanted if output else []:
        while place < len(texts) and texts[place] != text:
            place += 1
        if place == len(texts):
            return False
        place += 1
    return True


@dataclass(frozen=True, slots=True)
class _Change:
    code: str
    words: str
    cost: float
    make: Callable[[str], str]


_CHANGES: Final = (
    _Change("{}", "", 0.0, lambda part: part),
    _Change("{}[:1]", "its first character", 1.5, lambda part: part[:1]),
    _Change("{}[:1].upper()", "its first character in upper case", 2.2, lambda p: p[:1].upper()),
    _Change("{}.capitalize()", "the part with only its first letter capital", 1.8, str.capitalize),
    _Change("{}.title()", "the part in title case", 2.0, str.title),
    _Change("{}.upper()", "the part in upper case", 1.8, str.upper),
    _Change("{}.lower()", "the part in lower case", 1.8, str.lower),
    _Change("{}.strip()", "the part without spaces around it", 1.8, str.strip),
    _Change("{}[-1:]", "its last character", 1.8, lambda part: part[-1:]),
    _Change("{}[1:]", "all but its first character", 2.0, lambda part: part[1:]),
    _Change("{}[:-1]", "all but its last character", 2.2, lambda part: part[:-1]),
    _Change("{}[:2]", "its first two characters", 2.2, lambda part: part[:2]),
    _Change("{}[:3]", "its first three characters", 2.5, lambda part: part[:3]),
    _Change("{}[::-1]", "the part backwards", 2.2, lambda part: part[::-1]),
    _Change("{} * 2", "the part twice", 2.2, lambda part: part * 2),
    _Change("str(len({}))", "the number of its characters", 2.4, lambda part: str(len(part))),
)


def propose(task: Task, clock: Clock) -> Found:
    """Rules that do the same to every part."""
    problem = problem_of(task)
    if problem is None:
        return
    for loop in (yield from rivals(loops(problem, clock), problem, clock)):
        yield _proposal(loop, problem)


def _proposal(loop: Loop, problem: Problem) -> Proposal:
    return proposal(loop.words, function((loop.body,), problem), NAME)


def promise(task: Task) -> float:
    """Fair for tasks from texts to text."""
    return 0.6 if problem_of(task) is not None else 0.0


METHOD = Method(name=NAME, propose=propose, promise=promise)
