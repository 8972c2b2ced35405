"""Programs that try to be believed without being right. G rows of the list of attacks."""

import sys
from typing import TYPE_CHECKING

import pytest

from peirce.tasks.values import ValueType
from peirce.verifiers.sandbox import Cause

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

RETURNS = {
    "integers": ("[[1, 2]]", "ok"),
    "numpy_integers": ("[[np.int8(1), np.uint64(2)]]", "ok"),
    "integer_array": ("np.array([[1, 2]])", "ok"),
    "list_of_arrays": ("[np.array([1, 2])]", "ok"),
    "tuples": ("((1, 2),)", "ok"),
    "list_subclass": ("type('L', (list,), {'__eq__': lambda s, o: True})([[1, 2]])", "ok"),
    "booleans": ("[[True, False]]", "type"),
    "boolean_array": ("np.array([[True]])", "type"),
    "floats": ("[[1.0, 2.0]]", "type"),
    "float_array": ("np.zeros((2, 2))", "type"),
    "half_float": ("[[1, np.float32(2)]]", "type"),
    "not_a_number": ("[[float('nan')]]", "type"),
    "infinity": ("[[float('inf')]]", "type"),
    "text": ("'12'", "type"),
    "texts": ("[['1']]", "type"),
    "nothing": ("None", "type"),
    "scalar": ("1", "type"),
    "empty": ("[]", "type"),
    "empty_rows": ("[[], []]", "type"),
    "ragged": ("[[1, 2], [3]]", "type"),
    "three_dimensions": ("np.zeros((2, 2, 2), dtype=int)", "type"),
    "negative": ("[[-1]]", "type"),
    "eleventh_colour": ("[[10]]", "type"),
    "too_wide": ("[[0] * 129]", "type"),
    "generator": ("(row for row in g)", "type"),
    "coroutine": ("(lambda: (yield))()", "type"),
    "set": ("{1, 2}", "type"),
    "bytes": ("b'12'", "type"),
    "dictionary": ("{'0': [1, 2]}", "type"),
    "object_array": ("np.array([[object()]])", "type"),
    "complex": ("[[1j]]", "type"),
    "long_integer": ("[[10 ** 6000]]", "type"),
    "function": ("transform", "type"),
    "equal_to_everything": ("type('E', (), {'__eq__': lambda s, o: True})()", "type"),
    "pickled_code": ("type('P', (), {'__reduce__': lambda s: (print, ('x',))})()", "type"),
}

FORGED = {
    "two_answers": b'{"v":[[1,2]]}\n{"v":[[1,2]]}\n',
    "half_a_line": b'{"v":[[1,2]]}',
    "trailing_bytes": b'{"v":[[1,2]]}\nx',
    "empty_line": b"\n",
    "a_list": b"[[1,2]]\n",
    "other_keys": b'{"v":[[1,2]],"ok":true}\n',
    "duplicate_keys": b'{"v":[[9]],"v":[[1,2]]}\n',
    "not_a_number": b'{"v":[[NaN]]}\n',
    "infinity": b'{"v":[[Infinity]]}\n',
    "overflow": b'{"v":[[1e999]]}\n',
    "six_thousand_digits": b'{"v":[[' + b"1" * 6000 + b"]]}\n",
    "deep_nesting": b'{"v":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
    "bad_utf_8": b'{"v":"\xff"}\n',
    "byte_order_mark": b'\xef\xbb\xbf{"v":[[1,2]]}\n',
    "null_bytes": b"\0" * 64 + b"\n",
    "unknown_failure": b'{"e":["pass","","",0]}\n',
    "failure_of_wrong_shape": b'{"e":{"kind":"error"}}\n',
}


@pytest.mark.parametrize("name", RETURNS)
def test_returned_value_is_judged_by_the_declared_type(arena: "Arena", name: str) -> None:
    expression, cause = RETURNS[name]
    execution = arena.run(f"import numpy as np\ndef transform(g):\n    return {expression}")
    outcome = execution.outcomes[0]
    assert outcome.cause == cause, outcome
    assert outcome.value == (((1, 2),) if cause == "ok" else None)


