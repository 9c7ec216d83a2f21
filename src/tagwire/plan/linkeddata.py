"""What a page says to machines: JSON-LD in the words of schema.org, with absolute URLs.

Google's own rules for articles and breadcrumbs are followed; a list of one crumb is none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tagwire.model import Config
    from tagwire.plan.catalogue import Post
    from tagwire.plan.routes import Ground

Node = dict[str, Any]
Crumb = tuple[str, str]
"""(what it is called, address)."""


def told(*nodes: Node | None) -> str:
    """The JSON of these nodes, safe inside of a `script` element; empty if there is none."""
    there = [node for node in nodes if node]
    if not there:
        return ""
    graph = {"@context": "https://schema.org", **(there[0] if len(there) == 1 else {"@graph": there})}
    return _encoded(graph).replace("<", "\\u003c")


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def crumbs(ground: Ground, *way: Crumb) -> Node | None:
    """The way from the front page to where one is."""
    if not way:
        return None
    steps = ((ground.config.title, ""), *way)
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": ground.absolute(address)}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def website(ground: Ground) -> Node:
    """The site, on its front page."""
    config = ground.config
    return _filled(
        {
            "@type": "WebSite",
            "name": config.title,
            "url": ground.absolute(""),
            "description": config.description,
            "inLanguage": config.lang,
            "publisher": _publisher(ground, config),
        }
    )


def article(ground: Ground, post: Post, image: str) -> Node:
    """An article; `image` is the absolute URL of its picture, or empty. Nothing of a retracted text survives in it."""
    head = post.head
    url = ground.absolute(head.address)
    return _filled(
        {
            "@type": "NewsArticle",
            "mainEntityOfPage": url,
            "url": url,
            "headline": head.title,
            "description": "" if head.retracted else head.summary,
            "image": image,
            "inLanguage": head.lang,
            "datePublished": head.published.iso,
            "dateModified": head.updated.iso,
            "author": [
                {"@type": "Person", "name": topic.name, "url": ground.absolute(topic.address)} for topic in post.authors
            ],
            "publisher": _publisher(ground, ground.config),
            "keywords": [] if head.retracted else [tag.name for tag in post.tags],
            "isPartOf": {"@type": "CreativeWorkSeries", "name": post.series.name} if post.series else None,
            "isBasedOn": head.canonical,
            "correction": [note.text for note in head.corrections],
            "creativeWorkStatus": "Retracted" if head.retracted else "",
        }
    )


def _publisher(ground: Ground, config: Config) -> Node:
    logo = config.logo or config.icon
    url = logo if not logo or "://" in logo else ground.absolute(logo)
    return _filled(
        {"@type": "Organization", "name": config.author or config.title, "url": ground.absolute(""), "logo": url}
    )


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}
