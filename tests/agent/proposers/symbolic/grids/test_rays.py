from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.rays import METHOD

RIGHT = task(
    [
        (grid("0000", "2000", "0030"), grid("0000", "2222", "0030")),
        (grid("0200", "0000", "2003"), grid("0222", "0000", "2223")),
    ],
    grid("2030", "0000", "0002"),
)


def test_one_ray_with_its_source_way_and_stop_is_read_off_the_demos():
    best = proposals(METHOD, RIGHT)[0]
    assert best.hypothesis.words == (
        "From red cells lines of their colour go right, until something is in the way."
    )
    assert run(best, RIGHT.test[0]) == grid("2230", "0000", "0002")


def test_every_set_of_rays_reproduces_every_demo_and_predicts_something_else():
    found = proposals(METHOD, RIGHT)
    for proposal in found:
        assert tuple(run(proposal, pair.input) for pair in RIGHT.train) == RIGHT.outputs
    answers = [run(proposal, RIGHT.test[0]) for proposal in found]
    assert len(set(answers)) == len(answers)


def test_two_colours_may_shoot_different_ways_and_cross_in_order():
    subject = task(
        [
            (grid("0200", "0000", "1000", "0000"), grid("0200", "0200", "1211", "0200")),
            (grid("0020", "1000", "0000", "0000"), grid("0020", "1121", "0020", "0020")),
        ],
        grid("0002", "0000", "0100", "0000"),
    )
    expected = grid("0002", "0002", "0112", "0002")
    assert run(proposals(METHOD, subject)[0], subject.test[0]) == expected


def test_the_colour_of_crossings_is_read_off_the_demos():
    subject = task(
        [
            (
                grid(".....", "..2..", ".....", ".....", ".1...", "....."),
                grid(".....", "..2..", "..2..", "..2..", ".1511", "..2.."),
            ),
            (
                grid(".....", "...2.", ".1...", "....."),
                grid(".....", "...2.", ".1151", "...2."),
            ),
        ],
        grid("...2", "....", ".1..", "...."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("...2", "...2", ".115", "...2")
    assert best.hypothesis.words.endswith("Where a line meets another colour it is grey.")


def test_equal_cells_in_one_line_are_connected_only_if_they_meet():
    subject = task(
        [
            (grid("40040", "00000", "04000"), grid("44440", "00000", "04000")),
            (grid("00400", "04040", "00000"), grid("00400", "04440", "00000")),
        ],
        grid("40004", "00000", "00400"),
    )
    assert run(proposals(METHOD, subject)[0], subject.test[0]) == grid("44444", "00000", "00400")


def test_the_method_is_hopeless_when_the_size_changes_or_nothing_is_drawn():
    assert METHOD.promise(task([(grid("12"), grid("1"))], grid("12"))) == 0
    assert METHOD.promise(task([(grid("12"), grid("12"))], grid("12"))) == 0


def test_lines_may_start_at_scattered_holes_and_end_with_the_area_around_them():
    subject = task(
        [
            (
                grid("4444", "4044", "4444", "6666", "6660"),
                grid("4044", "4044", "4044", "6660", "6660"),
            ),
            (grid("333", "303", "333", "777"), grid("303", "303", "303", "777")),
        ],
        grid("22222", "22202", "22222", "55555", "05555"),
    )
    best = proposals(METHOD, subject)[0]
    expected = grid("22202", "22202", "22202", "05555", "05555")
    assert run(best, subject.test[0]) == expected
    assert "to the edge of the area they lie in" in best.hypothesis.words


def test_nothing_is_proposed_when_no_ray_explains_a_change():
    subject = task([(grid("1000", "0000"), grid("1000", "0005"))], grid("1000", "0000"))
    assert all(
        run(p, subject.train[0].input) == subject.train[0].output
        for p in proposals(METHOD, subject)
    )


def test_lines_go_round_a_corner_to_a_marked_cell():
    subject = task(
        [
            (grid("2...", "....", "...3"), grid("2888", "...8", "...3")),
            (grid("...3", "....", "2..."), grid("...3", "...8", "2888")),
        ],
        grid("..2.", "....", "3..."),
    )
    turning = [one for one in proposals(METHOD, subject) if "corner" in one.hypothesis.words]
    assert grid("882.", "8...", "3...") in [run(one, subject.test[0]) for one in turning]


def test_colours_that_lines_show_in_turn_are_read_off_the_demos():
    subject = task(
        [
            (grid("1.......", "........"), grid("15.15.15", "........")),
            (grid(".......", ".2....."), grid(".......", ".25.25.")),
        ],
        grid("........", "..3....."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("........", "..35.35.")
    assert "lines of grey, nothing, their colour in turn" in best.hypothesis.words


def test_the_length_of_lines_is_read_off_the_demos():
    subject = task(
        [
            (grid("1......", "...2..."), grid("1111...", "...2222")),
            (grid("....3..", "......."), grid("....333", ".......")),
        ],
        grid(".......", ".1....."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid(".......", ".1111..")
    assert "at most 3 cells" in best.hypothesis.words


def test_lines_may_turn_at_signs_of_two_colours():
    subject = task(
        [
            (
                grid("......", "1..2..", "......", "......", "..3..."),
                grid("......", "1112..", "..1...", "..1111", "..3..."),
            ),
            (
                grid("..2...", "......", "1..3..", "......"),
                grid("..2...", "..1111", "1113..", "......"),
            ),
        ],
        grid("......", "1.2...", "......", ".3....", "......"),
    )
    found = proposals(METHOD, subject)
    expected = grid("......", "112...", ".11111", ".3....", "......")
    assert expected in [run(one, subject.test[0]) for one in found]


def test_all_colours_but_that_of_walls_may_shoot():
    subject = task(
        [
            (grid("1..5.", "....5", "2...."), grid("1115.", "....5", "22222")),
            (grid(".5..", ".3.5", "1..."), grid(".5..", ".335", "1111")),
        ],
        grid("5...", ".4..", "..6."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("5...", ".444", "..66")
    assert best.hypothesis.words.startswith("From coloured cells but grey ones lines")
