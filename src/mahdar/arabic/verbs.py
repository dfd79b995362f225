"""Inflection: all forms of a verb from its two principal parts, and of the nouns that go with it.

The parts come in ordinary careful spelling without vowel marks (قال، يقول); what comes out is folded, ready to look up.
Vowels are not written, so the class of a verb is read off the shape of its parts: a second-last ا is a hollow verb, a
final ى or ا a defective one, two bare letters a doubled one. What the shape leaves open is settled by the other part or
by a short list of exceptions.
"""

from __future__ import annotations

from typing import NamedTuple

from mahdar.arabic.fold import fold_word


class VerbForm(NamedTuple):
    """One folded form with its features; ``joined`` is its spelling before a pronoun (قالوا → قالو، نفي → نفا)."""

    form: str
    tense: str
    person: int
    gender: str
    number: str
    voice: str
    joined: str


class _Past(NamedTuple):
    """The stems of a past tense in careful spelling: bare, before ت, the whole dual, before وا, before a consonant."""

    ms: str
    fs: str
    dual: str
    plural: tuple[str, ...]
    short: str
    joined: str


class _Present(NamedTuple):
    """The stems of a present tense without prefix: bare, cut (jussive), before ان, before ون, before ين, before ن."""

    ms: str
    cut: tuple[str, ...]
    dual: str
    plural: tuple[str, ...]
    fs: tuple[str, ...]
    fp: str
    joined: tuple[str, ...]


# (person, gender, number) of the cells that take a consonant suffix in the past.
_SHORT_CELLS = (
    ("ن", 3, "f", "p"), ("ت", 2, "m", "s"), ("ت", 2, "f", "s"), ("تما", 2, "c", "d"), ("تم", 2, "m", "p"),
    ("تن", 2, "f", "p"), ("ت", 1, "c", "s"), ("نا", 1, "c", "p"),
)  # fmt: skip
_BARE_CELLS = (("ي", 3, "m", "s"), ("ت", 3, "f", "s"), ("ت", 2, "m", "s"), ("أ", 1, "c", "s"), ("ن", 1, "c", "p"))
# Words in است whose س is a root letter (form VIII), so that they are not doubled verbs of form X.
_SIN_EIGHTH = frozenset({"استمع", "استند", "استلم", "استبق", "استرق", "استعر", "استلب", "استتر"})
_LONG_DOUBLED = frozenset({"اطمأن", "اشمأز", "اضمحل", "اقشعر"})
# Doubled verbs of form IV, which look like sound ones with initial hamza (أخذ) when the present is not given.
_FOURTH_DOUBLED = frozenset({
    "أصر", "أقر", "أعد", "أضر", "أحس", "أحل", "أهم", "أتم", "أعز", "أخل", "ألح", "ألم", "أمد",
})  # fmt: skip
# Hollow verbs of form I without a passive worth the name; their passive would look like another word (عيد، سير، دير).
_NO_PASSIVE = frozenset({
    "كان", "صار", "مات", "عاد", "عاش", "سار", "دار", "كاد", "قام", "نام", "دام", "غاب", "طار", "سال", "غار", "بات",
    "ضاق", "ثار", "جار", "فات", "ذاب", "فاض", "فاز", "زال", "حان", "بان", "لان", "تاب", "خاب", "راج", "شاع", "ضاع",
    "طال", "هاج", "جاز", "ساد", "ساء", "حال", "مال", "لاذ", "فاق", "بدا", "نما", "علا", "دنا", "خلا",
})  # fmt: skip
# Verbs whose past passive is spelt like an everyday noun or name (زيد، دين، قيد، نيل); their present passive is kept.
_NOUNLIKE_PASSIVE = frozenset({"زاد", "دان", "قاد", "نال", "خاف", "هاب", "صاد", "عاب", "غاظ", "زار", "طاف"})


def conjugate(past: str | None, present: str | None) -> list[VerbForm]:
    """All finite forms of a verb from its third persons singular masculine; either part may be missing.

    Passives are listed only where they are spelt otherwise than the active (قيل، قوبل، يعاد), after all active forms.
    """
    forms: list[VerbForm] = []
    passives: list[VerbForm] = []
    if past:
        active = _past(past, present)
        forms += [_folded(item, "past", "active") for item in _past_spellings(active)]
        passive = _passive_past(past, active, present)
        if passive:
            known = {_cell(item) for item in _past_spellings(active)}
            spelt = [item for item in _past_spellings(passive) if _cell(item) not in known]
            passives += [_folded(item, "past", "passive") for item in spelt]
    if present:
        now = _present(past, present)
        forms += [_folded(item, "present", "active") for item in _present_spellings(now)]
        body = _passive_body(past, present)
        if body and past not in _NO_PASSIVE:
            known = {_cell(item) for item in _present_spellings(now)}
            turned = _present_spellings(_present(_class_mark(past, present), "ي" + body))
            passives += [_folded(item, "present", "passive") for item in turned if _cell(item) not in known]
    return list(dict.fromkeys(forms + passives))


