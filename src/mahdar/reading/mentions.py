"""Finding who is named: states, bodies, groups and persons, listed or not, with the phrase that describes them.

The pattern that names everybody in Arabic news is role + nationality + name (وزير الخارجية البريطاني فيليب هاموند); the name may come
first (apposition), be missing (السفير الروسي), or be one the lexicon has never seen. Mentions here are local readings; who is who
across the article is decided in :mod:`mahdar.reading.reference`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mahdar.arabic.particles import FUNCTION_WORDS
from mahdar.arabic.tokens import WORD
from mahdar.lexicon.model import Entry
from mahdar.reading.careers import listed_behind
from mahdar.reading.described import RoleReader
from mahdar.reading.employers import of_its_own, own_post
from mahdar.reading.naming import Match, NameFinder
from mahdar.reading.organs import MODIFIERS, BodyReader, dwelling, of_several

_STATES = frozenset(("state", "capital", "seat"))
# Given names that stand in front of another's name far more often as nouns or verbs: عودة فلان، عهد فلان، سأل فلان.
_GOVERNING = frozenset("رحيل عوده عهد حياه سلامه بيان نداء وعد دور صديق سال راي جيب".split())
_OWN_NAMES = ("person", "state", "organisation", "group", "media")
_BODIES = frozenset(("organisation", "group", "media"))
_QUANTITIES = frozenset("الاف مءات مئات ميات عشرات ملايين عشرات حشود جموع".split())
_RULERS = frozenset(("head_of_state", "head_of_government", "monarch", "crown_prince", "foreign_minister", "minister", "defence_minister"))
HEADED = frozenset(("برياسه", "بقياده", "برئاسه"))
# Several bodies of one kind, named one behind the other; with the singular that each is listed under.
_SEVERAL = {
    "حزبي": "حزب", "حزبا": "حزب", "احزاب": "حزب", "الحزبين": "حزب", "الحزبان": "حزب", "لحزبي": "حزب", "حركتي": "حركه", "حركتا": "حركه", "حركات": "حركه", "لحركتي": "حركه",
    "جماعتي": "جماعه", "جماعتا": "جماعه", "تياري": "تيار", "تيارا": "تيار", "جبهتي": "جبهه", "جبهتا": "جبهه", "تحالفي": "تحالف", "ايتلافي": "ايتلاف",
}  # fmt: skip
# Those of a body, all together: who speaks of them speaks of it.
_MEMBERS = frozenset("اعضاء قيادات قاده ممثلو ممثلي ممثلون ممثلين نواب زعماء كوادر مسوولو مسوولي مسيولو مسيولي".split())
_PERSON_TITLES = frozenset(("اركان", "حرب", "ركن", "اول", "دكتور"))
_ENDS = frozenset("انهاء انهي ينهي زوال رفض دعم ضد زال انتهي ينتهي بدا يبدا استمر يستمر دام يدوم مقاومه يقاوم قاوم".split())  # what is done to an occupation
_SITES = frozenset("مطار شارع ميدان ساحه جسر كوبري مستشفي جامعه ملعب استاد قاعه متحف مسجد جامع مدرسه حديقه ميناء سد محطه مخيم مفترق دوار نفق".split())
_BELONG = frozenset("ينتمون ينتمي تنتمي منتمون منتمين تابعون تابعين محسوبون محسوبين".split())  # who a crowd is one of

@dataclass(slots=True, eq=False)
class Mention:
    """One mention: tokens ``[first, last)``; ``sort`` says by which pattern it was found.

    ``codes``: the nationalities of a dual or plural (الوزيران الروسي والأمريكي); ``name``: tokens of the proper name; ``made``: its code is a body's name out of the text.
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
    made: bool = False


