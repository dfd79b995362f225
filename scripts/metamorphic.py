"""Does a record stay the same where only the spelling changes, or where something unrelated is added?

    python scripts/metamorphic.py ARTICLES… [--limit 300] [--seed 1] [--show 3]

Each article is read as it is and changed in one way: vowel marks taken out, put in, tatweel taken out, put in, hamzas left out, quotes of another
style, digits of another script, an unrelated paragraph added at the end. Events are compared by what they say (type, status, mode, whom, date,
issues), never by their places; for the added paragraph by their places too. A figure is the share of events that are in both records: twice those
in both by all of both. Exit status 1 if one is below --least.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mahdar import default_reader, read_articles
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record

LEAST = 0.95
UNRELATED = "\n\nوشهدت درجات الحرارة ارتفاعا طفيفا في المناطق الساحلية، وتبقى الأجواء معتدلة ليلا مع رياح خفيفة."
_MARKS = re.compile("[\u064b-\u0652\u0670]")
_LETTER = re.compile("(?<=[بتثجحخسشصضطظعغفقكلمنهي])(?=[\u0621-\u064a])")
_WESTERN, _EASTERN = "0123456789", "٠١٢٣٤٥٦٧٨٩"


def _marked(text: str) -> str:
    """A fatha or a shadda on every seventh letter."""
    return "".join(char + ("\u064e" if n % 14 else "\u0651") if n % 7 == 0 and "\u0628" <= char <= "\u064a" and char != "ـ" else char for n, char in enumerate(text))


def _stretched(text: str) -> str:
    """A tatweel inside every fifth word."""
    return " ".join(_LETTER.sub("ـ", word, count=1) if n % 5 == 0 else word for n, word in enumerate(text.split(" ")))


def _quotes(text: str) -> str:
    """Guillemets and curly quotes become straight ones; straight ones, by turns, guillemets."""
    if '"' not in text:
        return re.sub("[«»“”]", '"', text)
    sides = iter(range(text.count('"')))
    return re.sub('"', lambda _: "«»"[next(sides) % 2], text) if text.count('"') % 2 == 0 and not re.search("[«»“”]", text) else text


def _digits(text: str) -> str:
    eastern = any(char in _EASTERN for char in text)
    return text.translate(str.maketrans(_EASTERN, _WESTERN) if eastern else str.maketrans(_WESTERN, _EASTERN))


CHANGES: dict[str, Callable[[str], str]] = {
    "marks taken out": lambda text: _MARKS.sub("", text),
    "marks put in": _marked,
    "tatweel taken out": lambda text: text.replace("ـ", ""),
    "tatweel put in": _stretched,
    "hamzas left out": lambda text: text.translate(str.maketrans("أإآ", "ااا")),
    "quotes of another style": _quotes,
    "digits of another script": _digits,
    "a paragraph added": lambda text: text + UNRELATED,
}
PLACED = frozenset(("a paragraph added",))  # what leaves all before it where it was


@dataclass
class Figure:
    """What one change came to: articles it touched, events before and after, those in both, and some that are not."""

    articles: int = 0
    before: int = 0
    after: int = 0
    both: int = 0
    odd: list[str] = field(default_factory=list)

    @property
    def same(self) -> float:
        """The share of events that are in both."""
        return 1.0 if not self.before + self.after else 2 * self.both / (self.before + self.after)


def said(record: Record, placed: bool) -> Counter[Any]:
    """What the events say, whatever their spelling; with their places where these stay."""
    def party(key: str) -> str:
        actor = record.actor(key)
        return actor.code or actor.lexicon or ""

    return Counter(
        (e.type, e.status, e.mode or "", tuple(sorted(map(party, e.source))), tuple(sorted(map(party, e.target))), e.date or "", tuple(a for a in e.about if not a[1:].isdigit()),
         tuple(e.evidence) if placed else ())
        for e in record.events
    )  # fmt: skip


def measure(reader: Reader, found: Iterable[Article]) -> dict[str, Figure]:
    """The figure of each change over some articles."""
    figures = {name: Figure() for name in CHANGES}
    for article in found:
        whole = reader.read(article)
        for name, change in CHANGES.items():
            text, title = change(article.text), article.title if name in PLACED else change(article.title)
            if (text, title) == (article.text, article.title):
                continue
            figure = figures[name]
            one, other = said(whole, name in PLACED), said(reader.read(replace(article, text=text, title=title)), name in PLACED)
            both = one & other
            figure.articles += 1
            figure.before += one.total()
            figure.after += other.total()
            figure.both += both.total()
            for side, rest in (("only before", one - both), ("only after", other - both)):
                figure.odd += [f"{article.id}: {side} {' '.join(map(str, filter(None, event)))}" for event in rest]
    return figures


def lines(figures: dict[str, Figure], show: int) -> Iterator[str]:
    for name, figure in figures.items():
        yield f"{name}: {100 * figure.same:.2f}% of {figure.before} events in {figure.articles} articles"
        yield from (f"    {odd}" for odd in figure.odd[:show])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", metavar="ARTICLES")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="events that differ, of each change")
    parser.add_argument("--least", type=float, default=LEAST)
    given = parser.parse_args()
    found = [article for article in read_articles(given.inputs) if isinstance(article, Article)]
    chosen = random.Random(given.seed).sample(found, min(given.limit, len(found)))
    figures = measure(default_reader(), chosen)
    print("\n".join(lines(figures, given.show)))
    sys.exit(0 if all(figure.same >= given.least for figure in figures.values()) else 1)


if __name__ == "__main__":
    main()
