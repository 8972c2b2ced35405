"""Agent: propose, verify, refine, weigh, answer."""
