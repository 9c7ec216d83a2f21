"""Each rule by which something is cut is in the handbook, cuts what it names, and leaves what only looks like it."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted

ROOT = Path(__file__).parent.parent
ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))

# ------------------------------------------------------------------ what the code can write down


def documented() -> list[str]:
    """The rules in the handbook's table."""
    text = (ROOT / "content/pages/handbook/raw-articles.md").read_text(encoding="utf-8")
    table = text.split("## What is cut", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return [rule for row in rows for rule in re.findall(r"`([a-z-]+)`", row)]


TABLES = {"_RULES", "STANDING", "INSETS", "_SECTIONS", "_WIDGETS", "_BY_TAG"}
"""What rules are listed in: pairs that begin with them, or a dictionary that has them for keys (`_BY_TAG`: values)."""
CUTTERS = {"away", "gone", "_cut", "Cut", "stays"}
"""What is handed a rule."""


def coded() -> set[str]:
    """Every rule that the package can write into an article."""
    found: set[str] = set()
    for path in (ROOT / "src/tagwire/intake").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found |= texts(*rules_in(node))
    return found


def rules_in(node: ast.AST) -> list[ast.AST | None]:
    """The expressions of a node that stand for rules."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CUTTERS:
            return list(node.args[:2])
        case ast.Assign(targets=[ast.Name(id="rule" | "RULE")]) | ast.AnnAssign(target=ast.Name(id="rule" | "RULE")):
            return [node.value]
        case ast.FunctionDef(name=name) if name.endswith("_rule"):
            return [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
        case ast.For(target=ast.Tuple(elts=[ast.Name(id="rule"), *_]), iter=ast.Tuple(elts=pairs)):
            return [pair.elts[0] for pair in pairs if isinstance(pair, ast.Tuple)]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if name in TABLES:
            return listed(name, node.value)
    return []


def listed(name: str, table: ast.AST | None) -> list[ast.AST | None]:
    """The rules in a table."""
    if isinstance(table, ast.Dict) and name != "_RULES":  # those are formulas'
        return list(table.values if name == "_BY_TAG" else table.keys)
    return [pair.elts[0] for pair in table.elts if isinstance(pair, ast.Tuple)] if isinstance(table, ast.Tuple) else []


def texts(*expressions: ast.AST | None) -> set[str]:
    """What these can be, where they are texts."""
    found: set[str] = set()
    for each in expressions:
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.fullmatch("[a-z-]+", each.value):
            found.add(each.value)
        elif isinstance(each, ast.IfExp):
            found |= texts(each.body, each.orelse)
        elif isinstance(each, ast.BoolOp):
            found |= texts(*each.values)
    return found


def test_every_rule_is_in_the_handbook() -> None:
    """Once each, and no row is about a rule that nothing is cut by."""
    assert sorted(documented()) == sorted(coded())


def test_every_rule_has_cases() -> None:
    """Those below: one that it cuts, one that it leaves."""
    assert sorted(CASES) == sorted(documented())


# ------------------------------------------------------------------ what each cuts and leaves

STORY = (
    "The lighthouse of Skarv went dark on Sunday, for the first time since the war. Its keeper had locked himself out.",
    "He called the harbour master, who called the mayor, who has the only other key and was at a wedding inland.",
    "A trawler with nine men on board waited off the reef until dawn. Nobody was hurt, the coast guard said on Monday.",
    "The council will have a third key made. It will hang in the tavern, which never closes, behind the bar.",
)
BODY = "".join(f"<p>{text}</p>" for text in STORY)


def text(*more: str, above: str = "") -> bytes:
    """A plain text with something below it, or above its headline."""
    return "\n\n".join([*([above] if above else []), "Skarv lighthouse goes dark", *STORY, *more]).encode()


def page(below: str = "", *, above: str = "", head: str = "", within: str = "") -> bytes:
    """A page with something below its text, above it, or between its paragraphs."""
    body = BODY.replace("</p><p>", f"</p>{within}<p>", 1)
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Skarv lighthouse goes dark</title>"
        f"{head}</head><body><article>{above if '<h1' in above else above + '<h1>Skarv lighthouse goes dark</h1>'}"
        f"{body}{below}</article></body></html>"
    ).encode()


def mail(*parts: str) -> bytes:
    """A newsletter as its reader got it."""
    head = (
        "From: Ada Quill <ada@courier.test>\r\nSubject: Skarv lighthouse goes dark\r\n"
        "Date: Mon, 2 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    )
    return (head + "<html><body>" + "".join(parts) + "</body></html>").encode()


GUTENBERG = (
    "The Project Gutenberg eBook of Skarv\n\nTitle: Skarv\n\n*** START OF THE PROJECT GUTENBERG EBOOK SKARV ***\n\n"
    + "\n\n".join(STORY)
    + "\n\n*** END OF THE PROJECT GUTENBERG EBOOK SKARV ***\n\nUpdated editions will replace the previous one.\n"
).encode()

AUTHOR = '<meta name="author" content="Ada Quill">'

CASES: dict[str, tuple[bytes, bytes]] = {
    "donation-appeal": (
        text("Support our journalism. Become a member today."),
        text("The tavern supports the council's journalism prize. A member of its jury slept, the mayor said."),
    ),
    "newsletter": (
        text("Sign up for our newsletter."),
        text("The keeper signed up for the newsletter of the coast guard."),
    ),
    "newsletter-form": (
        page('<div class="newsletter-signup"><p>News by mail</p><input type="email"></div>'),
        page('<div class="newsroom"><p>The newsroom of the Courier has no key either, and never had one.</p></div>'),
    ),
    "app-prompt": (text("Download our app for the latest news."), text("The coast guard has an app for lost keys.")),
    "share": (text("Share this article on Facebook."), text("The two keepers share this house, and one key.")),
    "share-buttons": (
        page('<div class="share-buttons"><a href="/f">Facebook</a> <a href="/x">X</a></div>'),
        page("<p>The shareholders of the tavern met on Monday, and spoke of nothing else.</p>"),
    ),
    "end-mark": (text("-30-"), text("It was the 30th time.")),
    "mail-header": (
        mail('<p><a href="https://c.test/1">View this mail in your browser</a></p>', BODY),
        mail("<p>The mayor has no browser.</p>", BODY),
    ),
    "mail-footer": (
        text("-- \nAda Quill\nThe Courier"),
        text(
            "-- and then the lamp was lit again, by the keeper, who had found his key where he had looked for it first."
        ),
    ),
    "licence": (GUTENBERG, text("The keeper read *** START OF THE PROJECT GUTENBERG EBOOK *** aloud all night.")),
    "copyright": (
        text("© 2026 The Skarv Courier. All rights reserved."),
        text("All rights to the light are the town's."),
    ),
    "related-links": (text("Related: The light of Orm"), text("The keeper of Orm is related to the mayor.")),
    "header-lines": (
        b"Subject: Skarv lighthouse goes dark\nTo: desk@courier.test\n\n" + "\n\n".join(STORY).encode(),
        text("To: the keeper. From: the mayor. That was all that stood on the envelope."),
    ),
    "navigation": (
        page('<nav><a href="/n">News</a> <a href="/s">Sport</a></nav>'),
        page("<p>The navigation light of the reef burned all the same, for it needs no key and no keeper.</p>"),
    ),
    "form": (
        page('<form><label>Your name</label><input name="a"></form>'),
        page("<p>He filled in a form for a key.</p>"),
    ),
    "comments": (
        page('<section class="comments"><p>First!</p></section>'),
        page("<p>The mayor had no comments on Monday, and none on Tuesday, when she was asked for them again.</p>"),
    ),
    "advertisement": (
        page(within='<div class="ad-slot"><p>Keys cut while you wait</p></div>'),
        page(within='<p class="address">An advertisement in the Courier asked whether anybody had found a key.</p>'),
    ),
    "hover-card": (
        page('<div class="tooltip"><p>Opens a card</p></div>'),
        page(
            '<p class="cover">The cover of the lamp is of glass, and a hundred years old, says the keeper of Orm.</p>'
        ),
    ),
    "hidden-text": (
        page('<span class="sr-only">Opens in a new window</span>'),
        page(
            '<p class="print">The keeper reads whatever is in print, and lost the key while he did, says the mayor.</p>'
        ),
    ),
    "cookie-notice": (
        page('<div class="cookie-notice"><p>We use cookies</p></div>'),
        page(
            "<p>The keeper's wife had put cookies on the sill, and the dog took them and the key, says the clerk.</p>"
        ),
    ),
    "author-box": (
        page('<div class="author-bio"><p>Ada Quill is a reporter for the Courier.</p></div>', head=AUTHOR),
        page("<p>The author of the report on the lamp is a reporter's son, and none of his boxes had a key in it.</p>"),
    ),
    "byline": (
        page(above="<h1>Skarv lighthouse goes dark</h1><p>By Ada Quill, 2 March 2026</p>"),
        page(
            above="<h1>Skarv lighthouse goes dark</h1><p>On 2 March 2026 the keeper went for a walk with Ada Quill.</p>"
        ),
    ),
    "kicker": (
        page(above='<p class="kicker">Coast</p>'),
        page(
            above="<h1>The light goes out</h1><p>The coast was dark on Sunday night, from Orm to Skarv and beyond.</p>"
        ),
    ),
    "repeated-title": (
        page(within="<p>Skarv lighthouse goes dark</p>"),
        page(within="<p>Skarv lighthouse goes dark, wrote the keeper of Orm into his book, and went to bed again.</p>"),
    ),
    "tags-line": (
        page('<p>Filed under: <a href="/tag/light/">light</a></p>'),
        page("<p>The report was filed under L, with those on locks, lamps and lost property, says the clerk.</p>"),
    ),
    "own-address": (
        page("<p>https://courier.test/skarv</p>"),
        page('<p>The book of the keeper can be read at <a href="https://orm.test/">orm.test</a> by all who care.</p>'),
    ),
    "outside-article": (
        page('<div><ul><li><a href="/a">Orm</a></li><li><a href="/b">Holm</a></li></ul></div>'),
        page("<ul><li>a lamp</li><li>a bell</li><li>two keys</li></ul>"),
    ),
}


def cuts(source: bytes) -> list[str]:
    """The rules by which something was cut from an article."""
    kind = "eml" if source.startswith(b"From: ") else "html" if source.startswith(b"<!DOCTYPE") else "txt"
    made = convert(source, f"sources/skarv.{kind}", ASKED)
    assert isinstance(made, Converted), made
    assert STORY[3] in made.text
    return [cut.rule for cut in made.cuts]


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_cuts_what_it_names(rule: str) -> None:
    """And writes itself down."""
    assert rule in cuts(CASES[rule][0])


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_leaves_what_only_looks_like_it(rule: str) -> None:
    """Nothing else goes either: the text speaks of such things."""
    assert cuts(CASES[rule][1]) == []
