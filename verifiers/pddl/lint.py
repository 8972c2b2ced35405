"""The adapter to tarski, a second reader of PDDL; needs the extra `pddl`.

Our own reader (`peirce.prototypes.pddl.reading`) decides; what a model wrote should pass here too
where the extra is installed.
"""

from peirce.prototypes.pddl.model import Domain, Problem, write_domain, write_problem
from peirce.tasks.errors import ConfigError


def lint(domain: Domain, problem: Problem) -> str:
    """What tarski finds wrong with a problem; empty if nothing is.

    Raises:
        ConfigError: tarski is not installed.
    """
    try:
        from tarski.errors import TarskiError
        from tarski.io import PDDLReader
    except ImportError:
        raise ConfigError("the second reader is tarski: pip install 'peirce[pddl]'") from None
    reader = PDDLReader(raise_on_error=True)
    try:
        reader.parse_domain_string(write_domain(domain))
        reader.parse_instance_string(write_problem(problem))
    except (TarskiError, LookupError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
