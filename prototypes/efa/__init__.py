"""Executable functional abstractions: parametric problems as Python classes."""
