"""Plain text becomes an article that an editor would sign. The samples are our own, in the style of the wires."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import yaml

from tagwire.intake import convert, fingerprint
from tagwire.intake.found import Asked, Converted, Refused
from tagwire.model import When

MODIFIED = datetime(2026, 3, 1, 12, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
ASKED = Asked(site="https://example.test/", modified=MODIFIED)

WIRE = """\
The port authority of Little Haven announced on Thursday that recent power cuts at its northern cranes may have \
been caused by a swan that nests above the switches.

“Swans come to the harbour every spring, and most of them do no harm [sic],” said authority spokesman Abel Thorne, \
according to the Haven Gazette.

Thorne claimed that the power cuts had not stopped “a single boat,” and that Little Haven would stay open.”

Little Haven and Great Haven have quarrelled over swans for a decade. Last May, Great Haven’s council said that \
power cuts were a matter for the county.

The Brightwell crane, built in 2010, is the largest on the coast. Repairs to the Brightwell crane will end in spring.

The county will hear both towns. A ruling is not expected before the herring season, which opens when the fog lifts \
and closes when the boats are full.

Support Harbour Journalism
with Spring in Sight

One of the strangest stories of this long winter is that of the swan. People at home want to read about it.

The Gazette is read in more and more kitchens, and our reporters go out in every weather.

Our future depends on the generosity of committed readers. Monthly donations help us sustain our work. We thank you.
"""

WRAPPED = """\
HARBOUR REOPENS AFTER STORM
By Jane Roe and Ludwig van Doe

LITTLE HAVEN, 24 July 2020 (Coast Wire) - The harbour reopened on Friday,
eleven days after a storm had torn two fishing boats from their moorings and
flooded the fish market, the port authority said.

Nobody was hurt. The town has 3,000 people, forty boats and one well-
known tavern, which never closed.
"""


def converted(text: str | bytes, asked: Asked = ASKED, path: str = "sources/x.txt") -> Converted:
    """The article that a source becomes; fails where it becomes none."""
    result = convert(text.encode() if isinstance(text, str) else text, path, asked)
    assert isinstance(result, Converted), result
    return result


def head(result: Converted) -> dict[str, object]:
    """The front matter, every value a string as it stands there."""
    front = yaml.load(result.text.split("\n---\n", 1)[0], Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(front, dict)
    return front


def body(result: Converted) -> str:
    """The Markdown below the front matter."""
    return result.text.split("\n---\n\n", 1)[1]


def refused(data: bytes) -> str:
    """The code of the problem for which a source becomes no article."""
    result = convert(data, "sources/x.txt", ASKED)
    assert isinstance(result, Refused)
    return result.problems[0].code


# ------------------------------------------------------------------ a wire story without title and date


def test_an_untitled_story_gets_a_headline_from_its_lead() -> None:
    """The claim of the lead with its speaker in front, under 110 characters, and told to be derived."""
    result = converted(WIRE)
    expected = "The port authority of Little Haven announced that recent power cuts at its northern cranes may have"
    assert len(result.title) < 110
    assert not result.title.endswith(".")
    assert not expected.startswith(result.title)
    assert "derived from the lead sentence" in [f.origin for f in result.findings if f.what == "title"]


def test_the_appeal_is_cut_and_its_lines_are_recorded() -> None:
    """Everything from the unpunctuated heading on goes; the record names the lines and their digest."""
    result = converted(WIRE)
    lines = WIRE.split("\n")
    first = lines.index("Support Harbour Journalism")
    expected = hashlib.sha256("\n".join(lines[first:-1]).encode()).hexdigest()
    assert [(cut.rule, cut.lines) for cut in result.cuts] == [("donation-appeal", f"{first + 1}-{len(lines) - 1}")]
    assert expected == result.cuts[0].sha256
    assert body(result).rstrip().endswith("the boats are full.")


def test_nothing_is_cut_when_all_shall_be_kept() -> None:
    """`keep_all` leaves the appeal where it is and records no cut."""
    result = converted(WIRE, replace(ASKED, keep_all=True))
    assert result.cuts == ()
    assert body(result).rstrip().endswith("We thank you.")


def test_quotes_and_marks_stay_as_they_were() -> None:
    """Curly quotes, "[sic]" and a stray quotation mark are the author's."""
    text = body(converted(WIRE))
    assert "do no harm [sic],” said" in text
    assert "would stay open.”\n" in text


def test_tags_are_few_and_well_formed() -> None:
    """Names and phrases that recur; no weekday, month or last name."""
    tags = head(converted(WIRE))["tags"]
    assert tags == ["power cuts", "Little Haven", "Great Haven", "Brightwell"]


