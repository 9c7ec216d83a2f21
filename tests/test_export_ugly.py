"""What exporters of the world write beside plain paragraphs: none of it is lost without a word, none of it is noise."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from documents import packed
from test_export_formats import GHOST, SUBSTACK, add, markdown
from test_export_wordpress import HEAD, TAIL, picture, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site


def attrs(**said: object) -> str:
    """An attribute of Substack's."""
    return escape(json.dumps(said))


NOTE = (
    '<p>Hi <a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a> and'
    ' <a class="footnote-anchor" id="footnote-anchor-2" href="#footnote-2">2</a></p>'
)
NOTES = "".join(
    f'<div class="footnote"><a id="footnote-{n}" href="#footnote-anchor-{n}" class="footnote-number">{n}</a>'
    f'<div class="footnote-content"><p>Note {n}</p></div></div>'
    for n in (1, 2)
)


def test_substacks_own_elements(site: Callable[[str], Site]) -> None:
    """Footnotes, tweets, formulas and links to posts are text; buttons, labels and icons are none."""
    html = (
        f"{NOTE}<div class='captioned-image-container'><figure><img src='https://cdn.example/x.png' alt='Dam'>"
        "<div class='image-link-expand'><svg></svg></div></figure></div>"
        f'<p class="button-wrapper" data-attrs="{attrs(url="https://v.substack.com/subscribe?", text="Subscribe")}">'
        '<a class="button primary" href="https://v.substack.com/subscribe?"><span>Subscribe now</span></a></p>'
        f'<div class="tweet" data-attrs="{attrs(url="https://x.example/u/1", full_text="Wet & cold", name="U")}">'
        f'</div><div class="latex-rendered" data-attrs="{attrs(persistentExpression="a^2 < b")}" data-x="y"></div>'
        f'<div class="digest-post-embed" data-attrs="{attrs(canonical_url="https://v.example/p/a", title="A post")}">'
        "</div>"
        '<div class="preformatted-block"><label class="hide-text">Text within this block will keep its spaces</label>'
        f'<pre class="text">one\n  two</pre></div>{NOTES}'
    )
    made = site("")
    add(made, "substack.zip", packed({**SUBSTACK, "posts/1.the-dam.html": html}))
    _, body = markdown(made, "articles/the-dam")
    assert body == (
        "Hi [^1] and [^2]\n\n![Dam](https://cdn.example/x.png)\n\n> Wet & cold\n>\n> [U](https://x.example/u/1)\n\n"
        "```tex\na^2 < b\n```\n\n[A post](https://v.example/p/a)\n\n```\none\n  two\n```\n\n"
        "[^1]: Note 1\n\n[^2]: Note 2"
    )
    assert "drawing" not in made.read("content/articles/the-dam.md")


def test_what_medium_says_of_code(site: Callable[[str], Site]) -> None:
    """Its language, and where a gist is that a script would show."""
    story = (
        '<!DOCTYPE html><html><head><title>Code</title></head><body><article class="h-entry"><header>'
        '<h1 class="p-name">Code</h1></header><section data-field="body" class="e-content">'
        '<p class="graf">It runs on the first try.</p>'
        '<pre data-code-block-lang="python" class="graf graf--pre"><span>import x<br>y = 1</span></pre>'
        '<figure class="graf"><script src="https://gist.github.com/u/1f.js"></script></figure></section><footer><p>'
        '<time class="dt-published" datetime="2024-03-01T10:00:00.000Z">March</time></p><p>Exported from Medium</p>'
        "</footer></article></body></html>"
    )
    made = site("")
    add(made, "medium.zip", packed({"posts/2024-03-01_Code-abc123def456.html": story}))
    _, body = markdown(made, "articles/code")
    assert body == (
        "It runs on the first try.\n\n```python\nimport x\ny = 1\n```\n\n[gist.github.com](https://gist.github.com/u/1f)"
    )


def test_a_wordpress_draft_that_was_never_published(site: Callable[[str], Site]) -> None:
    """WordPress writes a date before the first year for it; the day when it was begun stands beside that."""
    draft = post(1, "Soon", "Text.", name="soon", status="draft")
    draft = re.sub(r"<pubDate>.*?</pubDate>", "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>", draft)
    draft = re.sub(r"(<wp:post_date_gmt>).*?<", r"\g<1>0000-00-00 00:00:00<", draft)
    made = site("")
    add(made, "valley.xml", HEAD + draft + TAIL)
    said, _ = markdown(made, "articles/soon")
    assert said["published"].startswith("2024-03-01T")


