"""Which things switch a machine on: what trials prove, and what they leave open.

A trial shows a set of things on the machine and whether it was on. A machine is on when at least
one of the things on it is a cause. The objects here are names; a thing is the same wherever its
name is the same.
"""

from collections.abc import Collection, Sequence


def harmless(off_trials: Sequence[Collection[str]]) -> frozenset[str]:
    """The things that were on the machine while it was off: none of them is a cause."""
    return frozenset(thing for trial in off_trials for thing in trial)


def suspects(
    on_trials: Sequence[Collection[str]], cleared: Collection[str]
) -> tuple[frozenset[str], ...]:
    """The smallest sets of things, not cleared, of which at least one must be a cause."""
    groups = {frozenset(trial) - frozenset(cleared) for trial in on_trials}
    least = [group for group in groups if not any(other < group for other in groups)]
    return tuple(sorted(least, key=lambda group: (len(group), sorted(group))))


def judge(
    things: Collection[str],
    groups: Sequence[Collection[str]],
    cleared: Collection[str],
    *,
    on: str = "on",
    off: str = "off",
    unsure: str = "undetermined",
) -> str:
    """What the machine does with these things on it, if the trials decide it.

    It must be on if a whole group of suspects is there, off if all things are cleared; otherwise
    some choices of causes that agree with every trial say on and others off.
    """
    present = frozenset(things)
    if any(frozenset(group) <= present for group in groups):
        return on
    return off if present <= frozenset(cleared) else unsure
