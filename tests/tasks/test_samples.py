from collections import Counter

from peirce.tasks.samples import load_samples
from peirce.tasks.values import ValueType


def test_samples_cover_every_domain_with_at_least_24_tasks() -> None:
    sides = Counter(task.input_type for task in load_samples())
    assert sum(sides.values()) >= 24
    assert sides[ValueType.GRID] >= 12
    assert sides[ValueType.LIST] >= 6
    assert sides[ValueType.STRING] + sides[ValueType.STRINGS] >= 6
    assert sides[ValueType.NUMBER] >= 1
    assert sides[ValueType.ATOM] >= 3
    outputs = {task.output_type for task in load_samples()}
    assert {ValueType.NUMBER, ValueType.BOOLEAN} <= outputs


def test_every_sample_has_its_rule_in_words_examples_and_known_test_outputs() -> None:
    samples = load_samples()
    for task in samples:
        assert task.notes["rule"].endswith("."), task.name
        assert len(task.train) >= 3, task.name
        assert task.test, task.name
        assert samples.scorer.knows(task), task.name


def test_no_test_input_of_a_sample_is_among_its_examples() -> None:
    for task in load_samples():
        assert len(set(task.inputs)) == len(task.inputs), task.name


def test_relational_samples_have_background_and_both_truth_values() -> None:
    samples = load_samples()
    relations = [task for task in samples if task.input_type is ValueType.ATOM]
    for task in relations:
        assert task.background, task.name
        assert set(task.outputs) == {True, False}, task.name
        assert set(samples.scorer.reveal(task)) == {True, False}, task.name
