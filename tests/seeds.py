"""Small valid documents, exports, mails and archives, which fuzzing starts from. Our own inventions."""

# ruff: noqa: E501 - a seed is a text, broken where it means something

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from documents import docx, epub, odt, para, pdf, png, warc
from test_export_formats import ATOM, BLOGGER, GHOST, JSON_FEED, RSS, STORY, SUBSTACK
from test_export_wordpress import BLOCKS, HEAD, NOTES, TAIL, picture, post

if TYPE_CHECKING:
    from collections.abc import Mapping

PROSE = "The harbour of Velmar was closed on Monday after a cable had been found across its mouth, it said. " * 3

# ------------------------------------------------------------------ texts

MAIL = (
    "From: Ada Quill <ada@letters.example>\r\nTo: you@letters.example\r\nMIME-Version: 1.0\r\nSubject: "
    "=?utf-8?B?RGllIEbDpGhyZQ==?=\r\nDate: Tue, 3 Mar 2026 09:00:00 +0300\r\nMessage-ID: <1@letters.example>\r\n"
)
LETTER = (
    f'{MAIL}Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; '
    f'boundary="c"\r\n\r\n--c\r\nContent-Type: text/plain; format=flowed; charset=iso-8859-1\r\n\r\n{PROSE}\r\n'
    "--c\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    f"<h1>Notes</h1><p>{PROSE}</p><img src=3D'cid:f@x'><p>Unsubscribe</p>\r\n--c--\r\n--b\r\nContent-Type: image/png;"
    " name*=utf-8''f%C3%A9.png\r\nContent-ID: <f@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    f"{base64.b64encode(png()).decode()}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@x.example\r\n"
    f"Subject: Inner\r\n\r\n{PROSE}\r\n--b--\r\n"
)
FORWARDED = (
    f"{MAIL}\r\nFor you.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ben Hale <ben@skarv.example>\r\n"
    f"Date: Tue, Mar 3, 2026 at 9:00 AM\r\nSubject: Notes\r\nTo: ada@letters.example\r\n\r\n{PROSE}\r\n"
)
MAILBOX = "".join(
    f"From ada@x.example Tue Mar  {day} 09:00:00 2026\n{mail}\n\n" for day, mail in enumerate((LETTER, FORWARDED), 3)
).replace("\r", "")
SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://skarv.example/news/ferry\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://skarv.example/news/ferry\r\n\r\n"
    f"<html><body><article><h1>Ferry</h1><p>{PROSE}<p>{PROSE}<img src=3D'ferry.png'></article></body></html>\r\n--b\r\n"
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://skarv.example/news/"
    f"ferry.png\r\n\r\n{base64.b64encode(png()).decode()}\r\n--b--\r\n"
)
RICH = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}}{\stylesheet{\s1 heading 1;}}"
    r"{\info{\title A title}{\author Ada Quill}{\creatim\yr2026\mo3\dy3}}\pard\s1\b Head\b0\par\pard "
    + PROSE
    + r"\'e9 \u8364? {\i slanted}\line{\field{\*\fldinst HYPERLINK \"https://x.example/\"}{\fldrslt link}}\par"
    r"{\listtext\bullet}\ls1 One\par\trowd\cellx100\cellx200 a\cell b\cell\row{\footnote note}{\pict\pngblip 89504e47}"
    r"\bin4 abcd\par}"
)
WORDPRESS = (
    HEAD
    + post(1, "The dam", BLOCKS, NOTES)
    + post(2, "Classic", f'{PROSE}\n\n[caption id="x"]<img src="a.jpg">C[/caption]\n\n[gallery ids="3"]')
    + picture(3, "https://valley.example/a.jpg", 1, "C")
    + TAIL
)
GENERATED = (
    '---\nlayout: post\ntitle: "A"\ndate: 2024-03-01 10:00\ncategories: [a]\n---\n{% include x.html %} *b* {{< map >}}\n\n'
    f"{PROSE}\n\n![p](/assets/a.png)\n\n{{% highlight ruby %}}\nx\n{{% endhighlight %}}\n"
)
TABLE = (
    "id,web_title,status,audience,content_tags,url,web_subtitle,content_html,thumbnail_url,created_at\n"
    'ab-1,"Dam",confirmed,free,Water; Dams,https://valley.example/p/dam,S,"<p>It is, at ""last"", empty.</p>",,'
    "2024-03-01 08:30:00\n"
)
TEXTS: dict[str, str] = {
    "mail": LETTER,
    "forwarded": FORWARDED,
    "mailbox": MAILBOX,
    "mhtml": SAVED,
    "rtf": RICH,
    "wordpress": WORDPRESS,
    "rss": RSS,
    "atom": ATOM,
    "blogger": BLOGGER,
    "beehiiv": TABLE,
    "markdown": GENERATED,
}
"""Formats that are text, by name."""

