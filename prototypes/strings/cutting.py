"""Cutting pieces out of a text: by pattern, by separator, between two marks.

A position that does not exist falls back to the end of the text for `start` and to its beginning
for `end`, so that "up to the mark" and "after the mark" are the whole text when there is no mark.
"""

import re


def match(text: str, pattern: str, nth: int = 0) -> str:
    """The nth stretch of the text that fits the pattern; empty if there is none."""
    found = [hit.group() for hit in re.finditer(pattern, text)]
    return found[nth] if -len(found) <= nth < len(found) else ""


def start(text: str, pattern: str, nth: int = 0) -> int:
    """Where the nth match of the pattern starts; the end of the text if there is none."""
    found = [hit.start() for hit in re.finditer(pattern, text)]
    return found[nth] if -len(found) <= nth < len(found) else len(text)


def end(text: str, pattern: str, nth: int = 0) -> int:
    """Where the nth match of the pattern ends; 0 if there is none."""
    found = [hit.end() for hit in re.finditer(pattern, text)]
    return found[nth] if -len(found) <= nth < len(found) else 0


def until(text: str, position: int, pattern: str) -> str:
    """The text from a position up to the next match of the pattern, or to the end of the text."""
    hit = re.compile(pattern).search(text, position)
    return text[position : hit.start()] if hit else text[position:]


def word(text: str, nth: int = 0) -> str:
    """The nth of the words that white space separates; empty if there is none."""
    words = text.split()
    return words[nth] if -len(words) <= nth < len(words) else ""


def number(text: str, nth: int = 0) -> str:
    """The nth run of digits; empty if there is none."""
    return match(text, r"\d+", nth)


def part(text: str, separator: str, nth: int = 0) -> str:
    """The nth of the parts between separators; empty if there is none."""
    parts = text.split(separator) if separator else [text]
    return parts[nth] if -len(parts) <= nth < len(parts) else ""


def before(text: str, mark: str, nth: int = 0) -> str:
    """What stands before the nth occurrence of the mark; the whole text if there is none."""
    return text[: start(text, re.escape(mark), nth)]


def after(text: str, mark: str, nth: int = 0) -> str:
    """What stands after the nth occurrence of the mark; the whole text if there is none."""
    return text[end(text, re.escape(mark), nth) :]


def between(text: str, left: str, right: str, nth: int = 0) -> str:
    """What follows the nth `left` mark up to the next `right` one; a missing mark cuts nothing."""
    return until(text, end(text, re.escape(left), nth), re.escape(right))
