"""Article → Record: the stages in order, and the assembly of their findings into the frozen record."""

from __future__ import annotations

from mahdar.arabic.words import Analyser
from mahdar.lexicon.model import Lexicon
from mahdar.reading.body import find_body
from mahdar.reading.clauses import ClauseReader
from mahdar.reading.document import Document, split
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.romanise import romanise
from mahdar.reading.statements import Spoken, StatementReader
from mahdar.record import Actor, Article, Record, Span, Statement


class Reader:
    """Reads articles with one lexicon. Keep it: its word memory makes the second article faster than the first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.analyser = Analyser(lexicon)

    def read(self, article: Article) -> Record:
        """The record of one article. Pure: the same article and lexicon give the same record, on any machine."""
        body = find_body(article)
        document = split(article, self.analyser, body)
        cast = Cast(document, self.lexicon, home=None)
        dated: set[int] = set()
        clauses = ClauseReader(document, cast, dated)
        statements = StatementReader(document, cast, self.lexicon, clauses)
        spoken: list[Spoken] = []
        for number, sentence in enumerate(document.sentences):
            mentions = cast.by_sentence[number]
            found = clauses.sentence(sentence, mentions)
            spoken.extend(statements.sentence(number, sentence, mentions, found))
        return _Assembly(document, cast).record(spoken)


class _Assembly:
    """Numbers the entities that fill a slot and turns token ranges into raw spans."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.doc = document
        self.cast = cast
        self.ids: dict[int, str] = {}

    def id(self, entity: int) -> str | None:
        if entity < 0:
            return None
        return self.ids.setdefault(entity, f"a{len(self.ids) + 1}")

    def record(self, spoken: list[Spoken]) -> Record:
        doc = self.doc
        statements = tuple(
            Statement(self.id(s.speaker), s.mode, doc.span(*s.cue), doc.span(*s.content), self.id(s.via), s.rule)  # type: ignore[arg-type]
            for s in spoken
            if s.speaker >= 0
        )
        actors = tuple(self._actor(index, key) for index, key in self.ids.items())
        article = doc.article
        return Record(article.id, article.published, tuple(doc.body), actors, statements, (), (), article)

    def _actor(self, index: int, key: str) -> Actor:
        entity = self.cast.entities[index]
        spans = tuple(sorted({self._mention_span(m.name or (m.first, m.last), m.prefix, m.first) for m in entity.mentions}))
        name = self._name(entity)
        en, romanised = entity.en or None, False
        if en is None and entity.kind == "person" and entity.ref in self.cast.lexicon.people and entity.named:
            en = self.cast.lexicon.people[entity.ref].en
        if en is None:
            en, romanised = romanise(name), True
        code = entity.code
        if code == "OTHER" or (code is None and entity.kind in ("organisation", "group")):
            code = f"OTHER:{en}"
        return Actor(key, entity.kind, name, en, code, entity.role if entity.kind == "person" else None, spans, romanised, entity.ref)  # type: ignore[arg-type]

    def _mention_span(self, tokens: tuple[int, int], prefix: str, first: int) -> Span:
        span = self.doc.span(*tokens)
        if prefix and tokens[0] == first:
            return Span(min(span.start + len(prefix), span.end - 1), span.end)
        return span

    def _name(self, entity: Entity) -> str:
        span = self.doc.span(*entity.name)
        mention = next((m for m in entity.mentions if (m.name or (m.first, m.last))[0] == entity.name[0]), None)
        start = span.start
        if mention is not None and mention.prefix and mention.first == entity.name[0] and not self.doc.tokens.form[entity.name[0]].startswith(("لل", "ولل")):
            start += len(mention.prefix)
        return self.doc.article.text[start : span.end].strip('"«»“”()\'، ')
