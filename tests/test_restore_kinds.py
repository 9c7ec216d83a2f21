"""What was cut comes back from every kind of source: pages, texts, documents, mails, items of exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from documents import docx, odt, packed, para
from test_export_wordpress import HEAD, TAIL, post
from test_web import serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

LEAD = "The council of Harlow voted on Monday to empty the dam, which has leaked since the floods of the spring."
MORE = "Engineers will look at the wall for two months, and the town will take its water from the northern lake."
LAST = "“Nobody will go thirsty,” the mayor said on the steps of the hall, and went home to his supper by the lake."
APPEAL = "Please support our journalism and donate today."
PROSE = (LEAD, MORE, LAST)
HTML = "".join(f"<p>{text}</p>\n" for text in (*PROSE, APPEAL))
TEXT = "Harlow dam to be emptied\n\n" + "\n\n".join((*PROSE, APPEAL)) + "\n"
PAGE = f"<!doctype html><html lang=en><title>Harlow dam to be emptied</title><body><article>{HTML}</article></html>"
MAIL = (
    "From: Ada Quill <ada@valley.example>\nTo: desk@valley.example\nSubject: Harlow dam to be emptied\n"
    "Date: Wed, 04 Mar 2026 10:00:00 +0000\nMessage-ID: <1@valley.example>\nMIME-Version: 1.0\n"
    f"Content-Type: text/html; charset=utf-8\n\n{HTML}"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Valley</title><link>https://valley.example/</link><item><title>Harlow dam to be emptied</title>"
    "<link>https://valley.example/dam/</link><guid>https://valley.example/dam/</guid>"
    f"<content:encoded><![CDATA[{HTML}]]></content:encoded></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><id>tag:blogger.com,1999:blog-1</id>'
    '<entry><id>tag:blogger.com,1999:blog-1.post-2</id><category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#settings"/><title>x</title></entry>'
    '<entry><id>tag:blogger.com,1999:blog-1.post-3</id><category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#post"/><title>Harlow dam to be emptied</title>'
    "<published>2026-03-04T10:00:00Z</published>"
    f'<content type="html">{HTML.replace("<", "&lt;").replace(">", "&gt;")}</content></entry></feed>'
)
GHOST = {
    "db": [
        {
            "data": {
                "posts": [
                    {"id": number * 24, "title": title, "slug": title.lower(), "html": html, "status": "published"}
                    | {"lexical": "", "feature_image": "", "published_at": "2026-03-04T10:00:00.000Z"}
                    for number, title, html in (("1", "Other", "<p>Text of another.</p>"), ("2", "Dam", HTML))
                ]
            }
        }
    ]
}
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "V",
    "items": [{"id": "a", "title": "Harlow dam to be emptied", "content_html": HTML}],
}
SUBSTACK = {
    "posts.csv": "post_id,post_date,is_published,type,audience,title\n"
    "1.dam,2026-03-04T10:00:00.000Z,true,newsletter,everyone,Harlow dam to be emptied\n",
    "posts/1.dam.html": HTML,
}
BEEHIIV = (
    "id,web_title,url,status,content_html\n"
    f'1,Harlow dam to be emptied,https://valley.example/p/dam,confirmed,"{HTML.replace(chr(34), chr(34) * 2)}"\n'
)
MEDIUM = (
    '<!doctype html><html><body><article class="h-entry"><header><h1 class="p-name">Harlow dam to be emptied</h1>'
    f'</header><section data-field="body" class="e-content"><h3>Head</h3>{HTML}</section><footer>'
    '<a href="https://medium.com/@ada/dam-0123456789ab" class="p-canonical">x</a>'
    '<time class="dt-published" datetime="2026-03-04T10:00:00.000Z">x</time>'
    'Exported from <a href="https://medium.com">Medium</a></footer></article></body></html>'
)

SOURCES: dict[str, str | bytes] = {
    "dam.html": PAGE,
    "dam.txt": TEXT,
    "dam.docx": docx("".join(map(para, ("Harlow dam to be emptied", *PROSE, APPEAL)))),
    "dam.odt": odt("".join(f"<text:p>{text}</text:p>" for text in ("Harlow dam to be emptied", *PROSE, APPEAL))),
    "dam.eml": MAIL,
    "dam.mbox": f"From ada@valley.example Wed Mar  4 10:00:00 2026\n{MAIL}\n"
    f"From ada@valley.example Wed Mar  4 11:00:00 2026\n{MAIL.replace('<1@', '<2@').replace('Harlow', 'Skarv')}\n",
    "texts.zip": packed({"a/dam.txt": TEXT, "a/other.txt": "Another text\n\nIt says little.\n"}),
    "wordpress.xml": HEAD + post(1, "Other", "Text of another.") + post(2, "Dam", HTML, name="dam") + TAIL,
    "classic.xml": HEAD + post(2, "Dam", "\n\n".join((*PROSE, APPEAL)), name="dam") + TAIL,
    "feed.xml": RSS,
    "blogger.xml": ATOM,
    "ghost.json": json.dumps(GHOST),
    "feed.json": json.dumps(JSON_FEED),
    "substack.zip": packed(SUBSTACK),
    "posts.csv": BEEHIIV,
    "medium.html": MEDIUM,
}


@pytest.mark.parametrize("name", SOURCES)
def test_an_appeal_is_cut_and_comes_back(name: str, site: Callable[[str], Site]) -> None:
    """The record goes as the passage comes; what was edited meanwhile stays; the source was never touched."""
    made = site("")
    file = made.root.parent / name
    data = SOURCES[name]
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    assert made.run("add", str(file)).code == 0
    found = [path for path in (made.root / "content/articles").glob("*.md") if LEAD in path.read_text("utf-8")]
    path = found[0]
    text = path.read_text(encoding="utf-8")
    assert APPEAL not in text
    assert "rule: donation-appeal" in text
    path.write_text(text.replace("two months", "three months"), encoding="utf-8")
    run = made.run("add", "--restore", str(path))
    assert (run.code, run.err) == (0, "")
    after = path.read_text(encoding="utf-8")
    assert "donation-appeal" not in after
    blocks = after.split("\n---\n", 1)[1].strip("\n").split("\n\n")
    assert blocks[-4:] == [LEAD, MORE.replace("two", "three"), LAST, APPEAL]
    assert "nothing-cut" in made.run("add", "--restore", str(path)).err


def test_a_newer_export_is_not_the_source_any_more(site: Callable[[str], Site]) -> None:
    """What was cut can come back of the very item only that it was cut from."""
    made = site("")
    file = made.root.parent / "valley.xml"
    path = made.root / "content/articles/dam.md"
    for text in (HTML, HTML.replace("two months", "a year")):
        file.write_text(HEAD + post(2, "Dam", text, name="dam") + TAIL, encoding="utf-8")
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8").replace("mayor", "head"), encoding="utf-8")
        made.run("add", str(file))
    run = made.run("add", "--restore", str(path))
    assert (run.code, "error[source-missing]" in run.err) == (1, True)


def test_pictures_of_a_passage_come_back_too(site: Callable[[str], Site]) -> None:
    """And the ones that stayed keep their names."""
    made = site("")
    box = '<div class="sharedaddy"><img src="b.png" alt="B">Share it</div>'
    export = HEAD + post(2, "Dam", f'<p>{LEAD}</p><p><img src="a.png" alt="A"></p>{box}', name="dam") + TAIL
    file = made.root.parent / "valley.zip"
    file.write_bytes(packed({"valley.xml": export, "up/a.png": b"a", "up/b.png": b"b"}))
    made.run("add", str(file))
    path = made.root / "content/articles/dam.md"
    assert [each.name for each in path.with_suffix("").iterdir()] == ["a.png"]
    assert made.run("add", "--restore", str(path)).code == 0
    assert "![B](dam/b.png)Share it" in path.read_text(encoding="utf-8").replace("\n", "")
    assert (path.with_suffix("") / "b.png").read_bytes() == b"b"


def test_a_standing_page_may_ask_for_money(site: Callable[[str], Site]) -> None:
    """Its appeal is what it is for; `--keep-all` keeps those of articles."""
    made = site("")
    file = made.root.parent / "valley.xml"
    items = [post(1, "Support us", HTML, kind="page", name="support"), post(2, "Dam", HTML, name="dam")]
    file.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
    run = made.run("add", str(file))
    assert "  cut a passage (donation-appeal)" in run.out
    assert APPEAL in made.read("content/pages/support.md")
    assert APPEAL not in made.read("content/articles/dam.md")
    assert APPEAL in made.run("add", str(file), "--stdout", "--keep-all").out.split("title: Dam")[1]


def test_a_converted_page_beside_the_export_is_restored_too(site: Callable[[str], Site]) -> None:
    """Outside of a site standing pages lie in a folder of their own."""
    made = site("")
    box = '<div class="sharedaddy">Share it with all</div>'
    file = made.root.parent / "valley.xml"
    file.write_text(HEAD + post(1, "About", f"<p>{LEAD}</p>{box}", kind="page", name="about") + TAIL, encoding="utf-8")
    out = made.root.parent / "out"
    made.run("add", str(file), "--out", str(out))
    file.unlink()
    assert made.run("add", "--restore", str(out / "pages/about.md")).code == 0
    assert "Share it with all" in (out / "pages/about.md").read_text(encoding="utf-8")


def test_a_page_of_the_web_is_restored_without_asking_again(site: Callable[[str], Site]) -> None:
    """The source that was kept suffices: the server is gone by then."""
    made = site("")
    with serving(lambda path, _: (404 if "robots" in path else 200, {"Content-Type": "text/html"}, PAGE.encode())) as (
        url,
        _,
    ):
        run = made.run("add", f"{url}dam", "--allow-private", url.split("/")[2])
        assert run.code == 0, run.err
    path = next((made.root / "content/articles").glob("*.md"))
    assert APPEAL not in path.read_text(encoding="utf-8")
    assert made.run("add", "--restore", str(path)).code == 0
    assert path.read_text(encoding="utf-8").rstrip().endswith(APPEAL)
