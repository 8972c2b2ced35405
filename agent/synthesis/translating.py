"""A problem in words as a problem that an interpreter decides, written by a model.

A model's word is never taken. Each translation has to pass the checks of its kind, in the sandbox,
and to have an answer; the answer that most translations have is taken, since an interpreter cannot
see that a program is about another problem. Where the answer is known beforehand it has to be that.
"""

import json
from abc import abstractmethod
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from peirce.agent.synthesis import pddl, puzzles
from peirce.agent.synthesis.asking import Asker, answer_item, replies
from peirce.agent.synthesis.item import Item, as_json
from peirce.agent.synthesis.workshop import Workshop
from peirce.prototypes.answer_types import parse_answer_type
from peirce.prototypes.efa.contract import read_class
from peirce.prototypes.pddl.model import write_domain, write_plan, write_problem
from peirce.prototypes.pddl.reading import read_domain, read_problem
from peirce.prototypes.prototype import LONGEST_SOURCE, Difficulty, Kind, Prototype
from peirce.prototypes.puzzles.reading import read_puzzle
from peirce.tasks.errors import ConfigError, TaskError
from peirce.tasks.values import show
from peirce.verifiers.pddl.lint import lint
from peirce.verifiers.pddl.search import Finding
from peirce.verifiers.pddl.tasks import UNSOLVABLE, PlanTask
from peirce.verifiers.pddl.validate import validate
from peirce.verifiers.prototypes import efa, prolog
from peirce.verifiers.prototypes.puzzles import Solved, check_answer, solve_puzzle
from peirce.verifiers.prototypes.ruling import Refusal

