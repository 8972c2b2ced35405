"""Which proposers a search runs, made from settings."""

from collections.abc import AsyncGenerator, Collection, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from platformdirs import user_data_path

from peirce.agent.proposers.llm.plan import Select
from peirce.agent.proposers.symbolic.methods import METHODS
from peirce.agent.proposers.symbolic.proposer import SymbolicProposer
from peirce.agent.search import Proposer
from peirce.agent.settings import Settings
from peirce.prototypes.library import Library
from peirce.tasks.errors import ConfigError


@asynccontextmanager
async def proposers(
    settings: Settings,
    *,
    select: Select | None = None,
    library: Library | None = None,
    without: Collection[str] = (),
) -> AsyncGenerator[Sequence[Proposer]]:
    """The proposers that settings name; connections and caches are closed at the end.

    Args:
        settings: names the proposers, and the model and server for `llm`.
        select: lets a person pick among a model's hypotheses.
        library: learned rules that a model is shown as worked examples.
        without: names of symbolic methods to leave out, to see what they bring.

    Raises:
        ConfigError: a method is unknown, or the cache or a folder of prompts cannot be used.
        ModelError: the model is the only proposer and cannot be reached.
    """
    names = settings.proposer.split(",")
    chosen: list[Proposer] = [_symbolic(without)] if "symbolic" in names else []
    if "llm" not in names:
        yield chosen
        return
    # The client of models takes a second to import; symbolic search has no use for it.
    from peirce.agent.proposers.llm.opening import open_llm

    async with open_llm(settings, select=select, library=library) as (client, asking):
        chosen.append(asking)
        if len(chosen) == 1:
            await client.check()
        yield chosen


def _symbolic(without: Collection[str]) -> SymbolicProposer:
    known = [method.name for method in METHODS]
    unknown = sorted(set(without) - set(known))
    if unknown:
        raise ConfigError(
            f"no symbolic method is called {unknown[0]!r}; there are: {', '.join(known)}"
        )
    return SymbolicProposer([method for method in METHODS if method.name not in without])


@contextmanager
def open_library(name: str | None, settings: Settings) -> Generator[Library | None]:
    """The library of learned rules: a file, `off`, or the user's own where a model is asked.

    Raises:
        ConfigError: the file cannot be used.
    """
    if name == "off" or (name is None and "llm" not in settings.proposer.split(",")):
        yield None
        return
    library = Library(Path(name) if name else user_data_path("peirce") / "library.sqlite")
    try:
        yield library
    finally:
        library.close()
