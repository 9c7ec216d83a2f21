"""Documents of the office, books, mails and saved pages become what an editor would have typed."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import re
from typing import TYPE_CHECKING

import pytest

from documents import docx, epub, odt, packed, para, pdf, png, warc
from tagwire import intake
from tagwire.intake.bundle import Held
from tagwire.intake.found import Asked, Converted, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

ASKED = Asked(site="https://news.example/", modified=dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC))
FERRY = (
    "The ferry to Skarv sails again from Monday on, said its captain, after the longest winter that the island has had."
)
HARBOUR = "The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs."


def convert(data: bytes, name: str = "x") -> Converted:
    """The article that some bytes become; the name tells nothing."""
    made = intake.convert(data, f"sources/{name}", ASKED)
    assert isinstance(made, Converted), made
    return made


def refused(data: bytes, name: str = "x") -> str:
    """The code with which bytes are refused."""
    made = intake.convert(data, f"sources/{name}", ASKED)
    assert isinstance(made, Refused)
    return made.problems[0].code


def body(made: Converted) -> str:
    """The Markdown below the front matter."""
    return made.text.split("\n---\n\n", 1)[1]


def front(made: Converted) -> str:
    """The front matter."""
    return made.text.split("\n---\n\n", 1)[0]


def several(data: bytes) -> list[Converted | Refused]:
    """The articles of a source that holds many."""
    found = []
    for item in intake.items(Held("x", data), "sources/x", ASKED):
        assert not hasattr(item, "severity"), item
        found.append(intake.finish(item, "sources/x", ASKED))
    return found


class TestWord:
    """`.docx`."""

    def test_styles_say_what_the_document_is(self) -> None:
        """Title, author and date leave the text."""
        made = convert(
            docx(
                para("The ferry returns", "Title")
                + para("Ada Quill", "Author")
                + para("March 3, 2026", "Date")
                + para(FERRY)
            )
        )
        assert made.title == "The ferry returns"
        assert "published: 2026-03-03\n" in front(made)
        assert "authors: [Ada Quill]" in front(made)
        assert body(made) == f"{FERRY}\n"

    def test_structure_is_kept(self) -> None:
        """Headings, quotations, code over several paragraphs, marks."""
        bold = '<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r><w:r><w:t xml:space="preserve"> word</w:t></w:r>'
        fixed = '<w:r><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr><w:t>ls -l</w:t></w:r>'
        text = para("One", "Heading1") + para(bold) + para("Two", "Heading1") + para("Said she.", "Quote")
        text += para("a = 1", "Code") + para("b = 2", "Code") + para(fixed)
        made = convert(docx(text))
        assert body(made) == ("## One\n\n**bold** word\n\n## Two\n\n> Said she.\n\n```\na = 1\nb = 2\n```\n\n`ls -l`\n")

    def test_a_list_goes_on_with_its_number(self) -> None:
        """Where a paragraph interrupts it."""
        numbering = (
            '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        text = para("First", more=number) + para("Second", more=number) + para("Between.") + para("Third", more=number)
        made = convert(docx(text, parts={"word/numbering.xml": numbering}))
        assert body(made) == "1. First\n2. Second\n\nBetween.\n\n3. Third\n"

    @pytest.mark.parametrize("level", ["²", "9" * 5000])
    def test_a_list_at_a_level_that_is_no_number(self, level: str) -> None:
        """Its text is there all the same."""
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        assert "First" in body(convert(docx(para("First", more=number) + para("Second."))))

    def test_footnotes_pictures_and_links_come_along(self) -> None:
        """A picture is a file beside the article."""
        notes = (
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:footnote w:id="2"><w:p><w:r><w:t>As he told us.</w:t></w:r></w:p></w:footnote></w:footnotes>'
        )
        drawing = (
            '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<wp:docPr descr="A ferry"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
            "</w:drawing>"
        )
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relations = (
            f'<Relationship Id="p1" Type="{kind}/image" Target="media/image1.png"/>'
            f'<Relationship Id="l1" Type="{kind}/hyperlink" Target="https://ferry.example/" TargetMode="External"/>'
        )
        text = para(f'<w:r><w:t>{FERRY}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
        text += para('<w:hyperlink r:id="l1"><w:r><w:t>Timetable</w:t></w:r></w:hyperlink>')
        text += para(f"<w:r>{drawing}</w:r>") + para("The ferry in March.", "Caption")
        made = convert(
            docx(text, relations=relations, parts={"word/footnotes.xml": notes, "word/media/image1.png": png()})
        )
        assert "has had.[^1]\n\n[Timetable](https://ferry.example/)\n\n" in body(made)
        assert "[^1]: As he told us.\n" in body(made)
        assert f'<img src="{made.slug}/image1.png" alt="A ferry">\n<figcaption>The ferry in March.' in body(made)
        assert [(each.name, each.data) for each in made.attachments] == [("image1.png", png())]

    def test_changes_are_accepted_and_comments_left_out_and_both_are_told(self) -> None:
        """In the front matter, where the owner finds it."""
        inserted = '<w:ins w:id="1"><w:r><w:t>Monday</w:t></w:r></w:ins>'
        deleted = '<w:del w:id="2"><w:r><w:delText>Tuesday</w:delText></w:r></w:del>'
        comment = '<w:r><w:commentReference w:id="0"/></w:r>'
        made = convert(docx(para(f"<w:r><w:t>It sails on </w:t></w:r>{deleted}{inserted}{comment}")))
        assert body(made) == "It sails on Monday\n"
        assert made.left == ("1 comment", "2 tracked changes, taken as accepted")
        assert "  left:\n    - '1 comment'\n" in front(made)

    def test_a_table_whose_look_has_a_head_has_one(self) -> None:
        """Word marks it in the table's look, not in the row."""

        def row(*cells: str) -> str:
            return f"<w:tr>{''.join(f'<w:tc>{para(cell)}</w:tc>' for cell in cells)}</w:tr>"

        look = '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr>'
        made = convert(docx(para(FERRY) + f"<w:tbl>{look}{row('Day', 'Hour')}{row('Monday', '9')}</w:tbl>"))
        assert body(made).endswith("| Day | Hour |\n| --- | --- |\n| Monday | 9 |\n")

    def test_formulas_become_tex(self) -> None:
        """In code, as those of web pages do."""
        power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        made = convert(docx(para(f"<m:oMath>{power}<m:r><m:t>+</m:t></m:r>{half}</m:oMath>") + para(FERRY)))
        assert body(made).startswith("`x^{2}+\\frac{1}{2}`\n")

    def test_when_the_file_was_made_is_no_date_of_publication(self) -> None:
        """It stands for the file's own time, and says so."""
        made = convert(docx(para(FERRY), core="<dcterms:created>2024-01-02T03:04:05Z</dcterms:created>"))
        assert "published: 2024-01-02T03:04:05+00:00\ndate_source: file\n" in front(made)

    @pytest.mark.parametrize("filled", ["Microsoft Office User", "python-docx", "User", "admin"])
    def test_what_a_program_filled_in_is_no_author(self, filled: str) -> None:
        """Nor is its title one."""
        core = f"<dc:creator>{filled}</dc:creator><dc:title>Document1</dc:title>"
        made = convert(docx(para(FERRY), core=core))
        assert "authors:" not in front(made)
        assert made.title != "Document1"

    def test_an_entity_that_grows_is_refused(self) -> None:
        """No word processor writes a document type."""
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
        assert refused(docx(para(FERRY), parts={"word/styles.xml": bomb})) == "document-broken"

    def test_one_that_is_cut_off_is_refused(self) -> None:
        """As any broken archive is."""
        assert refused(docx(para(FERRY))[:-200]) == "archive-broken"

    def test_one_that_would_fill_the_memory_is_refused(self) -> None:
        """Before anything of it is unpacked."""
        bomb = packed({"[Content_Types].xml": "", "word/document.xml": b"<a>" + bytes(40_000_000)})
        assert refused(bomb) == "archive-suspicious"

    def test_one_without_its_text_is_refused(self) -> None:
        """With what is missing."""
        parts = {"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}
        assert refused(packed(parts)) == "document-broken"

    def test_one_without_words_is_empty(self) -> None:
        """And is told so."""
        assert refused(docx(para(""))) == "source-empty"

    @pytest.mark.parametrize("levels", [500, 20_000])
    def test_nesting_without_end_is_refused_or_read(self, levels: int) -> None:
        """It never kills the program."""
        deep = "<w:sdt><w:sdtContent>" * levels + para(FERRY) + "</w:sdtContent></w:sdt>" * levels
        made = intake.convert(docx(deep), "sources/x", ASKED)
        assert isinstance(made, Converted) or made.problems[0].code == "document-broken"


class TestOpenDocument:
    """`.odt`."""

    def test_structure_is_kept(self) -> None:
        """Headings, marks from automatic styles, lists, links, notes, tables."""
        styles = (
            '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
            '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
            "</text:list-style>"
        )
        note = (
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Aside.</text:p>"
            "</text:note-body></text:note>"
        )
        text = (
            '<text:h text:outline-level="1">The ferry returns</text:h>'
            f'<text:p>A <text:span text:style-name="T1">bold</text:span> word{note} and<text:s text:c="2"/>on.</text:p>'
            '<text:list text:style-name="L1"><text:list-item><text:p>One</text:p><text:list><text:list-item>'
            "<text:p>Inner</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Two</text:p>"
            "</text:list-item></text:list>"
            '<text:p><text:a xlink:href="https://ferry.example/">Timetable</text:a></text:p>'
            "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Day</text:p>"
            "</table:table-cell><table:table-cell><text:p>Hour</text:p></table:table-cell></table:table-row>"
            "</table:table-header-rows><table:table-row><table:table-cell><text:p>Monday</text:p></table:table-cell>"
            "<table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>"
        )
        made = convert(odt(text, styles, "<dc:title>Old name</dc:title>"))
        assert made.title == "The ferry returns"
        assert body(made) == (
            "A **bold** word[^1] and on.\n\n1. One\n    - Inner\n2. Two\n\n[Timetable](https://ferry.example/)\n\n"
            "| Day | Hour |\n| --- | --- |\n| Monday | 9 |\n\n[^1]: Aside.\n"
        )

    def test_pictures_come_along_and_comments_are_told(self) -> None:
        """A caption makes a figure."""
        frame = (
            '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>A ferry</svg:desc></draw:frame>'
            "<office:annotation><text:p>Check!</text:p></office:annotation>"
        )
        text = f'<text:p>{FERRY}</text:p><text:p text:style-name="Illustration">{frame}The ferry.</text:p>'
        made = convert(odt(text, parts={"Pictures/1.png": png()}))
        assert f'<img src="{made.slug}/1.png" alt="A ferry">\n<figcaption>The ferry.</figcaption>' in body(made)
        assert made.left == ("1 comment",)

    def test_what_was_deleted_stays_deleted(self) -> None:
        """The file keeps it in a place of its own."""
        gone = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
        )
        made = convert(odt(f"{gone}<text:p>{FERRY}</text:p>"))
        assert body(made) == f"{FERRY}\n"
        assert made.left == ("1 tracked change, taken as accepted",)

    def test_a_sheet_is_refused(self) -> None:
        """It has no text."""
        content = '<x xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:spreadsheet/></o:body></x>'
        assert refused(packed({"META-INF/manifest.xml": "<x/>", "content.xml": content})) == "document-broken"


