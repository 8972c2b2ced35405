"""What a bug in one way of searching does to the others: nothing, and it is told.

A fault becomes the event `Failed`, which traces keep and whoever follows the search is shown, and
the warning `Fault`, for those who call `solve` and follow nothing. Where warnings are errors, as in
the tests and under `python -W error`, the fault ends the search with its whole traceback.
"""

import traceback
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from peirce.agent.trace import Failed, Sink

MOST_SAID: Final = 200
"""Characters of what an exception says that are kept."""


class Fault(RuntimeWarning):
    """A part of symbolic search has a bug; the search went on without it."""


@contextmanager
def isolated(name: str, tell: Sink) -> Generator[None]:
    """Let what breaks within end there.

    Args:
        name: what may break, below `symbolic`: the name of a method.
        tell: receives the event.
    """
    try:
        yield
    except Exception as error:
        # The boundary between methods: a bug in one must not cost what the others find.
        origin, message = f"symbolic.{name}", _message(error)
        tell(Failed(origin=origin, message=message))
        warnings.warn(f"{origin} {message}", Fault, stacklevel=3)


def _message(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"was ended by a bug in it, {type(error).__name__}: {str(error)[:MOST_SAID]!r} "
        f"({Path(place.filename).name}, line {place.lineno}), and the search went on without it; "
        "python -W error shows the whole traceback"
    )
