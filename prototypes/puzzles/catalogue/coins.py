def sat(
    answer: list[int], coins: tuple[int, ...] = (3, 7, 11), total: int = 41, most: int = 7
) -> bool:
    """Pay the total exactly, with at most so many coins.

    The answer says how many coins of each sort are used.
    """
    paid = sum(count * coin for count, coin in zip(answer, coins, strict=True))
    return min(answer) >= 0 and sum(answer) <= most and paid == total
