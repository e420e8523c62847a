"""A cluster that cannot do the work is told before the first batch: Dask itself would wait for
ever, or end in its own words."""

from __future__ import annotations

import pytest
from distributed import Client, LocalCluster

from analysis.estimators.errors import Refused
from analysis.national import workers


def test_a_cluster_needs_workers_that_have_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 60)
    here = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=0, **here) as empty:
        with monkeypatch.context() as brief, pytest.raises(Refused, match="no workers"):
            waits = Client.wait_for_workers  # for workers that never come: no need to be patient
            brief.setattr(Client, "wait_for_workers", lambda one, n, timeout: waits(one, n, 0.1))
            workers.cluster(empty.scheduler_address, 1).__enter__()
        empty.scale(1)
        empty.wait_for_workers(1)
        with workers.cluster(empty.scheduler_address, 1) as client:
            (worker,) = client.scheduler_info()["workers"]
        monkeypatch.setattr(workers, "PROGRAM", "no_such_program")
        with pytest.raises(Refused, match="python -m dask") as refused:
            workers.cluster(empty.scheduler_address, 1).__enter__()
        for address in (empty.scheduler_address, worker):
            assert address in refused.value.text.vi


def test_no_process_is_not_a_number_of_processes() -> None:
    with pytest.raises(Refused, match="--workers"):
        workers.cluster(None, 0).__enter__()
