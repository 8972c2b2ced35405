def sat(answer: int, total: int = 19, divisor: int = 13) -> bool:
    """Find a positive number with the given sum of digits that the divisor divides."""
    return answer > 0 and sum(map(int, str(answer))) == total and answer % divisor == 0
