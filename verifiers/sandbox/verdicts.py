"""From how a process ended and what it wrote to one outcome per input."""

import os
import signal
from typing import Final

from peirce.tasks.values import ValueType
from peirce.verifiers.program import Program
from peirce.verifiers.sandbox.decode import End, decode_reply
from peirce.verifiers.sandbox.inside import zygote
from peirce.verifiers.sandbox.level import Limits
from peirce.verifiers.sandbox.outcome import Cause, Outcome
from peirce.verifiers.sandbox.worker import Ran

_SIGNALS: Final = {
    signal.SIGSYS: (Cause.POLICY, "made a system call of another machine type"),
    signal.SIGXCPU: (Cause.TIMEOUT, "used up its CPU time"),
    signal.SIGKILL: (Cause.MEMORY, "was killed by the system, most likely for lack of memory"),
    signal.SIGSEGV: (Cause.CRASH, "crashed (segmentation fault; often endless recursion in C)"),
}


def judge(
    ran: Ran, program: Program, count: int, output_type: ValueType, limits: Limits
) -> tuple[Outcome, ...]:
    """One outcome per input."""
    return decode_reply(ran.reply, program, count, output_type, _end(ran, limits))


def _end(ran: Ran, limits: Limits) -> End:
    if ran.overflow:
        message = f"the answers are longer than {limits.reply_bytes} bytes"
        return End(cause=Cause.OUTPUT_LIMIT, message=message)
    if ran.reason == zygote.CPU_LIMIT:
        message = f"took more than {limits.cpu_seconds:g} s of CPU time"
        return End(cause=Cause.TIMEOUT, message=message)
    if ran.reason == zygote.WALL_LIMIT:
        message = f"did not end within {limits.wall_seconds:g} s"
        return End(cause=Cause.TIMEOUT, message=message)
    if os.WIFSIGNALED(ran.status):
        return _killed(os.WTERMSIG(ran.status))
    code = os.WEXITSTATUS(ran.status)
    if code:
        message = f"ended its own process with exit status {code}"
        return End(cause=Cause.ERROR, message=message)
    return End(cause=None)


def _killed(number: int) -> End:
    try:
        name = signal.Signals(number)
    except ValueError:
        return End(cause=Cause.CRASH, message=f"died by signal {number}")
    cause, message = _SIGNALS.get(name, (Cause.CRASH, f"died by {name.name}"))
    return End(cause=cause, message=message)
