"""Who is meant by a name in a question: USA, أميركا, Russia, Lavrov, الرئيس الروسي → a code, or an actor by its key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from mahdar.arabic.fold import fold_word
from mahdar.errors import QuestionError
from mahdar.lexicon.model import Lexicon
from mahdar.record import ISSUES
from mahdar.register.identity import Identity, Rulings
from mahdar.register.memo import Memo

_CODE = re.compile(r"[A-Z]{2,8}|OTHER:.+")
# What a name can be, the likeliest first: a capital stands for its state only where nothing else is called so.
_ORDER: Final = (("state", "organisation", "group"), ("capital", "seat", "adjective", "people", "institution"), ("person",), ("short",), ("weakshort", "weak"))
_PERSONS: Final = frozenset(("person", "short", "weakshort", "weak"))
_SHOWN = 8
# What people call states whose entry in the lexicon has another English name.
_ALSO: Final = {
    "uk": "GBR", "britain": "GBR", "great britain": "GBR", "england": "GBR", "us": "USA", "u.s.": "USA", "america": "USA", "uae": "ARE", "emirates": "ARE",
    "ksa": "SAU", "burma": "MMR", "holland": "NLD",
}  # fmt: skip


_UNASKABLE: Final = re.compile("[\0\ud800-\udfff]")


def check_words(name: str, words: str | None) -> None:
    """Refuse what no database can be asked for: half a character (of an argument that is not UTF-8), and NUL."""
    if words is not None and _UNASKABLE.search(words):
        raise QuestionError(f"{name} is {words!r}, which holds half a character or NUL; give it in UTF-8")


class Who(NamedTuple):
    """Whom a question is about: all who act for ``code``, or one ``person`` (or body without a code) by its key: see identity.py."""

    code: str | None = None
    person: str | None = None

    def __str__(self) -> str:
        return self.code or self.person or ""


class Names:
    """Looks names up. A code needs no lexicon; for anything else it is loaded, once. ``registered`` gives the keys of those whom the register
    knows by a name, or by a key; ``rulings`` what became of a key by hand."""

    def __init__(
        self, load: Callable[[], Lexicon], registered: Callable[[str], Sequence[str]] = lambda name: (), rulings: Callable[[], Rulings] = Rulings
    ) -> None:
        self._load = load
        self._registered = registered
        self._rulings = rulings
        self._lexicon: Lexicon | None = None
        self._latin: dict[str, set[Who]] | None = None
        self._identity: Identity | None = None

    def remember(self, memo: Memo) -> None:
        """From now on ask what was ruled by hand only where the register has changed since; without this it is asked for every name."""
        ask = self._rulings

        def remembered() -> Rulings:
            held = memo.here()
            if "rulings" not in held:
                held["rulings"] = ask()
            found: Rulings = held["rulings"]
            return found

        self._rulings = remembered

    @property
    def lexicon(self) -> Lexicon:
        if self._lexicon is None:
            self._lexicon = self._load()
        return self._lexicon

    def who(self, name: str, since: str | None = None, until: str | None = None) -> Who:
        """The state, body or person that a code, a key, an Arabic or an English name stands for; a post (الرئيس الروسي) its holder then."""
        name = " ".join(name.split())
        found = self._meant(name, since, until)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise QuestionError(f"{name!r} can be {_listed(found)}; give one of these")
        near = difflib.get_close_matches(name.casefold(), self._names(), n=3, cutoff=0.75)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; give a code (RUS, UN) or a name the lexicon knows (Russia, روسيا)"
        raise QuestionError(f"nobody called {name!r} is known{hint}")

    def known(self, name: str) -> Who | None:
        """The one that a name stands for; None where it is nobody's, or more than one's."""
        found = self._meant(name, None, None) if name.strip() else set()
        return next(iter(found)) if len(found) == 1 else None

    def _meant(self, name: str, since: str | None, until: str | None) -> set[Who]:
        check_words("a name", name)
        name = " ".join(name.split())
        if name.casefold() in _ALSO:
            return {Who(code=_ALSO[name.casefold()])}
        if _CODE.fullmatch(name):
            return {self._ruled(Who(code=name))}
        if not name:
            raise QuestionError("an actor's name is empty; give a code (RUS) or a name (Russia, روسيا)")
        if name[0] in "~?" or "/" in name:
            return {self._ruled(Who(person=name))}
        arabic = bool(re.search("[\u0600-\u06ff]", name))
        found = self._arabic(name) if arabic else self._by_latin(name)
        if not found and arabic:
            found = {Who(person=holder) for holder in self._holders(name, since, until)}
        if not found:
            found = {Who(person=key) for key in self._registered(name)}
        return {self._ruled(who) for who in found}

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys that a name can stand for where an actor itself is meant: a code's are those of the state or body that it is of."""
        who = self.who(name)
        if who.person is not None:
            return (who.person,)
        own = {entry.ref if entry.kind != "state" else str(entry.code) for entry in self.lexicon.entries if entry.code == who.code and entry.kind in _ORDER[0]}
        return tuple(sorted({self._rulings().merged(key)[0] for key in own}))

    def _ruled(self, who: Who) -> Who:
        """The same after merges by hand."""
        rulings = self._rulings()
        if not rulings:
            return who
        key, code = rulings.merged(str(who))
        return who if key == str(who) else Who(code=code) if code else Who(person=key)

    def _holders(self, name: str, since: str | None, until: str | None) -> set[str]:
        """Who held the post that a title names, from ``since`` to ``until``; only posts of one holder at a time have names so."""
        if self._identity is None:
            self._identity = Identity(self.lexicon)
        posts = self._identity.posts(name)
        return {p.person for p in posts if (until is None or p.start <= until + "~") and (since is None or not p.end or p.end >= since)}

    def subject(self, name: str, since: str | None = None, until: str | None = None) -> str | Who:
        """What a position is on: an issue, or somebody."""
        wanted = "-".join(name.casefold().split())
        if wanted in ISSUES:
            return wanted
        try:
            return self.who(name, since, until)
        except QuestionError as error:
            near = difflib.get_close_matches(wanted, ISSUES, n=1, cutoff=0.6)
            known = near[0] if near else ", ".join(ISSUES)
            raise QuestionError(f"{name!r} is no issue ({'did you mean ' + known + '?' if near else 'they are ' + known}) and no actor: {error}") from None

    def _arabic(self, name: str) -> set[Who]:
        first, _, rest = fold_word(name).partition(" ")
        words = tuple(fold_word(name).split())
        found: dict[str, set[Who]] = {}
        for phrase, ids in self.lexicon.names.get(first, {}).get(rest.partition(" ")[0], ()):
            if (first, *phrase) == words:
                for number in ids:
                    entry = self.lexicon.entries[number]
                    who = Who(person=entry.ref) if entry.kind in _PERSONS else Who(code=entry.code)
                    if who != Who():
                        found.setdefault(entry.kind, set()).add(who)
        return next((tied for kinds in _ORDER if (tied := set().union(*(found.get(kind, set()) for kind in kinds)))), set())

    def _by_latin(self, name: str) -> set[Who]:
        return self._names().get(name.casefold(), set())

    def _names(self) -> dict[str, set[Who]]:
        """Names in Latin letters: codes and ids, English names, and family names of those who have no fuller match."""
        if self._latin is None:
            full: dict[str, set[Who]] = {}
            family: dict[str, set[Who]] = {}
            for name, who in self._all():
                full.setdefault(name.casefold(), set()).add(who)
                if who.person and " " in name:
                    family.setdefault(name.casefold().rpartition(" ")[2].removeprefix("al-"), set()).add(who)
            for name, people in full.items():
                states = {who for who in people if who.code}
                family[name] = states or people
            self._latin = family
        return self._latin

    def _all(self) -> Iterator[tuple[str, Who]]:
        for entry in self.lexicon.entries:
            if entry.kind in _PERSONS:
                yield entry.en, Who(person=entry.ref)
                yield entry.ref, Who(person=entry.ref)
            elif entry.kind in ("state", "organisation", "group") and entry.code:
                yield entry.en, Who(code=entry.code)
                yield entry.code, Who(code=entry.code)


def _listed(found: set[Who]) -> str:
    names = sorted(map(str, found))
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
