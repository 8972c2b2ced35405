"""The vocabulary hypotheses are written in."""
