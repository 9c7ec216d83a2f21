"""What sources hold now and then: each of Word's formulas, cards of old editors, pictures without a name."""

from __future__ import annotations

import base64
import io
import json
from collections import Counter
from typing import Any

import pypdf
import pytest
from lxml import etree
from lxml import html as lxml_html

from documents import epub, odt
from tagwire.intake import officemath
from tagwire.intake.around import Around, pictures
from tagwire.intake.exports import address, wpblocks
from tagwire.intake.exports.lexical import Cards
from tagwire.intake.exports.settle import settle
from tagwire.intake.found import Converted
from tagwire.intake.officemath import tex
from test_documents import body, convert, front, refused, several

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def t(text: str) -> str:
    """A run of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("omml", "wanted"),
    [
        (f"<m:f><m:num>{t('a')}</m:num><m:den>{t('b+1')}</m:den></m:f>", r"\frac{a}{b+1}"),
        (f"<m:sSub><m:e>{t('x')}</m:e><m:sub>{t('1')}</m:sub></m:sSub>", "x_{1}"),
        (f"<m:sSubSup><m:e>{t('xy')}</m:e><m:sub>{t('1')}</m:sub><m:sup>{t('2')}</m:sup></m:sSubSup>", "{xy}_{1}^{2}"),
        (f"<m:rad><m:deg/><m:e>{t('2')}</m:e></m:rad>", r"\sqrt{2}"),
        (f"<m:rad><m:deg>{t('3')}</m:deg><m:e>{t('x')}</m:e></m:rad>", r"\sqrt[3]{x}"),
        (
            (
                f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{t("i=1")}</m:sub><m:sup>{t("n")}</m:sup>'
                f"<m:e>{t('i')}</m:e></m:nary>"
            ),
            r"\sum_{i=1}^{n} i",
        ),
        (f"<m:nary><m:sub/><m:sup/><m:e>{t('f')}</m:e></m:nary>", r"\int f"),
        (f"<m:d><m:e>{t('a')}</m:e><m:e>{t('b')}</m:e></m:d>", r"\left( a|b \right)"),
        (
            f'<m:d><m:dPr><m:begChr m:val="{{"/><m:endChr m:val=""/></m:dPr><m:e>{t("a")}</m:e></m:d>',
            r"\left\{ a \right.",
        ),
        (f'<m:acc><m:accPr><m:chr m:val="\u20d7"/></m:accPr><m:e>{t("v")}</m:e></m:acc>', r"\vec{v}"),
        (f"<m:acc><m:e>{t('v')}</m:e></m:acc>", r"\hat{v}"),
        (f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>{t("z")}</m:e></m:bar>', r"\overline{z}"),
        (f"<m:bar><m:e>{t('z')}</m:e></m:bar>", r"\underline{z}"),
        (f"<m:func><m:fName>{t('sin')}</m:fName><m:e>{t('x')}</m:e></m:func>", r"\sin x"),
        (
            (
                f"<m:func><m:fName><m:limLow><m:e>{t('lim')}</m:e><m:lim>{t('n')}</m:lim></m:limLow></m:fName>"
                f"<m:e>{t('a')}</m:e></m:func>"
            ),
            r"\lim_{n} a",
        ),
        (f"<m:func><m:fName>{t('foo')}</m:fName><m:e>{t('x')}</m:e></m:func>", "foo x"),
        (f"<m:limUpp><m:e>{t('A')}</m:e><m:lim>{t('*')}</m:lim></m:limUpp>", "{A}^{*}"),
        (
            (
                f"<m:m><m:mr><m:e>{t('1')}</m:e><m:e>{t('0')}</m:e></m:mr><m:mr><m:e>{t('0')}</m:e><m:e>{t('1')}</m:e>"
                "</m:mr></m:m>"
            ),
            r"\begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix}",
        ),
        (
            f"<m:eqArr><m:e>{t('a=b')}</m:e><m:e>{t('c=d')}</m:e></m:eqArr>",
            r"\begin{aligned} a=b \\ c=d \end{aligned}",
        ),
        (t("5% of {x} \\"), r"5\% of \{x\} \backslash"),
        (f"<m:box><m:boxPr/><m:e>{t('kept')}</m:e></m:box>", "kept"),
    ],
)
def test_each_construct_of_words_formulas_is_tex(omml: str, wanted: str) -> None:
    """ECMA-376 part 1, 22.1.2; what has no rule is its text."""
    assert tex(etree.fromstring(f'<m:oMath xmlns:m="{M}">{omml}</m:oMath>')) == wanted


def test_a_formula_nested_beyond_reason_keeps_its_text() -> None:
    """A file of a stranger may nest as it likes; no letter of it is lost."""
    inner = "<m:e>" * 200 + t("x") + "</m:e>" * 200
    assert tex(etree.fromstring(f'<m:oMath xmlns:m="{M}">{inner}</m:oMath>')) == "x"


@pytest.mark.parametrize(
    ("body", "shown", "told"),
    [
        ("<button><i></i>Buy the book</button>", "Buy the book", {"button": 1}),
        ('<form action="/find"><input name="q"><button>Go</button></form>', "", {"form /find": 1}),
        ('<script type="application/ld+json">{}</script>', "", {}),
        ('<script src="https://gist.github.com/ada/0a1b2c.js"></script>', "https://gist.github.com/ada/0a1b2c", {}),
        ('<script src="https://ads.example/a.js"></script>', "", {"script https://ads.example/a.js": 1}),
        ('<iframe src="//maps.example/quay" title="The quay"></iframe>', "https://maps.example/quay", {}),
        ('<img class="wp-smiley" alt=":)" src="s.png">', ":)", {}),
        (
            '<img width="1" height="1" src="https://count.example/p">',
            "",
            {"picture that counts readers https://count.example/p": 1},
        ),
        ('<img width="16" height="16" src="icon.png">', 'src="icon.png">', {}),
        ("<img>", "", {"picture without an address": 1}),
        ('<pre class="wp-block-verse">one <em>two\nthree</em>\nfour</pre>', "<p", {}),
        ("<p>https://video.example/42</p>", 'href="https://video.example/42"', {}),
        (
            '<div style="background-image: url(\'sea.jpg\')" aria-label="The sea">Text</div>',
            'src="sea.jpg" alt="The sea"',
            {},
        ),
        ('<div style="background: url(sea.jpg)"><img src="sea.jpg"></div>', '<img src="sea.jpg">', {}),
        (
            "<ul><li><img src='a.png'></li><li><figure><img src='b.png'><figcaption>B</figcaption></figure></li></ul>",
            "<div",
            {},
        ),
        (f'<p><img src="a.png" alt="Sea" width="{"9" * 5000}"></p>', 'alt="Sea"', {}),
    ],
)
def test_what_an_export_shows_without_words_is_kept_or_told(body: str, shown: str, told: dict[str, int]) -> None:
    """Forms, counters of readers and scripts go and are counted; what shows something becomes text or a link."""
    left: Counter[str] = Counter()
    root = lxml_html.fromstring(f"<section>{body}</section>")
    settle(root, left)
    text = lxml_html.tostring(root, encoding="unicode")
    assert shown in text, text
    assert dict(left) == told


def test_a_verse_keeps_its_lines() -> None:
    """Also where one ends within emphasis."""
    root = lxml_html.fromstring('<section><pre class="wp-block-verse">one <em>two\nthree</em>\nfour</pre></section>')
    settle(root, Counter())
    wanted = '<section><p class="wp-block-verse">one <em>two<br>three</em><br>four</p></section>'
    assert lxml_html.tostring(root, encoding="unicode") == wanted


@pytest.mark.parametrize(
    ("kind", "node", "wanted"),
    [
        ("horizontalrule", {}, "<hr>"),
        (
            "gallery",
            {"images": [{"src": "a.png", "alt": "A"}], "caption": "Two"},
            '<figure><img src="a.png" alt="A"></figure><p>Two</p>',
        ),
        (
            "bookmark",
            {"url": "https://x.example/", "metadata": {"title": "X & Y"}},
            '<p><a href="https://x.example/">X &amp; Y</a></p>',
        ),
        ("embed", {"url": "https://v.example/1"}, '<p><a href="https://v.example/1">https://v.example/1</a></p>'),
        ("embed", {"html": "<b>in</b>"}, "<b>in</b>"),
        ("file", {"src": "f.pdf", "fileTitle": "A plan"}, '<p><a href="f.pdf">A plan</a></p>'),
        ("audio", {"src": "a.mp3", "title": "Waves"}, '<p><a href="a.mp3">Waves</a></p>'),
        (
            "video",
            {"src": "v.mp4", "fileName": "v.mp4", "caption": "At sea"},
            '<p><a href="v.mp4">v.mp4</a></p><p>At sea</p>',
        ),
        ("button", {"buttonUrl": "/join", "buttonText": "Join"}, '<p><a href="/join">Join</a></p>'),
        ("callout", {"calloutEmoji": "!", "calloutText": "Mind"}, "<blockquote><p>! Mind</p></blockquote>"),
        ("toggle", {"heading": "More", "content": "<p>in</p>"}, "<p><strong>More</strong></p><p>in</p>"),
        ("codeblock", {"code": "a<b", "language": "c"}, '<pre><code class="language-c">a&lt;b</code></pre>'),
        (
            "product",
            {
                "productTitle": "Oar",
                "productDescription": "<p>Ash.</p>",
                "productUrl": "/oar",
                "productImageSrc": "o.png",
            },
            (
                '<figure><img src="o.png" alt=""></figure><p><strong>Oar</strong></p><p>Ash.</p>'
                '<p><a href="/oar">/oar</a></p>'
            ),
        ),
    ],
)
def test_each_card_of_ghost_has_a_likeness(kind: str, node: dict[str, Any], wanted: str) -> None:
    """Its fields are those of Ghost's own nodes (kg-default-nodes)."""
    cards = Cards()
    root = {"children": [{"type": kind, **node}], "type": "root"}
    assert cards.lexical(json.dumps({"root": root})) == f"<div>{wanted}</div>"
    assert cards.left == []


