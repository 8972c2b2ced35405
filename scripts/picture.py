"""Draw the terminal session of the README: one sample task, solved, as an SVG.

python scripts/picture.py [TASK] [-o FILE]
"""

import argparse
import asyncio
import io
import re
from pathlib import Path

from rich.console import Console

from peirce.agent.inquiry import Budget
from peirce.agent.interfaces.cli.answer_view import show_answer
from peirce.agent.proposers.symbolic.warm import warm_up
from peirce.agent.solve import solve_async
from peirce.tasks import Task, load_samples
from peirce.verifiers.sandbox import Sandbox

HOME = Path(__file__).parent.parent / "agent" / "interfaces" / "terminal" / "solve.svg"
WIDTH = 96


def main() -> None:
    """Solve the task and write the picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("task", nargs="?", default="tall-and-short")
    parser.add_argument("-o", "--output", type=Path, default=HOME)
    options = parser.parse_args()
    samples = load_samples()
    task = samples.find(options.task)
    warm_up([task], print)
    console = Console(
        record=True, width=WIDTH, force_terminal=True, color_system="truecolor", file=io.StringIO()
    )
    asyncio.run(_draw(console, task))
    title = f"peirce solve --samples --only {task.name}"
    picture = re.sub(r"@font-face \{.*?\}", "", console.export_svg(title=title), flags=re.DOTALL)
    options.output.write_text(picture, encoding="utf-8")
    print(f"wrote {options.output}")


async def _draw(console: Console, task: Task) -> None:
    async with Sandbox.open() as sandbox:
        answer = await solve_async(task, sandbox=sandbox, budget=Budget(seconds=60, cpu_seconds=10))
    scorer = load_samples().scorer
    ranked = [[guess.value for guess in column] for column in answer.predictions]
    show_answer(console, task, answer, scorer.score(task, ranked))


if __name__ == "__main__":
    main()
