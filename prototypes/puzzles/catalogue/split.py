def sat(answer: list[int], weights: tuple[int, ...] = (8, 3, 5, 9, 4, 7), gap: int = 1) -> bool:
    """Split weights into two heaps that differ by no more than the gap.

    The answer lists the places of the weights of one heap, counted from 0, the smallest first.
    """
    heap = sum(weights[place] for place in answer)
    rising = answer == sorted(set(answer))
    return rising and min(answer) >= 0 and abs(2 * heap - sum(weights)) <= gap
