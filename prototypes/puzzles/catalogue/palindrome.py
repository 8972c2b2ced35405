def sat(answer: str, inside: str = "abc", longest: int = 5, least: int = 5) -> bool:
    """Find a palindrome that holds the given text and is neither too long nor too short."""
    fits = least <= len(answer) <= longest
    return fits and inside in answer and answer == answer[::-1]
