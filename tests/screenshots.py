"""Pictures of every kind of page: `python tests/screenshots.py OUT [NAME…]`; 360 and 1280 wide, light and dark.

It builds the two sites of `corpus` and opens them in Debian's Chromium.
"""

from __future__ import annotations

import functools
import http.server
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

import corpus
from conftest import Site

CHROMIUM = "/usr/bin/chromium"


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def made(folder: Path, text: str, *arguments: str) -> Site:
    """A site of the corpus, built."""
    site = Site(folder)
    site.root.mkdir(parents=True, exist_ok=True)
    site.write(text)
    (site.root / "content/articles/sea.png").write_bytes(corpus.png(1500, 1000))
    site.build(*arguments)
    return site


def main(out: Path, names: list[str]) -> None:
    """Takes the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for kind, text, pages in (("en", corpus.SITE, corpus.PAGES), ("he", corpus.HEBREW, corpus.HEBREW_PAGES)):
            top = Path(folder) / kind / "site"
            handler = functools.partial(Silent, directory=str(top))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_address[1]}/"  # the 404 page has absolute links
            made(top.parent, text, "--base-url", base)
            for width in (360, 1280):
                for scheme in ("light", "dark"):
                    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for name, path in pages.items():
                        if names and name not in names:
                            continue
                        tab.goto(base + path)
                        tab.screenshot(path=out / f"{kind}-{name}-{width}-{scheme}.png", full_page=True)
                    tab.close()
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
