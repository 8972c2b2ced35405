"""The five checks of an executable functional abstraction, run in the sandbox.

*extractable*: a class with the right methods can be read from the source; *executable*: sampling,
rendering and solving work; *degrees of freedom*: samples differ in parameters and in words;
*single-valued*: the same parameters give the same words and answer again, in other processes under
another hash seed; *matches*: the original gives the answer known beforehand.
(EFAGen: Khan et al., 2025.)
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from peirce.prototypes.answer_types import Answer, conforms, parse_answer_type
from peirce.prototypes.efa.contract import read_class
from peirce.prototypes.prototype import Prototype
from peirce.tasks.errors import TaskError
from peirce.tasks.values import ValueType, show
from peirce.verifiers.formulas.judge import FormulaJudge
from peirce.verifiers.program import Program
from peirce.verifiers.prototypes.ruling import Refusal
from peirce.verifiers.verify import Runs

SAMPLES: Final = 6
"""Parameters drawn to see whether they differ."""
LEAST_DIFFERENT: Final = 3
"""Different ones among them, in parameters and in words."""
LONGEST_WORDS: Final = 4_000
_EXAMINE: Final = """

def peirce_examine(request):
    import dataclasses, json, random
    seed, size, parameters = json.loads(request)
    if parameters is None:
        problem = {name}.sample(random.Random(seed), size)
    else:
        problem = {name}(**parameters)
    fields = dataclasses.asdict(problem)
    return json.dumps([fields, problem.render(), problem.solve()], sort_keys=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One problem drawn from an abstraction."""

    parameters: str
    """JSON of the fields, keys sorted."""
    words: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Draw:
    """Which instance is wanted."""

    seed: int = 0
    size: int = 1
    parameters: str = "null"
    """JSON of given parameters, or null to sample."""

    @property
    def request(self) -> str:
        """As JSON."""
        return f"[{self.seed}, {self.size}, {self.parameters}]"


async def draw(
    abstraction: Prototype, draws: Sequence[Draw], sandbox: Runs
) -> tuple[Instance, ...] | Refusal:
    """Instances of an abstraction, each the same again when drawn in another process."""
    try:
        name = read_class(abstraction.source).name
    except TaskError as error:
        return Refusal(str(error), "extractable")
    program = Program(
        source=abstraction.source + _EXAMINE.replace("{name}", name), entry="peirce_examine"
    )
    requests = [each.request for each in draws]
    execution = await sandbox.run(program, requests, ValueType.STRING)
    found: list[Instance] = []
    for each, outcome in zip(draws, execution.outcomes, strict=True):
        if not isinstance(outcome.value, str):
            return Refusal(f"seed {each.seed}: {outcome.message}", "executable")
        instance = _instance(outcome.value, abstraction.answer_type)
        if isinstance(instance, Refusal):
            return instance
        found.append(instance)
    if not await sandbox.confirm(program, requests, ValueType.STRING, execution):
        return Refusal(
            "the same parameters give other words or another answer in another process",
            "single-valued",
        )
    return tuple(found)


async def examine(
    abstraction: Prototype, sandbox: Runs, judge: FormulaJudge
) -> Refusal | tuple[Instance, ...]:
    """All five checks; gives the instances that were drawn for them, the original first."""
    original = Draw(parameters=abstraction.goal)
    samples = [Draw(seed=seed) for seed in range(SAMPLES)]
    again = [Draw(seed=seed) for seed in range(2)]
    found = await draw(abstraction, [original, *samples, *again], sandbox)
    if isinstance(found, Refusal):
        return found
    drawn = found[1 : SAMPLES + 1]
    different = min(len({one.parameters for one in drawn}), len({one.words for one in drawn}))
    if different < LEAST_DIFFERENT:
        return Refusal(
            f"only {different} of {SAMPLES} samples differ; {LEAST_DIFFERENT} are wanted",
            "degrees of freedom",
        )
    if drawn[:2] != found[SAMPLES + 1 :]:
        return Refusal("the same seed gives another problem the second time", "single-valued")
    if abstraction.known_answer:
        expected: Answer = json.loads(abstraction.known_answer)
        if not judge.same(expected, found[0].answer, abstraction.answer_type):
            why = f"the original gives {show(found[0].answer)}, not {show(expected)}"
            return Refusal(why, "matches")
    return found[: SAMPLES + 1]


def _instance(text: str, answer_type: str) -> Instance | Refusal:
    try:
        raw: object = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    match raw:
        case [dict() as fields, str(words), answer] if fields and words.strip():
            pass
        case _:
            why = "it needs fields, words from render and an answer from solve"
            return Refusal(why, "executable")
    if len(words) > LONGEST_WORDS:
        why = f"the words have {len(words)} characters; the limit is {LONGEST_WORDS}"
        return Refusal(why, "executable")
    if not conforms(answer, parse_answer_type(answer_type)):
        return Refusal(f"the answer {show(answer)} is not of type {answer_type}", "executable")
    return Instance(
        parameters=json.dumps(fields, sort_keys=True), words=words, answer=cast("Answer", answer)
    )
