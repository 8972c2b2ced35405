"""What `peirce circuits` does with a trace: record what it holds, compare what was recorded."""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

from dataclasses import replace
from pathlib import Path

from peirce.agent.circuits.catalogue import Circuit, Record, load_circuit
from peirce.agent.circuits.causal import check_causes
from peirce.agent.circuits.commands import open_quiz
from peirce.agent.circuits.compare import compare
from peirce.agent.circuits.comparison import Comparison
from peirce.agent.circuits.firing import find_firings, find_floors
from peirce.agent.circuits.grids import GridMap
from peirce.agent.circuits.join import (
    by_task,
    join_recordings,
    join_verdicts,
    read_propositions,
)
from peirce.agent.circuits.lens import load_lens
from peirce.agent.circuits.maps import choose_findings, draw_grids
from peirce.agent.circuits.probe import Probe, check_fit
from peirce.agent.circuits.record import Recording, beside, load_recordings, save_recordings
from peirce.agent.circuits.replies import fetch_replies
from peirce.agent.circuits.report import write_report
from peirce.agent.trace import read_trace
from peirce.tasks.errors import ConfigError


class Written(Record):
    """A recording that was made."""

    path: Path
    texts: int
    missing: int = 0
    """Replies of which the server had nothing."""
    why: str = ""
    """Why some may be missing."""


def record(
    model: str,
    catalogue: Path,
    trace: Path,
    out: Path | None,
    *,
    dense: bool,
    server: str | None = None,
) -> Written:
    """Record what a model's neurons did in a search.

    Args:
        model: A folder or hub name.
        catalogue: Names the neurons.
        trace: A search, or a recording whose token ids are to be read again.
        out: Where to write; beside the trace by default.
        dense: Keep every value, not only what can fire.
        server: Take what this server recorded of the search's replies, instead of reading the
            texts of the proposals through the model here.

    Raises:
        ConfigError: a recording is there already.
        ModelError: the server does not answer, or recorded nothing or something else.
    """
    place = out or beside(trace)
    if place.exists() or (out is None and is_recording(trace)):
        raise ConfigError(f"{str(place)!r} would be written over; name another file with --out")
    quiz, _ = open_quiz(model)
    circuit = load_circuit(catalogue)
    probe = Probe(subject=quiz.subject, circuit=circuit)
    missing, why = 0, ""
    if server is not None:
        found, missing, why = fetch_replies(server, quiz.subject, trace, circuit.places)
    elif is_recording(trace):
        found = reread(probe, trace)
    else:
        found = read_proposals(probe, trace)
    floors = None if dense else find_floors(circuit, load_lens(catalogue, circuit))
    save_recordings(place, found, circuit=circuit.digest, thresholds=floors)
    return Written(path=place, texts=len(found), missing=missing, why=why)


def read_proposals(probe: Probe, trace: Path) -> tuple[Recording, ...]:
    """The texts of a trace's proposals, rule and program, with their verdicts."""
    return tuple(
        replace(
            probe.read_text(each.digest, each.text),
            verdict=each.verdict,
            hypothesis=each.words,
            program=each.digest,
            task=each.task,
        )
        for each in read_propositions(trace)
    )


def reread(probe: Probe, recording: Path) -> tuple[Recording, ...]:
    """The token ids of a recording made elsewhere, with all it says about them.

    Raises:
        ConfigError: it holds the ends of texts only, whose beginnings decide their activations.
    """
    recordings = load_recordings(recording)
    if any(each.start for each in recordings):
        raise ConfigError(
            f"{str(recording)!r} begins where replies do, without their prompts, so that its "
            "tokens cannot be read again; fetch it from the server once more"
        )
    return tuple(
        replace(
            probe.read(each.identifier, each.tokens, prompt=each.prompt),
            verdict=each.verdict,
            hypothesis=each.hypothesis,
            program=each.program,
            task=each.task,
        )
        for each in recordings
    )


def is_recording(path: Path) -> bool:
    """Whether a file is a recording rather than a trace."""
    return path.name.endswith(".safetensors")


def load_joined(
    trace: Path, recording: Path | None = None, *, circuit: Circuit | None = None
) -> tuple[Recording, ...]:
    """A recording, joined with its trace unless it was named by itself.

    Raises:
        ConfigError: it is of other neurons than the catalogue's, or of another search.
    """
    if is_recording(trace):
        return load_recordings(trace, circuit=circuit)
    place = recording or beside(trace)
    recordings = load_recordings(place, circuit=circuit)
    events = tuple(read_trace(trace))
    searched = {task for task, _ in by_task(events)}
    if recordings and searched.isdisjoint(each.task for each in recordings):
        raise ConfigError(
            f"{str(place)!r} is of other tasks than {str(trace)!r}: name the recording of this "
            "search with --recording"
        )
    return join_recordings(recordings, join_verdicts(events))


def compare_files(
    trace: Path,
    catalogue: Path,
    out: Path,
    *,
    recording: Path | None,
    model: str | None,
    rounds: int,
    seed: int,
) -> Comparison:
    """Compare a trace's recording with a catalogue and write the page.

    Raises:
        ConfigError: the catalogue says nothing of arithmetic, there is no recording, or one of them
            does not fit another.
    """
    circuit = load_circuit(catalogue)
    if circuit.arithmetic is None:
        raise ConfigError(f"{str(catalogue)!r} does not say what arithmetic it is about")
    recordings = load_joined(trace, recording, circuit=circuit)
    lens = load_lens(catalogue, circuit)
    firings = find_firings(recordings, circuit, lens, circuit.arithmetic.restore())
    comparison = compare(
        firings, circuit=circuit.digest, model=circuit.model.name, rounds=rounds, seed=seed
    )
    maps: tuple[GridMap, ...] = ()
    if model is not None:
        quiz, _ = open_quiz(model)
        check_fit(circuit, quiz.subject)
        maps = draw_grids(quiz, choose_findings(circuit, 12))
        causes = check_causes(quiz, firings, seed=seed)
        comparison = comparison.model_copy(update={"causes": causes})
    write_report(out, comparison, recordings, firings, circuit, maps=maps)
    return comparison
