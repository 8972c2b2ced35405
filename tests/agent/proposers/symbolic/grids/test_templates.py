from tests.agent.proposers.symbolic.grids.pictures import grid, run, task

from peirce.agent.proposers.symbolic.grids.templates import METHOD
from peirce.agent.proposers.symbolic.method import Clock

COPIES = task(
    [
        (grid("2......", "31..3..", "......."), grid("2...2..", "31..31.", ".......")),
        (grid("6......", "54..5..", "......."), grid("6...6..", "54..54.", ".......")),
    ],
    grid("......", "7.....", "89.8..", "......"),
)
LEGEND = task(
    [
        (
            grid("12....", "......", "..11..", "..31.."),
            grid("12....", "......", "..22..", "..32.."),
        ),
        (
            grid("35....", "......", "..33..", ".133.."),
            grid("35....", "......", "..55..", ".155.."),
        ),
    ],
    grid("48....", "......", "..44..", ".444.."),
)

COLOURFUL_LEGEND = task(
    [
        (grid("12..1", "34...", "...33"), grid("12..2", "34...", "...44")),
        (grid("...7.", "75...", "68..6"), grid("...5.", "75...", "68..8")),
    ],
    grid("39.3.", "41...", "...44"),
)


def test_copies_of_a_template_are_completed():
    best = next(one for one in METHOD.propose(COPIES, Clock()) if one)
    assert run(best.program.source, COPIES.test[0]) == grid("......", "7..7..", "89.89.", "......")
    assert "the rest of it is drawn" in best.hypothesis.words


def test_a_legend_is_read_and_applied():
    best = next(one for one in METHOD.propose(LEGEND, Clock()) if one)
    assert run(best.program.source, LEGEND.test[0]) == grid("48....", "......", "..88..", ".888..")
    assert "the first colour of a pair becomes the second" in best.hypothesis.words


def test_a_legend_may_be_the_most_colourful_thing_rather_than_the_smallest():
    best = next(one for one in METHOD.propose(COLOURFUL_LEGEND, Clock()) if one)
    assert run(best.program.source, COLOURFUL_LEGEND.test[0]) == grid("39.9.", "41...", "...11")
    assert "most colourful" in best.hypothesis.words


def test_every_proposal_reproduces_every_example():
    for subject in (COPIES, LEGEND):
        for proposal in METHOD.propose(subject, Clock()):
            for example in subject.train if proposal else ():
                assert proposal
                assert run(proposal.program.source, example.input) == example.output
