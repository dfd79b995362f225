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
from mahdar.arabic.tokens import LATIN, WORD
from mahdar.lexicon.model import Entry, Lexicon
from mahdar.reading.document import Document

_SKIP = frozenset(('"', "'", "-"))
_COMMAS = frozenset(("،", ",", "-"))
_STATES = frozenset(("state", "capital", "seat"))
_BODIES = frozenset(("organisation", "group", "media"))
# Words that may stand inside a described person or body without changing who it is.
_MODIFIERS = frozenset(
    "كبير كبار الكبير كبيره كبيرا رفيع رفيعه رفيعي رفيعو المستوي بارز بارزه بارزون بارزين البارز اخر اخري اخرون اخرين سابق سابقه سابقون العام العامه الدائم "
    "الداييم الدائمه الخاص الخاصه المعتمد الرسمي الرسميه رسمي رسميه رسميون رسميين التنفيذي التنفيذيه الاول الاولي الثاني الثانيه الثالث الاعلي العليا "
    "الوطني الوطنيه المحلي المحليه السياسي السياسيه سياسي سياسيه سياسيون سياسيين دبلوماسي دبلوماسيه دبلوماسيون دبلوماسيين الدبلوماسي الدبلوماسيه عسكري "
    "عسكريه عسكريون عسكريين العسكري العسكريه امني امنيه امنيون امنيين الامني الامنيه حكومي حكوميه حكوميون حكوميين مطلع مطلعه مسوول مسووله حزبي حزبيه "
    "قضائي قضائيه قضاييه قضايي محلي محليه طبي طبيه برلماني برلمانيه البرلماني البرلمانيه القضائي المؤقت الموقت المؤقته الموقته الانتقالي الانتقاليه المشترك المشتركه الجديد "
    "الجديده الحالي الحاليه المنتخب المكلف المقبل المستقيل الشرعيه الشرعي الاقليمي الاقليميه الدولي الدوليه دولي الفيدرالي الاتحادي الاتحاديه القومي القوميه "
    "المسلحه المسلح مسلحه مسلح مسلحون مسلحين المعارضه المعارض معارض معارضه معارضون معارضين الاسلامي الاسلاميه اسلاميون اسلاميين مقرب مقربه ملكي الملكي الملكيه "
    "موثوقه مقربون خاصه نافذ ميداني ميدانيه الشقيق الشقيقه الصديق الصديقه المتطرف المتشدد المتشدده الارهابي الارهابيه الانقلابيه الانقلابي المدعومه الحاكم الحاكمه بحريه جويه بريه برى".split()  # noqa: E501
)
_QUANTITIES = frozenset("الاف مءات مئات ميات عشرات ملايين عشرات حشود جموع".split())
_PLACE_PREPOSITIONS = frozenset(("في", "لدي", "الي"))
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
            if word is None or not (word.starts or word.named or self.forms[i].lstrip("وف") in _QUANTITIES):
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
                described = self._role(match, role, limit)
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
        if entry.kind == "short":
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
        described = self._role(match, role, limit, inner=True)
        if described.name is not None or described.number != "s":
            return mention
        if described.code is None and not (comma or mention.ref is None):
            return mention
        if mention.code and described.code and mention.code != described.code and mention.ref is not None:
            if not comma:
                return mention
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
        if word.function:
            return None
        if form not in given:
            if len(form) > 3 and form[0] in "وبلف" and form[1:] in given and word.common < 20:
                prefix = form[0]
            else:
                return None
        bare = form[len(prefix) :]
        end = self.name_end(i, limit)
        if end - i < 2 or (bare in self.lexicon.ambiguous and (self.forms[i + 1].startswith("ال") or not self._name_like(i + 1, first=True))):
            return None
        if word.verbs and bare in self.lexicon.ambiguous:
            return None
        mention = Mention(i, end, "person", "unlisted", name=(i, end), gender="", prefix=prefix)
        return self._apposition(mention, limit)

    def name_end(self, i: int, limit: int) -> int:
        """Where the name that starts at ``i`` ends; ``i`` itself if none starts there."""
        j, count = i, 0
        while j < limit and count < 6:
            if self.forms[j] == "-" and count and j + 1 < limit and self.doc.tokens.start[j + 1] == self.doc.tokens.end[j] and self.kinds[j + 1] == WORD:
                j += 2
                continue
            if not self._name_like(j, first=count == 0):
                break
            j += 1
            count += 1
        while j > i + 1 and self.forms[j - 1] in self.lexicon.name_particles and not self.words_named(j - 1):
            j -= 1
        return j

    def words_named(self, i: int) -> bool:
        word = self.words[i]
        return word is not None and word.named

    def _name_like(self, i: int, *, first: bool) -> bool:
        """Could token ``i`` be (part of) a personal name?"""
        if i >= len(self.words) or self.kinds[i] != WORD:
            return False
        word = self.words[i]
        assert word is not None
        form = self.forms[i]
        if word.function:
            # علي is a name only inside one: behind a given name and before more of it.
            return form == "علي" and not first and self.words_named(i - 1) and self._surely_name(i + 1)
        if form in self.lexicon.name_particles:
            return not first or i + 1 < len(self.words)
        if word.named:
            return not (first and form in self.lexicon.ambiguous and word.verbs)
        if len(form) < 2 or word.function or form in _MODIFIERS:
            return False
        match = self.match(i)
        if match is not None and self.entry(match, "person", "short", "weakshort"):
            return not match.prefix
        if match is not None and self.entry(match, "state", "adjective", "role", "organisation", "group", "institution", "capital", "title", "former", "media", "people", "seat", "cue", "pair"):  # noqa: E501
            return False
        if form.startswith("و") and (self.words_named_form(form[1:]) or form[1:] in self.lexicon.vocabulary):
            return False
        if word.verbs and (word.common > 3 or any(v.conj for v in word.verbs)):
            return False
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
        i = self._skip_titles(match.last, limit)
        following = self.match(i) if i < limit else None
        person = self.entry(following, "person", "short", "weakshort")
        if following is not None and person is not None and not following.prefix:
            mention = self._person(following, person, limit)
        else:
            role = self.entry(following, "role")
            if following is not None and role is not None and not following.prefix and role.number == "s":
                mention = self._role(following, role, limit)
            else:
                end = self.name_end(i, limit)
                if end == i or (end - i == 1 and not self.words_named(i) and entry.number != "s"):
                    return None
                mention = self._apposition(Mention(i, end, "person", "unlisted", name=(i, end)), limit)
        mention.first, mention.prefix = match.first, match.prefix
        mention.gender = mention.gender or entry.gender
        return mention

    def _skip_titles(self, i: int, limit: int) -> int:
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

    def _role(self, match: Match, entry: Entry, limit: int, *, inner: bool = False) -> Mention:
        """A role phrase with all that describes it, up to and including the name."""
        mention = Mention(
            match.first, match.last, "person", "role", entry.code, entry.role, gender=entry.gender, number=entry.number or "s", prefix=match.prefix,
            definite=self.forms[match.first].removeprefix(match.prefix).startswith(("ال", "ل")) or match.last - match.first > 1,
        )  # fmt: skip
        reader = _RoleReader(self, mention, entry, limit, inner)
        reader.read(match.last)
        if "+" in entry.flags and mention.code not in entry.flags.split("+")[1:]:
            mention.role = "official"
        if mention.code is None and mention.number == "s" and mention.definite and mention.ref is None:
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

    def _body(self, match: Match, entry: Entry, limit: int) -> Mention | None:
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

    def _institution(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """An organ with its nationality: الحكومة العراقية، سفارة روسيا في واشنطن، وزارة الري."""
        kind = entry.role
        mention = Mention(match.first, match.last, "organisation" if kind == "media" else kind, "institution", prefix=match.prefix, gender="f" if self.forms[match.first].endswith(("ه", "ات")) else "m", role=None)  # noqa: E501
        form = self.forms[match.first].removeprefix(match.prefix)
        mention.definite = form.startswith(("ال", "ل"))
        reader = _BodyReader(self, mention, entry, limit)
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
            _RoleReader(self, mention, blank, limit, False).read(match.last)
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
    (("institution",), MentionFinder._institution),
    (("people",), MentionFinder._people),
    (("adjective",), MentionFinder._adjective),
)