@pytest.mark.parametrize("name", FORGED)
def test_forged_reply_is_refused(arena: "Arena", name: str) -> None:
    source = f"""
import os
for number in range(3, 64):
    try:
        data = {FORGED[name]!r}
        while data:
            data = data[os.write(number, data):]
    except OSError:
        pass
os._exit(0)
"""
    outcome = arena.run(source).outcomes[0]
    assert outcome.cause is Cause.BAD_REPLY
    assert outcome.message
    arena.still_honest()


def test_a_forged_answer_is_a_claim_like_any_other(arena: "Arena") -> None:
    source = """
import os
for number in range(3, 64):
    try:
        os.write(number, b'{"v":[[7]]}\\n')
    except OSError:
        pass
os._exit(0)
"""
    assert arena.run(source).values == (((7,),),)


def test_an_answer_followed_by_a_crash_is_a_crash(arena: "Arena") -> None:
    source = """
import ctypes, os
for number in range(3, 64):
    try:
        os.write(number, b'{"v":[[7]]}\\n')
    except OSError:
        pass
ctypes.string_at(0)
"""
    assert arena.run(source).outcomes[0].cause is Cause.CRASH


@pytest.mark.parametrize(
    "source",
    [
        "import os\ndef transform(g):\n    os._exit(0)",
        "import sys\ndef transform(g):\n    sys.exit(0)",
        "def transform(g):\n    raise KeyboardInterrupt",
        "import os\nos._exit(0)",
        "import os\nos._exit(3)",
    ],
)
def test_leaving_early_is_no_answer(arena: "Arena", source: str) -> None:
    outcome = arena.run(source).outcomes[0]
    assert outcome.cause is Cause.ERROR
    assert outcome.message


@pytest.mark.parametrize(
    ("source", "entry"),
    [
        ("raise SystemExit(0)", "transform"),
        ("x = 1", "transform"),
        ("transform = 3", "transform"),
        ("def transform(g): return g", "__import__"),
        ("def transform(g): return g", "__builtins__"),
        ("def transform(g)", "transform"),
        ("def transform(g):\n\treturn g\n        return g", "transform"),
        ("def transform(g): return '\0'", "transform"),
        ("def transform(g): return '\ud800'", "transform"),
        ("#" * (2 << 20), "transform"),
        ("import no_such_module", "transform"),
        ("from numba import njit", "transform"),
    ],
)
def test_what_cannot_be_loaded_is_a_load_failure(arena: "Arena", source: str, entry: str) -> None:
    execution = arena.run(source, entry=entry, inputs=[((1,),), ((2,),)])
    assert [outcome.cause for outcome in execution.outcomes] == [Cause.LOAD, Cause.LOAD]
    assert execution.outcomes[0].message


def test_printed_answers_are_ignored(arena: "Arena") -> None:
    source = """
import sys
def transform(g):
    for stream in (sys.stdout, sys.stderr, sys.__stdout__):
        print('{"v":[[1]]}', file=stream, flush=True)
    return [[2]]
"""
    assert arena.run(source).values == (((2,),),)


def test_patched_builtins_harm_nobody_else(arena: "Arena") -> None:
    source = """
import builtins, collections, json, math, sys
json.dumps = json.loads = lambda *a, **k: "[[1]]"
math.pi = 3
collections.Counter = None
sys.modules["collections"] = None
sys.path = []
for name in ("len", "sum", "type", "isinstance"):
    setattr(builtins, name, lambda *a: True)
def transform(g):
    return g
"""
    arena.run(source)
    arena.still_honest()
    assert sys.modules["collections"] is not None


def test_expected_outputs_are_nowhere_in_memory(arena: "Arena") -> None:
    source = """
import gc, sys
def transform(g):
    secret = "".join(("expected", "-output-", "sentinel"))
    found = any(secret in repr(o) for o in gc.get_objects() if isinstance(o, (str, list, dict)))
    frame = sys._getframe()
    names = set()
    while frame:
        names |= set(frame.f_locals) | set(frame.f_globals)
        frame = frame.f_back
    return [[int(found or bool(names & {"expected", "answer", "answers", "output", "outputs"}))]]
"""
    expected_output = "expected-output-" + "sentinel"
    assert arena.run(source).values == (((0,),),), expected_output


