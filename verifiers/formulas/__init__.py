"""Decides whether two mathematical answers are the same, without executing either of them."""
