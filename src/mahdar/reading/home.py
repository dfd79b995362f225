"""Whose officials are meant where no nationality stands: the publisher's own state, or the one the article is about.

Papers name the officials of their own country without its name (وزير الداخلية, مصدر أمني), and any paper drops it once an article is
plainly about one country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from mahdar.arabic.fold import squeeze
from mahdar.lexicon.model import Lexicon

if TYPE_CHECKING:
    from mahdar.reading.document import Document
    from mahdar.reading.mentions import Mention, MentionFinder

# Posts of a state, though nothing says of which: the one the article is about.
GOVERNING = frozenset("والي حاكم محافظ عمده معتمد مفتش رييس رييسه وكيل مدير".split())
# Organs that only a state has, within the post of somebody who works there; those whose servants are of the state last spoken of.
_ORGANS_INSIDE = frozenset("الامن المخابرات والمخابرات الاستخبارات والاستخبارات الشرطه النيابه الجمارك الجيش الاركان القضاء".split())
_STATELY = frozenset("وزير وزاره الوزاره الخارجيه الداخليه الرياسه الحكومه الجيش قياده الاركان البرلمان".split())
# What ties an unnamed source or officer to a state's organs: مصدر أمني, مصادر رئاسية, مسؤول عسكري.
_ORGANS = frozenset(
    "امني امنيه امنيون امنيين الامني الامنيه عسكري عسكريه عسكريون عسكريين العسكري العسكريه رياسي رياسيه الرياسي الرياسيه رسمي رسميه الرسمي الرسميه "
    "رسميون رسميين حكومي حكوميه "
    "الحكومي الحكوميه حكوميون سيادي سياديه السيادي السياديه قضايي قضاييه القضايي القضاييه وزاري وزاريه ملاحي ملاحيه برلماني برلمانيه البرلماني بالمطار "
    "طبي طبيه الطبي الطبيه محلي محليه المحلي المحليه قبلي قبليه ميداني ميدانيه بالرياسه بالوزاره بالجيش بالداخليه بالخارجيه شرطيه".split()
)
# The domains of states in whose Arabic outlets a minister is the state's own: petra.gov.jo, alriyadh.com.sa.
_DOMAINS = {
    "ae": "ARE", "bh": "BHR", "dz": "DZA", "eg": "EGY", "iq": "IRQ", "ir": "IRN", "jo": "JOR", "kw": "KWT", "lb": "LBN", "ly": "LBY", "ma": "MAR", "mr": "MRT",
    "om": "OMN", "ps": "PSE", "qa": "QAT", "sa": "SAU", "sd": "SDN", "sy": "SYR", "tn": "TUN", "ye": "YEM",
}  # fmt: skip
_PAPER_HEADS = ("صحيفة ", "جريدة ")
_OF_MANY = frozenset(("الوطن", "الجمهورية", "الصباح", "الثورة", "الشعب", "النهار", "السياسة", "الأخبار", "الرأي", "البلاد", "الأيام"))  # papers of several lands
# Organs that every land has one of, so that the one land named is whose they are.
RULING = frozenset("حكومه سلطات شرطه جيش قوات برلمان نظام نيابه".split())
# Whom a short name (المعارضة، التحالف) means in news of a land, though no full name went before.
_KNOWN_IN = {"SYR": ("SYR_OPP", "COALITION_ISIS"), "YEM": ("COALITION_YEMEN",), "IRQ": ("COALITION_ISIS",)}
_SENATORS = frozenset(("سيناتور", "سناتور", "سيناتوره"))
_FEW = 2  # sentences of a text that is about whatever land it names
_LANDS = ("adjective", "state", "capital", "people", "seat", "place")
_CLEAR, _LEAST, _SHARE, _AHEAD = 0.6, 3, 0.25, 1.2


def publisher_home(source: str, lexicon: Lexicon) -> str | None:
    """The state of a national outlet, None for one that writes for all."""
    key = squeeze(source)
    if not key:
        return None
    if key in lexicon.publishers:
        return lexicon.publishers[key]
    for head in _PAPER_HEADS:
        if source not in _OF_MANY and squeeze(head + source) in lexicon.publishers:
            return lexicon.publishers[squeeze(head + source)]  # الأهرام: listed as صحيفة الأهرام, as its name alone is an everyday word
    inside = [name for name in lexicon.publishers if len(name) > 4 and name in key]
    if inside:
        return lexicon.publishers[max(inside, key=len)]
    host, _, domain = source.strip().lower().rpartition(".")
    return _DOMAINS.get(domain) if host and not host.endswith(".") else None


def at_home(own: str, mentions: Iterable[Mention]) -> bool:
    """Is an article about the publisher's own state too? Agency reports on two others are not."""
    codes = Counter(m.code for m in mentions if m.code and len(m.code) == 3)
    return codes[own] >= _SHARE * codes.total()


