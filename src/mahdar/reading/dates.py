"""Dates in a text: which tokens name one, and which day, month or year that is, seen from the day of publication.

One pass over the tokens with one dictionary lookup each; only words that can anchor a date call a reader. A bare
weekday or month looks back from publication, as news does, unless the wording (المقبل، المقرر) or the caller's verb
reading points ahead. ``rule`` says how a date was read: date.weekday, date.relative, date.week, date.day (no year),
date.full, date.month, date.year, date.numeric, date.hijri.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from mahdar.arabic.numbers import read_number, read_ordinal
from mahdar.arabic.tokens import NUMBER, Tokens
from mahdar.reading import datewords as words
from mahdar.reading.calendar import (
    DateMention,
    Look,
    Text,
    day_before,
    iso_day,
    month_of,
    pointed,
    read_bare_year,
    read_month,
    read_numeric,
    read_year,
    relation_of,
    worded,
)
from mahdar.reading.datewords import DATE_WORDS, DateWord
from mahdar.reading.samedate import SAME_DATE, in_same_year, same_date

__all__ = ["DateMention", "find_dates"]


_AWAY = frozenset(("اول", "الاول", "بعد"))
_LATEST: Final = 2


def find_dates(
    tokens: Tokens, published: str | None, look_at: Callable[[int], Look] | None = None
) -> list[DateMention]:
    """All dates in ``tokens``, in order and without overlaps; without ``published`` only absolute ones have a value."""
    text = Text(tokens.form, tokens.kind, _iso(published), look_at or _no_verb)
    found = _dates(text)
    late = _late(text, found) if text.published else 0
    return _dates(text._replace(published=text.published - timedelta(days=late))) if late and text.published else found


def _dates(text: Text) -> list[DateMention]:
    form = text.form
    found: list[DateMention] = []
    floor = 0
    known = DATE_WORDS
    for at in [index for index, word in enumerate(form) if word in known]:
        if at < floor:
            continue
        word = known[form[at]]
        mention = same_date(text, at, found) or _READERS[word.reader](text, at, word)
        if mention is not None and mention.first >= floor:
            before = found[-1] if found else None
            if before is not None and mention.rule == SAME_DATE and mention.precision == "year" and before.last >= at - 1 and before.rule in ("date.day", "date.month"):
                mention = in_same_year(found.pop(), mention)
            found.append(mention)
            floor = mention.last
    return _merged(text, found) if len(found) > 1 else found


def _late(text: Text, found: list[DateMention]) -> int:
    """How many days before its publication a report was written: its اليوم الأربعاء, أمس 4 أغسطس tell of that day."""
    assert text.published is not None
    seen: set[int] = set()
    for d in found:
        form = text.form[d.first : d.last]
        if d.value is None or d.precision != "day" or d.rule == SAME_DATE or d.rule == "date.relative" and not any(w in words.WEEKDAYS for w in form):
            continue
        away = 0 if "اليوم" in form else -1 if "امس" in form else 1 if "غدا" in form or "غد" in form else None
        if away is not None and _AWAY.isdisjoint(form):
            seen.add((text.published - date.fromisoformat(d.value)).days + away)
    late = seen.pop() if len(seen) == 1 else 0
    return late if 0 < late <= _LATEST else 0


def _no_verb(_index: int) -> Look:
    return "none"


def _iso(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


# -- days ---------------------------------------------------------------------------------------------------------


def _part_of_day(text: Text, at: int) -> int:
    """The first token of مساء يوم … before ``at``."""
    first = at
    while first > 0 and first > at - 3:
        before = text.form[first - 1]
        if before not in words.PARTS_OF_DAY and before[1:] not in words.PARTS_OF_DAY:
            break
        first -= 1
    return first - 1 if text.form[first] == "ظهر" and text.at(first - 1) in ("بعد", "قبل") else first


def _weekday_before(published: date, weekday: int, strict: bool) -> date:
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strict else 0))


def _weekday_after(published: date, weekday: int, strict: bool) -> date:
    onward = (weekday - published.weekday()) % 7
    return published + timedelta(days=onward or (7 if strict else 0))


# How many days ahead a bare weekday may lie, by what governs it; never six: that is yesterday, told of a day late.
_ONWARD: Final = MappingProxyType({"future": 5, "present": 5, "open": 3, "past": 0, "told": 0, "none": 0})


def _weekday(text: Text, at: int, word: DateWord) -> DateMention | None:
    before, after = text.at(at - 1), text.at(at + 1)
    if before in words.NO_WEEKDAY_BEFORE or after in words.NO_WEEKDAY_AFTER:
        follower = DATE_WORDS.get(after)
        if before != "بين" or follower is None or follower.reader != "weekday":
            return None
    first, last, weekday = _part_of_day(text, at), at + 1, word.value
    opener = text.at(first - 1)
    if before in ("ايام", "كل") or opener == "كل" or opener.endswith("ايام"):
        return DateMention(first, last, None, "none", "none", "date.weekday")
    if text.at(first).startswith(("ليل", "وليل")) or before == "يومي":
        last = _second_weekday(text, at, weekday, before == "يومي")
    precision = "range" if before == "يومي" and last > at + 1 else "day"
    relation = relation_of(text.at(last))
    weeks = 0
    if relation != "none":
        last += 1
    elif text.at(last) == "قبل" and text.at(last + 1) in words.PAST:
        relation, last, weeks = "past", last + 2, 1
    value = None
    if text.published:
        day = text.published
        if relation == "past":
            day = _weekday_before(day, weekday, strict=True) - timedelta(weeks=weeks)
        elif relation == "future":
            day = _weekday_after(day, weekday, strict=True)
        elif (weekday - day.weekday()) % 7 <= _ONWARD[text.look(first)]:
            day = _weekday_after(day, weekday, strict=False)
        else:
            day = _weekday_before(day, weekday, strict=False)
        value = _day_behind(text, at, word) or day.isoformat()
    return DateMention(first, last, value, precision, worded(relation), "date.weekday")


def _day_behind(text: Text, at: int, word: DateWord) -> str | None:
    """(قمة) الأربعاء والخميس: of two days in a row the second comes behind the first; None where there is no first, or the second would still be to come."""
    front = DATE_WORDS.get(text.at(at - 1))
    if not text.form[at].startswith("وال") or front is None or front.reader != "weekday" or (front.value + 1) % 7 != word.value:
        return None
    first = _weekday(text, at - 1, front)
    if first is None or first.value is None or text.published is None:
        return None
    day = date.fromisoformat(first.value) + timedelta(days=1)
    return day.isoformat() if first.value > text.published.isoformat() or day <= text.published else None


def _second_weekday(text: Text, at: int, weekday: int, joined: bool) -> int:
    """The token behind the second day of ليل الخميس الجمعة or يومي الخميس والجمعة, else behind the first."""
    follow = at + 1
    if text.at(follow) in ("-", "/"):
        follow += 1
    word = DATE_WORDS.get(text.at(follow))
    if word and word.reader == "weekday" and (joined or word.value == (weekday + 1) % 7):
        return follow + 1
    return at + 1


_OPENING = MappingProxyType({"،": "،", "(": ")", '"': '"', "/": "/", "-": "-"})


def _named_weekday(text: Text, at: int) -> tuple[int | None, int]:
    """A weekday in apposition at ``at`` (أمس الاثنين، "أمس، الاثنين"، أمس/ الاثنين/): its number and the token behind it."""
    opening = text.at(at)
    start = at + 1 if opening in _OPENING else at
    if text.at(start) == "يوم":
        start += 1
    word = DATE_WORDS.get(text.at(start))
    if word is None or word.reader != "weekday" or word.glued:
        return None, at
    closed = _OPENING.get(opening, "،") != "،" and text.at(start + 1) == _OPENING[opening]
    return word.value, start + (2 if closed else 1)


# By how many days a report may have been put out after it was written, so that its أمس الخميس or غدا الخميس lies so many days further back.
_LATE: Final = MappingProxyType({-2: 5, -1: 5, 0: 6, 1: 2, 2: 3})


def _near(text: Text, first: int, last: int, days: int) -> DateMention:
    """A day counted from publication; a weekday in apposition decides when the two disagree (articles run late)."""
    weekday, last = _named_weekday(text, last)
    relation = "past" if days < 0 else "future" if days > 0 else "none"
    value = None
    if text.published:
        day = text.published + timedelta(days=days)
        if weekday is not None and day.weekday() != weekday:
            late = (day.weekday() - weekday) % 7
            day += timedelta(days=-late if late <= _LATE[days] else 7 - late)
        value = day.isoformat()
    return DateMention(_part_of_day(text, first), last, value, "day", relation, "date.relative")


def _today(text: Text, at: int, word: DateWord) -> DateMention | None:
    weekday, _ = _named_weekday(text, at + 1)
    if weekday is None and (text.at(at - 1) in words.NO_TODAY_BEFORE or text.at(at + 1) in words.NO_TODAY_AFTER):
        return None
    return _near(text, at - 1 if text.at(at - 1) == "هذا" else at, at + 1, 0)


def _yesterday(text: Text, at: int, word: DateWord) -> DateMention | None:
    if text.form[at] == "الامس" and text.at(at - 1) not in words.PARTS_OF_DAY:
        return None
    if text.at(at + 1) == "الاول":
        return _near(text, at, at + 2, -2)
    return _near(text, at, at + 1, -1)


def _before_yesterday(text: Text, at: int, word: DateWord) -> DateMention | None:
    """أول أمس and أول من أمس."""
    last = at + 2 if text.at(at + 1) == "من" else at + 1
    return _near(text, at, last + 1, -2) if text.at(last) in ("امس", "الامس") else None


def _tomorrow(text: Text, at: int, word: DateWord) -> DateMention | None:
    form, before = text.form[at], text.at(at - 1)
    plain = form in ("غدا", "غد", "لغد", "وغد")
    if form in ("غد", "وغد") and _part_of_day(text, at) == at and _named_weekday(text, at + 1)[0] is None:
        return None
    if form == "غدا" and before in ("", "\n", ".", "،") and _named_weekday(text, at + 1)[0] is None:
        return None
    if not plain and before not in words.PARTS_OF_DAY:
        return None
    return _near(text, at, at + 1, 1)


def _after(text: Text, at: int, word: DateWord) -> DateMention | None:
    """بعد غد; and بعد يومين من اللقاء: the day of what follows, counted back from the day the report tells of."""
    if text.at(at + 1) in ("غد", "الغد"):
        return _near(text, at, at + 2, 2)
    if at + 2 >= len(text.form):
        return None
    number = read_number(text.form, at + 1)
    unit_at = number.last if number else at + 1
    unit = words.UNITS.get(text.at(unit_at))
    if unit is None or (number is None and text.at(unit_at) in words.PLURAL_UNITS):
        return None
    name, count = unit
    count *= number.value if number else 1
    last = unit_at + 1 + (text.at(unit_at + 1) in ("واحد", "واحده"))
    if text.at(last) not in ("من", "علي") or text.at(last + 1).startswith("الان"):
        return None
    return DateMention(at, last + 1, _counted_back(text.published, name, count), {"week": "day"}.get(name, name), "past", "date.since")


def _eve(text: Text, at: int, word: DateWord) -> DateMention | None:
    """غداة اللقاء (the day after it) and عشية اللقاء (the day before): the day of what follows, seen from the report's."""
    value = (text.published + timedelta(days=word.value)).isoformat() if text.published else None
    return DateMention(at, at + 1, value, "day", "past" if word.value < 0 else "future", "date.since")


