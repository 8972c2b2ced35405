def sat(answer: int, ending: int = 44, least: int = 100) -> bool:
    """Find a number from the least upwards whose square ends in the given digits."""
    return answer >= least and str(answer * answer).endswith(str(ending))
