"""Bodies of exports: HTML as tools write it, of which no word may go."""

from __future__ import annotations

import datetime as dt

import pytest

from tagwire.intake.exports import body, substackhtml
from tagwire.intake.found import Asked

ASKED = Asked(site="https://new.example/", modified=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<table><tr id='content-blocks'><p>One.</p><p>Two.</p></tr></table>", "One.\n\nTwo.\n"),
        ("<table><tr>One.<td>Two.</td></tr></table>", "One.\n\nTwo.\n"),
        ("<table><p>One.</p><tbody><p>Two.</p></tbody></table>", "One.\n\nTwo.\n"),
        ("<table><tbody>One.</tbody> <tr><td>Two.</td></tr></table>", "One.\n\nTwo.\n"),
    ],
)
def test_text_in_a_table_and_in_no_cell(html: str, written: str) -> None:
    """Beehiiv writes such rows; a browser shows the text above the table."""
    assert body.read(html, ASKED).markdown == written


def test_a_form_around_rows_takes_none_along() -> None:
    """It can't stand there either, but it holds what belongs there."""
    made = body.read("<table><form><tr><td>One.</td></tr></form></table>", ASKED)
    assert made.markdown == "One.\n"


@pytest.mark.parametrize("shown", ["data-src", "src"])
def test_a_picture_for_browsers_without_scripts_is_there_once(shown: str) -> None:
    """Squarespace writes each twice; one that stands alone stays."""
    alone = '<noscript><img src="https://v.example/a.png"></noscript>'
    twice = f'<div>{alone}<img alt="Dam" {shown}="https://v.example/a.png"></div>'
    assert body.read(twice, ASKED).markdown == "![Dam](https://v.example/a.png)\n"
    assert body.read(f"<p>Text.</p><div>{alone}</div>", ASKED).markdown.endswith("![](https://v.example/a.png)\n")


@pytest.mark.parametrize("quote", ["&quot;", '"'])
def test_substacks_buttons_to_subscribe_are_marked(quote: str) -> None:
    """However it quotes what they say."""
    said = f"{{{quote}url{quote}:{quote}https://v.example/subscribe?{quote}}}"
    mark = "'" if quote == '"' else '"'
    button = (
        f'<p class="button-wrapper" data-attrs={mark}{said}{mark}><a href="https://v.example/subscribe?">Join</a></p>'
    )
    assert 'class="button-wrapper subscribe"' in substackhtml.plain(button)[0]
