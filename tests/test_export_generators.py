"""Sites of Jekyll, Hugo and Pelican as people pack them: all that their Markdown can hold, and what isn't a text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from documents import packed, png
from tagwire.intake.exports import dialects
from test_export_formats import add, feed_ids, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

DAM = """---
layout: post
title:  "The dam: it's \\"empty\\""
date:   2024-03-01 10:30:00 +0200
categories: water news
tags: [dams, Weirs & locks]
author: Ada Quill
image: {path: /assets/img/lead.png}
redirect_from: [/old/dam, /older/dam.html]
last_modified_at: 2024-03-05T08:00:00+02:00
---
* TOC
{:toc}

The dam is empty.
{: .lead}

<!--more-->
See [the weir]({% post_url 2024-02-01-weir %}), [us]({% link about.md %}) and [home]({{ "/" | relative_url }}):
- [plan](/assets/plan.pdf)
- ![Dam]({{ site.url }}{{ site.baseurl }}/assets/img/dam.png){: .center width="300"}

{% include figure.html src="/assets/img/north.png" caption="From the *north*" alt="North" %}

{% include youtube.html id="abc123" %}

{% highlight ruby linenos %}
{{ not.liquid }}
{% endhighlight %}

``` ruby {linenos}
puts "{% raw %}{{ kept }}{% endraw %}"
```

{% comment %} a secret with {{ tag }} {% endcomment %}
> A quote
{: .prompt-info }

| a | b |
|--:|:--|
| 1 | 2 |
{: .table}

