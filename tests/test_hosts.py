"""The host kit: what each kind of web host is told, and whether real ones understand it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import brotli
import pytest

import servers
from tagwire import hosts
from tagwire.hosts import twins
from tagwire.model import Config, Redirect
from tagwire.publish import changes as order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site

MOVED = (Redirect("old/path/", "articles/a/"), Redirect("alt/ü b/", "articles/ä$1/"))


def made(host: str, **more: object) -> dict[str, str]:
    """The files of a host, by path."""
    config = Config("X", url="https://x.example/", host=host, **more)  # type: ignore[arg-type]
    return {text.path: text.text for text in hosts.files(config, MOVED)}


@pytest.mark.parametrize("host", ["nginx", "apache", "caddy", "netlify", "cloudflare"])
@pytest.mark.parametrize(
    "old", ['";}location=e{return 200;}x/', ":splat/", "a*/", "$uri/", "%{HTTP_HOST}/", "{args}/", "x'y/", "a;b/"]
)
def test_no_old_address_says_more_to_a_host_than_itself(host: str, old: str) -> None:
    """It may come from a stranger's export: it would end the text it stands in, or answer for other pages."""
    config = Config("X", url="https://x.example/", host=host)
    plain = hosts.files(config, MOVED)
    assert hosts.files(config, (*MOVED, Redirect(old, "articles/a/"))) == plain


def test_without_a_host_there_are_no_files() -> None:
    """Any server can serve the site."""
    assert hosts.files(Config("X"), MOVED) == ()


@pytest.mark.parametrize(
    ("host", "paths"),
    [
        ("github-pages", {".nojekyll", "CNAME"}),
        ("gitlab-pages", {"_redirects"}),
        ("netlify", {"_redirects", "_headers"}),
        ("cloudflare", {"_redirects", "_headers"}),
        ("s3", {".s3-website.json"}),
        ("nginx", {".nginx.conf"}),
        ("apache", {".htaccess"}),
        ("caddy", {".caddyfile"}),
    ],
)
def test_each_host_has_its_files(host: str, paths: set[str]) -> None:
    """Those that it reads, and no others."""
    assert made(host).keys() == paths


def test_a_domain_of_the_owner_is_named_to_github() -> None:
    """But not GitHub's own, nor where the site is below a folder."""
    assert made("github-pages")["CNAME"] == "x.example\n"
    for url in ("https://jane.github.io/", "https://x.example/news/", ""):
        assert [each.path for each in hosts.files(Config("X", url=url, host="github-pages"), ())] == [".nojekyll"]


def test_redirects_are_lines() -> None:
    """Percent-encoded, sorted; Netlify needs a mark to go before the redirect page."""
    encoded = "/alt/%C3%BC%20b/ /articles/%C3%A4%241/ 301"
    assert made("cloudflare")["_redirects"].splitlines()[1:] == [encoded, "/old/path/ /articles/a/ 301"]
    assert made("netlify")["_redirects"].splitlines()[1:] == [f"{encoded}!", "/old/path/ /articles/a/ 301!"]


def test_cloudflare_gets_no_more_redirects_than_it_reads() -> None:
    """Neither in number nor in bytes: it leaves out the rest without a word."""
    many = tuple(Redirect(f"old/{n}/", f"articles/{n}/") for n in range(5000))
    long = tuple(Redirect(f"old/{n}/{'x' * 190}/", f"articles/{n}/") for n in range(2000))
    for redirects in (many, long):
        text = {each.path: each.text for each in hosts.files(Config("X", host="cloudflare"), redirects)}["_redirects"]
        assert text.count("\n") <= 2001
        assert len(text) < 100_000


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_no_header_is_said_twice_to_one_path(host: str) -> None:
    """Both hosts would send both values, joined by a comma."""
    blocks = made(host)["_headers"].split("\n/")[1:]
    always = {line.split(":")[0].strip() for line in blocks[0].splitlines()[1:]}
    for block in blocks[1:]:
        assert not always & {line.split(":")[0].strip() for line in block.splitlines()[1:]}


