"""What Inspect finds through the entry point: `peirce/rules`, `peirce/induce_rule` and so on."""

from peirce.agent.interfaces.tools.inspect_eval import outputs, peirce, rules
from peirce.agent.interfaces.tools.inspect_tool import induce_rule

__all__ = ["induce_rule", "outputs", "peirce", "rules"]