def test_mobiledoc_is_read_with_its_marks_atoms_and_cards() -> None:
    """The editor that Ghost had before Lexical; a passage that contradicts itself is named, the others stay."""
    document = {
        "atoms": [["soft-return", "", {}], ["mention", "@ada", {}]],
        "cards": [["hr", {}], ["unheard-of", {"url": "https://x.example/"}], []],
        "markups": [["em"], ["a", ["href", "https://y.example/"]]],
        "sections": [
            [1, "p", [[0, [0], 1, "low"], [1, [], 0, 0], [0, [1], 1, "tide"], [1, [], 0, 1]]],
            [1, "pull-quote", [[0, [], 0, "Said"]]],
            [3, "ol", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
            [2, "b.png"],
            [10, 0],
            [10, 1],
            [10, 2],
            [10, 99],
            [1, "p", [[0, [7], 1, "lost"]]],
            ["odd"],
        ],
    }
    cards = Cards()
    assert cards.mobiledoc(json.dumps(document)) == (
        '<p><em>low</em><br><a href="https://y.example/">tide</a>@ada</p><blockquote>Said</blockquote>'
        '<ol><li>one</li><li>two</li></ol><p><img src="b.png" alt=""></p><hr>'
        '<p><a href="https://x.example/">https://x.example/</a></p>'
    )
    assert cards.left == ["card unheard-of https://x.example/", "a passage that its editor could not show either"]


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 20_000])
def test_what_is_no_document_of_an_editor_shows_nothing(text: str) -> None:
    """An export may hold anything in that field."""
    assert Cards().lexical(text) == Cards().mobiledoc(text) == ""


