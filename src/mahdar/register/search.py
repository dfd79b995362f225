"""Words → the articles that hold them, with the places in the text.

The index says which articles can answer, newest first; the article's own words then decide, so that what is shown is exactly what was
asked: a beginning (كلم*) is a beginning of the word as it stands, not of its stem. Words may stand anywhere in title or text unless they
are a phrase; what is glued to them and how they end does not matter (:mod:`mahdar.arabic.stem`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal, or_, select

from mahdar.arabic.fold import fold
from mahdar.arabic.stem import finder, stem, strip_front, terms, variants
from mahdar.errors import QuestionError
from mahdar.record import Span
from mahdar.register import fetch, find, words
from mahdar.register.answers import Hit, Origin, Passage
from mahdar.register.filters import Filters
from mahdar.register.find import Key
from mahdar.register.names import Who
from mahdar.register.schema import CURRENT, actors, articles, event_issues, events, named, positions, statements, versions

_PIECE = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_SHORTEST_BEGINNING: Final = 2
_ENDING: Final = 5  # letters that stemming may take off a word
_MOST_TERMS: Final = 24
_PAGE: Final = 20
_AROUND: Final = 90  # letters shown on either side of a word
_PASSAGES: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing looked for: words that follow each other, each by the stems it may have; or all words with one of the ``beginnings``."""

    stems: tuple[frozenset[str], ...]
    beginnings: tuple[str, ...] = ()
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    wanted: tuple[Wanted, ...]

    @property
    def sought(self) -> tuple[Wanted, ...]:
        return tuple(each for each in self.wanted if not each.unwanted)


def parse(given: str) -> Question:
    """The words of a question; raises :class:`QuestionError` where nothing is looked for."""
    wanted: list[Wanted] = []
    for piece in _PIECE.finditer(fold(given).text):
        phrase = piece["phrase"]
        asked = phrase if phrase is not None else piece["word"]
        found = terms(asked)
        if not found:
            continue
        unwanted = piece["not"] == "-"
        if phrase is None and asked.endswith("*") and len(found) == 1:
            wanted.append(Wanted((), _beginnings(found[0].form), unwanted))
        else:
            first, *rest = found
            wanted.append(Wanted((frozenset(variants(first.form)), *(frozenset((stem(term.form),)) for term in rest)), (), unwanted))
    if all(each.unwanted for each in wanted):
        raise QuestionError("search needs a word to look for" + ("; what must not be there is not enough" if wanted else ""))
    if len(wanted) > _MOST_TERMS:
        raise QuestionError(f"search takes {_MOST_TERMS} words and phrases at most, not {len(wanted)}")
    return Question(tuple(wanted))


def _beginnings(form: str) -> tuple[str, ...]:
    """How words meant by a beginning can begin: as given (واشن of واشنطن), without what is glued in front (المف, ومفا), or behind a preposition
    (بمفا). A short one is not varied so: too many words would begin with it."""
    if len(form) < _SHORTEST_BEGINNING:
        raise QuestionError(f"{form}*: a beginning needs {_SHORTEST_BEGINNING} letters or more")
    bare = strip_front(form, left=_SHORTEST_BEGINNING)
    glued = [letter + bare for letter in "بلك"] if len(bare) > _SHORTEST_BEGINNING + 1 else []
    return tuple(dict.fromkeys((bare, form, *glued)))


# ---------------------------------------------------------------------------------------------------- in the database's words


def for_sqlite(question: Question) -> str:
    """The question as FTS5 takes it."""
    parts = [" AND ".join(f"({_fts(each)})" for each in question.sought)]
    # Of a beginning the index knows only stems, which may be those of other words: the article itself is asked.
    parts += [f"({_fts(each)})" for each in question.wanted if each.unwanted and not each.beginnings]
    return " NOT ".join(parts)


def _fts(each: Wanted) -> str:
    if each.beginnings:
        return " OR ".join(piece for beginning in each.beginnings for piece in (f'"{beginning}" *', *(f'"{short}"' for short in _shorter(beginning))))
    heads, *rest = each.stems
    tail = " ".join(word for (word,) in rest)
    return " OR ".join(f'"{head} {tail}"' if tail else f'"{head}"' for head in sorted(heads))


def for_postgresql(question: Question) -> str:
    """The question as a tsquery; stems hold nothing that would need quoting."""
    parts = [f"({_ts(each)})" for each in question.sought]
    parts += [f"!({_ts(each)})" for each in question.wanted if each.unwanted and not each.beginnings]
    return " & ".join(parts)


