"""Mails as they come: folded subjects, parts in parts, lines that flow, lists, boxes of every make. Through `add`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from documents import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

DAM = "The board emptied the dam above Harlow on Tuesday, so that divers could look at the gate which leaked."
FERRY = "The valley has had no water from it since, and the ferry takes cans across the lake twice a day."
FROM = "From: Ida Holm <ida@valley.example>\n"
HEAD = f"{FROM}Date: Wed, 4 Mar 2026 10:00:00 +0100\nMessage-ID: <7@valley.example>\n"
PART = "From ida@valley.example Wed Mar  4 10:00:00 2026\n"


def coded(charset: str, text: str) -> str:
    """A word of RFC 2047."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.fixture
def added(site: Callable[[str], Site], tmp_path: Path) -> Callable[..., str]:
    """The article that a mail becomes."""

    def add(mail: str | bytes, *given: str, name: str = "mail.eml") -> str:
        made = site("")
        file = tmp_path / name
        file.write_bytes(mail if isinstance(mail, bytes) else mail.encode())
        run = made.run("add", str(file), "--stdout", *given)
        assert run.code == 0, run.err
        return run.out

    return add


def title(article: str) -> str:
    """As front matter spells it."""
    return article.partition("\ntitle: ")[2].partition("\n")[0].strip("'")


def body(article: str) -> str:
    """Below the front matter."""
    return article.partition("\n---\n")[2].strip()


class TestHeaders:
    """What stands above a mail."""

    def test_a_subject_in_three_charsets_over_three_lines(self, added: Callable[..., str]) -> None:
        """Spaces between encoded words are none (RFC 2047, 6.2)."""
        words = (coded("utf-8", "Skärv und "), "=?iso-8859-1?Q?=E4_Damm?=", coded("koi8-r", " плотина"))
        made = added(f"{HEAD}Subject: {words[0]}\n {words[1]}\n\t{words[2]} {coded('shift_jis', 'ダム')}\n\n{DAM}\n")
        assert title(made) == "Skärv und ä Damm плотинаダム"

    def test_a_letter_in_halves(self, added: Callable[..., str]) -> None:
        """Some programs cut encoded words between the bytes of a letter."""
        data = "Das Dämmchen".encode()
        halves = [base64.b64encode(half).decode() for half in (data[:6], data[6:])]
        made = added(f"{HEAD}Subject: =?utf-8?B?{halves[0]}?=\n =?utf-8?B?{halves[1]}?=\n\n{DAM}\n")
        assert title(made) == "Das Dämmchen"

    @pytest.mark.parametrize(
        ("sender", "authors"),
        [
            ('"Holm, Ida" <ida@valley.example>', "[Ida Holm]"),
            ("Holm, Ida <ida@valley.example>", "[Ida Holm]"),
            ("=?utf-8?Q?Holm=2C_Ida?= <ida@valley.example>", "[Ida Holm]"),
            ("Ida Holm, Per Dahl <ida@valley.example>", "[Ida Holm, Per Dahl]"),
            ("Ida Holm <ida@valley.example>, Per Dahl <per@valley.example>", "[Ida Holm, Per Dahl]"),
            ('"Valley News, Inc." <news@valley.example>', "['Valley News, Inc.']"),
            ("ida@valley.example (Ida Holm)", "[Ida Holm]"),
            ("ida at valley.example (=?utf-8?q?Ida_H=C3=B6lm?=)", "[Ida Hölm]"),
        ],
    )
    def test_names_are_those_that_are_spoken(self, added: Callable[..., str], sender: str, authors: str) -> None:
        """Address books write the last name first; several may have written."""
        made = added(f"From: {sender}\nMessage-ID: <7@valley.example>\nSubject: The dam\n\n{DAM}\n")
        assert f"\nauthors: {authors}\n" in made
        assert "@" not in made

    @pytest.mark.parametrize(
        ("sender", "authors"),
        [
            ("Holm, Ida <ida@valley.example>", "[Ida Holm]"),
            ("Holm, Ida [mailto:ida@valley.example]", "[Ida Holm]"),
            ("Ida Holm <ida@valley.example<mailto:ida@valley.example>>", "[Ida Holm]"),
            ("Ida Holm", "[Ida Holm]"),
            ("ida@valley.example (Ida Holm)", "[Ida Holm]"),
            ("Ida Holm | Valley News <ida@valley.example>", "[Ida Holm]"),
        ],
    )
    def test_names_in_a_mail_that_was_forwarded_are_read_alike(
        self, added: Callable[..., str], sender: str, authors: str
    ) -> None:
        """Outlook writes the address twice, or none."""
        inner = f"-----Original Message-----\nFrom: {sender}\nSent: Monday, 2 March 2026 10:00\nSubject: Dam\n\n{DAM}\n"
        made = added(f"{HEAD}Subject: FW: Dam\n\n{inner}")
        assert f"\nauthors: {authors}\n" in made
        assert body(made) == DAM

    def test_a_mail_without_a_date_and_with_the_wrong_charset(self, added: Callable[..., str]) -> None:
        """The date is that of the file, and told as such."""
        text = "Der Dämm über Härlow ist leer, sagte die Behörde. Niemand weiß, wie lange das noch so gehen soll."
        head = f"{FROM}Subject: Kein Datum\nContent-Type: text/plain; charset=utf-8\n\n"
        made = added(head.encode() + text.encode("cp1252"))
        assert (title(made), body(made)) == ("Kein Datum", text)
        assert "\ndate_source: file\n" in made

    @pytest.mark.parametrize("subject", ["[valley] Re: The dam", "Re: [Valley] The dam", "Fwd: [valley] AW: The dam"])
    def test_the_name_of_a_list_is_no_part_of_the_title(self, added: Callable[..., str], subject: str) -> None:
        """Where the mail is from that list; other brackets stay."""
        made = added(f"{HEAD}List-Id: Valley news <valley.lists.example>\nSubject: {subject}\n\n{DAM}\n")
        assert title(made) == "The dam"
        assert title(added(f"{HEAD}Subject: [valley] The dam\n\n{DAM}\n")) == "[valley] The dam"

    @pytest.mark.parametrize("headline", ["Software: a history", "Fire: what we know", "Prepare: the storm comes"])
    def test_words_that_end_like_a_sign_of_mail_stay(self, added: Callable[..., str], headline: str) -> None:
        """They once lost their "re:": in subjects and in texts."""
        assert title(added(f"{HEAD}Subject: {headline}\n\n{DAM}\n")) == headline
        assert title(added(f"{headline}\n\n{DAM}\n\n{FERRY}\n", name="text.txt")) == headline


