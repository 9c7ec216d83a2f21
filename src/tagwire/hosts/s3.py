"""S3 and what speaks its language: what a bucket needs to be a website, for `aws s3api put-bucket-website`.

Types and cache times are properties of each object there: `publish` sets them as it uploads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tagwire.model import Text

if TYPE_CHECKING:
    from tagwire.hosts.rules import Rules

_MOST = 50
"""Routing rules that a bucket takes."""


def files(rules: Rules) -> tuple[Text, ...]:
    """`.s3-website.json`."""
    routes = [
        {
            "Condition": {"KeyPrefixEquals": each.here.removeprefix("/")},
            "Redirect": {"ReplaceKeyWith": each.there.removeprefix("/"), "HttpRedirectCode": "301"},
        }
        for each in rules.redirects[:_MOST]
    ]
    website = {
        "IndexDocument": {"Suffix": "index.html"},
        "ErrorDocument": {"Key": f"{rules.top}404.html".removeprefix("/")},
        **({"RoutingRules": routes} if routes else {}),
    }
    return (Text(".s3-website.json", json.dumps(website, ensure_ascii=False, indent=2) + "\n"),)
