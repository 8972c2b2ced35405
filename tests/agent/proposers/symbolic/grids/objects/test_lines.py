from tests.agent.proposers.symbolic.grids.pictures import grid, run, task

from peirce.agent.proposers.symbolic.grids.objects import GROW
from peirce.agent.proposers.symbolic.method import Clock


def test_a_box_with_a_gap_may_send_a_line_out_of_it():
    subject = task(
        [
            (
                grid(".......", ".55.55.", ".5...5.", ".55555."),
                grid("...2...", ".55255.", ".5...5.", ".55555."),
            ),
            (
                grid(".3333..", ".3..3..", ".3.....", ".3333.."),
                grid(".3333..", ".3..3..", ".3..222", ".3333.."),
            ),
        ],
        grid("..666", "..6.6", "....6", "..6.6", "..666"),
    )
    found = (one for one in GROW.propose(subject, Clock()) if one)
    answers = (run(one, subject.test[0]) for one in found)
    assert grid("..666", "..6.6", "222.6", "..6.6", "..666") in answers


def test_items_that_face_each_other_may_be_joined_by_a_bridge_in_a_new_colour():
    subject = task(
        [
            (grid("11..1", "11..1", "....."), grid("11881", "11881", ".....")),
            (grid("22.", "...", "...", "222"), grid("22.", "88.", "88.", "222")),
        ],
        grid("3..3", "3..."),
    )
    found = (one for one in GROW.propose(subject, Clock()) if one)
    answers = (run(one, subject.test[0]) for one in found)
    assert grid("3883", "3...") in answers
