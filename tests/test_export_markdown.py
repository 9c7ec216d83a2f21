"""Markdown of other generators: front matter in every spelling, tags of every dialect, lists nested by four spaces."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from tagwire.intake.exports import dialects

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

FRONT = {
    "jekyll": '---\nlayout: post\ntitle: "The dam: empty"\ndate: 2024-03-01 10:30:00 +0200\ncategories: [Water]\n'
    "tags: dams, weirs\nexcerpt: Short.\nauthor: Ada Quill\npermalink: /2024/the-dam/\npublished: true\n---\n",
    "hugo": '+++\ntitle = "The dam: empty"\ndate = 2024-03-01T10:30:00+02:00\ncategories = ["Water"]\n'
    'tags = ["dams", "weirs"]\ndescription = "Short."\nauthors = ["Ada Quill"]\naliases = ["/2024/the-dam/"]\n+++\n',
    "pelican": "Title: The dam: empty\nDate: 2024-03-01T10:30:00+02:00\nCategory: Water\nTags: dams, weirs\n"
    "Authors: Ada Quill\nSummary: Short.\nurl: 2024/the-dam/\n\n",
    "zola": '+++\ntitle = "The dam: empty"\ndate = 2024-03-01T10:30:00+02:00\ndescription = "Short."\n'
    'authors = ["Ada Quill"]\naliases = ["2024/the-dam/"]\n'
    '[taxonomies]\ncategories = ["Water"]\ntags = ["dams", "weirs"]\n+++\n',
    "eleventy": '---\ntitle: "The dam: empty"\ndate: 2024-03-01T10:30:00+02:00\ntags: [post, Water, dams, weirs]\n'
    "description: Short.\nauthor: Ada Quill\npermalink: /2024/the-dam/\n---\n",
}


@pytest.mark.parametrize("name", FRONT)
def test_front_matter_in_every_spelling(site: Callable[[str], Site], name: str) -> None:
    """Title, date with its zone, people, subjects, summary, old address; the rest is named."""
    made = site("")
    file = made.root.parent / "2024-03-01-the-dam.md"
    file.write_text(FRONT[name] + "It is *empty*.\n", encoding="utf-8")
    assert made.run("add", str(file)).code == 0
    made.build()
    text = made.read("content/articles/the-dam.md")
    assert dict(re.findall(r"^(title|published|authors|tags|summary|aliases|draft): (.*)$", text, re.MULTILINE)) == {
        "title": "'The dam: empty'" if "'The dam" in text else "The dam: empty",
        "published": "2024-03-01T10:30:00+02:00",
        "authors": "[Ada Quill]",
        "tags": "[Water, dams, weirs]",
        "summary": "Short.",
        "aliases": "['/2024/the-dam/']",
    }
    assert text.endswith("---\n\nIt is *empty*.\n")
    assert ("front matter `layout`" in text) == (name == "jekyll")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% highlight python %}\na = {{ b }}\n{% endhighlight %}", "```python\na = {{ b }}\n```\n"),
        ('{{< highlight go "linenos=1" >}}\nx := 1\n{{< /highlight >}}', "```go\nx := 1\n```\n"),
        (
            '{{< figure src="/a.png" alt="A" caption="The A" >}}',
            '<figure>\n<img src="/a.png" alt="A">\n<figcaption>The A</figcaption>\n</figure>\n',
        ),
        ('{% include figure.html src="/a.png" alt="A" %}', '<figure>\n<img src="/a.png" alt="A">\n</figure>\n'),
        ("{{< youtube abc >}}", "[youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)\n"),
        ("[a]({% post_url 2024-03-01-the-dam %})", "[a](../the-dam/)\n"),
        ('[a]({{< ref "posts/the-dam.md" >}})', "[a](../the-dam/)\n"),
        (
            '[a]({{< relref "posts/the-dam/index.md#top" >}}) [b]({{< ref "#low" >}})',
            "[a](../the-dam/#top) [b](#low)\n",
        ),
        ("[a](@/posts/the-dam.md)", "[a](../the-dam/)\n"),
        ("[a]({filename}/news/2024-03-01-the-dam.md)", "[a](../the-dam/)\n"),
        ("![a]({static}/images/a.png)", "![a](/images/a.png)\n"),
        ("![a]({{ site.baseurl }}/images/a.png)", "![a](/images/a.png)\n"),
        ('![a]({{ "/images/a.png" | relative_url }})', "![a](/images/a.png)\n"),
        ("Use `{{ this }}` and\n\n```\n{% that %}\n```", "Use `{{ this }}` and\n\n```\n{% that %}\n```\n"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}\n"),
        ("{{</* figure */>}}", "{{< figure >}}\n"),
        ("a ~~b~~ c", "a <del>b</del> c\n"),
        ("- a\n  - b\n    - c\n\n  more of a\n- d", "- a\n    - b\n        - c\n\n    more of a\n\n- d\n"),
        ("1. a\n   - b\n2. c", "1. a\n    - b\n2. c\n"),
        ("    code\n\ntext", "    code\n\ntext\n"),
    ],
)
def test_what_a_tag_showed_is_kept(text: str, expected: str) -> None:
    """Where it can be known, and with nothing left to tell."""
    made = dialects.mended(f"x\n\n{text}")
    assert (made.markdown.removeprefix("x\n\n"), made.left) == (expected, ())


def test_any_other_tag_is_named() -> None:
    """With all that it says, so that its owner can put it back by hand."""
    made = dialects.mended('A {% include promo.html id=3 %}B {{ page.weather }}C {{< map lat="1" >}}D{{< /map >}}.')
    assert made.markdown == "A B C D.\n"
    assert made.left == ('tag {{< map lat="1" >}}', "tag {% include promo.html id=3 %}", "tag {{ page.weather }}")


def test_buttondown(site: Callable[[str], Site]) -> None:
    """A table and Markdown files; one that was written in its editor is HTML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "emails.csv",
            "id,secondary_id,subject,publish_date,source,slug\n"
            "a1,1,The dam,2024-03-01 08:30:00+00:00,app,the-dam\nb2,2,Fancy,2024-03-02 08:30:00+00:00,app,fancy\n",
        )
        archive.writestr("emails/the-dam.md", "It is *empty*, {{ subscriber.name }}.\n")
        archive.writestr("emails/fancy.md", "<!-- buttondown-editor-mode: fancy --><p>It is <em>full</em>.</p>")
    made = site("")
    file = made.root.parent / "buttondown.zip"
    file.write_bytes(stream.getvalue())
    assert made.run("add", str(file)).code == 0
    made.build()
    text = made.read("content/articles/the-dam.md")
    assert "published: 2024-03-01T08:30:00+00:00\n" in text
    assert text.endswith("It is *empty*, .\n")
    assert "tag {{ subscriber.name }}" in text
    assert made.read("content/articles/fancy.md").endswith("It is *full*.\n")


