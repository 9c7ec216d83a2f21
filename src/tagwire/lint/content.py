"""Rules about what subscribers read: the HTML of entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.lint import links, markup
from tagwire.lint.rules import ATOM_ONLY, FEEDS, RSS_ATOM, rule
from tagwire.lint.texts import spelt_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_PAIRED = re.compile(r"</(?:p|a|div|em|strong|li|h[1-6]|b|i)>")
_RISKS = set(
    "script style iframe object embed applet frame frameset link meta base form input button textarea select title "
    "head body html".split()
) - {"input", "button", "textarea", "select", "form"}
_SAFE_STYLE = re.compile(
    r"\s*(?:(?:background(?:-color)?|border(?:-[\w-]+)?|clear|color|cursor|direction|display|float|font(?:-[\w-]+)?|"
    r"height|letter-spacing|line-height|list-style-type|margin(?:-\w+)?|overflow|padding(?:-\w+)?|text-(?:align|"
    r"decoration|indent)|unicode-bidi|vertical-align|white-space|width)\s*:\s*[^:;(]*(?:;\s*|\Z))*",
    re.IGNORECASE,
)
_LINE_SPANS = re.compile(r"<span[^>]*\bclass=[\"'](?:line|cl)[\"']", re.IGNORECASE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/(?:p|a|div|em|strong|li|h[1-6])&gt;", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[&hellip;\]|&hellip;|&#8230;|Read more|Continue reading)\W*\Z", re.IGNORECASE)


@rule(
    "content-relative-url",
    "warning",
    "W3C ContainsRelRef; NetNewsWire#3662; pelican#812; FreshRSS#4562",
    kinds=FEEDS,
    hint="write whole addresses in href, src, srcset, poster and cite, also for footnotes: https://…/page/#fn1",
)
def relative_url(feed: Feed) -> Iterator[Finding]:
    """A reader has no page that it could begin at: pictures stay empty and footnotes jump nowhere, xml:base or not."""
    for entry, body in feed.bodies():
        for tag in markup.read(body.text).tags:
            for attribute, url in markup.urls(tag):
                if url and links.relative(url):
                    yield body.line, f"{_of(entry)}: <{tag[0]} {attribute}={url[:60]!r}> is relative"


@rule(
    "content-script",
    "warning",
    "W3C SecurityRisk; RFC 4287 section 8.1",
    kinds=FEEDS,
    hint="leave script, style, iframe, object and the like out; a link can stand for a video",
)
def script(feed: Feed) -> Iterator[Finding]:
    """Readers cut these elements out for safety, and some the whole entry: what depends on them is never seen."""
    for entry, body in feed.bodies():
        for name, _ in markup.read(body.text).tags:
            if name in _RISKS:
                yield body.line, f"{_of(entry)}: `<{name}>`"


@rule(
    "content-attribute",
    "warning",
    "W3C SecurityRiskAttr",
    kinds=FEEDS,
    hint="leave out attributes that run script: on…, srcdoc, formaction, javascript: addresses",
)
def attribute(feed: Feed) -> Iterator[Finding]:
    """Such attributes run script, and careful readers refuse them."""
    for entry, body in feed.bodies():
        for tag in markup.read(body.text).tags:
            risky = [name for name in tag[1] if name.startswith("on") or name in {"srcdoc", "formaction"}]
            risky += [name for name, url in markup.urls(tag) if re.match(r"(?:java|vb)script:", url, re.IGNORECASE)]
            for name in risky:
                yield body.line, f"{_of(entry)}: `{name}` of <{tag[0]}>"


@rule(
    "content-style",
    "warning",
    "W3C DangerousStyleAttr",
    kinds=FEEDS,
    hint="leave style attributes out; readers bring their own",
)
def style(feed: Feed) -> Iterator[Finding]:
    """Such a style could cover the reader's own buttons, so it is cut out, and dark themes suffer from the rest."""
    for entry, body in feed.bodies():
        for name, attributes in markup.read(body.text).tags:
            if not _SAFE_STYLE.fullmatch(attributes.get("style", "")):
                yield body.line, f"{_of(entry)}: <{name} style={attributes['style'][:60]!r}>"


@rule(
    "content-html",
    "warning",
    "W3C NotHtml; HTML Living Standard section 13",
    kinds=FEEDS,
    hint="let an HTML library write the content, and cut texts at the end of elements only",
)
def broken_html(feed: Feed) -> Iterator[Finding]:
    """What isn't closed in one entry runs on: in some readers the rest of the page is bold, or a link."""
    for entry, body in feed.bodies():
        if body.form == "html" and (faults := markup.read(body.text).faults):
            yield body.line, f"{_of(entry)}: {faults[0]}"


@rule(
    "content-escaped-twice",
    "warning",
    "RSS 2.0, description; RFC 4287 section 3.1.1.2; W3C NotHtml",
    kinds=FEEDS,
    hint="escape once: the library that writes the file does it",
)
def escaped_twice(feed: Feed) -> Iterator[Finding]:
    """Subscribers read tags instead of a text."""
    for entry, body in feed.bodies():
        if _ESCAPED_TAG.search(body.text) and not markup.read(body.text).tags:
            yield body.line, f"{_of(entry)}: the content begins with `{body.text[:40]}`"


