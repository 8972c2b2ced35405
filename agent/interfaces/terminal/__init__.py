"""Values as pictures in the terminal: grids in colour, lists and texts with their differences."""

from peirce.agent.interfaces.terminal.examples import Row, example_table

__all__ = ["Row", "example_table"]
