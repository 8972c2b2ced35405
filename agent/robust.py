"""Tasks with hundreds of examples, and tasks some of whose examples are wrong.

A search looks at a few examples only, so that its cost does not grow with their number; what it
finds is then judged on all of them at once. Where every example is right, those that a rule fails
on join the next sample (counterexample-guided synthesis, Solar-Lezama 2008). Where some may be
wrong, each round looks at another sample until one holds none of these (sample consensus, Fischler
and Bolles 1981; which samples, see `peirce.agent.samples`). The rule that explains most examples
decides which ones count as wrong; belief in the answer rests on the others.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from peirce.agent.candidate import Answer, Candidate, Spent
from peirce.agent.inquiry import Budget, Inquiry
from peirce.agent.samples import Sample, samples_without
from peirce.agent.searching import Searching
from peirce.agent.weigh import weigh
from peirce.tasks.errors import ConfigError
from peirce.tasks.task import Task
from peirce.tasks.values import ValueType
from peirce.verifiers.evidence import gather
from peirce.verifiers.regularities import doubts
from peirce.verifiers.sandbox import Sandbox
from peirce.verifiers.verdict import Verdict
from peirce.verifiers.verify import judge, over_background

ROUNDS: Final = 6
"""Samples looked at, at most."""
JUDGED: Final = 12
"""Rules of one round that are judged on all examples, the likeliest first,"""
MORE_JUDGED: Final = 48
"""and how many while none of them explains enough."""
FIRST_SHARE: Final = 0.4
"""Share of what is left of the budget that a round gets where no example may be wrong."""
SHORTEST: Final = 0.05
"""Seconds that are left when the time is used up: the last rounds end at once."""
MANY: Final = 50
"""Examples above which a search looks at a few at a time, though nobody asked for it."""
MANY_SHOTS: Final = 8
"""Examples in a sample then."""
DEFAULT_SHOTS: Final = 6
"""Examples in a sample where nothing else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """How many examples are looked at, and how many of all may be wrong."""

    tolerance: float = 0.0
    """Share of the examples that may be wrong, below one half."""
    shots: int | None = None
    """Examples a search looks at, at most so many where some may be wrong; None for all, for
    `DEFAULT_SHOTS` where some may be wrong, for `MANY_SHOTS` where there are over `MANY`. Rules
    about relations are learned from all atoms together, however many."""

    def __post_init__(self) -> None:
        """Refuse what no rule could be told from."""
        if not 0 <= self.tolerance < 0.5:
            raise ConfigError(
                f"a tolerance of {self.tolerance!r} is not in [0, 0.5): the majority must be right"
            )
        if self.shots is not None and self.shots < 2:
            raise ConfigError(f"shots is {self.shots!r}; a search needs at least 2 examples")

    def sample_size(self, task: Task) -> int:
        """Examples of this task that a search looks at."""
        default = len(task.train)
        if self.tolerance:
            default = DEFAULT_SHOTS
        elif default > MANY and task.input_type is not ValueType.ATOM:
            default = MANY_SHOTS
        return min(self.shots or default, len(task.train))

    def allowed(self, task: Task) -> int:
        """Examples of this task that may be wrong."""
        return int(self.tolerance * len(task.train))

    def applies(self, task: Task) -> bool:
        """Whether there is anything to do beside an ordinary search."""
        return self.tolerance > 0 or self.sample_size(task) < len(task.train)