def test_a_folder_in_the_address_is_in_every_path() -> None:
    """A site below /news/ says nothing about what is beside it."""
    config = Config("X", url="https://x.example/news/", host="netlify")
    for text in hosts.files(config, MOVED):
        paths = [line.split()[0] for line in text.text.splitlines() if line.startswith("/")]
        assert paths
        assert all(path.startswith("/news/") for path in paths)


def test_the_bucket_is_a_website() -> None:
    """With the redirects that it takes: fifty."""
    many = tuple(Redirect(f"old/{n}/", f"articles/{n}/") for n in range(99))
    (text,) = hosts.files(Config("X", host="s3"), many)
    website = json.loads(text.text)
    assert website["ErrorDocument"] == {"Key": "404.html"}
    assert len(website["RoutingRules"]) == 50
    assert website["RoutingRules"][0]["Redirect"]["ReplaceKeyWith"] == "articles/0/"


def test_trusted_pages_have_no_policy_that_would_break_them() -> None:
    """Their authors may use any script; the other headers stay."""
    assert "script-src 'self'" in made("netlify")["_headers"]
    text = made("netlify", trusted=True)["_headers"]
    assert "Content-Security-Policy" not in text
    assert "nosniff" in text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("atom.xml", "application/atom+xml"),
        ("tags/a/archive/atom-0001.xml", "application/atom+xml"),
        ("rss.xml", "application/rss+xml"),
        ("tags/a/feed.json", "application/feed+json"),
        ("feeds.opml", "text/x-opml"),
        ("sitemap.xml", ""),
        ("index.html", ""),
        ("anatomatom.xml", ""),
    ],
)
def test_types_of_feeds(path: str, kind: str) -> None:
    """What `publish` tells a bucket."""
    assert hosts.content_type(path) == kind


@pytest.mark.parametrize(
    ("path", "seconds"),
    [("tags/a/rss.xml", 300), ("style.css", 3600), ("articles/a/dam.webp", 3600), ("articles/a/index.html", 0)],
)
def test_nothing_is_kept_longer_than_a_reader_may_be_late(path: str, seconds: int) -> None:
    """What `publish` tells a bucket: no page is older than the feed that leads to it."""
    assert f"max-age={seconds}" in hosts.cache(path)
    assert ("must-revalidate" in hosts.cache(path)) == (seconds == 0)


CONTENT = """
-- content/articles/a.md --
---
title: A
published: 2026-01-01
tags: [news]
aliases: [/old/path/, "/alt/ü b/"]
---
Text.

| a | b |
|--:|:-:|
| 1 | 2 |

```python
print("x")
```

![Dot](dot.svg)
-- content/articles/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>
-- content/static/.well-known/x.txt --
known
"""


def test_the_owner_s_own_file_goes_first(site: Callable[[str], Site]) -> None:
    """`_headers` in content/static/ stands; redirects of articles come along all the same."""
    home = site(CONTENT + "-- content/static/_headers --\nmine\n")
    home.write('-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\nhost = "netlify"\n')
    home.build()
    assert home.outputs()["_headers"] == b"mine\n"
    assert b"/old/path/ /articles/a/ 301!" in home.outputs()["_redirects"]
    home.write('-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\n')
    home.build()
    assert "_redirects" not in home.outputs()


@pytest.fixture(params=["nginx", "caddy", "apache"])
def served(request: pytest.FixtureRequest, site: Callable[[str], Site], tmp_path: Path) -> Iterator[int]:
    """The port of a real server that read the file made for it."""
    home = site(CONTENT)
    home.write(f'-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\nhost = "{request.param}"\n')
    root = home.root / "site"
    folder = tmp_path / "server"
    folder.mkdir()
    match request.param:
        case "nginx":
            command, port = servers.nginx(folder, root, f"include {root}/.nginx.conf;")
        case "caddy":
            command, port = servers.caddy(folder, root)
        case _:
            command, port = servers.apache(folder, root)
    home.build("--base-url", f"http://127.0.0.1:{port}/")  # the 404 page has absolute links
    with servers.running(command, port, folder / "log"):
        yield port


