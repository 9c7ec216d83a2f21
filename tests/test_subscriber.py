"""A subscriber with newsboat, before and after each publish, of a site that Debian's nginx serves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import servers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

FEEDS = ("atom.xml", "rss.xml", "tags/news/atom.xml", "tags/news/rss.xml")

ARTICLE = "-- content/articles/%s.md --\n---\ntitle: %s\npublished: 2026-01-0%d\ntags: [news]\n%s---\n%s\n"


@dataclass(frozen=True)
class Item:
    """An article as the subscriber has it."""

    title: str
    link: str
    text: str


@dataclass(frozen=True)
class Subscriber:
    """Somebody with a newsboat, who reads all that is new each time."""

    folder: Path
    url: str

    def reload(self) -> tuple[dict[str, Item], list[str]]:
        """(all items by guid, titles of those that newsboat shows as new)."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "urls").write_text(f"{self.url}\n")
        (self.folder / "config").write_text("")
        command = [servers.program("newsboat"), "-q", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        home = {**os.environ, "HOME": str(self.folder)}
        subprocess.run(command, check=True, cwd=self.folder, capture_output=True, timeout=60, env=home)
        database = sqlite3.connect(self.folder / "cache.db")
        rows = database.execute("select guid, title, url, content, unread from rss_item").fetchall()
        with database:
            database.execute("update rss_item set unread = 0")
        database.close()
        assert len({row[0] for row in rows}) == len(rows)
        return {guid: Item(title, link, text) for guid, title, link, text, _ in rows}, sorted(
            title for _, title, _, _, unread in rows if unread
        )


@pytest.mark.program
def test_a_subscriber_sees_each_article_once_whatever_becomes_of_it(
    site: Callable[[str], Site], tmp_path: Path
) -> None:
    """New, edited, updated, retitled, moved, retracted, and its tag renamed: only what is new is shown as new."""
    www, folder = tmp_path / "www", tmp_path / "server"
    folder.mkdir()
    home = site("")
    command, port = servers.nginx(folder, www, f"include {home.root}/site/.nginx.conf;")
    url = f"http://127.0.0.1:{port}/"
    home.write(f'-- tagwire.toml --\ntitle = "X"\nurl = "{url}"\nhost = "nginx"\npublish.to = "{www}"\n')
    readers = [Subscriber(tmp_path / path.replace("/", "-"), url + path) for path in FEEDS]
    articles = home.root / "content/articles"

    def published(*new: str) -> dict[str, Item]:
        """Publishes; every subscriber has the same articles, and is shown these as new."""
        run = home.run("publish")
        assert run.code == 0, run.err
        with servers.running(command, port, folder / "log"):  # anew each time, as an owner reloads it
            seen = [reader.reload() for reader in readers]
            for item in seen[0][0].values():
                assert servers.ask(port, item.link.removeprefix(url.rstrip("/")))[0] in {200, 301}
        assert {tuple(fresh) for _, fresh in seen} == {new}
        assert len({frozenset(items) for items, _ in seen}) == 1
        return {item.title: item for item in seen[0][0].values()}

    home.write(ARTICLE % ("a", "A", 1, "", "First.") + ARTICLE % ("b", "B", 2, "", "Second."))
    published("A", "B")
    published()
    home.write(ARTICLE % ("c", "C", 3, "", "Third."))
    published("C")
    home.write(ARTICLE % ("a", "A", 1, "", "First, mended."))
    assert "mended" in published()["A"].text
    home.write(ARTICLE % ("a", "A", 1, "updated: 2026-02-01\n", "First, and much more."))
    assert "much more" in published()["A"].text
    home.write(ARTICLE % ("b", "B renamed", 2, "", "Second."))
    assert published().keys() == {"A", "B renamed", "C"}
    (articles / "c.md").rename(articles / "moved.md")
    assert published()["C"].link in {f"{url}articles/c/", f"{url}articles/moved/"}
    home.write(ARTICLE % ("a", "A", 1, "retracted: {date: 2026-03-01, note: It was wrong.}\n", "First."))
    assert any("It was wrong." in item.text for item in published().values())
    for file in articles.iterdir():
        file.write_text(file.read_text().replace("[news]", "[tidings]"))
    published()
    home.write((ARTICLE % ("d", "D", 4, "", "Fourth.")).replace("[news]", "[tidings]"))
    published("D")