def before_pronoun(form: VerbForm) -> str:
    """The folded spelling of ``form`` before a pronoun suffix: قالوا → قالو (قالوه), نفي → نفا (نفاه), قلتم → قلتمو."""
    return form.joined


# -- spelling -----------------------------------------------------------------------------------------------------

_Spelt = tuple[str, int, str, str, str]  # spelling, person, gender, number, spelling before a pronoun


def _cell(item: _Spelt) -> tuple[str, int, str, str]:
    return item[:4]


def _folded(item: _Spelt, tense: str, voice: str) -> VerbForm:
    spelling, person, gender, number, joined = item
    return VerbForm(fold_word(spelling), tense, person, gender, number, voice, fold_word(joined))


def _join(stem: str, suffix: str) -> str:
    """Stem and suffix as written: أ+ا is آ, a doubled ن or ت at the seam is written once."""
    if stem.endswith("أ") and suffix.startswith("ا"):
        return stem[:-1] + "آ" + suffix[1:]
    if stem[-1:] == suffix[:1] and suffix[:1] in ("ن", "ت"):
        return stem + suffix[1:]
    return stem + suffix


def _hamza_plurals(stem: str) -> tuple[str, ...]:
    """A stem ending in a hamza before وا or ون: its seat changes with the newsroom (بدأوا، بدؤوا; جاءوا، جاؤوا)."""
    if stem[-1] in "أء":
        return stem, stem[:-1] + "ؤ", *((stem[:-1] + "ئ",) if stem[-2] == "ي" else ())
    return (stem,)


# -- past ---------------------------------------------------------------------------------------------------------


def _past_spellings(stems: _Past) -> list[_Spelt]:
    spelt: list[_Spelt] = [
        (stems.ms, 3, "m", "s", stems.joined),
        (stems.fs + "ت", 3, "f", "s", stems.fs + "ت"),
        (stems.dual, 3, "m", "d", stems.dual),
        (stems.fs + "تا", 3, "f", "d", stems.fs + "تا"),
    ]
    spelt += [(stem + "وا", 3, "m", "p", stem + "و") for stem in stems.plural]
    for suffix, person, gender, number in _SHORT_CELLS:
        whole = _join(stems.short, suffix)
        spelt.append((whole, person, gender, number, whole + "و" if suffix == "تم" else whole))
    return spelt


def _past(past: str, present: str | None) -> _Past:
    stem = past[:-1]
    if past == "ليس":
        return _Past(past, past, past + "ا", (past,), "لس", past)
    if past[-1] == "ى" or past.endswith("يا"):
        return _Past(past, stem, stem + "يا", (stem,), stem + "ي", _join(stem, "ا"))
    if past[-1] == "ا":
        return _Past(past, stem, stem + "وا", (stem,), stem + "و", past)
    if past[-1] == "ي":
        return _Past(past, past, past + "ا", (stem,), past, past)
    short = past
    if _is_hollow(past):
        short = past[:-2] + past[-1]
        if past[-1] == "ء":
            short = past[:-2] + (_first_form_seat(present) if len(past) == 3 else "أ")
    elif _is_doubled(past, present):
        short = past + past[-1]
    return _Past(past, past, _join(past, "ا"), _hamza_plurals(past), short, past)


def _first_form_seat(present: str | None) -> str:
    """The seat of the hamza in جئت and سؤت."""
    return "ؤ" if present and present.endswith("وء") else "ئ"


def _is_hollow(past: str) -> bool:
    """Hollow verbs have ا as second-last letter: قال، أعاد، اختار، استعان. (تحاب and the like are doubled.)"""
    return len(past) >= 3 and past[-2] == "ا" and not (past[0] == "ت" and len(past) == 4)


