"""Numbers in words and digits: ثلاثة وعشرون، مئتي، عشرة آلاف، "3,5 مليون", and the ordinals that count days of a month.

Works on folded forms. A number may be inflected for any case and gender; the word counted is not part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class NumberMention(NamedTuple):
    """A number and the half-open range of tokens that spells it."""

    first: int
    last: int
    value: int


_UNITS = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2,
    "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6,
    "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
# "One" and "two" in the construct state: numbers only before عشر or with a ten (أحد alone is somebody).
_BOUND_UNITS = frozenset({"احد", "احدي", "اثنا", "اثني", "اثنتا", "اثنتي"})
_TENS = {
    stem + ending: value
    for stem, value in zip(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), range(20, 100, 10), strict=True)
    for ending in ("ون", "ين")
}
_HUNDRED = frozenset({"ميه", "مايه"})
_HUNDREDS = {
    **dict.fromkeys(_HUNDRED, 100),
    **{stem + ending: 200 for stem in ("ميت", "مايت") for ending in ("ان", "ين", "ا", "ي")},
    **{
        stem + hundred: value
        for stem, value in (("ثلاث", 300), ("اربع", 400), ("خمس", 500), ("ست", 600), ("سبع", 700), ("ثمان", 800),
                            ("ثماني", 800), ("تسع", 900))
        for hundred in sorted(_HUNDRED)
    },
}  # fmt: skip
_SCALES = {
    "الف": 1000, "الفا": 1000, "الاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارا": 10**9, "مليارات": 10**9, "بليون": 10**9, "بليونا": 10**9,
    "تريليون": 10**12, "تريليونا": 10**12, "تريليونات": 10**12,
}  # fmt: skip
_DOUBLE_SCALES = {
    stem + ending: 2 * value
    for stem, value in (("الف", 1000), ("مليون", 10**6), ("مليار", 10**9), ("بليون", 10**9))
    for ending in ("ان", "ين", "ي")
}
# Behind these what is counted stands in the singular (عشرين جنديا، مئة ألف جندي); in the accusative behind the tens.
SINGULAR_BEHIND = frozenset({"عشر", "عشره", *_TENS, *_HUNDREDS, *_SCALES, *_DOUBLE_SCALES})
# Plurals that endings do not make, of what acts of states count.
_BROKEN = {
    "جندي": ("جنود",), "صاروخ": ("صواريخ",), "سفينه": ("سفن",), "قارب": ("قوارب",), "زورق": ("زوارق",), "رهينه": ("رهاين",), "اسير": ("اسري",), "سجين": ("سجناء",),
    "عنصر": ("عناصر",), "خبير": ("خبراء",), "سفير": ("سفراء",), "شخص": ("اشخاص",), "قتيل": ("قتلي",), "جريح": ("جرحي",), "ضابط": ("ضباط",), "عامل": ("عمال",),
    "طالب": ("طلاب", "طلبه"), "ناشط": ("نشطاء", "ناشطين"), "مدرعه": ("مدرعات",), "قنبله": ("قنابل",), "قذيفه": ("قذايف",), "منزل": ("منازل",), "مبني": ("مباني", "مبان"),
}  # fmt: skip
_FRACTIONS = {"نصف": 0.5, "ربع": 0.25}
_SMALL = {**_UNITS, **_TENS, **_HUNDREDS}
_STARTS = frozenset({*_SMALL, *_SCALES, *_DOUBLE_SCALES, *_FRACTIONS})
_PROCLITICS = "وفبلك"

_ORDINALS = {
    "الاول": 1, "الحادي": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7, "الثامن": 8,
    "التاسع": 9, "العاشر": 10, "العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30,
}  # fmt: skip


def read_number(form: Sequence[str], at: int) -> NumberMention | None:
    """The longest number that begins at token ``at``; the first word may carry a proclitic (وثلاثة، لعشرين)."""
    word = form[at]
    total, last_scale = 0, 10**15
    current: float
    if word[0].isdecimal():
        digits = _digits(word, at + 1 < len(form) and form[at + 1] in _SCALES)
        if digits is None:
            return None
        current, step = digits, "digits"
    else:
        stem = _strip(word)
        if stem is None or (stem in _BOUND_UNITS and not _bound_goes_on(form, at)):
            return None
        if stem in _FRACTIONS:
            if at + 1 >= len(form) or form[at + 1] not in _SCALES:
                return None
            current, step = _FRACTIONS[stem], "digits"
        else:
            current, step = _begin(stem)
        if step == "scale":
            total, last_scale, current = int(current), _scale_of(stem), 0
    end = at + 1
    while end < len(form):
        word = form[end]
        scale = _SCALES.get(word)
        if scale is not None and step != "scale" and scale < last_scale:
            total, current, last_scale, step = total + round(current * scale), 0, scale, "scale"
        elif word in ("عشر", "عشره") and step == "unit" and current % 100 < 10:
            current, step = current + 10, "teen"
        elif word in _HUNDRED and step == "unit" and 2 < current < 10:
            current, step = current * 100, "hundred"
        else:
            added = _added(word, step, last_scale)
            if added is None:
                break
            value, step = added
            if step == "half":
                total, step = total + round(value * last_scale), "teen"
            else:
                current += value
        end += 1
    return NumberMention(at, end, total + round(current))


def plurals(form: str) -> set[str]:
    """The plurals of a folded noun that stands in the singular behind a number, as listed or by its ending."""
    noun = form.removesuffix("ا")
    if noun in _BROKEN:
        return set(_BROKEN[noun])
    if noun.endswith("ه"):
        return {noun[:-1] + "ات"}
    return {noun + "ين", noun + "ون"} if len(noun) > 3 else set()


def parse_number(text: str) -> int | None:
    """The number that a folded phrase spells, or None when it is something else or has more words."""
    form = text.split()
    found = read_number(form, 0) if form else None
    return found.value if found and found.last == len(form) else None


def read_ordinal(form: Sequence[str], end: int) -> tuple[int, int] | None:
    """The ordinal that ends before token ``end`` (الخامس عشر، الحادي والعشرين): its first token, its value."""
    last = form[end - 1] if end > 0 else ""
    if last == "عشر" and end > 1 and _ORDINALS.get(form[end - 2], 10) < 10:
        return end - 2, 10 + _ORDINALS[form[end - 2]]
    if last[:1] == "و" and end > 1:
        tens, unit = _ORDINALS.get(last[1:], 0), _ORDINALS.get(form[end - 2], 10)
        return (end - 2, tens + unit) if tens >= 20 and unit < 10 else None
    value = _ORDINALS.get(last)
    return None if value is None or last == "الحادي" else (end - 1, value)


def _strip(word: str) -> str | None:
    """The number word in ``word`` without proclitics, or None."""
    for cut in range(3):
        if word[cut:] in _STARTS:
            return word[cut:]
        if len(word) < cut + 3 or word[cut] not in _PROCLITICS:
            return None
    return None


def _bound_goes_on(form: Sequence[str], at: int) -> bool:
    following = form[at + 1] if at + 1 < len(form) else ""
    return following in ("عشر", "عشره") or following[1:] in _TENS


def _begin(stem: str) -> tuple[float, str]:
    if stem in _SCALES:
        return _SCALES[stem], "scale"
    if stem in _DOUBLE_SCALES:
        return _DOUBLE_SCALES[stem], "scale"
    return _SMALL[stem], _step(stem)


def _scale_of(stem: str) -> int:
    return _SCALES.get(stem) or _DOUBLE_SCALES[stem] // 2


def _step(stem: str) -> str:
    if stem in _HUNDREDS:
        return "hundred"
    if stem in _TENS:
        return "ten"
    return "unit" if _UNITS[stem] < 10 else "teen"


def _added(word: str, step: str, last_scale: int) -> tuple[float, str] | None:
    """What ``word`` (و with a number) adds after a part of kind ``step``: units before tens, hundreds before both."""
    if word[:1] != "و" or len(word) < 3:
        return None
    stem = word[1:]
    if step == "scale" and stem in _FRACTIONS and last_scale < 10**15:
        return _FRACTIONS[stem], "half"
    if stem not in _SMALL:
        return None
    kind = _step(stem)
    allowed = {"scale": ("unit", "teen", "ten", "hundred"), "hundred": ("unit", "teen", "ten"), "unit": ("ten",)}
    return (_SMALL[stem], kind) if kind in allowed.get(step, ()) else None


def _digits(word: str, scaled: bool) -> float | None:
    """Digits with separators: three digits behind a mark are thousands, unless a scale word follows (3.125 مليون)."""
    head, *groups = word.replace(",", ".").split(".")
    if not groups:
        return int(head)
    if all(len(group) == 3 for group in groups) and len(head) <= 3 and not (scaled and len(groups) == 1):
        return int(head + "".join(groups))
    return float(f"{head}.{groups[0]}") if len(groups) == 1 else None
