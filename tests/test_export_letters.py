"""Exports of newsletters as they are: mails in tables, texts with fields for each reader, tables with holes."""

# ruff: noqa: E501 - a source is a text, broken where it means something

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from documents import packed
from tagwire.intake import htmltree
from tagwire.intake.exports import dialects
from test_export_formats import add, feed_ids, markdown
from test_export_ugly import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml import html

    from conftest import Site


def table(columns: str, *rows: Mapping[str, str]) -> str:
    """A table as spreadsheets write it, with a mark in front."""
    out = io.StringIO()
    written = csv.DictWriter(out, columns.split(), restval="")
    written.writeheader()
    written.writerows(rows)
    return f"\ufeff{out.getvalue()}"


def row(cell: str) -> str:
    """A row of a table that only places what is in it."""
    return f'<tr><td class="dd" align="left">{cell}</td></tr>'


# ------------------------------------------------------------------ Beehiiv

LETTER = (
    "<!DOCTYPE html><html><head><style>.a{color:red}</style></head><body>"
    '<div style="display:none">Words above all</div><table role="none"><tr><td><table>'
    '<tr><td><a href="https://weir.beehiiv.com/p/high-water?x=1">Read Online</a> |'
    ' <a href="https://weir.beehiiv.com/subscribe">Sign Up</a></td></tr>'
    '<tr id="content-blocks"><td><table width="100%">'
    + row("<h1>High water &amp; low spirits</h1>")
    + row(
        '<p>The weir opened at <b>dawn</b> on Tuesday. See <a class="link" href="https://weir.beehiiv.com/p/low?'
        'utm_source=weir&utm_medium=newsletter"><span>last week</span></a>, {{first_name|neighbour}}.</p>'
    )
    + row(
        '<table><tr><td><a href="https://shop.example/"><img src="https://media.example/weir.jpg?t=1" alt="The weir"/>'
        "</a></td></tr><tr><td><p>Photograph: Ada Quill</p></td></tr></table>"
    )
    + row("<h2>What’s next</h2>")
    + row("<div><ul><li><p>Close the <b>gate</b></p></li>"
          "<li><p>Count</p><ul><li>trout</li></ul></li></ul></div>")
    + row("<table><tr><td>“</td></tr><tr><td><blockquote><p>We had no warning.</p></blockquote></td></tr></table>")
    + row(
        '<table><tr><td align="center"><a href="https://weir.beehiiv.com/subscribe?ref=x">Subscribe now</a></td></tr>'
        "</table>"
    )
    + row("<table><tr><th><p>Day</p></th><th><p>Level</p></th></tr>"
          "<tr><td><p>Mon</p></td><td><p>1.2</p></td></tr></table>")
    + row("<pre><code>gate.open()\n  if wet</code></pre>")
    + row('<p>Ask <a href="https://weir.beehiiv.com/login?poll=1">★★★</a></p>')
    + "</table></td></tr><tr><td><p>Update your preferences or unsubscribe <a href='https://x.example/u'>here</a></p>"
    "<p>228 Quay Street</p></td></tr></table></td></tr></table></body></html>"
)  # fmt: skip


def post(number: str, title: str, html: str, **said: str) -> dict[str, str]:
    """A row of Beehiiv's table."""
    name = title.lower().replace(" ", "-")
    return {"id": number, "web_title": title, "status": "confirmed", "audience": "free", "content_html": html,
            "url": f"https://weir.beehiiv.com/p/{name}", "created_at": "2024-03-01 05:10:00", **said}  # fmt: skip


COLUMNS = "id web_title status audience content_html url created_at"


