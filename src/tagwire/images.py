"""Pictures: how large they are, and smaller ones of them in formats that cost a visitor less.

Pure: bytes come in, bytes go out. Nothing here raises for a bad file: what can't be read has no measure, and what is
too large, animated or drawn (SVG) is measured and left as it is.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from tagwire.model import Measure

if TYPE_CHECKING:
    from tagwire.model import PictureFormat

WIDTHS = (480, 960, 1440)
"""Of the smaller pictures, in pixels: a phone, a phone of twice the density or a column, a wide screen."""
_MOST = 60_000_000
"""Pixels that are decoded at most: 180 MB. A larger picture is shown as it is, and so is a bomb."""
_LEAST = 20_000
"""Bytes of a picture that is worth smaller ones."""
_ROTATED = {5, 6, 7, 8}
"""EXIF orientations that lie on their side."""
_SVG = re.compile(rb"<svg\b([^>]*)>", re.IGNORECASE)
_LENGTH = r"""\b{}\s*=\s*["']\s*(\d+(?:\.\d+)?)(?:px)?\s*["']"""
_VIEW_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)""")


def measure(data: bytes, path: str) -> Measure | None:
    """Width and height as shown, and the widths of the smaller pictures to make; None if it can't be read."""
    if path.lower().endswith(".svg"):
        return _drawn(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of bombs; they are not decoded
            with Image.open(BytesIO(data)) as picture:
                return _measured(picture, len(data))
    except Exception:  # noqa: BLE001 - a decoder meets any bytes, and raises whatever it likes
        return None


def _measured(picture: Image.Image, weight: int) -> Measure:
    width, height = picture.size
    try:
        turned = picture.getexif().get(0x0112) in _ROTATED
        moves = getattr(picture, "n_frames", 1) > 1
    except (OSError, SyntaxError, ValueError):  # it is torn
        return Measure(width, height, ())
    if turned:
        width, height = height, width
    if moves or width * height > _MOST or weight < _LEAST or not _whole(picture):
        return Measure(width, height, ())
    return Measure(width, height, tuple(size for size in WIDTHS if size < width))


def _whole(picture: Image.Image) -> bool:
    """Whether it can be decoded to its end; a torn one is shown as far as it goes."""
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def _drawn(data: bytes) -> Measure | None:
    """The size of an SVG, by its root; its scripts never run, since pages show it as a picture."""
    root = _SVG.search(data[:20_000])
    if not root:
        return None
    sizes = [re.search(_LENGTH.format(name).encode(), root[1]) for name in ("width", "height")]
    box = _VIEW_BOX.search(root[1])
    if sizes[0] and sizes[1]:
        width, height = float(sizes[0][1]), float(sizes[1][1])
    elif box:
        width, height = float(box[1]), float(box[2])
    else:
        return None
    return Measure(max(1, round(width)), max(1, round(height)), ()) if width * height < 1e12 else None


def smaller(data: bytes, width: int, kind: PictureFormat) -> bytes:
    """The picture, so many pixels wide. One thread encodes, so the bytes are the same on every machine."""
    with Image.open(BytesIO(data)) as opened:
        opened.draft("RGB", (width * 2, width * 2 * opened.height // max(1, opened.width)))
        picture = ImageOps.exif_transpose(opened)
        seen = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
        picture = picture.convert("RGBA" if seen else "RGB")
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        out = BytesIO()
        if kind == "avif":
            picture.save(out, "AVIF", quality=60, speed=8, max_threads=1)
        else:
            picture.save(out, "WEBP", quality=78, method=4)
        return out.getvalue()
