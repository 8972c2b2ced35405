"""The files tasks come in: ARC JSON, Kaggle's pair of files, JSONL and CSV."""

from peirce.tasks.formats.detect import Format, detect_format
from peirce.tasks.formats.load import load_tasks, save_tasks

__all__ = ["Format", "detect_format", "load_tasks", "save_tasks"]
