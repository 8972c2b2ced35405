"""Teaches Hypothesis what a task and an atom look like: `st.from_type(Task)`."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from peirce.tasks.atoms import Atom
from peirce.tasks.task import Example, Task
from peirce.tasks.values import Grid, IntList, Value, ValueType

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)
WORDS = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
TERMS: SearchStrategy[str] = st.recursive(
    WORDS | st.integers(0, 99).map(str) | st.just("_"),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
ATOMS = st.tuples(WORDS, st.lists(TERMS, min_size=1, max_size=3)).map(
    lambda parts: Atom(text=f"{parts[0]}({', '.join(parts[1])})")
)
LISTS: SearchStrategy[IntList] = st.lists(
    st.recursive(st.integers(), lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6),
    max_size=4,
).map(tuple)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 6))
    row = st.lists(st.integers(0, 9), min_size=width, max_size=width).map(tuple)
    return tuple(draw(st.lists(row, min_size=1, max_size=6)))


VALUES: dict[ValueType, SearchStrategy[Value]] = {
    ValueType.GRID: grids(),
    ValueType.LIST: LISTS,
    ValueType.STRING: TEXTS,
    ValueType.STRINGS: st.lists(TEXTS, max_size=4).map(tuple),
    ValueType.NUMBER: st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    ValueType.BOOLEAN: st.booleans(),
    ValueType.ATOM: ATOMS,
}


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    input_type = draw(st.sampled_from(ValueType))
    output_type = draw(st.sampled_from(ValueType))
    pair = st.builds(Example, input=VALUES[input_type], output=VALUES[output_type])
    return Task(
        name=draw(NAMES),
        input_type=input_type,
        output_type=output_type,
        train=tuple(draw(st.lists(pair, min_size=1, max_size=3))),
        test=tuple(draw(st.lists(VALUES[input_type], max_size=2))),
        background=draw(TEXTS),
        bias=draw(st.sampled_from(("", "max_vars(3).", "head_pred(p,1).\nenable_pi."))),
        notes=draw(
            st.dictionaries(TEXTS.filter(lambda key: key not in ("bk", "bias")), TEXTS, max_size=2)
        ),
    )


st.register_type_strategy(Atom, ATOMS)
st.register_type_strategy(Task, tasks())
