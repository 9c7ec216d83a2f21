"""Dask renders what one process would, byte for byte, whatever becomes of its workers."""

from __future__ import annotations

import concurrent.futures
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from distributed import Client, LocalCluster

from conftest import Site
from editor import Editor, faults, stood
from tagwire.pipeline import cluster, pool, steps
from test_edits import EDITS, SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own: sockets that a killed worker leaves open

ARTICLE = "-- content/articles/n%03d.md --\n---\ntitle: N%d\npublished: 2026-01-01\ntags: [t%d]\n---\nText *%d*.\n"


ELSEWHERE = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=2, host="127.0.0.1", dashboard_address=None) as made:
        print(made.scheduler_address, flush=True)
        input()
"""
BUSY = 120
"""Seconds that a machine with much else to do may take for a worker's start, or for an answer."""


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here is not how busy the machine is."""
    monkeypatch.setattr(cluster, "_PATIENCE", BUSY)


@pytest.fixture(scope="module")
def pair() -> Iterator[LocalCluster]:
    """A cluster of two worker processes, of several threads each as `dask worker` starts them."""
    with _cluster(2) as made:
        yield made


@pytest.fixture
def scheduler(pair: LocalCluster) -> str:
    """The address of a cluster whose two workers are there."""
    pair.wait_for_workers(2, timeout=BUSY)
    return _address(pair)


@pytest.fixture
def doomed() -> Iterator[str]:
    """The address of two workers that no other test has: a killed one may not come back on a busy machine."""
    with _cluster(2) as made:
        yield _address(made)


@contextlib.contextmanager
def _cluster(workers: int) -> Iterator[LocalCluster]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=2, processes=True, host="127.0.0.1", dashboard_address=None
    ) as made:
        yield made


def _address(made: LocalCluster) -> str:
    return str(made.scheduler_address).replace("tcp://", "dask://")


def many(site: Callable[[str], Site], count: int) -> Site:
    """A site of so many articles."""
    return site("".join(ARTICLE % (n, n, n % 7, n) for n in range(count)))


def alone(made: Site) -> dict[str, bytes]:
    """What a single process makes of the site, from nothing."""
    shutil.rmtree(made.root / ".tagwire", ignore_errors=True)
    shutil.rmtree(made.root / "site", ignore_errors=True)
    made.build("--jobs", "1")
    return made.outputs()


def test_a_cluster_makes_the_same_bytes(site: Callable[[str], Site], scheduler: str) -> None:
    """As one process; and an edit after it knows what the cluster has rendered."""
    made = many(site, 60)
    made.build("--executor", scheduler)
    together = made.outputs()
    made.write(ARTICLE.replace("Text", "Edited") % (7, 7, 0, 7))
    made.build("--executor", scheduler)
    edited = made.outputs()
    assert edited == alone(made)
    made.write(ARTICLE % (7, 7, 0, 7))
    assert together == alone(made)


def test_problems_come_back_from_workers(site: Callable[[str], Site], scheduler: str) -> None:
    """All of them, on their lines."""
    made = many(site, 60)
    made.write(
        "-- content/articles/n007.md --\n---\ntitel: x\n---\n-- content/articles/n050.md --\n---\ntitle: [\n---\n"
    )
    run = made.run("build", "--executor", scheduler)
    assert run.code == 1
    assert "content/articles/n007.md:2:1: error[key-unknown]" in run.err
    assert "content/articles/n050.md:" in run.err


def test_a_worker_killed_midway_changes_nothing(
    site: Callable[[str], Site], doomed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one takes over what it had."""
    made = many(site, 200)
    killed = _kill_after_the_first(monkeypatch)
    made.build("--executor", doomed)
    assert len(killed) == 1
    assert made.outputs() == alone(made)


@pytest.mark.parametrize(("anybody", "fetched", "here"), [(True, 8, 25), (False, 3, 150)])
def test_what_does_not_come_back_is_done_here(
    site: Callable[[str], Site],
    scheduler: str,
    monkeypatch: pytest.MonkeyPatch,
    anybody: bool,
    fetched: int,
    here: int,
) -> None:
    """Of eight batches the third is lost: it alone, or with all after it where nobody is left."""
    result, read, answers, own = vars(cluster)["_result"], steps.read, [], []

    def losing(future: object, client: Client) -> object:
        answers.append(future)
        if len(answers) == 3:
            raise cluster.Lost
        return result(future, client)

    monkeypatch.setattr(cluster, "_result", losing)
    monkeypatch.setattr(cluster, "_somebody", lambda _: anybody or len(answers) < 3)
    monkeypatch.setattr(steps, "read", lambda file, *given: own.append(file.path) or read(file, *given))  # type: ignore[func-returns-value]
    made = many(site, 200)
    made.build("--executor", scheduler)
    assert (len(answers), len(own)) == (fetched, here)
    assert set(own) >= {f"content/articles/n{n:03}.md" for n in range(50, 75)}
    monkeypatch.undo()
    assert made.outputs() == alone(made)


