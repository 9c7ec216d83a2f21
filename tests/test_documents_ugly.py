"""Documents as word processors and browsers really write them: fields, looks in the place of styles, any language."""

from __future__ import annotations

import base64
import io
import re

import pypdf
import pytest

from documents import OFFICE, docx, epub, para, pdf, png
from test_documents import FERRY, HARBOUR, body, convert, front, refused

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, looks: str = "") -> str:
    """A run of Word's."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """A field of several runs."""
    first, sign = instruction[:9], '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    codes = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (first, instruction[9:]))
    return f"{sign.format('begin')}{codes}{sign.format('separate')}{result}{sign.format('end')}"


def styles(**looks: str) -> dict[str, str]:
    """`styles.xml` with these, by their ids: a name, then the XML of what they look like."""
    made = (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{look.partition("|")[0]}"/>'
        f"{look.partition('|')[2]}</w:style>"
        for key, look in looks.items()
    )
    return {"word/styles.xml": f"<w:styles {W}>{''.join(made)}</w:styles>"}


def drawn(relation: str, alt: str) -> str:
    """A picture in a line."""
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:docPr descr="{alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f"<a:blip {relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


class TestWord:
    """`.docx`."""

    def test_links_in_fields_keep_their_address_and_place(self) -> None:
        """Whatever switches follow; fields of one element show what they show."""
        link = field(
            'HYPERLINK "https://ferry.example/?a=1&amp;b=2" \\l "table" \\o "A tip" \\t "_blank"', run("Times")
        )
        mail = f'<w:fldSimple w:instr=" HYPERLINK &quot;mailto:desk@skarv.example&quot; ">{run("us")}</w:fldSimple>'
        day = f'<w:fldSimple w:instr=" DATE \\@ &quot;d MMMM&quot; ">{run("3 March")}</w:fldSimple>'
        made = convert(docx(para(f"{link}{run(', ')}{mail}{run(', ')}{day}") + para(FERRY)))
        assert body(made).startswith(
            "[Times](https://ferry.example/?a=1&b=2#table), [us](mailto:desk@skarv.example), 3 March\n"
        )
        assert made.left == ()

    def test_a_table_of_contents_is_left_out_and_told(self) -> None:
        """In Word's box or as a bare field over several paragraphs; one without an end takes nothing with it."""
        page = field("PAGEREF _Toc1 \\h", run("7"))
        entry = f'<w:hyperlink w:anchor="_Toc1">{run("The ice")}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        bare = field('TOC \\o "1-3"', f"{entry}</w:p><w:p>{entry}")
        box = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{para('Contents')}{para(entry)}</w:sdtContent></w:sdt>"
        )
        for table in (para(bare), box):
            made = convert(docx(para("One", "Heading1") + table + para(FERRY) + para("Two", "Heading1")))
            assert body(made) == f"## One\n\n{FERRY}\n\n## Two\n"
            assert made.left == ("1 table of contents",)
        torn = para(bare.rpartition('<w:r><w:fldChar w:fldCharType="end"/></w:r>')[0])
        assert FERRY in body(convert(docx(torn + para(FERRY))))

    @pytest.mark.parametrize(
        ("style", "own"),
        [
            ("heading 2", ""),
            ("Überschrift 2", ""),
            ("Titre 2", ""),
            ("见 2|<w:pPr><w:outlineLvl w:val='1'/></w:pPr>", ""),
            ("x|<w:basedOn w:val='B'/>", ""),
            ("Body", "<w:outlineLvl w:val='1'/>"),
        ],
    )
    def test_a_heading_is_one_by_its_name_or_its_outline(self, style: str, own: str) -> None:
        """In any language, in its style, in that which the style comes from, or in the paragraph."""
        made_of = styles(A="heading 1", S=style, B="base|<w:pPr><w:outlineLvl w:val='1'/></w:pPr>")
        text = para("The ice", "A") + para(FERRY) + para("The road", "S", own) + para(HARBOUR) + para("The end", "A")
        assert "\n\n### The road\n\n" in body(convert(docx(text, parts=made_of)))

    def test_a_whole_text_at_an_outline_level_is_no_heading(self) -> None:
        """It was pasted so."""
        text = para(f"{FERRY} {HARBOUR}", more="<w:outlineLvl w:val='0'/>")
        assert body(convert(docx(text + para(HARBOUR)))).startswith(FERRY)

    def test_lists_by_style_and_from_another_number(self) -> None:
        """The number stands in the style, the first number in the list's kind."""
        numbering = (
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
            '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
            '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>'
        )
        bullets = styles(
            LB="List Bullet|<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>", C="x|<w:basedOn w:val='LB'/>"
        )
        first, other = (f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' for number in (1, 3))
        text = para("four", more=first) + para("five", more=first) + para("Anew:") + para("nine", more=other)
        text += para("Bullets:") + para("dot", "LB") + para("and dot", "C")
        text += para("none of them", "LB", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        made = convert(docx(text, parts={"word/numbering.xml": numbering, **bullets}))
        assert body(made) == ("4. four\n5. five\n\nAnew:\n\n9. nine\n\nBullets:\n\n- dot\n- and dot\n\nnone of them\n")

    def test_a_cell_that_reaches_out_of_the_head_makes_it_longer(self) -> None:
        """Browsers cut it off at the end of the head."""

        def cell(text: str, looks: str = "") -> str:
            return f"<w:tc><w:tcPr>{looks}</w:tcPr>{para(text)}</w:tc>"

        rows = [
            cell("Month", '<w:vMerge w:val="restart"/>') + cell("Holes", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("deep") + cell("low"),
            cell("May") + cell("1") + cell("2"),
        ]
        look = '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        made = body(
            convert(docx(para(FERRY) + f"<w:tbl>{look}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"))
        )
        assert '<th rowspan="2">Month</th>' in made
        assert made.partition("</thead>")[0].endswith("<th>deep</th>\n<th>low</th>\n</tr>\n")

    def test_hidden_text_stays_hidden_and_readings_stand_over_words(self) -> None:
        """And a line drawn below nothing is one."""
        hidden = run("for the desk only ", "<w:vanish/>") + run("shown", '<w:vanish w:val="0"/>')
        ruby = (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('かんじ')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase></w:ruby></w:r>"
        )
        line = para("", more='<w:pBdr><w:bottom w:val="single"/></w:pBdr>')
        made = convert(
            docx(para(f"{hidden}{run('. ')}{ruby}{run(' it is.')}") + line + para(FERRY) + para("* * *") + para("End."))
        )
        assert body(made) == f"shown. <ruby>漢字<rt>かんじ</rt></ruby> it is.\n\n---\n\n{FERRY}\n\n---\n\nEnd.\n"
        assert made.left == ("1 hidden passage",)

    def test_bold_lines_above_texts_are_headings(self) -> None:
        """If there are several; questions of an interview and a bold word are none."""
        bold = [para(run(text, "<w:b/>")) for text in ("Wages", "Fuel", "Why do you drill?", "Who pays?")]
        made = convert(
            docx(
                para("Costs", "Heading1") + f"{bold[0]}{para(FERRY)}{bold[1]}{para(HARBOUR)}" + para("End", "Heading1")
            )
        )
        assert body(made) == f"## Costs\n\n### Wages\n\n{FERRY}\n\n### Fuel\n\n{HARBOUR}\n\n## End\n"
        talk = body(convert(docx(f"{para(HARBOUR)}{bold[2]}{para(FERRY)}{bold[3]}{para(HARBOUR)}")))
        assert "\n\n**Why do you drill?**\n\n" in talk
        assert "\n\n**Wages**\n\n" in body(convert(docx(f"{para(HARBOUR)}{bold[0]}{para(FERRY)}")))

    def test_lines_in_a_typewriters_font_are_one_block_of_code(self) -> None:
        """With their blanks."""
        lines = [para(run(text, '<w:rFonts w:ascii="Consolas"/>')) for text in ("def drill():", "    return 40")]
        assert body(convert(docx(para(FERRY) + "".join(lines)))).endswith("```\ndef drill():\n    return 40\n```\n")

    def test_a_formula_by_itself_is_a_block_of_tex(self) -> None:
        """One in a line is code."""
        formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
        made = convert(docx(para(f"<m:oMathPara>{formula}</m:oMathPara>") + para(f"{run('So ')}{formula}")))
        assert body(made) == "```tex\na+b\n```\n\nSo `a+b`\n"

    def test_pictures_that_browsers_do_not_show_and_pictures_elsewhere(self) -> None:
        """The file comes along behind a link; one that is linked to stays where it is."""
        relations = (
            f'<Relationship Id="e" Type="{OFFICE}/image" Target="media/image1.emf"/><Relationship Id="p" Type="{OFFICE}'
            f'/image" Target="media/image2.png"/><Relationship Id="l" Type="{OFFICE}/image" '
            'Target="https://skarv.example/ice.jpg" TargetMode="External"/>'
        )
        kinds = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="emf" ContentType="image/x-emf"/>'
            '<Default Extension="png" ContentType="image/png"/></Types>'
        )
        files: dict[str, str | bytes] = {
            "word/media/image1.emf": b"\1\0\0\0",
            "word/media/image2.png": png(),
            "[Content_Types].xml": kinds,
        }
        shown = [("e", "r:embed", "A chart"), ("p", "r:embed", "Ice"), ("l", "r:link", "A road")]
        text = "".join(para(drawn(f'{kind}="{key}"', alt)) for key, kind, alt in shown)
        made = convert(docx(para(FERRY) + text, relations=relations, parts=files))
        assert re.search(
            r"\[A chart\]\([^()]+/image1\.emf\)\n\n!\[Ice\]\([^()]+/image2\.png\)\n\n"
            r"!\[A road\]\(https://skarv\.example/ice\.jpg\)\n\Z",
            body(made),
        )
        assert made.left == ("image1.emf, which browsers don’t show",)

    def test_what_is_neither_text_nor_picture_is_told(self) -> None:
        """Charts, diagrams, sheets."""
        space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        kind = "http://schemas.openxmlformats.org/drawingml/2006"
        drawings = "".join(
            f'<w:r><w:drawing><a:graphic {space}><a:graphicData uri="{kind}/{name}"/></a:graphic></w:drawing></w:r>'
            for name in ("chart", "chart", "diagram")
        )
        office = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
        sheet = f'<w:r><w:object><o:OLEObject {office} ProgID="Sheet.12"/></w:object></w:r>'
        made = convert(docx(para(FERRY) + para(f"{drawings}{sheet}") + '<w:altChunk r:id="x"/>'))
        assert {"2 charts", "1 diagram", "1 embedded object, Sheet.12", "1 embedded document"} <= set(made.left)


class TestPdf:
    """With a text layer."""

    def test_a_line_that_is_repeated_in_the_text_stays(self) -> None:
        """Only at the edges of pages is what repeats a running head."""
        page = ["On this page of the old paper, there was ice.", "The refrain goes on and on.", "And so did the ice."]
        pages = [
            ["The refrain goes on and on.", *page, *page, f"{page[0]} {number}", str(number)] for number in range(4)
        ]
        assert body(convert(pdf(*pages))).count("The refrain goes on and on.") == 8

    def test_letters_that_a_font_joins_are_letters(self) -> None:
        """So that searches find them; soft hyphens at the end of a line go."""
        lines = [
            "The o\\223ce of the har\\255",
            "bour \\224nds the \\225rst safe line across the ice of the sound, and",
            "then some more of it.",
        ]
        made = convert(pdf(lines, encoding="/Differences[147/ff/fi/fl 173/softhyphen]"))
        assert body(made).startswith("The offce of the harbour finds the flrst safe line")

    def test_a_short_line_in_the_middle_of_a_sentence_goes_on(self) -> None:
        """As columns have them."""
        lines = [
            "Nobody has counted the holes; the parish pays for everybody",
            "who waits for the well-known",
            "announcement.",
        ]
        made = convert(pdf([*lines, "The end of it is that nobody knows, and that nobody asks.", "So it goes."]))
        assert "who waits for the well-known announcement.\n" in body(made)

    def test_kinds_that_a_page_might_show_are_no_pictures(self) -> None:
        """Most programs name `ImageB` and `ImageC` on every page."""
        plain = pdf([FERRY]).replace(b"/Resources<<", b"/Resources<</ProcSet[/PDF/Text/ImageB/ImageC]")
        assert convert(plain).left == ()

    def test_a_protected_one_says_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A password, or the library for its cipher; with an old cipher and no password it is read."""
        locked = io.BytesIO()
        for password, code in (("", ""), ("secret", "archive-locked")):
            writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf([FERRY]))))
            writer.encrypt(password, "owner", algorithm="RC4-128")
            locked = io.BytesIO()
            writer.write(locked)
            assert (refused(locked.getvalue()) if code else "") == code
            if not code:
                assert body(convert(locked.getvalue())) == f"{FERRY}\n"

        def missing(_reader: object, _password: str) -> None:
            raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

        monkeypatch.setattr(pypdf.PdfReader, "decrypt", missing)
        assert refused(locked.getvalue()) == "extra-missing"


def saved(*parts: tuple[str, str, str, bytes], end: str = "--b--\r\n") -> bytes:
    """A page of Chromium's as one file: of (kind, address, id, content)."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://skarv.example/news/ferry?utm_source=x&p=1\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
    )
    made = (
        f"--b\r\nContent-Type: {kind}\r\nContent-ID: <{key}>\r\nContent-Transfer-Encoding: base64\r\nContent-Location: "
        f"{place}\r\n\r\n{base64.encodebytes(data).decode()}\r\n"
        for kind, place, key, data in parts
    )
    return (head + "".join(made) + end).encode()


