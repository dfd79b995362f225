"""Calendar dates: days and months by name or number, in both calendars, and the years behind them.

The readers of :mod:`mahdar.reading.dates` for words that name a month, a year or a numeric date. A month without
a year is the latest one up to publication unless the wording or the verb that governs it points ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from mahdar.arabic.numbers import read_ordinal
from mahdar.arabic.tokens import NUMBER, PUNCT
from mahdar.reading import datewords as words
from mahdar.reading.datewords import DateWord, MonthName


class DateMention(NamedTuple):
    """A date in the text: half-open token range, ISO value or prefix (None when unresolved), and how it was read."""

    first: int
    last: int
    value: str | None
    precision: str
    relation: str
    rule: str


# What governs a bare date says of it: a verb of the future, of the present, of the past, one of the past right beside it (told);
# a plan that was (كان مقررا); nothing.
Look = Literal["future", "present", "past", "told", "open", "none"]


class Text(NamedTuple):
    """What the readers see: the tokens, the day of publication, and what the verb that governs a token says of its time."""

    form: list[str]
    kind: list[int]
    published: date | None
    look_at: Callable[[int], Look]

    def at(self, index: int) -> str:
        """The form at ``index``, or nothing outside the text."""
        return self.form[index] if 0 <= index < len(self.form) else ""

    def look(self, index: int) -> Look:
        """Where a bare date at ``index`` lies by the wording: words of planning close before it, or the verb that governs it."""
        for before in range(index - 1, max(index - 7, -1), -1):
            form = self.form[before]
            if self.kind[before] == PUNCT and form in ".،؛:" and not (form == "،" and before == index - 1):  # بعد إقالته، الثلاثاء، الوزير
                break
            if form in words.AHEAD:
                return "open" if self.form[before - 1].lstrip("وف") in ("كان", "كانت") else "future"  # كان مقررا الأربعاء
            if form in words.FOLLOWING and 1 < index - before <= 5 and self.form[before + 1] not in words.NO_DEED:
                return "past"  # (سيلتقيان) بعد محادثات الخميس: what was done before
            if form in words.LEADING and 1 < index - before <= 6 and self.form[before + 1] not in words.NO_DEED:
                return "present"  # (التقيا) قبل قمة الخميس
            if form == "منذ":
                return "past"
        return self.look_at(index)


class Tail(NamedTuple):
    """What follows a month: its year, or the adjective that points at one."""

    year: int | None
    relation: str
    last: int


def relation_of(word: str) -> str:
    """What an adjective behind a date says: past, future, current, or none."""
    if word in words.PAST:
        return "past"
    if word in words.FUTURE:
        return "future"
    return "current" if word in words.CURRENT else "none"


def worded(relation: str) -> str:
    return relation if relation in ("past", "future") else "none"


def pointed(text: Text, at: int) -> tuple[str, int, int, int]:
    """How the period noun at ``at`` is pointed at: relation, its shift in periods, first and last token."""
    first = at
    if text.at(at - 1) in ("هذا", "هذه", "وهذا", "لهذا", "بهذا"):
        return "current", 0, at - 1, at + 1
    after = text.at(at + 1)
    if after == "قبل" and text.at(at + 2) in words.PAST:
        return "past", -2, first, at + 3
    relation = relation_of(after)
    shift = {"past": -1, "future": 1}.get(relation, 0)
    return relation, shift, first, at + (1 if relation == "none" else 2)


def iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(published: date | None, shift: int) -> str | None:
    if published is None:
        return None
    count = published.year * 12 + published.month - 1 + shift
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _year_number(text: Text, at: int, low: int = 1900) -> int | None:
    """The four digits of a year at ``at``."""
    if 0 <= at < len(text.form) and text.kind[at] == NUMBER and len(text.form[at]) == 4 and text.form[at].isdecimal():
        year = int(text.form[at])
        return year if low <= year <= 2100 else None
    return None


def _day_number(text: Text, at: int) -> int | None:
    if at >= 0 and text.kind[at] == NUMBER and len(text.form[at]) <= 2 and text.form[at].isdecimal():
        day = int(text.form[at])
        return day if 1 <= day <= 31 else None
    return None


def day_before(text: Text, at: int) -> tuple[int | None, int, bool]:
    """The day of the month before token ``at`` (15، 5-7، الخامس من): day, its first token, whether days are a range."""
    end = at - 1 if text.at(at - 1) in ("من", "/", "-") else at
    day = _day_number(text, end - 1)
    if day is None:
        if text.at(end - 1) == ("اول" if end == at else "الفاتح"):
            return 1, end - 1, False
        ordinal = read_ordinal(text.form, end) if text.at(at - 1) == "من" else None
        if ordinal is None and text.at(at - 1) == "من":
            return _two_ordinals(text.form, end) or (None, at, False)
        if ordinal is None or text.at(ordinal[0] - 1) in words.NO_ORDINAL_DAY:
            return None, at, False
        return ordinal[1], ordinal[0], False
    first = end - 1
    earlier = _day_number(text, first - 2) if text.at(first - 1) in ("الي", "و", "-", "حتي") else None
    if earlier is not None and earlier < day:
        return earlier, first - 2, True
    return day, first - (text.at(first - 1) == "ال"), False


def _two_ordinals(form: list[str], end: int) -> tuple[int, int, bool] | None:
    """السادس والسابع, السادس والعشرين والسابع والعشرين before token ``end``: the first of two days, its first token."""
    for back in (1, 2):
        joined = form[end - back] if end > back else ""
        if joined.startswith("وال"):
            second, first = read_ordinal([joined[1:], *form[end - back + 1 : end]], back), read_ordinal(form, end - back)
            if second is not None and second[0] == 0 and first is not None and first[1] < second[1] and form[first[0] - 1] not in words.NO_ORDINAL_DAY:
                return first[1], first[0], True
    return None


def _tail(text: Text, at: int, low: int) -> Tail:
    """The year (from ``low`` on) or the adjective behind a month that ends before ``at``."""
    start = at + 1 if text.at(at) in ("/", "-") and _year_number(text, at + 1, low) else at
    year = _year_number(text, start, low)
    if year is not None and text.at(start + 1) not in words.COUNTED:
        return Tail(year, "none", start + 1 + (text.at(start + 1) in ("م", "ه", "هجري", "هجريه")))
    noun = at + 1 if text.at(at) == "من" else at
    if text.at(noun) in words.YEAR_NOUNS:
        year = _year_number(text, noun + 1)
        if year is not None:
            return Tail(year, "none", noun + 2)
        relation, shift, _, last = pointed(text, noun)
        if relation != "none" and text.published:
            return Tail(text.published.year + shift, relation, last)
    relation = "none" if text.at(at).endswith("ه") else relation_of(text.at(at))
    return Tail(None, relation, at + (relation != "none"))


def _shared(text: Text, at: int, tail: Tail) -> Tail:
    """``tail``, or for a first month of several the year behind the last (مارس وأبريل 2014)."""
    word = words.DATE_WORDS.get(text.at(at))
    if tail.year is not None or tail.relation != "none" or word is None or word.reader != "month" or not word.glued:
        return tail
    named = words.month_at(text.form, at, words.bare(text.form[at], word))
    if named is None:
        return tail
    other = _tail(text, _double(text, *named), 1800)
    return tail if other.year is None else Tail(other.year, other.relation, tail.last)


def _double(text: Text, month: MonthName, at: int) -> int:
    """The token behind a second name of the month (تشرين الأول/أكتوبر، أيار (مايو)), or ``at``."""
    start = at + 1 if text.at(at) in ("/", "(", "-") else at
    second = words.month_at(text.form, start, text.at(start))
    if second is None or second[0].hijri or second[0].number != month.number:
        return at
    return second[1] + (text.at(at) == "(" and text.at(second[1]) == ")")


def read_month(text: Text, at: int, word: DateWord) -> DateMention | None:
    named = words.month_at(text.form, at, words.bare(text.form[at], word))
    if named is None:
        return None
    month, end = named
    doubled = end if month.hijri else _double(text, month, end)
    start = at - 1 if text.at(at - 1) in ("شهر", "شهري", "وشهر", "لشهر", "بشهر") else at
    day, first, ranged = (None, start, False) if word.glued else day_before(text, start)
    tail = _tail(text, doubled, 1343 if month.hijri else 1800)
    tail = tail if month.hijri else _shared(text, doubled, tail)
    alone = tail.year is None and tail.relation == "none"
    if alone and (text.at(first - 1) in words.NAMED_AFTER_DATE or text.at(doubled) in words.NO_WEEKDAY_AFTER):
        return None
    if month.hijri:
        return _hijri(text, month.number, day, first, tail)
    if alone and month.number == 9 and day == 11:
        return None
    sure = not alone or day is not None or doubled > end or start < at
    in_it = text.at(at - 1) in words.IN and not word.glued
    if not sure and (month.needs == 2 or (month.needs == 1 and not in_it)):
        return None
    relation = worded(tail.relation)
    if day is None:
        value = _nearest_month(text, month.number, tail, at)
        return DateMention(first, tail.last, value, "month", relation, "date.month")
    value = _nearest_day(text, month.number, day, tail, first)
    rule = "date.full" if tail.year is not None else "date.day"
    return DateMention(first, tail.last, value, "range" if ranged else "day", relation, rule)


_PRESENT_MONTHS = 6  # تعقد الدول المانحة اجتماعا في سبتمبر: how far ahead a month behind a verb of the present may lie


def _nearest_month(text: Text, month: int, tail: Tail, at: int) -> str | None:
    year = tail.year
    if year is None and text.published:
        year, current = text.published.year, text.published.month
        if tail.relation == "past":
            year -= month >= current
        elif tail.relation == "future":
            year += month <= current
        elif tail.relation == "none":
            look, onward = text.look(at), (month - current) % 12
            near = 0 < onward <= (_PRESENT_MONTHS if look == "present" else 2)
            year += (month < current) if look == "future" or near and look not in ("past", "told") else -(month > current)
    return None if year is None else f"{year:04d}-{month:02d}"


def _nearest_day(text: Text, month: int, day: int, tail: Tail, at: int) -> str | None:
    year = tail.year
    if year is None and text.published:
        year, current = text.published.year, (text.published.month, text.published.day)
        if tail.relation == "past":
            year -= (month, day) >= current
        elif tail.relation == "future":
            year += (month, day) <= current
        elif tail.relation == "none":
            year += _year_shift(text, month, day, text.look(at))
    return None if year is None else iso_day(year, month, day)


def _year_shift(text: Text, month: int, day: int, look: Look) -> int:
    """Which year a day without one lies in: that of publication (0), the next or the last."""
    assert text.published is not None
    this = (month, day) >= (text.published.month, text.published.day)
    if look == "future":
        return 0 if this else 1
    for year in (0, 1):
        if look != "told" and _soon(text.published, year, month, day, 120 if look == "present" else 70):
            return year
    return -(this and (month, day) != (text.published.month, text.published.day))


def _hijri(text: Text, month: int, day: int | None, first: int, tail: Tail) -> DateMention | None:
    """A day of the Islamic calendar (12 رجب 1436هـ); months alone and persons called رجب are left alone."""
    if day is None or (tail.year is None and (month == 2 or text.at(tail.last) == "طيب")):
        return None
    if tail.year is not None and not 1343 <= tail.year <= 1500:
        return None
    value = _hijri_day(tail.year, month, day, text.published)
    return DateMention(first, tail.last, value, "day", worded(tail.relation), "date.hijri")


def _soon(published: date, shift: int, month: int, day: int, days: int) -> bool:
    """A day without a year that comes within ``days`` is announced, not remembered from last year."""
    value = iso_day(published.year + shift, month, day)
    return value is not None and 0 <= (date.fromisoformat(value) - published).days <= days


def _hijri_day(year: int | None, month: int, day: int, published: date | None) -> str | None:
    """The Gregorian day of a Hijri date; without a year the latest one up to publication."""
    from hijridate import Gregorian, Hijri  # imported only when a text has such a date

    try:
        if year is not None:
            return str(Hijri(year, month, day).to_gregorian().isoformat())
        if published is None:
            return None
        now = Gregorian(published.year, published.month, published.day).to_hijri()
        year = now.year - ((month, day) > (now.month, now.day))
        return str(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def read_numeric(text: Text, at: int, word: DateWord) -> DateMention | None:
    """2014/10/15، 15-10-2014, and 15/10 behind a word that announces a date."""
    if at == 0 or at + 1 >= len(text.form) or text.kind[at - 1] != NUMBER or text.kind[at + 1] != NUMBER:
        return None
    mark = text.form[at]
    if text.at(at + 2) == mark and at + 3 < len(text.form) and text.kind[at + 3] == NUMBER:
        value = _three_numbers(text, at)
        if value is None:
            return None
        last = at + 4 + (text.at(at + 4) == "م")
        return DateMention(at - 1, last, value, "day", "none", "date.numeric")
    day, month = _day_number(text, at - 1), _day_number(text, at + 1)
    announced = text.at(at - 2) in ("في", "يوم", "بتاريخ", "الموافق", "تاريخ") or (
        text.at(at - 2) in words.WEEKDAYS and at >= 2
    )
    if mark != "/" or day is None or month is None or month > 12 or not announced or text.at(at + 2) == mark:
        return None
    value = _nearest_day(text, month, day, Tail(None, "none", at + 2), at - 1)
    return DateMention(at - 1, at + 2, value, "day", "none", "date.numeric")


def _three_numbers(text: Text, at: int) -> str | None:
    """Year first or last; the day before the month, unless that gives no month."""
    head, tail = _year_number(text, at - 1), _year_number(text, at + 3)
    middle = _day_number(text, at + 1)
    other = _day_number(text, at + 3) if head else _day_number(text, at - 1)
    year = head or tail
    if year is None or middle is None or other is None:
        return None
    return iso_day(year, middle, other) if middle <= 12 else iso_day(year, other, middle)


def read_year(text: Text, at: int, word: DateWord) -> DateMention | None:
    noun = words.bare(text.form[at], word)
    year = _year_number(text, at + 1, 1000)
    if year is not None:
        last = at + 2
        if text.at(last) in ("ه", "هجري", "هجريه", "للهجره") or 1343 <= year <= 1500:
            last += text.at(last) in ("ه", "هجري", "هجريه", "للهجره")
            return DateMention(at, last, None, "year", "none", "date.hijri")
        second = _second_year(text, last) if noun in ("عامي", "سنتي") else None
        last = second or last + (text.at(last) == "م")
        return DateMention(at, last, str(year), "range" if second else "year", "none", "date.year")
    if noun not in ("العام", "السنه") or (noun == "العام" and text.at(at - 1) in words.NO_YEAR_BEFORE):
        return None
    relation, shift, first, last = pointed(text, at)
    if relation == "none":
        return None
    value = str(text.published.year + shift) if text.published else None
    return DateMention(first, last, value, "year", worded(relation), "date.year")


def _second_year(text: Text, at: int) -> int | None:
    """The token behind the second year of عامي 2011 و2013."""
    return at + 2 if text.at(at) in ("و", "-", "الي") and _year_number(text, at + 1) else None


def read_bare_year(text: Text, at: int, word: DateWord) -> DateMention | None:
    """في 2015; round numbers and counted things are left alone."""
    year, after = _year_number(text, at + 1), text.at(at + 2)
    if year is None or year % 100 == 0 or after in words.COUNTED or after.removesuffix("ا") in words.COUNTED or after in ("/", "-", "%"):
        return None
    second = _second_year(text, at + 2) if text.form[at].endswith("بين") else None  # بين 2011 و2015
    if second:
        return DateMention(at + 1, second, str(year), "range", "none", "date.year")
    return DateMention(at + 1, at + 2, str(year), "year", "none", "date.year")
