"""`Refusal`: why a prototype, an answer or a plan is not accepted, as a value, not an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One sentence for a person, and one word for a table."""

    why: str
    """What was wrong, with the value, the limit and the place."""
    check: str
    """The check that failed, for example `unique`."""
