"""Check synthesised items with code that shares nothing with what made them.

    peirce synthesize prolog --n 100 --seed 1 > tasks.jsonl
    python scripts/check_synthesis.py tasks.jsonl

Prolog runs in a plain `swipl`; plans are followed by a simulator over text, and that a problem has
no plan is seen by walking all states; abstractions are read from their words and counted out by
brute force, one oracle per original; puzzles are executed. What is checked has to stand in the
question. Prints every invalid item and how many were checked; exits with 1 if one is invalid or
none was there. It executes what it reads: give it only files that you made yourself.
"""

import itertools
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

# The records are JSON of another program: anything may be in them, and each check looks.
Record = dict[str, Any]
Params = dict[str, int]
_PROLOG: Final = (
    "consult(user), use_module(library(http/json)), findall(X, answer(X), All), "
    "sort(All, Answers), json_write(current_output, Answers, [width(0)]), halt."
)


def check_prolog(item: Record) -> str:
    """Compare with all answers of a plain SWI-Prolog."""
    done = subprocess.run(
        ["swipl", "-q", "-g", _PROLOG],
        input=item["prototype"]["source"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    answers = json.loads(done.stdout or "null")
    return "" if answers == [item["answer"]] else f"swipl says {answers}"


def nested(text: str) -> Any:
    """PDDL as nested lists, by way of JSON."""
    marks = re.findall(r"[()]|[^\s()]+", re.sub(r";.*", "", text))
    joined = "".join({"(": "[", ")": "],"}.get(mark, json.dumps(mark) + ",") for mark in marks)
    return json.loads(re.sub(r",(?=\]|$)", "", joined))


def typed(words: list[str]) -> list[tuple[str, str]]:
    """Names with their types."""
    text = " ".join(words)
    found = re.findall(r"((?:\S+ )+?)- (\S+)", text)
    return [(name, kind) for names, kind in found for name in names.split()]


def ground_steps(domain: Any, problem: Any) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Each step as text with its conditions and effects."""
    sections = {part[0]: part[1:] for part in problem[1:] if part[0] != "problem"}
    above = dict(typed(next((part[1:] for part in domain if part[0] == ":types"), [])))
    things = typed(sections[":objects"])

    def of_kind(kind: str, wanted: str) -> bool:
        if wanted in ("object", kind):
            return True
        return kind in above and of_kind(above[kind], wanted)

    for part in domain:
        if part[0] != ":action":
            continue
        action = {part[i]: part[i + 1] for i in range(2, len(part), 2)}
        names = typed(action[":parameters"])
        choices = [[one for one, kind in things if of_kind(kind, wanted)] for _, wanted in names]
        for chosen in itertools.product(*choices):
            binding = {name: one for (name, _), one in zip(names, chosen, strict=True)}
            parts = [bound(action[key][1:], binding) for key in (":precondition", ":effect")]
            yield f"({' '.join((part[1], *chosen))})", parts[0], parts[1]


def bound(parts: list[Any], binding: dict[str, str]) -> list[tuple[bool, str]]:
    """Literals as a sign and a text."""
    out: list[tuple[bool, str]] = []
    for part in parts:
        positive = part[0] != "not"
        words = part if positive else part[1]
        out.append((positive, " ".join(binding.get(str(word), str(word)) for word in words)))
    return out


def true(literals: list[tuple[bool, str]], facts: frozenset[str]) -> bool:
    """Whether all literals hold."""

    def one(text: str) -> bool:
        if text.startswith("= "):
            return len(set(text.split()[1:])) == 1
        return text in facts

    return all(one(text) is positive for positive, text in literals)


def after(facts: frozenset[str], effects: list[tuple[bool, str]]) -> frozenset[str]:
    """Facts after a step."""
    kept = facts - {text for positive, text in effects if not positive}
    return kept | {text for positive, text in effects if positive}


def follow(domain_text: str, problem_text: str, plan: list[str]) -> tuple[bool, int | None]:
    """Whether a plan is valid, and the step that cannot be taken."""
    domain, problem = nested(domain_text), nested(problem_text)
    steps = {name: (needs, does) for name, needs, does in ground_steps(domain, problem)}
    sections = {part[0]: part[1:] for part in problem[1:]}
    facts = frozenset(" ".join(fact) for fact in sections[":init"])
    for number, step in enumerate(plan):
        if step not in steps or not true(steps[step][0], facts):
            return False, number
        facts = after(facts, steps[step][1])
    return true(bound(sections[":goal"][0][1:], {}), facts), None


def solvable(domain_text: str, problem_text: str) -> bool:
    """Walk depth first through every state."""
    domain, problem = nested(domain_text), nested(problem_text)
    sections = {part[0]: part[1:] for part in problem[1:]}
    start = frozenset(" ".join(fact) for fact in sections[":init"])
    goal = bound(sections[":goal"][0][1:], {})
    changing = {text.split()[0] for _, _, does in ground_steps(domain, problem) for _, text in does}
    steps = [
        (needs, does)
        for _, needs, does in ground_steps(domain, problem)
        if true([one for one in needs if one[1].split()[0] not in changing], start)
    ]
    seen, stack = {start}, [start]
    while stack:
        facts = stack.pop()
        if true(goal, facts):
            return True
        for needs, does in steps:
            if true(needs, facts) and (new := after(facts, does)) not in seen:
                seen.add(new)
                stack.append(new)
    return False


def check_pddl(item: Record) -> str:
    """Follow the plan, or see that there is none; look at the steps a task gives."""
    source, goal = item["prototype"]["source"], item["prototype"]["goal"]
    if item["answer"] == "unsolvable":
        return "there is a plan" if solvable(source, goal) else ""
    plan = item["answer"].split("\n")[:-1]
    valid, step = follow(source, goal, plan)
    if not valid:
        return f"the plan fails at {step}"
    given = [f"({' '.join(step)})" for step in item["given"]]
    if item["task"] == "reordering" and sorted(given) != sorted(plan):
        return "the plan is no order of the given steps"
    if item["task"] == "reordering" and follow(source, goal, given)[0]:
        return "the given order works already"
    places = iter(plan)
    if item["task"] == "completion" and not all(step in places for step in given):
        return "the plan does not contain the given steps"
    return ""


def count_walks(east: int, north: int, closed_east: int, closed_north: int) -> int:
    """Fill a table of crossings."""
    table = {(0, 0): 1}
    for x, y in itertools.product(range(east + 1), range(north + 1)):
        if (x, y) == (closed_east, closed_north):
            table[x, y] = 0
        elif (x, y) != (0, 0):
            table[x, y] = table.get((x - 1, y), 0) + table.get((x, y - 1), 0)
    return table[east, north]


def count_climbs(stairs: int, short: int, long: int) -> int:
    """Choose how many steps of each sort, then their places."""
    if short == long:
        return int(stairs % short == 0)
    total = 0
    for longs in range(stairs // long + 1):
        shorts, rest = divmod(stairs - longs * long, short)
        total += math.comb(shorts + longs, longs) * (rest == 0)
    return total


def run_clock(hour: int, minute: int, later: int, gain: int) -> str:
    """Let the clock run minute by minute."""
    shown = hour * 60 + minute
    for passed in range(1, later + 1):
        shown += 1 + gain * (passed % 50 == 0)
    return f"{shown // 60 % 24:02}:{shown % 60:02}"


def slope(first: int, second: int, power: int) -> Callable[[int], int]:
    """The derivative by the product rule."""
    return lambda x: (
        power * x ** (power - 1) * (first * x + second) * (x - 1)
        + x**power * first * (x - 1)
        + x**power * (first * x + second)
    )


def last_digit(base: int, exponent: int) -> int:
    """Multiply until the digits repeat."""
    digits = [base % 10]
    while (new := digits[-1] * base % 10) not in digits:
        digits.append(new)
    first = digits.index(new)
    if exponent <= first:
        return digits[exponent - 1]
    return digits[first + (exponent - 1 - first) % (len(digits) - first)]


def deal_out(sweets: int, children: int) -> int:
    """Give everyone one more as long as that is possible."""
    while sweets >= children:
        sweets -= children
    return sweets


def count_handshakes(guests: int, couples: int) -> int:
    """Look at every pair; the first guests are the couples.

    Raises:
        LookupError: there are not so many guests.
    """
    if 2 * couples > guests:
        raise LookupError(guests)
    pairs = itertools.combinations(range(guests), 2)
    return sum(not (left // 2 == right // 2 < couples) for left, right in pairs)


def count_divisible(limit: int, first: int, second: int) -> int:
    """Look at every number."""
    numbers = range(1, limit + 1)
    return sum((number % first == 0) != (number % second == 0) for number in numbers)


ORACLES: Final[dict[str, Callable[..., Any]]] = {
    "Sharing": deal_out,
    "Handshakes": count_handshakes,
    "Lattice": count_walks,
    "Divisors": count_divisible,
    "Ladder": count_climbs,
    "Clock": run_clock,
    "Polynomial": slope,
    "Digits": last_digit,
}
COMBINED: Final[dict[str, Callable[[list[int]], int]]] = {
    "sum": sum,
    "product": math.prod,
    "larger": max,
}


def same(found: Any, answer: Any) -> bool:
    """Whether an oracle and an answer agree; a formula must agree at many points."""
    if callable(found):
        return all(found(x) == eval(answer, {"x": x}) for x in range(2, 40))
    return found == answer and type(found) is type(answer)


PHRASES: Final = {
    "Sharing": r"<sweets> sweets .* among <children> children",
    "Handshakes": r"<guests> people meet, <couples> couples",
    "Lattice": r"to \(<east>, <north>\),.* crossing \(<closed_east>, <closed_north>\) is closed",
    "Divisors": r"from 1 to <limit> are divisible by <first> or by <second>,",
    "Ladder": r"has <stairs> stairs\. You climb <short> or <long> stairs",
    "Clock": r"shows <hour>:<minute>,.* gains <gain> min .* show <later> min later",
    "Polynomial": r"of x(?:\*\*<power>)? \* \(<first>\*x \+ <second>\) \* \(x - 1\)",
    "Digits": r"digit of <base> to the power of <exponent>\?",
}


def stated(words: str) -> tuple[str, dict[str, str]]:
    """Which original a problem is of, and its numbers, or N, as its words give them.

    Raises:
        LookupError: the words are of no original.
    """
    for name, phrase in PHRASES.items():
        found = re.search(re.sub(r"<(\w+)>", r"(?P<\1>\\d+|N)", phrase), words)
        if found:
            return name, {key: value or "1" for key, value in found.groupdict().items()}
    raise LookupError(words)


def check_efa(item: Record) -> str:
    """Count out the answer, or all numbers that fit a told answer, of the problem in words."""
    question, answer = item["question"], item["answer"]
    parts = re.split(r"(?:First|Second) problem: ", question)[1:] or [question]
    try:
        problems = [stated(part) for part in parts]
    except LookupError:
        return "its words are of no original"
    hidden = [key for _, texts in problems for key, text in texts.items() if text == "N"]
    known = [
        (name, {key: int(text) for key, text in texts.items() if text != "N"})
        for name, texts in problems
    ]
    if len(known) > 1:
        asked = re.findall(r"What is the (\w+) of the two answers", question)[-1]
        found = COMBINED[asked]([ORACLES[name](**params) for name, params in known])
        return "" if same(found, answer) else f"counted out {found}"
    ((name, params),) = known
    if not hidden:
        found = ORACLES[name](**params)
        return "" if same(found, answer) else f"counted out {found}"
    told, most = re.findall(
        r"The answer is (.*)\. Which whole number from 1 to (\d+) is N", question
    )[-1]
    told = int(told) if told.isdecimal() else told
    fitting = [n for n in range(1, int(most) + 1) if fits(name, params, hidden[0], n, told)]
    return "" if fitting == [answer] else f"these fit: {fitting}"


def fits(name: str, params: Params, hidden: str, number: int, told: Any) -> bool:
    """Whether a number in place of a parameter gives the told answer."""
    try:
        return same(ORACLES[name](**{**params, hidden: number}), told)
    except (ArithmeticError, LookupError):
        return False


def check_puzzle(item: Record) -> str:
    """Execute `sat` on the answer."""
    names: dict[str, Any] = {}
    exec(item["prototype"]["source"], names)
    kind = item["prototype"]["answer_type"]
    example = kind.replace("list", "").replace("int", "0").replace("str", "''")
    if not shaped(item["answer"], json.loads(example.replace("'", '"'))):
        return f"the answer is not of type {kind}"
    return "" if names["sat"](item["answer"]) is True else "sat(answer) is not True"


def shaped(value: Any, example: Any) -> bool:
    """Whether a value looks like an example, at every depth."""
    if type(value) is not type(example):
        return False
    return not isinstance(value, list) or all(shaped(one, example[0]) for one in value)


CHECKS: Final = {
    "prolog": check_prolog,
    "pddl": check_pddl,
    "efa": check_efa,
    "puzzle": check_puzzle,
}


def check(item: Record) -> str:
    """What is wrong with an item; empty if nothing is."""
    kind, question = item["prototype"]["kind"], item["question"]
    asked = [item["prototype"]["source"]] if kind != "efa" else []
    asked += [item["prototype"]["goal"]] if kind == "pddl" else []
    asked += [f"({' '.join(step)})" for step in item["given"]]
    if not all(text.strip() in question for text in asked):
        return "the question is about something else"
    return CHECKS[kind](item)


def main() -> None:
    """Check the files named on the command line."""
    invalid = checked = 0
    texts = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    for line in itertools.chain(*map(str.splitlines, texts)):
        why = check(item := json.loads(line))
        checked += 1
        if why:
            invalid += 1
            print(f"{item['name']}: {why}")
    print(f"{invalid} invalid of {checked}")
    sys.exit(1 if invalid or not checked else 0)


if __name__ == "__main__":
    main()
