"""The working state of one reading: tokens, word analyses, paragraphs, sentences and quotations of an article."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mahdar.arabic.fold import Folded, fold
from mahdar.arabic.tokens import BREAK, NUMBER, WORD, Tokens, tokenize
from mahdar.arabic.words import Analyser, Word
from mahdar.reading.dateline import past_dateline
from mahdar.record import Article, Span

_ENDS = frozenset(".!?؟")
LONGEST = 300  # tokens of a sentence; four of the 53,226 sentences of the corpus are longer
_COMMAS = frozenset("،,؛;:-")
_NOWHERE = Span(sys.maxsize, sys.maxsize)
_OPENERS = frozenset("“«„")
_CLOSERS = frozenset("”»")


class Sentence(NamedTuple):
    """Tokens ``[first, last)`` of one sentence; ``paragraph`` counts from 0."""

    first: int
    last: int
    paragraph: int


class Quote(NamedTuple):
    """A pair of quotation marks: token indices of the marks themselves; ``close`` may be the paragraph's end if it never closes."""

    open: int
    close: int
    closed: bool


@dataclass(slots=True)
class Document:
    """One article, split. ``words[i]`` is None for tokens that are no words."""

    article: Article
    tokens: Tokens
    words: list[Word | None]
    sentences: list[Sentence]
    quotes: list[Quote]
    body: list[Span]
    quote_of: list[int]

    def span(self, first: int, last: int) -> Span:
        """Raw span of the tokens ``[first, last)``."""
        return Span(self.tokens.start[first], self.tokens.end[last - 1])

    def raw(self, first: int, last: int) -> str:
        """Raw text of the tokens ``[first, last)``."""
        return self.article.text[self.tokens.start[first] : self.tokens.end[last - 1]]

    def sentence_at(self, index: int) -> int:
        """The number of the sentence that the token stands in, or of the last one before it; -1 before the first."""
        return bisect_right(self.sentences, index, key=_first) - 1

    def form(self, index: int) -> str:
        """The folded form at ``index``, or '' outside the text."""
        return self.tokens.form[index] if 0 <= index < len(self.tokens.form) else ""


def _first(sentence: Sentence) -> int:
    return sentence.first


def split(article: Article, analyser: Analyser, body: list[Span] | None = None, folded: Folded | None = None) -> Document:
    """Tokenise and split an article, folded here where it is not yet; only tokens inside ``body`` become sentences."""
    tokens = tokenize(folded if folded is not None else fold(article.text))
    if "''" in article.text:
        _doubled(tokens)
    words = analyser.words(tokens, article.text)
    spans = body if body is not None else [Span(0, len(article.text))]
    sentences = _sentences(tokens, spans)
    if sentences:
        first, last, paragraph = sentences[0]
        sentences[0] = Sentence(past_dateline(tokens, article.text, first, last, analyser.lexicon), last, paragraph)
    quotes = _quotes(tokens, article.text)
    quote_of = [-1] * len(tokens)
    for number, quote in enumerate(quotes):
        for index in range(quote.open, min(quote.close + 1, len(tokens))):
            quote_of[index] = number
    return Document(article, tokens, words, sentences, quotes, spans, quote_of)


# Foreign letters as Arabic spells them, folded, and the ends of names on the net.
_LETTERS = frozenset("سي ان بي اف دي تي ار في ام ايه اي يو اس كي جي ال اتش بيه او بى تى دى سى".split())
_DOMAINS = frozenset(("نت", "كوم", "اورغ"))


def _doubled(tokens: Tokens) -> None:
    """Two apostrophes typed for a quotation mark: the first becomes the mark."""
    form, start, end = tokens.form, tokens.start, tokens.end
    for i in range(len(form) - 1):
        if form[i] == "'" and form[i + 1] == "'" and end[i] == start[i + 1]:
            form[i] = '"'


def _sentences(tokens: Tokens, body: list[Span]) -> list[Sentence]:
    out: list[Sentence] = []
    paragraph, first, at = 0, -1, 0
    form, kind, end = tokens.form, tokens.kind, tokens.end
    low, high = body[0] if body else _NOWHERE
    for i, start in enumerate(tokens.start):
        while start >= high:
            at += 1
            low, high = body[at] if at < len(body) else _NOWHERE
            if first >= 0:
                out.append(Sentence(first, i, paragraph))
                first = -1
        if start < low:
            if first >= 0:
                out.append(Sentence(first, i, paragraph))
                first = -1
            paragraph += kind[i] == BREAK
        elif kind[i] == BREAK:
            continue  # a hard wrap inside a paragraph
        else:
            if first < 0:
                first = i
            mark = form[i]
            if mark in _ENDS:
                if _ends_sentence(tokens, i) and not (form[i + 1 : i + 2] == ['"'] and tokens.start[i + 1] == end[i]):
                    out.append(Sentence(first, i + 1, paragraph))  # else a closing mark belongs to this sentence; it ends at the next token
                    first = -1
            elif mark == '"' and first < i and form[i - 1] in _ENDS and start == end[i - 1] and not _continues(tokens, i + 1):
                out.append(Sentence(first, i + 1, paragraph))
                first = -1
    if first >= 0:
        out.append(Sentence(first, len(form), paragraph))
    if all(s.last - s.first <= LONGEST for s in out):
        return out
    return [part for s in out for part in _in_parts(form, s)]