async def solve_robustly(task: Task, robustness: Robustness, searching: Searching) -> Answer:
    """Search on samples of the examples, one after another; the trace holds all these searches."""
    size, allowed = robustness.sample_size(task), robustness.allowed(task)
    lots = random.Random(f"{searching.seed} {task.digest}")
    unlike = doubts(task, allowed)
    planned = samples_without(allowed, unlike, most=size, rounds=ROUNDS, lots=lots)
    rounds = len(planned) if allowed else ROUNDS
    chosen: Sequence[int] = planned[0].chosen
    found: dict[str, _Judged] = {}
    answers: list[Answer] = []
    left = searching.budget
    for turn in range(rounds):
        sample = replace(task, train=tuple(task.train[index] for index in sorted(chosen)))
        part = _part(left, _share(planned[turn:]) if allowed else FIRST_SHARE)
        answer = await searching.within(part).solve(sample)
        answers.append(answer)
        left = _rest(left, part, answer.spent)
        fresh = await _judge_all(answer, task, searching.sandbox, known=found, allowed=allowed)
        found |= fresh
        best = max(fresh.values(), key=_Judged.right, default=None)
        if (best and len(best.wrong()) <= allowed) or searching.stop.is_set():
            break
        if allowed:
            chosen = planned[(turn + 1) % rounds].chosen
        elif best is None:
            chosen = lots.sample(range(len(task.train)), size)
        else:
            new = [index for index in best.wrong() if index not in chosen][: max(1, size // 2)]
            chosen = [*chosen[len(new) :], *new]
    return _conclude(task, robustness, found, answers, searching.seed)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A rule that fits a sample, and how it fares on all examples."""

    candidate: Candidate
    whole: Verdict

    def right(self) -> int:
        return sum(self.whole.passed)

    def wrong(self) -> list[int]:
        return [index for index, passed in enumerate(self.whole.passed) if not passed]


def _share(samples: Sequence[Sample]) -> float:
    """What the first of some samples gets of what is left: more if it is likely to be the one."""
    equal = 1 / len(samples)
    chances = sum(sample.chance for sample in samples)
    return (equal + samples[0].chance / chances) / 2 if chances else equal


def _part(left: Budget, share: float) -> Budget:
    """A share of what is left."""
    return replace(
        left,
        seconds=share * left.seconds,
        cpu_seconds=None if left.cpu_seconds is None else share * left.cpu_seconds,
        programs=max(1, int(share * left.programs)),
        tokens=int(share * left.tokens),
        steps=None if left.steps is None else max(1, int(share * left.steps)),
    )


def _rest(left: Budget, part: Budget, spent: Spent) -> Budget:
    """What is left after a round; steps are not counted, so all it had are taken for used."""
    cpu, steps = left.cpu_seconds, left.steps
    return replace(
        left,
        seconds=max(SHORTEST, left.seconds - spent.seconds),
        cpu_seconds=None if cpu is None else max(SHORTEST, cpu - spent.cpu_seconds),
        programs=max(1, left.programs - spent.programs),
        tokens=max(0, left.tokens - spent.tokens),
        steps=None if steps is None else max(1, steps - (part.steps or 0)),
    )


async def _judge_all(
    answer: Answer, task: Task, sandbox: Sandbox, *, known: dict[str, _Judged], allowed: int
) -> dict[str, _Judged]:
    """Run the likeliest rules of a round on every example of the task."""
    fits = [found for found in answer.candidates if found.fits][:MORE_JUDGED]
    judged: dict[str, _Judged] = {}
    for place, found in enumerate(fits):
        if place >= JUDGED and any(len(each.wrong()) <= allowed for each in judged.values()):
            break
        if found.digest in known:
            judged[found.digest] = known[found.digest]
            continue
        program = over_background(found.proposal.program, task)
        execution = await sandbox.run(program, task.inputs, task.output_type)
        whole = replace(judge(execution, task), stable=found.verdict.stable)
        judged[found.digest] = _Judged(found, whole)
    return judged


def _conclude(
    task: Task,
    robustness: Robustness,
    found: dict[str, _Judged],
    answers: Sequence[Answer],
    seed: int,
) -> Answer:
    """Weigh all rules on the examples that the best of them explains."""
    spent = _sum([answer.spent for answer in answers])
    best = max(found.values(), key=_Judged.right, default=None)
    allowed = robustness.allowed(task)
    if best is None or len(best.wrong()) > allowed:
        near = max(answers, key=lambda answer: answer.probability)
        rules = sorted(found.values(), key=lambda rule: -rule.right())
        reason = f"no rule explains all but {allowed} of the {len(task.train)} examples"
        return replace(
            near,
            candidates=tuple(replace(rule.candidate, verdict=rule.whole) for rule in rules),
            verified=False,
            probability=0.0,
            signs=None,
            why=reason,
            spent=spent,
        )
    trusted = [index for index, passed in enumerate(best.whole.passed) if passed]
    clean = replace(task, train=tuple(task.train[index] for index in trusted))
    inquiry = Inquiry(task=clean, budget=Budget(), seed=seed)
    for rule in found.values():
        verdict = _only(rule.whole, trusted)
        evidence = gather(rule.candidate.proposal.program, verdict, clean)
        inquiry.add(replace(rule.candidate, verdict=verdict, evidence=evidence))
    answer = weigh(inquiry, answers[-1].stop)
    wholes = tuple(replace(each, verdict=found[each.digest].whole) for each in answer.candidates)
    why = answer.why
    if best.wrong():
        why += f"; {len(best.wrong())} of {len(task.train)} examples contradict it as wrong ones"
    return replace(answer, candidates=wholes, why=why, spent=spent)


def _only(verdict: Verdict, kept: Sequence[int]) -> Verdict:
    """A verdict on some of the examples alone."""
    return replace(
        verdict,
        train=tuple(verdict.train[index] for index in kept),
        passed=tuple(verdict.passed[index] for index in kept),
        closeness=tuple(verdict.closeness[index] for index in kept),
    )


def _sum(parts: Sequence[Spent]) -> Spent:
    return Spent(
        seconds=sum(part.seconds for part in parts),
        cpu_seconds=sum(part.cpu_seconds for part in parts),
        programs=sum(part.programs for part in parts),
        tokens=sum(part.tokens for part in parts),
    )