@pytest.mark.parametrize(
    ("url", "site", "alias"),
    [
        ("https://a.example/2020/x.html", "", "/2020/x.html"),
        ("https://a.example/blog/x/", "https://a.example/blog/", "/x/"),
        ("https://a.example/?p=4", "", ""),
        ("https://a.example/", "", ""),
        ("https://[half/x", "", ""),
        ("https://a.example/50%25/", "", "/50%25/"),
    ],
)
def test_an_old_address_becomes_an_alias_where_a_file_can_answer_it(url: str, site: str, alias: str) -> None:
    """The front page and queries can't be; nor can what is no address."""
    assert address.alias(url, site) == alias


def test_the_slug_of_an_old_address() -> None:
    """Its last part, decoded, without the ending that a server showed."""
    assert address.slug("https://a.example/2020/caf%C3%A9.PHP?x=1") == "café"
    assert address.slug("https://[half/x") == ""


def test_blocks_without_content_of_their_own() -> None:
    """A reusable block is what it stands for, a link stays a link, and what nobody can know is named."""
    text = (
        '<!-- wp:block {"ref":7} /--><!-- wp:block {"ref":8} /--><!-- wp:block {bad} /-->'
        '<!-- wp:social-link {"url":"https://s.example/ada","service":"mastodon"} /-->'
        "<!-- wp:latest-posts /--><!-- wp:latest-posts /--><!-- wp:footnotes /-->"
    )
    html, left = wpblocks.plain(text, {"7": "<!-- wp:paragraph --><p>Kept</p><!-- /wp:paragraph -->"}, "[broken")
    assert "<p>Kept</p>" in html
    assert '<p><a href="https://s.example/ada">mastodon</a></p>' in html
    assert left == ("block reusable 8", "block reusable", "block latest-posts (2 times)")


