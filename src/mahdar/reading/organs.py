"""What an organ, organisation or group is called: its nationality, portfolio and own name behind the head word, and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.tokens import LATIN, WORD
from mahdar.reading.offices import STATE_OFFICES
from mahdar.reading.romanise import romanise

if TYPE_CHECKING:
    from mahdar.lexicon.model import Entry
    from mahdar.reading.mentions import Mention, MentionFinder
    from mahdar.reading.naming import Match

# One group, which its name must tell; تنظيم is also organising.
_SINGLE = frozenset("تنظيم حركه جماعه جبهه كتيبه لواء ميليشيا فصيل تيار قبيله عشيره".split())
# Bodies that are no organ of a state, whatever nationality they bear: a party, an association, an opposition.
PRIVATE = frozenset(
    "حزب احزاب منظمه منظمات جمعيه جمعيات نقابه نقابات اتحاد رابطه منتدي تيار ايتلاف تحالف جبهه حركه جماعه تنظيم معارضه فصايل ثوار مجموعه معهد مركز تجمع نادي".split()
)
# Bodies that mostly bear a name; of the others what follows unknown is a person's, or a thing's.
_BEARS_A_NAME = frozenset("حزب حركه جماعه تنظيم شركه مجموعه موسسه منظمه كتيبه لواء تيار ميليشيا مليشيا قبيله".split())
_NAMES = ("person", "short", "title", "state", "capital", "seat", "organisation", "group", "media", "institution", "people", "adjective")
_LONGEST = 4  # words of a name that nobody knows
_OF_NATIONS = frozenset("مجلس لجنه مجموعه".split())  # which two nations may share
_MATTERS = frozenset("الشوون الشيون شوون شيون القضايا الدراسات".split())
BELONGING = frozenset("التابع التابعه التابعون التابعين تابع تابعه تابعون تابعين تابعا".split())  # تابعة لـ …
_REGIONS = frozenset("ولايه مدينه محافظه مقاطعه اقليم بلده منطقه جزيره".split())
_OF_TOWNS = frozenset("شرطه محكمه نيابه بلديه".split())  # not قوات: a region's own forces may fight its state
_DWELLERS = frozenset("سكان اهالي اهل ابناء قبائل قبايل عشائر عشاير مشايخ شيوخ وجهاء ثوار".split())
_OFFICES = frozenset("مكتب ديوان".split())
_RULERS = STATE_OFFICES | {"monarch", "crown_prince"}
_REBELS = frozenset("معارضه فصايل ثوار".split())
_ARMED = frozenset("قوات اجهزه وحدات شرطه حرس قياده خفر".split())  # قوات الأمن: of the land at home, as الشرطة is
_FORCES = frozenset("القوات الجيش الحكومه الشعب البرلمان الرياسه السفاره الشرطه المسلحه".split())
# Words that may stand inside a described person or body without changing who it is.
MODIFIERS = frozenset(
    "كبير كبار الكبير كبيره كبيرا رفيع رفيعه رفيعي رفيعو المستوي بارز بارزه بارزون بارزين البارز اخر اخري اخرون اخرين سابق سابقه سابقون العام العامه الدائم "
    "الداييم الدائمه الخاص الخاصه المعتمد الرسمي الرسميه رسمي رسميه رسميون رسميين التنفيذي التنفيذيه التنفيذيون التنفيذيين الاول الاولي الثاني الثانيه الثالث الاعلي العليا "
    "الوطني الوطنيه المحلي المحليه السياسي السياسيه سياسي سياسيه سياسيون سياسيين دبلوماسي دبلوماسيه دبلوماسيون دبلوماسيين الدبلوماسي الدبلوماسيه عسكري "
    "عسكريه عسكريون عسكريين العسكري العسكريه امني امنيه امنيون امنيين الامني الامنيه حكومي حكوميه حكوميون حكوميين مطلع مطلعه مسوول مسووله مسيول مسيوله حزبي حزبيه "
    "قضائي قضائيه قضاييه قضايي محلي محليه طبي طبيه برلماني برلمانيه البرلماني البرلمانيه القضائي المؤقت الموقت المؤقته الموقته الانتقالي الانتقاليه المشترك المشتركه الجديد "
    "الجديده الحالي الحاليه المنتخب المكلف المقبل المستقيل الشرعيه الشرعي الاقليمي الاقليميه الدولي الدوليه دولي الفيدرالي الاتحادي الاتحاديه القومي القوميه "
    "الحكومي الحكوميه الوزاري الوزاريه التجاري التجاريه الاقتصادي الاقتصاديه التفاوضي التفاوضيه الرفيع الرفيعه "
    "المسلحه المسلح مسلحه مسلح مسلحون مسلحين متشددون متشددين متطرفون متطرفين مجهولون مجهولين المستقل المستقله "
    "المعارضه المعارض معارض معارضه معارضون معارضين الاسلامي الاسلاميه اسلاميون اسلاميين مقرب مقربه ملكي الملكي الملكيه "
    "موثوقه مقربون خاصه نافذ ميداني ميدانيه الشقيق الشقيقه الصديق الصديقه المتطرف المتشدد المتشدده الارهابي الارهابيه الانقلابيه الانقلابي المدعومه الحاكم الحاكمه بحريه جويه بريه برى الكوري الكوريه".split()  # noqa: E501
)


class BodyReader:
    """Reads what follows the head of an organ, organisation or group."""

    def __init__(self, finder: MentionFinder, mention: Mention, entry: Entry, limit: int) -> None:
        self.f = finder
        self.m = mention
        self.entry = entry
        self.limit = limit
        self.named = False  # has the body's own name been read?
        self.closed = 0  # where that name ends, if it is one in quotation marks or in words nobody knows
        self.both = False  # of two nations: مجلس الأعمال المصري الهندي

    def read(self, i: int) -> Mention | None:
        start = i
        while i < self.limit and i - start < 9:
            last = self._step(i, start)
            if last <= i:
                break
            self.m.last = i = last
            if self.both:
                break
        return self._finish(start)

    def _step(self, i: int, start: int) -> int:
        """Where the part of the name that begins at ``i`` ends; ``i`` where the name is over."""
        f, m = self.f, self.m
        match = f.match(i)
        if match is not None and match.last <= self.limit:
            last = self._listed(i, start, match)
            if last:
                return last
        form = f.forms[i]
        if f.kinds[i] == WORD and form in MODIFIERS and not (m.definite and m.kind == "state" and form.endswith(("ون", "ين")) and not form.startswith("ال")):
            return i + 1  # but قتل الجيش الفرنسي مسلحين: an indefinite plural is no part of a definite organ
        if m.kind != "state" and not self.named and (form == '"' or form == "(" and m.kind == "organisation" and self.entry.role == "media"):
            close = self._quoted(i)
            if close:
                m.name = (start, close)
                self.named, self.closed = True, close
                return close
        if self._noun(i, start) or self._described(i, start):
            return i + 1
        last = self._strange(i, start)
        last = last if last > i else self._located(i)
        last = last if last > i else self._belongs(i)
        return last if last > i else self._region(i)

    def _region(self, i: int) -> int:
        """شرطة ولاية تكساس، محكمة مدينة كولونيا: the state whose region or town the organ is of."""
        f, m = self.f, self.m
        if self.entry.role != "state" or m.code is not None or f.forms[i] not in _REGIONS or f.forms[i - 1].startswith("ال") or i + 1 >= self.limit:
            return i
        match = f.match(i + 1)
        place = f.entry(match, "place", "state", "capital")
        if match is None or place is None or match.prefix or place.code not in f.lexicon.state_names:
            return i
        m.code = place.code
        return match.last

    def _listed(self, i: int, start: int, match: Match) -> int:
        """A name of the lexicon that says whose the body is or which one: where it ends, ``i`` where it is another's, 0 where it is neither."""
        f, m = self.f, self.m
        adjective = f.entry(match, "adjective")
        if adjective is not None and not match.prefix and ("w" not in adjective.flags or adjective.flags == "dw" and f.forms[i - 1] in _FORCES):
            if f.forms[i - 1] in _MATTERS:
                return match.last  # لجنة الشؤون الأفريقية: what it deals with
            if m.definite and m.kind == "state" and f.forms[i].startswith("ال") and of_several(f.forms[i]):
                return i  # طالب البرلمان الأوروبي اللبنانيين
            if m.code is not None and m.code != adjective.code:
                self.both = head_of(f, m) in _OF_NATIONS and f.forms[i].startswith("ال")
                return match.last if self.both else i
            m.code = adjective.code
            return match.last
        state = f.entry(match, "state", "capital", "seat")
        genitive = i > start and not f.forms[i - 1].startswith("ال") or i == start and not m.definite  # زار وفد اللجنة مصر: whom it visited
        if state is not None and match.prefix == "" and m.code is None and genitive:
            m.code = state.code
            return match.last
        place = f.entry(match, "place") if genitive and not match.prefix and m.code is None and head_of(f, m) in _OF_TOWNS else None
        if place is not None and place.code in f.lexicon.state_names:
            m.code = place.code  # شرطة نيويورك
            return match.last
        if i == start and m.kind == "group" and (last := dwelling(f, m.first, m.prefix, i, self.limit)) > i:
            return last
        return self._listed_body(match) or self._listed_owner(i, start, match)

    def _listed_body(self, match: Match) -> int:
        """A listed organisation, group or medium: the body itself, or whose mission it is."""
        f, m = self.f, self.m
        body = f.entry(match, "organisation", "group", "media")
        if body is None or "c" in body.flags:
            return 0  # اتحاد التجار: a class of people is no body, so that its union is one of its own
        if m.code is not None and m.kind == "state":
            return 0  # حلت محكمة مصرية جماعة الإخوان: the organ has its land, so this is another party
        if match.prefix == "" and not m.definite:
            m.code, m.ref, m.kind, m.en = body.code, body.ref, "organisation" if body.kind == "media" else body.kind, body.en
            m.sort = "body"
            if body.kind == "media":
                m.code, m.sort = "MEDIA", "media"
            self.named = True
            return match.last
        if body.kind == "organisation" and match.prefix == "ل" and m.definite and m.code is None and self.entry.role == "state":
            m.code, m.kind, m.ref, m.en = body.code, body.kind, body.ref, body.en  # البعثة المشتركة للأمم المتحدة
            return match.last
        return 0

    def _listed_owner(self, i: int, start: int, match: Match) -> int:
        """A person or another organ of state: حكومة أردوغان، مكتب رئاسة الوزراء"""
        f, m = self.f, self.m
        if match.prefix or m.definite or self.entry.role != "state":
            return 0
        person = f.entry(match, "person", "short")
        if person is not None and m.code is None:
            m.code = person.code
            return match.last
        role = f.entry(match, "role") if i == start and head_of(f, m) in _OFFICES and m.code is None else None
        holder = f.role(match, role, self.limit) if role is not None else None
        if holder is not None and holder.name is None and holder.number == "s" and holder.code is not None and holder.role in _RULERS:
            m.code = holder.code  # مكتب رئيس الوزراء الإسرائيلي
            return holder.last
        nested = f.entry(match, "institution") if not f.forms[i - 1].startswith("ال") else None  # فرقت قوات الأمن متظاهرين
        inner = f.institution(match, nested, self.limit) if nested is not None and i == start else None
        if inner is None:
            return 0
        m.code, m.home = inner.code, inner.home
        return inner.last

    def _located(self, i: int) -> int:
        """Where the body is: الحكومة في بغداد (whose it is), السفارة الأميركية في صنعاء (no part of whose it is)."""
        f, m = self.f, self.m
        if self.entry.role != "state" or f.forms[i] not in ("في", "لدي") or i + 1 >= self.limit:
            return i
        place = f.match(i + 1)
        if place is None:
            return i
        if m.code is None and f.forms[i] == "في":
            state = f.entry(place, "state", "capital")
            if state is not None and not place.prefix:
                m.code = state.code
                return place.last
        elif m.code is not None and f.entry(place, "state", "capital", "place") and "سفار" in f.forms[m.first] + f.forms[m.first + 1]:
            return place.last
        return i

    def _belongs(self, i: int) -> int:
        """Whose part the body is: لجنة السياحة بالبرلمان الألماني، هيئة الرقابة التابعة للأمم المتحدة; ``i`` where nothing says."""
        f, m = self.f, self.m
        told = f.forms[i] in BELONGING
        match = f.match(i + 1 if told or f.forms[i] == "في" else i)
        if match is None or m.code is not None or match.prefix != ("ل" if told else "" if f.forms[i] == "في" else "ب") or match.last > self.limit:
            return i
        entry = f.entry(match, "organisation", "group", "state", "seat") if told else f.entry(match, "seat") if match.prefix else None
        if entry is not None and "c" not in entry.flags:
            m.code = entry.code
            return match.last  # التابعة للبنتاغون، لجنة السياحة بمجلس العموم
        organ = f.entry(match, "institution") if f.forms[i] not in ("برياسه", "برئاسه", "بقياده") else None
        nested = f.institution(match, organ, self.limit) if organ is not None and organ.role == "state" else None
        if nested is None or nested.code is None:
            return i
        m.code = nested.code
        return nested.last

    def _quoted(self, i: int) -> int:
        for j in range(i + 1, min(i + 7, self.limit)):
            if self.f.forms[j] == (")" if self.f.forms[i] == "(" else '"'):
                return j + 1 if j > i + 1 else 0
            if self.f.kinds[j] not in (WORD, LATIN):
                return 0
        return 0

    def _noun(self, i: int, start: int) -> bool:
        """Definite nouns that belong to the name: وزارة الري، حزب المستقبل، لجنة الشؤون الخارجية."""
        f, m = self.f, self.m
        word = f.words[i]
        form = f.forms[i]
        if word is None or word.function or form in BELONGING or form.startswith("لل") or self.closed:
            return False
        if self.entry.role == "media" and i == start and not m.definite and form.startswith("ال") and head_of(f, m) in _PAPERS:
            return True  # صحيفة الشعب
        open_name = "p" in self.entry.flags or (m.kind != "state" and self.entry.role in ("organisation", "group"))
        if not open_name or i - start > 3 or m.definite and m.kind == "state" and "p" not in self.entry.flags:
            return False
        if m.definite or i > start and not f.forms[i - 1].startswith("ال") and f.entry(f.match(i - 1), "adjective"):
            return False  # رفضت فصائل سورية الاتفاق
        if form.startswith(("ال", "وال")):
            return i == start or not self._object(i)
        return i == start and not word.verbs and word.common >= 3 and m.kind != "group"

    def _object(self, i: int) -> bool:
        """انتقد حزب الراية القرار، رفض حزب الغد المصري الاتفاق: is the noun the object of the verb in front, and no more of the name?

        No noun without و stands behind a nationality, nor, where a verb leads, behind a definite noun that it does not describe.
        """
        f, m = self.f, self.m
        form, before = f.forms[i], f.forms[i - 1]
        if not form.startswith("ال") or form.endswith(("ي", "يه")):
            return False
        if f.entry(f.match(i - 1), "adjective") is not None:
            return True
        leads = f.words[m.first - 1] if m.first else None
        describes = form.startswith("الم") or form.endswith("ه") and before.endswith(("ه", "ات"))
        return before.startswith(("ال", "وال")) and not describes and leads is not None and bool(leads.verbs)

    def _described(self, i: int, start: int) -> bool:
        """اللجنة التنظيمية للثورة، الجبهة السلفية: the adjective of a definite body, and behind an adjective what the body is for."""
        f, m = self.f, self.m
        form, word, match = f.forms[i], f.words[i], f.match(i)
        if m.kind == "state" or word is None or word.function or self.entry.role not in ("organisation", "group"):
            return False
        if self.closed and i == self.closed:  # حزب "ميرتس" اليساري
            return form.startswith("ال") and form.endswith("يه" if m.gender == "f" else "ي") and not f.entry(match, *_NAMES)
        if not m.definite or f.entry(match, *_NAMES, "role"):
            return False
        if i == start:
            return form.startswith("ال") and len(form) > 5 and form.endswith("يه" if m.gender == "f" else "ي")
        return f.forms[i - 1].startswith("ال") and form.startswith("لل") and len(form) > 4 and not form.endswith(("ين", "ون"))

    def _strange(self, i: int, start: int) -> int:
        """جماعة باريسان ريفولوسي، حزب سيريزا: where a name in words nobody knows ends; ``i`` where there is none."""
        f, m = self.f, self.m
        if m.definite or i != start or m.kind == "state" or self.entry.role not in ("organisation", "group") or head_of(f, m) not in _BEARS_A_NAME:
            return i
        last = i
        if f.forms[i].endswith(("يه", "ات")):
            return i  # جماعة سيخية محظورة، حركة تنقلات
        while last < self.limit and last - i < _LONGEST and f.kinds[last] == WORD and (word := f.words[last]) is not None and word.common <= 5 * (last > i):
            if word.function or word.verbs and last == i or word.prep or f.forms[last].startswith(("ال", "وال")) or self._listed_here(last, last > i):
                break
            last += 1
        if last > i:
            self.named, self.closed, m.name = True, last, (i, last)
        return last

    def _listed_here(self, i: int, behind: bool) -> bool:
        """Does a name of the lexicon begin here? Behind other words of a strange name a family name does not count."""
        match = self.f.match(i)
        return match is not None and (not behind or self.f.entry(match, *_NAMES[2:], "role") is not None)

    def _finish(self, start: int) -> Mention | None:
        f, m = self.f, self.m
        kind = self.entry.role
        if kind == "media":
            m.code, m.kind, m.sort = "MEDIA", "organisation", "media"
            told = m.first > 0 and bool((before := f.words[m.first - 1]) and before.verbs)
            papers = f.forms[m.first].removeprefix(m.prefix) in ("الصحف", "صحف")  # رفع الرقابة عن الصحف: whoever they are
            return m if m.definite and not papers or m.last > start or told and (papers or f.forms[m.first] in ("تقارير", "وسايل")) else None
        if m.code is None and kind == "state" and m.kind == "state":
            whole = start - m.first > 1 and f.forms[start - 1].startswith("ال")  # هيئة الجمارك
            if not m.definite and m.last == start and "h" not in self.entry.flags:
                m.home = whole and head_of(f, m) in _ARMED
                return m if m.home else None
            if "h" in self.entry.flags and (whole or m.definite or f.forms[m.first].removeprefix(m.prefix).startswith(("وزاره", "رئاسه", "رياسه", "مجلس"))):
                m.home = True
                return m
            m.home = m.definite
            return m if m.definite or "p" in self.entry.flags else None
        if kind in ("organisation", "group") and m.sort == "institution":
            if m.last == start and not m.definite and (m.kind == "organisation" or f.forms[m.first].removeprefix(m.prefix) in _SINGLE):
                return None
            m.sort = "described"
            if m.name is None:
                m.name = (m.first, m.last)
            if m.kind == "group" and m.code is not None and len(m.code) == 3:
                m.number = "p"
            self._unlike_state()
            if self.both:
                m.code = own_code(f, m)
        return m

    def _unlike_state(self) -> None:
        """المعارضة الإيرانية، حزب مصر: a body with a nationality is not the state."""
        head = head_of(self.f, self.m)
        if self.m.code in self.f.lexicon.state_names and (head in PRIVATE or "للثوره" in self.f.forms[self.m.first : self.m.last]):
            self.m.code = "SYR_OPP" if self.m.code == "SYR" and head in _REBELS else own_code(self.f, self.m)


