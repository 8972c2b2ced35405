"""Prolog prototypes: clauses read as tokens, renamed, reordered, changed and composed."""
