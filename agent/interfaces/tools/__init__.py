"""Peirce as a tool of other agents: one request, one result, and an adapter for each framework."""
