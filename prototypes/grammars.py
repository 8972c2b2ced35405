"""Little languages: words that stand for symbols, and words that say what to do with phrases.

A rule is a pair of patterns such as `("x twice", "x x")` or `("x around y", "x y x")`: x and y are
phrases already understood, the other word of the left side is the word the rule is about, and the
right side says in which order their symbols come.
"""

from collections.abc import Mapping, Sequence


def interpret(text: str, meanings: Mapping[str, str], rules: Sequence[tuple[str, str]]) -> str:
    """The symbols a text of words stands for; rules bind in their order, each from the left.

    Words that no meaning and no rule explains are left out.
    """
    phrases: list[str | tuple[str, ...]] = [
        (meanings[word],) if word in meanings else word for word in text.split()
    ]
    for left, right in rules:
        phrases = _applied(phrases, left.split(), right.split())
    return " ".join(symbol for phrase in phrases if isinstance(phrase, tuple) for symbol in phrase)


def _applied(
    phrases: list[str | tuple[str, ...]], left: Sequence[str], right: Sequence[str]
) -> list[str | tuple[str, ...]]:
    """The phrases with every match of `left`, from the left, made one phrase."""
    place = 0
    while place + len(left) <= len(phrases):
        bound = _match(phrases[place : place + len(left)], left)
        if bound is None:
            place += 1
            continue
        made = tuple(symbol for name in right for symbol in bound.get(name, ()))
        phrases = [*phrases[:place], made, *phrases[place + len(left) :]]
        place = max(0, place - len(left) + 1)
        if len(made) > 10_000:
            break
    return phrases


def _match(
    phrases: Sequence[str | tuple[str, ...]], left: Sequence[str]
) -> dict[str, tuple[str, ...]] | None:
    bound: dict[str, tuple[str, ...]] = {}
    for phrase, name in zip(phrases, left, strict=True):
        if isinstance(phrase, tuple):
            if name not in ("x", "y"):
                return None
            bound[name] = phrase
        elif phrase != name or name in ("x", "y"):
            return None
    return bound