def test_inputs_are_fresh_for_each_call(arena: "Arena") -> None:
    source = "def transform(g):\n    g[0][0] += 1\n    return g"
    grid = ((1, 2), (3, 4))
    changed = ((2, 2), (3, 4))
    assert arena.run(source, inputs=[grid, grid, grid]).values == (changed,) * 3


def test_text_of_an_exception_is_made_harmless(arena: "Arena") -> None:
    text = '"\\x1b[31mred\\x1b[0m\\u202eflip\\r\\n" + "x" * 9999'
    source = f"def transform(g):\n    raise ValueError({text})"
    message = arena.run(source).outcomes[0].message
    assert message.startswith("ValueError: red flip ")
    assert message.isprintable()
    assert len(message) < 500


def test_an_error_names_type_message_line_and_source(arena: "Arena") -> None:
    source = "def transform(g):\n    row = g[7]\n    return row"
    outcome = arena.run(source).outcomes[0]
    assert outcome.cause is Cause.ERROR
    assert outcome.message == "IndexError: list index out of range (line 2: `row = g[7]`)"


def test_a_slow_drip_on_the_reply_pipe_times_out(arena: "Arena") -> None:
    source = """
import os, time
def transform(g):
    while True:
        for number in range(3, 16):
            try:
                os.write(number, b" ")
            except OSError:
                pass
        time.sleep(0.05)
"""
    assert arena.run(source).outcomes[0].cause is Cause.TIMEOUT
    arena.still_honest()


def test_closing_the_reply_pipe_and_spinning_times_out(arena: "Arena") -> None:
    source = "import os\ndef transform(g):\n    os.closerange(0, 256)\n    while True: pass"
    assert arena.run(source).outcomes[0].cause is Cause.TIMEOUT
    arena.still_honest()


def test_tracing_the_runner_changes_only_own_claims(arena: "Arena") -> None:
    source = """
import sys
def trace(frame, event, argument):
    frame.f_locals.clear()
    return trace
def transform(g):
    sys.settrace(trace)
    sys.setprofile(trace)
    return [[3]]
"""
    arena.run(source)
    arena.still_honest()


def test_answers_before_a_timeout_are_kept(arena: "Arena") -> None:
    source = """
import time
def transform(g):
    if g == [[2]]:
        while True: pass
    time.sleep(0.03)
    return g
"""
    execution = arena.run(source, inputs=[((1,),), ((2,),), ((3,),)])
    causes = [outcome.cause for outcome in execution.outcomes]
    assert causes == [Cause.OK, Cause.TIMEOUT, Cause.TIMEOUT]
    assert execution.outcomes[1].message.startswith("at input 2 of 3: took more than 0.15 s")


@pytest.mark.parametrize(
    ("expression", "output_type", "value"),
    [
        ("[1, [2, 3]]", ValueType.LIST, (1, (2, 3))),
        ("(x for x in [])", ValueType.LIST, None),
        ("[1.0]", ValueType.LIST, None),
        ("[True]", ValueType.LIST, None),
        ("'a\\u00e9'", ValueType.STRING, "aé"),
        ("'\\ud800'", ValueType.STRING, None),
        ("('a', 'b')", ValueType.STRINGS, ("a", "b")),
        ("0.5", ValueType.NUMBER, 0.5),
        ("1e999", ValueType.NUMBER, None),
        ("True", ValueType.NUMBER, None),
        ("True", ValueType.BOOLEAN, True),
        ("1", ValueType.BOOLEAN, None),
    ],
)
def test_other_types_are_as_strict(
    arena: "Arena", expression: str, output_type: ValueType, value: object
) -> None:
    execution = arena.run(f"def transform(g):\n    return {expression}", output_type=output_type)
    assert execution.values == (value,)
    assert type(execution.values[0]) is type(value)
