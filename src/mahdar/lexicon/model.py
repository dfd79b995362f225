"""The compiled lexicon: what the data files say, in tables the reader can use at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One meaning of a name or phrase.

    ``kind`` is one of: state, capital, seat, adjective, people, organisation, group, media, person, short, weak, role, place, title,
    former, cue, not. ``ref`` is the id of the row (person id, body id, role value, cue id …).
    """

    kind: str
    ref: str
    code: str | None
    en: str = ""
    role: str = ""
    gender: str = ""
    number: str = ""
    flags: str = ""


# Acts that are told inside a state as much as between states: the police and those they arrest, a president and his minister have one code.
# In the annotated articles about a tenth of the events of COERCE, REQUEST, CONSULT and REJECT are of one state, a twentieth of ACCUSE and SUPPORT.
_DOMESTIC = frozenset(("ASSAULT", "COERCE", "PROTEST", "SANCTION", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN", "CONSULT"))


# Companions that stand for any word of a sort: a state, city or region; persons by their role, group or nationality.
PLACE, PEOPLE, PAIR = "<place>", "<people>", "<pair>"
FUTURE = "future"  # rows that count only where what they name shall not be


class Act(NamedTuple):
    """One act row: heads live in the form tables, this is the frame."""

    id: str
    type: str
    mode: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    with_words: frozenset[str]
    with_phrases: tuple[tuple[str, ...], ...]
    cue: bool
    takes: tuple[str, ...]
    mutual: bool
    status: str | None
    political: bool
    unless: frozenset[str]
    negated: str  # counts only when denied: of whatever time (true), or of what is to come ("future": لن يستقبل); empty elsewhere
    in_words: bool
    with_sorts: frozenset[str]  # of the companions, those that stand for a sort of word: PLACE, PEOPLE, PAIR
    phrase_heads: frozenset[str]  # the first words of ``with_phrases``, with and without ال
    until: frozenset[str] = frozenset()  # words past which no companion is looked for

    @property
    def domestic(self) -> bool:
        """May both of its parties be of one state?"""
        return self.type in _DOMESTIC and self.mode != "expel"


class Cue(NamedTuple):
    """A reporting verb or phrase and what introduces the words it reports."""

    id: str
    takes: tuple[str, ...]
    relay: bool


class VerbReading(NamedTuple):
    """One morphological reading of a verb form; ``lemma`` indexes the verb table."""

    lemma: int
    tense: str
    person: int
    gender: str
    number: str
    voice: str


_TENSES = {"pa": "past", "pr": "present"}
_VOICES = {"a": "active", "p": "passive", "j": "jussive"}


@lru_cache(maxsize=20_000)
def unpack(packed: str) -> tuple[VerbReading, ...]:
    """The readings of a verb form from their packed form: ``32pr3mpa`` is verb 32, present, third person, masculine, plural, active."""
    return tuple(VerbReading(int(r[:-6]), _TENSES[r[-6:-4]], int(r[-4]), r[-3], r[-2], _VOICES[r[-1]]) for r in packed.split())


class Post(NamedTuple):
    """A post a person holds between two dates (ISO; empty = open)."""

    person: str
    role: str
    code: str
    start: str
    end: str


class Person(NamedTuple):
    """A listed person; ``name`` is the first full form, folded words of the family name in ``short``."""

    id: str
    en: str
    name: str
    gender: str
    posts: tuple[Post, ...]


class Issue(NamedTuple):
    """An issue, the state it is bound to, the codes of those it is directed against, who hold no position on it, the acts by which one is
    plainly for it, and whether it is about one man."""

    id: str
    state: str | None
    against: frozenset[str]
    acts: tuple[str, ...] = ()
    figure: bool = False


ByNext = dict[str, list[tuple[tuple[str, ...], tuple[int, ...]]]]


class Phrases(Mapping[str, ByNext]):
    """Phrases by their first word, then by their second ('' for the first alone), longest first: the other words, and the entries they mean.

    A few hundred of the many thousand first words stand in an article: the rest of a row is unpacked when it is first asked for.
    """

    __slots__ = ("rows", "unpacked")

    def __init__(self, rows: dict[str, list[list[Any]]]) -> None:
        self.rows = rows
        self.unpacked: dict[str, ByNext] = {}  # what was asked for already, for those who ask all the time

    def __getitem__(self, first: str) -> ByNext:
        known = self.unpacked.get(first)
        if known is None:
            unpacked: ByNext = {}
            for rest, entries in self.rows[first]:
                unpacked.setdefault(rest[0] if rest else "", []).append((tuple(rest), tuple(entries)))
            known = self.unpacked[first] = unpacked
        return known

    def __contains__(self, first: object) -> bool:
        return first in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the reader knows. Built by :func:`mahdar.lexicon.load_lexicon`; never changed afterwards."""

    version: str
    entries: tuple[Entry, ...]
    names: Phrases
    verb_forms: dict[str, str]  # packed readings, see :func:`unpack`
    verb_forms_before_pronoun: dict[str, str]  # only where they differ from ``verb_forms``
    never_verbs: frozenset[str]
    noun_forms: dict[str, list[int]]
    participle_forms: dict[str, list[int]]
    lemmas: tuple[str, ...]
    acts: tuple[Act, ...]
    acts_by_lemma: dict[int, tuple[int, ...]]
    acts_by_noun: dict[int, tuple[int, ...]]
    cues: tuple[Cue, ...]
    cues_by_lemma: dict[int, tuple[int, ...]]
    cues_by_noun: dict[int, tuple[int, ...]]
    nouns: tuple[str, ...]
    people: dict[str, Person]
    posts: dict[str, tuple[Post, ...]]
    given: frozenset[str]
    given_heads: frozenset[str]
    ambiguous: frozenset[str]
    family: frozenset[str]
    name_particles: frozenset[str]
    vocabulary: dict[str, int]
    publishers: dict[str, str]
    states_of: dict[str, tuple[str, ...]]  # by the code of a loose set of states (the West): those of which it is said too
    body_seats: dict[str, tuple[str, str, str, str]]  # by the city a body sits in: its code, row and English name, and what the words for the city's land begin with
    crowds: dict[str, str]  # by the word for people of a trade or lot: what they are called in English
    guards: dict[str, frozenset[str]]
    figurative: dict[str, list[tuple[str, ...]]]
    idle: dict[str, list[tuple[str, ...]]]  # phrases none of whose words tells an act
    senses: dict[str, list[tuple[str, ...]]]  # by verb (past) or noun: what, right behind it or who does it, gives it another sense
    issues: tuple[Issue, ...]
    issue_phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, str]]]]
    attitude_lemmas: dict[int, str]
    attitude_words: dict[str, str]
    toward: dict[str, tuple[str, str]]
    gestures: frozenset[str]
    modal_lemmas: dict[int, str]
    modal_words: dict[str, str]
    state_names: dict[str, tuple[str, str]]

    def before_pronoun(self, form: str) -> str:
        """The packed readings of a verb form that an object pronoun follows."""
        own = self.verb_forms_before_pronoun.get(form)
        return self.verb_forms.get(form, "") if own is None else own
