r"""Text that must come out of Python-Markdown as it went in.

The dialect is Python-Markdown with `extra` and `sane_lists`; what GitHub's dialect reads besides is escaped too, since
a site may render by comrak. Python-Markdown honours a backslash only before
``\ ` * _ { } [ ] ( ) > # + - . !`` and, with tables, ``|``, so everything else is written as a character
reference. A character is escaped only where it would be read as markup: `snake_case`, `U.S.`, `[sic]`,
`5 * 3` and a dash in running text stay as they are. Converted articles define no link reference and no
abbreviation, so a bare `[text]` is safe.
"""

from __future__ import annotations

import re
from typing import Final

_LINE_FEEDS = re.compile(r"(?:(?<![ \t\f])[ \t\f]+)?[\r\n\x85][ \t\f\r\n\x85]*")
"""U+0085 is a line end (Unicode 5.8), has no look of its own, and no reference: `&#133;` means an ellipsis."""
_BLANKS = re.compile(r"[ \t\f]{2,}|[\t\f]")

_ADDRESS = r"\S{0,300} (?: [*`{~\\] | (?<! [^\W_] ) _ | _ (?! [^\W_] ) | & (?= [\#\w]+ ; ) )"
"""What follows in an address, some of which would be escaped."""
_MARKUP = re.compile(
    r"""
    (?= [^A-Za-z ,.’“”] | (?<= www ) [.] ) (?:        # what most characters are, and no markup begins with
    (?P<coded> <
        | & (?= \# | [A-Za-z0-9][-.A-Za-z0-9]*; )     # the HTML parser that runs first also takes "&#60"
        | (?<= \n ) (?: : (?= [ \n] | [:\- ]* [|\n] ) | ~ (?= ~~ | [ \n] ) | = (?= =* \n ) )  # definition, fence, line
        | ~ (?= [^~]* ~ ) | (?<= [*_] ) ~             # deletion, in GitHub's dialect
        | (?: (?<= http ) | (?<= https ) | (?<= ftp ) ) : (?= // _ADDRESS_ )  # an address is linked as it stands
        | (?<= www ) [.] (?= _ADDRESS_ )
        | (?<= \n ) [^\S \t\n\r\f] | [^\S \t\n\r\f] (?= \n ) )  # HTML shows it, Python's strip() takes it away
    | (?<= \n ) (?P<number> \d+ ) (?P<dot> [.)] ) (?= [ \n] )  # numbered list
    | (?P<inert> (?<= [ ] ) \* (?= [ ] ) | (?<= [^\W_] ) _+ (?= [^\W_] ) )
    | (?P<slashed>
        (?<= \n ) (?: [#>]                            # heading, quote
            | [+*-] (?= [ \n] )       # list
            | - (?= [:\- ]* [|\n] )           # rule, heading's underline, line below a table's head
            | \[ (?= [^\[\]]* (?: \]: | \Z ) | [ xX] \] )  # definition of a link, task
            | \| (?= [|:\- ]* \n ) )                  # same
        | [`*_{]
        | \\ (?= [\\`*_{}\[\]()>\#+\-.!|<&\n] )
        | \[ (?= \^ | TOC\] )                         # footnote, table of contents
        | \] (?= [(\[] )                              # link
        | ! (?= \[ ) )                                # image
    )
    """.replace("_ADDRESS_", _ADDRESS),
    re.VERBOSE,
)
_QUOTES: Final = frozenset("“‘«\"'")
_PROSE: Final = re.compile(r"[^\n<&~*_`{\\\[\]]*[^\n<&~*_`{\\\[\]\s:!]")
"""What begins with a letter or quotation, has none of the other signs and ends in none: nothing in it is markup."""
_CODED: Final = {"<": "&lt;", "&": "&amp;", "\N{NO-BREAK SPACE}": "&nbsp;"}


def escape(text: str) -> str:
    """A paragraph of plain text as Markdown that shows this text and nothing else.

    Line feeds stay; white space is otherwise normalised as HTML does.
    """
    return run(collapse(text).strip(" \n"))


def collapse(text: str) -> str:
    """White space as HTML shows it: blanks as one space, line ends and the blanks around them as one line feed."""
    if "\n" in text or "\r" in text or "\x85" in text:
        text = _LINE_FEEDS.sub("\n", text)
    return _BLANKS.sub(" ", text) if "  " in text or "\t" in text or "\f" in text else text


def run(text: str, before: str = "\n", after: str = "\n") -> str:
    """Collapsed text as it stands between `before` and `after`, two pieces of finished Markdown.

    A line feed at the end of `before` means that the text starts a line, where more characters have a meaning.
    """
    if (
        (text[:1].isalpha() or text[:1] in _QUOTES)
        and _PROSE.fullmatch(text)
        and "://" not in text
        and "www." not in text
    ):
        return text
    whole = f"{before}{text}{after}"
    start, end = len(before), len(before) + len(text)
    out: list[str] = []
    for found in _MARKUP.finditer(whole, start):
        if found.start() >= end:
            break
        out += (whole[start : found.start()], _written(found))
        start = found.end()
    return "".join([*out, whole[start:end]])


def _written(found: re.Match[str]) -> str:
    """What stands in the Markdown for characters that would be markup."""
    match found.lastgroup:
        case "coded":
            return _CODED.get(found[0]) or f"&#{ord(found[0])};"
        case "dot":
            return f"{found['number']}\\{found['dot']}"
        case "inert":
            return found[0]
        case _:
            return f"\\{found[0]}"


def cell(markdown: str) -> str:
    """Finished inline Markdown for a cell of a pipe table."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", markdown)


def label(markdown: str) -> str:
    """Finished inline Markdown, without links, for between `[` and `]`: a bracket of its own would end it early."""
    # "\]:" would still end the definition of a link, and a caret would begin a footnote.
    caret = re.sub(r"\A\^", "&#94;", markdown)
    return re.sub(r"(?<!\\)((?:\\\\)*)([\[\]])(:?)", _bracket, caret)


def _bracket(found: re.Match[str]) -> str:
    return f"{found[1]}&#93;:" if found[2] == "]" and found[3] else f"{found[1]}\\{found[2]}{found[3]}"


def code(text: str) -> str:
    """A code span, or raw `<code>` where backticks would lose something."""
    text = collapse(text).replace("\n", " ").strip(" ")
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    if not text or len(ticks) > 2 or not _SPAN.fullmatch(text):
        return f"<code>{label(run(text, '>', '<'))}</code>"
    gap = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"


_SPAN = re.compile(r"(?=\S)(?:</?[A-Za-z][A-Za-z0-9-]*>|[^<&|]|<(?=[\s=\d])|&(?![#A-Za-z0-9]))*(?<=\S)")
"""Text that the HTML parser, which runs before code spans are found, leaves alone."""


def url(address: str) -> str:
    """A URL for between the `(` and `)` of a link: characters that would end it are percent-encoded."""
    tight = re.sub(r"[\t\n\r\f]", "", address).strip()
    quoted = re.sub(r"""[\s\\"'`<>\[\]|^{}\x7f-\xa0]""", _percent, tight)
    if not _BALANCED.fullmatch(quoted):
        quoted = quoted.replace("(", "%28").replace(")", "%29")
    return re.sub(r"&(?=#|[A-Za-z0-9]+;)", "&amp;", quoted)


_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
