"""What is wrong with data from outside, in one line."""

from pydantic import ValidationError


def describe(error: ValidationError) -> str:
    """Where the first mistake is and what it is, such as `train.0.input: Field required`."""
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason
