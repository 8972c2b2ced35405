"""Decides on plans: a validator, planners that also prove that there is none, tasks, lint."""
