"""Rules found by search and fitting alone: no model, no key, no download."""
