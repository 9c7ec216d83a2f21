"""Titles, summaries, sentences, tags and languages of texts that have none of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tagwire import sentences
from tagwire.intake import language, summary, tags, titles
from tagwire.intake.found import Asked, Found

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The crane fell on Monday. It was blue.", "The crane fell on Monday"),
        ("HAVEN, May 3 (Wire) - The crane fell.", "The crane fell"),
        ("“We won,” said the crane.", "“We won,” said the crane"),
        ("“The crane is gone.”", "The crane is gone"),
        ("It lay in the U.S. The end.", "It lay in the U.S."),
        (
            (
                "Haven’s port authority announced on Thursday that recent power cuts at its northern cranes were caused"
                " by a swan that nests there."
            ),
            "Haven’s port authority: Power cuts at its northern cranes were caused by a swan that nests there",
        ),
        (
            (
                "The port authority of Haven will paint the northern crane in green, because nobody liked the blue that"
                " it had been given in the spring of last year."
            ),
            "The port authority of Haven will paint the northern crane in green",
        ),
        ("小港重新开放。人们很高兴。", "小港重新开放"),
        ("", ""),
    ],
)
def test_derived_headlines(lead: str, expected: str) -> None:
    """Whole where it fits, without the day and the attribution where not, else cut where a clause ends."""
    assert expected == titles.derive(lead)


def test_a_headline_is_never_too_long() -> None:
    """A sentence without clauses is cut behind a word, with an ellipsis."""
    title = titles.derive("word " * 60 + "end.")
    assert len(title) < 110
    assert title.endswith("word…")


LEADS = [
    (
        (
            "Officials in the port town of Velmar announced on Tuesday that a new sea wall, which has been under "
            "construction since last spring and has cost twice as much as planned, will be opened to walkers before "
            "the summer ends."
        ),
        "Officials in the port town of Velmar: New sea wall will be opened to walkers before the summer ends",
    ),
    (
        (
            "KESTERVILLE, Nov 3 (Coast Wire) - Officials announced on Tuesday that a new sea wall will be built along"
            " the eastern shore of the town at a cost of 40 million crowns, after three storms flooded the market."
        ),
        "Officials: New sea wall will be built along the eastern shore of the town at a cost of 40 million crowns",
    ),
    (
        (
            "At least 12 people were killed and dozens injured when a train carrying commuters derailed on the "
            "outskirts of the capital early on Monday, emergency services and railway officials said."
        ),
        "At least 12 people were killed and dozens injured when a train carrying commuters derailed",
    ),
    (
        (
            "Researchers at the University of North Haven, working with colleagues in three other countries, have "
            "found a beetle that can survive for weeks in water so salty that nothing else is known to live in it."
        ),
        "Researchers at the University of North Haven have found a beetle that can survive for weeks",
    ),
    (
        (
            "The president of the regional assembly, who had been expected to resign this week amid a scandal over "
            "travel expenses, told reporters on Friday that he would stay in office until the election in the autumn."
        ),
        "The president of the regional assembly told reporters that he would stay in office",
    ),
    (
        (
            "Shares in the shipping company Merrow Lines fell by more than a fifth on Wednesday after the company, "
            "which employs 9,000 people in eleven countries, warned that profits would be far below what it had "
            "forecast."
        ),
        "Shares in the shipping company Merrow Lines fell by more than a fifth",
    ),
    (
        (
            "Despite a warning from meteorologists that the storm, the third in as many weeks, would reach the coast "
            "by nightfall, thousands of people gathered on the beaches of the island to see the return of the whales."
        ),
        "Thousands of people gathered on the beaches of the island to see the return of the whales",
    ),
    (
        (
            "“We will not leave this valley,” said the head of the farmers’ union, Marta Lindqvist, as bulldozers "
            "moved in on Tuesday to clear the last of the orchards for the reservoir."
        ),
        "“We will not leave this valley,” said the head of the farmers’ union, Marta Lindqvist",
    ),
    (
        (
            "A new study suggests that cities which plant more trees along their main roads are, on average, two "
            "degrees cooler in summer, that their inhabitants sleep better, and that they spend less on electricity."
        ),
        "A new study suggests that cities which plant more trees along their main roads are two degrees cooler",
    ),
    (
        (
            "Iran's foreign minister, speaking in Geneva after two days of talks, said that a deal on the inspection "
            "of the plants was close, but that several questions, which he didn't name, would have to be settled by "
            "leaders."
        ),
        "Iran's foreign minister: Deal on the inspection of the plants was close",
    ),
    (
        (
            "Police said Tuesday that three teenagers who had been missing since a hiking trip last weekend were "
            "found alive in a cave about six miles from the trail where their backpacks had been discovered."
        ),
        "Police: Three teenagers who had been missing since a hiking trip last weekend were found alive",
    ),
    (
        (
            "If nothing is done to repair the dikes along the lower Varn, a third of the farmland in the delta will "
            "be under water within thirty years, according to a report that was presented to the legislature on "
            "Monday."
        ),
        "If nothing is done to repair the dikes along the lower Varn, a third of the farmland in the delta…",
    ),
    (
        (
            "Le conseil municipal a annoncé mardi que la digue, construite il y a plus d'un siècle, serait remplacée "
            "avant la fin de l'année prochaine, alors que les tempêtes deviennent plus fréquentes."
        ),
        "Le conseil municipal a annoncé mardi que la digue, construite il y a plus d'un siècle, serait remplacée…",
    ),
]
"""Leads as agencies write them, and what a headline of one is: never without its verb, and no word left hanging."""


@pytest.mark.parametrize(("lead", "expected"), LEADS)
def test_a_long_lead_becomes_a_headline_with_its_verb(lead: str, expected: str) -> None:
    """Days, insertions and introductions go first; then it is cut where a clause or a phrase ends."""
    assert expected == titles.derive(lead)


def test_a_headline_of_a_lead_without_end_is_made_at_once() -> None:
    """Commas by the thousand are no work for hours."""
    for lead in ("the, of and in is " * 20_000, "A man, who " * 20_000, "In the " * 20_000 + ", the"):
        assert len(titles.derive(lead)) < 110


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr. Roe met Dr. Quill at 3 p.m. on Monday. They ate.",
            ("Mr. Roe met Dr. Quill at 3 p.m. on Monday.", "They ate."),
        ),
        ("It is in the U.S. Navy’s hands. Good.", ("It is in the U.S. Navy’s hands.", "Good.")),
        ("It is in the U.S. The end.", ("It is in the U.S.", "The end.")),
        ("“Why?” he asked. “Go!” She went.", ("“Why?” he asked.", "“Go!”", "She went.")),
        ("It cost 3.5 million. So what?", ("It cost 3.5 million.", "So what?")),
        ("天气很好。他说：“走吧。”然后走了！", ("天气很好。", "他说：“走吧。”", "然后走了！")),
        ("No end", ("No end",)),
    ],
)
def test_sentences(text: str, expected: tuple[str, ...]) -> None:
    """Abbreviations and quoted questions end none; closing quotes belong to theirs."""
    assert expected == sentences.split(text)


def test_a_summary_is_whole_sentences() -> None:
    """A short first sentence brings its second along, a long one stands alone, an endless one is cut at a word."""
    long = "The crane " + "and the crane " * 10 + "fell."
    assert summary.of("The crane fell. Nobody was hurt. Why?") == "The crane fell. Nobody was hurt."
    assert summary.of(f"{long} Nobody was hurt.") == long
    endless = summary.of("The crane " + "and the crane " * 40 + "fell.")
    assert endless.endswith((" crane…", " and…", " the…"))
    assert summary.of("小港开放。人们高兴。") == "小港开放。人们高兴。"


def found(plain: str, *keywords: str) -> Found:
    """A source with this text and keywords, and nothing else."""
    return Found("", False, (), None, None, "", "", keywords, "", "", plain, (), ())


TEXT = (
    "Power cuts hit Little Haven on Monday. Mayor Ada Quill said that the power cuts had ended.\n\n"
    "In Little Haven nobody believed her. Quill spoke of human rights. On Monday the power cuts of Little Haven ended."
)


def test_suggested_tags_are_names_phrases_and_subjects() -> None:
    """What recurs, and what newsrooms name; no last name, no weekday, no starter of sentences."""
    assert tags.choose(found(TEXT), "", "en", ASKED) == ("power cuts", "Little Haven", "human rights")


def test_the_sites_words_come_first_and_as_the_site_writes_them() -> None:
    """Given tags, keywords of the source, vocabulary with its spelling and aliases; ignored ones never."""
    asked = replace(
        ASKED,
        tags=("Harbours",),
        vocabulary=("Human Rights", "Haven"),
        aliases=(("power-cuts", "Energy"),),
        ignore=("haven",),
    )
    expected = ("Harbours", "swans", "Energy", "Human Rights", "Little Haven")
    assert expected == tags.choose(found(TEXT, "swans", "harbours"), "", "en", asked)


def test_other_scripts_get_the_sites_words_only() -> None:
    """No suggestion where names change their endings or words have no spaces; vocabulary is found there too."""
    text = "小港于星期五重新开放。小港很小。"
    assert tags.choose(found(text), "", "zh", ASKED) == ()
    assert tags.choose(found(text), "", "zh", replace(ASKED, vocabulary=("小港",))) == ("小港",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour of the town was opened again on Friday by the mayor.", "en"),
        ("Der kleine Hafen der Stadt wurde am Freitag vom Bürgermeister wieder geöffnet.", "de"),
        ("שלום עולם", "he"),
        ("東京の港は金曜日に再開した", "ja"),
        ("经过十一天的风暴小港重新开放", "zh"),
        ("Hello world", ""),
        ("123 456", ""),
    ],
)
def test_languages(text: str, expected: str) -> None:
    """A language where it is sure; none for a few words."""
    assert expected == language.detect(text)


@pytest.mark.parametrize("lead", [". A longer sentence follows here.", '"', "“”", '"."', "。"])
def test_a_sentence_of_nothing_but_marks_is_no_headline_and_no_endless_loop(lead: str) -> None:
    """Found by `test_fuzz.test_intake`."""
    assert titles.derive(lead) == ""


class TestASummaryIsWhole:
    """It ends where a sentence does."""

    LONG = "The ferry " + ", and the ferry ".join(f"number {number} sailed" for number in range(40)) + "."
    TEXT = (
        "The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all. "
        "The harbour was frozen for eleven weeks."
    )

    def test_one_that_a_page_cut_is_completed_from_its_text(self) -> None:
        """With an ellipsis or without."""
        for end in ("…", "...", " [...]", ""):
            stated = f"The ferry to Skarv sails again from Monday on, said its cap{end}"
            assert summary.whole(stated, self.TEXT) == self.TEXT.partition(" The harbour")[0]

    def test_one_that_is_not_in_the_text_loses_its_broken_sentence(self) -> None:
        """And is none if that was all."""
        assert summary.whole("The ferry is back. Its captain says that…", self.TEXT) == "The ferry is back."
        assert summary.whole("Its captain says that…", self.TEXT) == ""

    def test_one_without_a_full_stop_stays(self) -> None:
        """As its author wrote it."""
        assert summary.whole("News from the harbour", self.TEXT) == "News from the harbour"

    def test_a_sentence_without_end_does_not_stand_for_the_text(self) -> None:
        """If there is a shorter one."""
        assert summary.of(f"{self.LONG}\n\n{self.TEXT}") == self.TEXT.partition(" The harbour")[0]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "The ferry that was due at noon has not left, and the harbour master said it would not leave for hours.",
            True,
        ),
        ("De veerboot is om twaalf uur niet vertrokken, en de havenmeester was in overleg met de rederij.", False),
        ("Die Fähre, die um zwölf abfahren sollte, war am Abend noch im Hafen, und der Wind hat zugenommen.", False),
        (
            "Velm Harbour Ferry Ltd, Quay 4, Velm, open daily, adults 4.20, children 2.10, bicycles free, dogs 1.00",
            False,
        ),
    ],
)
def test_a_plainly_english_text_needs_no_model(text: str, plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model takes most of a second to load; its answer is asked wherever another language is possible."""
    asked: list[str] = []

    class _Model:
        def classify(self, sample: str) -> tuple[str, float]:
            asked.append(sample)
            return "xx", 1.0

    monkeypatch.setattr(language, "_model", _Model)
    assert language.detect(text) == ("en" if plain else "xx")
    assert bool(asked) is not plain
