"""comrak: CommonMark as GitHub writes it, some fifty times as fast as Python-Markdown. Extra `fast`.

Its HTML is brought into the shape that the default engine gives (heading ids, alignment by class, footnotes), so that
themes, feed readers and the rest of the house see one dialect of HTML.
"""

from __future__ import annotations

import functools
import html as entities
import re
from typing import TYPE_CHECKING

import comrak

from tagwire.prose import anchors, formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(
    r"<(?P<name>pre|code|h[1-6])(?P<plain>>)?"
    r'|<(?P<cell>t[dh]) align="(?P<align>left|center|right)"'
    r'|<input type="checkbox" (?P<done>checked="" )?disabled="" />'
)
"""Where something is rewritten, or, with code, stepped over."""
_ATTACHED = re.compile(
    r"(?P<image><img\b[^>]*?) ?/?>(?P<images>\{:?[^{}\n]+\})"
    r"|<a\b(?P<link>[^>]*)>(?P<words>[^<]*)</a>(?P<links>\{:?[^{}\n]+\})"
)
"""An image or a link with a list of attributes right behind it."""
_LAST_LINE = re.compile(r"\n[ ]*(\{:?[^{}\n]+\})</p>")
"""A paragraph's end, where its last line is a list of attributes."""
_ATTRIBUTES = re.compile(r"[ \t]+(\{:?[^{}\n]+\})[ \t]*\Z")
_ATTRIBUTE = re.compile(
    r"""\s*(?:#(?P<id>[^\s.#={}"'<>]+)|\.(?P<class>[^\s.#={}"'<>]+)|(?P<key>[A-Za-z][\w-]*)=(?P<value>&quot;.*?&quot;|[^\s{}"'<>]+))\s*"""
)
_BRACED = re.compile(r'(<pre><code class="language-)\{\.?([\w+#-]+)\}?"')
"""The language of code whose fence has a list of attributes: comrak takes its first word as it stands."""
_TAG = re.compile(r"<[^>]*>")
_NOTE = re.compile(r'<sup class="footnote-ref"><a href="#fn-([^"]*)" id="fnref-([^"]*)" data-footnote-ref>')
_BACK = re.compile(
    r'(?:&nbsp;| )<a href="#fnref-([^"]*)" class="footnote-backref" data-footnote-backref data-footnote-backref-idx='
    r'"(\d+)[-\d]*" aria-label="[^"]*">↩(?:<sup class="footnote-ref">\d+</sup>)?</a>'
)
_FORMULA = re.compile(r'<span data-math-style="(inline|display)">([^<]*)</span>')
_REFERENCE = re.compile(r"\[(?!\^)[^\[\]]{1,999}\]:\s")
_ROOM = " " * 100_000 + "\n"
"""comrak leaves a reference as text as soon as the addresses that were put in for references are longer than the whole
text, so that no small text becomes a large page. cmark, its model, allows 100,000 bytes whatever the text's size."""
_DEFINED = ("\n: ", "\n:\t", "\n : ", "\n  : ", "\n   : ")
"""Before a definition. Right below its term comrak writes it without paragraphs, and of two of them glues the words."""
_VERBATIM = ("<pre", "<script", "<style", "<textarea", "<!--")
_FENCES = ("```", "~~~")
NOTES = '<section class="footnotes" data-footnotes>\n'


def written(text: str, *, math: bool = False) -> str:
    """What comrak makes of a text in GitHub's dialect, its formulas (with `math`) marked. Raw HTML passes through."""
    has_notes = "^" in text and "[^" in text
    if "]:" in text and _REFERENCE.search(text):
        text = _ROOM + text
    is_bare = "@" in text or "www." in text or _has_bare(text, _LINKED)
    raw = comrak.render_markdown(text, *dialect(math, is_bare, has_notes))
    if not is_bare and _has_bare(raw, _QUOTED):  # what looked like a link is none
        is_bare, raw = True, comrak.render_markdown(text, *dialect(math, True, has_notes))
    if "<dd>" in raw and (other := _set_off(text)) != text:
        raw = comrak.render_markdown(other, *dialect(math, is_bare, has_notes))
    if math:
        raw = _FORMULA.sub(lambda found: formulas.marked(found[2], display=found[1] == "display"), raw)
    return raw


_LINKED, _QUOTED = ("](http", "](https"), ('="http', '="https')
"""What stands before the colon of an address in a link of Markdown, and in HTML, whose texts have no such quotes."""


def _has_bare(text: str, before: tuple[str, ...]) -> bool:
    """Whether an address stands elsewhere. One colon after the other is found sooner than all three signs."""
    at = text.find(":")
    while at >= 0:
        if text.startswith("//", at + 1) and not text.endswith(before, 0, at):
            return True
        at = text.find(":", at + 1)
    return False


def _set_off(text: str) -> str:
    """`text` with an empty line between a term and its definition, if this has several paragraphs: see `_DEFINED`."""
    if any(tag in text for tag in _VERBATIM):
        return text
    lines = text.split("\n")
    tight = {at for at in _in_paragraphs(lines) if at and lines[at - 1].strip()}
    return "\n".join(f"\n{line}" if at in tight else line for at, line in enumerate(lines)) if tight else text


def _in_paragraphs(lines: list[str]) -> Iterator[int]:
    """The line at which the definitions of a term begin, of each that has something indented behind an empty line."""
    begin, is_behind, fence = -1, False, ""
    for at, line in enumerate(lines):
        bare = line.strip()
        if fence or bare.startswith(_FENCES):
            fence = "" if fence and bare.startswith(fence) else fence or bare[:3]
        elif not bare:
            is_behind = True
        elif f"\n{line}".startswith(_DEFINED):
            begin, is_behind = at if begin < 0 else begin, False
        elif begin >= 0 and is_behind:
            if line.startswith(("  ", "\t")):
                yield begin
            else:
                begin = -1


