"""The small arithmetic model that comes with the package, its training record, catalogue and tasks.

A Llama of 0.6 M parameters that adds, subtracts and divides numbers below 100 and multiplies
them modulo 10. `scripts/train_arithmetic.py` made it; `peirce circuits find` made the catalogue.
"""

import json
from pathlib import Path
from typing import Final

from peirce.agent.circuits.arithmetic import Arithmetic
from peirce.agent.circuits.catalogue import ArithmeticRecord

MODEL: Final = Path(__file__).resolve().parent / "models" / "arithmetic"
"""The model's folder."""
CATALOGUE: Final = MODEL.parents[1] / "findings" / "arithmetic.json"
"""What was found in it."""
SUMS: Final = MODEL.parents[1] / "sums.jsonl"
"""Tasks whose rules its sums can find."""


def load_arithmetic(folder: Path = MODEL) -> Arithmetic | None:
    """The arithmetic a model was trained on, if its folder has a training record."""
    record = folder / "training.json"
    if not record.is_file():
        return None
    found = json.loads(record.read_text(encoding="utf-8"))["arithmetic"]
    return ArithmeticRecord.model_validate(found).restore()
