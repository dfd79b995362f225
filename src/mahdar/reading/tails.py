"""Where a name must end: the subject of a verb of saying reaches to what is said (قال + post + name + إن).

Between the verb and إن stands one noun phrase. So the words right in front of إن are the name of whoever the phrase describes, also where they are everyday words
(أعلن الأمين العام … نصير الحمصي أن) or where something :mod:`mahdar.reading.described` cannot read stands in between (المتحدث باسم الجيش في ولاية كذا شمال البلاد فلان).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mahdar.arabic.particles import AN_FORMS, RELATIVES
from mahdar.arabic.tokens import WORD
from mahdar.reading.aliases import CALLED
from mahdar.reading.apposed import SAID, apposed
from mahdar.reading.datewords import WEEKDAYS
from mahdar.reading.organs import MODIFIERS

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder

_FAR = 24  # tokens of the longest subject
_LONGEST = 5  # tokens of a name
_QUOTED = 6  # tokens of what stands in quotation marks inside a subject
_COMMON = 40  # how often news prints a word that a name may end with, though no list of names has it
_NOT_IN_NAMES = (
    "state", "capital", "seat", "organisation", "group", "media", "institution", "adjective", "people", "pair", "own", "counterpart", "former", "role", "title", "place", "not",
)  # fmt: skip
_SURNAMES = ("adjective", "role", "title", "place")  # kinds of which a family name may be: الليبي، الوالي، الطبيب، البصري
_SOUND = frozenset(("source", "journalist"))  # whose names follow no body
_TIMES = frozenset("امس اليوم الليله صباح مساء ظهر فجر صباحا مساء البارحه غدا الماضي الجاري الحالي المقبل القادم نفسه نفسها ذاته قائلا امام عقب خلال".split()) | frozenset(WEEKDAYS)
_CLOSES = frozenset("، , . مع في خلال الي على علي عن من بعد قبل امام قوله قولها".split())
_POST = 12  # tokens of a post nobody has listed
_RARE = 10  # how often news prints most family names
_JOINTS = frozenset(("علي", "بن", "ابن", "بنت", "ابو", "ام", "ال", "ولد", "دي", "فان", "عبد"))


def completed(finder: MentionFinder, mentions: list[Mention], last: int) -> list[Mention]:
    """The mentions of a sentence that ends at token ``last``, with what its frame and the words behind a name tell of persons."""
    out = closed(finder, mentions, last)
    _lone_names(finder, out, last)
    headed(finder, out)
    _second_posts(finder, out)
    apposed(finder, out)
    return out


def closed(finder: MentionFinder, mentions: list[Mention], last: int) -> list[Mention]:
    """The mentions of a sentence that ends at token ``last``, with the names that close a subject given to whom it describes."""
    for at, m in enumerate(mentions):
        if m.kind != "person" or m.prefix or m.number != "s" or m.sort not in ("role", "unlisted") or m.ref is not None or m.role in _SOUND or not finder.told(m.first):
            continue
        end = _closing(finder, m.last, min(last, m.last + _FAR))
        if end <= m.last:
            continue
        if m.name is not None:
            _lengthen(finder, m, end)
            continue
        start = _starting(finder, m, end)
        start = _rest(finder, m, end) if start < 0 else start
        if start < 0 or _does(finder, start):
            continue
        between = [x for x in mentions[at + 1 :] if x.first < start]
        if any(x.kind == "person" and (x.name is not None and not _nation(x, start) or x.prefix == "و") for x in between) or not _leads_to(finder, m, between, start):
            continue
        _give(finder, m, between, start, end)
        return closed(finder, [*mentions[: at + 1], *(x for x in mentions[at + 1 :] if x.first >= end)], last)
    return mentions


def _lone_names(finder: MentionFinder, mentions: list[Mention], last: int) -> None:
    """واجتمع المحلل اللبناني قاسم قصير مع …: behind a full description a given name is not alone; the one word between it and a preposition or a comma is the family's."""
    for m in mentions:
        if m.kind != "person" or m.sort != "role" or m.ref is not None or m.code is None or m.name is None or m.name[1] != m.last or m.last - m.name[0] != 1 or m.last + 1 >= last:
            continue
        behind, word = finder.forms[m.last + 1], finder.words[m.last]
        if finder.forms[m.last - 1] not in finder.lexicon.given or finder.forms[m.last - 1] in finder.lexicon.ambiguous or m.name[0] - m.first < 2:
            continue
        if (behind in AN_FORMS or behind in _CLOSES) and word is not None and not word.verbs and _part(finder, m.last, given_before=True):
            m.name, m.last = (m.name[0], m.last + 1), m.last + 1
            for x in [x for x in mentions if x is not m and m.first < x.first < m.last]:
                mentions.remove(x)
            return