def test_a_worker_that_dies_while_its_result_is_fetched_is_lost(scheduler: str) -> None:
    """Dask's executor then raises an error of its own making."""
    future: concurrent.futures.Future[None] = concurrent.futures.Future()
    future.set_exception(ValueError("not enough values to unpack (expected 3, got 2)"))
    with vars(cluster)["_connected"](scheduler) as client, pytest.raises(cluster.Lost):
        vars(cluster)["_result"](future, client)


def _kill_after_the_first(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Kills a worker process as soon as the first batch has come back."""
    killed: list[int] = []
    result = vars(cluster)["_result"]

    def watched(future: object, client: Client) -> object:
        kept = result(future, client)
        if not killed:
            pids = client.run(os.getpid)
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)
        return kept

    monkeypatch.setattr(cluster, "_result", watched)
    return killed


def test_a_worker_of_another_version_is_refused(
    site: Callable[[str], Site], scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What other code made must not be remembered as ours."""
    made = many(site, 60)
    monkeypatch.setattr(steps, "code_name", lambda: "edited")
    run = made.run("build", "--executor", scheduler)
    assert run.code == 1
    assert "error[executor-version]: a worker of dask://127.0.0.1:" in run.err
    assert not (made.root / "site").exists()


def test_nobody_at_the_address_is_a_problem(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Port 1 of this machine: nothing listens there."""
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    run = many(site, 60).run("build", "--executor", "dask://127.0.0.1:1")
    assert run.code == 1
    assert "error[executor-unreachable]: no Dask scheduler answers at dask://127.0.0.1:1" in run.err


def test_a_cluster_without_workers_is_a_problem(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting long for one would look like hanging."""
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with _cluster(0) as empty:
        run = many(site, 60).run("build", "--executor", _address(empty))
    assert run.code == 1
    assert "error[executor-unreachable]: the scheduler at dask://127.0.0.1:" in run.err


def test_a_worker_that_comes_late_is_waited_for(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Scheduler and workers are often started together, and a worker takes seconds."""
    made, read, own = many(site, 60), steps.read, []
    monkeypatch.setattr(steps, "read", lambda file, *given: own.append(file.path) or read(file, *given))  # type: ignore[func-returns-value]
    with _cluster(0) as empty:
        later = threading.Timer(1, lambda: empty.scale(1))  # type: ignore[no-untyped-call]
        later.start()
        made.build("--executor", _address(empty))
        later.join()
    assert own == []
    monkeypatch.undo()
    assert made.outputs() == alone(made)


def test_workers_are_asked_of_the_scheduler(
    site: Callable[[str], Site], scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a client remembers of itself is without workers at some moments."""
    monkeypatch.setattr(Client, "scheduler_info", lambda _: {"workers": {}})
    many(site, 60).build("--executor", scheduler)


def test_a_scheduler_that_dies_midway_changes_nothing(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And all workers with it: what is left is done here."""
    made, result = many(site, 200), vars(cluster)["_result"]
    killed: list[int] = []
    command = [sys.executable, "-c", ELSEWHERE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        address = other.stdout.readline().strip().replace("tcp://", "dask://")

        def watched(future: object, client: Client) -> object:
            kept = result(future, client)
            if not killed:
                killed.append(other.pid)
                other.kill()
            return kept

        monkeypatch.setattr(cluster, "_result", watched)
        made.build("--executor", address)
    assert len(killed) == 1
    assert made.outputs() == alone(made)


@pytest.mark.parametrize("address", ["dask://", "dask://host", "tcp://host:1", "host:8786", "dask://host:1/x"])
def test_another_address_is_wrong_usage(site: Callable[[str], Site], address: str) -> None:
    """With the form that is wanted."""
    run = site("").run("build", "--executor", address)
    assert run.code == 2
    assert "write dask://HOST:PORT" in run.err


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_edits_on_a_cluster_give_the_bytes_of_a_clean_build(
    tmp_path: Path, doomed: str, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """Any series of them; each article is sent, one worker is killed midway. `TAGWIRE_EDITS` as in test_edits.py."""
    monkeypatch.setattr(pool, "_BATCH", 1)
    seed = int(os.environ.get("TAGWIRE_SEED", "0")) or random.randrange(10**6)  # noqa: S311 - edits, not secrets
    made = Site(tmp_path / "site")
    editor, told = Editor(made.root, seed, engine), [f"TAGWIRE_SEED={seed}"]
    killed: list[int] = []
    for number in range(EDITS):
        told = [*told[:1], *told[-40:], editor.edit()]
        if number == EDITS // 2:
            killed = _kill_after_the_first(monkeypatch)
            editor.rewrite()
        before = stood(made.root / "site")
        run = made.run(*editor.arguments(), "--executor", doomed)
        if not (number + 1) % SAMPLE:
            assert faults(editor, run, before, tmp_path / "clean") == [], (number, told)
        editor.built(well=run.code == 0)
    assert len(killed) == 1