def test_the_button_of_a_file_is_no_second_link(site: Callable[[str], Site]) -> None:
    """Unless it is the only one."""
    made, url = site(""), "https://old.example/up/a.pdf"
    button = f'<a href="{url}" class="wp-block-file__button wp-element-button" download>Download</a>'
    block = '<!-- wp:file -->\n<div class="wp-block-file">{}</div>\n<!-- /wp:file -->'
    two = block.format(f'<a id="m" href="{url}">The paper</a>{button}')
    posts = (
        post(1, "File", f"<p>Read it.</p>{two}", name="file"),
        post(2, "Alone", block.format(button), name="alone"),
    )
    add(made, "wp.xml", f"{HEAD}{''.join(posts)}{TAIL}")
    assert markdown(made, "articles/file")[1] == f"Read it.\n\n[The paper]({url})"
    assert markdown(made, "articles/alone")[1] == f"[Download]({url})"


def test_a_gallery_whose_pictures_are_not_in_the_export(site: Callable[[str], Site]) -> None:
    """Those that are there are shown, the others are counted."""
    items = post(1, "Dam", '[gallery ids="7,8,9"]', name="dam") + picture(7, "https://valley.example/u/a.jpg", 1)
    made = site("")
    run = add(made, "valley.xml", HEAD + items + TAIL)
    assert "not carried over: 2 pictures of a gallery, not in the export" in run.out
    assert "https://valley.example/u/a.jpg" in made.read("content/articles/dam.md")


def test_lists_and_cards_of_ghosts_editor(site: Callable[[str], Site]) -> None:
    """A list begins with its own number and holds the one below it; a product is text; what only mails show is none."""

    def said(text: str) -> dict[str, object]:
        return {"type": "text", "text": text}

    inner = {"type": "list", "listType": "bullet", "children": [{"type": "listitem", "children": [said("inner")]}]}
    items = [{"type": "listitem", "children": [each]} for each in (said("three"), inner, said("four"))]
    nodes = [
        {"type": "list", "listType": "number", "start": 3, "children": items},
        {"type": "email", "html": "<p>Hi {first_name}</p>"},
        {"type": "signup", "header": "Join"},
        {"type": "paywall"},
        {"type": "product", "productTitle": "Lamp", "productDescription": "<p>Bright</p>", "productUrl": "https://l.example/",
         "productButton": "Buy"},
    ]  # fmt: skip
    data = json.loads(json.dumps(GHOST))
    posts = data["db"][0]["data"]["posts"]
    posts[0] |= {"lexical": json.dumps({"root": {"children": nodes}}), "html": None, "mobiledoc": None}
    made = site("")
    run = add(made, "ghost.json", json.dumps(data))
    _, body = markdown(made, f"articles/{posts[0]['slug']}")
    assert body == "3. three\n    - inner\n4. four\n\n**Lamp**\n\nBright\n\n[Buy](https://l.example/)"
    assert [card for card in ("email", "signup", "paywall") if f"not carried over: card {card}" not in run.out] == []


def test_what_google_says_for_itself_in_a_feed_is_no_tag(site: Callable[[str], Site]) -> None:
    """An entry's kind, in feeds of blogs at Blogger."""
    entry = (
        "<entry><id>tag:v.example,2024:1</id><title>Dam</title><updated>2024-03-01T10:00:00Z</updated>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='Water'/><content>It is empty.</content></entry>"
    )
    made = site("")
    add(made, "atom.xml", f"<feed xmlns='http://www.w3.org/2005/Atom'><title>V</title>{entry}</feed>")
    assert markdown(made, "articles/dam")[0]["tags"] == "[Water]"


def test_front_matter_in_json_and_comments_of_liquid(site: Callable[[str], Site]) -> None:
    """Hugo reads the one; Jekyll shows nothing of the other."""
    made = site("")
    head = '{\n  "title": "The weir",\n  "date": "2024-03-02",\n  "authorNote": "Ada keeps bees."\n}'
    eleventy = f"---json\n{head}\n---\n\nIt is full.\n"
    add(made, "weir.md", eleventy)
    said, body = markdown(made, "articles/weir")
    assert (said["title"], said["author_note"], body) == ("The weir", "Ada keeps bees.", "It is full.")
    text = '{\n  "title": "The dam",\n  "date": "2024-03-01",\n  "tags": ["Water"],\n  "draft": false\n}\n\n'
    add(made, "dam.md", f"{text}It is empty.{{% comment %}} Ask Bo. {{% endcomment %}}\n")
    said, body = markdown(made, "articles/dam")
    assert (said["title"], said["published"], said["tags"], body) == (
        "The dam",
        "2024-03-01",
        "[Water]",
        "It is empty.",
    )


