"""`Settings`: every knob of a search, with one order of precedence.

Arguments beat environment variables `PEIRCE_*`, these beat `peirce.toml` in the working folder,
that beats `[tool.peirce]` in `pyproject.toml` there, that beats the defaults below.
"""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from peirce.agent.inquiry import Budget
from peirce.agent.models.cache import CacheMode
from peirce.tasks.errors import ConfigError
from peirce.verifiers.sandbox import Level


class Settings(BaseSettings):
    """What a person may turn; each field's text is its help on the command line."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="PEIRCE_",
        toml_file="peirce.toml",
        pyproject_toml_table_header=("tool", "peirce"),
        use_attribute_docstrings=True,
    )

    seconds: float = Field(default=20.0, gt=0, lt=10**7)
    """Wall-clock seconds per task."""
    programs: int = Field(default=2_000, gt=0)
    """Distinct programs verified per task."""
    tokens: int = Field(default=200_000, ge=0)
    """Tokens a language model may write per task."""
    steps: int | None = Field(default=None, gt=0)
    """Steps of symbolic search per task, instead of CPU time: makes runs repeatable."""
    left_out: int = Field(default=0, ge=0, le=100)
    """Examples left out, one at a time, to see whether the rule is found without them."""
    workers: int = Field(default=1, ge=1, le=256)
    """Sandbox processes."""
    isolation: Level = Level.MEDIUM
    """Weakest sandbox level to accept."""
    seed: int = 0
    """Seed of every random choice."""
    proposer: str = "symbolic"
    """Who guesses: `symbolic`, `llm`, or both with a comma between."""
    model: str = ""
    """Name of the model on the server; needed for the proposer `llm`."""
    base_url: str = "http://localhost:8000/v1"
    """Root of an OpenAI-compatible server."""
    api_key: SecretStr = SecretStr("none")
    """Sent to the server as bearer token."""
    token: SecretStr = SecretStr("")
    """Bearer token that clients of `peirce serve --http` must send; a fresh one if empty."""
    concurrency: int = Field(default=32, ge=1, le=4096)
    """Requests to the model under way at once."""
    cache: CacheMode = CacheMode.OFF
    """What the cache of model answers is used for."""
    prompts: Path | None = None
    """Folder with prompts that replace the ones that ship."""

    @field_validator("proposer")
    @classmethod
    def _known(cls, value: str) -> str:
        unknown = set(value.split(",")) - {"symbolic", "llm"}
        if unknown:
            raise ValueError(f"{sorted(unknown)[0]!r} is none of symbolic, llm")
        return value

    @model_validator(mode="after")
    def _model_named(self) -> Self:
        if "llm" in self.proposer.split(",") and not self.model:
            raise ValueError("the proposer llm needs a model: name the one on the server")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Name the sources in order of precedence."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls),
            PyprojectTomlConfigSettingsSource(settings_cls),
        )

    @classmethod
    def resolve(cls, **given: float | int | str | Path | None) -> Self:
        """Settings with the given arguments on top; an argument that is None counts as not given.

        Raises:
            ConfigError: a value is out of range, or a file or variable names an unknown setting.
        """
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            reason = first["msg"].removeprefix("Value error, ")
            what = f"setting {name!r}: {reason} (got {first['input']!r})" if name else reason
            raise ConfigError(
                f"{what}; look at the command line, PEIRCE_* variables and peirce.toml"
            ) from None
        except ValueError as error:
            raise ConfigError(f"peirce.toml or pyproject.toml: {error}") from None

    @property
    def budget(self) -> Budget:
        """The limits of one search."""
        return Budget(
            seconds=self.seconds,
            programs=self.programs,
            tokens=self.tokens,
            steps=self.steps,
            left_out=self.left_out,
        )
