"""Who is one actor across reports and spellings.

The key of an actor is a function of the actor alone (and of the report's date, for posts), so that no report changes another one's keys:
the lexicon's id where there is one; the holder of the post for a bare title (الرئيس الروسي); else the folded name with the code it acts for.
Rulings made by hand come last and win.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from mahdar.arabic.fold import fold_word
from mahdar.arabic.particles import FUNCTION_WORDS
from mahdar.errors import MahdarError
from mahdar.lexicon.model import Lexicon, Post
from mahdar.record import Actor
from mahdar.register.reports import Report

# Offices with one holder at a time, so that the bare title names a person.
_SINGLE: Final = frozenset(("head_of_state", "head_of_government", "monarch", "crown_prince", "foreign_minister", "defence_minister"))
# Meanings of words that make a title and no name: وزير الخارجية الروسي، الرئيس السوري.
_TITLE_KINDS: Final = frozenset(("role", "adjective", "title", "state", "capital", "seat", "institution", "organisation", "group", "media", "people", "place", "pair"))
_TITLE_WORDS: Final = frozenset("كبير الكبير رفيع رفيعه المستوي باسم مستوي جديد الجديد بارز مطلع حكومي رسمي رسميه كبار".split())
_FORMER: Final = frozenset("السابق سابق الاسبق السابقه سابقا الراحل المخلوع".split())
# States that write names in Arabic letters: a name is spelt one way there, and its long vowels tell persons apart (حسن، حسين).
_ARABIC_SCRIPT: Final = frozenset("SAU EGY YEM IRQ SYR LBN JOR PSE KWT BHR QAT ARE OMN LBY TUN DZA MAR SDN MRT SOM DJI COM IRN AFG PAK".split())
_COMMON_GIVEN: Final = frozenset("محمد احمد علي حسن حسين عبد الله محمود مصطفي ابراهيم خالد عمر يوسف جون ديفيد مايكل روبرت جورج جيمس بيتر".split())
_LIKE: Final = str.maketrans({"غ": "ج", "ط": "ت", "ث": "ت", "ذ": "ز", "ص": "س", "ض": "د", "ظ": "ز"})  # one foreign letter, two ways to write it


class Ruling(NamedTuple):
    """A judgement by hand. Merge: the actor ``key`` is the actor ``into``. Split: it is ``into`` only in ``report`` or under the ``name`` given.

    ``code`` is the one ``into`` acts under where it is a state or body.
    """

    key: str
    into: str
    report: str = ""
    name: str = ""
    code: str = ""

    @property
    def splits(self) -> bool:
        return bool(self.report or self.name)


class RulingError(MahdarError):
    """Rulings that lead in a circle, or that speak of nobody."""


@dataclass(frozen=True, slots=True)
class Who:
    """An actor across reports. ``person`` says that it is one human being; ``nameless`` that the report does not say which."""

    key: str
    code: str | None
    person: bool
    nameless: bool = False


class Rulings:
    """The judgements by hand together: whoever they speak of is sent on from ruling to ruling, splits before merges."""

    __slots__ = ("_merges", "_splits")

    def __init__(self, rulings: Iterable[Ruling] = ()) -> None:
        self._merges: dict[str, Ruling] = {}
        self._splits: dict[str, list[Ruling]] = {}
        for ruling in sorted(set(rulings)):
            if ruling.splits:
                self._splits.setdefault(ruling.key, []).append(ruling)
            else:
                self._merges[ruling.key] = ruling
        for key in self._merges:
            self._check(key)

    def __bool__(self) -> bool:
        return bool(self._merges or self._splits)

    @property
    def keys(self) -> list[str]:
        """Whom the rulings speak of."""
        return sorted({*self._merges, *self._splits})

    def speak_of(self, key: str) -> bool:
        """Can any ruling change who this is?"""
        return key in self._merges or key in self._splits

    def settled(self, who: Who, name: str, report: str) -> Who:
        """Who ``who`` is by the rulings, under this name in this report."""
        key, code, seen = who.key, who.code, {who.key}
        while (ruling := self._split(key, name, report) or self._merges.get(key)) is not None and ruling.into not in seen:
            key = ruling.into
            seen.add(key)
            code = (who.code or ruling.code or None) if who.person else ruling.code or code
        return who if key == who.key else Who(key, code, who.person)

    def merged(self, key: str) -> tuple[str, str]:
        """What a key has become by merges alone, with the code it acts under where a ruling says so."""
        code = ""
        while key in self._merges:
            key, code = self._merges[key].into, self._merges[key].code
        return key, code

    def _split(self, key: str, name: str, report: str) -> Ruling | None:
        for split in self._splits.get(key, ()):
            if (not split.report or split.report == report) and (not split.name or fold_word(split.name) == fold_word(name)):
                return split
        return None

    def _check(self, key: str) -> None:
        seen = [key]
        while seen[-1] in self._merges:
            seen.append(self._merges[seen[-1]].into)
            if seen[-1] in seen[:-1]:
                raise RulingError(f"merges lead in a circle: {' -> '.join(seen)}; take one of them back")


class Identity:
    """Gives actors their keys. Made of a lexicon and the rulings by hand; the same actor always gets the same key."""

    __slots__ = ("_lexicon", "rulings")

    def __init__(self, lexicon: Lexicon, rulings: Iterable[Ruling] = ()) -> None:
        self._lexicon = lexicon
        self.rulings = Rulings(rulings)

    def ruled(self, rulings: Rulings) -> Identity:
        """The same with other rulings."""
        made = Identity(self._lexicon)
        made.rulings = rulings
        return made

    def states_of(self, code: str) -> tuple[str, ...]:
        """The states of which is said what is said of a loose set of them (the West); of all others none."""
        return self._lexicon.states_of.get(code, ())

    def of(self, report: Report, actor: Actor) -> Who:
        """Who ``actor`` of ``report`` is."""
        who = self._by_rule(report, actor)
        return self.rulings.settled(who, actor.name, report.key) if self.rulings else who

    def all(self, report: Report) -> dict[str, Who]:
        """Every actor of a report by its local id."""
        return {actor.id: self.of(report, actor) for actor in report.record.actors}

    def own(self, report: Report) -> dict[str, Who]:
        """Every actor of a report by its local id, as if nothing had been ruled by hand."""
        return {actor.id: self._by_rule(report, actor) for actor in report.record.actors}

    def _by_rule(self, report: Report, actor: Actor) -> Who:
        if actor.lexicon or actor.kind == "state" and actor.code:
            return by_name(actor)
        words = fold_word(actor.name).split()
        if actor.kind == "person" and self._title_only(words):
            holder = self._holder(actor, report.published) if _FORMER.isdisjoint(words) else ""
            if holder:
                return Who(holder, actor.code, True)
            return Who(f"?{actor.code or '-'}:{actor.role or 'other'}:{' '.join(words)}@{report.key}", actor.code, True, nameless=True)
        if actor.kind == "person" and (holder := self._holder(actor, report.published)) and self._shares_name(holder, words):
            return Who(holder, actor.code, True)  # the Iranian president محمد حسن روحاني is Rouhani, misnamed or not
        return by_name(actor)

    def posts(self, title: str) -> tuple[Post, ...]:
        """The tenures of the post that a bare title names: الرئيس الروسي, وزير الخارجية الأميركي; none where it is no such title."""
        words = fold_word(title).split()
        if not self._title_only(words) or not _FORMER.isdisjoint(words):
            return ()
        roles, codes = self._read_title(words)
        return tuple(p for role in sorted(roles & _SINGLE) for code in sorted(codes) for p in self._lexicon.posts.get(f"{role} {code}", ()))

    def _read_title(self, words: list[str]) -> tuple[set[str], set[str]]:
        """The roles and the codes that the longest names in a title can stand for, the first role found before all others."""
        roles: set[str] = set()
        codes: set[str] = set()
        i = 0
        while i < len(words):
            step = max(self._title_at(words, i), 1)
            phrases = {(head, *words[i + 1 : i + step]) for head in _forms(words[i])}
            found = [self._lexicon.entries[n] for phrase in phrases for n in self._entries(phrase)]
            roles = roles or {entry.role or entry.ref for entry in found if entry.kind == "role"}
            codes |= {entry.code for entry in found if entry.code and entry.kind in ("adjective", "state", "capital")}
            i += step
        return roles, codes

    def _entries(self, phrase: tuple[str, ...]) -> tuple[int, ...]:
        rows = self._lexicon.names.get(phrase[0], {}).values()
        return tuple(n for group in rows for rest, entries in group if tuple(phrase[1:]) == tuple(rest) for n in entries)

    def _holder(self, actor: Actor, published: str) -> str:
        """The person who held the office on the day, if it has one holder and the lexicon knows just one."""
        if actor.role not in _SINGLE or not actor.code or not published:
            return ""
        day = published[:10]
        posts = self._lexicon.posts.get(f"{actor.role} {actor.code}", ())
        holders = {p.person for p in posts if p.start <= day and (not p.end or p.end >= day)}
        return holders.pop() if len(holders) == 1 else ""

    def _shares_name(self, person: str, words: list[str]) -> bool:
        """Has a name a word of three letters or more in common with the person's, but for the commonest given names?"""
        known = self._lexicon.people.get(person)
        if known is None:
            return False
        own = {skeleton(w) for w in fold_word(known.name).split()}
        return any(skeleton(w) in own and (w not in self._lexicon.given or w not in _COMMON_GIVEN) for w in words if len(w) > 2)

    def _title_only(self, words: list[str]) -> bool:
        """Are all words of a name a title's, with no name of a person among them?"""
        i = 0
        while i < len(words):
            step = self._title_at(words, i)
            if not step:
                return False
            i += step
        return True

    def _title_at(self, words: list[str], i: int) -> int:
        """How many words from ``i`` on are part of a title; 0 if the word is none's."""
        word = words[i]
        if word in _TITLE_WORDS or word in _FORMER or word in FUNCTION_WORDS:
            return 1
        for head in _forms(word):
            best = 0
            for rows in self._lexicon.names.get(head, {}).values():
                for rest, entries in rows:
                    if tuple(words[i + 1 : i + 1 + len(rest)]) == rest and any(self._lexicon.entries[e].kind in _TITLE_KINDS for e in entries):
                        best = max(best, 1 + len(rest))
            if best:
                return best
        return 0