def test_a_block_that_stands_for_itself_ends() -> None:
    """WordPress shows an error there; here the recursion has an end."""
    html, left = wpblocks.plain('<!-- wp:block {"ref":7} /-->', {"7": 'x<!-- wp:block {"ref":7} /-->'}, "")
    assert (html.count("x"), left) == (8, ("block reusable 7",))


def test_pictures_in_a_page_and_beside_it_have_names_that_fit() -> None:
    """A picture may be in the address itself, in two spellings, broken, twice, or without an ending."""
    png, svg = b"\x89PNG\r\n\x1a\nrest", "%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
    files = {"https://a.example/img/1?w=9": png + b"1", "https://a.example/odd": b"no picture"}
    inside = base64.b64encode(png).decode()
    page = lxml_html.fromstring(
        f'<div><img src="data:image/png;base64,{inside}"><img src="data:image/png;base64,{inside}">'
        f'<img src="data:image/svg+xml;utf8,{svg}"><img src="data:image/png;base64,A"><img src="data:text/plain,x">'
        '<img src="/img/1?w=9"><img src="odd"><img src="gone.png"></div>'
    )
    found = pictures(page, Around("https://a.example/", files.get), "https://a.example/")
    assert [each.name for each in found] == ["picture.png", "picture.svg", "1.png", "odd"]
    assert [image.get("src") for image in page.iter("img")] == [
        "attachment:picture.png", "attachment:picture.png", "attachment:picture.svg",
        "data:image/png;base64,A", "data:text/plain,x", "attachment:1.png", "attachment:odd", "gone.png",
    ]  # fmt: skip
    assert pictures(lxml_html.fromstring('<div><img src="a.png"></div>'), Around(), "https://[half/") == ()


LINE = "The harbour was closed on Monday after a cable had been found across its mouth, it said. "


def test_cells_of_a_table_with_spans_keep_what_stands_in_them() -> None:
    """Lists, code with a blank line, a heading beside a paragraph: in HTML, without a blank line that would end it."""
    page = (
        f"<html><body><article><h1>Tides</h1><p>{LINE * 8}</p><table><tr><td rowspan=2><ul><li>a</li></ul></td>"
        "<td><pre>x\n\ny</pre></td></tr><tr><td><h1>Head</h1><p>b</p></td></tr><tr><td><section>plain</section>"
        f"<p>c</p></td><td>d</td></tr></table><p>{LINE * 8}</p></article></body></html>"
    )
    table = body(convert(page.encode())).partition("<table>")[2].partition("</table>")[0]
    assert "\n\n" not in table
    for part in (
        '<td rowspan="2">\n<ul>\n<li>a</li>\n</ul>\n</td>',
        "<pre><code>x\n&#10;y</code></pre>",
        "<h2>Head</h2>\n<p>b</p>",
        "<p>plain</p>\n<p>c</p>\n</td>\n<td>d</td>",
    ):
        assert part in table


def test_frames_of_opendocument_are_text_or_pictures_or_told() -> None:
    """A box of text, a picture elsewhere, and an object that another program would have to draw."""
    made = convert(
        odt(
            "<text:p>a<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>"
            '<text:p><draw:frame><draw:image xlink:href="https://x.example/a.png"/><svg:desc>Sea</svg:desc></draw:frame>'
            '</text:p><text:p>b<draw:frame><draw:image xlink:href="./ObjectReplacements/1"/></draw:frame></text:p>'
        )
    )
    assert body(made) == "a\n\nboxed\n\n![Sea](https://x.example/a.png)\n\nb\n"
    assert "- an object that is neither text nor picture" in front(made)