def plain(text: str) -> str:
    """HTML of a text in CommonMark 0.31 and nothing else: what the specification's own cases ask for."""
    return comrak.render_markdown(text, *_bare())


@functools.lru_cache(maxsize=8)
def dialect(
    math: bool, has_addresses: bool, has_notes: bool
) -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    """GitHub's. Looking for bare addresses and for footnotes takes half of comrak's time, where there are none too.

    Most texts have addresses in links only, where nobody has to look for them.
    """
    extensions, parsing, rendering = _bare()
    for name in ("table", "strikethrough", "tasklist", "description_lists", "alerts"):
        setattr(extensions, name, True)
    extensions.autolink, extensions.footnotes, extensions.math_dollars = has_addresses, has_notes, math
    return extensions, parsing, rendering


def _bare() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    return comrak.ExtensionOptions(), comrak.ParseOptions(), rendering


def in_our_shape(html: str) -> str:
    """What `written` gives as the default engine would have written it."""
    if "{" in html:
        html = "".join(_paragraphs(_ATTACHED.sub(_attached, _BRACED.sub(r'\1\2"', html))))
    taken = anchors.Taken(anchors.in_html(html))
    shaped = "".join(_pieces(html, taken))
    return footnotes(shaped) if NOTES in shaped else shaped


def _pieces(html: str, taken: anchors.Taken) -> Iterator[str]:
    """`html`, piece by piece. Raw HTML may leave its elements open: their end is looked for once."""
    done = 0
    endless: set[str] = set()
    for found in _OPENING.finditer(html):
        if found.start() < done:
            continue
        name = found["name"]
        if not name:
            yield html[done : found.start()] + _small(found)
            done = found.end()
        elif name not in endless:
            end = html.find(f"</{name}>", found.end())
            if end < 0:
                endless.add(name)
                continue
            if found["plain"] and name not in {"pre", "code"}:
                yield html[done : found.start()] + _heading(name, html[found.end() : end], taken)
                done = end + 5
            elif name in {"pre", "code"}:
                yield html[done:end]
                done = end
    yield html[done:]


def _small(found: re.Match[str]) -> str:
    if found["cell"]:
        return f'<{found["cell"]} class="align-{found["align"]}"'
    return "☑" if found["done"] else "☐"  # readers show no form: a character is seen everywhere


def _attached(found: re.Match[str]) -> str:
    given = _attributes(found["images"] or found["links"])
    if given is None:
        return found[0]
    if found["images"]:
        return f"{found['image']}{given}>"
    return f"<a{found['link']}{given}>{found['words']}</a>"


def _paragraphs(html: str) -> Iterator[str]:
    """`html` with the attributes of paragraphs at their beginning."""
    done = 0
    for found in _LAST_LINE.finditer(html):
        start = html.rfind("<p>", done, found.start())
        given = _attributes(found[1])
        if start >= 0 and given is not None:
            yield f"{html[done:start]}<p{given}>{html[start + 3 : found.start()]}"
            done = found.end() - len("</p>")
    yield html[done:]


def _heading(level: str, inner: str, taken: anchors.Taken) -> str:
    found = _ATTRIBUTES.search(inner)
    given = _attributes(found[1]) if found else None
    if found and given is not None:
        inner = inner[: found.start()]
    given = given or ""
    if ' id="' in given:
        return f"<{level}{given}>{inner}</{level}>"
    name = taken.unique(anchors.wanted(entities.unescape(_TAG.sub("", inner))))
    return f'<{level}{given} id="{name}">{inner}</{level}>'


def _attributes(text: str) -> str | None:
    """HTML attributes of a list such as `{#id .class width=300}` (Kramdown, PHP Markdown Extra); None: it is text."""
    inner = text[1:-1].removeprefix(":")
    ids: list[str] = []
    classes: list[str] = []
    others: list[str] = []
    at = 0
    while at < len(inner):
        found = _ATTRIBUTE.match(inner, at)
        if not found:
            return None
        at = found.end()
        if found["id"]:
            ids = [found["id"]]
        elif found["class"]:
            classes.append(found["class"])
        else:
            others.append(f' {found["key"]}="{found["value"].removeprefix("&quot;").removesuffix("&quot;")}"')
    named = f' id="{ids[0]}"' if ids else ""
    styled = f' class="{" ".join(classes)}"' if classes else ""
    return f"{named}{styled}{''.join(others)}"


def footnotes(html: str) -> str:
    """As Python-Markdown writes them: `prose` and themes know one shape."""
    before, _, notes = html.rpartition(NOTES)
    body = _NOTE.sub(r'<sup id="fnref:\2"><a class="footnote-ref" href="#fn:\1">', f"{before}\x00{notes}")
    before, _, notes = body.partition("\x00")
    notes = _BACK.sub(_back, notes).replace('<li id="fn-', '<li id="fn:')
    listed, _, rest = notes.rpartition("</section>")
    return f'{before}<div class="footnote">\n<hr>\n{listed}</div>{rest}'


def _back(link: re.Match[str]) -> str:
    title = f"Jump back to footnote {link[2]} in the text"
    return f'&#160;<a class="footnote-backref" href="#fnref:{link[1]}" title="{title}">&#8617;</a>'