def _is_doubled(past: str, present: str | None) -> bool:
    if len(past) == 2 or past in _LONG_DOUBLED:
        return True
    if len(past) == 3 and past[0] == "أ":
        return past in _FOURTH_DOUBLED if present is None else len(present) == 3
    if past[0] != "ا" or past[-1] in "أئؤء":
        return past[0] == "ت" and len(past) == 4 and past[2] == "ا"
    if len(past) == 4:
        return past[1] not in "تطدذ" or past == "اضطر"
    return len(past) == 5 and past.startswith("است") and past not in _SIN_EIGHTH


def _passive_past(past: str, active: _Past, present: str | None) -> _Past | None:
    """The past passive where it is spelt differently: قيل، أعيد، دعي، قوبل، تبودل، أنشئ، سئل، استؤنف."""
    if past in _NO_PASSIVE or past == "ليس":
        return None
    if _is_hollow(past):
        if past in _NOUNLIKE_PASSIVE or past.startswith("ان"):
            return None
        stem = past[:-2] + "ي" + past[-1]
        bent = stem[:-1] + "ئ" if stem[-1] == "ء" else stem
        return _Past(stem, bent, bent + "ا", (bent,), active.short, bent)
    word = past
    if len(word) >= 4 and word[1] == "ا" and word[0] != "ا":
        word = word[0] + "و" + word[2:]
    elif len(word) >= 5 and word[0] == "ت" and word[2] == "ا":
        word = word[:2] + "و" + word[3:]
    elif word[0] == "آ":
        word = "أو" + word[1:]
    elif word.startswith("استأ"):
        word = "استؤ" + word[4:]
    elif len(word) == 3 and word[1] == "أ":
        word = word[0] + "ئ" + word[2]
    if word[-1] in "ىا":
        word = word[:-1] + "ي"
    elif word[-1] == "أ":
        word = word[:-1] + "ئ"
    return None if word == past else _past(word, None)


# -- present ------------------------------------------------------------------------------------------------------


def _present_spellings(stems: _Present) -> list[_Spelt]:
    spelt: list[_Spelt] = []
    for prefix, person, gender, number in _BARE_CELLS:
        for joined in stems.joined:
            spelt.append((_prefixed(prefix, stems.ms), person, gender, number, _prefixed(prefix, joined)))
        for cut in stems.cut:
            whole = _prefixed(prefix, cut)
            spelt.append((whole, person, gender, number, whole))
    for prefix, person, gender in (("ي", 3, "m"), ("ت", 3, "f"), ("ت", 2, "c")):
        for ending in ("ان", "ا"):
            whole = _join(prefix + stems.dual, ending)
            spelt.append((whole, person, gender, "d", whole))
    for prefix, person in (("ي", 3), ("ت", 2)):
        for stem in stems.plural:
            spelt.append((prefix + stem + "ون", person, "m", "p", prefix + stem + "ون"))
            spelt.append((prefix + stem + "وا", person, "m", "p", prefix + stem + "و"))
        whole = _join(prefix + stems.fp, "ن")
        spelt.append((whole, person, "f", "p", whole))
    for stem in stems.fs:
        spelt += [("ت" + stem + ending, 2, "f", "s", "ت" + stem + ending) for ending in ("ين", "ي")]
    return spelt


def _prefixed(prefix: str, body: str) -> str:
    return "آ" + body[1:] if prefix == "أ" and body[:1] == "أ" else prefix + body


def _present(past: str | None, present: str) -> _Present:
    body = present[1:]
    stem, last = body[:-1], body[-1]
    if last in "ويىا" and len(body) > 1:
        weak = last if last == "و" else "ي"
        joined = stem + "ا" if last == "ى" else body
        return _Present(body, (stem,), stem + weak, (stem,), (stem,), stem + weak, (joined,))
    if last in "أئء":
        return _hamza_present(past, present)
    if _hollow_present(past, present):
        short = body[:-2] + last
        return _Present(body, (short,), body, (body,), (body,), short, (body,))
    if past and _is_doubled(past, present):
        return _Present(body, (body + last,), body, (body,), (body,), body + last, (body,))
    return _Present(body, (), body, (body,), (body,), body, (body,))