def test_a_letter_of_beehiivs_is_parsed_once(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """They are large, and there are thousands."""
    parsed: list[str] = []
    parse = htmltree.parse

    def counted(text: str) -> html.HtmlElement:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(htmltree, "parse", counted)
    run = add(site(""), "posts.csv", table(COLUMNS, post("p1", "High water", LETTER)))
    assert "1 new" in run.out
    assert len(parsed) == 1


def test_a_letter_that_only_asks_to_subscribe_keeps_nothing_else(site: Callable[[str], Site]) -> None:
    """The largest element around the button is the post itself, which isn't cut as a whole."""
    made = site("")
    form = '<p><a href="https://weir.beehiiv.com/subscribe">Join</a></p>'
    run = add(made, "posts.csv", table(COLUMNS, post("p1", "Ask", form), post("p2", "Ask more", f"{form}<p>Text.</p>")))
    assert markdown(made, "articles/ask-more")[1] == "Text."
    assert "2 new" in run.out


def test_a_letter_of_beehiivs_is_its_text(site: Callable[[str], Site]) -> None:
    """Cells that only place are none; the mail around it is cut and comes back; links lead on; fields are told."""
    made = site("")
    whole = post(
        "p1", "High water & low spirits", LETTER, content_tags="Floods; Weirs", web_subtitle="A wet week",
        url="https://weir.beehiiv.com/p/high", authors="Ada Quill, Bo Reed", publish_date="2024-03-01T06:00:00+01:00",
        thumbnail_url="https://media.example/a.jpg",
    )  # fmt: skip
    others = (
        post("p2", "Low", "<p>Only for <em>members</em> of the club.</p>"),
        post("p3", "Half", "<p>Not yet a thought.</p>", status="draft"),
        post("p4", "Old", "<p>It was put away.</p>", status="archived", thumbnail_url="uploads/asset/7/none.png"),
        post("p5", "Paid", "<p>It was paid for.</p>", audience="premium"),
    )
    columns = (
        "id web_title status audience content_tags url web_subtitle authors content_html thumbnail_url created_at"
        " publish_date"
    )
    run = add(made, "posts.csv", table(columns, whole, *others))
    keys, body = markdown(made, "articles/high")
    assert (keys["published"], keys["authors"], keys["tags"], keys["summary"], keys["image"], keys["aliases"]) == (
        "2024-03-01T06:00:00+01:00", "[Ada Quill, Bo Reed]", "[Floods, Weirs]", "A wet week",
        "https://media.example/a.jpg", "['/p/high']",
    )  # fmt: skip
    assert (
        body
        == """The weir opened at **dawn** on Tuesday. See [last week](/p/low), neighbour.

[![The weir](https://media.example/weir.jpg?t=1)](https://shop.example/)

Photograph: Ada Quill

## What’s next

- Close the **gate**
- Count
    - trout

> We had no warning.

| Day | Level |
| --- | --- |
| Mon | 1.2 |

```
gate.open()
  if wet
```

Ask [★★★](https://weir.beehiiv.com/login?poll=1)"""
    )
    for told in (
        "placeholder {{first_name}}",
        "link to https://weir.beehiiv.com/login?poll=1, which isn’t in the export",
        "the lead picture uploads/asset/7/none.png, which isn’t in the export",
        "that it was archived: it is a draft now",
        "that its audience was premium: it is a draft now",
    ):
        assert f"  not carried over: {told}\n" in run.out
    assert [
        each for each in ("half", "old", "paid") if "draft: true" not in made.read(f"content/articles/{each}.md")
    ] == []
    assert len(feed_ids(made)) == 2
    for rule, words in (
        ("mail-header", "Read Online"),
        ("newsletter-form", "Subscribe now"),
        ("mail-footer", "228 Quay"),
    ):
        assert f"  cut a passage ({rule})\n" in run.out
        assert words not in body
        made.run("add", "--restore", str(made.root / "content/articles/high.md"), "--rule", rule)
        assert words in markdown(made, "articles/high")[1]
    assert "\n## What’s next\n" in made.read("content/articles/high.md")


# ------------------------------------------------------------------ Buttondown

EMAILS = "id secondary_id subject publish_date creation_date slug status email_type description image canonical_url"
TIDES = """<!-- buttondown-editor-mode: plaintext -->
Hi {{ subscriber.metadata.first_name | default: "friend" }},

The tide came *in*, then ~~out~~.[^1] See [the last one](https://buttondown.email/tides/archive/neap/) and https://v.example/w?v=1.

{% if subscriber.is_premium %}
Only for *members*.
{% endif %}

1) one
2) two
   - deep

```python
{{ not_a_tag }} # https://v.example/
```

[^1]: By the moon.

You can [unsubscribe]({{ unsubscribe_url }}).
"""


def test_emails_of_buttondown(site: Callable[[str], Site]) -> None:
    """What the table says holds; what the web didn't show is a draft; fields and texts without a row are told."""
    made = site("")
    day = "2024-03-{:02} 16:55:00+01:00"
    emails = table(
        EMAILS,
        {"id": "a1", "subject": "Tides: what’s *new*", "publish_date": day.format(1), "slug": "tides", "status": "sent",
         "description": "All about tides.", "image": "https://pictures.example/lead.png",
         "canonical_url": "https://tides.example/1"},
        {"id": "a2", "subject": "Neap", "publish_date": day.format(2), "slug": "neap", "status": "imported"},
        {"id": "a3", "subject": "Spring", "creation_date": day.format(3), "status": "draft"},
        {"id": "a4", "subject": "Members", "publish_date": day.format(4), "slug": "m", "email_type": "premium"},
        {"id": "a5", "subject": "Lost", "publish_date": day.format(5), "slug": "lost", "status": "sent"},
    )  # fmt: skip
    texts = {"tides": TIDES, "neap": "It was low water.\n", "a3": "Not yet.\n", "m": "Ours.\n", "orphan": "Alone.\n"}
    files = {f"x/emails/{name}.md": text for name, text in texts.items()}
    run = add(made, "buttondown.zip", packed({"x/emails.csv": emails, **files}))
    keys, body = markdown(made, "articles/tides")
    assert keys == {
        "id": keys["id"],
        "title": "'Tides: what’s *new*'",
        "published": "2024-03-01T16:55:00+01:00",
        "summary": "All about tides.",
        "lang": "en",
        "aliases": "['/archive/tides/']",
        "canonical": "https://tides.example/1",
        "image": "https://pictures.example/lead.png",
    }
    assert (
        body
        == """Hi friend,

The tide came *in*, then <del>out</del>.[^1] See [the last one](/archive/neap/) and <https://v.example/w?v=1>.

Only for *members*.

1. one
2. two
    - deep

```python
{{ not_a_tag }} # https://v.example/
```

[^1]: By the moon.

You can unsubscribe."""
    )
    assert markdown(made, "articles/spring")[0]["draft"] == "true"
    assert markdown(made, "articles/m")[0]["draft"] == "true"
    assert len(feed_ids(made)) == 2
    for told in (
        "tag {% if subscriber.is_premium %}",
        'tag {{ subscriber.metadata.first_name | default: "friend" }}',
        "tag {{ unsubscribe_url }}",
        "that it was premium: it is a draft now",
    ):
        assert f"  not carried over: {told}\n" in run.out
    assert "orphan.md is not in the table of emails, and was left out" in run.err
    assert "the text of “Lost” (lost.md) isn't in the export" in run.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://v.example/a_b_c.", "See <https://v.example/a_b_c>."),
        ("- https://v.example/\n    - (https://w.example/)", "- <https://v.example/>\n    - (https://w.example/)"),
        ("[https://v.example/](https://v.example/)", "[https://v.example/](https://v.example/)"),
        ("[a]\n\n[a]: https://v.example/", "[a]\n\n[a]: https://v.example/"),
        ("<p>\nhttps://v.example/\n</p>", "<p>\nhttps://v.example/\n</p>"),
        ("    https://v.example/", "    https://v.example/"),
        ("`https://v.example/`", "`https://v.example/`"),
        ("<https://v.example/>", "<https://v.example/>"),
        ("[a]({{ x }}) and ![]()", "a and ![]()"),
    ],
)
def test_an_address_by_itself_is_a_link(text: str, expected: str) -> None:
    """Outside of code, HTML and other links."""
    assert dialects.mended(text).markdown == f"{expected}\n"


