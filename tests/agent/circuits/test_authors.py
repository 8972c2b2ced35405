"""Files that the paper's code writes: read in its spelling, filtered as in the paper, never run."""

# pyright: reportMissingImports=false
# torch is optional, so its types are unknown where it is not installed.

import pickle
from pathlib import Path

import pytest
from typer.testing import CliRunner

torch = pytest.importorskip("torch", reason="needs the extra `circuits`")

from peirce.agent.circuits.arithmetic import Operator  # noqa: E402
from peirce.agent.circuits.authors import About, parse_authors_name, read_matches  # noqa: E402
from peirce.agent.circuits.catalogue import load_circuit  # noqa: E402
from peirce.agent.circuits.cli import app  # noqa: E402
from peirce.tasks.errors import ConfigError  # noqa: E402

pytestmark = pytest.mark.circuits
ADDITION_KV = "addition_heuristic_matches_dict_KV_maps.pt"
DIVISION_K = "division_heuristic_matches_dict_K_maps.pt"


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("op1_2mod5", "op1 modulo 5 is 2"),
        ("both_operands_0mod2", "both modulo 2 is 0"),
        ("result_7mod10", "result modulo 10 is 7"),
        ("op2_range_10_40", "op2 range 10..39"),
        ("both_operands_region_0_10", "both range 0..9"),
        ("result_region_150_180", "result range 150..179"),
        ("op1_pattern_.8.", "op1 pattern .8."),
        ("result_value_000", "result range 0..0"),
        ("same_operand", "both identical"),
        ("result_multi_value_2=[1, 8]", "result among 1,8"),
    ],
)
def test_every_name_their_code_writes_is_understood(name: str, meaning: str):
    assert str(parse_authors_name(name)) == meaning


@pytest.mark.parametrize("name", ["op1_2mod0", "result_multi_value_1=[]", "op3_2mod5", ""])
def test_other_names_are_not(name: str):
    assert parse_authors_name(name) is None


def test_matches_are_those_of_the_paper(tmp_path: Path):
    direct, other = tmp_path / ADDITION_KV, tmp_path / DIVISION_K
    torch.save(
        {"result_region_10_20": [(16, 7, 0.8), (16, 8, 0.59)], "same_operand": [(16, 9, 1.0)]},
        direct,
    )
    torch.save({"result_1mod2": [(17, 1, 1.0)], "op2_3mod7": [(17, 2, 0.6)], "odd": []}, other)
    found = read_matches([direct, other], model="m")
    assert found.unknown == ("odd",)
    assert [(f.operator, f.place, f.heuristic, f.map) for f in found.circuit.neurons] == [
        (Operator.ADD, (16, 7), "result range 10..19", "KV"),
        (Operator.DIVIDE, (17, 2), "op2 modulo 7 is 3", "K"),
    ]


def test_a_file_whose_name_says_nothing_needs_to_be_told(tmp_path: Path):
    place = tmp_path / "m.pt"
    torch.save({"op1_2mod5": [(3, 7, 0.8)]}, place)
    with pytest.raises(ConfigError, match="--operator and --map"):
        read_matches([place], model="m")
    known = read_matches([place], model="m", about=About(Operator.MULTIPLY, "K"))
    assert [each.operator for each in known.circuit.neurons] == [Operator.MULTIPLY]


class Attack:
    """Writes a file when it is unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return (Path.touch, (self.victim,))


@pytest.mark.parametrize("by_torch", [True, False])
def test_an_attack_in_a_file_is_refused_and_not_run(tmp_path: Path, by_torch: bool):
    place, victim = tmp_path / ADDITION_KV, tmp_path / "victim"
    if by_torch:
        torch.save({"same_operand": Attack(victim)}, place)
    else:
        place.write_bytes(pickle.dumps(Attack(victim)))
    with pytest.raises(ConfigError, match="was refused") as refused:
        read_matches([place], model="m")
    assert not victim.exists()
    assert "weights_only" not in str(refused.value), "nobody is told to run it after all"
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 torn", pickle.dumps({}), b"x" * 1000], ids=len
)
def test_broken_files_are_refused_in_one_line(tmp_path: Path, content: bytes):
    place = tmp_path / ADDITION_KV
    place.write_bytes(content)
    with pytest.raises(ConfigError) as refused:
        read_matches([place], model="m")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content", [[1, 2], {"same_operand": [(1, 2)]}, {"same_operand": [(1, -1, 0.7)]}]
)
def test_other_content_is_refused_with_what_is_wanted(tmp_path: Path, content: object):
    place = tmp_path / ADDITION_KV
    torch.save(content, place)
    with pytest.raises(ConfigError, match="layer, neuron, score"):
        read_matches([place], model="m")


def test_command_writes_one_catalogue_of_several_files(tmp_path: Path):
    for name in (ADDITION_KV, DIVISION_K):
        torch.save({"result_1mod2": [(3, 7, 0.8)], "op1_0mod2": [(3, 8, 0.9)]}, tmp_path / name)
    out = tmp_path / "circuit.json"
    files = [str(tmp_path / name) for name in (ADDITION_KV, DIVISION_K)]
    done = CliRunner().invoke(app, ["import", *files, "--model", "m", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert [each.neuron for each in load_circuit(out).neurons] == [7, 8]
