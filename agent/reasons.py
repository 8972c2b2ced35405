"""Why an answer is believed, in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from peirce.agent.candidate import Candidate
from peirce.agent.inquiry import Inquiry
from peirce.verifiers.symmetries import Symmetry


def why(inquiry: Inquiry, ranked: Sequence[Candidate], supports: Sequence[Sequence[str]]) -> str:
    """How many rules explain the examples, how far they agree, and what speaks against the first.

    Args:
        inquiry: the search.
        ranked: its candidates, likeliest first.
        supports: for each distinct answer the digests of the candidates that give it, the likeliest
            answer first.
    """
    shown = len(inquiry.task.train)
    if not ranked or not supports:
        return f"no rule was found that explains any of the {shown} examples{_fault(inquiry)}"
    lead = ranked[0]
    if lead.proposal.transductive:
        return f"no rule explains all {shown} examples; {len(ranked)} direct answers were given"
    if not lead.fits:
        return (
            f"no rule explains all {shown} examples; the nearest explains "
            f"{sum(lead.verdict.passed)} and comes {lead.verdict.score:.0%} close"
        )
    every = f"all {shown} examples" if shown > 1 else "the one example"
    agreeing = len(supports[0])
    parts = [f"one rule explains {every}"]
    if agreeing > 1:
        origins = {found.proposal.origin for found in ranked[:agreeing]}
        ways = f", found in {len(origins)} different ways," if len(origins) > 1 else ""
        parts = [f"{agreeing} programs{ways} explain {every} and agree"]
    others = sum(map(len, supports[1:]))
    if others:
        verb = "fits" if others == 1 else "fit"
        noun = "program" if others == 1 else "programs"
        parts.append(f"{others} other {noun} that {verb} would answer differently")
    if lead.evidence.copies:
        parts.append("the program repeats an example's output instead of computing it")
    if lead.evidence.failures:
        parts.append("the program fails on a test input")
    if lead.evidence.surprises:
        parts.append(f"but {' and '.join(lead.evidence.surprises)}, and the answer breaks that")
    return "; ".join((*parts, *_corroboration(inquiry, lead)))


def _fault(inquiry: Inquiry) -> str:
    """What all programs failed of on all examples, if it is one thing that none could help."""
    programs = [found.verdict for found in inquiry.candidates.values()]
    messages = {outcome.message for verdict in programs for outcome in verdict.train}
    message = messages.pop() if len(messages) == 1 else ""
    if not message:
        return ""
    return f"; all {len(programs)} programs failed alike: {message}"


def _corroboration(inquiry: Inquiry, lead: Candidate) -> Iterator[str]:
    """What the leading rule did where no example says what is right."""
    found, left_out = lead.evidence.symmetries, inquiry.left_out
    if found is not None and found.kept:
        listed = ", ".join(_CHANGES[symmetry] for symmetry in found.kept)
        yield f"inputs that are {listed} give outputs changed alike"
    if found is not None and found.broken:
        listed = ", ".join(_CHANGES[symmetry] for symmetry in found.broken)
        yield f"inputs that are {listed} give other outputs"
    if left_out is not None:
        yield (
            f"sought without one example, {left_out.confirmed} of {left_out.tried} times the rule "
            "found explains that one too"
        )


_CHANGES: Final = {
    Symmetry.NAMES: "renamed",
    Symmetry.MIRROR: "mirrored",
    Symmetry.FLIP: "upside down",
    Symmetry.TRANSPOSE: "transposed",
}
"""How people call an input after each change."""
