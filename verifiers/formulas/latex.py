"""The adapter to math-verify, which reads LaTeX; needs the extra `math`.

Its own time limit works by signals in the main thread only, so it is switched off: the caller's
process is killed instead.
"""

from peirce.verifiers.formulas.reading import FormulaRefused


def same_latex(expected: str, answer: str) -> bool:
    """Whether two texts of mathematics say the same.

    Raises:
        FormulaRefused: math-verify is not installed, or finds no mathematics in one of them.
    """
    try:
        from math_verify import parse, verify
    except ImportError:
        raise FormulaRefused(
            "a text that is no plain formula needs math-verify: pip install 'peirce[math]'"
        ) from None
    sides = [
        parse(text if "$" in text else f"${text}$", parsing_timeout=0)
        for text in (expected, answer)
    ]
    if not all(sides):
        raise FormulaRefused("math-verify finds no mathematics in one of the answers")
    return bool(verify(sides[0], sides[1], timeout_seconds=0))
