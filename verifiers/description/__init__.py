"""Description length of a program in bits: the prior that makes the simpler rule likelier.

Every choice the author of the source had is charged: a name costs what it takes to pick it from a
vocabulary, a number what it takes to write it, a text its characters. What says nothing about the
rule is free. (Two-part minimum description length: Rissanen 1978; Gruenwald, The Minimum
Description Length Principle, ch. 1.)
"""

from peirce.verifiers.description.costs import number_bits
from peirce.verifiers.description.prolog import prolog_bits
from peirce.verifiers.description.python import python_bits
from peirce.verifiers.program import Language, Program

__all__ = ["description_length", "number_bits"]


def description_length(program: Program, words: frozenset[str] = frozenset()) -> float:
    """Bits needed to write `program` down; positive, larger for longer rules.

    Args:
        program: what is charged.
        words: texts without spaces that whoever reads the program knows already.
    """
    if program.language is Language.PYTHON:
        return python_bits(program.source, words)
    return prolog_bits(program.source, program.entry)