class TestBooks:
    """EPUB."""

    def test_the_spine_is_one_article(self) -> None:
        """Under the book's title, with its cover, its pictures and its notes."""
        pages = {
            "one": f'<h1>Departure</h1><p>{FERRY}<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>',
            "two": f'<h1>Arrival</h1><p>{HARBOUR}&nbsp;<img src="../ferry.png" alt="A ferry"/></p>',
            "notes": '<aside epub:type="footnote" id="n1"><p>As he said.</p></aside>',
        }
        meta = "<dc:title>The Ferry</dc:title><dc:creator>Ada Quill</dc:creator><dc:language>en-GB</dc:language>"
        made = convert(epub(pages, meta + "<dc:date>2026-03-03</dc:date>", {"ferry.png": png()}))
        assert made.title == "The Ferry"
        assert "published: 2026-03-03\nauthors: [Ada Quill]\n" in front(made)
        assert "lang: en-GB" in front(made)
        assert body(made) == (
            f"## Departure\n\n{FERRY}[^1]\n\n## Arrival\n\n{HARBOUR}\u00a0![A ferry](the-ferry/ferry.png)\n\n"
            "[^1]: As he said.\n"
        )

    def test_a_locked_book_is_refused(self) -> None:
        """And a book without text too."""
        book = epub({"one": f"<p>{FERRY}</p>"})
        locked = packed({"META-INF/container.xml": "<x/>", "META-INF/rights.xml": "<x/>", "a": book})
        assert refused(locked) == "document-broken"
        assert refused(epub({})) == "document-broken"


