"""`Refusal`: why a prototype, an answer or a plan is not accepted, as a value and not an exception.

Also the one shape in which this package asks something of a sandbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from peirce.tasks.values import Value, ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox import Execution


@dataclass(frozen=True, slots=True)
class Refusal:
    """One sentence for a person, and one word for a table."""

    why: str
    """What was wrong, with the value, the limit and the place."""
    check: str
    """The check that failed, for example `unique`."""


class Runs(Protocol):
    """What is needed of a sandbox."""

    async def run(
        self, program: Program, inputs: Sequence[Value], output_type: ValueType
    ) -> Execution:
        """Run `program` on every input."""
        ...

    async def confirm(
        self,
        program: Program,
        inputs: Sequence[Value],
        output_type: ValueType,
        execution: Execution,
    ) -> bool:
        """Whether `program` answers the same again with other seeds."""
        ...
