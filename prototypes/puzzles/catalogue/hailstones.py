def sat(answer: int, steps: int = 14, least: int = 20) -> bool:
    """Find a number that falls to 1 in exactly so many steps.

    An even number is halved, an odd one is tripled and made one larger.
    """
    number, taken = answer, 0
    while number > 1 and taken <= steps:
        number, taken = number // 2 if number % 2 == 0 else 3 * number + 1, taken + 1
    return answer >= least and number == 1 and taken == steps
