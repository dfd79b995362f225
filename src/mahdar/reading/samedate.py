"""Days told by the one named before them: في العام ذاته, نهاية الشهر نفسه, وفي اليوم التالي."""

from __future__ import annotations

from datetime import date, timedelta

from mahdar.reading.calendar import DateMention, Text, iso_day

_SAME = frozenset(("ذاته", "نفسه", "ذاتها", "نفسها"))
_NEXT = frozenset(("التالي", "التاليه"))
_PERIODS = {"اليوم": 10, "الليله": 10, "الشهر": 7, "العام": 4, "السنه": 4}  # how much of the date before holds
_FAR = 80  # words from the date before, about two sentences
SAME_DATE = "date.same"


def same_date(text: Text, at: int, found: list[DateMention]) -> DateMention | None:
    """The period at ``at`` if it is called the same as, or the one behind, the date named last; None otherwise."""
    word = text.form[at]
    noun = word if word in _PERIODS else "ال" + word[2:] if word.startswith("لل") else word[1:]
    length, after = _PERIODS.get(noun), text.at(at + 1)
    if length is None or after not in _SAME and after not in _NEXT or not found or at - found[-1].last > _FAR:
        return None
    value = found[-1].value
    if found[-1].last >= at - 1:  # في 21 أغسطس من العام ذاته: of the year named before it
        value = found[-2].value if len(found) > 1 and at - found[-2].last <= _FAR else None
    if value is None or len(value) < length:
        return None
    value = value[:length] if after in _SAME else _behind(value[:length])
    return None if value is None else DateMention(at, at + 2, value, {10: "day", 7: "month", 4: "year"}[length], "none", SAME_DATE)


def _behind(value: str) -> str | None:
    """The day or the year behind one; months are told so too seldom."""
    if len(value) == 4:
        return str(int(value) + 1)
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat() if len(value) == 10 else None


def in_same_year(item: DateMention, year: DateMention) -> DateMention:
    """A day or month with the year told behind it (21 أغسطس من العام ذاته)."""
    assert item.value is not None
    assert year.value is not None
    value = year.value + item.value[4:] if len(item.value) < 10 else iso_day(int(year.value), int(item.value[5:7]), int(item.value[8:]))
    return item._replace(last=year.last, value=value)
