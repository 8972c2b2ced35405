"""Values as pictures in the terminal: grids in colour, lists and texts with their differences."""

from peirce.agent.interfaces.terminal.examples import Row, example_table
from peirce.agent.interfaces.terminal.grids import grid_panel, mismatches
from peirce.agent.interfaces.terminal.verdict import verdict_line

__all__ = ["Row", "example_table", "grid_panel", "mismatches", "verdict_line"]