BINARIES: dict[str, bytes] = {
    "pdf": pdf([PROSE, "Second line"], ["Next page"], info="/Title(A)/Author(B)/CreationDate(D:20260303090000)"),
    "warc": warc(
        ("https://x.example/a", "text/html", f"<h1>A</h1><p>{PROSE}<p>{PROSE}<img src=b.png>".encode()),
        ("https://x.example/b.png", "image/png", png()),
    ),
}
"""Formats that are bytes."""

TREES: dict[str, object] = {"ghost": GHOST, "json feed": JSON_FEED}
"""Formats that are JSON."""

_RUNS = (
    "<w:hyperlink w:anchor='x' r:id='l'><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r></w:hyperlink>"
    "<w:ins w:author='x'><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>"
    "<w:r><w:footnoteReference w:id='2'/></w:r><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
)
_CELL = "<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>{}</w:tc>"
_WORD = (
    para("Title", "Title")
    + para(PROSE)
    + para("Head", "Heading1")
    + para(_RUNS)
    + para("item", more="<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>")
    + f"<w:tbl><w:tr>{_CELL.format(para('a'))}{_CELL.format(para('b'))}</w:tr></w:tbl>"
)
_NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
    f"{para('note')}</w:footnote></w:footnotes>"
)
_LINK = (
    '<Relationship Id="l" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
    'Target="https://x.example/" TargetMode="External"/>'
)
_TEXT = (
    '<text:h text:outline-level="1">Head</text:h><text:p text:style-name="P1">'
    f'{PROSE}<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p>'
    '</text:note-body></text:note><text:a xlink:href="https://x.example/">l</text:a></text:p><text:list><text:list-item>'
    "<text:p>i</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell "
    'table:number-columns-repeated="2" table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell>'
    '</table:table-row></table:table><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
)
_CHAPTER = (
    f'<h1>One</h1><p>{PROSE}<a epub:type="noteref" href="two.xhtml#n">1</a></p><img src="../a.png" alt="a"/>'
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="../a.png"/></svg>'
)
ARCHIVES: dict[str, Mapping[str, str | bytes] | bytes] = {
    "docx": docx(
        _WORD,
        core="<dc:title>T</dc:title><dc:creator>A</dc:creator><dcterms:created>2026-03-03T09:00:00Z</dcterms:created>",
        parts={"word/footnotes.xml": _NOTES, "word/media/a.png": png()},
        relations=_LINK,
    ),
    "odt": odt(
        _TEXT,
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>',
        "<dc:title>T</dc:title><meta:creation-date>2026-03-03T09:00:00</meta:creation-date>",
        {"Pictures/a.png": png()},
    ),
    "epub": epub(
        {"one": _CHAPTER, "two": '<aside epub:type="footnote" id="n"><p>n</p></aside>'},
        "<dc:title>T</dc:title><dc:creator>A</dc:creator><dc:date>2026-03-03</dc:date><dc:language>en</dc:language>",
        {"a.png": png()},
    ),
    "substack": SUBSTACK,
    "medium": {
        "posts/2024-03-01_The-dam-0123456789ab.html": STORY,
        "posts/2024-03-02_It-is-fedcba987654.html": STORY.replace("0123456789ab", "fedcba987654"),
        "profile/profile.html": "<p>Me.</p>",
    },
    "buttondown": {
        "emails.csv": "id,secondary_id,subject,publish_date,source,slug\n"
        "a1,1,The dam,2024-03-01 08:30:00+00:00,app,the-dam\n",
        "emails/the-dam.md": "It is *empty*, {{ subscriber.name }}.\n",
    },
    "ghost archive": {"ghost-export.json": json.dumps(GHOST), "content/images/2024/dam.jpg": b"dam"},
    "wordpress archive": {"part.xml": WORDPRESS, "uploads/2024/03/a.jpg": b"a"},
    "folder of texts": {"a.txt": PROSE, "b/page.html": f"<h1>A</h1><p>{PROSE}<img src=a.png>", "b/a.png": png()},
}
"""Formats that are zip archives: their members, or their bytes."""