class TestRichText:
    """RTF."""

    def test_structure_is_kept(self) -> None:
        """In any code page, with code units beyond it."""
        source = (
            rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Helvetica;}{\f1 Courier New;}{\f2\fcharset204 Arial CYR;}}"
            rb"{\stylesheet{\s1 heading 1;}}{\info{\title Old}{\author Ada Quill}{\creatim\yr2024\mo1\dy2}}"
            rb"\pard\s1 The ferry returns\par\pard\plain Caf\'e9 {\b bold} and \i italic\i0 , \u8364? \u-10179?\u-8704?"
            rb" {\f2\'cf\'f0\'e8\'e2\'e5\'f2}{\super{\footnote\pard An aside.}} {\f1 code}.\par"
            rb'{\field{\*\fldinst HYPERLINK "https://ferry.example/?a=1&b=2"}{\fldrslt Timetable}}\par'
            rb"\pard{\listtext\bullet\tab}One\par{\listtext\bullet\tab}Two\par"
            rb"\pard\trowd\intbl A\cell B\cell\row\intbl 1\cell 2\cell\row\pard{\*\unknown hidden}Last\line line.\par}"
        )
        made = convert(source)
        assert made.title == "The ferry returns"
        assert "authors: [Ada Quill]" in front(made)
        assert "published: 2024-01-02T00:00:00+00:00\ndate_source: file" in front(made)
        assert body(made) == (
            "Café **bold** and *italic*, € 😀 Привет[^1] `code`.\n\n"
            "[Timetable](https://ferry.example/?a=1&b=2)\n\n- One\n- Two\n\n"
            "<table>\n<tr>\n<td>A</td>\n<td>B</td>\n</tr>\n"
            "<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</table>\n\nLast  \nline.\n\n[^1]: An aside.\n"
        )

    def test_pictures_come_along(self) -> None:
        """Those of browsers; the other form of the same is left."""
        shown = rb"{\*\shppict{\pict\pngblip " + png().hex().encode() + rb"}}{\nonshppict{\pict\wmetafile8 00}}"
        made = convert(rb"{\rtf1\ansi\pard " + FERRY.encode() + rb"\par\pard " + shown + rb"\par}")
        assert [each.data for each in made.attachments] == [png()]
        assert body(made).endswith(f"![]({made.slug}/image1.png)\n")

    def test_one_that_is_cut_off_gives_what_is_there(self) -> None:
        """As does one with braces too many."""
        assert body(convert(rb"{\rtf1\ansi\pard " + FERRY.encode() + rb"{\b and")).startswith(FERRY)
        assert body(convert(rb"{\rtf1\ansi " + FERRY.encode() + rb"}}}}\par")) == f"{FERRY}\n"

    def test_braces_without_end_are_no_harm(self) -> None:
        """A hundred thousand groups within each other."""
        assert body(convert(rb"{\rtf1 " + b"{" * 100_000 + FERRY.encode())) == f"{FERRY}\n"


