"""Sentences of running text."""

from __future__ import annotations


def lead(text: str) -> str:
    """The first one or two sentences (being replaced)."""
    return text[:300]
