def sat(answer: list[int], marks: int = 3, longest: int = 3) -> bool:
    """Place marks on a short ruler so that no two pairs of marks are equally far apart.

    The answer lists the places of the marks, the first one 0, in rising order.
    """
    gaps = [right - left for i, left in enumerate(answer) for right in answer[i + 1 :]]
    rising = answer[0] == 0 and answer == sorted(answer)
    return rising and len(answer) == marks and answer[-1] <= longest and len(gaps) == len(set(gaps))
