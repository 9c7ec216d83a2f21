"""What pages that no rule was made for have taught, each by a page of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire.intake import page
from tagwire.intake.found import Asked, Found

_ASKED = Asked(site="", modified=datetime(2024, 1, 1, tzinfo=UTC))
_TEXT = (
    "<p>The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all.</p>"
    "<p>The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs.</p>"
    "<p>Nobody on the island can remember that it was ever colder, and most of them have tried.</p>"
)


def _read(source: str) -> Found:
    found = page.read(source, "a.html", _ASKED)
    assert isinstance(found, Found), found
    return found


def test_the_site_leaves_a_title_where_the_page_shows_it_without() -> None:
    """A hyphen parts titles too; the page itself tells which end is none of it."""
    shown = "<dl><dt>How the ferry won - a tale</dt></dl>"
    found = _read(f"<html><title>How the ferry won - a tale - Courier</title><body>{shown}{_TEXT}</body></html>")
    assert found.title == "How the ferry won - a tale"
    assert "a tale" not in found.markdown


def test_a_title_that_the_page_shows_whole_stays_whole() -> None:
    """Even where its first part stands somewhere by itself."""
    shown = "<p>Skarv and its ferry</p><div>Skarv and its ferry - a tale</div>"
    found = _read(f"<html><title>Skarv and its ferry - a tale</title><body>{shown}{_TEXT}</body></html>")
    assert found.title == "Skarv and its ferry - a tale"


def test_all_names_of_a_byline_are_taken_where_data_tell_the_first() -> None:
    """Links to authors that stand in one short line belong together; those of other articles don't."""
    told = '{"@type": "NewsArticle", "author": {"name": "Ada Quill"}}'
    line = "<div>By <a rel='author' href='/a'>Ada Quill</a>, <a rel='author' href='/b'>Ben Hale</a> 2h ago</div>"
    other = f"<section><p>{'Much more to read. ' * 9}</p><a rel='author' href='/c'>Cy Reed</a></section>"
    head = f"<html><script type='application/ld+json'>{told}</script><h1>A title</h1>"
    assert _read(f"{head}{line}{_TEXT}{other}</html>").authors == ("Ada Quill", "Ben Hale")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ada Quill and Ben Hale Associated Press", ("Ada Quill", "Ben Hale")),
        ("The Associated Press", ("The Associated Press",)),
        ("Reuters", ("Reuters",)),
    ],
)
def test_an_agency_behind_a_name_is_no_part_of_it(said: str, names: tuple[str, ...]) -> None:
    """An agency by itself is who wrote it."""
    assert _read(f"<html><meta name=author content='{said}'><h1>A title</h1>{_TEXT}</html>").authors == names


def test_a_date_below_a_title_that_is_no_heading_is_read() -> None:
    """Korean pages say "기사입력" before it."""
    shown = "<p>페리가 다시 떠난다</p><p>기사입력 :[ 2024-02-16 17:32 ]</p>"
    found = _read(f"<html lang=ko><title>페리가 다시 떠난다</title><body>{shown}{_TEXT}</body></html>")
    assert found.published is not None
    assert found.published.iso.startswith("2024-02-16T17:32")


def test_links_to_tags_and_the_author_s_mail_at_the_end_go() -> None:
    """They belong to the page; a list of sources stays."""
    tags = "<ul><li><a href='/topics/ice'>Ice</a></li><li><a href='/topics/skarv'>Skarv</a></li></ul>"
    found = _read(f"<html><h1>A title</h1>{_TEXT}<p>ada@courier.example</p>{tags}</html>")
    assert found.markdown.endswith("most of them have tried.\n")
    assert {cut.rule for cut in found.cuts} >= {"own-address", "tags-line"}
    sources = "<p>Sources:</p><ul><li><a href='https://ice.example/2019'>The ice report</a></li></ul>"
    assert "The ice report" in _read(f"<html><h1>A title</h1>{_TEXT}{sources}</html>").markdown


def test_lists_without_words_are_left_out() -> None:
    """Buttons leave empty items behind."""
    empty = "<ul><li><button>Like</button></li><li><ul><li><svg></svg></li></ul></li></ul>"
    assert "<li>" not in _read(f"<html><h1>A title</h1>{_TEXT}{empty}{_TEXT}</html>").markdown