def _tonight(text: Text, at: int, word: DateWord) -> DateMention | None:
    after, first = text.at(at + 1), at - 1 if text.at(at - 1) == "هذه" else at
    if after in words.PAST:
        return _near(text, first, at + 2, -1)
    if after == "قبل" and text.at(at + 2) in words.PAST:
        return _near(text, first, at + 3, -2)
    if after.startswith("ال") and after[2:] in ("اولي", "واحده", "ثانيه", "ثالثه", "اخيره", "مقبله"):
        return None
    return None if after in ("نفسها", "ذاتها", "التي", "التاليه") else _near(text, first, at + 1, 0)


# -- weeks, months, time counted back -----------------------------------------------------------------------------


_ANNOUNCED = frozenset({"في", "يوم", "منذ", "حتي", "ال"})


def _week(text: Text, at: int, word: DateWord) -> DateMention | None:
    relation, shift, first, last = pointed(text, at)
    if relation == "none":
        return None
    return DateMention(first, last, _month_of_week(text.published, shift), "range", worded(relation), "date.week")


def _month_of_week(published: date | None, weeks: int) -> str | None:
    """The month a week lies in, counted from that of publication; None when it lies in two."""
    if published is None:
        return None
    middle = published + timedelta(weeks=weeks)
    ends = {(middle + timedelta(days=days)).isoformat()[:7] for days in (-3, 3)}
    return ends.pop() if len(ends) == 1 else None


