"""Files that travel with a stranger's article: on the owner's site none of them is a page, a program or a script."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

import seeds
from documents import OFFICE, docx, epub, odt, packed, para
from tagwire import intake
from tagwire.intake import attachments, drawings
from tagwire.intake.bundle import Held
from tagwire.intake.found import Converted
from tagwire.problems import Problem
from test_documents import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
_RUNS = {
    "script": "<script>JS</script>",
    "script of HTML": "<h:script>JS</h:script>",
    "HTML inside": "<foreignObject><h:iframe src='javascript:JS'/></foreignObject>",
    "handler": "<g onload='JS'/>",
    "handler in capitals": "<g ONLOAD='JS'/>",
    "link": "<a href='javascript:JS'><text>x</text></a>",
    "link of old": "<a xlink:href=' java&#10;script:JS'><text>x</text></a>",
    "use": "<use href='data:image/svg+xml,JS'/>",
    "picture that is a drawing": "<image href='data:image/svg+xml;base64,JS'/>",
    "set": "<a><set attributeName='href' to='javascript:JS'/></a>",
    "animate": "<a><animate attributeName='xlink:href' values='javascript:JS'/></a>",
    "handler that is set": "<g><set attributeName='onclick' to='JS'/></g>",
    "handler element": "<handler type='application/ecmascript'>JS</handler>",
    "frame": "<h:iframe srcdoc='JS'/>",
    "instruction inside": "<g><?xml-stylesheet href='JS'?></g>",
    "base": "<g xml:base='javascript:JS'/>",
}


@pytest.mark.parametrize("runs", _RUNS.values(), ids=_RUNS)
def test_a_drawing_holds_nothing_that_runs(runs: str) -> None:
    """Opened by its own address it would be a page of the owner's site; what it draws stays."""
    data = drawings.still(f"<svg {_IN}><rect width='8'/>{runs}tail<path d='M0 0'/></svg>".encode())
    assert b"JS" not in data
    assert b'<rect width="8"/>' in data
    assert b"<path d=" in data


@pytest.mark.parametrize(
    "text",
    [
        f"<svg {_IN}><script>JS</script><g",  # browsers run what stands before the fault
        f"<html {_IN.replace('xmlns=', 'xmlns:s=')} xmlns='http://www.w3.org/1999/xhtml'><script>JS</script></html>",
        "<!DOCTYPE svg [<!ENTITY a '<script>JS</script>'>]><svg>&a;</svg>",
        f"<?xml-stylesheet type='text/xsl' href='JS'?><svg {_IN}/>",
        f"<svg {_IN}/><?xml-stylesheet type='text/xsl' href='JS'?>",
        "JS",
        "",
    ],
)
def test_a_drawing_that_is_none_is_empty(text: str) -> None:
    """Torn, in another language, with a document type, or a program around it."""
    assert b"JS" not in drawings.still(text.encode())
    assert drawings.still(text.encode()).startswith(b"<svg")


def test_a_drawing_that_only_draws_stays_as_it_is() -> None:
    """To the byte, with its comments, styles, links and animations."""
    kept = f"""<?xml version="1.0" encoding="UTF-8"?>
    <!-- made by hand --><svg {_IN} viewBox="0 0 1 1"><style>rect {{ fill: red }}</style><!-- a -->
    <a href="https://x.example/"><use xlink:href="#r"/></a><image href="data:image/png;base64,iVBORw0KGgo="/>
    <rect id="r" width="1"><animate attributeName="width" values="0;1" dur="1s"/></rect></svg>""".encode()
    assert drawings.still(kept) == kept


@pytest.mark.parametrize(
    "name", ["a.html", "a.HTM", "a.xhtml", "a.php", "a.php5", "a.js", "a.xml", "a.svgz", "a.shtml", "a.swf"]
)
def test_no_file_that_travels_along_is_a_page_or_a_program(name: str) -> None:
    """Whatever a stranger calls a picture."""
    assert attachments.name(name) == "a.bin"


@pytest.mark.parametrize("name", [".htaccess", "a/.user.ini", "..", "a.", "CON"])
def test_no_file_that_travels_along_is_hidden(name: str) -> None:
    """Some servers take orders from such files."""
    assert not attachments.name(name).startswith(".")


_DRAWING = f"<svg {_IN}><script>JS</script></svg>".encode()
_HEADS = f"<title>A</title><article><h1>A</h1><p>{seeds.PROSE}</p>"
_POST = f"---\ntitle: A\ndate: 2024-01-01\n---\n{seeds.PROSE}\n\n"
_SHOWS = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def _sources(ending: str, kind: str) -> Iterator[tuple[str, bytes]]:
    """Each with a script in what it calls a picture."""
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="{ending}"'
    parts: dict[str, str | bytes] = {
        f"word/media/a.{ending}": _DRAWING,
        "[Content_Types].xml": f'{types} ContentType="image/{kind}"/></Types>',
    }
    shown = f'<Relationship Id="p" Type="{OFFICE}/image" Target="media/a.{ending}"/>'
    yield "a.docx", docx(para("A", "Title") + para(seeds.PROSE) + para(_SHOWS), parts=parts, relations=shown)
    frame = f'<draw:frame><draw:image xlink:href="Pictures/a.{ending}"/></draw:frame>'
    yield "a.odt", odt(f"<text:p>{seeds.PROSE}{frame}</text:p>", parts={f"Pictures/a.{ending}": _DRAWING})
    chapter = f'<h1>One</h1><p>{seeds.PROSE}</p><img src="../a.{ending}" alt="a"/>'
    yield "a.epub", epub({"one": chapter}, files={f"a.{ending}": _DRAWING})
    page = f'{_HEADS}<p><a href="b.{ending}">b</a><img src="b.{ending}" alt="x"></p></article>'
    yield "a.zip", packed({"a.html": page, "c.html": page, f"b.{ending}": _DRAWING})
    post = f"{_POST}![x](b.{ending}) [y](b.{ending})\n"
    yield "a.zip", packed({"_posts/2024-01-01-a.md": post, f"_posts/b.{ending}": _DRAWING})
    address = f"data:image/{kind};base64,{base64.b64encode(_DRAWING).decode()}"
    yield "a.html", f"{_HEADS}<img src='{address}' alt=x></article>".encode()


@pytest.mark.parametrize(
    ("ending", "kind"), [("html", "html"), ("svg", "svg+xml"), ("php", "php"), ("xhtml", "xhtml+xml")]
)
def test_no_source_brings_a_file_that_runs(ending: str, kind: str) -> None:
    """Documents, books, archives, exports and pages, with a page or a drawing for a picture."""
    brought = []
    for name, data in _sources(ending, kind):
        for item in intake.items(Held(name, data), f"sources/{name}", ASKED):
            assert not isinstance(item, Problem)
            made = intake.finish(item, f"sources/{name}", ASKED)
            if not isinstance(made, Converted):
                continue  # a drawing alone is no article
            for file in made.attachments:
                brought.append(name)
                assert file.name.endswith((".svg", ".bin")), (name, file.name)
                assert file.name.endswith(".bin") or b"JS" not in file.data, (name, file)
    assert {*brought} >= {"a.docx", "a.odt", "a.epub", "a.zip"}
