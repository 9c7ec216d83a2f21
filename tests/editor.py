"""Somebody who edits a site, at random: whatever an owner, an editor, a copying tool or a broken disk may do to it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from conftest import NOW, Run
from tagwire.__main__ import main
from tagwire.disk.journal import MANIFEST

Doing: TypeAlias = Callable[[], object]

WORDS = "alpha beta gamma delta Ünïcode <b>&amp;</b> C++ 東京 שלום".split()
FIELDS: dict[str, list[str]] = {
    "id": ["urn:x:{n}", "urn:x:{n}-again", ""],
    "title": [json.dumps(word) for word in WORDS],
    "published": ["2026-01-01", "2026-01-02T10:00:00+09:00", "2026-02-01T23:30:00-05:00", "2027-01-01", "2025-12-31",
                  "2026-10-30 12:00", "2026-10-25 02:30", "2024-02-29", "not a date"],
    "updated": ["2027-03-01", "2027-03-02T10:00:00Z", "2026-10-31", ""],
    "date_source": ["file", ""],
    "authors": ["[Jane Roe]", "[Jane Roe, Li Wen]", "[jane-roe]", ""],
    "author_note": ["She writes.", ""],
    "tags": ["[alpha, beta]", "[Beta]", "[C++]", "[alpha, gamma, Delta, 東京]", "[]", ""],
    "summary": ["Another summary.", ""],
    "slug": ["other-{n}", "", ""],
    "lang": ["he", "de", "en-GB", ""],
    "draft": ["true", "false", ""],
    "feed": ["false", ""],
    "noindex": ["true", ""],
    "expires": ["2026-06-01", "2026-11-02", "2030-01-01", ""],
    "aliases": ["[/old/{n}/]", "[/old/{n}.html, /tags/gone-{n}/]", ""],
    "canonical": ["https://elsewhere.example/{n}", ""],
    "image": ["pic.svg", "/images/wide.png", "https://x.example/p.jpg", ""],
    "enclosure": ["sound.mp3", "{{url: 'https://x.example/a.mp3', length: 5, episode: {n}}}", ""],
    "series": ["Numbers", "Letters", ""],
    "translations": ["{{de: n2.md}}", "{{he: 'https://elsewhere.example/he'}}", "{{de: gone.md}}", ""],
    "corrections": ["[{{date: 2027-01-02, note: A name.}}]", "[{{date: 2026-10-31, note: A name.}}]", ""],
    "retracted": ["{{date: 2027-02-01, note: Invented.}}", "", ""],
    "extra": ["{{mood: good}}", ""],
    "unheard_of": ["1", "", "", ""],
}  # fmt: skip
SETTINGS: dict[str, list[str]] = {
    "title": ['"T"', '"Other"'],
    "url": ['"https://t.example/news/"', '"https://t.example/"', '"https://other.example/"', ""],
    "author": ['"X"', ""],
    "description": ['"What it is."', ""],
    "lang": ['"de"', '"he"', '"pt-BR"', ""],
    "timezone": ['"Europe/Berlin"', '"Asia/Kathmandu"', ""],
    "menu": ['[{ name = "About", url = "/about/" }]', ""],
    "permalink": ['"{year}/{slug}/"', '"{year}/{month}/{day}/{slug}/"', ""],
    "links": ['"index"', ""],
    "per_page": ["3", "1", ""],
    "per_feed": ["3", ""],
    "old_as_new": ["1000", ""],
    "icon": ['"/images/wide.png"', ""],
    "copyright": ['"©"', ""],
    "formats": ['["atom"]', '["rss", "json"]', ""],
    "history": ["false", ""],
    "archives": ['["tags", "series"]', ""],
    "leave_out": ['["dates", "follow", "related"]', '["related"]', ""],
    "hub": ['"https://hub.example/"', ""],
    "podcast": ["false", '{ title = "Voices", email = "x@t.example" }', ""],
    "ttl": ["60", ""],
    "host": ['"nginx"', '"netlify"', '"github-pages"', ""],
    "precompress": ['["gzip"]', ""],
    "authority": ['"t.example,2020"', ""],
    "news": ["true", ""],
    "search": ["true", ""],
    "math": ["true", ""],
    "quotes": ["false", ""],
    "trusted": ["true", ""],
    "words": ['{ en = { related = "Read on" } }', ""],
    "views": ['{ v = { all = ["alpha"] } }', '{ w = { any = ["beta", "gamma"], none = ["C++"] } }', ""],
    "authors": ['{ jane-roe = { name = "Jane Roe", bio = "Lives." } }', ""],
    "tags": ['{ aliases = { beta = "Gamma" } }', '{ vocabulary = ["ALPHA", "Beta"] }', ""],
    "unheard_of": ["1", "", "", ""],
}
BODIES = [
    "Text.",
    "# H\n\n[tag](/tags/alpha/)",
    "## H\n\n### H again\n\n## H\n",
    "![p](pic.svg)",
    "![wide](/images/wide.png)",
    "[other](n1.md#x) and [page](/about/)",
    "[dead](n99.md)",
    "`code` *and* ~~more~~\n\n| a |\n|-|\n| b |",
    "```python\nprint('x')\n```",
    "A note[^1].\n\n[^1]: Below.",
    "First.\n\n<!--more-->\n\nSecond.",
    'A "quote" -- it\'s $E = mc^2$ ...',
    "<script>alert(1)</script> <b onclick=x>bold</b>",
    "word " * 600,
]
TEMPLATES: dict[str, list[str]] = {
    "page.html": ["<p>{{ page.heading }}</p>", "<i>{{ content }}</i>",
                  '{% extends "tagwire/page.html" %}{% block main %}{{ super() }}!{% endblock %}'],
    "article.html": ['{% from "own.html" import shown %}<b>{{ shown(page.heading) }}</b>{{ content }}',
                     '{% include "own.html" %}{{ content }}', "{{ page.extra.mood }}{{ content }}",
                     '{% extends "tagwire/article.html" %}{% block main %}{% include "more.html" %}{% endblock %}'],
    "own.html": ["{% macro shown(x) %}<u>{{ x }}</u>{% endmacro %}", "{% macro shown(x) %}{{ x }}?{% endmacro %}"],
    "more.html": ["<hr>", "{{ site.title }}", "{% for one in page.related %}{{ one.title }}{% endfor %}"],
    "card.html": ["<p>{{ card.title }}</p>", "<p>{{ card.title }} {{ card.published.human }}</p>"],
    "list.html": ["{% for c in page.cards %}{{ c.title }}{% for t in c.tags %}{{ t.title }}{% endfor %}{% endfor %}"],
    "base.html": ["<title>{{ page.heading }}</title>{% block main %}{% endblock %}", "{{ broken"],
    "unused.html": ["x"],
    "static/style.css": ["b {}", "i {}"],
    "static/own.js": ["1", "2"],
    "odd.txt": ["x"],
}  # fmt: skip
STATIC = ["robots.txt", "tags/index.html", "file", "file/inner.txt", "old/1/index.html", "_redirects", ".nojekyll",
          "atom.xml", "about/index.html", "theme/own.js", "index.html.gz", "favicon.ico", "ünï.txt"]  # fmt: skip
TIMES = ["2026-10-31T00:00:00Z", "2026-11-01T12:00:00Z", "2026-11-02T00:00:01Z", "2027-01-03T00:00:00Z",
         "2026-01-01T00:00:01Z", NOW, NOW]  # fmt: skip
_EDITED = re.compile(r"^[^\n]*\[output-edited\][^\n]*\n(?:  [^\n]*\n)*\n?", re.MULTILINE)


class Editor:
    """Somebody who edits a site."""

    def __init__(self, root: Path, seed: int, engine: str) -> None:
        self.root, self.chance, self.engine = root, random.Random(seed), engine  # noqa: S311 - edits, not secrets
        self.now, self.flags = NOW, list[str]()
        self.good: dict[str, tuple[bytes, int]] = {}
        """Bytes and date of each file when the site was last built."""
        self.gone: list[tuple[Path, bytes, int]] = []
        self.settings = {"title": '"T"', "url": '"https://t.example/news/"', "old_as_new": "1000"}
        for folder in ("articles", "pages", "static", "images"):
            (root / "content" / folder).mkdir(parents=True)
        self._file("content/articles/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
        self._file("content/articles/sound.mp3", "ID3")
        self._file("content/pages/about.md", "# About\n\nText.\n")
        self._picture()
        self._set()
        for number in range(8):
            self._add(number)
        self.built(well=True)

    # -------------------------------------------------------------- what may happen

    def edit(self) -> str:
        """Does something, and tells what."""
        often = (self._body, self._field, self._field, self._setting)
        rare = (
            self._new,
            self._delete,
            self._restore,
            self._rename,
            self._swap,
            self._unseen,
            self._folder,
            self._link,
        )
        others = (self._template, self._asset, self._static, self._page, self._picture, self._raw, self._encode)
        own = (self._output, self._memory, self._time, self._flags, self._ledger, self._wait, self._nothing)
        doing: Callable[[], object] = self.chance.choice((*often * 4, *rare, *others, *own))
        return f"{doing.__name__.strip('_')} {doing() or ''}"

    def built(self, *, well: bool) -> None:
        """Hears how the build went. After one with errors, mostly takes back what made them: else all have them."""
        now = dict(self._files())
        if well:
            self.good, self.set = now, (dict(self.settings), self.engine)
        elif self.chance.random() < 0.8:
            for path in now.keys() - self.good.keys():
                (self.root / path).unlink()
            for path, (data, when) in self.good.items():
                if now.get(path) != (data, when):
                    self._file(path, data)
                    os.utime(self.root / path, ns=(when, when))
            self.settings, self.engine = dict(self.set[0]), self.set[1]

    def rewrite(self) -> None:
        """Adds to every text at once."""
        for file in self._articles():
            file.write_bytes(file.read_bytes() + b"\n\nMore.\n")

    def arguments(self) -> list[str]:
        """How the next build is asked for."""
        return ["build", "--now", self.now, *self.flags]

    # -------------------------------------------------------------- texts

    def _articles(self) -> list[Path]:
        return sorted(self.root.glob("content/articles/**/*.md"))

    def _any(self) -> Path:
        return self.chance.choice(self._articles() or [self._add(1)])

    def _add(self, number: int, body: str = "Text.") -> Path:
        file = self.root / f"content/articles/n{number}.md"
        text = f"title: N{number}\npublished: 2026-01-{number % 28 + 1:02}\ntags: [alpha]\n"
        file.write_text(f"---\nid: urn:x:{number}\n{text}---\n{body}\n", encoding="utf-8")
        return file

    def _new(self) -> object:
        number = self.chance.randrange(8, 40)
        self._add(number, self.chance.choice(BODIES))
        if self.chance.random() < 0.2:
            text = f'+++\ntitle = "TOML {number}"\ndate = 2026-03-03\ntags = ["beta"]\n+++\nText.\n'
            self._file(f"content/articles/t{number}.md", text)
        return number

    def _body(self) -> object:
        file = self._any()
        old, more = file.read_bytes(), f"\n{self.chance.choice(BODIES)}\n".encode()
        head, mark, text = old.rpartition(b"\n---\n")
        kind = self.chance.choice(("more", "more", "other", "alike"))
        if kind == "alike" and text:  # the same size and the same date, as some tools leave it
            when = file.stat().st_mtime_ns
            file.write_bytes(head + mark + bytes(reversed(text.decode(errors="replace").encode())))
            os.utime(file, ns=(when, when))
        else:
            file.write_bytes(old + more if kind == "more" else head + mark + more)
        return f"{kind} {file.name}"

    def _field(self) -> object:
        file, name = self._any(), self.chance.choice(list(FIELDS))
        number = int("".join(filter(str.isdigit, file.stem)) or 0)
        value = self.chance.choice(FIELDS[name]).format(n=number)
        head, mark, text = file.read_text(encoding="utf-8", errors="replace").partition("\n---\n")
        lines = [line for line in head.split("\n") if not line.startswith(f"{name}:")]
        lines += [f"{name}: {value}"] if value else []
        file.write_bytes(("\n".join(lines) + mark + text).encode())
        return f"{name} {value} {file.name}"

    def _encode(self) -> object:
        file = self._any()
        data = file.read_bytes()
        other = data.replace(b"\n", b"\r\n") if b"\r\n" not in data else data.replace(b"\r\n", b"\n")
        file.write_bytes(self.chance.choice((other, b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"), data)))
        return file.name

    def _delete(self) -> object:
        file = self._any()
        if file.is_symlink() or len(self._articles()) < 5 or file.name == "n1.md":
            return None
        self.gone.append((file, file.read_bytes(), file.stat().st_mtime_ns))
        file.unlink()
        return file.name

    def _restore(self) -> object:
        """As it was, with its date, as `git stash` and copying tools do it."""
        if not self.gone:
            return None
        file, data, when = self.gone.pop()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, ns=(when, when))
        return file.name

    def _rename(self) -> object:
        file = self._any()
        top = self.root / "content/articles"
        names = (file.name.swapcase().replace(".MD", ".md"), f"2026-05-05-{file.name}", f"é {file.name}", file.name)
        name = f"{self.chance.choice(('', '', '2026/', 'deep/er/'))}{self.chance.choice(names)[-60:]}"
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(top / name):
            file.rename(top / name)
        return f"{file.name} to {name}"

    def _swap(self) -> object:
        """Two files change their places."""
        one, other = self._any(), self._any()
        if one != other:
            beside = one.with_name("swap.tmp")
            one.rename(beside)
            other.rename(one)
            beside.rename(other)
        return f"{one.name} {other.name}"

    def _folder(self) -> object:
        """An article becomes a folder with a picture, or is a file again."""
        file = self._any()
        if file.name == "index.md":
            aim = file.parent.with_name(f"{file.parent.name}.md")
            if not aim.exists():
                file.rename(aim)
                shutil.rmtree(file.parent)
        elif not (folder := file.with_suffix("")).exists():
            folder.mkdir()
            file.rename(folder / "index.md")
            (folder / "pic.svg").write_text("<svg/>")
        return file.name

    def _link(self) -> object:
        """A file is a link to one elsewhere in the site, or has two names."""
        file = self._any()
        if file.is_symlink():
            file.write_bytes(file.read_bytes() + b"\nBehind the link.\n")
            return file.name
        store = self.root / f"store/{file.stem}-{self.chance.random()}.md"
        store.parent.mkdir(exist_ok=True)
        file.replace(store)
        if self.chance.random() < 0.5:
            file.symlink_to(store)
        else:
            os.link(store, file)
        return file.name

    def _unseen(self) -> object:
        """What no build looks at."""
        name = self.chance.choice((".hidden.md", "n1.md~", "x.bak", ".git/x.md", "#n1.md"))
        self._file(f"content/articles/{name}", str(self.chance.random()))
        return name

    def _page(self) -> object:
        name = self.chance.choice(("about", "about", "deep/er", "n1/more", "tags"))
        file = self.root / f"content/pages/{name}.md"
        if file.exists() and name != "about" and self.chance.random() < 0.5:
            file.unlink()
        else:
            self._file(f"content/pages/{name}.md", f"# About\n\n{self.chance.choice(BODIES)}\n")
        return name

    def _raw(self) -> object:
        """A source, which a build makes an article of."""
        number = self.chance.randrange(100)
        text = f"Ferry number {number} sails\n\nBy Jane Roe\n2026-02-0{number % 9 + 1}\n\nThe ferry sails. {number}.\n"
        self._file(f"content/sources/raw-{number}.txt", text)
        return number

    # -------------------------------------------------------------- all else

    def _asset(self) -> object:
        name = self.chance.choice(("articles/pic.svg", "articles/sound.mp3", "static/any.txt"))
        self._file(f"content/{name}", f"<svg>{self.chance.random()}</svg>")
        return name

    def _picture(self) -> object:
        """One that has smaller ones, or isn't whole, or isn't there."""
        size, data = self.chance.choice(((500, 60), (600, 60), (40, 40))), io.BytesIO()
        noise = self.chance.randbytes(size[0] * size[1])
        Image.frombytes("L", size, noise).save(data, "PNG", compress_level=1)
        whole = data.getvalue()
        self._file("content/images/wide.png", self.chance.choice((whole, whole, whole, whole[:3000])))
        return size

    def _static(self) -> object:
        name = self.chance.choice(STATIC)
        file = self.root / "content/static" / name
        if file.is_file():
            file.unlink()
        elif file.is_dir():
            shutil.rmtree(file)
        else:
            for above in file.relative_to(self.root).parents:
                if (self.root / above).is_file():
                    (self.root / above).unlink()
            self._file(f"content/static/{name}", f"{self.chance.random()}" * self.chance.choice((1, 100)))
        return name

    def _template(self) -> object:
        name = self.chance.choice(list(TEMPLATES))
        file = self.root / "theme" / name
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return f"{name} gone"
        self._file(f"theme/{name}", self.chance.choice(TEMPLATES[name]))
        return name

    def _setting(self) -> object:
        name = self.chance.choice([*SETTINGS, "engine"])
        if name == "engine":
            self.engine = self.chance.choice(("markdown", "commonmark"))
            value = self.engine
        else:
            value = self.settings[name] = self.chance.choice(SETTINGS[name])
        self._set()
        return f"{name} {value}"

    def _set(self) -> None:
        rows = [f"{name} = {value}" for name, value in self.settings.items() if value]
        self._file("tagwire.toml", "\n".join([*rows, f'engine = "{self.engine}"\n']))

    def _time(self) -> object:
        self.now = self.chance.choice(TIMES)
        return self.now

    def _flags(self) -> object:
        some: tuple[list[str], ...] = (
            ["--drafts"],
            ["--future"],
            ["--base-url", "https://preview.example/x/"],
            ["--explain"],
            [],
            [],
            [],
        )
        self.flags = self.chance.choice(some)
        return self.flags

    def _ledger(self) -> object:
        """Something else looks at the site, or writes down what subscribers have; or that is lost."""
        kind = self.chance.choice(("accept", "accept", "check", "diff", "lose"))
        if kind == "lose":
            (self.root / "content/ledger.json").unlink(missing_ok=True)
        else:
            asked = ["ledger", "accept", "--now", self.now] if kind == "accept" else [kind]
            told = enter(self.root, asked)
            return f"{kind} {told.code}"
        return kind

    def _wait(self) -> object:
        """What is old enough is believed by its date."""
        time.sleep(0.12)
        return None

    def _nothing(self) -> object:
        return None

    def _output(self) -> object:
        """Somebody in the folder of the result."""
        site = self.root / "site"
        files = sorted(file for file in site.rglob("*") if file.is_file()) if site.is_dir() else []
        if not files:
            return None
        file = self.chance.choice(files)
        kind = self.chance.choice(("lost", "edited", "touched", "folder", "all", "own", "alike", "manifest"))
        match kind:
            case "lost":
                file.unlink()
            case "edited":
                file.write_bytes(file.read_bytes() + b"!")
            case "alike":
                when, data = file.stat().st_mtime_ns, file.read_bytes()
                file.write_bytes(bytes(reversed(data)))
                os.utime(file, ns=(when, when))
            case "touched":
                file.touch()
            case "folder" if file.parent != site:
                shutil.rmtree(file.parent)
            case "all":
                shutil.rmtree(site)
            case "own":
                (site / "own.txt").write_text("mine")
            case "manifest":
                (site / ".tagwire-manifest").unlink(missing_ok=True)
            case _:
                return None
        return f"{kind} {file.relative_to(site)}"

    def _memory(self) -> object:
        """The memory is lost, damaged, or of another day."""
        folder, copy = self.root / ".tagwire", self.root / "copy-of-tagwire"
        files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
        if not files:
            return None
        file = self.chance.choice(files)
        kind = self.chance.choice(("all", "one", "cut", "flip", "flip", "save", "older"))
        match kind:
            case "all":
                shutil.rmtree(folder)
            case "one":
                file.unlink()
            case "cut":
                os.truncate(file, self.chance.randrange(file.stat().st_size + 1))
            case "flip":
                self._flip(file)
            case "save":
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(folder, copy)
            case "older" if copy.is_dir():
                shutil.rmtree(folder)
                shutil.copytree(copy, folder)
            case _:
                return None
        return f"{kind} {file.name}"

    def _flip(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        for _ in range(self.chance.choice((1, 1, 10, 200)) if data else 0):
            data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
        file.write_bytes(data)

    def _files(self) -> Iterator[tuple[str, tuple[bytes, int]]]:
        for base, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in {"site", ".tagwire", "copy-of-tagwire", "store"}]
            for name in names:
                file = Path(base, name)
                if not file.is_symlink():
                    yield file.relative_to(self.root).as_posix(), (file.read_bytes(), file.stat().st_mtime_ns)

    def _file(self, path: str, data: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)


def enter(root: Path, arguments: list[str]) -> Run:
    """Runs the program through its door, which is closed again where there is nothing to do."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(["-C", str(root), *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Run(code, out.getvalue(), err.getvalue())


