"""Two made-up sites with every kind of page, and with what is hard to set: for browsers, checkers and screenshots."""

from __future__ import annotations

import struct
import zlib

WORDS = (
    "The ferry left the quay at nine and nobody on it was in a hurry. The harbour master wrote the hour into his book, "
    "as he has done since the crane was new, and closed the window against the wind. "
)
LONG_TITLE = "How the harbour that nobody wanted became the one that everybody asked about, and what " * 3
UNBREAKABLE = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def png(width: int, height: int) -> bytes:
    """A picture of a sky above a sea."""
    rows = bytearray()
    for y in range(height):
        dark = y * 255 // height
        colour = (60, 90, 140 - dark // 3) if y * 5 > height * 3 else (250 - dark // 2, 200 - dark // 3, 150)
        rows += b"\0" + bytes(colour) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def article(name: str, title: str, day: str, front: str = "", text: str = WORDS * 3) -> str:
    """A file of the site."""
    quoted = title.replace('"', "'")
    head = f'title: "{quoted}"\nid: urn:example:{name}\npublished: {day}\n{front}'
    return f"-- content/articles/{name}.md --\n---\n{head}---\n{text}\n"


EVERYTHING = (
    "".join(f"\n\n## {name}\n\n{WORDS * 6}\n\n### Below {name}\n\n{WORDS * 4}" for name in ("Quay", "Crane", "Ferry"))
    + """

> Nobody asked for a second crane, and everybody leans on it.

![Sky above the sea](sea.png)

| Ship | Tons | Draught | Port | Flag | Owner | Year | Crew | Speed | Load | Deck | Mast | Sail | Rope | Oars | Bell | Lamp | Flag | Log | End |
|:---|---:|:---:|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| Halcyon | 1,200 | 4.2 m | Velmar | red | The harbour company | 1961 | 12 | 9 | 400 | 2 | 1 | 0 | 40 | 4 | 1 | 9 | 1 | 3 | 0 |

```python
def tide(hour: int) -> float:  # metres above the mark
    return 2.4 + 1.1 * math.sin(hour / 6 * math.pi)
```

The load is $L = \\frac{m \\cdot g}{A}$, and over a tide

$$
\\int_0^{12} h(t)\\,dt = 28.8
$$

A note[^1], `code`, <kbd>Ctrl</kbd>, a very long address https://harbour.example/a/very/long/address/that/never/ends/and/has/no/space/at/all/in/it and *more*.

1. One
2. Two
    - nested

Term
:   What it means.

[^1]: At the foot of the page.
"""
)

RTL = "הספינה עזבה את הרציף בתשע בבוקר, ואיש לא מיהר. מנהל הנמל רשם את השעה ביומנו (Velmar, 9:00) וסגר את החלון. " * 4

SETTINGS = """-- tagwire.toml --
title = "The Quiet Harbour"
description = "News from a harbour where little happens, and is told well."
author = "The harbour company"
lang = "en-GB"
copyright = "© The harbour company"
icon = "icon.svg"
math = true
per_page = 8
search = true
menu = [{ name = "Articles", url = "/articles/" }, { name = "Tags", url = "/tags/" }, { name = "About", url = "/about/" }]
[authors.jane-roe]
name = "Jane Roe"
url = "https://jane.example/"
bio = "Jane has covered the harbour since it had one crane."
[views.cranes]
title = "Cranes and ferries"
any = ["cranes", "ferries"]
-- content/static/icon.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#9a2a1c"/></svg>
-- content/pages/about.md --
---
title: About the harbour
translations: {he: about-he.md}
---
A page that belongs to no list. <span lang="de">Guten Tag.</span>
-- content/pages/about-he.md --
---
title: על הנמל
lang: he
---
דף אחד.
"""

SITE = (
    SETTINGS
    + article(
        "lead",
        "A second crane for a harbour that never asked for one",
        "2026-06-12T08:30:00Z",
        "authors: [Jane Roe, Dan Poe]\ntags: [Cranes, Harbour]\nimage: sea.png\nseries: The crane\n"
        "updated: 2026-06-14\nsummary: It stands where the old one stood, is twice as high, and has not moved since the "
        "day the minister left.\ncorrections: [{date: 2026-06-14, note: An earlier version misspelt the minister’s name.}]\n",
        WORDS + EVERYTHING,
    )
    + article("first", "The old crane goes", "2026-06-01", "authors: [Jane Roe]\ntags: [Cranes]\nseries: The crane\n")
    + article(
        "rtl", "מנוף שני לנמל שלא ביקש אותו", "2026-06-11", "lang: he\ntags: [Cranes, נמל]\nimage: sea.png\n", RTL
    )
    + article(
        "gone", "The crane that fell", "2026-06-10", "tags: [Cranes]\nretracted: {date: 2026-06-11, note: It stands.}\n"
    )
    + article("title", LONG_TITLE, "2026-06-09", "tags: [Harbour]\n")
    + article("word", UNBREAKABLE, "2026-06-08", f"tags: [{UNBREAKABLE[:80]}]\n", UNBREAKABLE)
    + article("tags", "Sixty tags", "2026-06-07", f"tags: [{', '.join(f'Berth {n}' for n in range(60))}]\n")
    + article("bare", "No tags, no authors", "2026-06-06", "", "Short.")
    + "".join(
        article(
            f"n{n}", f"What the tide left on day {n}", f"2026-05-{n:02}", f"tags: [{('Ferries', 'Harbour')[n % 2]}]\n"
        )
        for n in range(1, 13)
    )
)

HEBREW = (
    '-- tagwire.toml --\ntitle = "הנמל השקט"\ndescription = "חדשות מנמל שלא קורה בו הרבה"\nlang = "he"\nicon = "icon.svg"\nsearch = true\n'
    'menu = [{ name = "כתבות", url = "/articles/" }, { name = "תגיות", url = "/tags/" }]\n'
    '-- content/static/icon.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>\n'
    + article(
        "lead",
        "מנוף שני לנמל שלא ביקש אותו",
        "2026-06-12",
        "authors: [Jane Roe, יעל כהן]\ntags: [מנופים, C++]\nimage: sea.png\nsummary: הוא גבוה פי שניים.\n"
        "corrections: [{date: 2026-06-14, note: תוקן שמו של השר.}]\n",
        RTL + "\n\n```python\nx = 1  # left to right\n```\n",
    )
    + article("en", "An English article in a Hebrew site", "2026-06-11", "lang: en\ntags: [מנופים]\n")
    + article("old", "המנוף הישן הולך", "2026-05-01", "tags: [מנופים]\n", RTL)
)

PAGES = {
    "home": "",
    "later": "page/1/",
    "article": "articles/lead/",
    "other-direction": "articles/rtl/",
    "retracted": "articles/gone/",
    "long-title": "articles/title/",
    "unbreakable": "articles/word/",
    "sixty-tags": "articles/tags/",
    "bare": "articles/bare/",
    "page": "about/",
    "tags": "tags/",
    "tag": "tags/cranes/",
    "authors": "authors/",
    "author": "authors/jane-roe/",
    "one-series": "series/the-crane/",
    "view": "views/cranes/",
    "archive": "articles/",
    "year": "archive/2026/",
    "month": "archive/2026/05/",
    "missing": "404.html",
    "subscribe": "subscribe/",
    "corrections": "corrections/",
    "twin": "follow/",
    "twin-of-tag": "tags/cranes/follow/",
    "search": "search/",
}
"""What to look at: every kind of page."""
HEBREW_PAGES = {
    name: PAGES[name]
    for name in ("home", "article", "tags", "archive", "month", "missing", "subscribe", "corrections", "search", "twin")
} | {"tag": "tags/מנופים/", "other-direction": "articles/en/"}
