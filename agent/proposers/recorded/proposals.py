"""Proposals taken out of recorded calls, in the order in which they were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peirce.agent.proposal import Hypothesis, Proposal
from peirce.agent.proposers.llm.replies import programs_in, rules_in
from peirce.agent.proposers.recorded.grammar import grammar_in, grammar_program, is_grammar
from peirce.agent.proposers.recorded.pack import Call
from peirce.verifiers.program import Program

ORIGIN = "recorded"
"""First part of the origin of every proposal from here."""


@dataclass(slots=True)
class _Rule:
    """A rule that was said, and the last program written for it."""

    hypothesis: Hypothesis
    parent: "_Rule | None"
    program: str | None = None


def proposals_in(calls: Sequence[Call]) -> Iterator[Proposal]:
    """Yield a proposal for every program or grammar in the replies.

    A program belongs to the latest rule that its prompt quotes; a rule whose prompt quotes an
    earlier one refines it.
    """
    said: list[_Rule] = []
    for call in calls:
        quoted = _quoted(said, call.prompt)
        for reply in call.responses:
            grammar = grammar_in(reply)
            if is_grammar(grammar):
                words = "; ".join(f"{left} -> {right}" for left, right, _ in grammar)
                rule = _Rule(Hypothesis(words=words), quoted)
                said.append(rule)
                program = grammar_program(grammar)
                yield _proposal(rule, f"{ORIGIN}.grammar", program)
            elif programs := programs_in(reply)[:1]:
                rule = quoted or _Rule(Hypothesis(words="A program without words."), None)
                yield _proposal(rule, f"{ORIGIN}.program", programs[0])
            else:
                said.extend(_Rule(hypothesis, quoted) for hypothesis in rules_in(reply))


def _quoted(said: Sequence[_Rule], prompt: str) -> _Rule | None:
    text = " ".join(prompt.split())
    return next((rule for rule in reversed(said) if rule.hypothesis.words in text), None)


def _proposal(rule: _Rule, origin: str, program: Program) -> Proposal:
    parent = rule.parent.program if rule.parent else None
    rule.program = program.digest
    return Proposal(
        hypothesis=rule.hypothesis,
        program=program,
        origin=origin,
        parent=parent if parent != program.digest else None,
    )
