"""Prompts: Markdown files with jinja2 that a person can read and replace.

Each file here may be overridden by one of the same name in a folder of the user's. The digest of
the text in use goes into the trace, so that a change of wording never hides.
"""

import hashlib
from functools import cache
from pathlib import Path

import jinja2

from peirce.tasks.errors import ConfigError

HERE = Path(__file__).parent


class Prompts:
    """The prompts in use."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read prompts from `folder` first, then from the ones that ship.

        Raises:
            ConfigError: the folder does not exist.
        """
        if folder is not None and not folder.is_dir():
            raise ConfigError(f"{folder}: no such folder of prompts; see `peirce solve --help`")
        folders = [HERE] if folder is None else [folder, HERE]
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )

    def render(self, name: str, **values: object) -> str:
        """Fill in the prompt of this name.

        Raises:
            ConfigError: a replaced prompt is no valid template or asks for an unknown value.
        """
        try:
            return self._environment.get_template(f"{name}.md").render(values).strip()
        except jinja2.TemplateError as error:
            raise ConfigError(f"prompt {name}.md: {error.message or error}") from error

    @property
    def digest(self) -> str:
        """SHA-256 over the names and texts of all prompts in use, 64 hex digits."""
        return _digest(self._environment)


@cache
def _digest(environment: jinja2.Environment) -> str:
    total = hashlib.sha256()
    for name in sorted(environment.list_templates(extensions=["md"])):
        assert environment.loader is not None
        text, _, _ = environment.loader.get_source(environment, name)
        total.update(f"{name}\0{text}\0".encode())
    return total.hexdigest()
