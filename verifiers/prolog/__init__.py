"""The host's side of Prolog: where it is installed, what it is asked, why a rule failed.

Only `trusted` loads it into the process it runs in, for Prolog that is the user's own.
"""