def _second_posts(finder: MentionFinder, mentions: list[Mention]) -> None:
    """وقال فلان كبير المفاوضين وأمين سر اللجنة إن: the second of two posts behind a name is the same person's."""
    for m, x in pairwise(mentions):
        behind = m.kind == "person" and m.name is not None and m.name[1] < m.last and x.first == m.last and finder.told(m.first)
        if not behind or x.kind != "person" or x.sort != "role" or x.prefix != "و" or x.name is not None or x.number != "s" or None not in (m.code, x.code) and m.code != x.code:
            continue
        if _closing(finder, x.last, x.last + 2) != x.last:
            continue
        m.code, m.last = m.code or x.code, x.last
        mentions.remove(x)
        return


def headed(finder: MentionFinder, mentions: list[Mention]) -> None:
    """وقال آمر المنطقة العسكرية في … أسامة فلان إن: the name right in front of what is said is the subject's, whatever post nobody has listed stands between it and the verb."""
    forms = finder.forms
    for at, m in enumerate(mentions):
        if m.sort not in ("unlisted", "role") or m.kind != "person" or m.prefix or m.role is not None or m.name is None or m.first < 2 or m.last >= len(forms):
            continue
        start = m.name[0]
        if m.name[1] != m.last or m.sort == "unlisted" and start != m.first:
            continue
        comma = forms[m.last] in ("،", ",") and m.last + 1 < len(forms)
        if forms[m.last + comma] not in AN_FORMS:
            continue
        verb = _verb_before(finder, m.first)
        if verb < 0 or any(x.kind == "person" and x.first > verb for x in mentions[:at]):
            continue
        between = [x for x in mentions[:at] if x.first > verb]
        if any(x.prefix for x in between) or not _leads_to(finder, m, between, start):
            continue
        m.first, m.sort, m.role = verb + 1, "role", "other"
        _give(finder, m, between, start, m.last)
        for x in between:
            mentions.remove(x)
        return


def _verb_before(finder: MentionFinder, i: int) -> int:
    """The verb of saying that a subject without commas, verbs and prepositions at its head follows, and which ends in front of token ``i``; -1 where there is none."""
    for j in range(i - 2, max(i - _POST - 1, -1), -1):
        word = finder.words[j]
        if word is None or finder.kinds[j] != WORD or finder.forms[j] in RELATIVES:
            return -1
        if finder.forms[j] in SAID:
            head = finder.words[j + 1]
            return j if head is not None and not head.function and not head.prep and not head.verbs and head.modal == "" and finder.forms[j + 1] not in _TIMES else -1
        if _finite(finder, j):
            return -1
    return -1


def _closing(finder: MentionFinder, i: int, limit: int) -> int:
    """Where the subject ends that has been read up to token ``i``: in front of إن, a colon or a long quotation; -1 where something else comes first."""
    forms = finder.forms
    while i < min(limit, len(forms)):
        form, word = forms[i], finder.words[i]
        if form in AN_FORMS or form == ":":
            if form.startswith("بان") and form != "بان":
                return -1  # وصف الوزير الضربات بأنها: an object stands in between
            prepared = forms[i - 1] == "علي" and not finder.raw_ali(i - 1)  # شدد فلان على أن
            return i - 1 if forms[i - 1] in ("،", ",", '"') or prepared else i
        if form == '"':
            close = next((j for j in range(i + 1, min(i + 2 + _QUOTED, limit)) if forms[j] == '"'), -1)
            if close < 0:
                return i
            i = close + 1
            continue
        if form in RELATIVES or form in (".", "؛") or word is not None and finder.kinds[i] == WORD and _finite(finder, i):
            return -1
        i += 1
    return -1


def _finite(finder: MentionFinder, i: int) -> bool:
    """A word that is a verb and nothing else."""
    word = finder.words[i]
    return word is not None and bool(word.verbs) and not (word.nouns or word.participles or word.named or word.starts) and word.common >= _COMMON


def _does(finder: MentionFinder, i: int) -> bool:
    """مسؤول في الخارجية يرافق فلانا: a verb of the present, which is no name."""
    word = finder.words[i]
    return word is not None and word.form[0] in "يت" and word.common > 2 and not (word.named or word.nouns) and any(v.reading.tense == "present" for v in word.verbs)


