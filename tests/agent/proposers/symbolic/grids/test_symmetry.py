from tests.agent.proposers.symbolic.grids.pictures import grid, proposals, run, task

from peirce.agent.proposers.symbolic.grids.symmetry import METHOD


def test_a_hidden_part_of_a_mirrored_picture_is_restored():
    subject = task(
        [
            (grid("1221", "3443", "3400", "1221"), grid("1221", "3443", "3443", "1221")),
            (grid("5665", "0775", "5775", "5665"), grid("5665", "5775", "5775", "5665")),
        ],
        grid("2332", "2112", "2112", "2330"),
    )
    best = proposals(METHOD, subject)[0]
    assert "mend_symmetry" in best.program.source
    assert run(best, subject.test[0])[3] == (2, 3, 3, 2)


def test_only_the_hidden_part_is_shown_when_that_is_wanted():
    subject = task(
        [
            (grid("1221", "3443", "3499", "1221"), grid("43")),
            (grid("5665", "5775", "5775", "9665"), grid("5")),
        ],
        grid("2332", "2112", "2192", "2332"),
    )
    assert run(proposals(METHOD, subject)[0], subject.test[0]) == grid("1")


def test_a_repeating_tile_is_restored():
    subject = task(
        [(grid("12312", "12312", "10002", "12312"), grid(*["12312"] * 4))],
        grid("45645", "45645", "45605", "45645"),
    )
    assert run(proposals(METHOD, subject)[0], subject.test[0]) == grid(*["45645"] * 4)


def test_a_pattern_goes_on_over_a_larger_canvas():
    subject = task(
        [(grid("1212"), grid("12121212")), (grid("3434"), grid("34343434"))],
        grid("5656"),
    )
    assert run(proposals(METHOD, subject)[0], subject.test[0]) == grid("56565656")


def test_nothing_is_proposed_for_a_change_that_no_regularity_explains():
    subject = task([(grid("12", "30"), grid("12", "35"))], grid("12", "30"))
    assert proposals(METHOD, subject) == []


def test_copies_at_equal_distances_go_on_with_their_colours_in_turn():
    subject = task(
        [
            (grid("1.2.....", "1.2....."), grid("1.2.1.2.", "1.2.1.2.")),
            (grid(".3..4....", ".3..4...."), grid(".3..4..3.", ".3..4..3.")),
        ],
        grid("5.6....", "5.6...."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("5.6.5.6", "5.6.5.6")
    assert best.hypothesis.words == "The copies at equal distances go on up to the border."


def test_every_row_goes_on_by_itself():
    subject = task(
        [
            (grid("12.....", ".......", "34....."), grid("1212121", ".......", "3434343")),
            (grid("......", ".512.."), grid("......", ".51251")),
        ],
        grid("71....", "..68.."),
    )
    answers = [run(one, subject.test[0]) for one in proposals(METHOD, subject)]
    assert grid("717171", "..6868") in answers


def test_what_a_pattern_adds_may_have_another_colour():
    subject = task(
        [
            (grid("1.1.....", "........"), grid("1.1.3.3.", "........")),
            (grid("..1..1....", ".........."), grid("..1..1..3.", "..........")),
        ],
        grid("...........", ".1...1....."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("...........", ".1...1...3.")
    assert "In what is new blue becomes green." in best.hypothesis.words


def test_what_a_larger_canvas_shows_may_have_another_colour():
    subject = task(
        [(grid("1.1."), grid("2.2.2.2.")), (grid("11.11."), grid("22.22.22.22."))],
        grid("1..1.."),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0]) == grid("2..2..2..2..")


def test_a_spiral_is_drawn_on_empty_grids_of_any_size():
    subject = task(
        [
            (grid("....", "....", "...."), grid("3333", "...3", "3333")),
            (grid("...", "...", "..."), grid("333", "..3", "333")),
        ],
        grid(*["....."] * 5),
    )
    best = proposals(METHOD, subject)[0]
    assert run(best, subject.test[0])[2:] == grid("333.3", "3...3", "33333")


def test_a_picture_in_an_empty_grid_is_repeated_in_all_directions():
    subject = task(
        [
            (grid("12...", "34...", "....."), grid("12121", "34343", "12121")),
            (grid("....", ".56.", ".75.", "...."), grid("5757", "6565", "5757", "6565")),
        ],
        grid("....", ".89.", "...."),
    )
    answers = [run(one, subject.test[0]) for one in proposals(METHOD, subject)]
    assert grid("9898", "9898", "9898") in answers