class TestPdf:
    """With a text layer."""

    def test_lines_become_paragraphs_without_what_repeats(self) -> None:
        """Running titles and page numbers go, broken words are joined."""
        first = ["The Skarv Gazette", "The ferry returns", "The ferry to Skarv sails again, said its cap-"]
        first += ["tain, after the longest winter that the island", "has had.", "1"]
        pages = [
            ["The Skarv Gazette", f"On page {page} of this old paper there was much talk of ice.", "More.", str(page)]
            for page in (2, 3, 4)
        ]
        made = convert(pdf(first, *pages, info="/Title(Microsoft Word - ferry.doc)/Author(Ada Quill)"))
        assert "said its captain, after the longest winter that the island has had.\n" in body(made)
        assert "Gazette" not in body(made)
        assert made.title == "The ferry returns"
        assert "authors: [Ada Quill]" in front(made)

    def test_one_of_pictures_only_is_refused(self) -> None:
        """It wants a program that reads letters."""
        assert refused(pdf([])) == "source-empty"

    def test_one_that_is_cut_off_is_refused(self) -> None:
        """Unless enough is left to read."""
        assert refused(pdf([FERRY])[:60]) == "document-broken"


MAIL = "From: Ada Quill <ada@letters.example>\r\nTo: you@letters.example\r\nMIME-Version: 1.0\r\n"
LETTER = f"<h1>Notes from Skarv</h1><p>{FERRY}</p><p>{HARBOUR}</p>"