# ------------------------------------------------------------------ Substack and Medium


def kept(kind: str, tag: str = "div", **said: object) -> str:
    """An element of Substack's that a script of theirs would fill."""
    return f'<{tag} id="x" class="{kind} outer" data-attrs="{attrs(**said)}" data-name="y"></{tag}>'


SUBSTACK_BODY = (
    f"<p>The weir opened, says {kept('mention-wrap', 'a', name='Ada Quill')}.</p>"
    + kept(
        "image-gallery-embed",
        gallery={
            "images": [{"src": "https://p.example/1.png"}, {"src": "https://p.example/2.png"}],
            "caption": "Two of them",
        },
    )
    + kept("embedded-post-wrap", url="https://o.example/p/x", title="X post")
    + kept("embedded-publication-wrap", name="Other", base_url="https://o.example")
    + kept("comment", url="https://n.example/c-1", comment={"body": "A note", "name": "Bo"})
    + kept("bluesky-wrap", authorName="Bo", text="Blue <text>")
    + kept("datawrapper-wrap", url="https://d.example/1/", title="Chart")
    + kept("native-audio-embed", label="A talk", mediaUploadId="u")
    + kept("poll-embed", id=12)
    + "".join(
        f'<p class="button-wrapper" data-attrs="{attrs(url=url)}"><a href="{url}">{text}</a></p>'
        for url, text in (
            ("https://shop.example/", "Buy"),
            ("https://weir.substack.com/p/high?action=share", "Share"),
            ("https://weir.substack.com/p/high/comments", "Leave a comment"),
            ("https://weir.substack.com/subscribe?", "Subscribe now"),
        )
    )
)


