"""`Quiz`: the arithmetic problems of one model as tokens, with clean and counterfactual pairs.

Keeps to problems whose numbers and answer are single tokens for this tokenizer, and says which
of them the model answers correctly.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from peirce.agent.circuits.arithmetic import ILLEGAL, Arithmetic, Mask, Operator
from peirce.agent.circuits.heuristics import Problems
from peirce.agent.circuits.subject import Subject
from peirce.tasks.errors import ConfigError

try:
    import torch
except ImportError as error:
    raise ImportError("circuits need torch: pip install 'peirce[circuits]'") from error


@dataclass(frozen=True, kw_only=True)
class Exam:
    """All legal problems of one operator, aligned."""

    operator: Operator
    problems: Problems
    tokens: torch.Tensor
    """Prompts, [problems, positions]."""
    answers: torch.Tensor
    """Answer tokens, [problems]."""

    def __len__(self) -> int:
        return len(self.answers)

    def take(self, rows: Mask | list[int]) -> "Exam":
        """Some of the problems."""
        chosen = np.asarray(rows)
        index = torch.from_numpy(np.flatnonzero(chosen) if chosen.dtype == bool else chosen)
        picked = index.numpy()
        parts = self.problems
        return replace(
            self,
            problems=Problems(parts.left[picked], parts.right[picked], parts.answer[picked]),
            tokens=self.tokens[index],
            answers=self.answers[index],
        )


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Clean prompts, each with a counterfactual prompt that has another answer."""

    clean: Exam
    tokens: torch.Tensor
    """Counterfactual prompts, [pairs, positions]."""
    answers: torch.Tensor
    """Their answer tokens, [pairs]."""

    def __len__(self) -> int:
        return len(self.answers)


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A subject and the arithmetic it is asked."""

    subject: Subject
    arithmetic: Arithmetic
    numbers: torch.Tensor
    """The token of each answer 0, 1, … as it follows a prompt."""
    _exams: dict[Operator, Exam] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, subject: Subject, arithmetic: Arithmetic) -> Self:
        """Tokenize the numbers, and keep to those that are single tokens.

        Raises:
            ConfigError: fewer than two operands or answers are single tokens.
        """
        tokens = _number_tokens(subject, arithmetic)
        operands = min(arithmetic.operands, len(tokens))
        if operands < 2:
            raise ConfigError(
                f"numbers are not single tokens in {subject.identity.name!r}; "
                "this analysis needs a tokenizer that has them"
            )
        fitting = replace(
            arithmetic, operands=operands, largest=min(arithmetic.largest, len(tokens) - 1)
        )
        return cls(subject=subject, arithmetic=fitting, numbers=torch.tensor(tokens))

    def exam(self, operator: Operator) -> Exam:
        """All legal problems of an operator."""
        if operator not in self._exams:
            answers = self.arithmetic.answers(operator)
            left, right = np.nonzero(answers != ILLEGAL)
            texts = [
                self.arithmetic.prompt(a, operator, b)
                for a, b in zip(left.tolist(), right.tolist(), strict=True)
            ]
            answer = answers[left, right]
            self._exams[operator] = Exam(
                operator=operator,
                problems=Problems(left, right, answer),
                tokens=self.subject.encode(texts),
                answers=self.numbers[torch.from_numpy(answer)],
            )
        return self._exams[operator]

    def solved(self, exam: Exam) -> Mask:
        """Which problems the model answers correctly."""
        best = self.subject.last_logits(exam.tokens).argmax(-1).cpu()
        return (best == exam.answers).numpy()

    def sample(self, operator: Operator, count: int, seed: int) -> Exam:
        """Random problems the model answers correctly; fewer if there are fewer."""
        draws = np.random.default_rng(seed)
        exam = self.exam(operator)
        order = draws.permutation(len(exam))[: 4 * count].tolist()
        candidates = exam.take(order)
        solved = np.flatnonzero(self.solved(candidates))[:count]
        return candidates.take(solved.tolist())

    def pairs(self, clean: Exam, seed: int) -> Pairs:
        """For each clean prompt a correctly answered one of any operator, another answer.

        Raises:
            ConfigError: there are no two problems with different answers.
        """
        draws = np.random.default_rng(seed)
        pool = [self.sample(operator, 2 * len(clean), seed + 1) for operator in Operator]
        tokens = torch.cat([exam.tokens for exam in pool])
        answers = torch.cat([exam.answers for exam in pool])
        rows: list[int] = []
        for answer in clean.answers.tolist():
            others = torch.nonzero(answers != answer).flatten()
            if not len(others):
                raise ConfigError("the model solves no two problems with different answers")
            rows.append(int(others[int(draws.integers(len(others)))]))
        return Pairs(clean=clean, tokens=tokens[rows], answers=answers[rows])


def _number_tokens(subject: Subject, arithmetic: Arithmetic) -> list[int]:
    """Tokens of 0, 1, … after a prompt, up to the first that is not a single token."""
    prompt = arithmetic.prompt(1, Operator.ADD, 1)
    length = subject.encode([prompt]).shape[1]
    numbers = range(max(arithmetic.largest + 1, arithmetic.operands))
    tokens: list[int] = []
    for row in subject.encode_each([f"{prompt}{number}" for number in numbers]):
        if len(row) != length + 1 or row[-1] in tokens:
            break
        tokens.append(row[-1])
    return tokens
