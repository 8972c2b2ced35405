"""The first mistake in data from outside, in one line."""

import pytest
from pydantic import BaseModel, ValidationError, field_validator

from peirce.tasks.validation import describe


class Inner(BaseModel):
    counts: tuple[int, ...]

    @field_validator("counts")
    @classmethod
    def _some(cls, counts: tuple[int, ...]) -> tuple[int, ...]:
        if not counts:
            raise ValueError("none are given")
        return counts


class Outer(BaseModel):
    inner: Inner


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"inner": {"counts": [1, "x", "y"]}}', "inner.counts.1: Input should be a valid integer"),
        ('{"inner": {"counts": []}}', "inner.counts: none are given"),
        ("[", "Invalid JSON: EOF"),
    ],
)
def test_place_and_reason_of_the_first_mistake_are_said(data: str, said: str):
    with pytest.raises(ValidationError) as invalid:
        Outer.model_validate_json(data)
    assert describe(invalid.value).startswith(said)
    assert "\n" not in describe(invalid.value)
