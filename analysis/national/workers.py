"""Doing jobs here, or on Dask's workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from distributed import Client, KilledWorker, LocalCluster, as_completed

from analysis.estimators.errors import BadInput
from analysis.national import pieces
from analysis.national.country import Road
from analysis.national.pieces import Fault, Found, Job

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

    Raises `BadInput` where nobody answers at the address.
    """
    if scheduler is None:
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
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise BadInput(
            f"Không nối được với bộ lập lịch {scheduler}: {error}",
            f"No scheduler answers at {scheduler}: {error}",
        ) from error
    with client:
        yield client
