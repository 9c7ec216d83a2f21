"""How the exports of other tools give themselves away by what can be seen of them at a glance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tagwire.intake.formats import Glance

_WORDPRESS: Final = re.compile(rb"xmlns:wp\s*=\s*[\"']https?://wordpress\.org/export/", re.IGNORECASE)


def is_wordpress(seen: Glance) -> bool:
    """RSS with WordPress's own elements."""
    return bool(_WORDPRESS.search(seen.head)) and b"<rss" in seen.head