def _hamza_present(past: str | None, present: str) -> _Present:
    """Presents that end in a hamza: يبدأ، يفاجئ، and the hollow يجيء، يشاء، يسيء، يسوء."""
    body = present[1:]
    stem = body[:-1]
    if body[-1] == "ئ":
        return _Present(body, (), body, (body,), (body,), body, (body,))
    fs = (stem + "ئ", body)
    if body[-1] == "أ":
        return _Present(body, (), body, _hamza_plurals(body), fs, body, (body, stem + "ؤ"))
    seat = {"ا": "أ", "و": "ؤ", "ي": "ئ"}.get(stem[-1], "ء")
    short = stem[:-1] + seat
    bent = stem + ("ئ" if stem[-1] == "ي" else "ء")
    joined = (stem + ("ئ" if stem[-1] == "ي" else "ؤ"), body)
    return _Present(body, (short,), bent, _hamza_plurals(body), fs, short, joined)


def _hollow_present(past: str | None, present: str) -> bool:
    """Whether the long letter before the last one is a vowel (يقول، يعيد) and not a root letter (يحاول، يؤيد)."""
    if len(present) < 4 or present[-2] not in "ويا":
        return False
    if past is not None:
        return _is_hollow(past)
    return len(present) == 4 or (len(present) == 6 and present.startswith("يست"))


def _class_mark(past: str | None, present: str) -> str | None:
    """A past that keeps the class of the verb when its passive present is built."""
    return past if past is None or _is_hollow(past) or _is_doubled(past, present) else "فعل"


def _passive_body(past: str | None, present: str) -> str | None:
    """The present passive without its prefix, where it is spelt differently: يقال، يدعى، يوصف، ينشأ، يؤخذ."""
    body = present[1:]
    if len(body) < 2 or (past is not None and past.startswith("ان") and _is_hollow(past)):
        return None
    word = body
    if _hollow_present(past, present):
        word = body[:-2] + "ا" + body[-1]
    elif past and len(past) == 3 and past[0] == "و" and body[0] != "و":
        word = past
    if word[-1] in "ويا":
        word = word[:-1] + "ى"
    elif word[-1] == "ئ":
        word = word[:-1] + "أ"
    if word[0] == "أ":
        word = "ؤ" + word[1:]
    return None if word == body else word


# -- nouns --------------------------------------------------------------------------------------------------------


def participles(active: str) -> list[str]:
    """The folded inflections of an active participle (قائل: قائلا، قائلة، قائلون …), all without the article.

    A defective participle is given with its final ي (داعي) or without (داع); three letters are then taken for either.
    """
    word = active[:-1] if active.endswith("يا") else active
    bases = [word]
    if len(word) == 3 and word[1] == "ا" and word[2] not in "يئ":
        bases.append(word + "ي")
    found: list[str] = []
    for base in bases:
        if base[-1] == "ي" and base not in ("", "ي"):
            cut = base[:-1]
            found += [base, cut, base + "ا", base + "ان", base + "ين", base + "ي"]
            found += [cut + ending for ending in ("ون", "ين", "و")]
        else:
            found += [base + ending for ending in ("", "ا", "ان", "ين", "ون", "ي", "و")]
        found += [base + ending for ending in ("ة", "ت", "تان", "تين", "تا", "تي", "ات")]
    return _unique(found)


def nominal_forms(noun: str) -> list[str]:
    """The folded inflections of a noun that keep its stem; the article and suffixed pronouns are the caller's.

    Forms that occur only before a pronoun are among them (زيارته، لقائه، شكواه). Broken plurals are not made up.
    """
    if noun[-1] == "ة":
        stem = noun[:-1]
        found = [noun, *(stem + ending for ending in ("ت", "تان", "تين", "تا", "تي", "ات"))]
    elif noun[-1] == "ى":
        stem = noun[:-1]
        found = [noun, stem + "ا", stem + "يان", stem + "يين", stem + "يات"]
    elif noun[-1] == "أ":
        stem = noun[:-1]
        found = [noun, stem + "آن", noun + "ين", stem + "ؤ", stem + "ئ"]
    else:
        # The construct dual (هجومي باريس) is left out: as a form it is the adjective (اجتماعي، هجومي) far more often.
        found = [noun, *(noun + ending for ending in ("ا", "ان", "ين"))]
        if len(noun) > 2:
            found.append(noun + "ات")
        if noun[-1] == "ء":
            found += [noun[:-1] + "ؤ", noun[:-1] + "ئ"]
            if noun[-2] == "ي":
                found += [noun[:-1] + "ئا", noun[:-1] + "ئان", noun[:-1] + "ئين"]
        elif noun[-1] == "ي" and len(noun) == 4 and noun[0] == "ت":
            found.append(noun[:-1])
    return _unique(found)


def _unique(words: list[str]) -> list[str]:
    return list(dict.fromkeys(fold_word(word) for word in words))