@pytest.mark.program
def test_a_real_server_understands_it(served: int) -> None:
    """Types, redirects, 304 on unchanged feeds, the 404 page, hidden files, headers."""
    style = re.search(r'href="\./(theme/[^"]*\.css)"|href="(theme/[^"]*\.css)"', servers.ask(served, "/")[2].decode())
    assert style
    for path, kind in {
        "/atom.xml": "application/atom+xml",
        "/tags/news/rss.xml": "application/rss+xml",
        "/feed.json": "application/feed+json",
        "/": "text/html",
        "/articles/a/": "text/html",
        f"/{style[1] or style[2]}": "text/css",
    }.items():
        status, headers, _ = servers.ask(served, path)
        assert (path, status, headers["content-type"].split(";")[0]) == (path, 200, kind)
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert ("max-age=300" in headers["cache-control"]) == (path.endswith((".xml", ".json")))
        again, _, body = servers.ask(served, path, If_None_Match=headers["etag"])
        assert (again, body) == (304, b"")
    for old in ("/old/path/", "/alt/%C3%BC%20b/"):
        status, headers, _ = servers.ask(served, old)
        assert (status, headers["location"].removeprefix(f"http://127.0.0.1:{served}")) == (301, "/articles/a/")
    status, headers, body = servers.ask(served, "/no/such/page/")
    assert (status, b"no page here" in body, "content-security-policy" in headers) == (404, True, True)
    for hidden in ("/.nginx.conf", "/.caddyfile", "/.htaccess", "/.tagwire-manifest", "/theme/"):
        assert servers.ask(served, hidden)[0] in {403, 404}, hidden
    assert servers.ask(served, "/.well-known/x.txt")[2] == b"known\n"


@pytest.mark.program
def test_chromium_has_no_complaint_about_the_policy(served: int, tmp_path: Path) -> None:
    """Tables, code, pictures: no page needs what the policy forbids."""
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --enable-logging=stderr --dump-dom"
    for path in ("", "articles/a/", "tags/news/", "no/such/page/"):
        url = f"http://127.0.0.1:{served}/{path}"
        command = [servers.program("chromium"), *flags.split(), f"--user-data-dir={tmp_path / 'profile'}", url]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        assert "<main" in run.stdout
        complaints = [line for line in run.stderr.splitlines() if "CONSOLE" in line and "404 (" not in line]
        assert complaints == []


PACKED = '-- tagwire.toml --\ntitle = "X"\nurl = "https://x.example/"\nhost = "nginx"\nprecompress = ["gzip", "br"]\n'


def test_texts_have_compressed_twins(site: Callable[[str], Site]) -> None:
    """With the same bytes inside, no name and no time; not pictures, nor what is short."""
    home = site(CONTENT + PACKED + "-- content/static/short.txt --\nshort\n")
    home.build()
    files = home.outputs()
    assert {"index.html.gz", "atom.xml.br", "tags/news/rss.xml.gz", "articles/a/index.html.br"} <= files.keys()
    assert not {"short.txt.gz", ".tagwire-manifest.gz", ".nginx.conf.gz"} & files.keys()
    for path, data in files.items():
        if path.endswith(".gz"):
            assert gzip.decompress(data) == files[path.removesuffix(".gz")]
            assert data[3:9] == bytes(5) + b"\x02"
        if path.endswith(".br"):
            assert brotli.decompress(data) == files[path.removesuffix(".br")]
    assert "  index.html.gz\n" in home.read("site/.tagwire-manifest")


def test_twins_follow_their_originals(site: Callable[[str], Site]) -> None:
    """Nothing changes twice; an edit changes both; a deleted twin comes again; what goes, goes with its twin."""
    home = site(CONTENT + PACKED)
    home.build()
    before = home.outputs()
    (home.root / "site/index.html.gz").unlink()
    home.build()
    assert home.outputs() == before
    home.write(f"-- content/static/note.txt --\n{'one ' * 500}\n")
    home.build()
    assert gzip.decompress(home.outputs()["note.txt.gz"]).startswith(b"one")
    home.write(f"-- content/static/note.txt --\n{'two ' * 500}\n")
    home.build()
    assert gzip.decompress(home.outputs()["note.txt.gz"]).startswith(b"two")
    (home.root / "content/static/note.txt").unlink()
    home.build()
    assert home.outputs() == before
    home.write(PACKED.replace("precompress", "# precompress"))
    home.build()
    assert not [path for path in home.outputs() if path.endswith((".gz", ".br"))]


