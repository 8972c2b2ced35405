"""The option `--budget`: the limits of one search as a person writes them."""

from typing import Final

from peirce.tasks.errors import ConfigError

_UNITS: Final = {
    "s": "seconds",
    "seconds": "seconds",
    "p": "programs",
    "programs": "programs",
    "t": "tokens",
    "tokens": "tokens",
}


def parse_budget(text: str | None) -> dict[str, float]:
    """Read `20s,500programs,10000tokens` into the settings of these names.

    Raises:
        ConfigError: a part is no number with a known unit.
    """
    limits: dict[str, float] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        number = part.strip().rstrip("abcdefghijklmnopqrstuvwxyz ")
        unit = _UNITS.get(part.strip()[len(number) :].strip() or "s")
        try:
            value = float(number)
        except ValueError:
            unit = None
            value = 0.0
        if unit is None:
            raise ConfigError(
                f"--budget: {part.strip()!r} is no limit; write for example 20s,500programs"
            )
        limits[unit] = value if unit == "seconds" else int(value)
    return limits
