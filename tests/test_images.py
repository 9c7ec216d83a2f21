"""Pictures have their size and smaller versions, whatever lies in the folder; nothing is made twice."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

import corpus
from tagwire import images
from tagwire.model import Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


def noisy(width: int, height: int, kind: str = "PNG", **more: Any) -> bytes:
    """A picture that is worth smaller ones."""
    out = BytesIO()
    picture = Image.effect_noise((width, height), 90).convert("RGB")
    picture.save(out, kind, **more)
    return out.getvalue()


def test_a_picture_is_measured() -> None:
    """As it is shown, with the widths below its own."""
    assert images.measure(noisy(1000, 500), "a.png") == Measure(1000, 500, (480, 960))
    assert images.measure(corpus.png(300, 200), "a.png") == Measure(300, 200, ())


def test_a_photo_on_its_side_is_measured_as_it_is_shown() -> None:
    """By EXIF; the smaller one stands upright, too."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = noisy(1000, 600, "JPEG", exif=exif)
    assert images.measure(data, "a.jpg") == Measure(600, 1000, (480,))
    with Image.open(BytesIO(images.smaller(data, 480, "webp"))) as made:
        assert made.size == (480, 800)


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_smaller_pictures_are_the_same_bytes_every_time(kind: str) -> None:
    """And lighter than the one that they are made of; what shines through still does."""
    data = noisy(1000, 500)
    made = images.smaller(data, 480, kind)  # type: ignore[arg-type]
    assert made == images.smaller(data, 480, kind)  # type: ignore[arg-type]
    assert len(made) < len(data) / 4
    out = BytesIO()
    Image.new("RGBA", (600, 600), (9, 9, 9, 0)).save(out, "PNG")
    with Image.open(BytesIO(images.smaller(out.getvalue(), 480, kind))) as clear:  # type: ignore[arg-type]
        assert clear.mode == "RGBA"


def test_what_moves_or_is_huge_or_torn_is_measured_only() -> None:
    """An animation would stand still, a bomb would take all memory, half a picture would fail."""
    out = BytesIO()
    frames = [Image.effect_noise((600, 400), 90), Image.effect_noise((600, 400), 9)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert images.measure(out.getvalue(), "a.gif") == Measure(600, 400, ())
    bomb = corpus.png(1, 1).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\x27\x10\0\0\x27\x10", 1)
    measured = images.measure(bomb, "a.png")
    assert measured is None or measured.smaller == ()
    assert images.measure(noisy(1000, 500)[:300_000], "a.png") == Measure(1000, 500, ())
    photo = noisy(1000, 500, "JPEG")  # its head is whole, and says nothing of the end
    assert images.measure(photo, "a.jpg") == Measure(1000, 500, (480, 960))
    assert images.measure(photo[: len(photo) // 2], "a.jpg") == Measure(1000, 500, ())


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="30" height="20px">', (30, 20)),
        ("<?xml version='1.0'?><svg viewBox='0 0 9.6 4' width='100%'><script>alert(1)</script>", (10, 4)),
        ("<svg>", None),
        ("no picture", None),
    ],
)
def test_a_drawing_has_the_size_that_it_says(svg: str, size: tuple[int, int] | None) -> None:
    """By its root alone."""
    assert images.measure(svg.encode(), "a.svg") == (Measure(*size, ()) if size else None)


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF"]))
def test_any_bytes_are_a_measure_or_nothing(data: bytes, start: bytes) -> None:
    """Never an exception."""
    for name in ("a.png", "a.svg"):
        assert images.measure(start + data, name) is None or True


def test_pages_show_sizes_and_smaller_pictures(site: Callable[[str], Site]) -> None:
    """In a text: AVIF, WebP, and the picture itself; all but the first wait. Feeds get the picture alone."""
    made = site(
        "-- content/articles/a.md --\n---\ntitle: A\npublished: 2026-01-01\nimage: b.png\n---\n"
        "Text. ![One](a.png)\n\n![Two](a.png)\n\n![Far](https://far.example/x.png)\n"
    )
    for name in ("a", "b"):
        (made.root / f"content/articles/{name}.png").write_bytes(noisy(700, 350))
    made.build()
    tree: Any = etree.HTML(made.read("site/articles/a/index.html"))
    lead, one, two, far = tree.xpath("//main//article//img")
    assert (lead.get("width"), lead.get("height"), lead.get("loading")) == ("700", "350", None)
    assert (one.get("width"), one.get("loading"), two.get("loading")) == ("700", None, "lazy")
    assert far.get("width") is None
    sources = one.xpath("ancestor::picture//source")
    assert [(each.get("type"), each.get("srcset")) for each in sources] == [
        ("image/avif", "../../articles/a-480w.avif 480w"),
        ("image/webp", "../../articles/a-480w.webp 480w"),
    ]
    assert {"articles/a-480w.avif", "articles/b-480w.webp"} <= made.outputs().keys()
    feed = made.read("site/atom.xml")
    assert "https://news.example/articles/a.png" in feed
    assert "480w" not in feed
    assert "0 written" in made.build().out


def test_a_picture_in_the_text_does_not_lead_it(site: Callable[[str], Site]) -> None:
    """The same picture twice on a page is one too many; of a retracted article none is left."""
    front = "-- content/articles/{}.md --\n---\ntitle: A\npublished: 2026-01-01\nimage: a.png\n{}---\n{}\n"
    made = site(
        front.format("a", "", "![One](a.png)") + front.format("b", "retracted: {date: 2026-01-02, note: No.}\n", "B")
    )
    (made.root / "content/articles/a.png").write_bytes(noisy(700, 350))
    made.build()
    assert made.read("site/articles/a/index.html").count("<img") == 1
    assert "<img" not in made.read("site/articles/b/index.html")


def test_a_broken_picture_is_a_warning(site: Callable[[str], Site]) -> None:
    """The site is built, and the picture copied as it is."""
    made = site("-- content/articles/a.png --\nno picture\n")
    run = made.build()
    assert "content/articles/a.png: warning[image-broken]" in run.err
    assert made.read("site/articles/a.png") == "no picture\n"