class _RoleReader:
    """Reads what follows a role phrase: nationality, body, portfolio, titles, name."""

    def __init__(self, finder: MentionFinder, mention: Mention, entry: Entry, limit: int, inner: bool) -> None:
        self.f = finder
        self.m = mention
        self.entry = entry
        self.limit = limit
        self.inner = inner
        self.open = "o" in entry.flags or entry.role in ("official", "spokesperson", "envoy", "minister", "source", "expert", "legislator", "party_leader", "other", "ambassador", "military")  # noqa: E501

    def read(self, i: int) -> None:
        _f, m = self.f, self.m
        budget = 14
        while i < self.limit and budget:
            budget -= 1
            step = self._step(i)
            if step <= i:
                break
            i = step
            if m.name is not None:
                break
        m.last = max(m.last, min(i, self.limit))

    def _step(self, i: int) -> int:
        f, _m = self.f, self.m
        form = f.forms[i]
        match = f.match(i)
        if match is not None and match.last <= self.limit:
            step = self._listed(i, match)
            if step:
                return step
        if f.kinds[i] == WORD:
            if form in _MODIFIERS:
                return i + 1
            step = self._preposition(i) or self._portfolio(i)
            if step:
                return step
            step = self._name(i)
            return step if step > i else self._complement(i) or i
        if form in _COMMAS or form in ("(", '"'):
            return self._behind_comma(i)
        return i

    def _listed(self, i: int, match: Match) -> int:
        """A lexicon phrase inside the description; 0 when it does not belong to it."""
        f, m = self.f, self.m
        if f.entry(match, "former"):
            m.former = True
            return match.last
        adjective = f.entry(match, "adjective")
        if adjective is not None and not match.prefix and "w" not in adjective.flags:
            if m.number != "s":
                codes, last = f.coordinated(i, self.limit)
                m.codes = codes if len(codes) > 1 else m.codes
                m.code = m.code or (codes[0] if codes else adjective.code)
                return max(last, match.last)
            if m.code is not None and m.code != adjective.code and len(m.code) == 3:
                return 0
            m.code = m.code or adjective.code
            return match.last
        person = f.entry(match, "person", "short")
        if person is not None and not match.prefix:
            return 0 if self.inner else self._take_person(match, person)
        if f.entry(match, "title") and not match.prefix:
            after = f._skip_titles(i, self.limit)
            return after if after > i else 0
        state = f.entry(match, "state", "capital", "seat")
        if state is not None and match.prefix in ("", "ل"):
            return self._take_state(i, match, state)
        if match.prefix == "ب" and (state is not None or f.entry(match, "place")) and self.entry.role in ("ambassador", "envoy", "official", "source", "spokesperson"):
            if m.code is None and self.entry.role in ("source", "official") and state is not None:
                m.code = state.code
            return match.last
        body = f.entry(match, "organisation", "group", "media")
        if body is not None and body.kind == "media" and match.prefix:
            return 0  # مصدر لرويترز: told to the agency, not of it
        if body is not None and match.prefix in ("", "ل", "ب"):
            m.code = m.code or ("MEDIA" if body.kind == "media" else body.code)
            if self.entry.role == "head_of_state":
                m.role = "party_leader" if body.kind == "group" else "official"
            return match.last
        institution = f.entry(match, "institution")
        if institution is not None and institution.role == "media" and match.prefix:
            return 0
        if institution is not None and match.prefix in ("", "ب", "ل"):
            nested = f._institution(match, institution, self.limit)
            if nested is not None:
                m.code = m.code or nested.code
                if nested.home and m.code is None:
                    m.anchor = nested.first
                if self.entry.role == "head_of_state" and not m.definite:
                    m.role = "official"
                return nested.last
        role = f.entry(match, "role")
        if role is not None and match.prefix == "و" and role.number == m.number == "s" and not self.inner and m.name is None:
            return self._second_role(match, role)
        if role is not None and self.open and match.prefix in ("", "ل"):
            nested = f._role(match, role, self.limit, inner=True)
            m.code = m.code or nested.code
            return nested.last
        return 0

    def _second_role(self, match: Match, role: Entry) -> int:
        """وزير الدفاع ونائب رئيس الوزراء الكوري فلان: two posts of one person, if one name closes them."""
        m = self.m
        nested = self.f._role(match, role, self.limit)
        if nested.name is None or (m.code and nested.code and m.code != nested.code):
            return 0
        m.name, m.ref, m.en, m.code = nested.name, nested.ref, nested.en, m.code or nested.code
        m.gender = m.gender or nested.gender
        return nested.last

    def _take_state(self, i: int, match: Match, state: Entry) -> int:
        f, m = self.f, self.m
        if f.forms[i].removeprefix(match.prefix).startswith("ال") and m.definite and match.prefix == "" and f.forms[i - 1].startswith("ال") and match.last - match.first == 1 and m.code is not None:  # noqa: E501
            return 0
        if m.number != "s":
            codes, last = f.coordinated(i, self.limit)
            if len(codes) > 1:
                m.codes, m.code = codes, codes[0]
                return last
        if m.code is not None:
            return 0
        m.code = state.code
        return match.last

    def _take_person(self, match: Match, person: Entry) -> int:
        m = self.m
        last = match.last
        if person.kind == "short":
            last = max(last, self.f.name_end(match.first, self.limit))
        m.name, m.ref, m.en = (match.first, last), person.ref, person.en
        m.gender = person.gender or m.gender
        m.code = m.code or person.code
        m.role = m.role or person.role or None
        return last

    def _preposition(self, i: int) -> int:
        """في/لدى/إلى/باسم/ب… with the body or place behind it."""
        f, m = self.f, self.m
        form = f.forms[i]
        if form in ("لشؤون", "لشوون", "شؤون", "شوون", "للشؤون", "للشوون", "الشؤون", "الشوون"):
            match = f.match(i + 1) if i + 1 < self.limit else None
            if match is not None and f.entry(match, "state", "place", "adjective"):
                return match.last
            return min(i + 2, self.limit) if i + 1 < self.limit and f.kinds[i + 1] == WORD else 0
        if form not in ("في", "لدي", "الي", "باسم", "من", "علي", "بشان", "عن"):
            return 0
        j = i + 1
        match = f.match(j) if j < self.limit else None
        if match is None or match.prefix:
            return 0
        entry = f.entry(match, "state", "capital", "seat", "organisation", "group", "media", "institution", "place", "role")
        if entry is None:
            return 0
        if form in ("من", "علي", "بشان", "عن") and self.entry.role not in ("source", "official", "expert", "citizen", "other"):
            return 0
        located = form in _PLACE_PREPOSITIONS and entry.kind in ("state", "capital", "place")
        if located:
            if self.entry.role in ("ambassador", "envoy"):
                return match.last
            if m.code is None and form == "في" and entry.kind != "place":
                m.code = entry.code
                return match.last
            return 0
        if entry.kind == "institution":
            nested = f._institution(match, entry, self.limit)
            if nested is None:
                return 0
            m.code = m.code or nested.code
            if nested.home and m.code is None:
                m.anchor = nested.first
            return nested.last
        if entry.kind == "role":
            if form != "باسم":
                return 0
            nested = f._role(match, entry, self.limit, inner=True)
            m.code = m.code or nested.code
            return nested.last
        m.code = m.code or ("MEDIA" if entry.kind == "media" else entry.code)
        return match.last

    def _portfolio(self, i: int) -> int:
        """Definite nouns behind وزير or an open role: وزير الري والموارد المائية."""
        f, m = self.f, self.m
        form = f.forms[i]
        word = f.words[i]
        assert word is not None
        if m.name is not None or word.function or word.named or m.code is not None:
            return 0
        if not self.open and not (self.entry.role == "head_of_state" and not m.definite):
            return 0
        if any(v.reading.tense == "past" for v in word.verbs) and not form.startswith("ال"):
            return 0
        definite = form.startswith(("ال", "وال", "لل"))
        started = i == m.last and i - m.first <= 3 and not f.forms[i - 1].startswith("ال")
        construct = started and not m.definite and word.common > 3 and not word.verbs
        if definite and word.common >= 3 or construct:
            if self.entry.role == "head_of_state":
                m.role = "official"
            m.last = i + 1
            return i + 1
        return 0

    def _name(self, i: int) -> int:
        f, m = self.f, self.m
        if self.inner or m.number != "s" and m.code is None:
            return i
        if m.number == "p" and self.entry.role in ("source", "official", "citizen", "expert"):
            return i
        end = f.name_end(i, self.limit)
        if end == i:
            return i
        if end - i == 1 and f.forms[i] in f.lexicon.ambiguous:
            return i
        m.name = (i, end)
        return end

    def _complement(self, i: int) -> int:
        """What stands between the description and the name (لشؤون القرن الأفريقي، فلان الفلاني): kept only if a name follows."""
        f, m = self.f, self.m
        if self.inner or m.number != "s" or m.name is not None or self.entry.role in ("source", "citizen"):
            return 0
        j = i
        while j < min(i + 9, self.limit):
            word = f.words[j]
            form = f.forms[j]
            if j > i and (form in _COMMAS or form in ('"', "(")):
                end = self._behind_comma(j)
                return end if end > j else 0
            if word is None:
                return 0
            match = f.match(j)
            person = f.entry(match, "person")
            if j > i and match is not None and person is not None and not match.prefix:
                return self._take_person(match, person)
            if j > i and f.words_named(j) and form not in f.lexicon.ambiguous and f.name_end(j, self.limit) - j >= 2:
                end = f.name_end(j, self.limit)
                m.name = (j, end)
                return end
            if form == "في" or form == "لدي" or word.prep == "ل" or form.startswith(("ال", "وال")) or match is not None and f.entry(match, "place", "state", "adjective", "capital"):  # noqa: E501
                j = match.last if match is not None and f.entry(match, "place", "state", "capital") else j + 1
                continue
            if j > i and word.common >= 3 and not word.verbs and not word.function and (f.forms[j - 1] in ("في", "لدي") or f.words[j - 1] is not None and f.words[j - 1].prep == "ل"):  # type: ignore[union-attr]  # noqa: E501
                j += 1
                continue
            return 0
        return 0

    def _behind_comma(self, i: int) -> int:
        """A name set off by a comma, parentheses or quotation marks; the marks are left where no name follows."""
        f, m = self.f, self.m
        if self.inner or f.forms[i] == "-" and f.doc.tokens.start[i] == f.doc.tokens.end[i - 1]:
            return i
        j = i
        while j < self.limit and f.forms[j] in ("،", ",", "-", "(", '"'):
            j += 1
        j = f._skip_titles(j, self.limit)
        if j >= self.limit or f.kinds[j] != WORD:
            return i
        match = f.match(j)
        person = f.entry(match, "person", "short")
        if match is not None and person is not None and not match.prefix:
            if m.code is None or person.code is None or person.code == m.code or f.forms[i] == "(":
                return self._take_person(match, person)
            return i
        if match is not None and not f.words_named(j):
            return i
        if f.words_named(j) or (m.code is not None and f.words[j] is not None and f.words[j].common == 0):  # type: ignore[union-attr]
            end = f.name_end(j, self.limit)
            if end - j >= 2:
                m.name = (j, end)
                return end
        return i


