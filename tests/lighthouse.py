"""Lighthouse: `python tests/lighthouse.py [--runs 5] [--only accessibility,best-practices,seo] [--json FILE]`.

Home, article, tag and subscribe page of the corpus, on a phone and on a desk, served by nginx with the headers and the
compressed twins that Tagwire makes for it. Ends with 1 if a page has less than 100: in performance, which a busy
machine lowers, as the median of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import corpus
import servers
from screenshots import CHROMIUM, made

PAGES = ("home", "article", "tag", "subscribe")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PROGRAM = Path(__file__).parent / "browser/node_modules/.bin/lighthouse"
_FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


def judged(url: str, categories: tuple[str, ...], *, desktop: bool) -> dict[str, Any]:
    """What Lighthouse says of one page, once."""
    command = [str(PROGRAM), url, "--quiet", "--output=json", f"--only-categories={','.join(categories)}"]
    command += [f"--chrome-flags={_FLAGS}", *(["--preset=desktop"] if desktop else [])]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300, env=environment)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def marks(told: dict[str, Any]) -> dict[str, int]:
    """Points of each category, 0 to 100."""
    return {name: round(100 * (one["score"] or 0)) for name, one in told["categories"].items()}


def faults(told: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    counted = {ref["id"] for one in told["categories"].values() for ref in one["auditRefs"] if ref["weight"]}
    scores = ((name, told["audits"][name]["score"]) for name in sorted(counted))
    return [f"{name} {score}" for name, score in scores if score is not None and score < 1]


def served(folder: Path) -> tuple[list[str], str]:
    """The corpus, built for the server whose command this is; and its address."""
    root = folder / "www"
    command, port = servers.nginx(folder, root, f"include {root}/.nginx.conf;")
    base = f"http://127.0.0.1:{port}/"
    text = corpus.SITE.replace("per_page", 'host = "nginx"\nprecompress = ["gzip"]\nper_page', 1)
    made(folder / "site", text, "--out", str(root), "--base-url", base)
    return command, base


def measured(categories: tuple[str, ...], runs: int) -> dict[str, dict[str, list[int]]]:
    """Points by page and category, one a run; told as they come."""
    found: dict[str, dict[str, list[int]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command, base = served(folder)
        with servers.running(command, int(base.rstrip("/").rpartition(":")[2]), folder / "log"):
            for page in PAGES:
                for screen in ("phone", "desktop"):
                    points = found.setdefault(f"{page}, {screen}", {})
                    for _ in range(runs):
                        told = judged(base + corpus.PAGES[page], categories, desktop=screen == "desktop")
                        for category, mark in marks(told).items():
                            points.setdefault(category, []).append(mark)
                        sys.stderr.write(f"{page}, {screen}: {marks(told)} {' · '.join(faults(told))}\n")
    return found


def main() -> int:
    """Prints the medians; 1 if one of them is below 100."""
    options = argparse.ArgumentParser(description="Lighthouse over the corpus")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--only", default=",".join(CATEGORIES))
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    found = measured(tuple(chosen.only.split(",")), chosen.runs)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n")
    medians = {
        page: {name: statistics.median(marks) for name, marks in points.items()} for page, points in found.items()
    }
    for page, points in medians.items():
        sys.stdout.write(f"{page}: {', '.join(f'{name} {mark:g}' for name, mark in points.items())}\n")
    return int(any(mark < 100 for points in medians.values() for mark in points.values()))


if __name__ == "__main__":
    sys.exit(main())
