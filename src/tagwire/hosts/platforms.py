"""Hosts that read `_redirects` and `_headers`, and GitHub Pages, which reads neither.

https://docs.netlify.com/manage/routing/headers/ , https://developers.cloudflare.com/pages/configuration/headers/ ,
https://docs.gitlab.com/user/project/pages/redirects/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.model import Text

if TYPE_CHECKING:
    from tagwire.hosts.rules import Rules

_MOST = 2_000
_LARGEST = 95_000
"""Cloudflare leaves out what comes after 2,000 redirects or 100 KB; the redirect pages stand behind all of them."""
_FEEDS = {"atom": ("atom.xml",), "rss": ("rss.xml", "podcast.xml"), "json": ("feed.json",), "opml": ("feeds.opml",)}


def github(rules: Rules) -> tuple[Text, ...]:
    """`.nojekyll`, since folders may begin with an underscore; `CNAME` where the domain is the owner's."""
    own = rules.domain and not rules.domain.endswith(".github.io") and rules.top == "/"
    return (Text(".nojekyll", ""), *((Text("CNAME", f"{rules.domain}\n"),) if own else ()))


def gitlab(rules: Rules) -> tuple[Text, ...]:
    """`_redirects`; headers can't be set there."""
    return _redirects(rules, "301")


def netlify(rules: Rules) -> tuple[Text, ...]:
    """Both. A redirect with `!` goes before the redirect page that stands there."""
    return (*_redirects(rules, "301!"), _headers(rules))


def cloudflare(rules: Rules) -> tuple[Text, ...]:
    """Both."""
    return (*_redirects(rules, "301"), _headers(rules))


def _redirects(rules: Rules, code: str) -> tuple[Text, ...]:
    lines = ["# Written by Tagwire."]
    size = 0
    for each in rules.redirects[:_MOST]:
        line = f"{each.here} {each.there} {code}"
        size += len(line) + 1
        if size > _LARGEST:
            break
        lines.append(line)
    return (Text("_redirects", "\n".join([*lines, ""])),) if rules.redirects else ()


def _headers(rules: Rules) -> Text:
    """No header stands in two rules that match one path: both hosts would send the two values, joined by a comma.

    How long things are cached is left to the host: both let a browser ask again each time, and answer 304.
    """
    lines = ["# Written by Tagwire.", f"{rules.top}*", *(f"  {name}: {value}" for name, value in rules.headers)]
    for kind in rules.kinds:
        for name in _FEEDS[kind.name]:
            for place in (rules.top + name, f"{rules.top}*/{name}"):
                lines += [place, f"  Content-Type: {kind.type}", "  Access-Control-Allow-Origin: *"]
    return Text("_headers", "\n".join([*lines, ""]))
