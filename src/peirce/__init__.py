"""Neuro-symbolic hypothesis search."""
