def sat(answer: str, deepest: int = 3, length: int = 8, sign: str = "(") -> bool:
    """Write balanced brackets of a given length that are nested exactly so deep."""
    depths = [0]
    for char in answer:
        depths.append(depths[-1] + (1 if char == sign else -1))
    fits = set(answer) <= set("()") and len(answer) == length
    return fits and min(depths) == 0 == depths[-1] and max(depths) == deepest
