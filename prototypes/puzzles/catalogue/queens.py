def sat(answer: list[int], size: int = 4) -> bool:
    """Place queens on a board, one in each row, so that none attacks another.

    The answer gives the column of the queen in each row, counted from 0.
    """
    rows = range(size)
    rising = {column + row for row, column in enumerate(answer)}
    falling = {column - row for row, column in enumerate(answer)}
    return sorted(answer) == list(rows) and len(rising) == len(falling) == size
