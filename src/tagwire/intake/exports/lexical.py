"""Ghost's two editors, Lexical and Mobiledoc, as HTML: for posts whose HTML the export doesn't hold, drafts mostly."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from tagwire.intake.exports.jsonfile import listed, table

if TYPE_CHECKING:
    from collections.abc import Callable

Node = dict[str, Any]
_FORMATS: Final = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))
_BLOCKS: Final = {"quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote", "listitem": "li"}
_DEEPEST = 100
_NOT_SHOWN: Final = frozenset(["email", "email-cta", "signup", "paywall"])
"""Cards of mails, forms and marks, which no reader of the page sees as text."""
MARKDOWN = "tagwire-markdown-{}"
"""Stands for a card of Markdown, which needs no conversion."""


class Cards:
    """Writes the nodes of one post; knows what could not be carried over, and the Markdown that it met."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.markdown: list[str] = []

    def lexical(self, text: str) -> str:
        """A document of Lexical as HTML."""
        root = table(text).get("root")
        return self._read(lambda: self._node(root, 0)) if isinstance(root, dict) else ""

    def mobiledoc(self, text: str) -> str:
        """A document of Mobiledoc as HTML."""
        document = table(text)
        sections = [
            section for section in listed(document.get("sections")) if isinstance(section, list) and len(section) > 1
        ]
        return "".join(self._read(partial(self._section, section, document)) for section in sections)

    def _read(self, write: Callable[[], str]) -> str:
        """A passage as HTML; one that is put together wrongly is named."""
        try:
            return write()
        except (TypeError, ValueError, LookupError, AttributeError):
            self.left.append("a passage that its editor could not show either")
            return ""

    # -------------------------------------------------------------- Lexical

    def _node(self, node: Node, depth: int) -> str:
        kind = str(node.get("type", ""))
        if kind in ("text", "extended-text"):
            return _formatted(node)
        if kind in ("linebreak", "horizontalrule"):
            return "<br>" if kind == "linebreak" else "<hr>"
        if not isinstance(node.get("children"), list):
            return self.card(kind, node)
        return self._box(kind, node, depth)

    def _box(self, kind: str, node: Node, depth: int) -> str:
        """A node that holds others."""
        children = [child for child in node["children"] if isinstance(child, dict)]
        inner = "".join(self._node(child, depth + 1) for child in children) if depth < _DEEPEST else ""
        if kind in ("link", "autolink"):
            return f'<a href="{_attribute(node, "url")}">{inner}</a>'
        if kind == "list":
            tag, first = "ol" if node.get("listType") == "number" else "ul", node.get("start")
            start = f' start="{first}"' if tag == "ol" and isinstance(first, int) and first > 1 else ""
            return f"<{tag}{start}>{_nested(inner)}</{tag}>"
        if kind in ("heading", "extended-heading"):
            tag = str(node.get("tag", "h2"))
            return f"<{tag}>{inner}</{tag}>" if re.fullmatch(r"h[1-6]", tag) else f"<h2>{inner}</h2>"
        tag = _BLOCKS.get(kind, "p" if kind == "paragraph" else "div")
        return f"<{tag}>{inner}</{tag}>"

    # -------------------------------------------------------------- Mobiledoc

    def _section(self, section: list[Any], document: Node) -> str:
        kind, tag = section[0], section[1]
        if kind == 10:
            return self._carded(tag, document)
        if kind == 2:
            return f'<p><img src="{escape(str(tag))}" alt=""></p>'
        name = str(tag) if re.fullmatch(r"p|h[1-6]|blockquote|pull-quote|aside|ul|ol", str(tag)) else "p"
        name = "blockquote" if name in ("pull-quote", "aside") else name
        if kind == 3 and len(section) > 2:
            return f"<{name}>{''.join(f'<li>{self._markers(item, document)}</li>' for item in section[2])}</{name}>"
        return f"<{name}>{self._markers(section[2] if len(section) > 2 else [], document)}</{name}>"

    def _carded(self, number: object, document: Node) -> str:
        cards = document.get("cards") or []
        card = cards[number] if isinstance(number, int) and number < len(cards) else None
        if not isinstance(card, list) or not card:
            return ""
        return self.card(str(card[0]), card[1] if len(card) > 1 and isinstance(card[1], dict) else {})

    def _markers(self, markers: object, document: Node) -> str:
        out, open_tags = "", []
        markups, atoms = document.get("markups") or [], document.get("atoms") or []
        for marker in markers if isinstance(markers, list) else []:
            kind, opened, closed, value = (*marker, *[""] * 4)[:4]
            for number in opened:
                tag, *rest = markups[number]
                given = dict(zip(rest[0][::2], rest[0][1::2], strict=False)) if rest and rest[0] else {}
                out += f'<{tag} href="{escape(given["href"])}">' if "href" in given else f"<{tag}>"
                open_tags.append(tag)
            if kind == 1:
                out += "<br>" if atoms[value][0] == "soft-return" else escape(str(atoms[value][1]))
            else:
                out += escape(str(value))
            for _ in range(closed):
                out += f"</{open_tags.pop()}>" if open_tags else ""
        return out

    # -------------------------------------------------------------- cards of both

    def card(self, kind: str, node: Node) -> str:
        """A card as HTML; one without a likeness here is named."""
        writer = getattr(self, f"_card_{kind.replace('-', '_')}", None)
        if writer is not None:
            return str(writer(node))
        if kind in _NOT_SHOWN:
            self.left.append(f"card {kind}")
            return ""
        source = node.get("url") or node.get("src") or node.get("buttonUrl") or ""
        words = [
            str(node[name]) for name in ("html", "heading", "header", "subheader") if isinstance(node.get(name), str)
        ]
        self.left.append(f"card {kind} {source}".strip())
        link = f'<p><a href="{escape(str(source))}">{escape(str(source))}</a></p>' if source else ""
        return "".join(words) + link

    def _card_image(self, node: Node) -> str:
        caption = node.get("caption") or ""
        said = f"<figcaption>{caption}</figcaption>" if caption else ""
        shown = f'<img src="{_attribute(node, "src")}" alt="{_attribute(node, "alt")}">'
        href = _attribute(node, "href")
        return f"<figure>{f'<a href={chr(34)}{href}{chr(34)}>{shown}</a>' if href else shown}{said}</figure>"

    def _card_gallery(self, node: Node) -> str:
        pictures = [image for image in node.get("images") or [] if isinstance(image, dict)]
        said = f"<p>{node['caption']}</p>" if node.get("caption") else ""
        return "".join(map(self._card_image, pictures)) + said

    def _card_markdown(self, node: Node) -> str:
        self.markdown.append(str(node.get("markdown") or ""))
        return f"<p>{MARKDOWN.format(len(self.markdown) - 1)}</p>"

    def _card_html(self, node: Node) -> str:
        return str(node.get("html") or "")

    def _card_codeblock(self, node: Node) -> str:
        mark = f' class="language-{_attribute(node, "language")}"' if node.get("language") else ""
        return f"<pre><code{mark}>{escape(str(node.get('code') or ''))}</code></pre>"

    def _card_bookmark(self, node: Node) -> str:
        about = node.get("metadata") if isinstance(node.get("metadata"), dict) else {}
        title = (about or {}).get("title") or node.get("title") or node.get("url") or ""
        return f'<p><a href="{_attribute(node, "url")}">{escape(str(title))}</a></p>'

    def _card_embed(self, node: Node) -> str:
        return (
            f'<p><a href="{_attribute(node, "url")}">{_attribute(node, "url")}</a></p>'
            if node.get("url")
            else self._card_html(node)
        )

    def _card_file(self, node: Node) -> str:
        name = node.get("fileTitle") or node.get("fileName") or node.get("src") or ""
        return f'<p><a href="{_attribute(node, "src")}">{escape(str(name))}</a></p>'

    def _card_audio(self, node: Node) -> str:
        return self._card_file({"src": node.get("src"), "fileName": node.get("title")})

    def _card_video(self, node: Node) -> str:
        caption = f"<p>{node['caption']}</p>" if node.get("caption") else ""
        return self._card_file({"src": node.get("src"), "fileName": node.get("fileName")}) + caption

    def _card_button(self, node: Node) -> str:
        return f'<p><a href="{_attribute(node, "buttonUrl")}">{_attribute(node, "buttonText")}</a></p>'

    def _card_callout(self, node: Node) -> str:
        return f"<blockquote><p>{node.get('calloutEmoji') or ''} {node.get('calloutText') or ''}</p></blockquote>"

    def _card_toggle(self, node: Node) -> str:
        return f"<p><strong>{node.get('heading') or ''}</strong></p>{node.get('content') or ''}"

    def _card_product(self, node: Node) -> str:
        picture = self._card_image({"src": node.get("productImageSrc")}) if node.get("productImageSrc") else ""
        link = {"buttonUrl": node.get("productUrl"), "buttonText": node.get("productButton") or node.get("productUrl")}
        button = self._card_button(link) if node.get("productUrl") else ""
        described = node.get("productDescription") or ""
        return f"{picture}<p><strong>{node.get('productTitle') or ''}</strong></p>{described}{button}"

    def _card_hr(self, _node: Node) -> str:
        return "<hr>"

    _card_code = _card_codeblock


def _nested(items: str) -> str:
    """Items of a list: one that is nothing but a list belongs to the one above it."""
    return re.sub(r"</li><li>(?=<[ou]l)", "", items)


def _attribute(node: Node, name: str) -> str:
    value = node.get(name)
    return escape(value) if isinstance(value, str) else ""


def _formatted(node: Node) -> str:
    text, bits = escape(str(node.get("text", ""))), node.get("format")
    for bit, tag in _FORMATS:
        if isinstance(bits, int) and bits & bit:
            text = f"<{tag}>{text}</{tag}>"
    return text