@pytest.mark.parametrize("number", ["²", "9" * 5000, ""])
def test_numbers_of_opendocument_that_are_none_are_as_good_as_unsaid(number: str) -> None:
    """Of a heading's level, of the number that a list's item begins with, and of how often a cell comes."""
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        f'<text:list-level-style-number text:level="{number}" style:num-format="1"/></text:list-style>'
    )
    made = convert(
        odt(
            f'<text:p>Sea.</text:p><text:h text:outline-level="{number}">Head</text:h><text:list text:style-name="L">'
            f'<text:list-item text:start-value="{number}"><text:p>one</text:p></text:list-item></text:list>'
            f'<table:table><table:table-row><table:table-cell table:number-columns-repeated="{number}"'
            f' table:number-columns-spanned="{number}"><text:p>cell</text:p></table:table-cell></table:table-row>'
            "</table:table>",
            style,
        )
    )
    assert body(made).startswith("Sea.\n\n## Head\n\n1. one\n\n")
    assert body(made).count("cell") == 1


def test_rich_text_of_an_old_mac_and_of_word() -> None:
    """Code pages, the fallback behind a sign of Unicode, hidden runs, and a picture without bytes, which is told."""
    assert body(convert(rb"{\rtf1\mac\pard caf\'8e \uc2\u8364??x.\par}")) == "café €x.\n"
    made = convert(rb"{\rtf1\ansi\pard a\super 2\nosupersub  b {\v hidden}{\v0 shown}\par{\pict\pngblip }\par}")
    assert body(made) == "a<sup>2</sup> b shown\n"
    assert "picture" in front(made)


def test_a_book_has_its_authors_and_a_summary_without_tags() -> None:
    """EPUB 3: who is what stands in `meta` elements that refine a name; a description may be HTML."""
    meta = (
        '<dc:creator id="c1">Ada Quill</dc:creator><meta refines="#c1" property="role">aut</meta><dc:creator id="c2">'
        'Ben Hale</dc:creator><meta refines="#c2" property="role">ill</meta>'
        "<dc:description>&lt;p&gt;A &lt;b&gt;bold&lt;/b&gt; book&lt;/p&gt;</dc:description>"
    )
    told = front(convert(epub({"a.xhtml": f"<h1>One</h1><p>{LINE}</p>"}, meta=meta)))
    assert "authors: [Ada Quill]\n" in told
    assert "summary: A bold book\n" in told


def test_what_a_json_feed_attaches_is_linked() -> None:
    """A sound by its title, any other file by its name, below the text."""
    entry = {
        "id": "1", "url": "https://a.example/1", "title": "Waves", "content_html": "<p>At sea.</p>",
        "date_published": "2026-03-04T10:00:00Z",
        "attachments": [
            {"url": "https://a.example/w.mp3", "mime_type": "audio/mpeg", "title": "Listen"},
            {"url": "https://a.example/w.pdf", "mime_type": "application/pdf"},
        ],
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [entry]}
    (made,) = several(json.dumps(feed).encode())
    assert isinstance(made, Converted)
    assert body(made) == "At sea.\n\n[Listen](https://a.example/w.mp3)\n\n[w.pdf](https://a.example/w.pdf)\n"
    assert "w.pdf" not in front(made), "nothing of it is lost"


def test_a_pdf_with_a_password_is_refused_by_that_name() -> None:
    """An empty password is tried, as every viewer does."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    data = io.BytesIO()
    writer.write(data)
    assert refused(data.getvalue()) == "archive-locked"


def test_a_mail_whose_headers_are_broken_is_read() -> None:
    """A subject that is no UTF-8, a day that is none, an encoding that nobody knows: the text is there all the same."""
    mail = (
        f"From: a@x.example\r\nMIME-Version: 1.0\r\nSubject: =?utf-8?B?////?=\r\nDate: nonsense\r\n"
        f"Content-Type: text/plain; charset=no-such\r\n\r\n{LINE}\r\n"
    )
    assert body(convert(mail.encode())) == f"{LINE.strip()}\n"
    assert refused(b"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n\r\n") == "source-empty"


def test_a_formula_on_a_line_of_its_own_is_a_run_or_a_paragraph() -> None:
    """Word puts `oMathPara` into a paragraph, other programs between paragraphs."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    shown = f"<m:oMathPara><m:oMath>{t('x')}</m:oMath></m:oMathPara>"
    root = etree.fromstring(f'<w:body xmlns:w="{w}" xmlns:m="{M}"><w:p>{shown}</w:p>{shown}</w:body>')
    officemath.settle(root)
    first, second = root
    assert ["".join(map(str, each.itertext())) for each in (first, second)] == ["x", "x"]
    assert {etree.QName(each).localname for each in root} == {"p"}
    assert not list(root.iter(f"{{{M}}}oMathPara"))
