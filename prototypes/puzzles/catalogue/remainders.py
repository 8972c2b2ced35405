def sat(
    answer: int, divisors: tuple[int, ...] = (4, 5, 7), rests: tuple[int, ...] = (3, 2, 6)
) -> bool:
    """Find a positive number with the given rests when divided."""
    return answer > 0 and all(answer % d == r for d, r in zip(divisors, rests, strict=True))
