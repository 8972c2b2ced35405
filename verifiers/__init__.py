"""What decides: sandbox, runners, comparison, evidence."""
