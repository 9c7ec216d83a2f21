"""A heading at the very top of a text, which is its title where the front matter has none."""

from __future__ import annotations

import re

_TOP = re.compile(r"\s*(?:#[ \t]+(?P<hashed>[^\n]*)|(?P<underlined>[^\s>*+#\-\d|`~<][^\n]*)\n=+[ \t]*)(?:\n|\Z)")
_LONGEST = 2000
"""A longer one is refused as a title anyway; unmarking it would take time with its square."""
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}\Z")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def take(body: str) -> tuple[str, str, int]:
    """(the heading as plain text, what follows it, how many lines it took); empty if the text starts otherwise."""
    top = _TOP.match(body)
    if not top:
        return "", body, 0
    text = _without_closing(top["hashed"]) if top["hashed"] is not None else top["underlined"]
    return plain(text), body[top.end() :], body.count("\n", 0, top.end())


def _without_closing(text: str) -> str:
    """`Title ##` is `Title`; `C#` stays."""
    whole = text.rstrip()
    bare = whole.rstrip("#")
    return whole if bare and not bare[-1].isspace() else bare


def plain(text: str) -> str:
    """A line of Markdown without its marks: a title is a text."""
    if len(text) > _LONGEST:
        return text
    text = _IMAGE_OR_LINK.sub(r"\1", _ATTRIBUTES.sub("", text.strip()))
    for _ in range(3):  # bold in italic in a link's text
        text = _MARKS.sub(r"\2", text)
    return " ".join(_ESCAPED.sub(r"\1", text).split())
