"""The shipped model: catalogue, probe, recording, comparison and page belong together."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# torch is optional, so its types are unknown where it is not installed.

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `circuits`")
pytest.importorskip("transformers", reason="needs the extra `circuits`")

from typer.testing import CliRunner  # noqa: E402

from peirce.agent.circuits.arithmetic import Operator  # noqa: E402
from peirce.agent.circuits.catalogue import Circuit, hash_files, load_circuit  # noqa: E402
from peirce.agent.circuits.cli import app  # noqa: E402
from peirce.agent.circuits.faithfulness import Ablation, Keep  # noqa: E402
from peirce.agent.circuits.find import find_circuit  # noqa: E402
from peirce.agent.circuits.firing import find_firings, find_floors, find_steps  # noqa: E402
from peirce.agent.circuits.lens import load_lens  # noqa: E402
from peirce.agent.circuits.options import resolve_catalogue  # noqa: E402
from peirce.agent.circuits.probe import Probe  # noqa: E402
from peirce.agent.circuits.quiz import Quiz  # noqa: E402
from peirce.agent.circuits.readout import read_answers  # noqa: E402
from peirce.agent.circuits.record import (  # noqa: E402
    Recording,
    load_recordings,
    save_recordings,
)
from peirce.agent.circuits.shipped import (  # noqa: E402
    CATALOGUE,
    MODEL,
    SUMS,
    load_arithmetic,
)
from peirce.agent.circuits.study import Plan  # noqa: E402
from peirce.agent.circuits.subject import Subject  # noqa: E402
from peirce.agent.circuits.traces import compare_files, load_joined  # noqa: E402
from peirce.tasks.errors import ConfigError  # noqa: E402

pytestmark = pytest.mark.circuits


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    torch.set_num_threads(1)
    arithmetic = load_arithmetic()
    assert arithmetic is not None
    return Quiz.of(Subject.load(MODEL), arithmetic)


@pytest.fixture(scope="module")
def circuit() -> Circuit:
    return load_circuit(CATALOGUE)


@pytest.fixture(scope="module")
def recordings(quiz: Quiz, circuit: Circuit) -> tuple[Recording, ...]:
    probe = Probe(subject=quiz.subject, circuit=circuit)
    draws = np.random.default_rng(0)
    found: list[Recording] = []
    for operator in Operator:
        exam = quiz.exam(operator)
        for row in draws.permutation(len(exam))[:12].tolist():
            wrong = row % 4 == 0
            answer = quiz.numbers[(int(exam.problems.answer[row]) + wrong) % 100]
            tokens = [*exam.tokens[row].tolist(), int(answer)]
            recording = probe.read(f"{operator.name}{row}", tokens, prompt=4)
            found.append(replace(recording, verdict="failed" if wrong else "verified"))
    return tuple(found)


def test_catalogue_is_about_the_shipped_weights_and_they_are_as_recorded(circuit: Circuit):
    record = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    assert circuit.model.sha256 == record["sha256"] == hash_files([MODEL / "model.safetensors"])
    assert (MODEL / "model.safetensors").stat().st_size < 3_000_000


def test_shipped_model_is_as_accurate_as_its_record_says(quiz: Quiz):
    record = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    exam = quiz.exam(Operator.SUBTRACT)
    assert quiz.solved(exam).mean() == pytest.approx(record["accuracy"]["by_operator"]["-"])


def test_probe_repeats_the_catalogues_self_check(quiz: Quiz, circuit: Circuit):
    assert circuit.check is not None
    read = Probe(subject=quiz.subject, circuit=circuit).read("check", circuit.check.tokens)
    assert np.allclose(read.values[-1], circuit.check.values, atol=1e-4)


def test_live_generation_and_reading_afterwards_give_the_same_values(quiz: Quiz, circuit: Circuit):
    probe = Probe(subject=quiz.subject, circuit=circuit)
    tokens = quiz.exam(Operator.ADD).tokens[1234:1236]
    with probe.watching() as watch:
        written = quiz.subject.model.generate(
            tokens, max_new_tokens=3, do_sample=False, eos_token_id=206
        )
    live = watch.values()
    for row in range(2):
        later = probe.read("later", written[row].tolist()).values
        assert np.allclose(live[row], later[: live.shape[1]], atol=1e-4)


def test_probe_refuses_another_models_catalogue(quiz: Quiz, circuit: Circuit):
    other = circuit.model_copy(
        update={"model": circuit.model.model_copy(update={"sha256": "0" * 64})}
    )
    with pytest.raises(ConfigError, match="peirce circuits find"):
        Probe(subject=quiz.subject, circuit=other)


def test_whole_circuit_is_faithful_and_nothing_is_not(quiz: Quiz):
    ablation = Ablation.of(quiz, most=512)
    exam = quiz.sample(Operator.ADD, 50, 0)
    assert ablation.score(exam, Keep()).faithfulness == pytest.approx(1)
    nothing = Keep(heads=frozenset(), mlps=frozenset())
    assert ablation.score(exam, nothing).faithfulness == pytest.approx(0)


def test_answer_becomes_readable_behind_the_last_layer(quiz: Quiz):
    exam = quiz.exam(Operator.MULTIPLY).take(list(range(0, 10000, 7)))
    accuracy = read_answers(quiz.subject, exam, epochs=10)
    assert accuracy.shape == (3, 4)
    assert accuracy[2, 3] > accuracy[0, 3]


def test_dense_recordings_survive_a_file_exactly(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    place = tmp_path / "r.safetensors"
    save_recordings(place, recordings, circuit=circuit.digest)
    for before, after in zip(recordings, load_recordings(place), strict=True):
        assert np.array_equal(before.values, after.values, equal_nan=True)
        assert (before.tokens, before.texts, before.verdict) == (
            after.tokens,
            after.texts,
            after.verdict,
        )


def test_sparse_recordings_fire_exactly_as_dense_ones(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    lens = load_lens(CATALOGUE, circuit)
    assert circuit.arithmetic is not None
    arithmetic = circuit.arithmetic.restore()
    place = tmp_path / "r.safetensors"
    save_recordings(
        place, recordings, circuit=circuit.digest, thresholds=find_floors(circuit, lens)
    )
    dense = find_firings(recordings, circuit, lens, arithmetic)
    sparse = find_firings(load_recordings(place), circuit, lens, arithmetic)
    positive = [np.array([(f.threshold or 0) > 0 for f in each.findings]) for each in dense]
    for before, after, columns in zip(dense, sparse, positive, strict=True):
        assert np.array_equal(before.fired[:, columns], after.fired[:, columns])


def test_steps_are_found_at_the_equals_sign(recordings: tuple[Recording, ...], quiz: Quiz):
    (step,) = find_steps(recordings[0], quiz.arithmetic)
    assert recordings[0].texts[step.position] == "="
    assert step.written == int(recordings[0].texts[-1])


def test_expected_heuristics_fire_far_more_than_by_luck(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    place = tmp_path / "r.safetensors"
    save_recordings(place, recordings, circuit=circuit.digest)
    page = tmp_path / "report.html"
    comparison = compare_files(
        place, CATALOGUE, page, recording=None, model="arithmetic", rounds=99, seed=0
    )
    assert len(comparison.steps) == len(recordings)
    assert all(row.both > row.luck for row in comparison.by_operator)
    assert all(row.adjusted_p < 0.05 for row in comparison.by_operator)
    assert comparison.causes is not None
    assert comparison.causes.changed > comparison.causes.changed_random
    text = page.read_text(encoding="utf-8")
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text


def test_what_models_write_is_shown_and_not_obeyed(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    attack = "<script>alert(1)</script>"
    place, page = tmp_path / "r.safetensors", tmp_path / "report.html"
    hostile = replace(
        recordings[0],
        texts=(*recordings[0].texts[:-1], attack),
        identifier=f'"{attack}',
        hypothesis=attack,
        verdict=f'"{attack}',
    )
    save_recordings(place, [hostile, *recordings[1:]], circuit=circuit.digest)
    compare_files(place, CATALOGUE, page, recording=None, model=None, rounds=9, seed=0)
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert '"<' not in text.replace('"><', "")


def test_texts_without_sums_are_nothing_to_compare(tmp_path: Path, quiz: Quiz, circuit: Circuit):
    place, page = tmp_path / "r.safetensors", tmp_path / "report.html"
    said = Probe(subject=quiz.subject, circuit=circuit).read("a", (57, 58, 59))
    save_recordings(place, [said], circuit=circuit.digest)
    shown = run("compare", str(place), "arithmetic", "-o", str(page))
    assert "nothing to compare" in " ".join(shown.split())
    assert "nothing to compare" in page.read_text(encoding="utf-8")


def test_another_models_maps_are_not_drawn(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    other = circuit.model_copy(
        update={"model": circuit.model.model_copy(update={"sha256": "0" * 64})}
    )
    other.save(tmp_path / "other.json")
    lens = tmp_path / "other.lens.safetensors"
    lens.write_bytes(CATALOGUE.with_suffix(".lens.safetensors").read_bytes())
    place = tmp_path / "r.safetensors"
    save_recordings(place, recordings, circuit=other.digest)
    refused = CliRunner().invoke(
        app, ["compare", str(place), str(tmp_path / "other.json"), "--model", "arithmetic"]
    )
    assert "about weights 000000000000" in str(refused.exception)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_page_opens_in_a_browser(
    tmp_path: Path, recordings: tuple[Recording, ...], circuit: Circuit
):
    place = tmp_path / "r.safetensors"
    save_recordings(place, recordings, circuit=circuit.digest)
    page = tmp_path / "report.html"
    compare_files(place, CATALOGUE, page, recording=None, model=None, rounds=9, seed=0)
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    shown = subprocess.run(
        [
            "chromium",
            *flags,
            *quiet,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout
    assert shown.count('class="token') >= 8 * 5
    assert "no difference" in shown or "more when" in shown


def test_interrupted_search_goes_on_where_it_stopped(tmp_path: Path, quiz: Quiz):
    arithmetic = replace(quiz.arithmetic, operands=10, largest=18)
    plan = Plan(method="attribution", prompts=4, evaluation=8, top=4)
    first = find_circuit(
        quiz.subject, arithmetic, plan, operators=(Operator.ADD,), workspace=tmp_path
    )
    told: list[str] = []
    second = find_circuit(
        quiz.subject,
        arithmetic,
        plan,
        operators=(Operator.ADD, Operator.SUBTRACT),
        workspace=tmp_path,
        progress=lambda step, _done, _total: told.append(step),
    )
    assert second.operators[0] == first.operators[0]
    assert not any(step.startswith("+:") for step in told)
    assert any(step.startswith("-:") for step in told)


def test_attribution_estimates_logits_only():
    refused = CliRunner().invoke(
        app, ["find", "arithmetic", "--method", "attribution", "--metric", "probability"]
    )
    assert "use exact patching" in str(refused.exception)


def test_papers_findings_are_marked_as_not_verified():
    paper = load_circuit(resolve_catalogue(Path("paper")))
    assert paper.source.kind == "paper, not re-verified"
    assert all(finding.threshold is None for finding in paper.neurons)
    assert {finding.parse() for finding in paper.neurons}
    general = sum(head.operator is None for head in paper.heads)
    own = [sum(head.operator is operator for head in paper.heads) for operator in Operator]
    assert [general + count for count in own] == [6, 6, 20, 6], "as the paper counts them"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_command_shows_a_catalogue_as_json():
    assert (
        json.loads(run("show", "paper", "--json"))["model"]["name"] == "meta-llama/Meta-Llama-3-8B"
    )


def test_command_shows_the_papers_findings_as_not_verified():
    shown = run("show", "paper")
    assert "paper, not re-verified" in shown
    assert "both identical" in shown
    assert "2/2" in shown, "the paper's head for the operator"


def test_catalogue_of_a_larger_model_is_refused_by_its_neurons():
    refused = CliRunner().invoke(app, ["fourier", "arithmetic", "paper"])
    assert "has 2 layers of 512" in str(refused.exception)


def test_a_recording_is_never_written_over(tmp_path: Path):
    trace, place = tmp_path / "t.jsonl", tmp_path / "t.jsonl.neurons.safetensors"
    trace.touch()
    place.touch()
    refused = CliRunner().invoke(app, ["record", "arithmetic", "arithmetic", str(trace)])
    assert "--out" in str(refused.exception)


def test_search_wants_a_task_about_numbers(tmp_path: Path):
    tasks = tmp_path / "tasks.jsonl"
    task = {"id": "t", "kind": "other", "train": [{"input": "a", "output": "b"}], "test": []}
    tasks.write_text(json.dumps(task) + "\n", encoding="utf-8")
    refused = CliRunner().invoke(app, ["search", str(tasks), "--trace", str(tmp_path / "x.jsonl")])
    assert "numbers" in str(refused.exception)


def test_bundled_tasks_are_found_by_sums(tmp_path: Path):
    found = json.loads(run("search", "--trace", str(tmp_path / "t.jsonl"), "--json"))
    meant = [json.loads(line)["meta"]["rule"] for line in SUMS.read_text("utf-8").splitlines()]
    assert [search["rule"] for search in found["searches"]] == meant


def test_command_sees_neurons_as_waves():
    found = json.loads(
        run("fourier", "arithmetic", "arithmetic", "--operators", "+", "--limit", "4", "--json")
    )
    views = [wave["view"] for wave in found["waves"]]
    assert len(views) == 4
    assert all(0 < view["strongest"] <= 1 for view in views)
    assert max(view["sum"] for view in views) > 0.3, "layer 1 reads the sum of the operands"


def write_task(place: Path, pairs: dict[int, int]) -> None:
    train = [{"input": left, "output": right} for left, right in pairs.items()]
    task = {"id": f"from {train[0]}", "kind": "other", "train": train, "test": [{"input": 21}]}
    with place.open("a", encoding="utf-8") as file:
        file.write(json.dumps(task) + "\n")


def test_search_with_a_model_doing_the_sums_leaves_trace_and_neurons(tmp_path: Path):
    tasks = tmp_path / "tasks.jsonl"
    write_task(tasks, {x: x + 17 for x in (40, 7)})
    write_task(tasks, {x: x % 13 for x in (40, 7)})
    trace = tmp_path / "search.jsonl"
    found = json.loads(run("search", str(tasks), "--trace", str(trace), "--json"))
    assert found["searches"][0]["rule"] == "Add 17."
    recordings = load_joined(trace)
    assert len(recordings) == found["recordings"]
    right = [each for each in recordings if each.hypothesis == "Add 17."]
    assert {each.verdict for each in right} == {"verified"}
    assert {each.text for each in right} <= {"57-40=17", "24-7=17"}
    assert any(each.hypothesis and each.verdict == "failed" for each in recordings)
    assert any(each.verdict == "crashed" for each in recordings), "7 % 0: 7 - 7 was asked"

    again = tmp_path / "again.safetensors"
    beside = tmp_path / "search.jsonl.neurons.safetensors"
    run("record", "arithmetic", "arithmetic", str(beside), "--dense", "-o", str(again))
    for before, after in zip(recordings, load_recordings(again), strict=True):
        assert (after.verdict, after.hypothesis) == (before.verdict, before.hypothesis)
        assert np.nanmax(np.abs(before.values - after.values)) < 1e-4

    refused = CliRunner().invoke(app, ["search", str(tasks), "--trace", str(trace)])
    assert "belongs to one run" in str(refused.exception)

    trace.write_text(trace.read_text(encoding="utf-8").replace('"digest":"', '"digest":"0'))
    with pytest.raises(ConfigError, match="of other tasks"):
        load_joined(trace)