def _this_month(text: Text, at: int, word: DateWord) -> DateMention | None:
    """الشهر الماضي, and with a day before it: الخامس من الشهر الجاري."""
    relation, shift, first, last = pointed(text, at)
    if relation == "none":
        return None
    return _in_month(text, first, last, month_of(text.published, shift), worded(relation))


def _in_month(text: Text, first: int, last: int, month: str | None, relation: str) -> DateMention:
    day, day_first, _ = day_before(text, first)
    if day is None or (text.at(first - 1) != "من" and text.at(day_first - 1) not in _ANNOUNCED):
        return DateMention(first, last, month, "month", relation, "date.month")
    value = iso_day(int(month[:4]), int(month[5:]), day) if month else None
    return DateMention(day_first, last, value, "day", relation, "date.day")


def _of_this_month(text: Text, at: int, word: DateWord) -> DateMention | None:
    """في 15 الجاري، في السادس والعشرين الجاري."""
    day, first, _ = day_before(text, at)
    if day is None:
        ordinal = read_ordinal(text.form, at)
        if ordinal is None or text.at(ordinal[0] - 1) not in _ANNOUNCED:
            return None
        value = _day_of(text, 0, ordinal[1])
        return DateMention(ordinal[0], at + 1, value, "day", "none", "date.day")
    if text.kind[at - 1] != NUMBER or text.at(first - 1) not in _ANNOUNCED:
        return None
    return _in_month(text, at, at + 1, month_of(text.published, 0), "none")


