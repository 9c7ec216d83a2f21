"""Tests the tests: `python tests/mutants.py ROOM [--sample N] [--seed N] [--budget SECONDS] [--file NAME]`.

The small changes are those of mutmut (`mutmut.mutation.mutators`), decorated functions included, which it leaves out
itself: all rules of `lint` are decorated. One process collects the tests of a room and runs each once, noting the
lines that it reaches and the seconds that it takes. Then, for each mutant, a fork of that process puts the changed
code into the function that is in memory, and runs the tests that reach its lines, fastest first, up to a budget of
seconds, until one fails. So a mutant costs what its tests cost, and neither Python nor pytest is started anew.

Property tests make 15 examples, the same each time. What survives is listed with its diff.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import libcst
import pytest
from _pytest.runner import runtestprotocol
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "tagwire"
ROOMS = {
    "ledger": "ledger changes publish corrections subscriber",
    "lint": "lint w3c check_site",
    "memo": "memo again build settled",
    "plan": "plan subscribe archives corrections furniture podcast images search changes cases ledger",
}
"""Which tests cover a room: `test_NAME.py`, those that need no other program."""

SLOW = 2.0
"""A test that takes longer, in seconds, is left out: it would be run hundreds of times."""


@dataclass(frozen=True)
class Mutant:
    """One small change."""

    name: str
    path: Path
    function: tuple[str, int]  # qualified name, first line
    lines: tuple[int, int]
    change: tuple[Any, Any, Any]  # the module's tree, a node of it, the node instead

    @property
    def code(self) -> str:
        """The file with the change."""
        module, node, changed = self.change
        return str(module.deep_replace(node, changed).code)

    def diff(self) -> str:
        """The lines that differ."""
        before, after = self.path.read_text("utf-8").splitlines(), self.code.splitlines()
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def mutants_of(path: Path) -> list[Mutant]:
    """All changes of a file's functions."""
    wrapper = MetadataWrapper(libcst.parse_module(path.read_text("utf-8")))
    places = wrapper.resolve(PositionProvider)
    made: list[Mutant] = []

    def look(node: Any, function: tuple[str, int] | None, scope: str) -> None:
        if isinstance(node, (libcst.Annotation, libcst.Decorator, libcst.Parameters)):
            return  # run once, when the module is loaded
        if isinstance(node, (libcst.FunctionDef, libcst.ClassDef)):
            scope = f"{scope}.{node.name.value}" if scope else node.name.value
            if function is None and isinstance(node, libcst.FunctionDef):
                first = node.decorators[0] if node.decorators else node.name
                function = (scope, places[first].start.line)
        elif function is not None:
            for kind, operator in mutation_operators:
                for changed in operator(node) if isinstance(node, kind) else ():
                    start, end = places[node].start.line, places[node].end.line
                    name = f"{path.relative_to(SOURCE)}:{start} {function[0]}"
                    made.append(Mutant(name, path, function, (start, end), (wrapper.module, node, changed)))
        for child in node.children:
            look(child, function, scope)

    look(wrapper.module, None, "")
    return made


def drawn(room: str, only: str, sample: int, seed: int) -> tuple[int, list[Mutant]]:
    """How many there are in a room, and as many of them as were asked for, drawn at random."""
    paths = sorted((SOURCE / room).glob("*.py")) or [SOURCE / f"{room}.py"]
    all_ = [mutant for path in paths if only in path.name for mutant in mutants_of(path)]
    few = random.Random(seed).sample(all_, sample) if sample and sample < len(all_) else all_  # noqa: S311
    return len(all_), sorted(few, key=lambda mutant: (mutant.path, mutant.lines))


class Lines:
    """Notes the lines of a room that run."""

    def __init__(self, paths: set[str]) -> None:
        self.paths = paths
        self.seen: set[tuple[str, int]] = set()

    def __call__(self, frame: FrameType, _event: str, _value: object) -> Any:
        """A call: its lines are noted only if it is the room's."""
        return self.line if frame.f_code.co_filename in self.paths else None

    def line(self, frame: FrameType, _event: str, _value: object) -> Any:
        """A line, or a return from one."""
        self.seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self.line


@dataclass
class Known:
    """A test, with what it took and reached when nothing was changed."""

    item: Any
    seconds: float
    lines: set[tuple[str, int]]