class TestBodies:
    """What stands in one."""

    def test_an_alternative_that_is_html_alone(self, added: Callable[..., str]) -> None:
        """Quoted-printable, with soft breaks within a word and an equals sign of its own."""
        broken = DAM.replace("dam", "d=E4m").replace("Tuesday", "Tues=\nday")
        html = f"<p>{broken} 1 =3D 1.</p><p>{FERRY}</p>"
        made = added(
            f"{HEAD}Subject: The dam\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\nFor old\n"
            "programs.\n--x\nContent-Type: text/html; charset=iso-8859-1\n"
            f"Content-Transfer-Encoding: quoted-printable\n\n{html}\n--x--\n"
        )
        assert body(made) == f"{DAM.replace('dam', 'däm')} 1 = 1.\n\n{FERRY}"

    def test_a_mail_in_a_mail_in_a_mail(self, added: Callable[..., str]) -> None:
        """The innermost is the article, with its own sender and day."""
        inner = f"From: Per Dahl <per@valley.example>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: Dam\n\n{DAM}\n"
        for mark in "ab":
            inner = (
                f"{HEAD}Subject: Fwd: Dam\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary={mark}\n\n"
                f"--{mark}\nContent-Type: text/plain\n\nSee below.\n--{mark}\nContent-Type: message/rfc822\n\n"
                f"{inner}\n--{mark}--\n"
            )
        made = added(inner)
        assert "\ntitle: Dam\npublished: 2026-03-02T10:00:00+01:00\nauthors: [Per Dahl]\n" in made
        assert body(made) == DAM

    @pytest.mark.parametrize("quote", ["", '"'])
    def test_lines_that_flow_with_their_spaces_deleted(self, added: Callable[..., str], quote: str) -> None:
        """`DelSp=yes`, which is meant for languages without spaces; quoted lines flow too."""
        text = "The board emptied the  \ndam on Tues \nday.\n\n> It was said  \n> so.\n>> Before.\n\n From here.\n"
        kind = f"text/plain; charset=utf-8; format={quote}flowed{quote}; DelSp={quote}yes{quote}"
        made = added(f"{HEAD}Subject: The dam\nContent-Type: {kind}\n\n{text}")
        assert body(made).startswith("The board emptied the dam on Tuesday.\n\n> It was said so.\n>\n> > Before.")
        assert body(made).endswith("\n\nFrom here.")

    def test_pictures_that_are_shown_come_along_and_the_rest_is_named(
        self, site: Callable[[str], Site], tmp_path: Path
    ) -> None:
        """By their Content-ID; a name may be encoded in two ways."""
        data = base64.b64encode(png()).decode()
        picture = f"Content-Type: image/png{{}}\nContent-Transfer-Encoding: base64\n\n{data}\n"
        (tmp_path / "mail.eml").write_text(
            f"{HEAD}Subject: The dam\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n"
            "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
            f'<p>{DAM}</p><p><img src="cid:dam@x" alt="The dam"></p><p>{FERRY}</p>\n--b\n'
            f"{picture.format('; name=dam.png' + chr(10) + 'Content-ID: <dam@x>')}--b--\n--a\n"
            f"{picture.format(chr(10) + 'Content-Disposition: attachment; filename=other.png')}--a\n"
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''r%C3%A4port.pdf\n\n"
            "x\n--a--\n",
            encoding="utf-8",
        )
        made = site("")
        run = made.run("add", str(tmp_path / "mail.eml"))
        assert "not carried over: attachment räport.pdf" in run.out
        assert "not carried over: attachment other.png" in run.out
        assert (made.root / "content/articles/the-dam/dam.png").read_bytes() == png()
        assert "![The dam](the-dam/dam.png)" in (made.root / "content/articles/the-dam.md").read_text("utf-8")

    def test_a_signature_and_the_lines_of_a_list_are_cut_and_can_come_back(
        self, site: Callable[[str], Site], tmp_path: Path
    ) -> None:
        """Each is recorded; what the mail answers is quoted in it, and stays."""
        footer = f"{'_' * 47}\nValley mailing list\nhttps://lists.valley.example/valley\n"
        (tmp_path / "mail.eml").write_text(
            f"{HEAD}Subject: The dam\n\n> Is it empty?\n>> So they said.\n\n{DAM}\n\n{FERRY}\n\n"
            f"-- \nIda Holm\nHarbour office\n{footer}",
            encoding="utf-8",
        )
        made = site("")
        assert made.run("add", str(tmp_path / "mail.eml")).out.count("(mail-footer)") == 2
        article = made.root / "content/articles/the-dam.md"
        assert body(article.read_text("utf-8")) == (f"> Is it empty?\n>\n> > So they said.\n\n{DAM}\n\n{FERRY}")
        assert made.run("add", "--restore", str(article)).code == 0
        back = body(article.read_text("utf-8"))
        assert "Harbour office" in back
        assert "Valley mailing list" in back


