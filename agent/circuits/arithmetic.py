"""The arithmetic a model is asked to do: operators, problems, prompts and their answers.

Promises one definition of "the correct answer" for training, discovery, recording and
comparison. A problem without a single-token answer (negative, divided by zero, too large) is
illegal and has no answer; grids hold `ILLEGAL` there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

ILLEGAL = -1
"""What a result grid holds where a problem has no answer."""

Grid: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Operator(StrEnum):
    """The four operators, by the sign a prompt shows."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Two operands, an operator and the answer, such as 57 + 68 = 125."""

    left: int
    operator: Operator
    right: int
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """Which problems exist and what their answers are."""

    operands: int
    """Operands run from 0 up to, not including, this number."""

    largest: int
    """The largest answer that is a single token."""

    modulus: int | None = None
    """Products are taken modulo this number; `None` for ordinary products."""

    template: str = "{left}{operator}{right}="
    """The prompt; the answer is the token that follows it."""

    def __post_init__(self) -> None:
        if self.operands < 2:
            raise ValueError(f"operands must be at least 2, got {self.operands!r}")
        if self.modulus is not None and self.modulus < 2:
            raise ValueError(f"modulus must be at least 2 or None, got {self.modulus!r}")

    def answers(self, operator: Operator) -> Grid:
        """The answer at [left, right], `ILLEGAL` where there is none."""
        left, right = np.indices((self.operands, self.operands))
        match operator:
            case Operator.ADD:
                result = left + right
            case Operator.SUBTRACT:
                result = np.where(left >= right, left - right, ILLEGAL)
            case Operator.MULTIPLY:
                result = left * right if self.modulus is None else left * right % self.modulus
            case Operator.DIVIDE:
                result = np.where(right > 0, left // np.maximum(right, 1), ILLEGAL)
        return np.where(result > self.largest, ILLEGAL, result).astype(np.int64)

    def answer(self, left: int, operator: Operator, right: int) -> int | None:
        """The answer of one problem, or `None` where it has none."""
        if not (0 <= left < self.operands and 0 <= right < self.operands):
            return None
        match operator:
            case Operator.ADD:
                result = left + right
            case Operator.SUBTRACT:
                result = left - right
            case Operator.MULTIPLY:
                result = left * right if self.modulus is None else left * right % self.modulus
            case Operator.DIVIDE:
                result = left // right if right else ILLEGAL
        return result if 0 <= result <= self.largest else None

    def problems(self, operator: Operator) -> Iterator[Problem]:
        """Every legal problem of an operator, by left and then right operand."""
        answers = self.answers(operator)
        for left, right in np.argwhere(answers != ILLEGAL).tolist():
            answer = int(answers[left, right])
            yield Problem(left=left, operator=operator, right=right, answer=answer)

    def prompt(self, left: int, operator: Operator, right: int) -> str:
        """The prompt of a problem, up to the place where the answer belongs."""
        return self.template.format(left=left, operator=operator.value, right=right)
