"""Ways of taking a text apart into a list of parts, for rules that treat every part alike."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peirce.agent.proposers.symbolic.strings.quoting import characters, pattern_code, text_literal
from peirce.agent.proposers.symbolic.strings.tokens import several

MAX_PARTS: Final = 400
"""Most parts a text is taken apart into."""


@dataclass(frozen=True, slots=True)
class Split:
    """A way of taking a text apart."""

    code: str
    """Expression with `{}` for the text."""
    words: str
    """What one part is called, after `every`."""
    variable: str
    """Name of a part in the program."""
    cost: float
    parts: Callable[[str], list[str]]

    def columns(self, texts: Sequence[str]) -> list[list[str]] | None:
        """The parts of every text, or nothing if there are too many or never more than one."""
        found = [self.parts(text) for text in texts]
        sizes = [len(parts) for parts in found]
        return found if 1 < max(sizes, default=0) <= MAX_PARTS else None


def splits(texts: Sequence[str]) -> Iterator[Split]:
    """The ways that take some of these texts apart."""
    yield Split("{}.split()", "word", "word", 1.5, str.split)
    marks = sorted({char for text in texts for char in text if not char.isalnum()})
    for mark in marks[:12]:
        if mark != " ":
            yield _at(mark)
        if any(f"{mark} " in text for text in texts) and mark != " ":
            yield _at(f"{mark} ")
    for pattern, words, cost in (
        (r"[A-Z][a-z]*", "capital letter with the small letters after it", 2.2),
        (r"[A-Z]?[a-z]+|[A-Z]+", "run of small letters with the capital before it", 2.8),
        (r"[A-Za-z]+", "run of letters", 2.4),
        (r"\d+", "number", 2.2),
        (r"\d", "digit", 2.8),
        (r"[A-Za-z0-9]+", "run of letters and digits", 2.6),
    ):
        yield Split(
            f"re.findall({pattern_code(pattern)}, {{}})",
            words,
            "part",
            cost,
            lambda text, pattern=pattern: re.findall(pattern, text),
        )
    for size in (2, 3, 4, 5):
        pattern = f".{{1,{size}}}"
        yield Split(
            f're.findall("{pattern}", {{}})',
            f"stretch of {characters(size)}",
            "part",
            2.5 + 0.4 * size,
            lambda text, pattern=pattern: re.findall(pattern, text),
        )
    yield Split("{}", "character", "char", 2.4, list)


def _at(mark: str) -> Split:
    return Split(
        f"{{}}.split({text_literal(mark)})",
        f"part between {several(mark)}",
        "part",
        2.0 + 0.3 * len(mark),
        lambda text: text.split(mark),
    )


def joiners(outputs: Sequence[str]) -> list[str]:
    """What may stand between the parts of an output: nothing, or marks that outputs hold."""
    marks = sorted({char for text in outputs for char in text if not char.isalnum()})[:8]
    pairs = sorted({pair for text in outputs for pair in re.findall(r"[^\w\s] ", text)})[:4]
    return ["", *marks, *pairs]
