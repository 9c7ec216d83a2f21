"""Old, wrong, mixed and broken encodings: the text is read right, or it is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tagwire.intake import convert
from tagwire.intake.found import Asked, Converted

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))
TEXTS = {
    "cp1250": (
        "Přístav znovu otevřen\n\nPřístav byl v pátek znovu otevřen, "
        "jedenáct dní poté, co bouře utrhla dvě rybářské lodě. Nikdo "
        "nebyl zraněn, řekl správce přístavu.\n"
    ),
    "cp1251": (
        "Порт снова открыт\n\nПорт снова открылся в пятницу, через "
        "одиннадцать дней после бури. Никто не пострадал, сообщил "
        "начальник порта.\n"
    ),
    "cp1252": (
        "Le port rouvre\n\nLe port a rouvert vendredi, onze jours après"
        " une tempête qui avait arraché deux bateaux de pêche. "
        "“Personne n’a été blessé”, a dit le maître du port.\n"
    ),
    "cp1253": (
        "Το λιμάνι άνοιξε ξανά\n\nΤο λιμάνι άνοιξε ξανά την Παρασκευή, "
        "έντεκα ημέρες μετά την καταιγίδα. Κανείς δεν τραυματίστηκε, "
        "είπε ο λιμενάρχης.\n"
    ),
    "cp1255": (
        "הנמל נפתח מחדש\n\nהנמל נפתח מחדש ביום שישי, אחד עשר ימים לאחר הסערה. איש לא נפגע, אמר מנהל הנמל לעיתונאים.\n"
    ),
    "cp1256": (
        "الميناء يفتح من جديد\n\nأعيد فتح الميناء يوم الجمعة بعد أحد "
        "عشر يوما من العاصفة. لم يصب أحد بأذى كما قال مدير الميناء "
        "للصحفيين.\n"
    ),
    "latin-1": (
        "Der Hafen öffnet wieder\n\nDer Hafen wurde am Freitag wieder "
        "geöffnet, elf Tage nachdem ein Sturm zwei Fischerboote "
        "losgerissen hatte. Niemand wurde verletzt, sagte der "
        "Hafenmeister über die Nächte.\n"
    ),
    "shift_jis": (
        "港が再開した\n\n港は金曜日に再開した。嵐が二隻の漁船を引き離してから十一日後のことである。けが人はいなかったと港長は述べ"
        "た。\n"
    ),
    "gb18030": (
        "港口重新开放\n\n港口于星期五重新开放，距离风暴已经过去十一天。港务局长对记者说，没有人受伤，两艘渔船已经找到。\n"
    ),
    "big5": (
        "港口重新開放\n\n港口於星期五重新開放，距離風暴已經過去十一天。港務局長對記者說，沒有人受傷，兩艘漁船已經找到。\n"
    ),
    "koi8-r": (
        "Порт снова открыт\n\nПорт снова открылся в пятницу, через "
        "одиннадцать дней после бури. Никто не пострадал, сообщил "
        "начальник порта.\n"
    ),
    "euc-kr": (
        "항구가 다시 열렸다\n\n항구는 폭풍이 지나간 지 열하루 만인 금요일에 다시 열렸다. 다친 사람은 없다고 "
        "항만장이 기자들에게 말했다.\n"
    ),
}
"""By the encodings that the issue names."""
PAGE = (
    '<html><head><meta charset="iso-8859-1"><title>Größe</title></head><body><article><h1>Größe</h1>'
    + "<p>Die Fähre fährt am Freitag über den Sund, sagte der Kapitän. Niemand wurde verletzt.</p>" * 5
    + "</article></body></html>"
)


def made(data: bytes, path: str = "sources/x.txt") -> tuple[str, str, list[str]]:
    """(title, body, codes of the warnings) of an undated source."""
    result = convert(data, path, ASKED)
    assert isinstance(result, Converted), result
    codes = [problem.code for problem in result.problems if problem.code != "date-from-file"]
    return result.title, result.text.split("\n---\n\n", 1)[1], codes


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items(), ids=list(TEXTS))
def test_each_old_encoding_is_read_right_and_told(encoding: str, text: str) -> None:
    """A title and a paragraph are enough."""
    title, body, codes = made(text.encode(encoding))
    assert (f"{title}\n\n{body}", codes) == (text, ["encoding-guessed"])


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (PAGE.encode(), []),
        (PAGE.replace("iso-8859-1", "utf-8").encode("latin-1"), ["encoding-guessed"]),
        (PAGE.replace("iso-8859-1", "no-such-charset").encode(), []),
    ],
)
def test_a_wrong_charset_declared_is_not_believed(data: bytes, codes: list[str]) -> None:
    """UTF-8 is what can be read as UTF-8, whatever a page says; else it is a guess."""
    title, body, told = made(data, "sources/x.html")
    assert (title, told) == ("Größe", codes)
    assert "Fähre fährt am Freitag über den Sund, sagte der Kapitän" in body


def test_a_text_cut_within_a_character_is_read_to_there_and_told() -> None:
    """It is UTF-8 still, and none of the code pages that its bytes might be."""
    text = "Le port rouvre\n\nLe port a rouvert vendredi, après une tempête. Personne n’a été blessé".encode()
    assert made(text[:-1])[1:] == (
        "Le port a rouvert vendredi, après une tempête. Personne n’a été bless\n",
        ["encoding-guessed"],
    )


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("cp1252", ["Die Fähre fährt über den Sund.", "Der Kapitän hörte nichts.", "Die Größe überraschte ihn."]),
        ("cp1251", ["Порт снова открыт с пятницы.", "Никто не пострадал в порту.", "Так сказал начальник порта."]),
    ],
)
def test_lines_in_an_old_encoding_beside_utf_8_are_read_each_by_itself(encoding: str, lines: list[str]) -> None:
    """Most lines that are not ASCII must be UTF-8, or the whole is guessed as before."""
    head = b"Harbour\n\n"
    mixed = head + b"\n\n".join([lines[0].encode(), lines[1].encode(encoding), lines[2].encode()])
    assert made(mixed)[1:] == ("\n\n".join(lines) + "\n", ["encoding-guessed"])
    result = convert(mixed, "sources/x.txt", ASKED)
    assert [problem.line for problem in result.problems if problem.code == "encoding-guessed"] == [5]


def test_a_page_cut_short_keeps_what_is_there() -> None:
    """Within a tag, within a word, within a character."""
    data = PAGE.encode()
    at = data.index("über".encode(), 400)
    for end in (at, at + 1, data.index(b"<p>", 300) + 2):
        assert "Die Fähre fährt am Freitag" in made(data[:end], "sources/x.html")[1]
