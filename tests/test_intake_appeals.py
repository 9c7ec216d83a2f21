"""Appeals and end marks go; notes of the editors below them, and news about giving, stay."""

from __future__ import annotations

import pytest

from tagwire.intake.boilerplate import trim
from tagwire.intake.pieces import lines_of
from tagwire.intake.structure import pieces

STORY = """\
The bell of Saint Orm has rung an hour early since Sunday, because nobody has told it that the winter is over.

The sexton says that he is too old for the tower. The vicar says that she is afraid of owls, of which it has three.

A boy from the village has offered to climb up, for a bicycle. The parish will vote on the bicycle at Easter."""


def cut(tail: str) -> tuple[list[str], str]:
    """Names of the rules that cut something of a story with `tail` below it, and what is left of `tail`."""
    trimmed = trim(pieces(lines_of(f"{STORY}\n\n{tail}\n")))
    return [rule for rule, _ in trimmed.cut], "\n\n".join(piece.plain for piece in trimmed.kept[3:])


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        ("Support independent journalism. Donate today.", "donation-appeal"),
        ("Become a member now for £4 a month and help keep our bells ringing.", "donation-appeal"),
        (
            "This report was made possible by readers like you. Gifts are doubled this week. Give now.",
            "donation-appeal",
        ),
        ("Our reporting is funded by our readers. For as little as $2, it stays free.", "donation-appeal"),
        ("Liked it? Then buy us a coffee at https://ko-fi.com/belltower", "donation-appeal"),
        ("Support our work: https://patreon.com/belltower", "donation-appeal"),
        ("Unterstützen Sie freien Journalismus! Jetzt spenden.", "donation-appeal"),
        ("Apoya el periodismo independiente. Haz una donación.", "donation-appeal"),
        ("Soutenez-nous ! Faites un don.", "donation-appeal"),
        ("Soutenez la presse indépendante. Faites un don.", "donation-appeal"),
        ("Поддержите нас! Сделайте пожертвование.", "donation-appeal"),
        ("תמכו בעיתונות עצמאית. תרמו עכשיו.", "donation-appeal"),
        ("请支持独立新闻。立即捐款。", "donation-appeal"),
        ("支持我們的報導，立即捐款！", "donation-appeal"),
        ("The Bell We All\nHear at Night\n\nSupport local journalism. Donate now.", "donation-appeal"),
        ("Subscribe today for unlimited access to all our bells.", "newsletter"),
        ("Click here to share this article on Twitter or Facebook.", "share"),
        ("You are receiving this email because you like bells. Unsubscribe | Update preferences", "mail-footer"),
        ("Unsubscribe | Update preferences", "mail-footer"),
        ("--\nIda Falk\nBell Desk, Orm Courier\nida@courier.test", "mail-footer"),
        ("-- \nIda Falk", "mail-footer"),
        ("-30-", "end-mark"),
        ("- 30 -", "end-mark"),
        ("###", "end-mark"),
        ("# # #", "end-mark"),
        ("ENDS", "end-mark"),
    ],
)
def test_what_goes(tail: str, rule: str) -> None:
    """An appeal in the publication's own voice goes, whatever its words; so do a mail's end and an end mark."""
    assert cut(tail) == ([rule], "")


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The tower has three owls, not two.",
        "Reporting by Ida Falk; Editing by Jon Brandt",
        "This article has been updated to give our readers the sexton's age.",
    ],
)
def test_a_note_of_the_editors_stays_below_an_appeal(note: str) -> None:
    """The appeal above and below it goes, the note is the article's."""
    appeal = "Support independent journalism. Donate now."
    assert cut(f"{appeal}\n\n{note}") == (["donation-appeal"], note)
    assert cut(f"{appeal}\n\n{note}\n\n{appeal}") == (["donation-appeal"] * 2, note)
    assert cut(note) == ([], note)


@pytest.mark.parametrize(
    "tail",
    [
        "“Support independent journalism. Donate now,” read the poster in the vicar's window.",
        "Support independent journalism was the motto of the parish fair, which two hundred visited.",
        "Become a member today, the leaflet of the ringers tells every household, and nobody does.",
        "Visitors gave as little as one pound to the bell fund, the treasurer reported on Monday.",
        "The bell was made possible by a gift from a widow in 1802, and so were the ropes.",
        "The ringers sold mugs so that people could buy the sexton a coffee.",
        "Subscribe now for full access, the posters of the theatre say, and few do.",
        "Members of the parish pay four pounds a month, and help to keep the roof dry.",
        "The newsletter of the parish will be printed on thinner paper, its readers were told.",
        "Every unsubscribe button must be as large as the others, the regulator ruled.",
        "The vicar asked donors to give now rather than in spring, when the owls have young.",
        "The charity thanked its supporters, who had donated 30 ropes and a ladder.",
        "The courier's reporters are paid by its readers, the court found, and owe the parish nothing.",
        "“We need you,” the vicar told the ringers. “Please give what you can.”",
        "The poet left the line unfinished -- and then she left the village for good.",
    ],
)
def test_news_about_giving_stays(tail: str) -> None:
    """What others ask, give and get is news, in the third person and in quotes."""
    assert cut(tail)[0] == []
