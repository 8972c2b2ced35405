"""Program puzzles: Python functions that are True of their answers."""
