"""Calls of language models that someone recorded, proposed again without any model."""
