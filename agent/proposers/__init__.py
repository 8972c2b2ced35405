"""Who guesses: the symbolic proposer (no model needed), and proposers that ask one."""
