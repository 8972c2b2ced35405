from hypothesis import given, settings
from hypothesis import strategies as st

from peirce.prototypes import grids


@st.composite
def sparse_grids(draw: st.DrawFn):
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    row = st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=width, max_size=width)
    return [[0] * width, *draw(st.lists(row, min_size=height, max_size=height))]


@settings(max_examples=30, deadline=None)
@given(
    sparse_grids(),
    st.sampled_from(["obstacle", "behind", "bounce", "rebound", "turn_left", "dodge_left"]),
)
def test_rays_that_are_not_drawn_over_change_only_background(grid: list[list[int]], stop: str):
    ray = grids.Ray(1, ("left", "right", "up", "down", "up_left"), ink=3, stop=stop)
    after = grids.shoot(grid, ray)
    for old, new in zip(grid, after, strict=True):
        assert all(a == b or (a == 0 and b == 3) for a, b in zip(old, new, strict=True))


@settings(max_examples=30, deadline=None)
@given(sparse_grids())
def test_rays_to_the_left_are_rays_to_the_right_of_the_mirrored_grid(grid: list[list[int]]):
    left = grids.shoot(grid, grids.Ray(1, ("left", "up_left")))
    right = grids.shoot([row[::-1] for row in grid], grids.Ray(1, ("right", "up_right")))
    assert left == tuple(row[::-1] for row in right)


def test_a_ray_ends_before_an_obstacle_or_goes_on_behind_or_over_it():
    grid = [[1, 0, 2, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("right",))) == ((1, 1, 2, 0),)
    assert grids.shoot(grid, grids.Ray(1, ("right",), stop="behind")) == ((1, 1, 2, 1),)
    assert grids.shoot(grid, grids.Ray(1, ("right",), stop="over")) == ((1, 1, 1, 1),)
    assert grids.shoot([[1, 3, 3, 0]], grids.Ray(1, ("right",), stop="edge")) == ((1, 1, 1, 0),)


def test_a_crossing_is_where_a_line_meets_another_colour_than_its_own():
    grid = [[0, 2, 0], [1, 0, 1], [0, 0, 0]]
    rays = (grids.Ray(2, ("down",)), grids.Ray(1, ("right",)))
    assert grids.shoot(grid, *rays, crossing=5) == ((0, 2, 0), (1, 5, 1), (0, 2, 0))
    assert grids.shoot(grid, *rays) == ((0, 2, 0), (1, 1, 1), (0, 2, 0))


def test_a_ray_is_drawn_only_if_it_hits_what_it_must():
    grid = [[1, 0, 2, 0, 1, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("right",), hits=2)) == ((1, 1, 2, 0, 1, 0),)
    assert grids.shoot(grid, grids.Ray(1, ("right",), hits="border")) == ((1, 0, 2, 0, 1, 1),)
    assert grids.shoot(grid, grids.Ray(1, ("left",), hits="other")) == ((1, 0, 2, 1, 1, 0),)
    assert grids.shoot([[1, 0, 1]], grids.Ray(1, ("left",), hits="same")) == ((1, 1, 1),)


def test_rays_show_colours_and_gaps_in_turn():
    assert grids.shoot([[1, 0, 0, 0, 0]], grids.Ray(1, ("right",), ink=(-2, 2))) == (
        (1, 0, 2, 0, 2),
    )


def test_a_diagonal_ray_bounces_off_a_wall_and_leaves_at_the_border():
    grid = [[0, 0, 3], [0, 0, 3], [0, 0, 3], [1, 0, 3]]
    assert grids.shoot(grid, grids.Ray(1, ("up_right",), ink=2, stop="bounce")) == (
        (0, 0, 3),
        (2, 0, 3),
        (0, 2, 3),
        (1, 0, 3),
    )


def test_a_ray_turns_left_where_something_is_in_the_way():
    grid = [[0, 0, 0], [1, 0, 3]]
    assert grids.shoot(grid, grids.Ray(1, ("right",), stop="turn_left")) == ((0, 1, 0), (1, 1, 3))


def test_rays_away_start_from_the_side_opposite_to_another_colour():
    assert grids.shoot([[0, 0, 1, 2, 0]], grids.Ray(1, ("away",))) == ((1, 1, 1, 2, 0),)


def test_rays_across_come_out_on_the_far_side_of_another_colour():
    grid = [[1, 2, 0, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("across",), stop="behind")) == ((1, 2, 1, 1),)