def _day_of(text: Text, shift: int, day: int) -> str | None:
    month = month_of(text.published, shift)
    return iso_day(int(month[:4]), int(month[5:]), day) if month else None


def _ago(text: Text, at: int, word: DateWord) -> DateMention | None:
    """قبل ثلاثة أيام، منذ عامين; and قبل 2011."""
    start = at + 1
    while text.at(start) in words.ABOUT and start < at + 3:
        start += 1
    if start >= len(text.form):
        return None
    number = read_number(text.form, start)
    unit_at = number.last if number else start
    noun = text.at(unit_at)
    unit = words.UNITS.get(noun)
    apart = text.at(unit_at + 1 + (text.at(unit_at + 1) in ("فقط", "واحد", "واحده")))  # قبل يومين فقط من القمة: counted from another day
    if unit is None or apart == "من" or (number is None and noun in ("اعوام", "سنوات", "سنين")):
        return read_bare_year(text, at, word)
    name, count = unit
    if number is None and count == 1 and noun not in words.PLURAL_UNITS and _construct(text, unit_at + 1):
        return None
    last = unit_at + 1 + (text.at(unit_at + 1) in ("واحد", "واحده"))
    if (number is None and noun in words.PLURAL_UNITS) or text.at(at + 1) in ("اكثر", "اقل"):
        return DateMention(at, last, None, "none", "past", "date.relative")
    count *= number.value if number else 1
    precision = {"week": "range"}.get(name, name)
    return DateMention(at, last, _counted_back(text.published, name, count), precision, "past", "date.relative")


def _construct(text: Text, at: int) -> bool:
    """Whether a unit of time before ``at`` goes on in a name (يوم الاثنين، شهر مايو، عام 2011، يوم الاقتراع)."""
    if at >= len(text.form):
        return False
    word = DATE_WORDS.get(text.form[at])
    goes_on = word is not None and not word.glued and word.reader in ("weekday", "month", "yesterday", "tomorrow")
    return goes_on or text.kind[at] == NUMBER or text.form[at].startswith("ال")


def _counted_back(published: date | None, unit: str, count: int) -> str | None:
    if published is None or count > 1900:
        return None
    if unit == "week":
        return (published - timedelta(weeks=count)).isoformat() if count == 1 else _month_of_week(published, -count)
    if unit == "day":
        return (published - timedelta(days=count)).isoformat()
    return month_of(published, -count) if unit == "month" else str(published.year - count)


# -- neighbours ---------------------------------------------------------------------------------------------------

