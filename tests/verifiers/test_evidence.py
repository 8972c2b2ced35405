"""Evidence beyond the examples."""

from peirce.tasks.task import Task
from peirce.verifiers.evidence import copied_outputs
from peirce.verifiers.program import Program

TASK = Task.from_pairs([([1, 2, 3, 4], [4, 3, 2, 1]), ([7, 8], [8, 7])])


def test_a_program_that_repeats_an_output_is_seen():
    program = Program(source="def transform(x):\n    return [4, 3, 2, 1] if x[0] == 1 else x\n")
    assert copied_outputs(program, TASK) == 1


def test_a_program_that_computes_repeats_nothing():
    assert copied_outputs(Program(source="def transform(x):\n    return x[::-1]\n"), TASK) == 0


def test_small_outputs_do_not_count_as_copies():
    program = Program(source="def transform(x):\n    return [8, 7]\n")
    assert copied_outputs(program, TASK) == 0


def test_a_source_that_does_not_parse_repeats_nothing():
    assert copied_outputs(Program(source="def transform(:"), TASK) == 0