def test_what_scripts_of_substack_would_show(site: Callable[[str], Site]) -> None:
    """Galleries, notes, cards and names are text; what can't be is named; buttons of the publication are cut."""
    made = site("")
    posts = table("post_id post_date is_published type audience title", {
        "post_id": "1.high", "post_date": "2024-03-01T10:30:00.000Z", "is_published": "true", "type": "newsletter",
        "audience": "everyone", "title": "High",
    })  # fmt: skip
    run = add(made, "substack.zip", packed({"posts.csv": posts, "posts/1.high.html": SUBSTACK_BODY}))
    assert (
        markdown(made, "articles/high")[1]
        == """The weir opened, says Ada Quill.

![](https://p.example/1.png)

<figure>
<img src="https://p.example/2.png" alt="">
<figcaption>Two of them</figcaption>
</figure>

[X post](https://o.example/p/x)

[Other](https://o.example)

> A note
>
> [Bo](https://n.example/c-1)

<!-- -->

> Blue &lt;text>
>
> Bo

[Chart](https://d.example/1/)

[Buy](https://shop.example/)"""
    )
    for told in ("not carried over: Substack’s native-audio-embed “A talk”", "not carried over: Substack’s poll-embed",
                 "cut a passage (share-buttons)", "cut a passage (newsletter-form)"):  # fmt: skip
        assert f"  {told}\n" in run.out


def test_a_whole_archive_of_medium(site: Callable[[str], Site]) -> None:
    """Kickers are cut, cards have no picture of their own, and what lies beside the stories is none."""
    body = (
        '<section class="section"><hr class="section-divider"><h4 class="graf graf--kicker">KICKER</h4>'
        '<h3 class="graf graf--h3 graf--title">The dam</h3><p class="graf"><span class="graf-dropCap">I</span>t rained.</p>'
        '<div class="graf graf--mixtapeEmbed"><a href="https://o.example/1" class="markup--mixtapeEmbed-anchor"><strong>Title'
        '</strong><br><em>Told</em>o.example</a><a href="https://o.example/1" class="js-mixtapeImage mixtapeImage"'
        ' style="background-image: url(https://c.example/m.png);"></a></div><p class="graf">End.</p></section>'
    )
    story = (
        f'<html><body><article class="h-entry"><header><h1 class="p-name">The dam</h1></header><section class="e-content">'
        f'{body}</section><footer><p><a href="https://medium.com/@ada" class="p-author">Ada Quill</a>'
        '<time class="dt-published" datetime="2024-03-01T10:00:00.000Z">x</time></p>'
        '<p><a href="https://medium.com/@ada/the-dam-0123456789ab" class="p-canonical">c</a></p></footer></article>'
    )
    made = site("")
    files = {"m/posts/2024-03-01_The-dam-0123456789ab.html": story, "m/README.html": "<h1>Archive</h1>",
             "m/profile/profile.html": "<p>Ada</p>"}  # fmt: skip
    run = add(made, "medium.zip", packed(files))
    assert [path.stem for path in (made.root / "content/articles").glob("*.md")] == ["the-dam"]
    keys, text = markdown(made, "articles/the-dam")
    assert (keys["id"], keys["aliases"]) == ("https://medium.com/p/0123456789ab", "['/@ada/the-dam-0123456789ab']")
    assert text == "It rained.\n\n[**Title** *Told* o.example](https://o.example/1)\n\nEnd."
    assert "  cut a passage (kicker)\n" in run.out
    assert feed_ids(made) == ["https://medium.com/p/0123456789ab"]
