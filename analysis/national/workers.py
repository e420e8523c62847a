"""Doing jobs here, or on Dask's workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec

from distributed import Client, KilledWorker, LocalCluster, as_completed

from analysis.estimators.errors import BadInput
from analysis.national import pieces
from analysis.national.country import Road
from analysis.national.pieces import Fault, Found, Job

PROGRAM = "analysis"  # the package that the batches are functions of
PATIENCE = 10  # seconds for a scheduler to answer and to have a worker
RETRIES = 3  # after an error of the network or the disk; a worker that died is Dask's own matter


def here(batches: Sequence[tuple[Job, ...]]) -> Iterator[tuple[int, list[Found | Fault]]]:
    """One after the other in this process."""
    for at, batch in enumerate(batches):
        yield at, pieces.run(batch)


def on(client: Client) -> Road:
    """On a cluster's workers, each of which must see the files under the same path.

    A worker that dies costs the time of its unfinished batches; they go to the others. Raises
    `BadInput` where the same batch killed worker after worker.
    """

    def road(batches: Sequence[tuple[Job, ...]]) -> Iterator[tuple[int, list[Found | Fault]]]:
        futures = {
            client.submit(pieces.run, batch, retries=RETRIES, pure=False): at
            for at, batch in enumerate(batches)
        }
        try:
            for future in as_completed(list(futures)):
                at = futures.pop(future)
                yield at, future.result()
                future.release()  # the worker need not keep it
        except KilledWorker as error:
            raise BadInput(
                f"Một phần việc làm hỏng nhiều máy tính liên tiếp (thường vì thiếu bộ nhớ): "
                f"{batches[at][0].files[0]}. {error}",
                f"A batch ended worker after worker (mostly for want of memory), at "
                f"{batches[at][0].files[0]}. {error}",
            ) from error
        finally:
            client.cancel(list(futures))

    return road


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the cluster at an address, or of one of this machine's own processes.

    Raises `BadInput` where nobody answers at the address, where it has no workers, and where the
    scheduler or a worker was started outside this project's folder and so lacks the program.
    """
    if scheduler is None:
        if workers < 1:
            raise BadInput(
                f"--workers phải từ 1 trở lên; nhận được {workers}.",
                f"--workers must be 1 or more; got {workers}.",
            )
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
            ) as local,
            Client(local) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise BadInput(
            f"Không nối được với bộ lập lịch {scheduler}: {error}",
            f"No scheduler answers at {scheduler}: {error}",
        ) from error
    with client:
        _check_workers(client, scheduler)
        yield client


def _check_workers(client: Client, scheduler: str) -> None:
    """Told before the first batch: Dask itself would wait for ever, or fail in its own words."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise BadInput(
            f"Bộ lập lịch {scheduler} chưa có máy tính toán nào. Hãy chạy ở mỗi máy: "
            f"python -m dask worker {scheduler}",
            f"The scheduler {scheduler} has no workers. Start on each machine: "
            f"python -m dask worker {scheduler}",
        ) from error
    found = {
        scheduler: client.run_on_scheduler(find_spec, PROGRAM),
        **client.run(find_spec, PROGRAM),
    }
    without = sorted(address for address, program in found.items() if program is None)
    if without:
        raise BadInput(
            f"Không thấy chương trình ở {', '.join(without)}: hãy chạy `python -m dask …` trong "
            "thư mục của dự án, cùng phiên bản với máy này.",
            f"The program is not at {', '.join(without)}: run `python -m dask …` in the project's "
            "folder, of the same version as here.",
        )