def test_rays_go_onward_in_the_line_of_their_colour_and_from_its_tail():
    line = [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    diagonal = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
    assert grids.shoot(line, grids.Ray(1, ("onward",))) == diagonal
    assert grids.shoot(line, grids.Ray(1, ("tail",))) == diagonal


def test_a_flood_fills_the_free_area_its_source_stands_in():
    grid = [[1, 0, 3, 0], [0, 3, 0, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("flood",))) == ((1, 1, 3, 0), (1, 3, 0, 0))
    assert grids.shoot(grid, grids.Ray(1, ("flood_around",))) == ((1, 1, 3, 1), (1, 3, 1, 1))


def test_later_rays_are_drawn_over_earlier_ones_without_being_stopped_by_them():
    grid = [[0, 2, 0], [1, 0, 0], [0, 0, 0]]
    rays = (grids.Ray(1, ("right",)), grids.Ray(2, ("down",)))
    assert grids.shoot(grid, *rays) == ((0, 2, 0), (1, 2, 1), (0, 2, 0))
    assert grids.shoot(grid, *rays[::-1]) == ((0, 2, 0), (1, 1, 1), (0, 2, 0))


def test_a_line_goes_round_one_corner_to_the_only_cell_of_a_colour():
    grid = ((2, 0, 0), (0, 0, 0), (0, 0, 3))
    across = grids.shoot(grid, grids.Ray(2, ("elbow_across",), ink=8, hits=3))
    assert across == ((2, 8, 8), (0, 0, 8), (0, 0, 3))
    down = grids.shoot(grid, grids.Ray(2, ("elbow_down",), ink=8, hits=3))
    assert down == ((2, 0, 0), (8, 0, 0), (8, 8, 3))
    two = ((2, 0, 3), (0, 0, 3))
    assert grids.shoot(two, grids.Ray(2, ("elbow_across",), ink=8, hits=3)) == two


def test_rays_may_take_the_colour_they_meet_or_passed_last():
    grid = [[1, 0, 2, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("right",), ink="end")) == ((1, 2, 2, 0),)
    passing = grids.Ray(1, ("right",), ink="passed", stop="over")
    assert grids.shoot(grid, passing) == ((1, 1, 2, 2),)
    assert grids.shoot([[1, 0]], grids.Ray(1, ("right",), ink="end")) == ((1, 0),)


def test_a_wall_ends_rays_that_pass_everything_else():
    ray = grids.Ray(1, ("right",), stop="behind", wall=5)
    assert grids.shoot([[1, 0, 2, 0, 5, 0]], ray) == ((1, 1, 2, 1, 5, 0),)


def test_no_ray_starts_at_a_wall():
    ray = grids.Ray(-1, ("right",), wall=5)
    assert grids.shoot([[1, 0, 2, 0, 5, 0]], ray) == ((1, 1, 2, 2, 5, 0),)


def test_rays_end_at_their_reach():
    assert grids.shoot([[1, 0, 0, 0]], grids.Ray(1, ("right",), reach=2)) == ((1, 1, 1, 0),)
    halves = (grids.Ray(1, ("right",), reach=-1), grids.Ray(2, ("left",), reach=-1))
    assert grids.shoot([[1, 0, 0, 0, 0, 0, 2]], *halves) == ((1, 1, 1, 0, 2, 2, 2),)
    ring = grids.shoot([[0, 0, 0, 1, 0, 0]], grids.Ray(1, ("rings",), ink=(5, -2), reach=3))
    assert ring == ((5, 0, 5, 1, 5, 0),)


def test_ways_may_be_told_by_the_border():
    grid = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("inward",)))[1] == (1, 1, 1)
    assert grids.shoot([[0, 1, 0, 0]], grids.Ray(1, ("farthest",))) == ((0, 1, 1, 1),)
    right = [[0] * 4, [0] * 4, [0, 0, 1, 0], [0] * 4, [0] * 4]
    assert grids.shoot(right, grids.Ray(1, ("nearest",)))[2] == (0, 0, 1, 1)


def test_corners_shoot_out_of_their_open_side_or_as_they_point():
    grid = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    opened = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    pointed = [[1, 0, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    assert grids.shoot(grid, grids.Ray(1, ("open",))) == tuple(map(tuple, opened))
    assert grids.shoot(grid, grids.Ray(1, ("pointing",))) == tuple(map(tuple, pointed))


def test_a_winding_ray_keeps_one_cell_away_from_itself():
    grid = [[2, 0, 0, 0, 0], *[[0] * 5] * 4]
    assert grids.shoot(grid, grids.Ray(2, ("right",), stop="wind_right")) == (
        (2, 2, 2, 2, 2),
        (0, 0, 0, 0, 2),
        (2, 2, 2, 0, 2),
        (2, 0, 0, 0, 2),
        (2, 2, 2, 2, 2),
    )


def test_a_flowing_ray_runs_along_both_sides_of_what_is_in_its_way():
    grid = [[0, 0, 1, 0, 0], [0] * 5, [0, 5, 5, 0, 0], [0] * 5]
    assert grids.shoot(grid, grids.Ray(1, ("down",), stop="flow")) == (
        (0, 0, 1, 0, 0),
        (1, 1, 1, 1, 0),
        (1, 5, 5, 1, 0),
        (1, 0, 0, 1, 0),
    )


def test_a_dodging_ray_steps_aside_until_it_can_go_on():
    grid = [[0, 1, 0, 0, 0], [0] * 5, [0, 5, 5, 0, 0], [0] * 5, [5] * 5]
    assert grids.shoot(grid, grids.Ray(1, ("down",), stop="dodge_left")) == (
        (0, 1, 0, 0, 0),
        (0, 1, 1, 1, 0),
        (0, 5, 5, 1, 0),
        (0, 0, 0, 1, 1),
        (5, 5, 5, 5, 5),
    )
    assert grids.shoot([[0, 1], [0, 5]], grids.Ray(1, ("down",), stop="dodge_left")) == (
        (0, 1),
        (0, 5),
    )


def test_a_ray_turns_left_and_right_at_its_signs():
    grid = [[0, 0, 0], [1, 0, 2], [0, 0, 0], [0, 3, 0]]
    ray = grids.Ray(1, ("right",), stop="signs", signs=(3, 2))
    assert grids.shoot(grid, ray) == ((0, 0, 0), (1, 1, 2), (0, 1, 1), (0, 3, 0))


def test_a_swinging_ray_goes_from_side_to_side():
    grid = [[0, 0], [0, 0], [0, 0], [1, 0]]
    ray = grids.Ray(1, ("up_right",), stop="zigzag_down")
    assert grids.shoot(grid, ray) == ((0, 1), (1, 0), (0, 1), (1, 0))


def test_a_spiral_winds_to_the_middle():
    spiral = ((3, 3, 3, 3), (0, 0, 0, 3), (3, 3, 0, 3), (3, 3, 3, 3))
    assert grids.spiral(4, 4, 3) == spiral
    assert grids.spiral(1, 3, 2) == ((2, 2, 2),)