def _part(finder: MentionFinder, i: int, *, given_before: bool) -> bool:
    """May token ``i`` be a word of a name? ``given_before``: a given name stands in front, so that a word of other sorts may be the family's."""
    word, form = finder.words[i], finder.forms[i]
    if finder.kinds[i] != WORD or word is None or form in _TIMES or form in CALLED:
        return False
    if form in _JOINTS or word.named and form in finder.lexicon.given:
        return True
    if word.function or word.modal or form.startswith(("لل", "وال", "بال")) or form.endswith(("وا", "تها", "ته", "هم")):
        return False
    match = finder.match(i)
    kinds = _NOT_IN_NAMES if not given_before or not form.startswith("ال") else tuple(k for k in _NOT_IN_NAMES if k not in _SURNAMES)
    if match is not None and finder.entry(match, *kinds) is not None and not word.named:
        return False
    if word.prep or form[0] in "بل" and finder.lexicon.vocabulary.get(form[1:], 0) > word.common:
        return word.common == 0 and not word.starts
    if form.endswith("ا") and finder.lexicon.vocabulary.get(form[:-1], 0) > 5:
        return False  # غاضبا
    if form.startswith("ال"):
        return given_before and (form not in MODIFIERS or finder.lexicon.family.__contains__(form)) or word.named
    return word.named or word.common < _COMMON and not word.verbs or given_before and not (word.verbs and not word.nouns) and form not in MODIFIERS


def _starting(finder: MentionFinder, m: Mention, end: int) -> int:
    """Where the name that ends at ``end`` begins: as far back as all words may be of a name and the first is a given one; -1 where none does."""
    best = -1
    for i in range(end - 2, max(m.last, end - _LONGEST) - 1, -1):
        if _first(finder, i) and all(_part(finder, j, given_before=True) for j in range(i + 1, end)):
            best = i
        elif best >= 0 or not _part(finder, i, given_before=True):
            break
    return best


def _rest(finder: MentionFinder, m: Mention, end: int) -> int:
    """الأمين العام للحزب الوطني نصير الحمصي: behind a description that is complete, two words of which the second is most likely a family name; -1 where they are not."""
    i = m.last
    if end - i != 2 or m.code is None or not finder.forms[i - 1].startswith(("ال", "لل")) or finder.forms[i].startswith("ال") or finder.forms[i] in MODIFIERS:
        return -1
    last, word = finder.forms[i + 1], finder.words[i + 1]
    surname = last in finder.lexicon.family or word is not None and (word.named or last.startswith("ال") and word.common < _RARE and not word.nouns)
    first = finder.words[i]
    if first is None or first.function or first.prep or first.common >= _COMMON or finder.match(i) is not None or finder.forms[i] in _TIMES or finder.forms[i].endswith("ا"):
        return -1
    return i if surname and _part(finder, i + 1, given_before=True) else -1


def _first(finder: MentionFinder, i: int) -> bool:
    """May a name begin with token ``i``: a given name, or a word nobody knows?"""
    form = finder.forms[i]
    if form == "علي":
        return finder.is_ali(i) or finder.raw_ali(i) and finder.forms[i - 1] not in MODIFIERS
    if form.startswith("ال"):
        return finder.family_like(i) and finder.words_named(i + 1) and finder.entry(finder.match(i), "title", "role", "adjective") is None
    return form in finder.lexicon.given or finder.given_pair(form, i) or form in ("عبد", "ابو") or finder.unheard(i) and _part(finder, i, given_before=False)


def _leads_to(finder: MentionFinder, m: Mention, between: list[Mention], start: int) -> bool:
    """Does the phrase in front of a name come to an end there? Behind a noun without the article the name were of what the noun is (مطار محمد الخامس)."""
    form = finder.forms[start - 1]
    if start == m.last:
        return m.definite or m.code is not None
    if form.startswith(("ال", "لل", "بال", "وال")) or form in MODIFIERS or any(x.first <= start - 1 < x.last for x in between):
        return True
    return finder.entry(finder.match(start - 1), "place", "state", "capital", "seat", "title") is not None


def _nation(x: Mention, start: int) -> bool:
    """هيئة الأرصاد القطرية فلان: a nationality read together with the name behind it, which begins at token ``start``."""
    return x.role is None and x.sort == "role" and x.name is not None and x.name[0] == start


def _give(finder: MentionFinder, m: Mention, between: list[Mention], start: int, end: int) -> None:
    """The name to the description, and to whoever's code is unknown the code of the body he serves or of the place he is posted to."""
    for x in between:
        if (x.kind != "person" or _nation(x, start)) and x.code is not None and x.sort != "media" and (x.sort != "adjective" or x.kind == "state"):
            m.code = m.code or x.code
    for i in range(m.first + 1, start) if m.code is None else ():
        place = finder.entry(finder.match(i), "place")
        if place is not None and place.code in finder.lexicon.state_names:
            m.code = m.code or place.code
    m.home = m.home and m.code is None
    m.name, m.last = (start, end), end


def _lengthen(finder: MentionFinder, m: Mention, end: int) -> None:
    """قال شوقي الطبيب إن: a name that ends one word before what is said has that word too."""
    if m.name is None or m.name[1] != m.last or not 0 < end - m.last <= 1:
        return
    single = m.last - m.name[0] == 1
    form, word = finder.forms[m.last], finder.words[m.last]
    if word is None or not (single or form.startswith("ال") or word.named or word.common < _COMMON) or not _part(finder, m.last, given_before=True):
        return
    m.name, m.last = (m.name[0], end), end
