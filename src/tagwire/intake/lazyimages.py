"""Images that wait for a script get their address; pixels that count readers go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html


def drop(element: html.HtmlElement) -> None:
    """Remove the element, keep the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def use_noscript(root: html.HtmlElement) -> None:
    """`<noscript>` of a lazy image holds the real one; it replaces the placeholder before it."""
    for holder in list(root.iter("noscript")):
        if holder.getparent() is None:
            continue
        images = list(holder.iter("img"))
        before = holder.getprevious()
        if not images or (holder.text or "").strip():
            drop(holder)
        elif before is not None and before.tag == "img":
            drop(before)
        elif before is not None and _shown(before) >= {image.get("src", "").strip() for image in images}:
            drop(holder)


def _shown(element: html.HtmlElement) -> set[str]:
    """The addresses that the pictures in an element have, or will have."""
    return {value.strip() for image in element.iter("img") for value in image.attrib.values()}


_LAZY = ("data-src", "data-lazy-src", "data-original", "data-full-src", "data-hi-res-src", "data-url", "data-image")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")


_PLACEHOLDER = re.compile(r"(?:placeholder|blank|spacer|pixel|load(?:ing|er))[^/]*\.(?:gif|png|svg)", re.IGNORECASE)


def mend(image: html.HtmlElement) -> None:
    """Give a lazy image its real `src`; drop pixels that count readers."""
    source = image.get("src", "").strip()
    lazy = any(name in image.attrib for name in _LAZY)
    if lazy or not source or source.startswith("data:") or _PLACEHOLDER.search(source):
        found = [image.get(name, "").strip() for name in _LAZY]
        found += [_largest(image.get(name, "")) for name in _LAZY_SETS]
        # libxml2 takes `<source>` for an element with content, so the image may stand inside of one.
        picture = next(image.iterancestors("picture"), None)
        if picture is not None:
            found += [_largest(s.get("srcset", "") or s.get("data-srcset", "")) for s in picture.iter("source")]
        source = next((s for s in found if s and not s.startswith(("data:", "{", "["))), source)
    if not source or (source.startswith("data:") and len(source) < 1000) or _is_tiny(image):
        drop(image)
    else:
        image.set("src", source)


def _largest(srcset: str) -> str:
    """The widest or densest picture of a `srcset`."""
    sizes = re.findall(r"([^\s,]\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|\Z)", srcset)
    return max(sizes, key=lambda found: _number(found[1]), default=("", ""))[0]


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else 0.0


def _is_tiny(image: html.HtmlElement) -> bool:
    """A counting pixel or an icon."""
    sizes = [re.match(r"\d+", image.get(name, "").strip()) for name in ("width", "height")]
    return all(size and int(size[0]) <= 24 for size in sizes)