class TestBoxes:
    """mbox, of which there are four kinds that nothing tells apart."""

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_line_that_was_marked_is_unmarked_once(
        self, site: Callable[[str], Site], tmp_path: Path, end: str
    ) -> None:
        """`>From` was "From"; `>>From` was a quoted one. Also in a mail of one line whose subject can't be read."""
        bodies = (f"{DAM}\n\n>From the start nobody believed it.\n", ">From the start nobody knew.\n", ">>From whom?\n")
        mails = (
            f"{PART}{FROM}Message-ID: <{at}@valley.example>\nSubject: =?x-unknown?B?////?=\n\n{text}\n"
            for at, text in enumerate(bodies)
        )
        (tmp_path / "box.mbox").write_bytes("".join(mails).replace("\n", end).encode())
        made = site("")
        run = made.run("add", str(tmp_path / "box.mbox"))
        assert (run.code, "3 new" in run.out) == (0, True), run.err
        texts = sorted(body(file.read_text("utf-8")) for file in (made.root / "content/articles").glob("*.md"))
        assert texts == [
            "> From whom?", "From the start nobody knew.", f"{DAM}\n\nFrom the start nobody believed it."
        ]  # fmt: skip

    def test_one_broken_mail_stops_no_other(self, site: Callable[[str], Site], tmp_path: Path) -> None:
        """Each is named by its id, or by its number."""
        good = f"{PART}{HEAD}Subject: The dam\n\n{DAM}\n\n"
        empty = f"{PART}{FROM}Message-ID: <empty@valley.example>\nSubject: Nothing\n\n\n"
        torn = f"{PART}{FROM}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: te"
        (tmp_path / "box").write_text(f"{empty}{good}{torn}", encoding="utf-8")
        made = site("")
        run = made.run("add", str(tmp_path / "box"))
        assert run.code == 1
        assert "1 new" in run.out
        assert "2 refused" in run.out
        assert run.err.count("error[source-empty]") == 2
