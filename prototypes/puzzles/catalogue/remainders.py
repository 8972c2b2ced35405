def sat(
    answer: int, moduli: tuple[int, ...] = (4, 5, 7), rests: tuple[int, ...] = (3, 2, 6)
) -> bool:
    """Find a positive number that leaves the same remainders as the given numbers."""
    return answer > 0 and all((answer - r) % m == 0 for m, r in zip(moduli, rests, strict=True))