class TestSavedPages:
    """MHTML."""

    TEXT = f"<html><body><article><h1>The ferry returns</h1><p>{FERRY}</p><p>{HARBOUR}</p>{{}}</article></body></html>"

    def test_a_player_is_a_link_to_what_it_shows(self) -> None:
        """Though the file calls it by a number of its own; what counts clicks is no part of the address."""
        page = self.TEXT.format('<iframe src="cid:frame-A@mhtml.blink" title="The film"></iframe>')
        made = convert(
            saved(
                ("text/html", "https://skarv.example/news/ferry", "frame-0@mhtml.blink", page.encode()),
                (
                    "text/html",
                    "https://www.youtube.com/embed/abc",
                    "frame-A@mhtml.blink",
                    b"<html><body>Play</body></html>",
                ),
            )
        )
        assert body(made).endswith("\n\n[The film](https://www.youtube.com/embed/abc)\n")
        assert "canonical: 'https://skarv.example/news/ferry?p=1'\n" in made.text

    def test_of_frames_the_one_with_the_text_is_meant(self) -> None:
        """And its address."""
        made = convert(
            saved(
                (
                    "text/html",
                    "https://skarv.example/",
                    "1",
                    b"<html><frameset><frame src=m><frame src=t></frameset></html>",
                ),
                ("text/html", "https://skarv.example/m", "2", b"<html><body><a href=a>A</a></body></html>"),
                ("text/html", "https://skarv.example/t", "3", self.TEXT.format("").encode()),
            )
        )
        assert body(made) == f"{FERRY}\n\n{HARBOUR}\n"
        assert "canonical: https://skarv.example/t\n" in made.text

    def test_one_that_breaks_off_says_so(self) -> None:
        """What is there comes along."""
        page = ("text/html", "https://skarv.example/news/ferry", "1", self.TEXT.format("").encode())
        assert convert(saved(page)).left == ()
        assert convert(saved(page, end="")).left == ("what stood behind the place where this file breaks off",)