## Heading
{: #my-id .x}

{::options parse_block_html="true" /}
1. one
   ```sh
   ls
     -l
   ```
2. two

- [x] done[^1]

{% assign x = 1 %}{{ x }}

[^1]: A note.
"""
DAM_BODY = """The dam is empty.

See [the weir](../weir/), [us](../about/) and [home](/):

- [plan](the-dam-it-is/plan.pdf)
- ![Dam](the-dam-it-is/dam.png){: .center width="300"}

<figure>
<img src="the-dam-it-is/north.png" alt="North">
<figcaption>From the <em>north</em></figcaption>
</figure>

[youtube.com/watch?v=abc123](https://www.youtube.com/watch?v=abc123)

```ruby
{{ not.liquid }}
```

```ruby
puts "{{ kept }}"
```

> A quote

| a | b |
|--:|:--|
| 1 | 2 |

## Heading {#my-id}

1.  one

        ls
          -l

2. two

- ☑ done[^1]

[^1]: A note."""


def test_a_whole_site_of_jekyll(site: Callable[[str], Site]) -> None:
    """Posts, drafts and pages come with their pictures; templates and settings are no articles, and told."""
    made = site("")
    pictures = {f"blog/assets/img/{name}.png": png(at) for at, name in enumerate(("lead", "dam", "north", "unseen"))}
    files: dict[str, str | bytes] = {
        "blog/_config.yml": "title: Valley\nurl: https://valley.example\n",
        "blog/_posts/2024-03-01-the-dam-it-is.markdown": DAM,
        "blog/_posts/2024-02-01-weir.md": "---\ntitle: Weir\npermalink: /weir/\n---\r\n\r\nIt is full.\r\n",
        "blog/rivers/_posts/2023-01-02-ford.html": "---\ntitle: Ford\ntags: wet deep\n---\n<p>In <b>HTML</b>.</p>\n",
        "blog/_posts/2023-05-08-old.textile": "---\ntitle: Old\n---\nh2. Hello\n",
        "blog/_drafts/soon.md": "---\ntitle: Soon\n---\nNot ready for anybody.\n",
        "blog/about.md": "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nAbout us.\n",
        "blog/index.html": "---\nlayout: home\n---\n",
        "blog/_layouts/default.html": "<html>{{ content }}</html>",
        "blog/README.md": "# Readme\n",
        "blog/assets/plan.pdf": b"%PDF-1.4",
        **pictures,
    }
    run = add(made, "jekyll.zip", packed(files))
    keys, body = markdown(made, "articles/the-dam-it-is")
    assert keys == {
        "id": keys["id"],
        "title": "'The dam: it''s \"empty\"'",
        "published": "2024-03-01T10:30:00+02:00",
        "updated": "2024-03-05T08:00:00+02:00",
        "authors": "[Ada Quill]",
        "tags": "[water, news, dams, 'Weirs & locks']",
        "summary": "The dam is empty.",
        "lang": "en",
        "aliases": "['/old/dam', '/older/dam.html']",
        "image": "the-dam-it-is/lead.png",
    }
    assert body == DAM_BODY
    page = made.read("site/articles/the-dam-it-is/index.html")
    assert "<code>ls\n  -l" in page
    assert "<th" in page
    said, body = markdown(made, "articles/ford")
    assert (said["tags"], body) == ("[rivers, wet, deep]", "In **HTML**.")
    assert markdown(made, "articles/soon")[0]["draft"] == "true"
    assert markdown(made, "pages/about") == (
        {"id": markdown(made, "pages/about")[0]["id"], "title": "About", "summary": "About us.",
         "aliases": "['/about/']"},
        "About us.",
    )  # fmt: skip
    assert len(feed_ids(made)) == 3
    assert sorted(path.name for path in (made.root / "content").rglob("*.md")) == [
        "about.md", "ford.md", "soon.md", "the-dam-it-is.md", "weir.md"
    ]  # fmt: skip
    for told in (
        "tag {{ x }}", "attributes {: .table}", "what stood behind the language of code: linenos", "tag * TOC {:toc}",
        "front matter `layout`",
    ):  # fmt: skip
        assert f"  not carried over: {told}\n" in run.out
    assert "5 files of the site that no article shows, such as README.md, could not be carried over" in run.err
    assert "2023-05-08-old.textile: error[source-not-text]: this is Textile" in run.err
    assert run.err.count("error[") == 1


TIDES = """+++
title = "TOML & tides"
date = 2024-03-01T10:30:00+02:00
publishDate = 2024-03-03T00:00:00Z
expiryDate = 2030-01-01
tags = ["Tides", "Moon"]
categories = ["Sea"]
series = ["The sea"]
aliases = ["/old/toml"]
images = ["feature.png"]
weight = 10
+++

{{< figure src="/img/a.png" title="A title" caption="Cap **bold**" alt="Alt" >}}

{{% notice tip %}}
Be *careful*, see [part]({{< relref "bundle/index.md#part" >}}) and https://tides.example/x.
{{% /notice %}}

{{< mermaid >}}
graph TD; A-->B
{{< /mermaid >}}

- [ ] todo

> [!NOTE]
> Alert

> ```go
> x := 1
> ```

```go {hl_lines=[1]}
x := 1
```
"""
TIDES_BODY = """<figure>
<img src="tides/a.png" alt="Alt">
<figcaption><strong>A title</strong> Cap <strong>bold</strong></figcaption>
</figure>

Be *careful*, see [part](../bundle/#part) and <https://tides.example/x>.

```mermaid
graph TD; A-->B
```

- ☐ todo

> **Note**
>
> Alert

>     x := 1

```go
x := 1
```"""


def test_a_whole_site_of_hugo(site: Callable[[str], Site]) -> None:
    """Bundles, translations, terms of their own, articles that end; an empty list is none."""
    made = site("")
    files: dict[str, str | bytes] = {
        "h/hugo.toml": 'baseURL = "https://h.example/"\n',
        "h/content/_index.md": '+++\ntitle = "Home"\n+++\nWelcome.\n',
        "h/content/posts/_index.md": "---\ntitle: Posts\n---\n",
        "h/content/posts/tides.md": TIDES,
        "h/content/posts/bundle/index.md": "---\ntitle: Bundle\ndate: 2024-04-01\ncover: {image: pic.png}\n---\n"
        '![In](images/in.png)\n\n<img src="pic.png" alt="P">\n',
        "h/content/posts/bundle/index.de.md": "---\ntitle: Bündel\ndate: 2024-04-01\n---\nEin Text.\n",
        "h/content/posts/bundle/images/in.png": png(1),
        "h/content/posts/bundle/pic.png": png(2),
        "h/static/img/a.png": png(3),
        "h/layouts/index.html": "{{ .Title }}",
    }
    run = add(made, "hugo.zip", packed(files))
    keys, body = markdown(made, "articles/tides")
    assert keys == {
        "id": keys["id"],
        "title": "'TOML & tides'",
        "published": "2024-03-03T00:00:00+00:00",
        "expires": "2030-01-01",
        "tags": "[Sea, Tides, Moon]",
        "summary": keys["summary"],
        "aliases": "['/old/toml']",
        "series": "The sea",
    }
    assert body == TIDES_BODY
    said, body = markdown(made, "articles/bundle")
    assert (said["image"], body) == ("bundle/pic.png", '![In](bundle/in.png)\n\n<img src="bundle/pic.png" alt="P">')
    assert markdown(made, "articles/bundle-de")[0]["lang"] == "de"
    assert not (made.root / "content/articles/posts.md").exists()
    assert (run.code, len(feed_ids(made))) == (0, 3)
    assert "  not carried over: the lead picture feature.png, which isn’t beside it\n" in run.out
    assert "  not carried over: front matter `weight`\n" in run.out
    assert "3 files of the site that no article shows" in run.err


PELICAN = """Title: One: a *tale*
Date: 2024-03-01 10:20
Modified: 2024-03-05 19:30
Category: Python
Tags: pelican, publishing,
      two words
Slug: my-super-post
Authors: Alexis Quill, Conan Ox
Summary: Short version for index
    and feeds
Save_as: x/one.html
URL: x/one.html

See [two]({filename}two.md), [a file]({attach}files/b.pdf), [cat]({category}Python), [auth]({author}alexis-quill).

    :::python
    print("x")

!!! note "Mind"
    Admonition *text*.

{% img left /images/a.png 200 100 "t" %}
"""


def test_a_whole_site_of_pelican(site: Callable[[str], Site]) -> None:
    """Header lines, links to files and lists, code and boxes of its Markdown; HTML with its metadata."""
    made = site("")
    html = (
        '<html><head><title>Three</title><meta name="tags" content="a,b"/>'
        '<meta name="date" content="2012-07-09 22:28"/><meta name="category" content="Rivers"/>'
        '<meta name="authors" content="Ada Quill, Bo Reed"/>'
        '<meta name="summary" content="Short one."/></head><body><p>This is my <b>super</b> content.</p></body></html>'
    )
    files: dict[str, str | bytes] = {
        "p/content/one.md": PELICAN,
        "p/content/two.md": "Title: Two\nDate: 2024-03-02\nStatus: draft\n\nA draft.\n",
        "p/content/three.html": html,
        "p/content/pages/about.md": "Title: About\n\nThe people here.\n",
        "p/content/images/a.png": png(),
        "p/content/files/b.pdf": b"%PDF-1.4",
    }
    run = add(made, "pelican.zip", packed(files))
    keys, body = markdown(made, "articles/my-super-post")
    assert (keys["published"], keys["updated"], keys["authors"], keys["tags"], keys["summary"], keys["aliases"]) == (
        "2024-03-01T10:20:00+00:00", "2024-03-05T19:30:00+00:00", "[Alexis Quill, Conan Ox]",
        "[Python, pelican, publishing, two words]", "Short version for index and feeds", "['/x/one.html']",
    )  # fmt: skip
    assert (
        body
        == """See [two](../two/), [a file](my-super-post/b.pdf), [cat](/tags/python/), [auth](/authors/alexis-quill/).

```python
print("x")
```

> **Mind**
>
> Admonition *text*.

<figure>
<img src="my-super-post/a.png" alt="">
</figure>"""
    )
    said, body = markdown(made, "articles/three")
    assert (said["tags"], said["authors"], said["summary"]) == ("[Rivers, a, b]", "[Ada Quill, Bo Reed]", "Short one.")
    assert body == "This is my **super** content."
    assert markdown(made, "articles/two")[0]["draft"] == "true"
    assert markdown(made, "pages/about")[1] == "The people here."
    assert "front matter `saveas`" in run.out


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_html_of_pelicans_that_names_no_charset(site: Callable[[str], Site], charset: str) -> None:
    """Its category is read as the text is."""
    html = (
        '<html><head><title>Überfahrt</title><meta name="date" content="2012-07-09"/>'
        '<meta name="category" content="Flüsse"/></head><body><p>Ein schöner Fluss fließt im Süden.</p></body></html>'
    )
    made = site("")
    add(made, "pelican.zip", packed({"p/pelicanconf.py": "", "p/content/fluss.html": html.encode(charset)}))
    said, body = markdown(made, "articles/überfahrt")
    assert (said["tags"], body) == ("[Flüsse]", "Ein schöner Fluss fließt im Süden.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~~\na\n~~~~\n", "```\na\n```"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("````md\n```\n````\n", "````md\n```\n````"),
        ("```{r echo=FALSE}\nx\n```", "```r\nx\n```"),
        ("- a\n\n  ```\n  x\n  ```\n- b", "-   a\n\n        x\n\n- b"),
        ("1. a\n```\nx\n```", "1. a\n\n```\nx\n```"),
        ("Text\n2. no list", "Text\n2. no list"),
        ("# Head\n- a", "# Head\n- a"),
        ("> [!tip]- Mine\n> It is.", "> **Mine**\n>\n> It is."),
        ("Text {: .x}\nmore", "Text {: .x}\nmore"),
        ("{::comment}\ngone\n{:/comment}\nText", "Text"),
        ("!!! warning\n    a\n\n    b\n\nc", "> **Warning**\n>\n> a\n>\n> b\n\nc"),
    ],
)
def test_blocks_of_other_dialects(text: str, expected: str) -> None:
    """Fences, lists, boxes and attributes as Python-Markdown reads them."""
    assert dialects.mended(text).markdown.rstrip("\n") == expected


@pytest.mark.parametrize(
    "trap",
    ["    :::x\n" * 50_000, "> ```\n" * 50_000, "!!! a\n" * 50_000, "{: .a}\n" * 50_000, "- [ ] a\n" * 50_000,
     "# a\n{: " * 50_000, "```\n" * 50_001, "[](" * 50_000, "https://" * 50_000, "{::comment}" * 20_000,
     "{% raw %}" * 20_000, "{% highlight a %}" * 20_000, "{{< mermaid >}}" * 20_000],
    ids=["code", "quote", "box", "attributes", "tasks", "headings", "fences", "links", "addresses", "comments",
         "raw", "highlight", "mermaid"],
)  # fmt: skip
def test_many_beginnings_take_no_quadratic_time(trap: str) -> None:
    """Of what never ends."""
    began = time.process_time()
    dialects.mended(trap)
    assert time.process_time() - began < 10


def test_one_name_in_two_languages_is_one_text(site: Callable[[str], Site]) -> None:
    """As Pelican has translations: both stay, lead to each other, and what they are called is told, on each run."""
    made = site("")
    french = (
        '<html><head><title>Le barrage</title><meta name="date" content="2024-03-01"/><meta name="slug" content="dam"/>'
        '<meta name="lang" content="fr"/></head><body><p>Il est vide.</p></body></html>'
    )
    english = "Title: {}\nDate: 2024-03-02\nSlug: dam\nLang: en\n\nIt is {}, they said.\n"
    files: dict[str, str | bytes] = {
        "p/pelicanconf.py": "SITENAME = 'P'\n",
        "p/content/dam.fr.html": french,
        "p/content/dam.md": english.format("The dam", "empty"),
        "p/content/other.md": english.format("Other", "far away"),
    }
    run = add(made, "pelican.zip", packed(files))
    for told in (
        "the name `dam`, which it shares with the same text in fr: this one is `dam-en`",
        "the name `dam` was taken: this one is `dam-en-2`",
    ):
        assert f"  not carried over: {told}\n" in run.out
    assert 'hreflang="fr"' in made.read("site/articles/dam-en/index.html")
    assert 'hreflang="en"' in made.read("site/articles/dam/index.html")
    for state in ("empty", "full"):
        packs = packed({**files, "p/content/dam.md": english.format("The dam", state)})
        (made.root / "new").mkdir(exist_ok=True)
        (made.root / "new/pelican.zip").write_bytes(packs)
        made.run("add", str(made.root / "new/pelican.zip"))
        keys, body = markdown(made, "articles/dam-en")
        assert (keys["translations"], body) == ("{fr: dam.md}", f"It is {state}, they said.")
        assert len(list((made.root / "content/articles").glob("*.md"))) == 3


@pytest.mark.parametrize("lang", ["../../../../evil", "fr/../../evil", "a b", "fr-" + "x" * 300, "deutsch!"])
def test_what_is_no_language_names_no_file(site: Callable[[str], Site], lang: str) -> None:
    """Sources are strangers': the name of a file is made of what an article can have as its language."""
    made = site("")
    text = "Title: {}\nDate: 2024-03-02\nSlug: dam\nLang: {}\n\nIt is {}, they said.\n"
    files: dict[str, str | bytes] = {
        "p/content/a.md": text.format("The dam", "en", "empty"),
        "p/content/b.md": text.format("Other", lang, "far away"),
    }
    run = add(made, "pelican.zip", packed(files))
    assert "2 new" in run.out
    assert sorted(path.name for path in (made.root / "content/articles").iterdir()) == ["dam-2.md", "dam.md"]
    assert not list(made.root.parent.rglob("*evil*"))
