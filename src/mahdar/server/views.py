"""What each page shows, gathered from the register's questions as plain values for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from mahdar.record import ISSUES, Record, Span
from mahdar.register.answers import Hit, Party
from mahdar.register.brief import headline
from mahdar.register.derived import Page, last_day
from mahdar.register.library import Stretch
from mahdar.register.lines import Line
from mahdar.register.names import Who
from mahdar.register.questions import Register
from mahdar.register.wording import ISSUE_NAMES
from mahdar.server import marking
from mahdar.server.look import Speech, link

SHOWN: Final = 30
FEW: Final = 8
_CAMPS: Final = {"in_favour": ("support",), "against": ("oppose",), "guarded": ("conditional", "undecided")}
_TABLE: Final = 120  # rows of the table beside a chart; its CSV has all
_SAYING: Final = 2  # quotations a line of a brief shows of those that say the same
_WINDOW: Final = 730  # days of the timeline on the first page
Given = Mapping[str, str]
Shown = dict[str, Any]


def filters(given: Given, *names: str) -> dict[str, Any]:
    """What of a query narrows a question down: empty fields are none."""
    return {name: given[name].strip() for name in names if given.get(name, "").strip()}


def paged(register: Register, name: str, limit: int, *words: str, **asked: Any) -> tuple[list[Any], str | None]:
    """The first rows of a question, and the cursor behind them where there are more."""
    rows = getattr(register, name)(*words, limit=limit + 1, **asked).rows()
    return rows[:limit], rows[limit - 1].cursor if len(rows) > limit else None



# ---------------------------------------------------------------------------------------------------- today


def today(register: Register, given: Given) -> Shown:
    """Occurrences by day, changes, requests; narrowed down by actor, issue and dates. Without dates it ends with the latest report."""
    newest = register.newest()
    asked = filters(given, "actor", "on", "since", "until")
    happened = {**asked, "until": asked.get("until", newest)} if newest else asked
    if given.get("type"):
        happened["type"] = given["type"]
    rows, following = paged(register, "occurrences", SHOWN, after=given.get("after") or None, **happened)
    person = "actor" in asked and register.names.who(asked["actor"]).person is not None
    changes = [] if person else register.changes(limit=FEW, **asked).rows()
    requests = register.requests(limit=FEW, **asked).rows()
    mark = _mark(register, asked)
    since = asked.get("since") or _before(asked.get("until") or newest)
    return {
        "days": _by_day(rows), "next": following, "changes": changes, "requests": requests, "newest": newest, "given": given,
        "activity": register.activity(mark, since=since or None, until=happened.get("until")) if newest else {},
        "activity_data": link("/api/v1/activity", of=mark, since=since, until=happened.get("until")),
    }  # fmt: skip


def _mark(register: Register, asked: Mapping[str, str]) -> str:
    if "actor" in asked:
        return str(register.names.who(asked["actor"]))
    return str(register.names.subject(asked["on"])) if "on" in asked else ""


def _before(day: str) -> str:
    """The month in which a timeline begins that ends with a day, month or year."""
    try:
        return (date.fromisoformat(last_day(day)) - timedelta(days=_WINDOW)).isoformat()[:7]
    except ValueError:
        return ""


def _by_day(rows: Sequence[Any]) -> list[tuple[str | None, list[Any]]]:
    out: list[tuple[str | None, list[Any]]] = []
    for row in rows:
        if not out or out[-1][0] != row.day:
            out.append((row.day, []))
        out[-1][1].append(row)
    return out


# ---------------------------------------------------------------------------------------------------- actors


def actors(register: Register, given: Given) -> Shown:
    rows, following = paged(register, "actors", 60, after=given.get("after") or None, **filters(given, "since", "until", "source"))
    return {"rows": rows, "next": following, "given": given}


def actor(register: Register, key: str, speech: Speech) -> Shown | None:
    """Everything about one: None where the register has nobody of that key."""
    who = register.names.who(key)
    found = register.actors(actor=str(who), limit=9).rows()
    own = next((row for row in found if row.code == who.code and row.kind != "person"), None) if who.code else next(iter(found), None)
    if not found:
        return None
    code = who.code
    called = register.called(code)[code] if code else None
    held = register.positions(actor=str(who), limit=FEW).rows() if code is None else []
    since = _before(register.newest()) or None
    partners = register.partners(code, most=16, since=since) if code else []
    return {
        "who": who, "row": own, "side": called, "people": [row for row in found if row is not own] if code else [],
        "posts": _posts(register, who), "partners": partners, "since": since, "partner_data": link("/api/v1/partners", actor=code, limit=16, since=since),
        "partner_table": [(one.name_en if speech.lang == "en" else one.name, one.events, one.cooperation, one.conflict) for one in partners],
        "stances": _stances_of(register, code) if code else [], "held": held,
        "statements": register.statements(actor=str(who), limit=FEW).rows(), "occurrences": register.occurrences(actor=str(who), limit=FEW).rows(),
        "requests": register.requests(actor=str(who), limit=5).rows(), "changes": register.changes(actor=code, limit=5).rows() if code else [],
    }  # fmt: skip


def _stances_of(register: Register, code: str) -> list[Any]:
    """Where a state or body stands now: on issues in their order, then toward others, the latest first."""
    current = [one for one in register.stretches(actor=code) if one.current]
    toward = sorted((one for one in current if one.matter not in ISSUES), key=lambda one: (one.last, one.matter), reverse=True)[:FEW]
    order = [*ISSUES, *(one.matter for one in toward)]
    rows = register.stands_now(actor=code, matters=order)
    return sorted(rows, key=lambda row: order.index(row.issue or row.toward.code))


def _posts(register: Register, who: Who) -> list[dict[str, Any]]:
    """The posts of a person, or who held the posts of a state or body, the latest first."""
    lexicon = register.names.lexicon
    if who.person is not None:
        person = lexicon.people.get(who.person)
        posts = person.posts if person is not None else ()
    else:
        posts = tuple(post for person in lexicon.people.values() for post in person.posts if post.code == who.code)
    chosen = sorted(posts, key=lambda post: (post.end or "~", post.start), reverse=True)[:14]
    known = register.called(*{post.code for post in chosen})
    out = []
    for post in chosen:
        person = lexicon.people[post.person]
        out.append({"role": post.role, "of": known[post.code], "start": post.start, "end": post.end, "key": person.id, "en": person.en, "ar": person.name})
    return out


# ---------------------------------------------------------------------------------------------------- pairs


def pair(register: Register, a: str, b: str, given: Given) -> Shown:
    """What two did with and to each other."""
    asked = filters(given, "since", "until")
    first, second = register.names.who(a), register.names.who(b)
    between = (str(first), str(second))
    codes = first.code is not None and second.code is not None
    happened = register.occurrences(between=between, limit=5 * FEW, **asked).rows()  # and sorted here: by type the register walks far for a rare one
    months = register.pair_numbers(between=between, limit=60, **asked)
    return {
        "a": _called(register, first), "b": _called(register, second), "keys": between, "given": given,
        "months": months,
        "meetings": [row for row in happened if row.type == "CONSULT"][:FEW], "others": [row for row in happened if row.type != "CONSULT"][:FEW],
        "requests": register.requests(between=between, limit=FEW, **asked).rows(),
        "statements": register.statements(between=between, limit=FEW, **asked).rows() if codes else [],
        "stances": register.stances(between=between, limit=FEW, **asked).rows() if codes else [],
        "data": link("/api/v1/pairs", between=list(between), limit=60, **asked),
    }  # fmt: skip


def _called(register: Register, who: Who) -> dict[str, str]:
    if who.code is not None:
        side = register.called(who.code)[who.code]
        return {"key": side.code, "en": side.name_en, "ar": side.name}
    person = register.names.lexicon.people.get(str(who.person))
    if person is not None:
        return {"key": person.id, "en": person.en, "ar": person.name}
    row = next(iter(register.actors(actor=str(who.person), limit=1)), None)
    return {"key": str(who), "en": (row.name_en or row.name) if row else str(who), "ar": row.name if row else str(who)}


# ---------------------------------------------------------------------------------------------------- issues and stances


def issues(register: Register) -> Shown:
    """All issues with how many hold something on each."""
    return {"rows": [{"issue": issue, "counts": Counter(counts)} for issue, counts in register.standing().items()]}


def issue(register: Register, name: str, speech: Speech, given: Given) -> Shown:
    """The coordination brief as a page."""
    asked = filters(given, "since", "until")
    page = register.brief(name, **asked, camps=False)
    stretches = register.stretches(on=name, **filters(given, "until"))
    shown = ("failures", "blocks", "requests", "commitments", "cooperation", "meetings", "planned")
    return {
        "issue": name, "until": page.brief.until, "camps": _camps(register, name, stretches, filters(given, "until")), "given": given,
        "sections": [(section, [_line(page, line, speech) for line in page.section(section)]) for section in shown if page.section(section)],
        "changes": register.changes(on=name, limit=FEW, **asked).rows(), "data": link("/api/v1/stances", on=name, limit=2000, **filters(given, "until")),
        **stances_table(stretches, speech),
    }  # fmt: skip


def _camps(register: Register, name: str, stretches: Sequence[Stretch], asked: Shown) -> dict[str, tuple[list[Any], list[Stretch]]]:
    """Who is for an issue, against it, or neither: the first with their words, those told of last in front, and the rest by name."""
    now = sorted((one for one in stretches if one.current), key=lambda one: (one.last, one.sources), reverse=True)
    camps = {camp: [one for one in now if one.stance in stances] for camp, stances in _CAMPS.items()}
    shown = {one.holder.code for camp in camps.values() for one in camp[:FEW]}
    rows = {row.holder.code: row for row in register.stands_now(on=name, holders=shown, **asked)}
    return {camp: ([rows[one.holder.code] for one in held[:FEW]], held[FEW:]) for camp, held in camps.items()}


def _line(page: Page, line: Line, speech: Speech) -> Shown:
    return {
        "head": headline(line, speech.lang, page.names), "day": line.day, "place": line.place, "status": line.status, "sources": line.sources, "kind": line.kind,
        "quotes": page.words(line)[: None if line.kind == "opposed" else _SAYING], "under": [_line(page, under, speech) for under in line.under],
    }  # fmt: skip


def stances_table(stretches: Sequence[Any], speech: Speech) -> Shown:
    """What the chart of stances shows, as a table, and what its holders are called."""
    rows = [(speech.named(row.holder), speech.term("stance", row.stance), speech.day(row.day), speech.day(row.last)) for row in stretches[:_TABLE]]
    return {"chart": bool(rows), "chart_table": rows, "name_of": {row.holder.code: speech.named(row.holder) for row in stretches}}


def stand(register: Register, holder: str, on: str, speech: Speech) -> Shown:
    """Where one stands on one issue, or toward another: now, since when, by which words, and before."""
    who, matter = register.names.who(holder), register.names.subject(on)
    is_issue = isinstance(matter, str)
    rows = register.stances(actor=str(who), on=str(matter)).rows() if who.code is not None else []
    said = [] if not is_issue else register.statements(actor=str(who), on=str(matter), limit=FEW).rows()
    return {
        "holder": _called(register, who), "issue": matter if is_issue else None, "toward": None if isinstance(matter, str) else _called(register, matter),
        "now": next((row for row in rows if row.current), None), "rows": rows, "statements": said, "matter": str(matter),
        "held": register.positions(actor=str(who), on=str(matter), limit=FEW).rows(), "person": who.code is None,
        **stances_table(rows, speech),
        "data": link("/api/v1/stances", actor=str(who), on=str(matter)) if who.code else link("/api/v1/positions", actor=str(who), on=str(matter)),
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------- occurrence, article


def occurrence(register: Register, key: str) -> Shown | None:
    row = register.occurrence(key)
    if row is None:
        return None
    disputed = {on for on, _ in row.disagreements}
    reports: dict[str, list[Any]] = {}
    for quote in row.quotes:
        reports.setdefault(quote.article, []).append(quote)
    values = {value for on, told in row.disagreements if on in ("source", "target") for value, _ in told}
    return {"row": row, "reports": list(reports.values()), "disputed": disputed, "sides": register.called(*values)}


def article(record: Record, at: Span | None) -> Shown:
    """An article or a text just read: its pieces, and the record as cards."""
    assert record.article is not None
    known = {actor.id: n for n, actor in enumerate(record.actors)}
    return {
        "record": record, "given": record.article, "paragraphs": marking.pieces(record, record.article.text, at), "at": at,
        "number": known, "actors": {actor.id: actor for actor in record.actors},
    }  # fmt: skip


def articles(register: Register, given: Given) -> Shown:
    asked = filters(given, "actor", "on", "since", "until", "source")
    rows, following = paged(register, "articles", SHOWN, after=given.get("after") or None, **asked)
    return {"rows": rows, "next": following, "given": given}


# ---------------------------------------------------------------------------------------------------- search


def search(register: Register, given: Given) -> Shown:
    """Articles that hold the words, and what the words themselves name."""
    words = given.get("q", "").strip()
    asked = filters(given, "actor", "on", "since", "until", "source", "type")
    hits: list[Hit] = []
    following = None
    if words:
        hits, following = paged(register, "search", 12, words, after=given.get("after") or None, **asked)

    def facet(name: str, value: str) -> str:
        """The same search narrowed down to one value."""
        narrowed = {"since": value, "until": value} if name == "year" else {name: value}
        return link("", **{**{key: each for key, each in given.items() if key != "after"}, **narrowed})

    return {"facet": facet, "q": words, "hits": hits, "next": following, "ways": ways(register, words), "facets": _facets(hits), "given": given}


def _facets(hits: Sequence[Hit]) -> dict[str, list[tuple[str, Any, int]]]:
    """Among the articles found: publishers, years and who speaks or acts, the most frequent first: (value, who it is, how many)."""
    sources = Counter(hit.report.source for hit in hits if hit.report.source)
    years = Counter(hit.day[:4] for hit in hits if hit.day)
    people: Counter[str] = Counter()
    known: dict[str, Party] = {}
    for hit in hits:
        parties = [*(row.speaker for row in hit.statements if row.speaker), *(party for row in hit.events for party in (*row.who, *row.whom))]
        for party in {party.key: party for party in parties if not party.key.startswith("?")}.values():
            known[party.key] = party
            people[party.key] += 1
    return {
        "source": [(name, None, count) for name, count in sources.most_common(8)], "year": [(name, None, count) for name, count in years.most_common(8)],
        "actor": [(key, known[key], count) for key, count in people.most_common(8)],
    }  # fmt: skip


def ways(register: Register, words: str) -> list[Shown]:
    """Pages that the words of a search name: an actor, an issue, an actor on an issue, two actors."""
    tokens = words.replace('"', " ").split()
    if not tokens or len(tokens) > 8:
        return []
    found = _actors_in(register, tokens)
    named = [name for name in ISSUES if _names_issue(name, tokens)]
    out: list[Shown] = []
    for who in found[:2]:
        out += [{"kind": "stand", "who": _called(register, who), "issue": name} for name in named[:3]]
    if len(found) > 1:
        out.append({"kind": "pair", "who": _called(register, found[0]), "whom": _called(register, found[1])})
    out += [{"kind": "actor", "who": _called(register, who)} for who in found[:2]]
    return [*out, *({"kind": "issue", "issue": name} for name in named[:3])]


def _actors_in(register: Register, tokens: Sequence[str]) -> list[Who]:
    """Whom pieces of the words name, the longest first and from left to right."""
    found: list[Who] = []
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + 4), start, -1):
            who = register.names.known(" ".join(tokens[start:end]))
            if who is not None and who not in found and (len(tokens[start]) > 2 or end - start > 1):
                found.append(who)
                start = end - 1
                break
        start += 1
    return found


_EMPTY_WORDS: Final = frozenset("the in of a an on and for agreement support supplies output where does stand what is صلى في من على".split())


def _names_issue(name: str, tokens: Sequence[str]) -> bool:
    """Do the words name an issue: its id, or a telling word of its name?"""
    wanted = {token.casefold().strip("?؟.,'’") for token in tokens} - _EMPTY_WORDS
    own = {part.removesuffix("'s") for part in ISSUE_NAMES[name].en.casefold().split()} | set(name.split("-")) | set(ISSUE_NAMES[name].ar.split())
    wanted = {word.removesuffix("'s").removesuffix("’s") for word in wanted}
    return bool(wanted & (own - _EMPTY_WORDS))


def suggestions(register: Register, language: str) -> list[tuple[str, str]]:
    """Names for the field in which an actor is asked for: (name, code), those in most articles first."""
    rows = list(islice(register.actors(), 150))
    known = register.called(*{row.code for row in rows if row.kind != "person" and row.code})
    out = {}
    for row in rows:
        if row.kind != "person" and row.code:
            out[known[row.code].name if language == "ar" else known[row.code].name_en] = row.code
        else:
            out[row.name if language == "ar" else (row.name_en or row.name)] = row.key
    return list(out.items())
