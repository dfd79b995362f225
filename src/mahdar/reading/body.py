"""Which part of the text is the article's body."""

from __future__ import annotations

from mahdar.record import Article, Span


def find_body(article: Article) -> list[Span]:
    """Paragraph spans of the article proper."""
    spans: list[Span] = []
    at = 0
    for line in article.text.split("\n"):
        if len(line.split()) >= 6:
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    if not spans and article.text.strip():
        return [Span(0, len(article.text))]
    return spans
