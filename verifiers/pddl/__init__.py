"""Decides on plans: a validator, planners that prove that there is none, lint, tasks about plans."""