def test_a_file_that_names_the_wrong_charset_is_read_as_what_it_is(site: Callable[[str], Site]) -> None:
    """UTF-8 that says latin-1 or windows-1251; real latin-1 stays what it was."""
    text = HEAD + post(1, "Café", "<p>Un café, dit-elle. “Oui.”</p>", name="a") + TAIL
    for number, name in enumerate(("ISO-8859-1", "windows-1251", "gb18030")):
        made = site("")
        add(made, f"w{number}.xml", text.replace('encoding="UTF-8"', f'encoding="{name}"'))
        assert markdown(made, "articles/a")[1] == "Un café, dit-elle. “Oui.”"
    made = site("")
    latin = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("cp1252")
    add(made, "latin.xml", latin)
    assert markdown(made, "articles/a")[1] == "Un café, dit-elle. “Oui.”"


def test_what_is_wrong_in_wordpress_posts_is_told(site: Callable[[str], Site]) -> None:
    """Two of one name, one with a password, a private one, one without a date, blocks of unknown plugins, torn off."""
    nothing = post(5, "No date", "<p>Undated.</p>", utc="0000-00-00 00:00:00").replace(
        "2024-03-01 10:30:00", "0000-00-00 00:00:00"
    )
    blocks = (
        '<!-- wp:acme/chart {"a":1} /--><!-- wp:group --><div><p>In</p></div><!-- /wp:group -->[acme x="1"]out[/acme]'
    )
    items = (
        post(1, "Same &amp; title", "<p>First.</p>", name="dup"),
        post(2, "Same &amp; title", "<p>Second.</p>", name="dup"),
        post(3, "Secret", "<p>Hidden.</p>", password="open"),  # noqa: S106 - of nothing
        post(4, "Private", "<p>Mine.</p>", status="private"),
        nothing.replace("Fri, 01 Mar 2024 08:00:00 +0000", ""),
        post(6, "Blocks", blocks),
        post(7, "Torn", "<p>Torn off here and n"),
    )
    made = site("")
    run = add(made, "w.xml", (HEAD + "".join(items))[:-700])
    assert "error[export-truncated]: the export ends within item 7 (“Torn”), which was left out" in run.err
    for told in (
        "the name `dup` was taken: this one is `dup-2`",
        "its password: it is a draft now",
        "it was private: it is a draft now",
        "block acme/chart",
        'shortcode [acme x="1"]',
    ):
        assert f"not carried over: {told}" in run.out
    assert markdown(made, "articles/post-5")[0]["date_source"] == "file"
    assert markdown(made, "articles/post-6")[1] == "In\n\nout"


def test_a_text_of_ghost_that_is_damaged_is_told(site: Callable[[str], Site]) -> None:
    """Unknown cards keep their words or addresses, and are named."""
    cards = [
        {"type": "paragraph", "children": [{"type": "text", "text": "Text."}]},
        {"type": "acme", "children": [{"type": "text", "text": "inside"}]},
        {"type": "hologram", "url": "https://x.example/h"},
    ]
    lexical = json.dumps({"root": {"type": "root", "children": cards}})
    row = {"status": "published", "published_at": "2024-03-01T08:30:00.000Z", "visibility": "public"}
    posts = [
        {**row, "id": "1", "title": "Cards", "slug": "cards", "lexical": lexical},
        {**row, "id": "2", "title": "Torn", "slug": "torn", "lexical": lexical[:40]},
    ]
    made = site("")
    run = add(made, "ghost.json", json.dumps({"db": [{"meta": {"version": "5.80.0"}, "data": {"posts": posts}}]}))
    assert "not carried over: its text, which is damaged in the export" in run.out
    assert "not carried over: card hologram https://x.example/h" in run.out
    assert markdown(made, "articles/cards")[1] == ("Text.\n\ninside\n\n[https://x.example/h](https://x.example/h)")
