"""Sample tasks of our own making, over all domains, each with its rule in words in the notes."""

from importlib.resources import as_file, files

from peirce.tasks.formats import Format, load_tasks
from peirce.tasks.taskset import TaskSet


def load_samples() -> TaskSet:
    """Return the sample tasks; their test outputs are with the scorer."""
    with as_file(files("peirce.tasks.samples")) as folder:
        return load_tasks(folder, format=Format.JSONL)