def test_an_undated_text_has_its_files_time_and_says_so() -> None:
    """`date_source: file`, and a warning that points at `published` in the article to be."""
    result = converted(WIRE)
    (problem,) = result.problems
    assert head(result)["published"] == "2026-03-01T12:30:15+02:00"
    assert head(result)["date_source"] == "file"
    assert (problem.code, problem.severity) == ("date-from-file", "warning")
    assert problem.path == f"content/articles/{result.slug}.md"
    assert result.text.split("\n")[problem.line - 1] == problem.excerpt
    assert problem.excerpt[problem.column - 1 :] == "2026-03-01T12:30:15+02:00"


def test_a_day_in_running_text_is_no_date() -> None:
    """A date that the prose mentions is not the article's."""
    result = converted("The wall was built on 3 May 1911 by hand. It fell on Monday.\n")
    assert head(result)["date_source"] == "file"


# ------------------------------------------------------------------ hard-wrapped, with byline and dateline


def test_a_wrapped_story_has_title_byline_date_and_whole_paragraphs() -> None:
    """The margin's line ends go, the hyphen that was there before stays, the dateline stays in the text."""
    result = converted(WRAPPED)
    front = head(result)
    assert front["title"] == "HARBOUR REOPENS AFTER STORM"
    assert front["authors"] == ["Jane Roe", "Ludwig van Doe"]
    assert front["published"] == "2020-07-24"
    assert "date_source" not in front
    assert body(result) == (
        "LITTLE HAVEN, 24 July 2020 (Coast Wire) - The harbour reopened on Friday, eleven days after a storm had torn"
        " two fishing boats from their moorings and flooded the fish market, the port authority said.\n\n"
        "Nobody was hurt. The town has 3,000 people, forty boats and one well-known tavern, which never closed.\n"
    )


def test_the_summary_leaves_the_dateline_out() -> None:
    """The summary is the first sentence without the place and the agency."""
    summary = head(converted(WRAPPED))["summary"]
    assert str(summary).startswith("The harbour reopened on Friday, eleven days")


def test_windows_line_ends_make_no_difference() -> None:
    """CRLF gives the article of LF, but for the digest of the source and the id made of it."""
    expected = converted(WRAPPED)
    actual = converted(WRAPPED.replace("\n", "\r\n"))
    assert body(expected) == body(actual)
    assert expected.title == actual.title


def test_a_mails_header_is_title_byline_and_date() -> None:
    """Encoded words are read, addresses are not published, the other header lines are cut."""
    result = converted(
        "Subject: =?utf-8?Q?The_caf=C3=A9_on_the_hill?=\nFrom: Jane Roe <jane@example.test>\nTo: desk@example.test\n"
        "Date: Fri, 24 Jul 2020 09:00:00 +0300\n\nThe café on the hill closed. It was ninety years old.\n"
    )
    front = head(result)
    assert (front["title"], front["authors"]) == ("The café on the hill", ["Jane Roe"])
    assert front["published"] == "2020-07-24T09:00:00+03:00"
    assert [(cut.rule, cut.lines) for cut in result.cuts] == [("header-lines", "3")]
    assert "jane@example.test" not in result.text


def test_an_ambiguous_date_in_a_header_is_none() -> None:
    """03/04/2020 is two days; the header line is cut and the reason told."""
    result = converted("Title: The wall\nDate: 03/04/2020\n\nThe wall fell. Nobody was hurt.\n")
    assert head(result)["date_source"] == "file"
    assert [(cut.rule, cut.lines) for cut in result.cuts] == [("header-lines", "2")]
    assert ("date", "none") in [(finding.what, finding.value) for finding in result.findings]


def test_a_date_line_at_the_end_counts() -> None:
    """A line that is a date and nothing else dates the article, below the text too."""
    result = converted("The wall fell on Monday. Nobody was hurt.\n\nPublished on 24 July 2020\n")
    assert head(result)["published"] == "2020-07-24"
    assert body(result) == "The wall fell on Monday. Nobody was hurt.\n"


def test_an_update_is_told_from_the_first_publication() -> None:
    """Both dates of a line are taken, in the site's time zone."""
    result = converted(
        "The wall fell\n\nPublished: 24 July 2020, 9:00 a.m. | Updated: 25 July 2020\n\nIt fell.\n",
        replace(ASKED, timezone="Europe/Berlin"),
    )
    front = head(result)
    assert (front["published"], front["updated"]) == ("2020-07-24T09:00:00+02:00", "2020-07-25")


# ------------------------------------------------------------------ what was asked wins


def test_what_was_asked_wins() -> None:
    """Title, date, tags and id of the owner stand in the front matter."""
    asked = replace(
        ASKED,
        title="My title",
        date=When(datetime(2021, 5, 6, tzinfo=UTC), timed=False),
        tags=("Harbours",),
        id="urn:uuid:1",
    )
    front = head(converted(WRAPPED, asked))
    assert (front["title"], front["published"], front["id"]) == ("My title", "2021-05-06", "urn:uuid:1")
    assert list(front["tags"])[0] == "Harbours"  # type: ignore[call-overload] # noqa: RUF015


