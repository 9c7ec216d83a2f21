"""Raw articles in any format become Markdown with front matter and a record of what was cut.

Pure: bytes and a name come in, a value goes out. Reading and writing files is `disk`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagwire.intake.found import Asked, Converted, Refused

__all__ = ["convert", "fingerprint"]

# Each format's libraries take up to a second to import: they are, when a source needs them.


def convert(data: bytes, path: str, asked: Asked) -> Converted | Refused:
    """The article that the source `data` becomes, or why it becomes none.

    `path` is the source's, relative to `content/` (`sources/iran.txt`). The format is told by content.
    The same arguments give the same result, byte by byte, everywhere.
    """
    from tagwire.intake.complete import complete  # noqa: PLC0415
    from tagwire.intake.decode import decode  # noqa: PLC0415
    from tagwire.intake.found import Refused  # noqa: PLC0415
    from tagwire.intake.kind import is_html  # noqa: PLC0415

    decoded = decode(data, path)
    if isinstance(decoded, Refused):
        return decoded
    if is_html(decoded.text, path):
        from tagwire.intake.page import read  # noqa: PLC0415
    else:
        from tagwire.intake.text import read  # noqa: PLC0415
    found = read(decoded.text, path, asked)
    if isinstance(found, Refused):
        return found
    return complete(found, data, path, asked, decoded.problems)


def fingerprint(text: str) -> str:
    """sha256 (hex) of an article file's text without its own `converted:` line.

    It differs from `source.converted` exactly when somebody has edited the file, front matter included.
    """
    from tagwire.intake import compose  # noqa: PLC0415

    return compose.fingerprint(text)
