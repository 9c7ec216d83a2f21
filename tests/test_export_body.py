"""Bodies of exports: HTML as tools write it, of which no word may go."""

from __future__ import annotations

import datetime as dt

import pytest

from tagwire.intake.exports import body
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
