"""The host's side of Prolog: where it is installed, what it is asked, why a rule failed."""
