"""What decides on each kind of prototype, always in the sandbox."""
