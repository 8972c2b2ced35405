"""Recordings take verdict, hypothesis and program from the trace they are named after."""

import numpy as np
import pytest

pytest.importorskip("safetensors", reason="needs the extra `circuits`")

from peirce.agent.circuits.catalogue import Neuron
from peirce.agent.circuits.join import join_recordings, join_verdicts
from peirce.agent.circuits.record import Recording
from peirce.agent.proposal import Level
from peirce.agent.trace import Judged, Proposed, Result
from peirce.verifiers.program import Language

pytestmark = pytest.mark.circuits


def propose(digest: str) -> Proposed:
    return Proposed(
        digest=digest,
        words=f"rule {digest}",
        level=Level.WHOLE,
        origin="test",
        language=next(iter(Language)),
        entry="solve",
        source="def solve(x): return x",
    )


def judge(digest: str, *, fits: bool, cause: str) -> Judged:
    return Judged(
        digest=digest,
        fits=fits,
        passed=(fits,),
        closeness=(1.0,),
        train=(Result(cause=cause),),
        test=(),
        cpu_seconds=0.1,
        isolation="none",
        stable=None,
        bits=1.0,
        copies=0,
        failures=0,
        complaint="",
    )


def record(identifier: str) -> Recording:
    return Recording(
        identifier=identifier,
        tokens=(1,),
        texts=("x",),
        prompt=0,
        neurons=(Neuron(0, 0),),
        values=np.zeros((1, 1), dtype=np.float32),
    )


def test_verdicts_are_verified_failed_crashed_or_unknown():
    events = [propose(name) for name in "abcd"]
    verdicts = [
        judge("a", fits=True, cause="ok"),
        judge("b", fits=False, cause="ok"),
        judge("c", fits=False, cause="time"),
    ]
    found = join_verdicts([*events, *verdicts])
    assert [each.verdict for each in found] == ["verified", "failed", "crashed", "unknown"]


def test_recording_named_after_a_proposal_takes_its_rule_and_verdict():
    known = join_verdicts([propose("a"), judge("a", fits=True, cause="ok")])
    joined = join_recordings([record("a"), record("elsewhere")], known)
    assert (joined[0].verdict, joined[0].hypothesis, joined[0].program) == (
        "verified",
        "rule a",
        "a",
    )
    assert (joined[1].verdict, joined[1].hypothesis) == ("unknown", "")