_PAPERS = frozenset(("صحيفه", "جريده", "مجله"))


def of_several(form: str) -> bool:
    """الحوثيين: a nationality in the sound plural, which describes no single body (ناشد البرلمان الأوروبي الحوثيين)."""
    return form.endswith(("ون", "ين")) and len(form) > 4


def dwelling(finder: MentionFinder, first: int, prefix: str, i: int, limit: int) -> int:
    """أهالي بورسعيد، قبائل صعدة: where the place that such people are of ends, which is named right behind them from token ``i`` on; ``i`` for none."""
    if i != first + 1 or finder.forms[first].removeprefix(prefix) not in _DWELLERS:
        return i
    match = finder.match(i)
    place = finder.entry(match, "place")
    return match.last if match is not None and place is not None and not match.prefix and match.last <= limit else i


def head_of(finder: MentionFinder, m: Mention) -> str:
    """The first word of a mention without proclitic and article: للمعارضة → معارضة."""
    form = finder.forms[m.first].removeprefix(m.prefix)
    return form[1:] if m.prefix.endswith("ل") and form.startswith("ل") else form.removeprefix("ال")


def own_code(finder: MentionFinder, m: Mention) -> str:
    """The code of a body nobody has listed: its name."""
    name = finder.doc.raw(m.first, m.last)[len(m.prefix) :]
    return f"OTHER:{romanise('ا' + name if m.prefix.endswith('ل') and finder.forms[m.first].removeprefix(m.prefix).startswith('ل') else name)}"
