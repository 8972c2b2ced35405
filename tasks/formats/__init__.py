"""The files tasks come in: ARC JSON, Kaggle's pair of files, JSONL and CSV."""

from peirce.tasks.formats.load import Format, detect_format, load_tasks, save_tasks

__all__ = ["Format", "detect_format", "load_tasks", "save_tasks"]
