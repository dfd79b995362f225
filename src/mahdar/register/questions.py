"""Questions to a register, in one vocabulary of filters.

    with Register("mahdar.db") as register:
        for event in register.events(between=("RUS", "USA"), type="CONSULT", since="2015-09"):
            print(event.day, event.text)

Each question gives an :class:`~mahdar.register.answers.Answer`: rows, newest first, that are fetched as they are asked for, so that memory
stays bounded however many there are; requests, commitments and changes come at once. Every row says in which article and at which span
its words stand. Actors and issues may be given as codes or by names the lexicon knows. ``limit`` ends an answer; ``after`` takes the
``cursor`` of a row to go on behind it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, TypedDict, TypeVar, Unpack

from sqlalchemy import Select, Table, select

from mahdar.arabic.fold import fold_word
from mahdar.errors import QuestionError
from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon
from mahdar.register import derived, fetch, find, library, rulings, search, tallies
from mahdar.register import semantic as semantic_
from mahdar.register.answers import ActorRow, Answer, ChangeRow, CommitmentRow, EventRow, Hit, OccurrenceRow, PairRow, PositionRow, RequestRow, Row, Side, StatementRow
from mahdar.register.connect import DEFAULT, HELD
from mahdar.register.filters import STANCES, STATUSES, Filters, make, refuse
from mahdar.register.identity import Ruling, Rulings
from mahdar.register.memo import Memo
from mahdar.register.names import Names, check_words
from mahdar.register.near import Near
from mahdar.register.reports import Report
from mahdar.register.schema import actor_names, actor_totals, events, positions, statements
from mahdar.register.schema import actors as actors_
from mahdar.register.store import Store
from mahdar.register.write import known_rulings

R = TypeVar("R", bound=Row)
_PAGE = 200


class Asked(TypedDict, total=False):
    """The filters. ``status`` of a position is its stance, of a request or commitment what came of it."""

    actor: str | None
    between: Sequence[str] | None
    type: str | Sequence[str] | None
    on: str | None
    since: str | date | None
    until: str | date | None
    source: str | None
    status: str | Sequence[str] | None
    limit: int | None
    after: str | None


class Register:
    """An existing register, to be asked. Threads may share it."""

    def __init__(self, url: str | os.PathLike[str] = DEFAULT, *, lexicon: Callable[[], Lexicon] | Lexicon = load_lexicon, held: int = HELD) -> None:
        """``url`` is a file or a PostgreSQL address; ``lexicon`` is looked at only where a name is given that is no code; the facts of ``held``
        articles are kept unpacked."""
        self.store = Store.open(url, held=held)
        self.names = Names((lambda: lexicon) if isinstance(lexicon, Lexicon) else lexicon, self._registered, self._rulings)
        self._source: derived.Source | None = None
        self._encodes: semantic_.Encoder | None = None
        self._vectors = Near(semantic_.MODEL)
        self._memo = Memo()

    def remember(self, mark: Callable[[], str]) -> None:
        """From now on look up small things that every question needs only where ``mark`` has changed: see :class:`mahdar.register.memo.Memo`."""
        self._memo = Memo(mark)
        self.names.remember(self._memo)
        self._source = None

    def prepare(self) -> None:
        """Load what the first questions would wait for, a second or two: names in Latin letters, and how texts are compared."""
        self.names.known("a")
        _ = self._derived().reader

    def close(self) -> None:
        self._vectors.close()
        self.store.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def events(self, **asked: Unpack[Asked]) -> Answer[EventRow]:
        """Who did what to or with whom. ``on`` is an issue the event is about, or to whom it was done."""
        filters = self._filters(asked)
        return self._items(EventRow, events, find.event_conditions(filters), filters, fetch.event_rows)

    def meetings(self, **asked: Unpack[Asked]) -> Answer[EventRow]:
        """Who met whom: visits, talks, calls and conferences, held, planned or denied as their ``status`` says."""
        filters = self._filters(asked)
        refuse("meetings", filters, "type")
        asked["type"] = "CONSULT"
        return self.events(**asked)

    def statements(self, **asked: Unpack[Asked]) -> Answer[StatementRow]:
        """Who said what. ``on``, ``type`` and ``between`` look at what was read from within the words said."""
        filters = self._filters(asked)
        refuse("statements", filters, "status")
        return self._items(StatementRow, statements, find.statement_conditions(filters), filters, fetch.statement_rows)

    def positions(self, **asked: Unpack[Asked]) -> Answer[PositionRow]:
        """Who holds what: on an issue, or toward somebody. ``status`` is the stance: support, oppose, conditional, undecided."""
        filters = self._filters(asked, STANCES)
        refuse("positions", filters, "type")
        return self._items(PositionRow, positions, find.position_conditions(filters), filters, fetch.position_rows)

    def pairs(self, **asked: Unpack[Asked]) -> Answer[PairRow]:
        """What two did with and to each other, month by month, newest first; of ``between``, or of ``actor`` with everybody."""
        filters = self._filters(asked)
        tallies.check_pairs(filters)
        return Answer(PairRow, self._limited(filters, partial(tallies.pairs, self._run, filters)))

    def pair_numbers(self, **asked: Unpack[Asked]) -> list[tuple[str, int, float, float, float]]:
        """Those of :meth:`pairs` between two without the words: month, events, scores of cooperation and of conflict, their mean."""
        filters = self._filters(asked)
        tallies.check_pairs(filters)
        return list(islice(tallies.pair_numbers(self._run, filters), filters.limit))

    def actors(self, **asked: Unpack[Asked]) -> Answer[ActorRow]:
        """Who is in the register, those in most articles first."""
        filters = self._filters(asked)
        refuse("actors", filters, "between", "type", "on", "status")
        return Answer(ActorRow, self._limited(filters, partial(tallies.actors, self._run, filters)))

    def search(self, words: str, *, semantic: bool = False, **asked: Unpack[Asked]) -> Answer[Hit]:
        """Articles that hold all the words, newest first, whatever is glued to them: ``"…"`` is a phrase, كلم* a beginning, -كلمة must not be there.

        ``semantic``: ``words`` are a question in any of 16 languages, and the answer those nearest to it in meaning, nearest first, 50 unless
        ``limit`` says otherwise. Vectors still missing are made first, which :meth:`vectorise` can do beforehand."""
        filters = self._filters(asked)
        if semantic:
            return Answer(Hit, partial(self._near, words, filters))
        question = search.parse(words)
        return Answer(Hit, self._limited(filters, partial(search.hits, self._run, self.store.engine.dialect.name, question, filters)))

    def vectorise(self) -> Iterator[int]:
        """Make what search by meaning compares, for articles that lack it; yields how many were done, some hundred at a time."""
        return semantic_.bring_up(self.store, self._encoder, self._vectors)

    def _near(self, words: str, filters: Filters) -> Iterator[Hit]:
        for _ in self.vectorise():
            pass
        return semantic_.hits(self.store, self._run, self._encoder(), self._vectors, words, filters)

    def _encoder(self) -> semantic_.Encoder:
        if self._encodes is None:
            self._encodes = semantic_.encoder()
        return self._encodes

    def occurrences(self, **asked: Unpack[Asked]) -> Answer[OccurrenceRow]:
        """Events in the world, each once however many reports tell of it, with what these disagree on. ``on`` is an issue or a party."""
        filters = self._filters(asked)
        return Answer(OccurrenceRow, lambda: derived.occurrence_rows(self._derived(), filters))

    def requests(self, **asked: Unpack[Asked]) -> Answer[RequestRow]:
        """Who asked what of whom, and what came of it, as the reports until ``until`` tell. ``status``: open, accepted, refused, conditional."""
        filters = self._filters(asked, derived.OUTCOMES)
        refuse("requests", filters, "type")
        return Answer(RequestRow, lambda: derived.request_rows(self._derived(), filters))

    def commitments(self, **asked: Unpack[Asked]) -> Answer[CommitmentRow]:
        """What was promised or announced, and what came of it, as the reports until ``until`` tell. ``status``: open, kept, dropped."""
        filters = self._filters(asked, derived.FATES)
        return Answer(CommitmentRow, lambda: derived.commitment_rows(self._derived(), filters))

    def changes(self, **asked: Unpack[Asked]) -> Answer[ChangeRow]:
        """Whose stance turned, on an issue or toward somebody, with the words before and after. ``status`` is the new stance."""
        filters = self._filters(asked, STANCES)
        refuse("changes", filters, "type")
        derived.refuse_people("changes", filters)
        return Answer(ChangeRow, lambda: derived.change_rows(self._derived(), filters))

    def stances(self, **asked: Unpack[Asked]) -> Answer[library.StanceRow]:
        """Where a state or body stood from when to when, on an issue or toward somebody, with the first and the latest words. ``status`` is the stance."""
        filters = self._filters(asked, STANCES)
        refuse("stances", filters, "type")
        derived.refuse_people("stances", filters)
        return Answer(library.StanceRow, lambda: library.stance_rows(self._derived(), filters))

    def stands_now(
        self, *, matters: Collection[str] | None = None, holders: Collection[str] | None = None, **asked: Unpack[Asked]
    ) -> Answer[library.StanceRow]:
        """Those of :meth:`stances` that nothing later contradicts; of ``matters`` (issues and codes) and ``holders`` (codes) only these."""
        filters = self._filters(asked, STANCES)
        return Answer(library.StanceRow, lambda: library.stance_rows(self._derived(), filters, current=True, matters=matters, holders=holders))

    def stretches(self, **asked: Unpack[Asked]) -> list[library.Stretch]:
        """Those of :meth:`stances` without their words, as a chart needs them."""
        return library.stretches(self._derived(), self._filters(asked, STANCES))

    def standing(self) -> dict[str, dict[str, int]]:
        """How many hold which stance now, for each issue."""
        with self._derived().reading() as connection:
            return library.standing(connection)

    def articles(self, **asked: Unpack[Asked]) -> Answer[library.ArticleRow]:
        """Which articles are stored, the latest first: those with ``actor``, or with an event that meets the other filters."""
        filters = self._filters(asked)
        return Answer(library.ArticleRow, self._limited(filters, partial(library.article_rows, self._run, filters)))

    def occurrence(self, key: str) -> OccurrenceRow | None:
        """The event in the world with this id; None where there is none."""
        check_words("the id", key)
        return library.one_occurrence(self._derived(), key)

    def partners(self, actor: str, *, most: int = 20, since: str | date | None = None, until: str | date | None = None) -> list[library.Partner]:
        """With whom a state or body has the most events."""
        filters = make(self.names, actor=actor, since=since, until=until)
        assert filters.actor is not None
        if filters.actor.code is None:
            raise QuestionError(f"partners are those of states and bodies; {actor!r} is a person, give a code")
        return library.partners(self._derived(), filters.actor.code, filters, most=most)

    def activity(self, mark: str = "", *, days: bool = False, since: str | date | None = None, until: str | date | None = None) -> dict[str, int]:
        """How many events in the world by month (or by day): of a code, a key, an issue or a type, or of all."""
        filters = make(self.names, since=since, until=until)
        return dict(library.activity(self._derived(), mark, filters, size=10 if days else 7))

    def called(self, *codes: str) -> dict[str, Side]:
        """What states, bodies and groups are called in Arabic and English; their codes where no name is known."""
        with self._derived().reading() as connection:
            sides = self._derived().sides(connection, codes)
        return {code: sides.one(code) for code in codes}

    def newest(self) -> str:
        """The day of the latest report; empty where none is dated."""
        with self.store.reading() as connection:
            return library.newest_day(connection)

    def brief(self, issue: str, *, since: str | date | None = None, until: str | date | None = None, camps: bool = True) -> derived.Page:
        """The state of coordination on an issue on one page, as the reports until ``until`` tell; ``since`` adds what changed from then on.

        Without ``camps`` it leaves out who is for the issue, against it, or undecided (:meth:`stands_now` tells all of that).
        """
        return derived.brief_page(self._derived(), derived.the_issue(issue), make(self.names, since=since, until=until), camps=camps)

    def article(self, key: str, *, version: int | None = None) -> Report | None:
        """A stored article with its record, in its current or the given version; None where it is not stored."""
        check_words("the key", key)
        return self.store.report(key, version=version)

    # ---------------------------------------------------------------------------------------- who is who

    def merge(self, actor: str, other: str, *, now: datetime | None = None) -> tuple[int, int]:
        """From now on ``other`` is ``actor``, in all articles stored or yet to come: the ruling's number, and how many articles changed."""
        into, key = self._one(actor), self._one(other)
        return self._make(Ruling(key, into, code=self._code(into)), now)

    def split(
        self, actor: str, *, article: str = "", name: str = "", into: str | None = None, now: datetime | None = None
    ) -> tuple[int, int]:
        """Under ``name``, or in ``article``, ``actor`` is somebody else: ``into``, or (without) one of whom nothing else is known."""
        check_words("article", article)
        check_words("name", name)
        if not article and not name:
            raise QuestionError("a split needs an article or a name by which to tell the two apart")
        key = self._one(actor)
        other = self._one(into) if into is not None else f"{key}/{' '.join(filter(None, (fold_word(name), article)))}"
        return self._make(Ruling(key, other, article, name, self._code(other) if into is not None else ""), now)

    def rulings(self) -> list[rulings.Judgement]:
        """The merges and splits made by hand."""
        with self.store.reading() as connection:
            return rulings.listed(connection)

    def undo(self, number: int) -> int:
        """Take a ruling back: how many articles changed."""
        return self.store.transact(lambda connection: rulings.undo(connection, number))

    def _make(self, ruling: Ruling, now: datetime | None) -> tuple[int, int]:
        made = (now or datetime.now(UTC)).isoformat(timespec="seconds").replace("+00:00", "Z")
        return self.store.transact(lambda connection: rulings.make(connection, ruling, now=made))

    def _one(self, name: str) -> str:
        """The key of one actor in the register."""
        keys = self.names.keys(name)
        with self.store.reading() as connection:
            found = connection.execute(select(actor_totals.c.key).where(actor_totals.c.key.in_(keys), actor_totals.c.code == "")).scalars().all()
        if len(found) > 1:
            raise QuestionError(f"{name!r} can be {', '.join(sorted(found))}; give one of these keys")
        if not found:
            raise QuestionError(f"{name!r} is nobody in this register; `mahdar actors` lists who is, with keys")
        return str(found[0])

    def _code(self, key: str) -> str:
        """What a state or body acts under, as most of its articles have it; persons act for others."""
        t, a = actor_totals.c, actors_.c
        with self.store.reading() as connection:
            if connection.execute(select(a.kind).where(a.key == key).limit(1)).scalar() == "person":
                return ""
            found = connection.execute(select(t.code).where(t.key == key, t.code != "").order_by(t.articles.desc(), t.code).limit(1)).scalar()
        return str(found or "")

    def _registered(self, name: str) -> Sequence[str]:
        """The keys of those whom articles call so, or whose key it is."""
        n = actor_names.c
        with self.store.reading() as connection:
            found = connection.execute(select(n.key).where((n.folded == fold_word(name).casefold()) | (n.key == name)).distinct().order_by(n.key))
            return list(found.scalars())

    def _rulings(self) -> Rulings:
        with self.store.reading() as connection:
            return known_rulings(connection)

    # ------------------------------------------------------------------------------------------------

    def _derived(self) -> derived.Source:
        """What derived questions need of the lexicon, made at the first of them."""
        if self._source is None:
            self._source = derived.Source(self.store, lambda: self.names.lexicon, self._memo)
        return self._source

    def _filters(self, asked: Asked, statuses: Sequence[str] = STATUSES) -> Filters:
        return make(self.names, **asked, statuses=statuses)

    def _items(
        self,
        kind: type[R],
        table: Table,
        conditions: Sequence[find.Condition],
        filters: Filters,
        rows: Callable[[fetch.Run, Sequence[find.Key]], list[R]],
    ) -> Answer[R]:
        size = _PAGE if filters.limit is None else max(1, min(_PAGE, filters.limit))

        def ask() -> Iterator[R]:
            for keys in find.pages(self._run, table, conditions, filters, size=size):
                yield from rows(self._run, keys)

        return Answer(kind, self._limited(filters, ask))

    def _limited(self, filters: Filters, ask: Callable[[], Iterator[R]]) -> Callable[[], Iterator[R]]:
        return lambda: islice(ask(), filters.limit)

    def _run(self, query: Select[Any], given: Mapping[str, Any] | None = None, /) -> Sequence[Any]:
        """The rows of one query. A page is short, so that no connection is kept between pages."""
        with self.store.reading() as connection:
            return connection.execute(query, given).all()
