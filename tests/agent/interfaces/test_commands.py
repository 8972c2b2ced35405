import subprocess
import sys

import pytest

from peirce.agent.interfaces.cli import COMMANDS, load


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_of_each_command_what_its_own_help_begins_with(name: str):
    own = " ".join((load(name).help or "").split())
    assert own.startswith(COMMANDS[name].does)


def test_help_imports_no_command():
    script = (
        "import sys; from peirce.agent.interfaces.cli import COMMANDS, app\n"
        "try: app(['--help'])\n"
        "except SystemExit: print([n for n, c in COMMANDS.items() if c.module in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.splitlines()[-1] == "[]"
    assert all(name in ran.stdout for name in COMMANDS)