class TestRichText:
    """RTF."""

    def test_tables_know_what_is_merged(self) -> None:
        """By its words, or by the edges of cells where rows have unlike numbers of them."""
        merged = (
            rb"\trowd\trhdr\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl M\cell H\cell\cell\row"
            rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell deep\cell low\cell\row"
        )
        wide = (
            rb"\trowd\trhdr\clvmgf\cellx1000\cellx3000\pard\intbl M\cell H\cell\row"
            rb"\trowd\clvmrg\cellx1010\cellx2000\cellx3010\pard\intbl\cell deep\cell low\cell\row"
        )
        for table in (merged, wide):
            made = body(convert(rb"{\rtf1\ansi\pard " + FERRY.encode() + rb"\par" + table + rb"\pard\par}"))
            assert made.endswith(
                '<table>\n<tr>\n<th rowspan="2">M</th>\n<th colspan="2">H</th>\n</tr>\n'
                "<tr>\n<th>deep</th>\n<th>low</th>\n</tr>\n</table>\n"
            )

    def test_lists_go_on_styles_mean_something_and_lines_of_code_are_a_block(self) -> None:
        """As in Word."""
        source = (
            rb"{\rtf1\ansi{\fonttbl{\f0 Helvetica;}{\f1 Consolas;}}{\stylesheet{\s1 Quote;}{\s2\'dcberschrift 2;}}"
            rb"\pard\s2\b The ice\par\pard\plain{\listtext 1.\tab}one\par\pard Between.\par{\listtext 2.\tab}two\par"
            rb"\pard\s1 Said she.\par And he.\par\pard\plain\f1 a = 1\par   b\par\pard\plain x{\up6 2}y{\dn4 3}\par}"
        )
        assert body(convert(source)) == (
            "1. one\n\nBetween.\n\n2. two\n\n> Said she.\n>\n> And he.\n\n```\na = 1\n  b\n```\n\n"
            "x<sup>2</sup>y<sub>3</sub>\n"
        )

    def test_what_is_not_the_text_is_left_out_and_told(self) -> None:
        """Contents, hidden words, changes; a picture of TextEdit's that is a file of its own."""
        entry = rb'{\field{\*\fldinst HYPERLINK \\l "a"}{\fldrslt One\tab 1}}\par'
        contents = rb'{\field{\*\fldinst TOC \\o "1-3"}{\fldrslt ' + entry + rb"}}"
        text = rb"{\v for the desk} {\deleted old}{\revised new} {{\NeXTGraphic ice.png \width1}\'ac} end.\par}"
        made = convert(rb"{\rtf1\ansi" + contents + rb"\pard " + FERRY.encode() + text)
        assert body(made) == f"{FERRY} new end.\n"
        assert made.left == (
            "1 hidden passage",
            "1 picture that is not in the file",
            "1 table of contents",
            "2 tracked changes, taken as accepted",
        )

    def test_letters_of_every_kind(self) -> None:
        """Fonts of signs, a second byte that is a backslash, formulas."""
        source = (
            rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 Gothic;}"
            rb"{\f1\fcharset2 Wingdings;}{\f2\fcharset2 Symbol;}}"
            rb"\pard\f0 \'95\\\'8e\'a6 \'95\'5c \{a\} {\f1\'fc} {\f1\u-3844?} {\f2 a}"
            rb" {\mmath{\*\moMath{\mf{\mfPr{\mctrlPr}}{\mnum{\mr a}}{\mden{\mr b}}}{\mr <1}}"
            rb"{\mmathPict{\pict 00}}}\par}"
        )
        assert body(convert(source)) == "表示 表 \\{a} ✓ ✓ α `\\frac{a}{b}<1`\n"

    def test_pictures_say_what_they_show(self) -> None:
        """Those in the line, and those that float."""
        shown = rb"{\*\picprop{\sp{\sn wzDescription}{\sv A drill}}}\pngblip " + png().hex().encode()
        floating = rb"{\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict" + shown + rb"}}}}{\shprslt{\pict" + shown + rb"}}}"
        link = rb'{\field{\*\fldinst HYPERLINK "https://ferry.example/" \\l "t" \\o "tip"}{\fldrslt Times}}'
        made = convert(rb"{\rtf1\ansi\pard " + link + rb"\par{\pict" + shown + rb"}\par\pard " + floating + rb"\par}")
        assert re.fullmatch(
            r"\[Times\]\(https://ferry\.example/#t\)\n\n!\[A drill\]\([^()]+/image1\.png\)\n\n"
            r"!\[A drill\]\([^()]+/image2\.png\)\n",
            body(made),
        )


class TestBooks:
    """EPUB."""

    def test_a_name_in_the_order_of_a_catalogue_is_turned_where_the_book_says_so(self) -> None:
        """By both versions' words; a comma alone may part two people."""
        two = '<dc:creator opf:file-as="Quill, Ada" xmlns:opf="http://www.idpf.org/2007/opf">Quill, Ada</dc:creator>'
        three = '<dc:creator id="a">Hale, Ben</dc:creator><meta refines="#a" property="file-as">Hale, Ben</meta>'
        shown = '<dc:creator id="a">Ada Quill</dc:creator><meta refines="#a" property="file-as">Quill, Ada</meta>'
        plain = "<dc:creator>Quill, Ada</dc:creator>"
        for meta, names in (
            (two, "[Ada Quill]"),
            (three, "[Ben Hale]"),
            (shown, "[Ada Quill]"),
            (plain, "['Quill, Ada']"),
        ):
            told = front(convert(epub({"one": f"<h1>One</h1><p>{FERRY}</p>"}, meta=meta)))
            assert f"authors: {names}\n" in told
