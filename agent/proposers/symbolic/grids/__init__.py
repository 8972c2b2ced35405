"""Rules about grids, found by exhaustive search over the vocabulary and by fitting."""
