"""Every exception Peirce raises on purpose.

    PeirceError
    ├── TaskError      a task, file or value that breaks the rules
    ├── ConfigError    settings or arguments that contradict each other
    ├── PrologError    Prolog of the user's own that cannot be loaded or asked
    ├── SandboxError   no sandbox of the asked level can be had here
    └── ModelError     a model server is absent, refuses or talks nonsense

A candidate program that is wrong, slow, crashes or attacks raises nothing: it is a `Verdict`.
"""


class PeirceError(Exception):
    """Base of all errors that carry a message meant for the person at the keyboard."""


class TaskError(PeirceError):
    """A task, a task file or a value is not valid."""


class ConfigError(PeirceError):
    """Settings or arguments contradict each other or name something unknown."""


class PrologError(PeirceError):
    """Prolog that the user trusts does not load, or a goal about it cannot be answered."""


class SandboxError(PeirceError):
    """The sandbox cannot start at the asked level, or has died for good."""


class ModelError(PeirceError):
    """A model server cannot be reached or cannot be used."""
