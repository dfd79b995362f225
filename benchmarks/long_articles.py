"""Does reading take time in proportion to the input? Articles as nobody writes them, of growing size, and what a byte of each costs beside a byte of the corpus.

Every sort is one article: one sentence without an end; quotations inside quotations, never closed; nothing but names; nothing but verbs of saying; one
paragraph of one act again and again; lines of one word. The cost is processor time. ``--megabytes 10`` is the size that the project promises; an article that takes longer than
``--patience`` seconds is given up, and told so.

    python benchmarks/long_articles.py --kilobytes 20 40 80
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from read_speed import load

from mahdar import Article, default_reader
from mahdar.process import settle

_NAMES = ("جون كيري", "سيرغي لافروف", "باراك أوباما", "فلاديمير بوتين", "حسن روحاني", "بشار الأسد", "عادل الجبير", "فيليب هاموند", "لوران فابيوس", "وانغ يي", "ستافان دي ميستورا")
_STATES = ("واشنطن", "موسكو", "طهران", "الرياض", "أنقرة", "باريس", "لندن", "بكين", "القاهرة", "بغداد")
_CUES = ("قال", "وأضاف", "وأوضح", "وأكد", "وأعلن", "وصرح", "وذكر", "ونقل عن", "وتابع", "واعتبر", "وشدد على أن", "ولفت إلى")
_ACTS = ("رفضت {} طلبا من {}", "والتقى وزير خارجية {} نظيره في {}", "واتهمت {} {} بدعم الإرهاب", "وفرضت {} عقوبات على {}", "ودعت {} إلى الحوار مع {}")


def _one_sentence() -> Iterator[str]:
    states = cycle(_STATES)
    for act in cycle(_ACTS):
        yield act.format(next(states), next(states)) + " و"


def _acts_in_sentences() -> Iterator[str]:
    states = cycle(_STATES)
    for act in cycle(_ACTS):
        yield act.format(next(states), next(states)) + ". "


def _nested_quotes() -> Iterator[str]:
    for name, cue in zip(cycle(_NAMES), cycle(_CUES), strict=False):
        yield f"{cue} {name}: «"


def _open_quotes() -> Iterator[str]:
    for name, cue in zip(cycle(_NAMES), cycle(_CUES), strict=False):
        yield f'{cue} {name} إن "المحادثات كانت بناءة" و"'


def _names() -> Iterator[str]:
    for name in cycle(_NAMES):
        yield f"{name} و"


def _new_names() -> Iterator[str]:
    """100,000 people of whom no two have the same name."""
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
    for number in range(10**9):
        word, rest = "", number
        for _ in range(5):
            rest, place = divmod(rest, len(letters))
            word += letters[place] + "ا" * (place % 2)
        yield f"الوزير محمد {word} و"


def _cues() -> Iterator[str]:
    for cue in cycle(_CUES):
        yield f"{cue} "


def _short_lines() -> Iterator[str]:
    for state in cycle(_STATES):
        yield f"{state}\n"


SORTS = {
    "acts in sentences": _acts_in_sentences, "one sentence": _one_sentence, "nested quotes": _nested_quotes, "open quotes": _open_quotes, "names": _names,
    "new names": _new_names, "cues": _cues, "short lines": _short_lines,
}  # fmt: skip


def made(sort: str, size: int) -> Article:
    """An article of about so many bytes."""
    parts: list[str] = []
    length = 0
    for part in SORTS[sort]():
        parts.append(part)
        length += len(part.encode())
        if length >= size:
            break
    return Article(id=sort, text="".join(parts), published="2015-10-30")


def cost(articles: list[Article]) -> float:
    """Nanoseconds of processor time for a byte."""
    reader = default_reader()
    begun = time.process_time()
    for article in articles:
        reader.read(article)
    return (time.process_time() - begun) * 1e9 / sum(len(article.text.encode()) for article in articles)


class GivenUp(Exception):
    """It takes too long."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[20, 40, 80], help="sizes")
    parser.add_argument("--megabytes", type=float, help="one size, instead")
    parser.add_argument("--sort", action="append", choices=list(SORTS), help="only this one; may be repeated")
    parser.add_argument("--patience", type=int, default=300, help="seconds for one article")
    parser.add_argument("--corpus", type=int, default=200, help="how many articles of the corpus are the measure")
    options = parser.parse_args()
    articles = load(options.corpus + 20)
    settle()
    cost(articles[:20])  # warm
    usual = cost(articles[20:])
    sizes = [int(options.megabytes * 1e6)] if options.megabytes else [size * 1000 for size in options.kilobytes]
    print(f"{'corpus':<20}{usual:>10,.0f} ns a byte")
    signal.signal(signal.SIGALRM, _give_up)
    worst = 0.0
    for sort in options.sort or SORTS:
        told = []
        for size in sizes:
            signal.alarm(options.patience)
            try:
                found = cost([made(sort, size)])
            except GivenUp:
                told.append(f"more than {options.patience} s")
                worst = float("inf")
                break
            finally:
                signal.alarm(0)
            worst = max(worst, found / usual)
            told.append(f"x {found / usual:6.2f}")
        print(f"{sort:<20}" + "".join(f"{each:>22}" for each in told), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
    sys.exit(worst > 3)


def _give_up(*_: object) -> None:
    raise GivenUp


if __name__ == "__main__":
    main()