def test_broken_front_matter_is_refused(site: Callable[[str], Site]) -> None:
    """By name, and nothing is written."""
    made = site("")
    file = made.root.parent / "a.md"
    file.write_text("---\ntitle: [a\n---\nText.\n", encoding="utf-8")
    run = made.run("add", str(file))
    assert (run.code, "error[export-broken]: its front matter can't be read" in run.err) == (1, True)


def test_wordpress_in_an_archive_with_its_pictures(site: Callable[[str], Site]) -> None:
    """The parts of a large export, and the folder of uploads, from which pictures come along."""
    head = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://valley.example</link>'
    )
    item = (
        "<item><title>Part {n}</title><guid>https://valley.example/?p={n}</guid><wp:post_id>{n}</wp:post_id>"
        "<wp:post_name>part-{n}</wp:post_name><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        "<wp:post_date>2024-03-01 10:30:00</wp:post_date><content:encoded><![CDATA[<p>Text {n}.</p>"
        '<img src="https://valley.example/wp-content/uploads/2024/03/a.jpg" alt="A">]]></content:encoded></item>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for n in (1, 2):
            archive.writestr(f"valley.00{n}.xml", head + item.format(n=n) + "</channel></rss>")
        archive.writestr("uploads/2024/03/a.jpg", b"picture")
    made = site("")
    file = made.root.parent / "valley.zip"
    file.write_bytes(stream.getvalue())
    assert made.run("add", str(file)).out.splitlines()[-1].endswith("valley.zip (WordPress export): 2 new")
    made.build()
    assert "![A](part-1/a.jpg)" in made.read("content/articles/part-1.md")
    assert (made.root / "site/articles/part-2/a.jpg").read_bytes() == b"picture"


def test_what_lies_among_jekylls_drafts_is_one(site: Callable[[str], Site]) -> None:
    """Its front matter needn't say so."""
    made = site("")
    old = made.root.parent / "jekyll"
    for folder in ("_drafts", "_posts"):
        (old / folder).mkdir(parents=True)
    (old / "_drafts/idea.md").write_text("---\ntitle: Idea\n---\n\nText.\n", encoding="utf-8")
    (old / "_posts/2024-03-01-one.md").write_text("---\ntitle: One\n---\n\nText.\n", encoding="utf-8")
    made.run("add", str(old))
    assert "draft: true" in made.read("content/articles/idea.md")
    assert "draft" not in made.read("content/articles/one.md")
