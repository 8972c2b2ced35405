"""Runs in the forms that others read: leaderboards, Inspect, and trainers."""
