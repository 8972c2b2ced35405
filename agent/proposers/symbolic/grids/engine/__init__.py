"""The compiled search over values of whole-grid operations."""