AGREEMENT: Final = 0.5
"""More than this share of the translations that run must have the same answer."""
LEAST_AGREEING: Final = 2
"""Fewest of them, where more than one was asked for."""
QUESTION: Final = "{words}\nAnswer with JSON of the type {type}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The problem in words, and who translates it."""

    name: str
    words: str
    asker: Asker
    known_answer: str = ""
    """As JSON, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formal:
    """A translation with its answer."""

    item: Item
    vote: str
    """Translations that agree have the same."""


class Formalisation(BaseModel):
    """What a model writes; each kind reads and checks its own."""

    model_config = ConfigDict(extra="ignore")

    @abstractmethod
    async def checked(self, draft: Draft, workshop: Workshop) -> Formal | Refusal:
        """The problem with its answer, or why it is none.

        Raises:
            TaskError: it cannot be read.
        """


class PrologReply(Formalisation):
    """A program with `answer/1`."""

    program: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    answer_type: str = Field(max_length=100)

    async def checked(self, draft: Draft, workshop: Workshop) -> Formal | Refusal:
        """Prove its one answer, in disguises too."""
        made = _prototype(draft, Kind.PROLOG, self.program, "answer(X)", self.answer_type)
        proved = await prolog.examine(made, workshop.sandbox)
        if isinstance(proved, Refusal):
            return proved
        answer = as_json(proved.answer)
        refusal = _unlike_known(draft, answer, made, workshop)
        return refusal or _formal(draft, prolog.measured(made, proved), answer)


class PlanningReply(Formalisation):
    """A domain and a problem; the vote is how long a shortest plan is."""

    domain: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    problem: str = Field(min_length=1, max_length=LONGEST_SOURCE)

    async def checked(self, draft: Draft, workshop: Workshop) -> Formal | Refusal:
        """Read it twice where there are two readers, plan, and follow the plan."""
        domain = read_domain(self.domain)
        problem = read_problem(self.problem, domain)
        try:
            fault = lint(domain, problem)
        except ConfigError:
            fault = ""
        if fault:
            return Refusal(fault, "reads")
        planned = workshop.planner(domain, problem)
        if planned.finding is Finding.UNKNOWN:
            return Refusal(f"the planner gave up: {planned.why}", "planned")
        solvable = planned.finding is Finding.PLAN
        if solvable and not planned.plan:
            return Refusal("the goal holds at the start", "trivial")
        verdict = validate(domain, problem, planned.plan)
        if solvable and not verdict.valid:
            return Refusal(f"the planner's plan is wrong: {verdict.why}", "validated")
        made = _prototype(
            draft, Kind.PDDL, write_domain(domain), write_problem(problem), "list[str]"
        )
        length = len(planned.plan) if solvable else None
        made = replace(made, difficulty=Difficulty(plan_length=length))
        question = pddl.question(made, PlanTask.GENERATION, ())
        answer = write_plan(planned.plan) if solvable else UNSOLVABLE
        item = Item(
            name=draft.name,
            task=PlanTask.GENERATION,
            question=f"{draft.words}\n{question}",
            answer=answer,
            prototype=made,
        )
        return Formal(item=item, vote=f"a plan of {length} steps" if solvable else UNSOLVABLE)


class AbstractionReply(Formalisation):
    """A parametric class whose defaults are the problem."""

    source: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    answer_type: str = Field(max_length=100)

    async def checked(self, draft: Draft, workshop: Workshop) -> Formal | Refusal:
        """The five checks."""
        original = read_class(self.source).original
        made = _prototype(draft, Kind.EFA, self.source, original, self.answer_type)
        found = await efa.examine(made, workshop.sandbox, workshop.judge)
        if isinstance(found, Refusal):
            return found
        return _formal(draft, made, as_json(found[0].answer))


class PuzzleReply(Formalisation):
    """A function `sat`; the vote is the simplest answer, or else one that the model finds."""

    source: str = Field(min_length=1, max_length=LONGEST_SOURCE)

    async def checked(self, draft: Draft, workshop: Workshop) -> Formal | Refusal:
        """Find an answer by trying, or have the model find one."""
        made = replace(
            read_puzzle(self.source, name=draft.name),
            words=draft.words,
            provenance=draft.asker.client.model,
            known_answer=draft.known_answer,
        )
        if draft.known_answer:
            wrong = await check_answer(made, json.loads(draft.known_answer), workshop.sandbox)
            if wrong:
                return Refusal(f"the known answer: {wrong.why}", "matches")
        question = puzzles.QUESTION.format(source=made.source, type=made.answer_type)
        item = Item(name=draft.name, question=question, answer=None, prototype=made)
        solved = await solve_puzzle(made, workshop.sandbox)
        if isinstance(solved, Solved):
            made = replace(made, difficulty=Difficulty(candidates=solved.candidates))
            item = item.model_copy(update={"answer": as_json(solved.answer), "prototype": made})
            return Formal(item=item, vote=json.dumps(item.answer))
        answered = await answer_item(
            item, draft.asker, sandbox=workshop.sandbox, judge=workshop.judge
        )
        if answered.refusal:
            return Refusal(f"{solved.why}; {answered.refusal.why}", solved.check)
        item = item.model_copy(update={"answer": json.loads(answered.reply)})
        return Formal(item=item, vote=answered.reply)


FORMS: Final[dict[Kind, type[Formalisation]]] = {
    Kind.PROLOG: PrologReply,
    Kind.PDDL: PlanningReply,
    Kind.EFA: AbstractionReply,
    Kind.PUZZLE: PuzzleReply,
}


async def translate(kind: Kind, draft: Draft, workshop: Workshop) -> Item | Refusal:
    """A problem in words as an item, with the answer that most translations agree on.

    Raises:
        ModelError: the model cannot be had.
    """
    found: list[Formal] = []
    refusals: list[Refusal] = []
    prompt = draft.asker.prompts.render(f"formalise_{kind}", problem=draft.words)
    async for reply in replies(draft.asker, prompt, FORMS[kind]):
        try:
            made = await reply.checked(draft, workshop)
        except TaskError as error:
            made = Refusal(str(error), "reads")
        if isinstance(made, Refusal):
            refusals.append(made)
        else:
            found.append(made)
    if not found:
        return refusals[0] if refusals else _unread(kind, draft.asker.samples)
    votes = Counter(one.vote for one in found)
    vote, most = votes.most_common(1)[0]
    if most < min(LEAST_AGREEING, draft.asker.samples) or most <= AGREEMENT * len(found):
        given = ", ".join(f"{text} ({count})" for text, count in votes.most_common(3))
        return Refusal(f"the translations do not agree: {given}", "agreement")
    agreed = [one.item for one in found if one.vote == vote]
    return min(agreed, key=lambda one: (len(one.prototype.source), one.prototype.source))


def _unread(kind: Kind, samples: int) -> Refusal:
    fields = " and ".join(FORMS[kind].model_fields)
    replies = "the reply is not" if samples == 1 else f"none of the {samples} replies is"
    return Refusal(
        f"{replies} JSON with {fields}; ask for more with --samples or take another --model",
        "reply",
    )


def _prototype(draft: Draft, kind: Kind, source: str, goal: str, answer_type: str) -> Prototype:
    return Prototype(
        name=draft.name,
        kind=kind,
        words=draft.words,
        source=source,
        goal=goal,
        answer_type=str(parse_answer_type(answer_type)),
        known_answer=draft.known_answer,
        provenance=draft.asker.client.model,
    )


def _unlike_known(
    draft: Draft, answer: JsonValue, made: Prototype, workshop: Workshop
) -> Refusal | None:
    if not draft.known_answer:
        return None
    known = json.loads(draft.known_answer)
    if workshop.judge.same(known, json.loads(json.dumps(answer)), made.answer_type):
        return None
    return Refusal(f"the answer is {show(answer)}, not {show(known)}", "matches")


def _formal(draft: Draft, made: Prototype, answer: JsonValue) -> Formal:
    question = QUESTION.format(words=draft.words, type=made.answer_type)
    item = Item(name=draft.name, question=question, answer=answer, prototype=made)
    return Formal(item=item, vote=json.dumps(answer))