class MentionFinder(NameFinder):
    """Finds the mentions of one document, sentence by sentence."""

    # -- sentences -------------------------------------------------------------------------------------------------------------

    def sentence(self, first: int, last: int) -> list[Mention]:
        """The mentions of the tokens ``[first, last)``, left to right, not overlapping."""
        out: list[Mention] = []
        i = first
        words = self.words
        while i < last:
            word = words[i]
            several = self._several(i, last) if self.forms[i] in _SEVERAL else ()
            if several:
                out.extend(several)
                i = several[-1].last
                continue
            if word is None or not (word.starts or word.named or word.common == 0 and not (word.function or word.verbs or word.nouns) or self._may_begin(self.forms[i])):
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

    def _several(self, i: int, limit: int) -> list[Mention]:
        """أحزاب النور و"مصر القوية" والوسط، حركتا فتح وحماس: parties joined behind one plural, each listed under the singular (حزب النور); none where the first is not."""
        out: list[Mention] = []
        rows = self.lexicon.names.get(_SEVERAL[self.forms[i]], {})
        j = i + 1
        while j < limit:
            while out and j < limit and self.forms[j] in ("و", "،", ",", '"', "'"):
                j += 1
            while j < limit and self.forms[j] in ('"', "'"):
                j += 1
            end, entry = self._one_of_several(j, rows, joined=bool(out))
            if entry is None or end > limit:
                break
            kind = "organisation" if entry.kind == "media" else entry.kind
            out.append(Mention(j if out else i, end, kind, "body", entry.code, ref=entry.ref, en=entry.en, gender="m", prefix="و" if out and self.forms[j].startswith("و") else ""))
            j = end
        return out

    def _one_of_several(self, i: int, rows: Mapping[str, list[tuple[tuple[str, ...], tuple[int, ...]]]], *, joined: bool) -> tuple[int, Entry | None]:
        """Where the party named from token ``i`` on ends, and what it is: by the rows under the singular, else by a row of its own."""
        form = self.forms[i] if i < len(self.forms) else ""
        for bare in (form, form[1:]) if joined and form.startswith("و") else (form,):
            for rest, ids in rows.get(bare, ()):
                entry = next((e for e in map(self.lexicon.entries.__getitem__, ids) if e.kind in ("group", "organisation")), None)
                end = self._follow(i + 1, rest[1:])
                if end and entry is not None:
                    return end, entry
        match = self.match(i)
        listed = self.entry(match, "group", "organisation")
        if match is None or listed is None or "c" in listed.flags or match.prefix not in (("", "و") if joined else ("",)):
            return i, None
        return match.last, listed

    def _may_begin(self, form: str) -> bool:
        """A form no lexicon phrase starts with that may begin a mention all the same: عشرات, عبد (الله), وفاطمة, لعبد (الله)."""
        lexicon = self.lexicon
        if form in lexicon.given_heads:
            return True
        return form[0] in "وفلب" and (form[1:] in lexicon.given or form[1:] in lexicon.given_heads or form.lstrip("وف") in _QUANTITIES)

    def phrase(self, i: int, limit: int) -> Mention | None:
        """The mention that starts at token ``i``, if any; a bare name behind a site (مطار شارل ديغول، شارع الحبيب بورقيبة) is the site's."""
        found = self._phrase(i, limit)
        if found is not None and found.sort == "unlisted" and found.first == i == (found.name or (0, 0))[0] and self.town(i):
            return Mention(i, found.name[1] if found.name is not None else found.last, "", "not")
        if found is None or found.sort not in ("unlisted", "name", "short") or found.prefix or not i or self.forms[i - 1].lstrip("وفبل") not in _SITES:
            return found
        return Mention(i, found.name[1] if found.name is not None else found.last, "", "not")

    def _phrase(self, i: int, limit: int) -> Mention | None:
        if self.forms[i].lstrip("وف") in _QUANTITIES or self.forms[i] in _QUANTITIES:
            return self._crowd(i, limit)
        match = self.match(i)
        if match is not None and match.last <= limit:
            if self.entry(match, "not") and not self.entry(match, *_OWN_NAMES):  # not Sudan, but somebody of that name: محمد شياع السوداني
                return Mention(i, match.last, "", "not")
            person = self.entry(match, "person", "short")
            if person is not None:
                return self._person(match, person, limit)
            role = self.entry(match, "role")
            if role is not None and not self._adjectival(match, role):
                described = self.role(match, role, limit)
                if described.name is not None and described.number == "s" and (described.code is None or described.ref or self.forms[described.last : described.last + 1] in (["،"], [","])):  # noqa: E501
                    described = self._apposition(described, limit)  # السفير فلان سفير بلد كذا
                pair = self.entry(match, "pair")
                if pair is None and described.number != "s" and described.code is None and not described.codes and described.name is None:
                    return self._of_both(described, limit) or described
                if pair is None or described.code is not None or described.codes or described.name is not None:
                    return described
                return self._reference(match, pair, limit)
            for kinds, build in _BUILDERS:
                entry = self.entry(match, *kinds)
                if entry is not None and entry.kind == "institution" and (self._adjectival(match, entry) or self._headed_by(match)):
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

    def _headed_by(self, match: Match) -> bool:
        """وفد برئاسة فلان: the head of it, no presidency."""
        if self.forms[match.first] not in HEADED or match.last - match.first > 1:
            return False
        following = self.match(match.last)
        return self.words_named(match.last) or self.entry(following, "person", "short", "title") is not None

    def _adjectival(self, match: Match, role: Entry) -> bool:
        """الانتخابات البرلمانية، مؤتمر صحفي: a one-word "role" that agrees with the noun before it is its adjective."""
        form = self.forms[match.first]
        if role.number == "d" and form.endswith(("ا", "ي")) and not self._governs(match.last):
            return True  # مشتبه به رئيسي في هجوم، انتخب رئيسا للبلاد: no two presidents
        if "a" in role.flags.split("+")[0] and match.first and match.last - match.first == 1 and not match.prefix:
            noun, before = self.words[match.first - 1], self.match(match.first - 1)
            if noun is not None and noun.verbs and form.startswith("ال") and not noun.form.startswith("ال"):
                return False  # وصف الإعلامي فلان: no adjective with ال of a noun without it
            free = before is None or role.role == "other" and form.startswith("ال") and self.entry(before, "act") is not None  # النزاع المسلح
            return noun is not None and not noun.function and not (noun.verbs and not noun.nouns) and free
        if match.last - match.first > 1 or not form.startswith("ال") or not form.endswith(("يه", "ي")) or not match.first:
            return False
        ahead = self.forms[match.first - 1]
        return self.kinds[match.first - 1] == WORD and ahead.lstrip("وفبل").startswith(("ال", "ل")) and len(ahead) > 4 and ahead not in FUNCTION_WORDS and not self.words[match.first - 1].verbs  # type: ignore[union-attr]  # noqa: E501

    def _governs(self, i: int) -> bool:
        """Can token ``i`` be what a noun in the construct state governs?"""
        word = self.words[i] if i < len(self.words) else None
        return word is not None and self.kinds[i] == WORD and not word.function and not (word.prep and self.match(i) is None) and not word.form.startswith(("لل", "و"))

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
        if entry.kind == "person" and self.another(match, limit):
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
            elif following is not None and self._another_surname(match, last):
                return self._apposition(Mention(match.first, last + 1, "person", "unlisted", name=(match.first, last + 1), prefix=match.prefix), limit)
        else:
            last = self.lineage(last, limit)
        mention = Mention(
            match.first, max(last, match.last), "person", "name" if entry.kind == "person" else "short", entry.code, entry.role or None, entry.ref,
            (match.first, max(last, match.last)), entry.gender, "s", match.prefix, en=entry.en,
        )  # fmt: skip
        return self._apposition(mention, limit)

    def another(self, match: Match, limit: int) -> bool:
        """يوسف أحمد الشرقاوي is not the listed يوسف أحمد, nor محمد توفيق عويضة محمد توفيق."""
        i = match.last
        if i - match.first != 2 or i >= limit or self.kinds[i] != WORD or not {self.forms[i - 2].removeprefix(match.prefix), self.forms[i - 1]} <= self.lexicon.given:
            return False
        form, word = self.forms[i], self.words[i]
        if word is None or word.function or not self._name_like(i, first=False):
            return False
        if not form.startswith("ال"):
            return self.unheard(i) and form[0] != "و"
        return form in self.lexicon.family or word.common == 0 and not word.nouns or self.entry(self.match(i), "short", "weakshort") is not None

    def _another_surname(self, match: Match, i: int) -> bool:
        """الجبالي المراغي is not the listed الجبالي: a family name with another behind it."""
        form, word = self.forms[i], self.words[i]
        if word is None or match.last - match.first > 1 or not form.startswith("ال") or not self.forms[match.first].removeprefix(match.prefix).startswith("ال"):
            return False
        return self.kinds[i] == WORD and form in self.lexicon.family and not word.starts and word.common < 10

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
        if not (comma or own_post(self, mention, described)) and (described.code is None and mention.ref is not None or mention.sort == "role" and mention.code is not None):
            return mention
        titled = mention.name is not None and mention.name[0] > mention.first
        another = self.entry(self.match(described.last), "person") or self.words_named(described.last) and self.words_named(described.last + 1)
        if titled and not comma and another:
            return mention  # استدعى الوزير فلان السفير الأميركي علان: two persons
        if mention.code and described.code and mention.code != described.code and mention.name is not None and mention.name[0] > mention.first:
            return mention  # two persons, each with his own state
        if mention.code and described.code and mention.code != described.code and mention.ref is not None:
            if not comma and not (described.role == "party_leader" and mention.role not in _RULERS):
                return mention  # استقبل عباس وزير الخارجية الفرنسي: two persons
            mention.sort = "role"
        mention.role = described.role
        mention.code = mention.code if described.made and mention.ref is not None and mention.code else described.code or mention.code
        mention.former = described.former
        mention.last = described.last
        mention.home = described.home and mention.code is None
        mention.anchor = described.anchor if mention.code is None else mention.anchor
        return mention

    def _unlisted(self, i: int, limit: int) -> Mention | None:
        """A name the lexicon does not list: a given name with more of a name behind it."""
        word = self.words[i]
        if word is None:
            return None
        prefix = ""
        form = self.forms[i]
        given = self.lexicon.given
        if word.function and not self.is_ali(i):
            return None
        if form not in given and not self.given_pair(form, i):
            if (word.common == 0 or word.named) and self.stranger(i):
                end = self.name_end(i + 1 if form == "ابو" or form.startswith("ال") else i, limit)
                return self._apposition(Mention(i, end, "person", "unlisted", name=(i, end)), limit)
            if len(form) > 3 and form[0] in "وبلف" and (form[1:] in given and word.common < 20 and self.glued_name(form) or self.given_pair(form[1:], i)):
                prefix = form[0]
            else:
                return None
        bare = form[len(prefix) :]
        if bare in _GOVERNING or bare == "كبير" and self.forms[i + 1 : i + 2] != ["،"] or bare in self.lexicon.ambiguous and listed_behind(self, bare, i + 1):
            return None
        named = bare in self.lexicon.ambiguous and word.common <= 40 and self.words_named(i + 1)
        end = self.name_end(i, limit, glued=bool(prefix) or named)
        if end - i < 2 or bare == "سيما" and self.forms[i - 1] in ("لا", "ولا") or bare in self.lexicon.ambiguous and not self._sure_behind(i + 1):
            return None
        if word.verbs and bare in self.lexicon.ambiguous and not named and not self.is_ali(i):
            return None
        mention = Mention(i, end, "person", "unlisted", name=(i, end), gender="", prefix=prefix)
        return self._apposition(mention, limit)

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
                given = i + 1 < limit and self.forms[i] in self.lexicon.given and self.forms[i] in self.lexicon.ambiguous
                # الشيخ سيد شعبان: behind a title a given name that is also a word is one where a family name follows
                surname = given and (self.forms[i + 1] in self.lexicon.family or self.entry(self.match(i + 1), "short", "weakshort") is not None)
                end = self.name_end(i, limit, glued=surname or given and self._sure_behind(i + 1))
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
            definite=self._definite(match) or match.last - match.first > 1 and self.forms[match.first + 1] != "باسم",
        )  # fmt: skip
        reader = RoleReader(self, mention, entry, limit, inner)
        reader.read(match.last)
        reader.outside = of_its_own(self, match, entry, mention) or reader.outside
        if "+" in entry.flags and mention.code not in entry.flags.split("+")[1:]:
            mention.role = "official"
        if entry.role == "journalist" and mention.code is None:
            mention.code = "MEDIA"
        members = mention.number == "p" and mention.name is None and not inner and self.forms[match.first].removeprefix(match.prefix) in _MEMBERS
        if members and str(mention.code).startswith("OTHER:"):
            mention.kind, mention.sort, mention.role, mention.gender = "group", "body", None, "m"  # قيادات حزب الوفد، أعضاء النقابة: the body itself
            if reader.body is not None:
                mention.kind, mention.ref, mention.en = reader.body.kind, reader.body.ref, reader.body.en
            return mention
        unplaced = self._unread_body(mention)
        if mention.code is None and not unplaced and not reader.outside and mention.number == "s" and (mention.definite or reader.nested or reader.served) and mention.ref is None:
            mention.home = True
        return mention

    def _unread_body(self, mention: Mention) -> bool:
        """المتحدث باسم قبائل كذا فلان: the words behind باسم name nothing the lexicon knows."""
        if mention.role != "spokesperson" or mention.code is not None or mention.anchor >= 0:
            return False
        end = mention.name[0] if mention.name is not None and mention.name[0] > mention.first else mention.last
        at = next((i for i in range(mention.first, end) if self.forms[i] == "باسم"), end)
        return at < end and not any(self.entry(self.match(i), "institution", "state", "organisation", "group", "role", "own") for i in range(at + 1, end))

    def _definite(self, match: Match) -> bool:
        """الجيش، للجيش; but لجنة begins with a ل of its own."""
        form = self.forms[match.first].removeprefix(match.prefix)
        return form.startswith("ال") or match.prefix.endswith("ل") and form.startswith("ل")

    # -- bodies ----------------------------------------------------------------------------------------------------------------

    def _state(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        if "w" in entry.flags and not match.prefix and match.first and self.forms[match.first - 1] not in FUNCTION_WORDS and not self._takes_no_adjective(match):
            return None
        adjective = self.entry(match, "adjective")
        if adjective is not None and not match.prefix and match.first and self._indefinite_noun(match.first - 1):
            return self._adjective(match, adjective, limit)
        found = Mention(match.first, match.last, "state", entry.kind, entry.code, ref=entry.code, prefix=match.prefix, en=entry.en, gender="f")
        return self._seat(found, limit) if entry.kind == "seat" else found

    def _acts_alone(self, m: Mention) -> bool:
        """قصف الاحتلال، الاحتلال يعتقل: news means Israel by the bare word where it does something, not where it is a condition (إنهاء الاحتلال)."""
        before = self.words[m.first - 1] if m.first else None
        if m.prefix or m.last < len(self.forms) and self.entry(self.match(m.last), "adjective") is not None:
            return False
        behind = self.words[m.last] if m.last < len(self.forms) else None
        opens = before is None and behind is not None and bool(behind.verbs) and not behind.nouns
        return opens or before is not None and bool(before.verbs) and before.form not in _ENDS

    def _seat(self, m: Mention, limit: int) -> Mention | None:
        """الحرس الثوري is masculine; قوات الاحتلال الأميركي are whose the adjective says."""
        if m.last - m.first == 1 and self.forms[m.first].removeprefix(m.prefix) == "الاحتلال" and not self._acts_alone(m):
            return None
        m.gender = "f" if self.forms[m.first].endswith(("ه", "ات")) else "m"
        following = self.match(m.last) if m.last < limit and self.forms[m.last - 1] == "الاحتلال" else None
        adjective = self.entry(following, "adjective")
        if following is not None and adjective is not None and not following.prefix and following.last <= limit:
            m.code, m.ref, m.en, m.last = adjective.code, adjective.ref, adjective.en, following.last
        return m

    def _takes_no_adjective(self, match: Match) -> bool:
        """Can the word before not be described by a name that is also an adjective? عضوية مالي (the adjective were مالية), غادرت مالي."""
        before, word = self.forms[match.first - 1], self.words[match.first - 1]
        if word is None or not self.forms[match.last - 1].endswith(("ي", "ا")) or before.startswith("ال"):
            return False
        return before.endswith("ه") and len(before) > 3 or before.endswith("ت") and not before.endswith("ات") and bool(word.verbs) and not word.nouns

    def _indefinite_noun(self, i: int) -> bool:
        """A noun with the alif of the accusative (مسؤولا) in front makes بريطانيا an adjective."""
        form = self.forms[i]
        return self.kinds[i] == WORD and form.endswith("ا") and not form.startswith("ال") and len(form) > 3 and form not in FUNCTION_WORDS and not self.match(i)

    def _class(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """A class of people with what tells which: متظاهرون سوريون, المسلحين المتشددين; the nationality is part of the name, not their state."""
        last, origin, state = match.last, "", None
        while last < limit:
            following = self.match(last)
            adjective = self.entry(following, "adjective", "people")  # صينيون, and روس
            if following is not None and adjective is not None and not following.prefix:
                if state is None and adjective.code is not None and "bg" in adjective.flags and not adjective.code.startswith("OTHER:"):  # المسلحون الحوثيون: the movement
                    return Mention(match.first, following.last, "group", "body", adjective.code, ref=adjective.ref, prefix=match.prefix, en=adjective.en, number="p", gender="m")
                origin, state, last = origin or adjective.en, state or adjective.code, following.last
            elif self.forms[last] in MODIFIERS:
                last += 1
            else:
                break
        last = dwelling(self, match.first, match.prefix, last, limit) if state is None else last
        bound = last == match.last and self.forms[last - 1].endswith(("و", "ي")) and not self.forms[last - 1].startswith("ال")
        behind = last + (last < limit and self.forms[last] == '"') if bound else last + 1
        following = self.match(behind) if behind < limit and state is None and (bound or self.forms[last] == "من") else None
        if following is None and state is None:
            following = self._belonging(last, limit)
        body = self.entry(following, "group", "organisation")
        if following is not None and body is not None and "c" not in body.flags and (not following.prefix or self.forms[last] in _BELONG):
            whole = self._body(following, body, limit)  # مسلحين من تنظيم القاعدة
            if whole is not None:
                whole.first, whole.prefix, whole.number, whole.gender = match.first, match.prefix, "p", "m"
            return whole
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

    def _belonging(self, i: int, limit: int) -> Match | None:
        """مسلحون ينتمون إلى الحركة، مقاتلون تابعون للجماعة: whose members a crowd is said to be."""
        if i + 1 >= limit or self.forms[i] not in _BELONG:
            return None
        match = self.match(i + 1 + (self.forms[i + 1] in ("الي", "علي")))
        return match if match is not None and match.last <= limit and (match.prefix == "ل") == (self.forms[i + 1] not in ("الي", "علي")) else None

    def _body(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        if "c" in entry.flags:
            return self._class(match, entry, limit)
        last = match.last
        single = entry.number != "p" and "v" not in entry.flags and not of_several(self.forms[last - 1])
        while last < limit:
            following = self.match(last + (self.forms[last] == '"' and last + 1 < limit))  # لوكالة "بلومبيرغ" الأميركية
            adjective = self.entry(following, "adjective")
            if following is not None and adjective is not None and not following.prefix and "d" in adjective.flags and not (single and of_several(self.forms[last])):
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
        mention.definite = self._definite(match)
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
        if not form or self.kinds[i - 1] != WORD or form in FUNCTION_WORDS or form in _QUANTITIES:  # آلاف is spelt as if it had the article
            return False
        return form.startswith(("ال", "لل", "وال", "بال")) or form.endswith(("ين", "ون"))

    def _reference(self, match: Match, entry: Entry, limit: int) -> Mention | None:
        """الجانبان، نظيره الروسي …، بلاده: kept as references, resolved later."""
        mention = Mention(match.first, match.last, "person" if entry.kind == "counterpart" else "state", entry.kind, prefix=match.prefix, gender=entry.gender)
        if entry.kind == "own" and self.doc.raw(match.first, match.last).endswith("ة"):
            return None  # بلدة: a town, not بلده, his country
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

    def _of_both(self, officials: Mention, limit: int) -> Mention | None:
        """وزيرا طاقة البلدين، مسؤولون من الجانبين: officials of both sides stand for the sides."""
        at = officials.last + (officials.last < limit and self.forms[officials.last] == "من")
        match = self.match(at) if at < limit else None
        pair = self.entry(match, "pair")
        if match is None or pair is None or match.prefix or match.last > limit:
            return None
        both = self._reference(match, pair, limit)
        if both is not None:
            both.first, both.prefix = officials.first, officials.prefix
        return both

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