def _in_parts(form: list[str], sentence: Sentence) -> Iterator[Sentence]:
    """A sentence without an end in sight, cut at its commas: what is read together grows with its square."""
    first = sentence.first
    while sentence.last - first > LONGEST:
        end = first + LONGEST
        cut = next((i + 1 for i in range(end - 1, first + LONGEST // 2, -1) if form[i] in _COMMAS), end)
        yield Sentence(first, cut, sentence.paragraph)
        first = cut
    yield Sentence(first, sentence.last, sentence.paragraph)


def _ends_sentence(tokens: Tokens, i: int) -> bool:
    """A full stop ends a sentence unless it abbreviates (د. ، أ ش أ.), stands in a number or runs on as dots (..)."""
    form, kind, start, end = tokens.form, tokens.kind, tokens.start, tokens.end
    if form[i] != ".":
        return True
    following = form[i + 1] if i + 1 < len(form) else "\n"
    if following == ".":
        return False
    if i and form[i - 1] == "." and start[i] == end[i - 1]:
        return following == "\n"  # two dots are a pause, not an end
    previous = form[i - 1] if i else ""
    if len(previous) == 1 and kind[i - 1] == WORD:
        return following == "\n"
    if previous in _LETTERS and following in _LETTERS or following in _DOMAINS and start[i + 1] == end[i]:
        return False  # سي.إن.إن، العربية.نت
    return not (i + 1 < len(form) and kind[i + 1] == NUMBER and kind[i - 1] == NUMBER and start[i + 1] == end[i])


def _continues(tokens: Tokens, i: int) -> bool:
    return i < len(tokens.form) and tokens.form[i] in (",", "،", "؛", ";")


def _inside(tokens: Tokens, marks: list[int], limit: int) -> bool:
    """Does the first of these marks open a quotation inside an open one ("قال "نعم" ومضى"): do both close before token ``limit``?"""
    form, start, end = tokens.form, tokens.start, tokens.end
    depth = 1
    for i in marks:
        if i >= limit:
            return False
        opens = start[i] > end[i - 1] and i + 1 < len(form) and start[i + 1] == end[i] and form[i + 1] != "\n"
        depth += 1 if opens else -1
        if not depth:
            return True
    return False


def _quotes(tokens: Tokens, text: str) -> list[Quote]:
    """Pair quotation marks: by their own direction where they have one, by the spaces around them where they have none."""
    out: list[Quote] = []
    opened, depth = -1, 0
    form, start, end = tokens.form, tokens.start, tokens.end
    breaks = [*(i for i, mark in enumerate(form) if mark == "\n"), len(form)]  # where paragraphs end
    marks = [i for i, mark in enumerate(form) if mark == '"']
    for at, i in enumerate(marks):
        raw = text[start[i]]
        space_before = i == 0 or start[i] > end[i - 1] or form[i - 1] in ("(", ":", "\n") or (len(form[i - 1]) == 1 and form[i - 1] in "وبلف")
        space_after = i + 1 >= len(form) or start[i + 1] > end[i] or form[i + 1] == "\n"
        if opened < 0:
            if raw in _CLOSERS and space_after and not space_before:
                continue
            opened = i
        else:
            reopens = raw in _OPENERS or (space_before and not space_after and raw not in _CLOSERS)
            if reopens and bisect_left(breaks, opened) < bisect_left(breaks, i):
                out.append(Quote(opened, breaks[bisect_left(breaks, opened)], False))
                opened, depth = i, 0
            elif depth:
                depth += 1 if reopens else -1
            elif reopens and raw not in _OPENERS and _inside(tokens, marks[at:], breaks[bisect_left(breaks, i)]):
                depth = 1
            elif raw not in _OPENERS:
                out.append(Quote(opened, i, True))
                opened = -1
    if opened >= 0:
        out.append(Quote(opened, breaks[bisect_left(breaks, opened)], False))
    return out