class Runner:
    """The plugin that stands in for pytest's own loop."""

    def __init__(self, mutants: list[Mutant], budget: float, survivors: Path) -> None:
        self.mutants = mutants
        self.budget = budget
        self.survivors = survivors
        self.counts: Counter[str] = Counter()
        self.caches: list[Any] = []
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All tests once, then each mutant."""
        self.caches = caches()
        for item in session.items:
            calm(item)
        known = [one for one in map(self.once, session.items) if one is not None]
        self.functions = functions()
        gc.collect()
        gc.freeze()  # forks share it all
        print(f"{len(known)} of {len(session.items)} tests, {sum(one.seconds for one in known):.0f} s", flush=True)
        with self.survivors.open("w", encoding="utf-8") as file:
            for number, mutant in enumerate(self.mutants, 1):
                fate = self.fate(mutant, known)
                self.counts[fate] += 1
                if fate != "killed":
                    file.write(f"{fate}: {mutant.name}\n{mutant.diff()}\n\n")
                    file.flush()
                if number % 50 == 0:
                    print(f"{number}: {dict(self.counts)}", flush=True)
        return True

    def forget(self) -> None:
        """Empties the caches."""
        for one in self.caches:
            one.cache_clear()

    def once(self, item: Any) -> Known | None:
        """A test as it is; one that fails or is slow is of no use here."""
        self.forget()
        lines = Lines({str(mutant.path) for mutant in self.mutants})
        before = time.process_time()
        sys.settrace(lines)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            sys.settrace(None)
        seconds = time.process_time() - before
        good = all(report.outcome == "passed" for report in reports)
        return Known(item, seconds, lines.seen) if good and seconds < SLOW and lines.seen else None

    def fate(self, mutant: Mutant, known: list[Known]) -> str:
        """What becomes of a mutant."""
        here = {(str(mutant.path), line) for line in range(mutant.lines[0], mutant.lines[1] + 1)}
        reaching = sorted((one for one in known if one.lines & here), key=lambda one: one.seconds)
        chosen: list[Any] = []
        spent = 0.0
        for one in reaching:
            if spent + one.seconds <= self.budget or not chosen:
                chosen.append(one.item)
                spent += one.seconds
        if not chosen:
            return "unreached"
        child = os.fork()
        if child == 0:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (int(spent * 3 + 5),) * 2)
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30,) * 2)
            os._exit(self.tried(mutant, chosen))
        status = patient(child, spent * 20 + 60)
        if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}):
            return "timed out"
        return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"

    def tried(self, mutant: Mutant, items: list[Any]) -> int:
        """In the fork: 1 if a test fails on the changed code."""
        code = found(compile(mutant.code, str(mutant.path), "exec", dont_inherit=True), mutant.function)
        places = self.functions.get((str(mutant.path), *mutant.function), [])
        if code is None or not places:
            return 2
        for function in places:
            function.__code__ = code
        self.forget()
        for item in items:
            if any(report.outcome == "failed" for report in runtestprotocol(item, log=False, nextitem=None)):
                return 1
        return 0


def calm(item: Any) -> None:
    """Properties are tried with few examples, and the same ones each time."""
    test: Any = getattr(item, "obj", None)
    if hasattr(test, "hypothesis"):
        import hypothesis  # noqa: PLC0415 - pytest wants to load it first

        test = getattr(test, "__func__", test)  # of a method
        own = getattr(test, "_hypothesis_internal_use_settings", None) or hypothesis.settings()
        test._hypothesis_internal_use_settings = hypothesis.settings(
            own, max_examples=min(own.max_examples, 15), database=None, derandomize=True, phases=[*own.phases][:3]
        )


def caches() -> list[Any]:
    """The caches of the rooms that are tried: what one test has made must not hide a change from the next."""
    ours = [one for one in gc.get_objects() if type(one).__name__ == "_lru_cache_wrapper"]
    return [one for one in ours if one.__module__.startswith("tagwire.lint")]


def functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """Our functions that are in memory, by file, qualified name and first line."""
    made: dict[tuple[str, str, int], list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and "tagwire" in one.__code__.co_filename:
            code = one.__code__
            made.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
    return made


def found(code: CodeType, function: tuple[str, int]) -> CodeType | None:
    """The code of a function, in that of its module."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if (inner.co_qualname, inner.co_firstlineno) == function:
                return inner
            if (deeper := found(inner, function)) is not None:
                return deeper
    return None


def patient(child: int, limit: float) -> int | None:
    """How a process ended, or None if it had to be ended."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def main() -> int:
    """Runs a room's mutants."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("room", choices=sorted(ROOMS))
    ask.add_argument("--sample", type=int, default=400, help="how many mutants, drawn at random; 0: all")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--budget", type=float, default=5, help="seconds of tests for one mutant")
    ask.add_argument("--file", default="", help="only files of the room with this in their name")
    ask.add_argument("--survivors", type=Path, default=Path("survivors.txt"), help="where to list what wasn't killed")
    asked = ask.parse_args()
    total, mutants = drawn(asked.room, asked.file, asked.sample, asked.seed)
    print(f"{asked.room}: {len(mutants)} of {total} mutants", flush=True)
    runner = Runner(mutants, asked.budget, asked.survivors)
    tests = [str(TESTS / f"test_{name}.py") for name in ROOMS[asked.room].split()]
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not program"]
    pytest.main([*options, "-o", "tmp_path_retention_policy=none", *tests], plugins=[runner])
    print(f"{asked.room}: {dict(runner.counts)}, seed {asked.seed}; the rest in {asked.survivors}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
