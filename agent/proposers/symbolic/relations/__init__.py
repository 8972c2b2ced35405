"""Rules in Prolog from atoms that hold, atoms that do not, and known facts."""

from peirce.agent.proposers.symbolic.relations import views
from peirce.agent.proposers.symbolic.relations.learning import METHOD

METHODS = (METHOD, views.METHOD)

__all__ = ["METHOD", "METHODS"]