class TestMail:
    """`.eml`."""

    def test_headers_become_front_matter(self) -> None:
        """With the zone of the date, and a subject in any alphabet."""
        subject = "=?utf-8?B?" + base64.b64encode("Fwd: Die Fähre fährt".encode()).decode() + "?="
        source = f"{MAIL}Subject: {subject}\r\nDate: Tue, 3 Mar 2026 09:00:00 +0300\r\n\r\n{FERRY}\r\n\r\n{HARBOUR}\r\n"
        made = convert(source.encode())
        assert made.title == "Die Fähre fährt"
        assert "published: 2026-03-03T09:00:00+03:00\nauthors: [Ada Quill]\n" in front(made)
        assert "ada@letters.example" not in made.text
        assert body(made) == f"{FERRY}\n\n{HARBOUR}\n"

    def test_a_newsletter_loses_its_head_and_foot(self) -> None:
        """Both are cuts, which can be brought back; the picture comes along, the pixel doesn't."""
        html = (
            '<table><tr><td><a href="https://letters.example/notes/7?u=secret">View in browser</a></td></tr>'
            f'<tr><td>{LETTER}<img src="cid:ferry@x" alt="A ferry"><img src="https://t.example/o.gif" width="1" '
            'height="1"></td></tr><tr><td><p>You are receiving this email because you signed up.</p>'
            '<p><a href="https://letters.example/u/secret">Unsubscribe</a></p><p>12 Quay Street, Skarv</p></td></tr>'
            "</table>"
        )
        source = (
            f'{MAIL}Subject: Notes\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
            f'Content-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nNo.\r\n'
            f"--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--c--\r\n"
            "--b\r\nContent-Type: image/png; name=ferry.png\r\nContent-ID: <ferry@x>\r\n"
            f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(png()).decode()}\r\n"
            "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=timetable.pdf\r\n\r\n"
            "x\r\n--b--\r\n"
        )
        made = convert(source.encode())
        assert made.title == "Notes"
        assert body(made) == f"## Notes from Skarv\n\n{FERRY}\n\n{HARBOUR}\n\n![A ferry](notes/ferry.png)\n"
        assert [cut.rule for cut in made.cuts] == ["mail-header", "mail-footer"]
        assert "secret" not in made.text
        assert made.left == ("attachment timetable.pdf",)
        assert "canonical: https://letters.example/notes/7" in front(made)

    def test_a_forwarded_mail_is_the_original(self) -> None:
        """Whether it was quoted with its headers or attached."""
        quoted = (
            f"{MAIL}Subject: Fwd: Notes\r\nDate: Fri, 6 Mar 2026 10:00:00 +0000\r\n\r\nFor the paper?\r\n\r\n"
            "---------- Forwarded message ---------\r\nFrom: Ben Hale <ben@skarv.example>\r\n"
            f"Date: Tue, Mar 3, 2026 at 9:00 AM\r\nSubject: Notes\r\nTo: ada@letters.example\r\n\r\n{FERRY}\r\n"
        )
        attached = (
            f'{MAIL}Subject: Fwd: Notes\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nSee below.\r\n'
            "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ben Hale <ben@skarv.example>\r\nSubject: Notes\r\n"
            f"Date: Tue, 3 Mar 2026 09:00:00 +0000\r\n\r\n{FERRY}\r\n--b--\r\n"
        )
        for source in (quoted, attached):
            made = convert(source.encode())
            assert made.title == "Notes"
            assert "authors: [Ben Hale]" in front(made)
            assert re.search(r"published: 2026-03-03T09:00:00", front(made))
            assert body(made) == f"{FERRY}\n"

    @pytest.mark.parametrize("sign", ["", "> "])
    def test_of_a_mail_forwarded_twice_the_innermost_is_the_original(self, sign: str) -> None:
        """Where nothing is written between the two."""
        inner = f"From: Ben Hale <ben@skarv.example>\nDate: Tue, Mar 3, 2026 at 9:00 AM\nSubject: Notes\n\n{FERRY}"
        quoted = "\n".join(f"{sign}{line}" for line in f"---------- Forwarded message ---------\n{inner}".split("\n"))
        source = (
            f"{MAIL}Subject: Fwd: Fwd: Notes\nDate: Fri, 6 Mar 2026 10:00:00 +0000\n\n"
            "---------- Forwarded message ---------\nFrom: Cy Mott <cy@skarv.example>\n"
            f"Date: Thu, Mar 5, 2026 at 9:00 AM\nSubject: Fwd: Notes\n\n{quoted}\n"
        )
        made = convert(source.encode())
        assert (made.title, body(made)) == ("Notes", f"{FERRY}\n")
        assert "authors: [Ben Hale]" in front(made)
        assert "published: 2026-03-03T09:00:00" in front(made)

    def test_a_forwarded_newsletter_is_the_original(self) -> None:
        """As Gmail writes it."""
        html = (
            '<div dir="ltr">For you.<br><br><div class="gmail_quote"><div class="gmail_attr">'
            "---------- Forwarded message ---------<br>From: <b>Ben Hale</b> &lt;<a>ben@skarv.example</a>&gt;<br>"
            f"Date: Tue, Mar 3, 2026 at 9:00 AM<br>Subject: Notes<br>To: &lt;a@b.example&gt;<br></div>"
            f"{LETTER}</div></div>"
        )
        made = convert(f"{MAIL}Subject: Fwd: Notes\r\nContent-Type: text/html\r\n\r\n{html}".encode())
        assert (made.title, "authors: [Ben Hale]" in front(made)) == ("Notes", True)
        assert body(made).startswith(f"## Notes from Skarv\n\n{FERRY}\n")

    @pytest.mark.parametrize(
        ("declared", "encoded"),
        [("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("iso-2022-jp", "iso2022_jp")],
    )
    def test_any_charset_is_read(self, declared: str, encoded: str) -> None:
        """One declared wrongly over UTF-8 too."""
        text = {"cp1251": "Паром снова ходит.", "iso2022_jp": "フェリーは月曜日に出る。"}.get(encoded, "“Café” – 5 €.")
        head = f"{MAIL}Subject: Notes\r\nContent-Type: text/plain; charset={declared}\r\n\r\n"
        assert body(convert(head.encode() + text.encode(encoded))) == f"{text}\n"

    def test_lines_that_flow_are_joined(self) -> None:
        """As RFC 3676 says."""
        head = f"{MAIL}Subject: Notes\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
        made = convert(f"{head}The ferry sails \r\nagain on \r\nMonday.\r\n\r\n-- \r\nAda\r\n".encode())
        assert body(made) == "The ferry sails again on Monday.\n"

    def test_a_typed_text_with_a_from_line_is_no_mail(self) -> None:
        """Programs write other headers too."""
        made = convert(f"From: the harbour\nSubject: Ferry\n\n{FERRY}\n".encode())
        assert made.title == "Ferry"

    def test_a_mail_without_text_is_empty(self) -> None:
        """And one of broken parts doesn't stop the program."""
        assert refused(f"{MAIL}Subject: x\r\n\r\n\r\n".encode()) == "source-empty"
        assert refused(f'{MAIL}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b'.encode()) == "source-empty"


class TestMailbox:
    """mbox."""

    def test_each_mail_is_an_article(self) -> None:
        """A line in a text that begins with "From" is none that parts them."""
        mails = [
            f"From ada@x.example Tue Mar  3 09:00:00 2026\n{MAIL.replace(chr(13), '')}Subject: Number {number}\n"
            f"Message-ID: <{number}@x.example>\nDate: Tue, {number} Mar 2026 09:00:00 +0000\n\n{FERRY}\n"
            ">From the harbour it is a mile.\n"
            for number in (1, 2)
        ]
        found = [each for each in several("\n".join(mails).encode()) if isinstance(each, Converted)]
        assert [made.title for made in found] == ["Number 1", "Number 2"]
        assert "\n  item: 1@x.example\n" in front(found[0]) or "\n  item: '1@x.example'\n" in front(found[0])
        assert "From the harbour" in body(found[0])


PAGE = (
    "<!doctype html><html lang=en><head><title>The ferry returns</title></head><body><nav><a href=/>Home</a></nav>"
    f"<article><h1>The ferry returns</h1><p>{FERRY}</p><p>{HARBOUR}</p><p><img src='{{}}' alt='A ferry' width=300></p>"
    f"<p>{HARBOUR.replace('mail', 'bread')}</p></article></body></html>"
)


class TestSavedPages:
    """MHTML, SingleFile, pages with their folder, web archives: the pictures come along."""

    def test_one_file_of_a_browser(self) -> None:
        """MHTML, quoted-printable as Chromium writes it."""
        page = PAGE.format("https://skarv.example/ferry.png").replace("=", "=3D")
        source = (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://skarv.example/news/ferry\r\n"
            'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Location: https://skarv.example/news/ferry\r\n\r\n{page}\r\n--b\r\nContent-Type: image/png\r\n"
            "Content-Transfer-Encoding: base64\r\nContent-Location: https://skarv.example/ferry.png\r\n\r\n"
            f"{base64.b64encode(png()).decode()}\r\n--b--\r\n"
        )
        made = convert(source.encode())
        assert "canonical: https://skarv.example/news/ferry" in front(made)
        assert "![A ferry](the-ferry-returns/ferry.png)" in body(made)
        assert [each.data for each in made.attachments] == [png()]

    def test_pictures_inside_a_page_become_files(self) -> None:
        """SingleFile writes them as `data:` addresses."""
        data = base64.b64encode(png() + bytes(900)).decode()
        made = convert(PAGE.format(f"data:image/png;base64,{data}").encode())
        assert "![A ferry](the-ferry-returns/picture.png)" in body(made)
        assert made.attachments[0].data == png() + bytes(900)

    def test_a_web_archive_gives_its_pages(self) -> None:
        """Packed or not, with the charset of the answer, and pictures from the same archive."""
        page = PAGE.format("/ferry.png").replace("island", "île").encode("latin-1")
        records = warc(
            ("https://skarv.example/news/ferry", "text/html; charset=iso-8859-1", page),
            ("https://skarv.example/ferry.png", "image/png", png()),
            ("https://skarv.example/login", "text/html", b"<form><input type=password></form>"),
        )
        for source in (records, gzip.compress(records)):
            made, login = several(source)
            assert isinstance(made, Converted)
            assert isinstance(login, Refused)
            assert "https://skarv.example/login" in login.problems[0].message
            assert "the île has had" in body(made)
            assert "![A ferry](the-ferry-returns/ferry.png)" in body(made)
            assert "canonical: https://skarv.example/news/ferry" in front(made)
            assert "published: 2026-02-03T04:05:06+00:00\ndate_source: file" in front(made)

    def test_a_page_with_its_folder_is_added_with_its_pictures(
        self, site: Callable[[str], Site], tmp_path: Path
    ) -> None:
        """The folder is no source of its own, now or at the next build; nothing outside of it is read."""
        made = site("")
        folder = tmp_path / "saved"
        (folder / "ferry_files").mkdir(parents=True)
        (folder / "ferry.html").write_text(PAGE.format("./ferry_files/a%20ferry.png"), encoding="utf-8")
        (folder / "ferry_files/a ferry.png").write_bytes(png())
        (folder / "ferry_files/script.js").write_text("alert(1)", encoding="utf-8")
        run = made.run("add", str(folder))
        assert run.code == 0, run.err
        article = made.root / "content/articles/the-ferry-returns.md"
        assert "![A ferry](the-ferry-returns/a-ferry.png)" in article.read_text(encoding="utf-8")
        assert (made.root / "content/articles/the-ferry-returns/a-ferry.png").read_bytes() == png()
        assert "converted" not in made.build().out
        assert (made.root / "site/articles/the-ferry-returns/a-ferry.png").exists()
        article.unlink()
        assert "converted content/sources/ferry.html" in made.build().out

    def test_a_picture_outside_of_the_folder_is_not_read(self, site: Callable[[str], Site], tmp_path: Path) -> None:
        """A page is a stranger's."""
        made = site("")
        (tmp_path / "secret.png").write_bytes(png())
        (tmp_path / "saved").mkdir()
        page = tmp_path / "saved/ferry.html"
        for address in (
            "../secret.png",
            f"{tmp_path}/secret.png",
            f"file://{tmp_path}/secret.png",
            "%2e%2e/secret.png",
        ):
            page.write_text(PAGE.format(address), encoding="utf-8")
            assert "secret.png)" not in made.run("add", str(page), "--stdout").out

    def test_two_articles_of_one_name_have_pictures_of_their_own(
        self, site: Callable[[str], Site], tmp_path: Path
    ) -> None:
        """Each in the folder of its article."""
        made = site("")
        for shade, name in ((0, "a"), (9, "b")):
            data = base64.b64encode(png(shade) + bytes(900)).decode()
            (tmp_path / f"{name}.html").write_text(PAGE.format(f"data:image/png;base64,{data}"), encoding="utf-8")
        made.run("add", str(tmp_path / "a.html"), str(tmp_path / "b.html"))
        second = (made.root / "content/articles/the-ferry-returns-2.md").read_text(encoding="utf-8")
        assert "](the-ferry-returns-2/picture.png)" in second
        assert (made.root / "content/articles/the-ferry-returns-2/picture.png").read_bytes() == png(9) + bytes(900)


class TestStrangers:
    """What holds articles, and that nothing here reads."""

    def test_old_and_other_files_of_office_say_what_to_do(self) -> None:
        """Not "this is not text"."""
        old = intake.convert(b"\xd0\xcf\x11\xe0" + bytes(600), "sources/x.doc", ASKED)
        sheet = intake.convert(packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "sources/x.xlsx", ASKED)
        assert isinstance(old, Refused)
        assert "save it as `.docx`" in old.problems[0].hint
        assert isinstance(sheet, Refused)
        assert "sheet" in sheet.problems[0].message


class TestWhatSurroundsADocument:
    """Its author above and below the text."""

    ICE = "The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs."

    def test_a_byline_above_the_heading(self, site: Callable[[str], Site]) -> None:
        """With a date; neither is the title, and neither stays."""
        made = site("")
        text = (para("By Ada Quill"), para("1 March 2024"), para("The long winter", "Heading1"), para(self.ICE))
        (made.root.parent / "ice.docx").write_bytes(docx("".join(text)))
        assert made.run("add", str(made.root.parent / "ice.docx")).code == 0
        found = made.read("content/articles/the-long-winter.md")
        assert "title: The long winter\npublished: 2024-03-01\nauthors: [Ada Quill]\n" in found
        assert found.endswith(f"---\n\n{self.ICE}\n")

    def test_a_line_that_says_more_stays(self, site: Callable[[str], Site]) -> None:
        """It isn't taken away for the sake of the heading below it."""
        made = site("")
        text = (para("By the sea, in a year of ice"), para("The long winter", "Heading1"), para(self.ICE))
        (made.root.parent / "ice.docx").write_bytes(docx("".join(text)))
        made.run("add", str(made.root.parent / "ice.docx"))
        assert "By the sea, in a year of ice" in next((made.root / "content/articles").glob("*.md")).read_text()

    def test_what_stands_below_of_the_author(self, site: Callable[[str], Site]) -> None:
        """It is told as `author_note`, recorded as a cut, and comes back."""
        made = site("")
        note = "Ada Quill writes about rivers and lives by the sea."
        text = (
            *(para("The long winter", "Title"), para("By Ada Quill"), para(self.ICE)),
            *(para("About the author"), para(note)),
        )
        (made.root.parent / "ice.docx").write_bytes(docx("".join(text)))
        assert made.run("add", str(made.root.parent / "ice.docx")).code == 0
        article = "content/articles/the-long-winter.md"
        assert f"\nauthor_note: {note}\n" in made.read(article)
        assert "rule: author-box" in made.read(article)
        assert made.read(article).endswith(f"---\n\n{self.ICE}\n")
        assert made.run("add", "--restore", str(made.root / article)).code == 0
        assert "author_note" not in made.read(article)
        assert made.read(article).endswith(f"{self.ICE}\n\nAbout the author\n\n{note}\n")