def _ts(each: Wanted) -> str:
    if each.beginnings:
        return " | ".join(piece for beginning in each.beginnings for piece in (f"{beginning}:*", *_shorter(beginning)))
    return " <-> ".join(f"({' | '.join(sorted(heads))})" if len(heads) > 1 else next(iter(heads)) for heads in each.stems)


def _shorter(beginning: str) -> list[str]:
    """Stems of words with this beginning that are shorter than it: of مفاوضات, which begins with مفاوضا, only مفاوض is indexed."""
    return [beginning[:size] for size in range(max(3, len(beginning) - _ENDING), len(beginning))]


# ---------------------------------------------------------------------------------------------------- in the article


def places(question: Question, text: str) -> list[list[Span]]:
    """Where each of the words sought stands in a text, unwanted ones last and empty where all is well."""
    forms, where = finder(text)
    different = frozenset(forms)
    wanted = (*question.sought, *(each for each in question.wanted if each.unwanted))
    held = [_at(each, forms, different) for each in wanted]
    if not any(held):
        return [[] for _ in wanted]
    ends = [[(at, at + max(len(each.stems), 1) - 1) for at in found] for each, found in zip(wanted, held, strict=True)]
    spans = where({at for pairs in ends for pair in pairs for at in pair})
    return [[Span(spans[first].start, spans[last].end) for first, last in pairs] for pairs in ends]


def _at(each: Wanted, forms: Sequence[str], different: Iterable[str]) -> list[int]:
    """At which words of a text what is wanted begins. Stems and beginnings are pieces of their words, which is soon looked up."""
    if each.beginnings:
        hits = {form for form in different if any(piece in form for piece in each.beginnings) and strip_front(form).startswith(each.beginnings)}
        return [at for at, form in enumerate(forms) if form in hits] if hits else []
    first, *rest = each.stems
    hits = {form for form in different if any(piece in form for piece in first) and stem(form) in first}
    if not hits:
        return []
    last = len(forms) - len(rest)
    return [at for at, form in enumerate(forms) if form in hits and at < last and all(stem(forms[at + k]) in own for k, own in enumerate(rest, 1))]


@dataclass(frozen=True, slots=True)
class _Found:
    """An article that holds what is sought; ``spans`` by word sought."""

    doc: int
    day: str | None
    report: Origin
    text: str
    title: list[Span]
    spans: list[list[Span]]


def _answers(question: Question, doc: int, row: Any) -> _Found | None:
    title = places(question, row.report_title)
    body = places(question, row.text)
    sought = len(question.sought)
    there = [bool(a or b) for a, b in zip(title, body, strict=True)]
    if not all(there[:sought]) or any(there[sought:]):
        return None
    return _Found(doc, row.day, fetch.report(row), row.text, sorted({span for spans in title[:sought] for span in spans}), body[:sought])


# ---------------------------------------------------------------------------------------------------- the answer


def hits(run: fetch.Run, dialect: str, question: Question, filters: Filters) -> Iterator[Hit]:
    """Articles that answer, newest first."""
    query = words.matches(dialect, for_sqlite(question) if dialect == "sqlite" else for_postgresql(question)).where(*of_articles(filters))
    number = query.selected_columns.doc
    if filters.since is not None:
        query = query.where(number >= words.first_doc(filters.since))
    if filters.last is not None:
        query = query.where(number < words.doc_behind(str(filters.until)))
    before = None if filters.after is None else _number(filters.after)
    size = _PAGE if filters.limit is None else max(1, min(_PAGE, filters.limit))
    while True:
        page = (query if before is None else query.where(number < before)).order_by(number.desc()).limit(size)
        docs = [int(row.doc) for row in run(page)]
        if not docs:
            return
        found = [each for doc, row in _texts(run, docs) if (each := _answers(question, doc, row)) is not None]
        yield from _shown(run, found)
        before = docs[-1]


def _texts(run: fetch.Run, docs: Sequence[int]) -> list[tuple[int, Any]]:
    """The articles with their texts, in the order of ``docs``."""
    by_article = {words.article_of(number): number for number in docs}
    query = select(articles.c.id, articles.c.day, versions.c.text, *fetch.report_columns()).join_from(articles, versions, CURRENT)
    rows = {row.id: row for row in run(query.where(articles.c.id.in_(by_article)))}
    return [(number, rows[article]) for article, number in by_article.items() if article in rows]


