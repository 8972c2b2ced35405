def sat(answer: str, inside: str = "abca", longest: int = 7) -> bool:
    """Find a palindrome that holds the given text and is not too long."""
    return inside in answer and answer == answer[::-1] and len(answer) <= longest
