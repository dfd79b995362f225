"""Which part of the text is the article's body: site furniture, captions, repeated headlines and trailing teasers are left out.

A span of the result is one paragraph; a line break inside a span is a hard wrap (old pages break lines around links), not a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from mahdar.arabic.fold import Folded, fold, fold_word
from mahdar.arabic.particles import CONJUNCTIONS, DEMONSTRATIVES, FUNCTION_WORDS, PREPOSITIONS
from mahdar.record import Article, Span

_TERMINAL = tuple('.!?؟:"”»)…')
_WORD = re.compile(r"[\u0621-\u064a]+")
# Lines of page furniture; a paragraph that opens with one of these (folded) is not the article.
_FURNITURE = (
    "تعليقات القراء", "التعليقات المنشوره", "اقرا ايضا", "اقرا المزيد", "اقرا كذلك", "شاهد ايضا", "شاهد الفيديو", "مواضيع ذات صله", "اخبار ذات صله", "موضوعات متعلقه",
    "للمزيد من", "للمزيد", "الاكثر قراءه", "الاكثر مشاهده", "جميع الحقوق محفوظه", "حقوق النشر", "تابعونا علي", "تابعنا علي", "شارك", "اشترك", "المصدر ", "المساهمون", "ارشيفيه",
    "صوره ارشيفيه", "اضف تعليق", "طباعه", "ارسل لصديق", "كلمات مفتاحيه", "روابط ذات صله", "نشر في", "تصوير", "عدسه", "يمكنكم", "انقر هنا", "ان اس اي", "اعلان", "تم النشر",
    "اخر تحديث", "حمل تطبيق", "النص الكامل", "قد يهمك", "قد يعجبك", "العربيه نت", "هذا المحتوي", "صور", "فيديو",
)  # fmt: skip
# Lines that announce headlines of other stories, and how many of those at most, of how many words.
_ALSO = frozenset(("اقرا ايضا", "اقرا كذلك", "شاهد ايضا", "مواضيع ذات صله", "اخبار ذات صله", "موضوعات متعلقه", "روابط ذات صله"))
_ALSO_LINES, _ALSO_WORDS = 4, 22
_HEADLINE = 60  # words of the longest headline that is looked for twice in one line
_CONTINUING = frozenset(("كما", "لكن", "هذا", "وكان", "من", "غير", "كذلك", "فيما", "يذكر", "ايضا"))
# Verbs whose own first letter looks like "and".
_NO_AND = frozenset("وصل وصلت وصف وصفت وجه وجهت وقع وقعت وافق وافقت وضع وضعت ودع وعد وعدت وثق وثقت وفر وفرت ولد ولدت وزير وزيره وزاره وفد وكاله وحده وسط وفق وفقا".split())
# Words that tie a paragraph to the one before it.
_TIES = _CONTINUING | frozenset("الا علي الي بينما حيث اما بدوره بدورها هذه ذلك يشار تجدر جدير الجدير فقد لا ثم".split())
_MEANWHILE = frozenset("المقابل غضون السياق سياق الوقت وقت حين الاثناء هذه الاطار اطار الموازاه موازاه الاتجاه ذات الجانب سياقات".split())  # في المقابل، في السياق ذاته
_TURNS = frozenset((("علي", "صعيد"), ("علي", "الصعيد"), ("الي", "ذلك"), ("علي", "خط"), ("علي", "الجانب")))
_LEADS = 5  # teasers that trail an article at most
_LEAD_WORDS = 6  # of the shortest of them
_BREAKING = frozenset(FUNCTION_WORDS | PREPOSITIONS | CONJUNCTIONS | DEMONSTRATIVES)


class _Text:
    """A raw text whose folded words can be had by raw offsets."""

    def __init__(self, raw: str, folded: Folded) -> None:
        self.raw = raw
        self.folded = folded
        self._known: dict[tuple[int, int], list[str]] = {}  # a line is mostly a paragraph too

    def words(self, start: int, end: int) -> list[str]:
        """The folded words of a part of the raw text."""
        known = self._known.get((start, end))
        if known is None:
            known = self._known[start, end] = self._words(start, end)
        return known

    def _words(self, start: int, end: int) -> list[str]:
        offsets = self.folded.offsets
        if offsets is not None:
            start, end = bisect_left(offsets, start), bisect_left(offsets, end)
        return _WORD.findall(self.folded.text, start, end)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    blank_before: bool


# A place and two dots or a colon in front of an item of a digest; not وأضاف: nor قال:.
_PLACE_AHEAD = re.compile(r"(?!و?(?:قال|أضاف|تابع|أكد|أوضح|ذكر|س|ج))([^\W\d]{3,20}(?: [^\W\d]{3,20})?)\s?(\.\.+|:)\s")
_DIGEST = 3


def find_body(article: Article, folded: Folded | None = None) -> list[Span]:
    """Paragraph spans of the article proper, in order; the whole text when nothing looks like a paragraph.

    ``folded`` is the folded text where it is at hand already.
    """
    text = _Text(article.text, folded if folded is not None else fold(article.text))
    paragraphs = _paragraphs(text)
    seen: set[str] = set()
    kept: list[tuple[Span, str, list[str]]] = []
    title = " ".join(_words(article.title))
    for span in paragraphs:
        words = text.words(span.start, span.end)
        key = " ".join(words)
        if _is_furniture(key, words) or key in seen or (key == title and len(words) < 25) or _repeats_itself(words):
            seen.add(key)
            continue
        seen.add(key)
        kept.append((span, text.raw[span.start : span.end], words))
    kept = _without_headlines(kept)
    if not _digest([text for _, text, _ in kept]):
        kept = kept[: _teasers_from([words for _, _, words in kept], title.split())]
        kept = kept[: _leads_from([(text, words) for _, text, words in kept])]
    if not kept and article.text.strip():
        return [Span(0, len(article.text))]
    return [span for span, _, _ in kept]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold_word(text))


def _is_furniture(key: str, words: list[str]) -> bool:
    if len(words) < 6:
        return True
    return len(words) < 25 and any(key.startswith(mark) and (len(key) == len(mark) or key[len(mark)] == " " or mark.endswith(" ")) for mark in _FURNITURE)


def _repeats_itself(words: list[str]) -> bool:
    """A headline printed twice or thrice in one line is no paragraph."""
    longest = min(len(words) // 2, _HEADLINE)
    return any(words[0] == words[n] and words[:n] == words[n : 2 * n] for n in range(4, longest + 1))


def _without_headlines(kept: list[tuple[Span, str, list[str]]]) -> list[tuple[Span, str, list[str]]]:
    """Leading lines without a full stop whose words come back in the first real paragraph are headlines."""
    first = 0
    while first + 1 < len(kept) and first < 4:
        _, text, words = kept[first]
        if text.rstrip().endswith((".", "؟", "!", '."', '".', "».", '"')) or len(words) > 22 or len(words) * 2 > len(kept[first + 1][2]) + 8:
            break
        shared = len(set(words) & {w for _, _, more in kept[first + 1 : first + 4] for w in more})
        if shared * 2 < len(set(words)) and not text.lstrip().startswith(("«", '"', "بالصور", "بالفيديو")):
            break
        first += 1
    return kept[first:]


# -- paragraphs ----------------------------------------------------------------------------------------------------------------


def _paragraphs(text: _Text) -> list[Span]:
    lines: list[_Line] = []
    at, blank = 0, True
    for raw in text.raw.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(_Line(start, start + len(stripped), stripped, blank))
        blank = not stripped
        at += len(raw) + 1
    lines = _without_also(text, lines)
    out: list[Span] = []
    i = 0
    while i < len(lines):
        j = i
        while j + 1 < len(lines) and _wraps(text, lines, j, first=j == 0):
            j += 1
        out.append(Span(lines[i].start, lines[j].end))
        i = j + 1
    return out


def _without_also(text: _Text, lines: list[_Line]) -> list[_Line]:
    """Lines without "read also" and the headlines under it, which end in no full stop."""
    out: list[_Line] = []
    left = 0
    for line in lines:
        words = text.words(line.start, line.end)
        if " ".join(words) in _ALSO:
            left = _ALSO_LINES
        elif left and not line.text.endswith(_TERMINAL) and len(words) <= _ALSO_WORDS:
            left -= 1
        else:
            left = 0
            out.append(line)
    return out


def _wraps(text: _Text, lines: list[_Line], i: int, *, first: bool) -> bool:
    """Does line ``i`` run on in the next one? It has no end mark, and it stops at a word that cannot end a sentence or goes on in mid-phrase."""
    line, following = lines[i], lines[i + 1]
    if following.blank_before or line.text.endswith(_TERMINAL):
        return False
    words, more = text.words(line.start, line.end), text.words(following.start, following.end)
    if not words or not more:
        return bool(words or more) and following.text[:1] in "،,." and not first
    if words[-1] in _BREAKING or line.text.endswith(("،", ",")) or following.text.startswith(("،", ",", ".", "؛")):
        return True
    if first or line.blank_before and len(words) < 6:
        return False
    # A wrapped page: a short fragment between two pieces that neither end nor open a sentence.
    return (len(words) >= 4 or i > 0 and not lines[i - 1].text.endswith(_TERMINAL) and not line.blank_before) and (len(more) < 6 or len(words) < 14) and not _opens(more)


def _opens(words: list[str]) -> bool:
    return words[0].startswith("و") and len(words) > 6


# -- teasers -------------------------------------------------------------------------------------------------------------------


def _digest(paragraphs: list[str]) -> bool:
    """Is it a list of the day's news, most paragraphs of which open with their place (القاهرة.. يستقبل; بيروت: يصل)? They are on different matters by nature."""
    if len(paragraphs) < _DIGEST:
        return False
    found = [_PLACE_AHEAD.match(text) for text in paragraphs]
    opened: list[tuple[str, str]] = [(match[1], match[2]) for match in found if match is not None]
    places = Counter(place for place, _ in opened)
    items = len([place for place, mark in opened if mark != ":" or places[place] > 1])
    return items >= _DIGEST and items * 2 > len(paragraphs)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for prefix in ("وال", "بال", "لل", "ال", "و", "ب", "ل"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            return word[len(prefix) :]
    return word


def _teasers_from(paragraphs: list[list[str]], title: list[str]) -> int:
    """Where a tail of teasers for other stories begins: at least two paragraphs that neither continue the text nor share its words."""
    if len(paragraphs) < 4:
        return len(paragraphs)
    end = len(paragraphs)
    start = end
    while start > 2 and _may_be_foreign(paragraphs[start - 1]):
        told = _content(title).union(*map(_content, paragraphs[: max(2, min(start - 1, 6))]))
        if not _foreign(paragraphs[start - 1], told):
            break
        start -= 1
    return start if end - start >= 2 else end


def _leads_from(paragraphs: list[tuple[str, list[str]]]) -> int:
    """Where trailing leads of other stories begin, though they are on the same matter: two or more paragraphs that open without a tie.

    It takes an article whose own paragraphs, but for the first and few others, are tied to what goes before (وأضاف، كما، من جهته).
    """
    end = len(paragraphs)
    start = end
    while start > 0 and end - start < _LEADS and _opens_anew(*paragraphs[start - 1]):
        start -= 1
    loose = sum(_opens_anew(*p) for p in paragraphs[1:start])
    return start if end - start >= 2 and start >= 2 and loose * 2 < end - start else end


def _opens_anew(text: str, words: list[str]) -> bool:
    """Does a paragraph open like the first of an article?"""
    if len(words) < _LEAD_WORDS or text.lstrip().startswith(('"', "«", "(", "“", "-", "–")):
        return False
    if _goes_on(words):
        return False
    return words[0] not in _TIES and (not words[0].startswith("و") or words[0] in _NO_AND)


def _goes_on(words: list[str]) -> bool:
    """في المقابل، على صعيد متصل، إلى ذلك، بدوره: does a paragraph open with what ties it to the one before?"""
    pair = tuple(words[:2])
    return words[0] == "في" and pair[1:] != () and pair[1] in _MEANWHILE or pair in _TURNS or words[0] in ("بدوره", "بدورها", "بينما", "بدورهم")


def _may_be_foreign(words: list[str]) -> bool:
    """Is nothing in how a paragraph opens, and in its length, against its being a teaser?"""
    return bool(words) and len(words) <= 75 and not words[0].startswith("و") and words[0] not in _CONTINUING and not _goes_on(words)


def _foreign(words: list[str], core: set[str]) -> bool:
    """Does a paragraph share few of its words with the article?"""
    content = {_stem(w) for w in words if w not in FUNCTION_WORDS and len(w) > 2}
    return bool(content) and len(content & core) / len(content) < 0.34


def _content(words: list[str]) -> set[str]:
    """The words of a text that say what it is about."""
    return {_stem(w) for w in words if w not in FUNCTION_WORDS}