def by_name(actor: Actor) -> Who:
    """Who an actor is as far as it says itself: by the lexicon's id, or by its code and folded name."""
    person = actor.kind == "person"
    if actor.lexicon:
        return Who(actor.lexicon, actor.code, person)
    if actor.kind == "state" and actor.code:
        return Who(actor.code, actor.code, False)
    words = fold_word(actor.name).split()
    code = actor.code or "-"
    if code.startswith("OTHER:"):
        code = "-"  # what the name is of is not told by its own transliteration
    if not person:
        return Who(f"~{code}:{_bare(words)}", actor.code, False)
    name = " ".join(words if code in _ARABIC_SCRIPT or code == "-" else (skeleton(w) for w in words))
    role = f"{actor.role or 'other'}:" if len(words) < 2 else ""
    return Who(f"~{code}:{role}{name}", actor.code, True)


def nameless(key: str) -> bool:
    """Is it the key of somebody whom one report leaves without a name?"""
    return key.startswith("?")


def _forms(word: str) -> tuple[str, ...]:
    """The word with and without a glued preposition or article: بالخارجية is ب and الخارجية."""
    out = [word]
    if word[:1] in "بلكوف" and len(word) > 4:
        out.append(word[1:])
    if word.startswith("لل"):
        out.append("ال" + word[2:])
    if word.startswith("ال"):
        out.append(word[2:])
    return tuple(out)


