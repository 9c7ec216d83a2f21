"""The steps of CI, one by one: `nox` runs lint, types and tests; `nox -s floors` tests the oldest libraries."""

from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def lint(session: nox.Session) -> None:
    """Format and rules; `nox -s lint -- --fix` mends what can be mended by itself."""
    session.install("ruff")
    fix = "--fix" in session.posargs
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")
    session.run("ruff", "check", *(["--fix"] if fix else []), ".")


@nox.session
def types(session: nox.Session) -> None:
    """Mypy, strict."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """The tests, with whatever Python is there."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-q", "-n", "2", *session.posargs)


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Lighthouse on four kinds of pages, phone and desk; needs Chromium, nginx and `npm ci` in tests/browser."""
    session.install("-e", ".[dev]")
    session.run("python", "tests/lighthouse.py", *session.posargs)


@nox.session
def sbom(session: nox.Session) -> None:
    """What a release installs, extras included, as CycloneDX: `sbom.json` goes beside wheel and sdist."""
    session.install("cyclonedx-bom>=7")
    session.run("python", "-m", "venv", "--clear", f"{session.create_tmp()}/released")
    python = f"{session.create_tmp()}/released/bin/python"
    session.run(python, "-m", "pip", "install", "-q", ".[brotli,cluster,fast,pdf,remote,search]", external=True)
    session.run(
        *("cyclonedx-py", "environment", python, "--pyproject", "pyproject.toml", "--output-reproducible"),
        *("--of", "JSON", "-o", "sbom.json"),
    )


@nox.session
def audit(session: nox.Session) -> None:
    """Known weaknesses of what a release installs; asks the database of PyPI."""
    session.install("pip-audit", "-e", ".[brotli,cluster,fast,pdf,remote,search]")
    session.run("pip-audit", "--skip-editable", *session.posargs)


@nox.session
def floors(session: nox.Session) -> None:
    """The tests with the oldest versions that pyproject.toml allows."""
    constraints = session.run("python3", ".ci/floors", external=True, silent=True) or ""
    path = session.create_tmp()
    with open(f"{path}/floors.txt", "w", encoding="utf-8") as file:  # noqa: PTH123 - nox works with text paths
        file.write(constraints)
    session.install("-c", f"{path}/floors.txt", "-e", ".[dev]")
    session.run("pytest", "-q", "-n", "2", "-m", "not program", *session.posargs)


_ROOMS = ("article", "config", "feeds", "hosts", "ledger", "lint", "plan", "prose", "theme")
_MORE = """archives cases changes check_site convert documents engines formulas furniture history links names own_theme
permalinks plain_yaml podcast readers restore_kinds traps typography w3c"""


@nox.session
def coverage(session: nox.Session) -> None:
    """Which branches of the pure rooms their own tests go through; docs/testing.md has the figures."""
    session.install("-e", ".[dev]", "coverage")
    rooms = ",".join(f"src/tagwire/{room}" for room in (*_ROOMS, "intake"))
    tests = [f"tests/test_{room}.py" for room in (*_ROOMS, *_MORE.split())]
    tests += sorted(map(str, Path("tests").glob("test_intake_*.py"))) + sorted(
        map(str, Path("tests").glob("test_ex*.py"))
    )
    session.run("coverage", "run", "--branch", f"--source={rooms}", "-m", "pytest", "-q", *tests)
    session.run("coverage", "report", "--show-missing", "--skip-covered")


@nox.session
def mutants(session: nox.Session) -> None:
    """Changes a room's code in small ways, and lists what no test minds: `nox -s mutants -- ledger --sample 200`."""
    session.install("-e", ".[dev]", "mutmut==3.8.1")
    session.run("python", "tests/mutants.py", *(session.posargs or ["--help"]))
