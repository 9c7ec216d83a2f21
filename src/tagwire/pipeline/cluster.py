"""`--executor dask://HOST:PORT`: batches run on other machines, by Dask. Extra `cluster`.

Bytes go out, bytes come back: workers need Tagwire and its libraries in the versions that are here, and no shared disk.
A worker that is lost is none of our business, Dask gives its batch to another one. What doesn't come back all the same
is done here: a batch that was lost alone, or, when all workers are lost or the scheduler is, all the rest.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
from typing import TYPE_CHECKING

from tagwire.pipeline import steps
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

    from tagwire.model import Config, File

SCHEME = "dask://"
_PATIENCE = 10
"""Seconds to wait for a scheduler's answer, and for a worker; and between two looks at who is left."""
_RETRIES = 3


class Lost(Exception):
    """No worker is left, or the scheduler is gone."""


def together(
    batches: list[list[tuple[File, bytes]]], config: Config, code: str, address: str
) -> Iterator[tuple[int, steps.Batch]]:
    """What `steps.batch` gives for each batch, with its number; a batch that was lost alone is left out.

    Raises:
        Stopped: the library is missing, nobody answers at `address` (`dask://HOST:PORT`), there are no workers, or one
            has another version of Tagwire, of a library or of Python.
        Lost: there were workers, and there are none any more.
    """
    with _hushed(), _connected(address) as client:
        executor: concurrent.futures.Executor = client.get_executor(  # type: ignore[no-untyped-call]
            retries=_RETRIES, pure=False
        )
        futures = [executor.submit(_batch, batch, config, code) for batch in batches]
        for number, future in enumerate(futures):
            try:
                kept = _result(future, client)
            except Lost:
                if _somebody(client):
                    continue
                raise
            if kept is None:
                message = f"a worker of {address} has another version of Tagwire, a library or Python than this machine"
                hint = "install the same versions; compare `python -VV`, `pip freeze` and the first line of tzdata.zi"
                raise _refused("executor-version", message, hint)
            yield number, kept


def _batch(batch: list[tuple[File, bytes]], config: Config, code: str) -> steps.Batch | None:
    """On the worker. None: its code is another, and what it makes must not be remembered as ours."""
    return steps.batch(batch, config, code) if steps.code_name() == code else None


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Dask and its libraries log pages about a connection that breaks, which is mended here or told in a sentence."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        message, hint = "the executor `dask` is not installed", "run: pip install 'tagwire[cluster]'"
        raise _refused("extra-missing", message, hint) from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address.replace(SCHEME, "tcp://", 1), timeout=_PATIENCE, set_as_default=False
        )
    except (OSError, ValueError) as error:
        hint = "start one with `dask scheduler`, and look at host and port"
        raise _refused("executor-unreachable", f"no Dask scheduler answers at {address}", hint) from error
    with client:
        if not _somebody(client):
            hint = f"start one with `dask worker {address.removeprefix(SCHEME)}`"
            raise _refused("executor-unreachable", f"the scheduler at {address} has no workers", hint)
        yield client


def _result(future: concurrent.futures.Future[steps.Batch | None], client: Client) -> steps.Batch | None:
    """What a batch gave.

    Raises:
        Lost: something else came of it. A worker that dies while its result is fetched makes Dask's executor stumble
            over itself (`ValueError` in distributed 2026), so no list of exceptions will do; a fault of ours is raised
            again where the work is done instead.
    """
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except Exception as error:
            if isinstance(error, TimeoutError) and _somebody(client):
                continue
            raise Lost from error


def _somebody(client: Client) -> bool:
    """Whether there is a worker, or one comes: they may be starting, anew after a loss too.

    `scheduler_info` would not do: what it answers from is emptied of workers every two seconds by the client's own
    update (`Client._update_scheduler_info`, distributed 2026), now and then just before it is read.
    """
    with contextlib.suppress(Exception):  # as above, no list of them will do: too late, a connection that breaks
        if client.status == "running":
            client.wait_for_workers(1, timeout=_PATIENCE)
            return True
    return False


def _refused(code: str, message: str, hint: str) -> Stopped:
    return Stopped([Problem("-", 0, 0, code, message, hint)])