def test_ids_depend_on_site_and_source_alone() -> None:
    """The same source has the same id at any path; another site or another byte has another."""
    same = head(converted(WRAPPED))["id"], head(converted(WRAPPED, path="sources/y.txt"))["id"]
    site = head(converted(WRAPPED, replace(ASKED, site="https://other.test/")))["id"]
    source = head(converted(WRAPPED + "\n"))["id"]
    assert same[0] == same[1]
    assert len({same[0], site, source}) == 3


def test_a_hand_edit_is_seen_anywhere() -> None:
    """The fingerprint is that of the file as written, and of no edited one; line ends don't matter."""
    result = converted(WRAPPED)
    source = head(result)["source"]
    assert isinstance(source, dict)
    assert source["converted"] == fingerprint(result.text)
    assert source["converted"] == fingerprint(result.text.replace("\n", "\r\n"))
    for old, new in (("title: HARBOUR", "title: THE HARBOUR"), ("Nobody", "No one"), ("path: ", "path:  ")):
        assert source["converted"] != fingerprint(result.text.replace(old, new))


# ------------------------------------------------------------------ other scripts


@pytest.mark.parametrize(
    ("text", "lang", "title", "published"),
    [
        (
            "הנמל נפתח מחדש\n\nמאת רות לוי\n24 ביולי 2020\n\nהנמל הקטן נפתח ביום שישי אחרי סערה.\n",
            "he",
            "הנמל נפתח מחדש",
            "2020-07-24",
        ),
        (
            "أعيد فتح الميناء\n\n24 يوليو 2020\n\nأعيد فتح الميناء يوم الجمعة بعد عاصفة استمرت أحد عشر يوما.\n",
            "ar",
            "أعيد فتح الميناء",
            "2020-07-24",
        ),
        (
            "小港重新开放\n\n2020年7月24日\n\n经过十一天的风暴，小港于星期五重新开放。\n",
            "zh",
            "小港重新开放",
            "2020-07-24",
        ),
    ],
)
def test_scripts_of_the_world(text: str, lang: str, title: str, published: str) -> None:
    """Hebrew, Arabic and Chinese have title, date and language, and no nonsense for tags."""
    front = head(converted(text))
    assert (front["lang"], front["title"], front["published"]) == (lang, title, published)
    assert "tags" not in front


@pytest.mark.parametrize(
    ("encoding", "text", "lang"),
    [
        ("cp1251", "Порт открыт снова\n\nМаленький порт открыли в пятницу после шторма. Мэр города доволен.\n", "ru"),
        (
            "cp1252",
            "Der Hafen öffnet\n\nDer kleine Hafen wurde am Freitag nach dem Sturm wieder geöffnet – endlich.\n",
            "de",
        ),
    ],
)
def test_old_encodings_are_read_and_told(encoding: str, text: str, lang: str) -> None:
    """A file in an eight-bit encoding gives its text, and a warning that it was a guess."""
    result = converted(text.encode(encoding))
    assert text.strip() == f"{result.title}\n\n{body(result)}".strip()
    assert head(result)["lang"] == lang
    assert "encoding-guessed" in [problem.code for problem in result.problems]


# ------------------------------------------------------------------ verse, and texts that are none


def test_verse_keeps_its_lines() -> None:
    """Short lines with capitals keep their line ends as hard breaks; the first one is the title."""
    result = converted(
        "Two roads met at the mill,\nAnd neither would give way;\nThe miller slept on still\nTill day.\n"
    )
    assert result.title == "Two roads met at the mill"
    assert body(result) == (
        "Two roads met at the mill,  \nAnd neither would give way;  \nThe miller slept on still  \nTill day.\n"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source-empty"),
        (b" \r\n\t", "source-empty"),
        (b"Title: only a title", "source-empty"),
        (b"\x00\x01binary", "source-not-text"),
        (b"%PDF-1.7 and so on", "document-broken"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    """Empty and binary files give a problem and no article."""
    assert code == refused(data)


def test_control_characters_are_left_out_and_told() -> None:
    """What XML can't carry goes, with a warning at the first one; a page break parts words."""
    result = converted("One\x0ctwo is here.\n\nThr\x01ee is here.\n")
    assert body(result) == "One two is here.\n\nThree is here.\n"
    assert [(p.line, p.column) for p in result.problems if p.code == "control-characters"] == [(1, 4)]


def test_a_title_of_yaml_signs_is_still_that_title() -> None:
    """Front matter is quoted where YAML would read something else."""
    for title in ("Yes", "12", "a: b", "# 1 in sales", 'it\'s "so"', "[x]", "2020-01-01", "C:\\dir", "null"):
        assert head(converted("Some text is here.\n", replace(ASKED, title=title)))["title"] == title
        loaded = yaml.safe_load(converted("Some text.\n", replace(ASKED, title=title)).text.split("\n---\n", 1)[0])
        assert loaded["title"] == title
