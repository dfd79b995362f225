"""The city a body sits in as a name of the body, where it does what only the body can do: حذرت بروكسل أنقرة, but عقد الاجتماع في بروكسل."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.reading.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mahdar.lexicon.model import Lexicon
    from mahdar.reading.document import Document

# What befalls a city, or is done to it or in it.
_OF_A_CITY = frozenset("شهد استضاف احتضن عاش عرف هز ضرب استهدف هاجم غادر زار وصل دخل بلغ اجتاح استقبل أغلق أصاب طال سكن جاب".split())


def seated(by_sentence: Sequence[list[Mention]], document: Document, lexicon: Lexicon) -> None:
    """Add a mention of the body where its city is the subject of a verb of the city's gender, unless the text speaks of the land the city lies in."""
    forms = document.tokens.form
    for city, (code, ref, en, land) in lexicon.body_seats.items():
        if city not in forms or any(land in form for form in forms):
            continue
        for sentence, mentions in zip(document.sentences, by_sentence, strict=True):
            for i in range(sentence.first, sentence.last):
                if forms[i] == city and _acts(i, sentence.first, sentence.last, document, lexicon) and not any(m.first <= i < m.last for m in mentions):
                    mentions.append(Mention(i, i + 1, "organisation", "body", code, ref=ref, gender="f", en=en))
                    mentions.sort(key=_place)


def _place(m: Mention) -> int:
    return m.first


def _acts(i: int, first: int, last: int, document: Document, lexicon: Lexicon) -> bool:
    """Does a finite verb of the third person feminine stand right in front of token ``i``, or open the sentence with it?"""
    if i > first and _hers(i - 1, document, lexicon):
        return True
    return i == first and i + 1 < last and _hers(i + 1, document, lexicon)


def _hers(i: int, document: Document, lexicon: Lexicon) -> bool:
    word = document.words[i]
    if word is None or word.function:
        return False
    return any(v.reading.person == 3 and v.reading.gender == "f" and v.reading.voice == "active" and lexicon.lemmas[v.reading.lemma] not in _OF_A_CITY for v in word.verbs)
