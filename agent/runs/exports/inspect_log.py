"""A run as a log of Inspect, for `inspect view` and its data frames. Needs the extra `inspect`."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false

from datetime import UTC, datetime
from pathlib import Path

from peirce.agent.proposers.llm.views import View, describe
from peirce.agent.runs.record import RunRecord, TaskResult
from peirce.agent.runs.statistics import mean_interval
from peirce.agent.traced import restore_task
from peirce.tasks.errors import ConfigError

try:
    from inspect_ai.log import (
        EvalConfig,
        EvalDataset,
        EvalLog,
        EvalMetric,
        EvalResults,
        EvalSample,
        EvalScore,
        EvalSpec,
        write_eval_log,
    )
    from inspect_ai.model import ModelOutput
    from inspect_ai.scorer import Score
except ImportError as error:
    raise ConfigError("an Inspect log needs the extra: pip install 'peirce[inspect]'") from error

SCORER = "peirce/solved"


def write_inspect_log(run: RunRecord, results: tuple[TaskResult, ...], path: Path) -> None:
    """Write the log; its suffix, .eval or .json, decides the form."""
    configuration = run.configuration
    started = run.sessions[0].started if run.sessions else 0.0
    log = EvalLog(
        status="success",
        eval=EvalSpec(
            created=datetime.fromtimestamp(started, UTC).isoformat(),
            task=run.name,
            dataset=EvalDataset(
                name=", ".join(data.name for data in configuration.data),
                samples=len(results),
                sample_ids=[_id(result) for result in results],
            ),
            model=configuration.model or "peirce/symbolic",
            config=EvalConfig(),
            metadata={"peirce": configuration.peirce, "seed": configuration.seed},
        ),
        results=_results(results),
        samples=[_sample(result) for result in results],
    )
    write_eval_log(log, str(path))


def _results(results: tuple[TaskResult, ...]) -> EvalResults:
    scored = [result for result in results if result.score is not None]
    interval = mean_interval([float(result.solved) for result in scored])
    accuracy = interval.value if interval else 0.0
    return EvalResults(
        total_samples=len(results),
        completed_samples=len(results),
        scores=[
            EvalScore(
                name=SCORER,
                scorer=SCORER,
                metrics={"accuracy": EvalMetric(name="accuracy", value=accuracy)},
            )
        ],
    )


def _sample(result: TaskResult) -> EvalSample:
    answer = result.answer
    rule = answer.rules[0] if answer and answer.rules else None
    said = f"{rule.rule}\n\n```{rule.language}\n{rule.program}```" if rule else "no rule was found"
    score = Score(
        value="C" if result.solved else "I",
        answer=str([column[0].value if column else None for column in answer.predictions])
        if answer
        else None,
        explanation=answer.why if answer else result.error,
        metadata={"probability": result.probability, "status": result.status},
    )
    return EvalSample(
        id=_id(result),
        epoch=1,
        input=describe(restore_task(result.task), View.RAW),
        target=str(list(result.expected)) if result.expected is not None else "",
        output=ModelOutput.from_content(model="peirce", content=said),
        scores={SCORER: score} if result.score is not None else {},
        total_time=result.spent.wall_seconds,
        metadata={
            "data": result.data,
            "kind": result.kind,
            "cpu_seconds": result.spent.cpu_seconds,
        },
    )


def _id(result: TaskResult) -> str:
    return f"{result.data}/{result.task.name}"
