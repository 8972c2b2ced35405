def sat(answer: int, opening: int = 77, least: int = 30) -> bool:
    """Find a number from the least upwards whose square begins with the given digits."""
    return answer >= least and str(answer * answer).startswith(str(opening))