def _shown(run: fetch.Run, found: list[_Found]) -> Iterator[Hit]:
    if not found:
        return
    ids = [words.article_of(each.doc) for each in found]
    s, e = statements.c, events.c
    said = _best(found, run(select(s.article, s.n, s.day, s.content_start.label("start"), s.content_end.label("end")).where(s.article.in_(ids))))
    done = _best(found, run(select(e.article, e.n, e.day, e.evidence_start.label("start"), e.evidence_end.label("end")).where(e.article.in_(ids))))
    statement_of = {(_article(row.cursor), row.n): row for row in fetch.statement_rows(run, said)} if said else {}
    event_of = {(_article(row.cursor), row.n): row for row in fetch.event_rows(run, done)} if done else {}
    for each, article in zip(found, ids, strict=True):
        matches = sorted({span for spans in each.spans for span in spans})
        yield Hit(
            report=each.report, day=each.day, matches=tuple(matches), in_title=tuple(each.title), passages=tuple(_passages(each, matches)),
            statements=_of(article, said, statement_of), events=_of(article, done, event_of), cursor=str(each.doc),
        )  # fmt: skip


def _of(article: int, keys: Sequence[Key], rows: dict[tuple[int, int], Any]) -> tuple[Any, ...]:
    return tuple(rows[key[1:]] for key in keys if key.article == article and key[1:] in rows)


def _article(cursor: str) -> int:
    return int(cursor.split(".")[1])


def _best(found: Sequence[_Found], items: Sequence[Any]) -> list[Key]:
    """Of each article's items those whose words hold the most of the words sought."""
    spans = {words.article_of(each.doc): each.spans for each in found}
    most: dict[int, int] = {}
    counted = []
    for item in items:
        count = sum(any(item.start <= span.start and span.end <= item.end for span in each) for each in spans[item.article])
        most[item.article] = max(most.get(item.article, 1), count)
        counted.append((count, item))
    return sorted((Key(item.day, item.article, item.n) for count, item in counted if count == most[item.article]), key=lambda key: key[1:])


def _passages(found: _Found, matches: Sequence[Span]) -> Iterator[Passage]:
    """The first pieces of the text with words sought: those that hold most of them first of all, cut at spaces."""
    pieces: list[list[Span]] = []
    for span in matches:
        if pieces and span.start - pieces[-1][-1].end <= _AROUND:
            if span.start >= pieces[-1][-1].end:  # a word inside a phrase found is marked with it
                pieces[-1].append(span)
        else:
            pieces.append([span])
    kinds = [sum(any(span in piece for span in each) for each in found.spans) for piece in pieces]
    chosen = sorted(sorted(range(len(pieces)), key=lambda k: (-kinds[k], k))[:_PASSAGES])
    for k in chosen:
        marks = pieces[k]
        start, end = _cut(found.text, marks[0].start, marks[-1].end)
        yield Passage(Span(start, end), found.text[start:end], tuple(marks))


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """The piece of a text around a place, no further than its line."""
    low = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    line_end = text.find("\n", end)
    high = min(len(text) if line_end < 0 else line_end, end + _AROUND)
    if low > 0 and text[low - 1] not in " \n":
        low = min(start, (text.find(" ", low, start) + 1) or start)
    if high < len(text) and text[high] not in " \n":
        high = max(end, text.rfind(" ", end, high))
    return low, high


def of_articles(filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of the article: that it has the actor, and one event that meets all the rest; or a position on the issue."""
    out: list[ColumnElement[bool]] = []
    if filters.source is not None:
        out.append(articles.c.source == filters.source)
    if filters.actor is not None:
        out.append(_names(filters.actor))
    if isinstance(filters.on, Who):
        out.append(_names(filters.on))
    e = named(events, "w")
    tests = [condition.test(e.c.article, e.c.n) for condition in find.event_conditions(_of_event(filters))]
    if isinstance(filters.on, str):
        i, p = event_issues.c, positions.c
        about = select(literal(1)).where(i.article == articles.c.id, func.coalesce(i.issue, "") == filters.on).exists()
        out.append(or_(about, select(literal(1)).where(p.article == articles.c.id, func.coalesce(p.issue, "") == filters.on).exists()))
    if tests:
        out.append(select(literal(1)).select_from(e).where(e.c.article == articles.c.id, *tests).exists())
    return out


def _of_event(filters: Filters) -> Filters:
    return Filters(between=filters.between, type=filters.type, status=filters.status)


def _names(who: Who) -> ColumnElement[bool]:
    a = actors.c
    test = a.code == who.code if who.code is not None else a.key == who.person
    return select(literal(1)).where(a.article == articles.c.id, test).exists()


def _number(cursor: str) -> int:
    if not cursor.isdigit():
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row")
    return int(cursor)
