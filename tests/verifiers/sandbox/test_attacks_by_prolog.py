"""Prolog programs that reach for the host, hold on to the machine or disturb the runner. P rows."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from peirce.tasks.atoms import Atom
from peirce.tasks.values import ValueType
from peirce.verifiers.program import Language, Program
from peirce.verifiers.sandbox import Cause, Execution

if TYPE_CHECKING:
    from tests.verifiers.sandbox.conftest import Arena

pytestmark = pytest.mark.skipif(shutil.which("swipl") is None, reason="needs SWI-Prolog")

REFUSED: Final = {
    "shell": "t(_) :- shell('touch /tmp/peirce-left-over').",
    "shell_directive": ":- shell('touch /tmp/peirce-left-over').\nt(_).",
    "condition": ":- if(shell('touch /tmp/peirce-left-over')).\n:- endif.\nt(_).",
    "other_condition": ":- if(fail).\n:- elif(assertz(a:b)).\n:- endif.\nt(_).",
    "condition_on_runner": ":- if(assertz(peirce_runner:callable_head(ls))).\n:- endif.\nt(_).",
    "expanded_condition": "goal_expansion(m, halt).\nm.\n:- if(m).\n:- endif.\nt(_).",
    "condition_in_module": ":- module(x, []).\n:- if(shell(ls)).\n:- endif.\nt(_).",
    "initialization": ":- initialization(shell('touch /tmp/peirce-left-over')).\nt(_).",
    "halt_directive": ":- halt.\nt(_).",
    "halt_initialization": ":- initialization(halt).\nt(_).",
    "halt": "t(_) :- halt.",
    "open_to_read": "t(_) :- open('/etc/passwd', read, _).",
    "open_to_write": "t(_) :- open('/tmp/peirce-left-over', write, _).",
    "see": "t(_) :- see('/etc/passwd').",
    "consult": "t(_) :- consult('/etc/passwd').",
    "consult_list": "t(_) :- ['/etc/passwd'].",
    "load_files": "t(_) :- load_files('/etc/passwd', []).",
    "include": ":- include('/etc/passwd').\nt(_).",
    "socket": "t(_) :- tcp_socket(_).",
    "connect": "t(_) :- tcp_connect('127.0.0.1':1, _, []).",
    "process": "t(_) :- process_create('/bin/true', [], []).",
    "fork": "t(_) :- fork(_).",
    "thread": "t(_) :- thread_create(true, _).",
    "foreign": "t(_) :- load_foreign_library('/lib/x86_64-linux-gnu/libc.so.6').",
    "foreign_directive": ":- use_foreign_library('/lib/libc.so.6').\nt(_).",
    "environment": "t(_) :- getenv('PATH', _).",
    "abolish_runner": "t(_) :- abolish(peirce_runner:ask, 5).",
    "assert_into_runner": "t(_) :- assertz(peirce_runner:callable_head(shell(_))).",
    "assert_inside_runner": "t(_) :- peirce_runner:assertz(callable_head(shell(_))).",
    "call_inside_runner": "t(_) :- peirce_runner:call(assertz(callable_head(ls))).",
    "retract_inside_runner": "t(_) :- peirce_runner:retractall(callable_head(_)).",
    "assert_inside_user": "t(_) :- user:assertz(portray(_)).",
    "condition_inside_runner": ":- if(user:asserta(portray(_))).\n:- endif.\nt(_).",
    "assert_into_system": "t(_) :- assertz(system:member(_, _)).",
    "runner_clause": "peirce_runner:ask(_, _, _, _, 'value\\n0\\ntrue').\nt(_).",
    "redefine_sandbox": "sandbox:safe_primitive(shell(_)).\nt(_) :- shell(ls).",
    "call_in_module": "t(_) :- @(shell(ls), user).",
    "late_goal": "t(_) :- G = shell, call(G, ls).",
    "unbound_goal": "t(X) :- call(X).",
    "read_goal": "t(_) :- term_to_atom(G, 'shell(ls)'), call(G).",
    "maplist_goal": "t(X) :- maplist(X, [ls]).",
    "findall_goal": "t(_) :- findall(X, shell(ls, X), _).",
    "freeze_goal": "t(_) :- freeze(X, shell(ls)), X = 1.",
    "cleanup_goal": "t(_) :- setup_call_cleanup(true, true, shell(ls)).",
    "recovery_goal": "t(_) :- catch(throw(x), _, shell(ls)).",
    "phrase_goal": "t(_) :- phrase(shell, [ls]).",
    "attribute_hook": "t(_) :- put_attr(X, m, 1), X = 2.\nm:attr_unify_hook(_, _) :- shell(ls).",
    "term_expansion": "user:term_expansion(_, t(_)).\nt(_).",
    "portray": "user:portray(_) :- shell(ls).\nt(_).",
    "stream_alias": "t(_) :- format(user_error, x, []).",
    "message_hook": "user:message_hook(_, _, _) :- shell(ls).\nt(_).",
    "listing": "t(_) :- listing(peirce_runner:ask).",
    "clause_of_runner": "t(_) :- clause(peirce_runner:ask(_, _, _, _, _), _).",
    "read_input": "t(_) :- read(_).",
    "mutex": "t(_) :- mutex_create(_).",
    "global_flag": "t(_) :- set_prolog_flag(access_level, system).",
}
EXHAUSTING: Final = {
    "loop": "t(X) :- t(X).",
    "repeat": "t(_) :- repeat, fail.",
    "deep_recursion": "t(X) :- t(f(X)), x.\nx.",
    "caught_loop": "t(X) :- catch(t(X), _, t(X)).",
    "square": "t(_) :- m(3).\nm(N) :- M is N * N, m(M).",
    "power": "t(_) :- _ is 3 ** (10 ** 9).",
    "tower": "t(_) :- _ is 7 ** (7 ** 12).",
    "shift": "t(_) :- _ is 1 << (10 ** 10).",
    "long_list": "t(_) :- length(_, 100000000).",
    "numlist": "t(_) :- numlist(1, 100000000, _).",
    "findall": "t(_) :- findall(X, between(1, inf, X), _).",
    "column": "t(_) :- format('~t~w~200000000|', [x]).",
    "sleep": "t(_) :- sleep(1000).",
    "clauses": ":- dynamic f/1.\nt(_) :- between(1, inf, X), assertz(f(X)), fail.",
    "atoms": "t(_) :- between(1, inf, X), atom_concat(abcdefgh, X, _), fail.",
    "table": ":- table f/1.\nf(X) :- f(Y), X is Y + 1.\nf(0).\nt(_) :- f(-1).",
    "doubling": "t(_) :- d([a]).\nd(L) :- append(L, L, M), d(M).",
}
CLAIMS: Final = {
    "printed": "t(_) :- format('{\"v\":true}~n'), fail.",
    "written": "t(_) :- write('{\"v\":true}'), nl, fail.",
}


def run(arena: "Arena", source: str) -> Cause:
    """Run an attack; the next program must come out right, from the same worker."""
    execution = program(arena, source)
    outcome = execution.outcomes[0]
    assert outcome.ok or outcome.message
    assert execution.cpu_seconds < arena.sandbox.limits.cpu_seconds + 0.3
    assert execution.peak_bytes <= arena.sandbox.limits.memory_bytes
    honest = program(arena, "t(X) :- member(X, [a, b]).")
    assert honest.values == (True,), honest.outcomes
    assert arena.sandbox.restarts == 0
    return outcome.cause


def program(arena: "Arena", source: str) -> Execution:
    candidate = Program(source=source, language=Language.PROLOG, entry="t")
    inputs = [Atom(text="t(a)")]
    return arena.runner.run(arena.sandbox.run(candidate, inputs, ValueType.BOOLEAN))


@pytest.mark.parametrize("name", REFUSED)
def test_an_attack_on_the_host_is_refused_before_it_runs(arena: "Arena", name: str) -> None:
    cause = run(arena, REFUSED[name])
    assert cause in (Cause.POLICY, Cause.LOAD)
    assert not Path("/tmp/peirce-left-over").exists()


@pytest.mark.parametrize("name", EXHAUSTING)
def test_an_attack_on_time_or_memory_ends_at_a_limit(arena: "Arena", name: str) -> None:
    cause = run(arena, EXHAUSTING[name])
    assert cause in (Cause.TIMEOUT, Cause.MEMORY, Cause.ERROR, Cause.CRASH)


@pytest.mark.parametrize(
    "background",
    [
        "term_expansion(mark, (:- shell('touch /tmp/peirce-left-over'))).",
        "goal_expansion(mark, shell('touch /tmp/peirce-left-over')).",
        "peirce_runner:callable_head(shell(_)).",
        "sandbox:safe_primitive(shell(_)).",
        "p(a).\n:- shell('touch /tmp/peirce-left-over').",
    ],
)
def test_facts_of_a_background_open_no_way_out(arena: "Arena", background: str) -> None:
    source = "mark.\nt(a) :- mark.\n"
    candidate = Program(source=source, language=Language.PROLOG, entry="t", background=background)
    inputs = [Atom(text="t(a)"), Atom(text="shell(ls)")]
    outcomes = arena.runner.run(arena.sandbox.run(candidate, inputs, ValueType.BOOLEAN)).outcomes
    assert not outcomes[1].ok
    assert not Path("/tmp/peirce-left-over").exists()


@pytest.mark.parametrize("name", CLAIMS)
def test_printed_answers_are_not_believed(arena: "Arena", name: str) -> None:
    execution = program(arena, CLAIMS[name])
    assert execution.values == (False,)


@pytest.mark.parametrize("atom", ["shell(ls)", "halt", "t(a), shell(ls)", "user:t(a)", "call(t)"])
def test_a_goal_other_than_the_entry_is_never_called(arena: "Arena", atom: str) -> None:
    candidate = Program(source="t(_).", language=Language.PROLOG, entry="t")
    inputs = [Atom(text=atom)]
    execution = arena.runner.run(arena.sandbox.run(candidate, inputs, ValueType.BOOLEAN))
    assert execution.outcomes[0].cause is Cause.ERROR
