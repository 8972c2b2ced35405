def sat(answer: list[int], top: int = 7, bottom: int = 8, most: int = 3) -> bool:
    """Write a fraction as a sum of few different unit fractions.

    The answer lists their denominators, the smallest first.
    """
    from fractions import Fraction

    rising = answer == sorted(set(answer))
    parts = [Fraction(1, denominator) for denominator in answer if denominator > 1]
    return rising and len(answer) == len(parts) <= most and sum(parts) == Fraction(top, bottom)
