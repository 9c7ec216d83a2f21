"""Tagwire: raw articles in, a static site and tagged feeds out."""

__version__ = "0.1.0"