def test_a_twin_of_the_owner_s_own_stays(site: Callable[[str], Site]) -> None:
    """Whoever brings one knows why."""
    home = site(CONTENT + PACKED + f"-- content/static/x.txt --\n{'x' * 2000}\n-- content/static/x.txt.gz --\nmine\n")
    home.build()
    assert home.outputs()["x.txt.gz"] == b"mine\n"


def test_without_brotli_the_rest_is_made(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """And a warning has the command that installs it."""
    monkeypatch.setattr(twins, "lacks", lambda kind: kind == "br")
    home = site(CONTENT + PACKED)
    run = home.build()
    assert "warning[extra-missing]" in run.err
    assert "pip install 'tagwire[brotli]'" in run.err
    assert "index.html.gz" in home.outputs()
    assert "index.html.br" not in home.outputs()


def test_a_twin_of_a_feed_is_sent_with_the_feeds() -> None:
    """A server that hands it out leads readers on as the feed would."""
    found = order.between({}, {"atom.xml": "1", "atom.xml.gz": "2", "index.html": "3", "index.html.br": "4"})
    assert found.new == ("index.html", "index.html.br")
    assert found.feeds == ("atom.xml", "atom.xml.gz")


@pytest.mark.program
def test_nginx_hands_out_the_twins(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Pages and feeds, with their types, to those who take gzip."""
    home = site(CONTENT + PACKED.replace(', "br"', ""))
    home.build()
    root, folder = home.root / "site", tmp_path / "server"
    folder.mkdir()
    command, port = servers.nginx(folder, root, f"include {root}/.nginx.conf;")
    with servers.running(command, port, folder / "log"):
        for path, file in {"/": "index.html", "/atom.xml": "atom.xml", "/articles/a/": "articles/a/index.html"}.items():
            status, headers, body = servers.ask(port, path, Accept_Encoding="gzip")
            assert (path, status, headers.get("content-encoding")) == (path, 200, "gzip")
            assert body == home.outputs()[f"{file}.gz"]
            plain = servers.ask(port, path)
            assert "content-encoding" not in plain[1]
            assert plain[1]["content-type"] == headers["content-type"]
            assert plain[2] == home.outputs()[file]


@pytest.mark.program
def test_caddy_hands_out_the_twins(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Brotli to those who take it, gzip to others; and neither changes a feed's type."""
    home = site(CONTENT + PACKED.replace("nginx", "caddy"))
    home.build()
    root, folder = home.root / "site", tmp_path / "server"
    folder.mkdir()
    command, port = servers.caddy(folder, root)
    with servers.running(command, port, folder / "log"):
        for path, file in {"/": "index.html", "/atom.xml": "atom.xml", "/articles/a/": "articles/a/index.html"}.items():
            plain = servers.ask(port, path)
            assert "content-encoding" not in plain[1]
            for kind, ending in (("br", "br"), ("gzip", "gz")):
                status, headers, body = servers.ask(port, path, Accept_Encoding=kind)
                assert (path, status, headers.get("content-encoding")) == (path, 200, kind)
                assert body == home.outputs()[f"{file}.{ending}"]
                assert headers["content-type"] == plain[1]["content-type"]


@pytest.mark.program
def test_python_s_own_server_does_for_a_look(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Pages, feeds, redirect pages and 304, without any file of a host."""
    home = site(CONTENT)
    home.build()
    port = servers.free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "-d", str(home.root / "site")]
    with servers.running(command, port, tmp_path / "log"):
        for path in ("/", "/articles/a/", "/atom.xml", "/tags/news/rss.xml", "/feed.json"):
            status, headers, _ = servers.ask(port, path)
            assert status == 200
            kind = headers["content-type"].split(";")[0]
            assert kind in {"text/html", "application/xml", "text/xml", "application/rss+xml", "application/json"}
            assert servers.ask(port, path, If_Modified_Since=headers["last-modified"])[0] == 304
        assert b"articles/a/" in servers.ask(port, "/old/path/")[2]
        assert servers.ask(port, "/no/such/")[0] == 404
