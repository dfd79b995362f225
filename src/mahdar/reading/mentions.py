"""Finding who is named: states, bodies, groups and persons, listed or not, with the phrase that describes them.

The pattern that names everybody in Arabic news is role + nationality + name (وزير الخارجية البريطاني فيليب هاموند); the name may come
first (apposition), be missing (السفير الروسي), or be one the lexicon has never seen. Mentions here are local readings; who is who
across the article is decided in :mod:`mahdar.reading.reference`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mahdar.arabic.particles import FUNCTION_WORDS
from mahdar.arabic.tokens import WORD
from mahdar.lexicon.model import Entry, Lexicon
from mahdar.reading.described import MODIFIERS, BodyReader, RoleReader
from mahdar.reading.document import Document

_SKIP = frozenset(('"', "'", "-"))
_STATES = frozenset(("state", "capital", "seat"))
_BODIES = frozenset(("organisation", "group", "media"))
_QUANTITIES = frozenset("الاف مءات مئات ميات عشرات ملايين عشرات حشود جموع".split())
_RULERS = frozenset(("head_of_state", "head_of_government", "monarch", "crown_prince", "foreign_minister", "minister", "defence_minister"))
_PERSON_TITLES = frozenset(("اركان", "حرب", "ركن", "اول", "دكتور"))


class Match(NamedTuple):
    """A lexicon phrase at tokens ``[first, last)``, with the proclitics glued to its first word."""

    first: int
    last: int
    entries: tuple[int, ...]
    prefix: str


@dataclass(slots=True, eq=False)
class Mention:
    """One mention: tokens ``[first, last)``; ``sort`` says by which pattern it was found.

    ``codes`` holds the nationalities of a dual or plural (الوزيران الروسي والأمريكي); ``name`` the tokens of the proper name.
    """

    first: int
    last: int
    kind: str
    sort: str
    code: str | None = None
    role: str | None = None
    ref: str | None = None
    name: tuple[int, int] | None = None
    gender: str = ""
    number: str = "s"
    prefix: str = ""
    codes: tuple[str, ...] = ()
    definite: bool = True
    vague: bool = False
    former: bool = False
    home: bool = False
    en: str = ""
    entity: int = -1
    anchor: int = -1


class MentionFinder:
    """Finds the mentions of one document, sentence by sentence."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.doc = document
        self.lexicon = lexicon
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self._matches: dict[int, Match | None] = {}
        self._ali: bool | None = None
        self.places: dict[int, list[tuple[int, str, Match]]] = {}  # what timeplace finds, by sentence

    # -- lexicon phrases -------------------------------------------------------------------------------------------------------

    def match(self, i: int) -> Match | None:
        """The longest lexicon phrase that starts at token ``i``."""
        word = self.words[i] if 0 <= i < len(self.words) else None
        if word is None or not word.starts:
            return None
        if i in self._matches:
            return self._matches[i]
        best: Match | None = None
        following = self._next_form(i + 1)
        for prefix, stem in word.starts:
            by_next = self.lexicon.names[stem]
            for rest, ids in (*by_next.get(following, ()), *by_next.get("", ())):
                end = self._follow(i + 1, rest)
                if end and (best is None or end > best.last):
                    best = Match(i, end, ids, prefix)
                    break
        self._matches[i] = best
        return best

    def _next_form(self, i: int) -> str:
        forms = self.forms
        while i < len(forms) and forms[i] in _SKIP:
            i += 1
        return forms[i] if i < len(forms) else "\n"

    def _follow(self, i: int, rest: tuple[str, ...]) -> int:
        forms = self.forms
        for word in rest:
            while i < len(forms) and forms[i] in _SKIP:
                i += 1
            if i >= len(forms) or forms[i] != word:
                return 0
            i += 1
        return i

    def entry(self, match: Match | None, *kinds: str) -> Entry | None:
        """The first entry of a match with one of the given kinds."""
        if match is None:
            return None
        entries = self.lexicon.entries
        if len(match.entries) == 1:
            only = entries[match.entries[0]]
            return only if only.kind in kinds else None
        for kind in kinds:
            for index in match.entries:
                if entries[index].kind == kind:
                    return entries[index]
        return None

    # -- sentences -------------------------------------------------------------------------------------------------------------

    def sentence(self, first: int, last: int) -> list[Mention]:
        """The mentions of the tokens ``[first, last)``, left to right, not overlapping."""
        out: list[Mention] = []
        i = first
        words = self.words
        while i < last:
            word = words[i]
            if word is None or not (word.starts or word.named or self._may_begin(self.forms[i])):
                i += 1
                continue
            mention = self.phrase(i, last)
            if mention is None or mention.last <= i:
                i += 1
                continue
            if mention.sort != "not":
                out.append(mention)
            i = mention.last
        return out

    def _may_begin(self, form: str) -> bool:
        """A form no lexicon phrase starts with that may begin a mention all the same: عشرات, عبد (الله), وفاطمة, لعبد (الله)."""
        lexicon = self.lexicon
        if form in lexicon.given_heads:
            return True
        return form[0] in "وفلب" and (form[1:] in lexicon.given or form[1:] in lexicon.given_heads or form.lstrip("وف") in _QUANTITIES)

    def phrase(self, i: int, limit: int) -> Mention | None:
        """The mention that starts at token ``i``, if any."""
        if self.forms[i].lstrip("وف") in _QUANTITIES or self.forms[i] in _QUANTITIES:
            return self._crowd(i, limit)
        match = self.match(i)
        if match is not None and match.last <= limit:
            if self.entry(match, "not"):
                return Mention(i, match.last, "", "not")
            person = self.entry(match, "person", "short")
            if person is not None:
                return self._person(match, person, limit)
            role = self.entry(match, "role")
            if role is not None and not self._adjectival(match, role):
                described = self.role(match, role, limit)
                pair = self.entry(match, "pair")
                if pair is None or described.code is not None or described.codes or described.name is not None:
                    return described
                return self._reference(match, pair, limit)
            for kinds, build in _BUILDERS:
                entry = self.entry(match, *kinds)
                if entry is not None and entry.kind == "institution" and self._adjectival(match, entry):
                    continue
                if entry is not None:
                    found = build(self, match, entry, limit)
                    if found is not None:
                        return found
            weak = self.entry(match, "weak", "weakshort")
            if weak is not None:
                kind = "person" if weak.kind == "weakshort" else weak.role
                unlisted = self._unlisted(i, limit) if kind == "person" else None
                return unlisted or Mention(i, match.last, kind, weak.kind, weak.code, ref=weak.ref, prefix=match.prefix, en=weak.en, gender=weak.gender, name=(i, match.last))
        return self._unlisted(i, limit)

    def _adjectival(self, match: Match, role: Entry) -> bool:
        """الانتخابات البرلمانية، مؤتمر صحفي: a one-word "role" that agrees with the noun before it is its adjective."""
        form = self.forms[match.first]
        if "a" in role.flags.split("+")[0] and match.first and match.last - match.first == 1 and not match.prefix:
            noun = self.words[match.first - 1]
            return noun is not None and not noun.function and not (noun.verbs and not noun.nouns) and self.match(match.first - 1) is None
        if match.last - match.first > 1 or not form.startswith("ال") or not form.endswith(("يه", "ي")) or not match.first:
            return False
        before = self.forms[match.first - 1]
        return self.kinds[match.first - 1] == WORD and before.lstrip("وفبل").startswith(("ال", "ل")) and len(before) > 4 and before not in FUNCTION_WORDS and not self.words[match.first - 1].verbs  # type: ignore[union-attr]  # noqa: E501

    def _crowd(self, i: int, limit: int) -> Mention | None:
        """آلاف السوريين، عشرات من المتظاهرين: so many of a people."""
        j = i + 1
        while j < limit and self.forms[j] in ("من", "الاف", "المواطنين", "المتظاهرين", "العمال", "الشبان", "الاشخاص"):
            j += 1
        match = self.match(j) if j < limit else None
        entry = self.entry(match, "people", "adjective")
        if match is None or entry is None or match.prefix or "w" in entry.flags or entry.kind == "adjective" and entry.number != "p" and j == i + 1:
            return None
        prefix = self.forms[i][0] if self.forms[i] not in _QUANTITIES else ""
        return Mention(i, match.last, "state", "people", entry.code, ref=entry.code, prefix=prefix, number="p", gender="m", en=entry.en)

    # -- persons ---------------------------------------------------------------------------------------------------------------

    def _person(self, match: Match, entry: Entry, limit: int) -> Mention:
        last = match.last
        if entry.kind == "person" and self._another(match, limit):
            longer = self._unlisted(match.first, limit)
            if longer is not None and longer.name is not None and longer.name[1] > last:
                return longer
        if entry.kind != "person":
            longer = self._unlisted(match.first, limit)
            if longer is not None and longer.last > last:
                return longer
            following = self.words[last] if last < limit else None
            if following is not None and self.kinds[last] == WORD and self.forms[last] in self.lexicon.name_particles:
                last = self.name_end(match.first, limit)
        mention = Mention(
            match.first, max(last, match.last), "person", "name" if entry.kind == "person" else "short", entry.code, entry.role or None, entry.ref,
            (match.first, max(last, match.last)), entry.gender, "s", match.prefix, en=entry.en,
        )  # fmt: skip
        return self._apposition(mention, limit)

    def _another(self, match: Match, limit: int) -> bool:
        """يوسف أحمد الشرقاوي is not the listed يوسف أحمد: two given names with a family name behind them."""
        i = match.last
        if i - match.first != 2 or i >= limit or self.kinds[i] != WORD or not {self.forms[i - 2].removeprefix(match.prefix), self.forms[i - 1]} <= self.lexicon.given:
            return False
        form, word = self.forms[i], self.words[i]
        if word is None or word.function or not form.startswith("ال") or not self._name_like(i, first=False):
            return False
        return form in self.lexicon.family or word.common == 0 and not word.nouns or self.entry(self.match(i), "short", "weakshort") is not None

    def _apposition(self, mention: Mention, limit: int) -> Mention:
        """A role behind the name describes it: أحمد أبو الغيط، الأمين العام لجامعة الدول العربية."""
        i = mention.last
        comma = False
        while i < limit and self.forms[i] in ("،", ",", ")", "(", "-", '"'):
            comma = comma or self.forms[i] != '"'
            i += 1
        match = self.match(i) if i < limit else None
        role = self.entry(match, "role")
        if match is None or role is None or match.prefix:
            return mention
        described = self.role(match, role, limit, inner=True)
        if described.name is not None or described.number != "s":
            return mention
        if described.code is None and not (comma or mention.ref is None):
            return mention
        if mention.code and described.code and mention.code != described.code and mention.ref is not None:
            if not comma and not (described.role == "party_leader" and mention.role not in _RULERS):
                return mention  # استقبل عباس وزير الخارجية الفرنسي: two persons
            mention.sort = "role"
        mention.role = described.role
        mention.code = described.code or mention.code
        mention.former = described.former
        mention.last = described.last
        mention.home = described.home and mention.code is None
        return mention

    def _unlisted(self, i: int, limit: int) -> Mention | None:
        """A name the lexicon does not list: a given name with more of a name behind it."""
        word = self.words[i]
        if word is None:
            return None
        prefix = ""
        form = self.forms[i]
        given = self.lexicon.given
        if word.function and not self._is_ali(i):
            return None
        if form not in given and not self.given_pair(form, i):
            if len(form) > 3 and form[0] in "وبلف" and (form[1:] in given and word.common < 20 and self.lexicon.vocabulary.get(form[1:], 0) < 5 or self.given_pair(form[1:], i)):
                prefix = form[0]
            else:
                return None
        bare = form[len(prefix) :]
        named = bare in self.lexicon.ambiguous and word.common <= 40 and self.words_named(i + 1)
        end = self.name_end(i, limit, glued=bool(prefix) or named)
        if end - i < 2 or bare in self.lexicon.ambiguous and not self._sure_behind(i + 1):
            return None
        if word.verbs and bare in self.lexicon.ambiguous and not named and not self._is_ali(i):
            return None
        mention = Mention(i, end, "person", "unlisted", name=(i, end), gender="", prefix=prefix)
        return self._apposition(mention, limit)

    def given_pair(self, form: str, i: int) -> bool:
        """A given name of two words: عبد الفتاح, روح الله."""
        return form in self.lexicon.given_heads and i + 1 < len(self.forms) and f"{form} {self.forms[i + 1]}" in self.lexicon.given

    def _is_ali(self, i: int) -> bool:
        """علي the given name, not the preposition: this article writes the preposition with another letter (على)."""
        if self.forms[i] != "علي" or not self._raw_ali(i):
            return False
        if self._ali is None:
            raws = [self._raw_ali(j) for j, form in enumerate(self.forms) if form == "علي"]
            self._ali = raws.count(False) >= max(2, 2 * raws.count(True))
        return self._ali

    def _raw_ali(self, i: int) -> bool:
        return self.doc.article.text[self.doc.tokens.end[i] - 1] == "ي"

    def _sure_behind(self, i: int) -> bool:
        """Is what follows a given name that is also an everyday word (حسن، أمين) surely more of a name?"""
        form, word = self.forms[i], self.words[i]  # name_end went past i, so there is one
        if word is None or not self._name_like(i, first=not form.startswith("ال")):
            return False
        if form.startswith("ال"):
            return form in self.lexicon.family or word.common == 0 and not (word.nouns or word.verbs or word.participles or form.endswith("يه"))
        return word.named or not (word.nouns or word.verbs or word.participles or form.endswith("يه"))

    def name_end(self, i: int, limit: int, *, glued: bool = False) -> int:
        """Where the name that starts at ``i`` ends; ``i`` itself if none starts there. ``glued``: token ``i`` is a given name, perhaps with a proclitic."""
        j, count = i, 0
        if i + 1 < limit and (self.given_pair(self.forms[i], i) or glued and self.given_pair(self.forms[i][1:], i)):
            j, count = i + 2, 2
        elif glued:
            j, count = i + 1, 1
        while j < limit and count < 6:
            if self.forms[j] == "-" and count and j + 1 < limit and self.doc.tokens.start[j + 1] == self.doc.tokens.end[j] and self.kinds[j + 1] == WORD:
                j += 2
                continue
            if not self._name_like(j, first=count == 0) and not (count == 1 and self._closed_surname(j, limit)):
                break
            j += 1
            count += 1
        while j > i + 1 and self.forms[j - 1] in self.lexicon.name_particles and not self.words_named(j - 1):
            j -= 1
        return j

    def _closed_surname(self, i: int, limit: int) -> bool:
        """A family name that is also a noun (هاني خلاف،): one word between a given name and a comma or a bracket."""
        word, before = self.words[i], self.forms[i - 1]
        if word is None or word.function or word.verbs or word.prep or self.kinds[i] != WORD or self.forms[i].startswith("ال") or self.forms[i] in MODIFIERS:
            return False
        if before not in self.lexicon.given or before in self.lexicon.ambiguous or i + 1 >= limit or self.forms[i + 1] not in ("،", ",", "("):
            return False
        return not self.entry(self.match(i), "state", "adjective", "role", "organisation", "group", "institution", "title", "former", "media", "people", "cue", "act")

    def words_named(self, i: int) -> bool:
        word = self.words[i] if i < len(self.words) else None
        return word is not None and word.named

    def _name_like(self, i: int, *, first: bool) -> bool:
        """Could token ``i`` be (part of) a personal name?"""
        if i >= len(self.words) or self.kinds[i] != WORD:
            return False
        word = self.words[i]
        assert word is not None
        form = self.forms[i]
        if word.function:
            # علي is a name only inside one: behind a given name and before more of it; at its head where two sure names follow.
            if form != "علي":
                return form == "فان" and not first and self.words_named(i - 1) and self._surely_name(i + 1)
            if first:
                return self._is_ali(i) or self._surely_name(i + 1) and self._surely_name(i + 2) and not self.entry(self.match(i + 1), "person", "short")
            return self.words_named(i - 1) and (self._surely_name(i + 1) or self._is_ali(i))
        if form in self.lexicon.name_particles:
            return not first or i + 1 < len(self.words)
        if word.named:
            if form in self.lexicon.ambiguous and word.verbs:
                return not first and self.forms[i - 1] in self.lexicon.given  # الرئيس مرسي وعد
            return True
        if len(form) < 2 or word.function or form in MODIFIERS:
            return False
        match = self.match(i)
        if match is not None and self.entry(match, "person", "short", "weakshort"):
            return not match.prefix
        if match is not None and self.entry(match, "state", "adjective", "role", "organisation", "group", "institution", "capital", "title", "former", "media", "people", "seat", "cue", "pair"):  # noqa: E501
            return False
        if form.startswith("و") and (self.words_named_form(form[1:]) or form[1:] in self.lexicon.vocabulary):
            return False
        if word.verbs and (word.common > 3 or any(v.conj or v.reading.tense == "present" for v in word.verbs)):
            return False
        if word.prep and (first or word.nouns or form[1:] in self.lexicon.vocabulary) or form[0] == "و" and form.endswith(("ها", "هم")):
            return False  # لتثمين، لشعوب، ونوابها
        if form.endswith("ا") and self.lexicon.vocabulary.get(form[:-1], 0) > 5:
            return False  # مبعوثا
        if form.startswith("ال"):
            return not first and word.common < 60
        if word.nouns or word.participles:
            return word.common < 3
        return word.common < 12

    def _surely_name(self, i: int) -> bool:
        """A listed name, or a word no corpus and no lexicon knows."""
        word = self.words[i] if i < len(self.words) else None
        if word is None or word.function:
            return False
        return word.named and not word.form.startswith("ال") or word.common == 0 and not (word.nouns or word.verbs or word.participles or word.prep)

    def words_named_form(self, form: str) -> bool:
        return form in self.lexicon.given or form in self.lexicon.family or form in self.lexicon.names

    def _titled(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """A title in front of a name: السيد عمرو موسى."""
        i = self.skip_titles(match.last, limit)
        following = self.match(i) if i < limit else None
        person = self.entry(following, "person", "short", "weakshort")
        if following is not None and person is not None and not following.prefix:
            mention = self._person(following, person, limit)
        else:
            role = self.entry(following, "role")
            if following is not None and role is not None and not following.prefix and role.number == "s":
                mention = self.role(following, role, limit)
            else:
                end = self.name_end(i, limit)
                if end == i or (end - i == 1 and not self.words_named(i) and entry.number != "s"):
                    return None
                mention = self._apposition(Mention(i, end, "person", "unlisted", name=(i, end)), limit)
        mention.first, mention.prefix = match.first, match.prefix
        mention.gender = mention.gender or entry.gender
        return mention

    def skip_titles(self, i: int, limit: int) -> int:
        while i < limit:
            if self.forms[i] in (".", "/") or self.forms[i] in _PERSON_TITLES:
                i += 1
                continue
            match = self.match(i)
            if match is None or match.prefix or not self.entry(match, "title"):
                return i
            i = match.last
        return i

    # -- described persons -----------------------------------------------------------------------------------------------------

    def role(self, match: Match, entry: Entry, limit: int, *, inner: bool = False) -> Mention:
        """A role phrase with all that describes it, up to and including the name."""
        mention = Mention(
            match.first, match.last, "person", "role", entry.code, entry.role, gender=entry.gender, number=entry.number or "s", prefix=match.prefix,
            definite=self.forms[match.first].removeprefix(match.prefix).startswith(("ال", "ل")) or match.last - match.first > 1,
        )  # fmt: skip
        reader = RoleReader(self, mention, entry, limit, inner)
        reader.read(match.last)
        if "+" in entry.flags and mention.code not in entry.flags.split("+")[1:]:
            mention.role = "official"
        if entry.role == "journalist" and mention.code is None:
            mention.code = "MEDIA"
        if mention.code is None and mention.number == "s" and (mention.definite or reader.nested) and mention.ref is None:
            mention.home = True
        return mention

    # -- bodies ----------------------------------------------------------------------------------------------------------------

    def _state(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        if "w" in entry.flags and not match.prefix and match.first and self.forms[match.first - 1] not in FUNCTION_WORDS:
            return None
        adjective = self.entry(match, "adjective")
        if adjective is not None and not match.prefix and match.first and self._indefinite_noun(match.first - 1):
            return self._adjective(match, adjective, limit)
        return Mention(match.first, match.last, "state", entry.kind, entry.code, ref=entry.code, prefix=match.prefix, en=entry.en, gender="f")

    def _indefinite_noun(self, i: int) -> bool:
        """A noun with the alif of the accusative (مسؤولا) in front makes بريطانيا an adjective."""
        form = self.forms[i]
        return self.kinds[i] == WORD and form.endswith("ا") and not form.startswith("ال") and len(form) > 3 and form not in FUNCTION_WORDS and not self.match(i)

    def _class(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """A class of people with what tells which: متظاهرون سوريون, المسلحين المتشددين; the nationality is part of the name, not their state."""
        last, origin, state = match.last, "", None
        while last < limit:
            following = self.match(last)
            adjective = self.entry(following, "adjective")
            if following is not None and adjective is not None and not following.prefix:
                origin, state, last = origin or adjective.en, state or adjective.code, following.last
            elif self.forms[last] in MODIFIERS:
                last += 1
            else:
                break
        following = self.match(last + 1) if last + 1 < limit and self.forms[last] == "من" and state is None else None
        body = self.entry(following, "group", "organisation")
        if following is not None and body is not None and not following.prefix and "c" not in body.flags:
            return self._body(following, body, limit)  # مسلحين من تنظيم القاعدة
        land = self.entry(following, "state")
        if following is not None and land is not None and not following.prefix and "s" in entry.flags:
            origin, state, last = land.en, land.code, following.last  # لاجئين من جنوب السودان
        if state is None and "b" in entry.flags:
            return None
        if state is not None and len(state) == 3 and ("s" in entry.flags or state == "PSE"):
            return Mention(match.first, last, "state", "people", state, ref=state, prefix=match.prefix, number="p", gender="m", en=origin)
        code = f"{entry.code} ({origin})" if origin else entry.code
        en = f"{entry.en} ({origin})" if origin else entry.en
        return Mention(match.first, last, "group", "body", code, ref=f"{entry.ref} {origin}".rstrip(), prefix=match.prefix, en=en, number="p", gender="m")

    def _body(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        if "c" in entry.flags:
            return self._class(match, entry, limit)
        last = match.last
        while last < limit:
            following = self.match(last)
            adjective = self.entry(following, "adjective")
            if following is not None and adjective is not None and not following.prefix and "d" in adjective.flags:
                last = following.last
            elif self.forms[last] in ("الرسميه", "الحكوميه", "الرسمي", "الحكومي"):
                last += 1
            else:
                break
        kind = "organisation" if entry.kind == "media" else entry.kind
        return Mention(
            match.first, last, kind, "media" if entry.kind == "media" else "body", "MEDIA" if entry.kind == "media" else entry.code, ref=entry.ref,
            prefix=match.prefix, en=entry.en, vague="v" in entry.flags, number=entry.number or "s", gender="m" if entry.number == "p" else "f",
        )  # fmt: skip

    def institution(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """An organ with its nationality: الحكومة العراقية، سفارة روسيا في واشنطن، وزارة الري."""
        kind = entry.role
        mention = Mention(match.first, match.last, "organisation" if kind == "media" else kind, "institution", prefix=match.prefix, gender="f" if self.forms[match.first].endswith(("ه", "ات")) else "m", role=None)  # noqa: E501
        form = self.forms[match.first].removeprefix(match.prefix)
        mention.definite = form.startswith(("ال", "ل"))
        reader = BodyReader(self, mention, entry, limit)
        return reader.read(match.last)

    def _people(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        return Mention(match.first, match.last, "state", "people", entry.code, ref=entry.code, prefix=match.prefix, number="p", gender="m", en=entry.en)

    def _adjective(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        if "w" in entry.flags:
            return None
        plural = entry.number == "p" and entry.gender == "m"
        sort = "people" if plural and not self._noun_before(match.first) else "adjective"
        kind = {"bo": "organisation", "bg": "group"}.get(entry.flags.removeprefix("d"), "state")
        return Mention(match.first, match.last, kind, sort, entry.code, ref=entry.ref, prefix=match.prefix, number=entry.number, gender=entry.gender, en=entry.en)

    def _noun_before(self, i: int) -> bool:
        form = self.forms[i - 1] if i else ""
        return i > 0 and self.kinds[i - 1] == WORD and (form.startswith(("ال", "لل", "وال", "بال")) or form.endswith(("ين", "ون"))) and form not in FUNCTION_WORDS

    def _reference(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """الجانبان، نظيره الروسي …، بلاده: kept as references, resolved later."""
        mention = Mention(match.first, match.last, "person" if entry.kind == "counterpart" else "state", entry.kind, prefix=match.prefix, gender=entry.gender)
        if entry.kind == "counterpart":
            mention.number = "s"
            blank = Entry("role", "", None)
            RoleReader(self, mention, blank, limit, False).read(match.last)
            mention.sort = "counterpart"
        elif entry.kind == "pair":
            mention.number = "d"
            mention.codes = tuple(entry.flags.split())
            codes, last = self.coordinated(match.last, limit)
            if len(codes) > 1:
                mention.codes, mention.last = codes, last
        return mention

    def coordinated(self, i: int, limit: int) -> tuple[tuple[str, ...], int]:
        """Nationalities joined by و from token ``i``: الروسي والأمريكي، فرنسا وألمانيا وبريطانيا."""
        codes: list[str] = []
        last = i
        while i < limit:
            match = self.match(i)
            entry = self.entry(match, "adjective", "state", "capital")
            if match is None or entry is None or entry.code is None or (codes and match.prefix != "و" and self.forms[i - 1] not in ("،", ",")) or (not codes and match.prefix):
                break
            codes.append(entry.code)
            i = last = match.last
            if i < limit and self.forms[i] in ("،", ",") and self.entry(self.match(i + 1), "adjective", "state", "capital"):
                i += 1
        return tuple(codes), last


# How the phrases that are no persons become mentions, in the order they are tried.
_BUILDERS: tuple[tuple[tuple[str, ...], Callable[[MentionFinder, Match, Entry, int], Mention | None]], ...] = (
    (("title",), MentionFinder._titled),
    (("pair", "counterpart", "own"), MentionFinder._reference),
    (("state", "capital", "seat"), MentionFinder._state),
    (("organisation", "group", "media"), MentionFinder._body),
    (("institution",), MentionFinder.institution),
    (("people",), MentionFinder._people),
    (("adjective",), MentionFinder._adjective),
)