def scene(mentions: Iterable[Mention]) -> str | None:
    """The one state an article is plainly about: most of all its mentions of states and their people."""
    codes = Counter(m.code for m in mentions if m.code and len(m.code) == 3)
    if not codes:
        return None
    code, count = codes.most_common(1)[0]
    return code if count >= _LEAST and count >= _CLEAR * codes.total() else None


def only_land(document: Document, finder: MentionFinder) -> str | None:
    """هددت نقابة النفط النيجيرية بوقف الإنتاج إذا لم تتراجع الحكومة: the one land that a text of a sentence or two names, by whatever word."""
    if len(document.sentences) > _FEW:
        return None
    found: set[str] = set()
    for sentence in document.sentences:
        for i in range(sentence.first, sentence.last):
            entry = finder.entry(finder.match(i), *_LANDS) if document.words[i] is not None else None
            if entry is not None and entry.code is not None and len(entry.code) == 3 and "w" not in entry.flags:
                found.add(entry.code)
    return found.pop() if len(found) == 1 else None


def known_there(land: str | None, codes: Sequence[str | None]) -> str | None:
    """أغارت مقاتلات التحالف على صنعاء: which of the bodies of a short name is the one every reader knows in the one land that a short text names."""
    return next((code for code in codes if code in _KNOWN_IN.get(land or "", ())), None)


def leading(mentions: Iterable[Mention]) -> str | None:
    """The state an article names most, if well before the next: whose unnamed officers and magistrates its are."""
    codes = Counter(m.code for m in mentions if m.code and len(m.code) == 3).most_common(2)
    if not codes or codes[0][1] < _LEAST or len(codes) > 1 and codes[0][1] < _AHEAD * codes[1][1]:
        return None
    return codes[0][0]


def fronted(document: Document, mentions: Sequence[Sequence[Mention]], finder: MentionFinder) -> dict[int, str]:
    """وفي هولندا، طالبت النائبة …: the state that a sentence is set in, by the sentence's number; ``mentions`` are those of each sentence."""
    forms, out = document.tokens.form, {}
    for number, sentence in enumerate(document.sentences):
        town = _town(finder, sentence.first + 1) if forms[sentence.first] in ("في", "وفي") else None
        if town is not None and forms[town[0] : town[0] + 1] in (["،"], [","]):
            out[number] = town[1]
            continue
        place = next(iter(mentions[number]), None)
        if place is None or place.first != sentence.first + 1 or place.sort not in ("state", "capital") or place.code is None:
            continue
        if forms[sentence.first] in ("في", "وفي") and forms[place.last : place.last + 1] in (["،"], [","]):
            out[number] = place.code
    return out


def _town(finder: MentionFinder, i: int) -> tuple[int, str] | None:
    """The end and the state of a listed town or region that begins at a token."""
    match = finder.match(i)
    place = finder.entry(match, "place") if match is not None and not match.prefix else None
    return (match.last, place.code) if match is not None and place is not None and place.code in finder.lexicon.state_names else None


def of_organs(forms: Iterable[str]) -> bool:
    """Do the words of a description tie it to an organ of a state?"""
    return not _ORGANS.isdisjoint(forms)


def of_ministry(forms: Iterable[str]) -> bool:
    """متحدث باسم وزارة الخارجية: does a description name an organ that only states have?"""
    return not _STATELY.isdisjoint(forms)


def governs(m: Mention, forms: Sequence[str], office: Callable[[Mention], str]) -> bool:
    """مدير جهاز الأمن، حاكم المنطقة: does the post of somebody named belong to a state, though nothing says which? ``office`` tells its first word."""
    if m.sort != "role" or m.name is None:
        return False
    words = forms[m.first : m.last]
    return not _ORGANS_INSIDE.isdisjoint(words) or m.home and (of_organs(words) or office(m) in GOVERNING and m.role == "official")


def serves_state(m: Mention, forms: Sequence[str]) -> bool:
    """نائب وزير الخارجية فلان، الناطق باسم قيادة المنطقة فلان: does somebody named serve an organ that only states have?"""
    apposed = m.sort == "unlisted" and m.name is not None and m.name[1] < m.last  # فلان وكيل وزارة الدفاع
    return (m.sort == "role" or apposed) and m.name is not None and m.role in ("official", "spokesperson") and of_ministry(forms[m.first : m.last])


def senator(words: Iterable[str]) -> bool:
    """السيناتور فلان: news says so of those of Washington, with no word of whose they are."""
    return any(word.removeprefix("ال") in _SENATORS for word in words)
