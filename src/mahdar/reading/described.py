"""What describes whoever is named: the nationality, body, portfolio, titles and name behind a role or an organ.

:mod:`mahdar.reading.mentions` finds the head of a phrase (وزير، وزارة، حزب); the readers here follow the phrase to its end and fill in the
mention as they go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.fold import fold_word
from mahdar.arabic.tokens import WORD
from mahdar.lexicon.model import Post
from mahdar.reading.careers import another_state, born_there
from mahdar.reading.closing import another_party, others, part_of_body
from mahdar.reading.employers import PARTIES, marked_body, quoted_body
from mahdar.reading.offices import STATE_OFFICES
from mahdar.reading.organs import BELONGING, MODIFIERS, PRIVATE, head_of, of_several, own_code

if TYPE_CHECKING:
    from mahdar.lexicon.model import Entry
    from mahdar.reading.mentions import Mention, MentionFinder
    from mahdar.reading.naming import Match

_PLACE_PREPOSITIONS = frozenset(("في", "لدي", "الي"))
_COMMAS = frozenset(("،", ",", "-"))
_ALONE = frozenset("انتحاري مسلح متمرد ارهابي مقاتل منشق متطرف متشدد ملثم مهاجم انتحاريه".split())  # no post: what follows them is an object (استهدف انتحاري قافلة)
# Who belongs to whoever is named behind the word.
_KIN = frozenset("محامي محاميه محامو زوجه ارمله نجل نجله ابن ابنه شقيق شقيقه والد والده صهر".split())
# Heads of bodies that are no state's, as they stand in a description; behind a post with a proclitic of theirs, or في and لدى.
_PRIVATE_HEADS = "اتحاد نقابه جمعيه رابطه نادي مجموعه معهد مركز منتدي تيار جبهه حركه حزب".split()
_UNSTATELY = frozenset(article + word for word in _PRIVATE_HEADS for article in ("", "ال", "ل", "لل", "ب", "بال"))
_REALMS = ("دوله", "جمهوريه", "مملكه", "سلطنه", "اماره")  # لدولة قطر، لجمهورية الهند
# Whose post is named with where it is: القنصل بجدة، النائب بالبرلمان التونسي.
_ABROAD = frozenset(("ambassador", "envoy", "official", "source", "spokesperson", "legislator"))
# Who speaks or works for a body.
_SERVANTS = frozenset(("source", "official", "spokesperson", "party_leader", "envoy", "military", "rebel_leader", "legislator"))
_STUDIED = frozenset("الدراسات دراسات الشوون الشيون شوون شيون العلاقات اللغه الادب التاريخ الملف الشان بالشان بالملف بالشوون بالشيون السياسه".split())
_MATTERS = frozenset("العلاقات الملفات القضايا الشوون الشيون".split())
_AREAS = frozenset("المنطقه العسكريه الواجهه".split())
_RULER = frozenset(("الرييس", "للرييس"))  # مستشار الرئيس، مساعد للرئيس
_OFFICES = frozenset(("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "monarch", "crown_prince", "ambassador"))
_LOCAL = frozenset(("official", "military", "citizen"))  # مدير ناحية كذا في محافظة كذا فلان
_SERVICES = frozenset("امني امنيه امنيون امنيين طبي طبيه طبيون محلي محليه محليون محليين حكومي حكوميه قبلي قبليه عشاييري".split())
_PARTS = frozenset("اقليم ولايه مقاطعه منطقه محافظه".split())
# What stands between a post and the name of its holder: where it is held, and when it was.
_WHERE_WHEN = frozenset("في لدي باسم شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط انذاك حينها وقتها حينذاك سابقا حاليا بالانابه بالوكاله بالنيابه".split())
# Endings of nouns with a pronoun for their owner, in posts: حكومته، خارجيتها، وزرائه.
_HIS = ("ته", "تها", "تهم", "وزرايه", "وزرايها")


class RoleReader:
    """Reads what follows a role phrase: nationality, body, portfolio, titles, name."""

    def __init__(self, finder: MentionFinder, mention: Mention, entry: Entry, limit: int, inner: bool) -> None:
        self.f = finder
        self.m = mention
        self.entry = entry
        self.limit = limit
        self.inner = inner
        self.nested = False
        self.principal = ""  # the office he serves: المتحدث باسم الرئيس
        self.outside = False  # serves a body that is no state's
        self.body: Entry | None = None  # the listed body he serves
        self.served = False  # has an organ or body been read behind the post?
        self.open = "o" in entry.flags or "+" in entry.flags or entry.role in ("official", "spokesperson", "envoy", "minister", "source", "expert", "legislator", "party_leader", "other", "ambassador", "military")  # noqa: E501

    def read(self, i: int) -> None:
        f, m = self.f, self.m
        budget = 14
        whole = f.match(i - 1) if i - 1 > m.first else None
        body = f.entry(whole, "organisation", "group")
        if whole is not None and body is not None and i < whole.last <= self.limit:
            m.code, i = m.code or body.code, whole.last  # رئيس حركة + حركة النهضة
        while i < self.limit and budget:
            budget -= 1
            step = self._step(i)
            if step <= i:
                break
            i = step
            if m.name is not None:
                break
        m.last = max(m.last, min(i, self.limit))
        end = m.name[0] if m.name is not None else m.last + (m.last < self.limit and f.forms[m.last][:1] in ("ب", "ل")) + 2 * (f.forms[m.last : m.last + 1] in (["في"], ["لدي"]))
        if m.code is None and not _UNSTATELY.isdisjoint(f.forms[m.first + 1 : min(end, self.limit)]):
            self.outside = True  # رئيس اتحاد العمال، الرئيس التنفيذي للمجموعة: no state's, though nothing says whose
        if m.code is None and m.name is not None and m.role in _LOCAL and not self.outside and not self.served and not self.inner:
            places = (f.entry(f.match(j), "place") for j in range(m.first + 1, m.name[0]) if f.forms[j - 1] in ("في", "مدينه", "ناحيه", "بلده"))
            m.code = next((p.code for p in places if p is not None and p.code in f.lexicon.state_names), None)

    def _step(self, i: int) -> int:
        f, _m = self.f, self.m
        form = f.forms[i]
        match = f.match(i)
        if match is not None and match.last <= self.limit:
            if self._of_his(match) or self._closed(i) and f.entry(match, "person", "short", "title", "former") is None:
                return i
            step = self._listed(i, match)
            if step:
                return step
        if f.kinds[i] == WORD:
            if self.m.name is None and (marked := marked_body(f, self.m, i, self.limit)) > i:
                return marked
            if form in MODIFIERS and not (form == "اخر" and f.forms[i - 1].startswith("ال")):
                return i + 1
            if self.m.name is None and part_of_body(form):
                return i + 1
            step = 0 if self._closed(i) else self._part(i) or self._preposition(i) or self._portfolio(i)
            if step:
                return step
            step = self._name(i)
            return step if step > i or self._closed(i) else self._complement(i) or i
        if form == '"' and self._named_body(i):
            return i + 1
        body = quoted_body(f, i, self.limit) if form == '"' and i == self.m.last and self.m.name is None else None
        if body is not None:
            self.outside, self.m.made, self.m.code = True, self.m.code is None, self.m.code or body[1]
            return body[0]
        if form in _COMMAS or form in ("(", '"'):
            return self._behind_comma(i)
        return i

    def _of_his(self, match: Match) -> bool:
        """أوفد العاهل المغربي رئيس حكومته: a post that a pronoun ties to this person is somebody else's, unless و joins it."""
        f = self.f
        if match.prefix or f.entry(match, "role") is None:
            return False
        return any(f.forms[i].endswith(_HIS) for i in range(match.last - 1, min(match.last + 1, self.limit)))

    def _closed(self, i: int) -> bool:
        """كلف رئيس وزرائه بزيارة الرياض: behind the pronoun of its owner a post takes nothing more but a name."""
        return i - 1 > self.m.first and self.f.forms[i - 1].endswith(_HIS)

    def _named_body(self, i: int) -> bool:
        """رئيس "المعهد العربي": does a body in quotation marks stand right behind the head of a post?"""
        f, m = self.f, self.m
        if m.definite or m.code is not None or m.name is not None or i != m.last or i - m.first > 1 or i + 2 >= self.limit:
            return False
        return f.forms[i + 1].startswith("ال") and not f.words_named(i + 1) and '"' in f.forms[i + 2 : min(i + 7, self.limit)]

    def _listed(self, i: int, match: Match) -> int:
        """A lexicon phrase inside the description; 0 when it does not belong to it."""
        f, m = self.f, self.m
        if f.entry(match, "former"):
            m.former = True
            return match.last
        if another_party(f, m, i, match):
            return i
        step = self._nationality(i, match)
        if step is not None:
            return step
        person = f.entry(match, "person", "short")
        if person is not None and not match.prefix:
            if not self.inner and m.name is None and another_state(self.f, self.m, person):
                return i
            return 0 if self.inner else self._take_person(match, person)
        if f.entry(match, "title") and not match.prefix:
            after = f.skip_titles(i, self.limit)
            if m.code is not None and f.entry(match, "role") and f.entry(f.match(after), "adjective"):
                return i  # استقبل رئيس الوزراء العراقي السفير الفرنسي: another's post, no title
            return after if after > i else 0
        state = f.entry(match, "state", "capital", "seat")
        absolute = m.number == "p" and not match.prefix and i > m.first + 1 and f.forms[i - 1].endswith(("ون", "ين"))
        if state is not None and (absolute or match.prefix == "ل" and self._destination(i)):
            return i  # اتهم دبلوماسيون غربيون موسكو: behind a plural with its ن no genitive follows
        if state is not None and match.prefix in ("", "ل"):
            return self._take_state(i, match, state)
        if match.prefix == "ب" and (state is not None or f.entry(match, "place")) and self.entry.role in _ABROAD:
            if m.code is None and self.entry.role in ("source", "official", "legislator") and state is not None:
                m.code = state.code
            return match.last
        place = f.entry(match, "place")
        if place is not None and not match.prefix and i == m.last and self.entry.role == "official" and not f.forms[i - 1].startswith("ال"):
            if m.code is None and place.code in f.lexicon.state_names:
                m.code = place.code  # رئيس بلدية خيرسون فلان، والي القضارف فلان
            return match.last
        step = self._employer(i, match)
        return self._superior(i, match) if step is None else step

    def _destination(self, i: int) -> bool:
        """زيارة رئيس الوزراء للعراق, no Iraqi premier; but السفير السابق لمصر، رئيسا لمصر."""
        f, m = self.f, self.m
        if self.entry.role in ("ambassador", "envoy") or i - m.first == 1 and not m.definite or f.forms[i].endswith(_REALMS):
            return False
        return f.forms[i - 1] not in MODIFIERS and f.entry(f.match(i - 1), "former") is None

    def _nationality(self, i: int, match: Match) -> int | None:
        """An adjective of nationality, or a people in the plural; None for anything else."""
        f, m = self.f, self.m
        adjective = f.entry(match, "adjective")
        if adjective is not None and self.entry.role == "expert" and f.forms[i - 1] in _STUDIED:
            return match.last  # أستاذ الدراسات الإيرانية: what he studies, not whose he is
        if adjective is not None and i - 1 > m.first and self._of_matter(i, adjective):
            return match.last
        if adjective is not None and others(f, m, i, adjective.code):
            return i
        if adjective is not None and not match.prefix and ("w" not in adjective.flags or self.entry.role in _OFFICES and adjective.flags == "dw"):
            if m.number != "s":
                codes, last = f.coordinated(i, self.limit)
                m.codes = codes if len(codes) > 1 else m.codes
                m.code = m.code or (codes[0] if codes else adjective.code)
                return max(last, match.last)
            if m.code is not None and m.code != adjective.code and len(m.code) == 3:
                return 0
            if m.code == "CHURCH":
                m.code = None  # القس الأميركي: a citizen first
            m.code = m.code or adjective.code
            return match.last
        people = f.entry(match, "people") if (m.number == "p" or of_several(f.forms[i - 1])) and not match.prefix else None
        if people is not None and m.code is None:
            m.code = people.code  # المسؤولون الروس
            return match.last
        return None

    def _of_matter(self, i: int, adjective: Entry) -> bool:
        """مسؤول العلاقات العربية، قائد المنطقة العسكرية الغربية: does the adjective tell of what a post is about, not whose its holder is?"""
        noun = self.f.forms[i - 1]
        return noun in _MATTERS or noun in _AREAS and str(adjective.code).startswith("OTHER:")

    def _employer(self, i: int, match: Match) -> int | None:
        """The body or institution the described person belongs to; None where there is none."""
        f, m = self.f, self.m
        body = f.entry(match, "organisation", "group", "media")
        if body is not None and (body.kind == "media" and match.prefix or "c" in body.flags and self.entry.role == "minister" or "v" in body.flags):
            return 0  # مصدر لرويترز: told to the agency, not of it; وزير الأسرى: a portfolio; ناشد الرئيس الأطراف المعنية: whom he addresses
        if body is not None and not match.prefix and m.code is not None and f.forms[i - 1].startswith("ال"):
            return 0  # حذر الرئيس الفرنسي حزب الله: behind an adjective no genitive follows
        if body is not None and match.prefix in ("", "ل", "ب"):
            self.body = body if m.code is None else self.body
            m.code = m.code or ("MEDIA" if body.kind == "media" else body.code)
            if self.entry.role == "head_of_state":
                m.role = "party_leader" if body.kind == "group" else "official"
            return match.last
        weak = f.entry(match, "weak")
        if weak is not None and weak.role != "state" and match.prefix in ("ب", "ل") and self.entry.role in _SERVANTS:
            self.outside = self.outside or m.code is None  # مصدر بالائتلاف: of the body named before by this word
            return match.last
        institution = f.entry(match, "institution")
        if institution is not None and not match.prefix and m.code is not None and f.forms[i - 1].startswith("ال"):
            return 0  # وجه الرئيس المصري وزارة الخارجية: behind an adjective no genitive follows
        if institution is not None and (institution.role == "media" and match.prefix or self.served and not match.prefix):
            return 0  # كما قال الناطق باسم التحالف المملكة لها الحق
        if institution is not None and match.prefix in ("", "ب", "ل"):
            nested = f.institution(match, institution, self.limit)
            if nested is not None:
                m.code = nested.code if match.prefix == "ب" and nested.code and self.entry.role == "official" else m.code or nested.code
                self._serves(nested)
                if self.entry.role == "head_of_state" and not m.definite:
                    m.role = "party_leader" if head_of(f, nested) in PARTIES else "official"
                return nested.last
            return self._whole_organ(match, institution) or None
        return None

    def _whole_organ(self, match: Match, organ: Entry) -> int:
        """الناطق باسم مجلس النواب: an organ of several words of which nothing says whose it is; 0 for the head of an organ alone."""
        if organ.role != "state" or match.last - match.first < 2 or not self.f.forms[match.last - 1].startswith("ال"):
            return 0
        self.served = True
        return match.last

    def _superior(self, i: int, match: Match) -> int:
        """A second post of the same person, or the post of whom he serves; 0 when there is none."""
        f, m = self.f, self.m
        role = f.entry(match, "role")
        if role is not None and m.sort == "counterpart" and not match.prefix and role.number == "s":
            return self._counterpart(match, role)
        if role is not None and match.prefix == "و" and role.number == m.number == "s" and not self.inner and m.name is None:
            return self._second_role(match, role)
        if role is not None and not match.prefix and role.number == m.number == "s" and not self.inner and not self.open and m.name is None:
            return self._second_role(match, role) if self._both_held(match, role) else 0
        if role is not None and m.code is not None and m.gender == "m" and role.gender == "f" and role.number == "s" and f.forms[i].startswith("ال"):
            return i  # هاجم الوزير الإيطالي المستشارة الألمانية: somebody else
        if role is not None and m.number == "p" and m.code is not None and not match.prefix and role.number == "s":
            return i  # التقى أعضاء الكونغرس وزير الخارجية: whom they met
        if role is not None and match.prefix == "ل" and role.role in ("journalist", "citizen"):
            return 0  # قال أمين عام الرئاسة للصحفيين
        if role is not None and self.open and match.prefix in ("", "ل"):
            nested = f.role(match, role, self.limit, inner=True)
            if m.code is not None and nested.code not in (None, m.code) and role.role in _OFFICES and not match.prefix and role.number == "s":
                return i  # التقى السفير الأميركي وزير الدفاع الكندي
            m.code = m.code or nested.code
            self.nested = nested.definite
            self.principal = nested.role or ""
            return nested.last
        return 0

    def _serves(self, body: Mention) -> None:
        """Whom the described person works for, where the body itself has no code: an organ of the state meant, or a body of its own."""
        m = self.m
        self.served = body.definite
        if m.code is not None:
            return
        if body.home:
            m.anchor = body.first
        elif body.sort == "described" and head_of(self.f, body) in PRIVATE:
            self.outside = True
            if not body.definite and body.last - body.first > 1:
                m.code = own_code(self.f, body)

    def _both_held(self, match: Match, role: Entry) -> bool:
        """رئيس مجلس الوزراء وزير الخارجية فلان: of two posts side by side, has the listed person named behind them held the first too?"""
        nested = self.f.role(match, role, self.limit)
        known = self.f.lexicon.people.get(nested.ref or "")
        return known is not None and any(p.role == self.entry.role and nested.code in (None, p.code) for p in known.posts)

    def _counterpart(self, match: Match, role: Entry) -> int:
        """نظيره رئيس الوزراء التركي فلان: the post and the name of him who is the other's equal."""
        m, nested = self.m, self.f.role(match, role, self.limit)
        if nested.name is None or None not in (m.code, nested.code) and m.code != nested.code:
            return 0
        m.name, m.ref, m.en, m.role, m.code = nested.name, nested.ref, nested.en, nested.role, m.code or nested.code
        return nested.last

    def _second_role(self, match: Match, role: Entry) -> int:
        """وزير الدفاع ونائب رئيس الوزراء الكوري فلان: two posts of one person, if one name closes them."""
        m = self.m
        nested = self.f.role(match, role, self.limit)
        own = nested.code is not None and nested.code.startswith("OTHER:") and m.role in _OFFICES  # رئيس الوزراء الإيطالي وزعيم تحالف الوسط فلان
        if nested.name is None or (m.code and nested.code and m.code != nested.code and not own):
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

    def _of_principal(self, match: Match, person: Entry) -> bool:
        """المتحدث باسم الرئيس الأفغاني حامد كرزاي، المتحدث باسم غراهام: the name is whom he speaks for."""
        if self.f.forms[match.first - 1] in ("باسم", "بلسان"):
            return True
        known = self.f.lexicon.people.get(person.ref or "")
        aide = self.m.role == "official" or "+" in self.entry.flags  # مستشار is a chancellor in two states only
        if aide and not _RULER.isdisjoint(self.f.forms[self.m.first + 1 : match.first]) and person.ref is not None:
            post = self._post(person)
            return post is not None and post.role in ("head_of_state", "head_of_government")
        return self.principal in _OFFICES and self.m.role in ("spokesperson", "official", "source") and known is not None and any(p.role == self.principal for p in known.posts)

    def _post(self, person: Entry) -> Post | None:
        """What a listed person was when the report came out."""
        return self.f.offices.post(person.ref)

    def _take_person(self, match: Match, person: Entry) -> int:
        m = self.m
        if m.name is None and another_state(self.f, self.m, person):
            return 0
        if m.name is None and born_there(self.f, self.m, self.entry, person):
            m.code = None  # المدير العام للوكالة الياباني فلان: his nation, not whom he works for
        if self._of_principal(match, person):
            post = self._post(person) if m.code is None else None
            m.code = m.code or (post.code if post is not None else person.code)
            return match.last
        last = match.last
        if person.kind == "person" and self.f.another(match, self.limit) and (end := self.f.name_end(match.first, self.limit)) > last:
            m.name = (match.first, end)
            return end
        if person.kind == "short" and self.f.forms[match.first] in self.f.lexicon.given and (end := self.f.name_end(match.first, self.limit)) - match.first > 1:
            known = self.f.lexicon.people.get(person.ref or "")
            if known is None or self.f.forms[end - 1] not in fold_word(known.name).split():
                m.name = (match.first, end)  # المتحدث باسم المجلس عباس علي فلان is not the Abbas who goes by that alone
                return end
        if person.kind == "short" and self._first_of_another(match, person):
            m.name = (match.first, self.f.name_end(match.first, self.limit))
            return m.name[1]
        if self.f.forms[m.first].removeprefix(m.prefix) in _KIN and match.first == m.last:
            self.outside = True  # محامي ترامب: somebody else's
            return match.last
        last = max(last, self.f.name_end(match.first, self.limit)) if person.kind == "short" else self.f.lineage(last, self.limit)
        m.name, m.ref, m.en = (match.first, last), person.ref, person.en
        m.gender = person.gender or m.gender
        m.code = m.code or person.code
        m.role = m.role or person.role or None
        return last

    def _first_of_another(self, match: Match, person: Entry) -> bool:
        """نائب الوزير شيكاو كاواي: is a family name somebody's first here, with a word behind it that nobody knows and that is no name of the listed person's?"""
        f, i = self.f, match.last
        known = f.lexicon.people.get(person.ref or "")
        if known is None or i >= self.limit or match.last - match.first > 1 or f.forms[i].startswith(("ال", "و", "ب", "ل")):
            return False
        word = f.words[i]
        unheard = word is not None and word.common == 0 and not (word.named or word.nouns or word.verbs or word.participles or word.prep)
        return unheard and f.name_end(match.first, self.limit) > i and f.forms[i] not in fold_word(known.name).split()

    def _preposition(self, i: int) -> int:
        """في/لدى/إلى/باسم/ب… with the body or place behind it."""
        f, m = self.f, self.m
        form = f.forms[i]
        if form in ("لشؤون", "لشوون", "شؤون", "شوون", "للشؤون", "للشوون", "الشؤون", "الشوون"):
            match = f.match(i + 1) if i + 1 < self.limit else None
            if match is not None and f.entry(match, "state", "place", "adjective"):
                return match.last
            return min(i + 2, self.limit) if i + 1 < self.limit and f.kinds[i + 1] == WORD else 0
        if form in BELONGING:
            match = f.match(i + 1)
            return (self._employer(i + 1, match) or 0) if match is not None and match.prefix == "ل" else 0
        if form not in ("في", "لدي", "الي", "باسم", "من", "علي", "بشان", "عن"):
            return 0
        j = i + 1
        j += form == "في" and f.forms[j : j + 1] != [] and f.forms[j] in _PARTS and self._local(i)
        match = f.match(j) if j < self.limit else None
        if match is None or match.prefix:
            return 0
        entry = f.entry(match, "state", "capital", "seat", "organisation", "group", "media", "institution", "place", "role")
        if entry is None:
            if form in ("في", "من", "لدي", "باسم") and f.entry(match, "weak") is not None and self.entry.role in _SERVANTS:
                self.outside = self.outside or m.code is None
                return match.last
            return 0
        if form == "الي" and entry.kind not in ("state", "capital", "place", "seat") and self.entry.role not in ("ambassador", "envoy"):
            return 0  # أوعز رئيس الوزراء إلى الجيش
        if form == "من" and m.definite and m.code is not None:
            return 0  # طلب الأمين العام للأمم المتحدة من حزب الله
        if form in ("من", "علي", "بشان", "عن") and self.entry.role not in ("source", "official", "expert", "citizen", "other"):
            party = form == "عن" and self.entry.role == "legislator" and entry.kind in ("organisation", "group")
            if not party:
                return 0
            m.code = m.code or entry.code  # النائب عن حزب كذا
            return match.last
        located = form in _PLACE_PREPOSITIONS and entry.kind in ("state", "capital", "place")
        if located:
            if self.entry.role in ("ambassador", "envoy"):
                return match.last
            if m.code is None and form == "في" and (entry.kind != "place" or self._local(i) and entry.code in f.lexicon.state_names):
                m.code = entry.code
                return match.last
            return 0
        if entry.kind == "institution":
            nested = f.institution(match, entry, self.limit)
            if nested is None:
                return self._whole_organ(match, entry)
            m.code = nested.code if form == "في" and nested.code and self.entry.role == "official" else m.code or nested.code
            self._serves(nested)
            return nested.last
        if entry.kind == "role":
            if form != "باسم" and not (form == "من" and self.entry.role == "source"):
                return 0  # but مصدر مقرب من الرئيس التونسي
            nested = f.role(match, entry, self.limit, inner=True)
            m.code = m.code or nested.code
            self.principal = nested.role or ""
            return nested.last
        if self.entry.role == "journalist" and form == "في" and entry.kind != "media":
            return match.last  # مراسل رويترز في حلف الناتو
        m.code = m.code or ("MEDIA" if entry.kind == "media" else entry.code)
        return match.last

    def _local(self, i: int) -> bool:
        """مصدر أمني في محافظة كذا: somebody of the services of where he is."""
        return self.entry.role in ("source", "official", "military") and not _SERVICES.isdisjoint(self.f.forms[self.m.first : i])

    def _part(self, i: int) -> int:
        """رئيس وزراء إقليم كذا، وزير داخلية ولاية كذا: of a part of a land, whose officials hold no office of the state."""
        f, m = self.f, self.m
        if f.forms[i] not in _PARTS or f.forms[i - 1].startswith("ال") or m.role not in STATE_OFFICES or m.code is not None or i + 1 >= self.limit or f.kinds[i + 1] != WORD:
            return 0
        place = f.entry(f.match(i + 1), "place")
        if place is not None and place.code in f.lexicon.state_names:
            m.code = place.code
        m.role = "official"
        match = f.match(i + 1)
        return match.last if match is not None and place is not None else i + 2

    def _portfolio(self, i: int) -> int:
        """Definite nouns behind وزير or an open role: وزير الري والموارد المائية."""
        f, m = self.f, self.m
        form = f.forms[i]
        word = f.words[i]
        assert word is not None
        if m.name is not None or word.function or word.named or m.code is not None or self.served:
            return 0
        if not self.open and not (self.entry.role == "head_of_state" and not m.definite):
            return 0
        if any(v.reading.tense == "past" for v in word.verbs) and not form.startswith("ال") or form.startswith("ال") and word.nouns and f.forms[i - 1].startswith("ال"):
            return 0  # نفى وزير الخارجية الاتهامات
        definite = form.startswith(("ال", "وال", "لل")) and (f.forms[i - 1] not in MODIFIERS or f.forms[i - 1].startswith("ال"))  # نفى مصدر مطلع الأنباء
        started = i == m.last and i - m.first <= 3 and not f.forms[i - 1].startswith("ال")
        construct = started and not m.definite and word.common > 3 and not word.verbs and f.forms[m.first].removeprefix(m.prefix) not in _ALONE
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
        word = f.words[i]
        if end == i and word is not None and not word.function and word.form in f.lexicon.given and word.form in f.lexicon.ambiguous and m.code is not None:
            end = f.name_end(i, self.limit, glued=True)  # سفير مصر لدى النرويج أشرف الموافي
            end = end if end - i > 1 and f.words_named(i + 1) | f.forms[i + 1].startswith("ال") else i
        if end == i:
            return i
        if end - i == 1 and (f.forms[i] in f.lexicon.ambiguous or m.number != "s" or f.stray(i)):
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
            if match is not None and match.prefix == "و" and f.entry(match, "role"):
                return 0  # شيخ الأزهر والرئيس الإيراني فلان: another's post
            person = f.entry(match, "person")
            if j > i and match is not None and person is not None and not match.prefix:
                return self._take_person(match, person)
            if j > i and (end := self._name_behind(j)) - j >= 2:
                m.name = (j, end)
                return end
            if form in _WHERE_WHEN or self._purpose(j) or form.startswith(("ال", "وال")) or match is not None and f.entry(match, "place", "state", "adjective", "capital"):
                j = match.last if match is not None and f.entry(match, "place", "state", "capital") else j + 1
                continue
            if j > i and word.common >= 3 and not word.verbs and not word.function and (f.forms[j - 1] in ("في", "لدي", "باسم") or self._purpose(j - 1)):
                j += 1
                continue
            if j > i and f.forms[j - 1].removeprefix("ب") in _PARTS and not word.verbs:
                j += 1  # في ولاية بورنو
                continue
            return 0
        return 0

    def _name_behind(self, i: int) -> int:
        """Where a name ends that begins behind a complement with a given name, also an everyday one before a family name, or with a word nobody knows; ``i`` for none."""
        f = self.f
        if f.words_named(i) and f.forms[i] not in f.lexicon.ambiguous:
            return f.name_end(i, self.limit)
        if i + 1 < self.limit and f.forms[i] in f.lexicon.given and f.forms[i + 1].startswith("ال") and f.family_like(i + 1):
            return f.name_end(i, self.limit, glued=True)
        return f.name_end(i, self.limit) if self.m.code is not None and f.strange_pair(i) else i

    def _purpose(self, i: int) -> bool:
        """لحقوق (الإنسان), لشؤون: what a post is for."""
        word, form = self.f.words[i], self.f.forms[i]
        return word is not None and (word.prep == "ل" or form[0] == "ل" and len(form) > 3 and form[1:] in self.f.lexicon.vocabulary and not word.named)

    def _behind_comma(self, i: int) -> int:
        """A name set off by a comma, parentheses or quotation marks; the marks are left where no name follows."""
        f, m = self.f, self.m
        if self.inner or f.forms[i] == "-" and f.doc.tokens.start[i] == f.doc.tokens.end[i - 1]:
            return i
        j = i
        while j < self.limit and f.forms[j] in ("،", ",", "-", "(", '"'):
            j += 1
        j = f.skip_titles(j, self.limit)
        if j >= self.limit or f.kinds[j] != WORD:
            return i
        match = f.match(j)
        person = f.entry(match, "person", "short")
        if match is not None and person is not None and not match.prefix:
            known = f.lexicon.people.get(person.ref or "")
            if str(m.code).startswith("OTHER:") and person.code is not None and not person.code.startswith("OTHER:"):
                m.code = None  # الموفد العربي والدولي، فلان: his post says whose he is
            if m.code is None or person.code in (None, m.code) or f.forms[i] == "(" or known is not None and any(p.code == m.code for p in known.posts):
                return self._take_person(match, person)
            return i
        pair = f.given_pair(f.forms[j], j)
        if m.code is not None and f.forms[i] in ("،", ",") and j == i + 1:
            closed = f.set_off(j, self.limit)
            if closed > j:
                m.name = (j, closed)
                return closed
        if match is not None and not f.words_named(j) and not pair:
            return i
        if f.words_named(j) or pair or (m.code is not None and f.words[j] is not None and f.words[j].common == 0):  # type: ignore[union-attr]
            end = f.name_end(j, self.limit)
            if end - j >= 2:
                m.name = (j, end)
                return end
        return i