def without_edited(told: str) -> str:
    """The same but for what a hand has edited in the folder of the result, which no clean build can know."""
    return _EDITED.sub("", told)


def stood(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, inode and date of every file below a folder, by path."""
    files = (Path(base, name) for base, _, names in os.walk(folder) for name in names)
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_ino, file.stat().st_mtime_ns)
        for file in files
    }


def faults(editor: Editor, run: Run, before: dict[str, tuple[bytes, int, int]], clean: Path) -> list[object]:
    """What a build did otherwise than one of the same site from nothing, which is made in `clean` for that.

    `before` is what stood in the folder of the result.
    """
    own, after = {"own.txt", MANIFEST}, stood(editor.root / "site")
    again = {path for path in before.keys() & after.keys() if before[path][0] == after[path][0]} - {MANIFEST}
    found: list[object] = [f"written, and the same: {path}" for path in again if before[path] != after[path]]
    found += [file.name for file in (editor.root / ".tagwire").glob("staging-*")]
    if run.code and before != after:
        found.append("a build with errors changed the site")
    shutil.copytree(editor.root, clean, symlinks=True, ignore=_built)
    for file in clean.rglob("*"):
        if file.is_symlink():  # it leads to the original
            aim = file.readlink()
            file.unlink()
            file.symlink_to(clean / aim.relative_to(editor.root))
    anew = enter(clean, [*editor.arguments(), "--jobs", "1"])
    if (run.code, without_edited(run.err)) != (anew.code, anew.err):
        found.append((run, anew))
    elif run.code == 0:
        stays = {line.split(": ")[0].removeprefix("site/") for line in run.err.splitlines() if _STAYS in line}
        other = stood(clean / "site")
        paths = (after.keys() | other.keys()) - own - stays
        found += [f"differs: {path}" for path in paths if after.get(path, b"")[:1] != other.get(path, b"")[:1]]
        for path in stays:
            (editor.root / "site" / path).unlink()
    shutil.rmtree(clean)
    return found


_STAYS = "is no longer built, but was edited by hand"
_built = shutil.ignore_patterns(".tagwire", "site", "copy-of-tagwire")
