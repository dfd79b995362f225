"""Bytes → Article: text files, web pages and JSON, in whatever encoding Arabic news comes in."""

from mahdar.sources.read import DEFAULT_LIMIT, read_articles

__all__ = ["DEFAULT_LIMIT", "read_articles"]