@rule(
    "content-undeclared",
    "warning",
    "RFC 4287 section 3.1.1.1; W3C ContainsUndeclaredHTML; feedgen's default type",
    kinds=ATOM_ONLY,
    hint='write type="html"',
)
def undeclared(feed: Feed) -> Iterator[Finding]:
    """Atom takes this for plain text, so subscribers see all the tags."""
    for entry in feed.entries:
        for bit in (entry.summary, entry.content):
            shown = bit and bit.form == "text" and _PAIRED.search(bit.text)
            if bit and shown and not spelt_out(feed, bit.line):
                yield bit.line, f"{_of(entry)}: `{bit.name}` has markup, and its type is text"


@rule(
    "content-cdata-end",
    "warning",
    "XML 1.0 section 2.7; jekyll-feed's template",
    kinds=FEEDS,
    hint="escape the content, or write ]]]]><![CDATA[> for ]]> in CDATA",
)
def cdata_end(feed: Feed) -> Iterator[Finding]:
    """`]]>` in an article ended the CDATA section too early: what follows is lost, or shown as signs."""
    for entry, body in feed.bodies():
        if re.search(r"<!\[CDATA\[|\]\]>\s*\Z", body.text):
            yield body.line, f"{_of(entry)}: signs of CDATA stand in the text"


@rule(
    "content-image",
    "warning",
    "HTML Living Standard, img; FreshRSS#5925; eleventy-plugin-rss: lazy images",
    kinds=FEEDS,
    hint="write the address of the picture into `src`; no script will do it in a reader",
)
def image(feed: Feed) -> Iterator[Finding]:
    """Scripts that load pictures later don't run in readers: subscribers see an empty box."""
    for entry, body in feed.bodies():
        for name, attributes in markup.read(body.text).tags:
            later = any(key in attributes for key in ("data-src", "data-lazy-src", "data-original", "data-srcset"))
            if name == "img" and (not attributes.get("src") or (later and attributes["src"].startswith("data:"))):
                yield body.line, f"{_of(entry)}: an <img> has no address that a reader could load"


@rule(
    "content-alt",
    "warning",
    "WCAG 2.2 SC 1.1.1; Ghost's feed: alt is the title",
    kinds=FEEDS,
    hint="keep the alt texts that the author wrote",
)
def alt(feed: Feed) -> Iterator[Finding]:
    """Blind subscribers hear the title of the entry at every picture, or nothing."""
    for entry, body in feed.bodies():
        images = [attributes for name, attributes in markup.read(body.text).tags if name == "img"]
        title = entry.title.text if entry.title else ""
        if any("alt" not in attributes for attributes in images):
            yield body.line, f"{_of(entry)}: an <img> has no `alt`"
        elif len(images) > 1 and title and all(attributes["alt"] == title for attributes in images):
            yield body.line, f"{_of(entry)}: every `alt` is the entry's title"


@rule(
    "content-code",
    "warning",
    "starlight-blog#183; hexo-generator-feed: newlines stripped",
    kinds=FEEDS,
    hint="write code as plain text in <pre><code>, with its line ends and without numbers",
)
def code(feed: Feed) -> Iterator[Finding]:
    """Without styles all lines of code run into one, or their numbers stand within it."""
    for entry, body in feed.bodies():
        for block in (part.partition("</pre>")[0] for part in _PRE.split(body.text)[1:]):
            spans = len(_LINE_SPANS.findall(block))
            if (spans > 1 and "\n" not in block.strip() and "<br" not in block) or re.search(
                r"class=[\"'](?:linenos?|ln|line-numbers?|gutter)\b", block
            ):
                yield body.line, f"{_of(entry)}: a block of code needs styles to be read"


@rule(
    "content-page-parts",
    "warning",
    "pelican-katex#11; eleventy-plugin-rss#43",
    kinds=FEEDS,
    hint="make the feed's HTML from the source, not from the finished page",
)
def page_parts(feed: Feed) -> Iterator[Finding]:
    """Formulas appear twice and headings end in # or ¶, because readers have no styles that hide such parts."""
    signs = {
        "katex-html": "a formula twice",
        "headerlink": "a heading's own link",
        "heading-anchor": "a heading's own link",
    }
    for entry, body in feed.bodies():
        classes = {name for _, found in markup.read(body.text).tags for name in found.get("class", "").split()}
        for sign in sorted(classes & signs.keys()):
            yield body.line, f"{_of(entry)}: {signs[sign]} (class `{sign}`)"


@rule(
    "content-summary-only",
    "warning",
    "hugo#4071; withastro blog starter; reader lore",
    kinds=RSS_ATOM,
    hint="put the whole article into content:encoded or content",
)
def summary_only(feed: Feed) -> Iterator[Finding]:
    """Subscribers read offline, and in their own letters; with summaries alone they must leave the reader."""
    bodies = [entry.content or (entry.summary if feed.kind == "rss" else None) for entry in feed.entries]
    if len(bodies) > 1 and all(body is None or not body.text or _CUT.search(body.text[-80:]) for body in bodies):
        yield 0, f"none of the {len(bodies)} entries has its text"


def _of(entry: object) -> str:
    title = getattr(getattr(entry, "title", None), "text", "")
    return f"“{title[:40]}”" if title else "an entry"