_ABSOLUTE = frozenset({"date.full", "date.day", "date.numeric", "date.hijri"})
_NEAR = frozenset({"date.weekday", "date.relative", "date.hijri"})
_SAME_DAY = frozenset({(), ("،",), ("(",), ("الموافق",), ("،", "الموافق"), ("(", "الموافق"), ("في",)})
_UNTIL = frozenset({("الي",), ("حتي",), ("-",), ("و",), ("الي", "يوم"), ("وحتي",)})


def _merged(text: Text, found: list[DateMention]) -> list[DateMention]:
    """One mention for one day named twice (الأربعاء 5 أغسطس), and for a range (من 28 أبريل إلى 3 مايو)."""
    out = [found[0]]
    for item in found[1:]:
        before = out[-1]
        opener = text.at(before.first - 1)
        gap = tuple(text.form[before.last : item.first]) if item.first - before.last < 3 else ("", "", "")
        if gap in _SAME_DAY and _one_day(before, item, gap):
            best = before if item.rule == "date.hijri" and before.rule in _ABSOLUTE else item
            if before.rule == "date.weekday" and item.rule == "date.hijri":
                best = best._replace(value=_by_weekday(text, before, item))
            if before.rule == "date.weekday" and item.rule == "date.day" and item.relation == "none":
                best = best._replace(value=_year_by_weekday(text, before, item))
            elif before.rule == "date.relative" and item.rule == "date.day" and (before.value or "")[5:] == (item.value or "-")[5:]:
                best = best._replace(value=before.value)  # غدا الأحد 3 مارس: tomorrow's year
            relation = before.relation if best.relation == "none" else best.relation
            out[-1] = best._replace(first=before.first, last=item.last, relation=relation)
        elif before.precision == item.precision and (
            (gap in _UNTIL and opener in ("من", "بين"))
            or (not gap and opener == "بين" and text.form[item.first].startswith("و"))
        ):
            out[-1] = before._replace(last=item.last, value=_range_start(before, item), precision="range")
        else:
            out.append(item)
    return out


def _one_day(before: DateMention, item: DateMention, gap: tuple[str, ...]) -> bool:
    if item.rule not in _ABSOLUTE or before.precision not in ("day", "range"):
        return False
    return before.rule in _NEAR or (item.rule == "date.hijri" and "الموافق" in gap and before.rule in _ABSOLUTE)


_MISCOUNTED: Final = 60


def _year_by_weekday(text: Text, before: DateMention, item: DateMention) -> str | None:
    """The year in which a day of a month falls on the weekday named with it: this one, the next or the last."""
    weekdays = [DATE_WORDS[word].value for word in text.form[before.first : before.last] if word in DATE_WORDS]
    if item.value and text.published:
        if abs((date.fromisoformat(item.value) - text.published).days) <= _MISCOUNTED:
            return item.value  # of two that disagree the day of the month is right
        for year in (int(item.value[:4]), text.published.year, text.published.year + 1, text.published.year - 1):
            value = iso_day(year, int(item.value[5:7]), int(item.value[8:]))
            if value and date.fromisoformat(value).weekday() in weekdays:
                return value
    return item.value


def _by_weekday(text: Text, before: DateMention, item: DateMention) -> str | None:
    """الخميس 8 صفر: the months of the Islamic calendar begin a day apart from land to land; the weekday named says which day it was."""
    named = {DATE_WORDS[word].value for word in text.form[before.first : before.last] if word in DATE_WORDS}
    near = [date.fromisoformat(item.value) + timedelta(days=days) for days in (0, 1, -1)] if item.value else []
    return next((day.isoformat() for day in near if day.weekday() in named), item.value)


def _range_start(before: DateMention, item: DateMention) -> str | None:
    """The first day of a range; a year named only at its end holds for both days."""
    if before.rule != "date.day" or item.rule != "date.full" or not before.value or not item.value:
        return before.value
    year = int(item.value[:4])
    return f"{year - (before.value[5:] > item.value[5:]):04d}{before.value[4:]}"


_READERS: Final = MappingProxyType({
    "weekday": _weekday, "today": _today, "yesterday": _yesterday, "before_yesterday": _before_yesterday,
    "tomorrow": _tomorrow, "after": _after, "eve": _eve, "tonight": _tonight, "week": _week, "month": read_month,
    "this_month": _this_month, "of_month": _of_this_month, "year": read_year, "bare_year": read_bare_year, "ago": _ago,
    "numeric": read_numeric,
})  # fmt: skip
