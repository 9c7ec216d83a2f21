"""The steps of CI, one by one: `nox` runs lint, types and tests; `nox -s floors` tests the oldest libraries."""

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
def floors(session: nox.Session) -> None:
    """The tests with the oldest versions that pyproject.toml allows."""
    constraints = session.run("python3", ".ci/floors", external=True, silent=True) or ""
    path = session.create_tmp()
    with open(f"{path}/floors.txt", "w", encoding="utf-8") as file:  # noqa: PTH123 - nox works with text paths
        file.write(constraints)
    session.install("-c", f"{path}/floors.txt", "-e", ".[dev]")
    session.run("pytest", "-q", "-n", "2", "-m", "not program", *session.posargs)
