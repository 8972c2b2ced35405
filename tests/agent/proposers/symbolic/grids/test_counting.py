import pytest
from tests.agent.proposers.symbolic.grids.pictures import grid, run, task

from peirce.agent.proposers.symbolic.grids.counting import METHOD
from peirce.agent.proposers.symbolic.method import Clock
from peirce.tasks.task import Task
from peirce.tasks.values import Grid

TALLY = task(
    [
        (grid("2.2.", "....", "2222"), grid("111..")),
        (grid("2...", "....", "...."), grid("1....")),
        (grid("22.2", "....", "...."), grid("11...")),
    ],
    grid("2.2.", "....", "2.2."),
)
BLOCK = task(
    [
        (grid("3.3", "..."), grid("33", "33")),
        (grid("4.4", ".4."), grid("444", "444", "444")),
    ],
    grid("5.5.5", ".5..."),
)
RANKED = task(
    [
        (grid("11.", "..2", "111"), grid("1", "2")),
        (grid("333", "..4", "4.5"), grid("3", "4", "5")),
    ],
    grid("678", "78.", "8.."),
)
CHOSEN = task(
    [
        (grid("1...", "...."), grid("5")),
        (grid("1.1.", "...."), grid("7")),
        (grid("..1.", "1..."), grid("7")),
        (grid("....", "..1."), grid("5")),
    ],
    grid("....", "1.1."),
)

PICTURED = task(
    [
        (grid("2.2", ".22"), grid("5.", "5.")),
        (grid("33.", "..3"), grid("55", "..")),
        (grid(".2.", "22."), grid("5.", "5.")),
    ],
    grid(".33", ".3."),
)
REPEATED = task(
    [
        (grid("12", "21"), grid("1212", "2121", "1212", "2121")),
        (grid("33", "33"), grid("33", "33")),
        (grid("45", "64"), grid(*["454545", "646464"] * 3)),
    ],
    grid("71", "11"),
)
THING_REPEATED = task(
    [
        (grid("12....", "21....", ".....3", "......"), grid("12", "21")),
        (grid(".112...", "......3", "...3..."), grid("112112")),
        (grid("3..3..3", ".......", "..46...", "..4...."), grid("464646", "4.4.4.")),
    ],
    grid("3...3", ".....", "551..", "....3"),
)
FRAMED = task(
    [
        (grid("12"), grid("111", "121", "111")),
        (grid("345"), grid("33333", "34443", "34543", "34443", "33333")),
    ],
    grid("67"),
)
ROOMY = task(
    [
        (grid("2.2", "..3"), grid("22..", "3...")),
        (grid("44.", "4.5", "5.4"), grid("4444", "55..")),
    ],
    grid("777", "..6"),
)
WITHIN = task(
    [
        (grid("2222...4", "2..2.4..", "24.2...4", "2222.4.."), grid("4")),
        (grid(".4.22222", "...24..2", "4..2..42", "4..22222"), grid("44")),
        (grid("22222...", "24.42.4.", "2...2...", "24..2.4.", "22222..."), grid("444")),
    ],
    grid("4..22222", "...24.42", "4..2...2", "4..24.42", "4..22222"),
)
PIECES = task(
    [
        (grid("11.2.11", "...2...", ".1...33"), grid("111", "2..", "3..")),
        (grid("4.44.4.", "5...5..", "...6..4"), grid("4444", "55..", "6...")),
    ],
    grid("777..888", "......8.", "7.7.8...", "....8..9"),
)


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        (WITHIN, grid("4444")),
        (PIECES, grid("777", "88.", "9..")),
        (THING_REPEATED, grid("551551551")),
        (REPEATED, grid(*["7171", "1111"] * 2)),
        (FRAMED, grid("666", "676", "666")),
        (ROOMY, grid("777.", "6...")),
        (PICTURED, grid("55", "..")),
        (TALLY, grid("1111.")),
        (BLOCK, grid("5555", "5555", "5555", "5555")),
        (RANKED, grid("8", "7", "6")),
        (CHOSEN, grid("7")),
    ],
)
def test_counts_decide_the_answer(subject: Task, answer: Grid):
    found = [one for one in METHOD.propose(subject, Clock()) if one]
    assert run(found[0].program.source, subject.test[0]) == answer
    for proposal in found:
        for example in subject.train:
            assert run(proposal.program.source, example.input) == example.output


def test_outputs_smaller_than_inputs_promise_most():
    assert METHOD.promise(TALLY) > METHOD.promise(task([(grid("1"), grid("2"))])) > 0
