"""Code in colours: the classes of Pygments, for pages. Feed readers have no such style sheet, and get plain code.

Many small tokens of one kind become one element: a third of the bytes of Pygments' own HTML, the same classes.
"""

from __future__ import annotations

import functools
import html as entities
import itertools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

_BLOCK = re.compile(r'(<pre><code class="language-([\w+#.-]+)">)([^<]*)(?=</code></pre>)')
"""As both engines write it, after cleaning: text alone, nothing inside of it."""
NAMED = '<pre><code class="language-'
"""How each begins."""
_LARGEST = 50_000
"""Characters of a block; a longer one is a file that nobody reads in colours, and costs seconds."""


def coloured(html: str) -> str:
    """`html` with the code in it marked up, where its language is named and known."""
    return _BLOCK.sub(_block, html) if NAMED in html else html


def _block(found: re.Match[str]) -> str:
    lexer = _lexer(found[2])
    if lexer is None or len(found[3]) > _LARGEST:
        return found[0]
    code = entities.unescape(found[3])
    made = "".join(_spans(code, lexer))
    return found[1] + made


def _spans(code: str, lexer: Lexer) -> Iterator[str]:
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 - most articles have no code

    def short(kind: Any) -> str:  # noqa: ANN401 - its types are made at run time
        while kind not in STANDARD_TYPES:
            kind = kind.parent
        return STANDARD_TYPES[kind]

    pieces = ((short(kind), text) for kind, text in lexer.get_tokens(code))
    for name, group in itertools.groupby(pieces, lambda piece: "" if piece[0] in _PLAIN else piece[0]):
        text = entities.escape("".join(text for _, text in group), quote=False)
        yield f'<span class="{name}">{text}</span>' if name and text.strip() else text


_PLAIN = {"", "w", "n", "p", "o", "err", "esc", "x", "l", "nn", "nx", "g"}
"""Names, punctuation and what isn't known stay as they are."""


@functools.lru_cache(maxsize=64)
def _lexer(name: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - as above
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
