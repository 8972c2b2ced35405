"""The same records from a cluster: a real one of several nodes here, one of them lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.agent.runs.conftest import stepwise
from tests.agent.runs.test_batch import Watch, asked

from peirce.agent.runs.batch import Finish, Halt
from peirce.agent.runs.evaluate import evaluate
from peirce.agent.runs.folder import last_results
from peirce.agent.runs.local import LocalExecutor
from peirce.agent.trace import read_trace

ray = pytest.importorskip("ray", reason="needs the extra `ray`")
cluster_utils = pytest.importorskip("ray.cluster_utils", reason="needs the extra `ray`")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def cluster() -> Iterator[object]:
    made = cluster_utils.Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    ray.init(address=made.address, log_to_driver=False)
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.mark.filterwarnings("default")
def test_a_cluster_that_loses_a_node_gives_the_same_records(tmp_path: Path, cluster: object):
    from peirce.agent.runs.ray_executor import RayExecutor

    lost = cluster.add_node(num_cpus=1)  # type: ignore[attr-defined]

    class LosingANode(Watch):
        """The second node goes as soon as the first task has ended."""

        def ended(self, result: object) -> None:
            if not self.results:
                cluster.remove_node(lost, allow_graceful=False)  # type: ignore[attr-defined]
            super().ended(result)  # type: ignore[arg-type]

    batch = asked(tmp_path / "cluster", 6, plan=stepwise(20))
    finish = evaluate(
        batch,
        lambda plan, jobs: RayExecutor(plan, 2),
        halt=Halt(),
        watcher=LosingANode(),
        say=lambda text: None,
    )
    assert finish is Finish.COMPLETE
    calm = asked(tmp_path / "calm", 6, plan=stepwise(20))
    evaluate(
        calm,
        lambda plan, jobs: LocalExecutor(plan, 1),
        halt=Halt(),
        watcher=Watch(),
        say=lambda text: None,
    )
    found, expected = last_results(batch.path), last_results(calm.path)
    assert [each.without_clock() for each in found] == [each.without_clock() for each in expected]
    for each in found:
        assert each.answer is not None
        assert each.answer.isolation.startswith("sandbox: ")
        assert len(list(read_trace(batch.path / each.trace))) > 2