def _bare(words: list[str]) -> str:
    """The name of a body without the article of its first word: التيار الصدري and تيار الصدر differ, الجبهة and جبهة do not."""
    return " ".join(w.removeprefix("ال") if i == 0 and len(w) > 4 else w for i, w in enumerate(words))


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """A foreign name without what newsrooms write in several ways: long vowels inside, doubled letters, emphatic for plain letters."""
    word = word.translate(_LIKE)
    inner = "".join(ch for ch in word[1:-1] if ch not in "اوي") if len(word) > 3 else word[1:-1]
    last = "" if word[-1:] in "اهي" and len(word) > 3 else word[-1:]
    flat = word[:1] + inner + last
    return "".join(ch for i, ch in enumerate(flat) if i == 0 or ch != flat[i - 1])


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports together say of one actor; counts add up, so that parts of a register can be told one by one and joined."""

    key: str
    names: Mapping[str, int]
    codes: Mapping[str, int]
    roles: Mapping[str, int]
    kinds: Mapping[str, int]
    first: str
    last: str
    reports: int

    @property
    def name(self) -> str:
        """The most frequent spelling; of equals the longest, then the first in order."""
        return min(self.names, key=lambda n: (-self.names[n], -len(n), n))

    def joined(self, other: Known) -> Known:
        """The same actor of two disjoint sets of reports."""
        both = (dict(sorted((Counter(a) + Counter(b)).items())) for a, b in zip(self._counts(), other._counts(), strict=True))
        names, codes, roles, kinds = both
        first = min(filter(None, (self.first, other.first)), default="")
        return Known(self.key, names, codes, roles, kinds, first, max(self.last, other.last), self.reports + other.reports)

    def _counts(self) -> tuple[Mapping[str, int], ...]:
        return self.names, self.codes, self.roles, self.kinds


def directory(reports: Iterable[Report], identity: Identity) -> dict[str, Known]:
    """All actors of the reports under their keys; those a report leaves nameless are left out."""
    out: dict[str, Known] = {}
    for report in reports:
        for actor in report.record.actors:
            who = identity.of(report, actor)
            if who.nameless:
                continue
            day = report.published[:10]
            one = Known(
                who.key, {fold_word(actor.name): 1}, {actor.code: 1} if actor.code else {}, {actor.role: 1} if actor.role else {}, {actor.kind: 1}, day, day, 1
            )
            out[who.key] = out[who.key].joined(one) if who.key in out else one
    return {key: out[key] for key in sorted(out)}