class _BodyReader:
    """Reads what follows the head of an organ, organisation or group."""

    def __init__(self, finder: MentionFinder, mention: Mention, entry: Entry, limit: int) -> None:
        self.f = finder
        self.m = mention
        self.entry = entry
        self.limit = limit

    def read(self, i: int) -> Mention | None:
        f, m = self.f, self.m
        start = i
        named = False
        while i < self.limit and i - start < 9:
            match = f.match(i)
            form = f.forms[i]
            if match is not None and match.last <= self.limit:
                adjective = f.entry(match, "adjective")
                if adjective is not None and not match.prefix and "w" not in adjective.flags:
                    if m.code is not None and m.code != adjective.code:
                        break
                    m.code = adjective.code
                    m.last = i = match.last
                    continue
                state = f.entry(match, "state", "capital", "seat")
                if state is not None and match.prefix == "" and m.code is None and (not m.definite or i > start):
                    m.code = state.code
                    m.last = i = match.last
                    continue
                body = f.entry(match, "organisation", "group", "media")
                if body is not None and match.prefix == "" and not m.definite:
                    m.code, m.ref, m.kind, m.en = body.code, body.ref, "organisation" if body.kind == "media" else body.kind, body.en
                    m.sort = "body"
                    m.last = i = match.last
                    if body.kind == "media":
                        m.code, m.sort = "MEDIA", "media"
                    named = True
                    continue
                person = f.entry(match, "person", "short")
                if person is not None and not m.definite and match.prefix == "" and m.code is None and self.entry.role == "state":
                    m.code = person.code
                    m.last = i = match.last
                    continue
                nested = f.entry(match, "institution")
                if nested is not None and match.prefix == "" and not m.definite and self.entry.role == "state" and i == start:
                    inner = f._institution(match, nested, self.limit)
                    if inner is not None:
                        m.code, m.home = inner.code, inner.home
                        m.last = i = inner.last
                        continue
            if f.kinds[i] == WORD and form in _MODIFIERS:
                i += 1
                m.last = i
                continue
            if form == '"' and m.kind != "state" and not named:
                close = self._quoted(i)
                if close:
                    m.last = i = close
                    m.name = (start, close)
                    named = True
                    continue
            if self._noun(i, start):
                i += 1
                m.last = i
                continue
            if m.code is None and form == "في" and self.entry.role == "state" and i + 1 < self.limit:
                located = f.match(i + 1)
                state = f.entry(located, "state", "capital")
                if located is not None and state is not None and not located.prefix:
                    m.code = state.code
                    m.last = i = located.last
                    continue
            if m.code is not None and form in ("في", "لدي") and self.entry.role == "state":
                place = f.match(i + 1) if i + 1 < self.limit else None
                if f.entry(place, "state", "capital", "place") and "سفار" in f.forms[m.first] + f.forms[m.first + 1]:
                    assert place is not None
                    m.last = i = place.last
                    continue
            break
        return self._finish(start)

    def _quoted(self, i: int) -> int:
        for j in range(i + 1, min(i + 7, self.limit)):
            if self.f.forms[j] == '"':
                return j + 1 if j > i + 1 else 0
            if self.f.kinds[j] not in (WORD, LATIN):
                return 0
        return 0

    def _noun(self, i: int, start: int) -> bool:
        """Definite nouns that belong to the name: وزارة الري، حزب المستقبل، لجنة الشؤون الخارجية."""
        f, m = self.f, self.m
        word = f.words[i]
        if word is None or word.function:
            return False
        form = f.forms[i]
        open_name = "p" in self.entry.flags or (m.kind != "state" and self.entry.role in ("organisation", "group"))
        if not open_name or i - start > 3 or m.definite and m.kind == "state" and "p" not in self.entry.flags:
            return False
        if m.definite:
            return False
        if form.startswith(("ال", "وال")):
            return True
        return i == start and not word.verbs and word.common >= 3 and m.kind != "group"

    def _finish(self, start: int) -> Mention | None:
        f, m = self.f, self.m
        kind = self.entry.role
        if kind == "media":
            m.code, m.kind, m.sort = "MEDIA", "organisation", "media"
            return m if m.definite or m.last > start else None
        if m.code is None and kind == "state":
            if not m.definite and m.last == start and "h" not in self.entry.flags:
                return None
            if "h" in self.entry.flags and f.forms[m.first].removeprefix(m.prefix).startswith(("ال", "ل", "وزاره", "رئاسه", "رياسه")):
                m.home = True
                return m
            m.home = m.definite
            return m if m.definite or "p" in self.entry.flags else None
        if kind in ("organisation", "group") and m.sort == "institution":
            if m.last == start and not m.definite and m.kind == "organisation":
                return None
            m.sort = "described"
            if m.name is None:
                m.name = (m.first, m.last)
            if m.kind == "group" and m.code is not None and len(m.code) == 3:
                m.number = "p"
        return m
