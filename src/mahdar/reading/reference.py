"""Who is who in one article: a document-wide table of persons and bodies, built before any statement is read.

Full names come first, then surnames, then descriptions (الوزير الفرنسي، الرئيس، المصدر): a description means the person of that role
and nationality whom the article names, else the one the lexicon knows in that post on the article's date, else somebody of its own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from mahdar.arabic.tokens import WORD
from mahdar.lexicon.model import Entry, Lexicon
from mahdar.reading.aliases import aliases
from mahdar.reading.allegiance import another, belong, led_before, quoted_by
from mahdar.reading.bridging import bridged
from mahdar.reading.dateline import without_place
from mahdar.reading.document import Document
from mahdar.reading.equals import equal_of
from mahdar.reading.home import GOVERNING, RULING, at_home, fronted, governs, known_there, leading, of_ministry, of_organs, only_land, publisher_home, scene, senator, serves_state
from mahdar.reading.mentions import Mention, MentionFinder
from mahdar.reading.metonyms import seated
from mahdar.reading.namesakes import at_their_places
from mahdar.reading.nearby import joined_persons, last_two, named_before, spoken_of
from mahdar.reading.offices import STATE_OFFICES
from mahdar.reading.tails import completed

# Sources that speak for no state unless the text says for which: مصادر دبلوماسية، مصدر مطلع (whereas مصدر أمني is the land's own).
_OF_NOBODY = frozenset("دبلوماسي دبلوماسيه مطلع مطلعه مقرب مقربه مقربين غربي غربيه موثوق موثوقه".split())
_UNNAMED, _MINISTERS = frozenset("source official expert citizen other journalist military".split()), frozenset(("minister", "foreign_minister", "defence_minister"))
# Those who act for a party, a church or themselves: no state is theirs by default.
_NO_OFFICE = frozenset(("party_leader", "religious_leader", "rebel_leader", "journalist", "other"))
# Offices that only a state has, though nothing says which: that of the state last spoken of.
_ONLY_STATES_HAVE = frozenset(("minister", "military", "head_of_government", "head_of_state", "ambassador"))
# Who opposes, with no word of whom: in an article about Syria the Syrian opposition.
_OF_ITS_KIND = frozenset("اول كاول باول ثاني ثالث اصغر".split())
_OPPOSITION = frozenset("معارضه معارضون معارضين ثوار فصايل فصائل مقاتلو مقاتلي".split())
_FAMILY_FIRST = frozenset(("CHN", "KOR", "PRK", "VNM", "TWN", "KHM"))  # states whose people are called by the first word of their names
_COMMON = 400  # a word met as often in the corpus is no family name by itself (شي، لي)
_PREFIXES = ("", "و", "ل", "ب", "ف", "ك", "ول", "وب")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody the article speaks of; ``name`` is the token range of the fullest form, ``home`` marks a code taken from the publisher."""

    kind: str
    code: str | None
    role: str | None = None
    ref: str | None = None
    name: tuple[int, int] = (0, 0)
    en: str = ""
    gender: str = ""
    number: str = "s"
    named: bool = False
    vague: bool = False
    sort: str = ""
    codes: tuple[str, ...] = ()
    mentions: list[Mention] = field(default_factory=list)


def called(m: Mention) -> tuple[int, int]:
    """The tokens that name a body: up to the end of its name in quotation marks, where it has one (حزب "ميرتس" اليساري)."""
    return (m.first, m.name[1]) if m.sort == "described" and m.name is not None and m.name[0] > m.first else (m.first, m.last)


def unlisted(code: str) -> bool:
    """Does nothing but the number of an entity stand for it (``OTHER:12``)?"""
    return code.startswith("OTHER:") and code[6:].isdigit()


class Cast:
    """The table: entities, and the mentions of each sentence resolved to them."""

    def __init__(self, document: Document, lexicon: Lexicon, *, home: str | None) -> None:
        self.doc = document
        self.lexicon = lexicon
        self.finder = MentionFinder(document, lexicon)
        self.date = (document.article.published or "")[:10]
        self.offices = self.finder.offices
        self.entities: list[Entity] = []
        self.by_sentence: list[list[Mention]] = [self._mentions(s.first, s.last) for s in document.sentences]
        at_their_places(self.by_sentence, document.tokens.form)
        seated(self.by_sentence, document, lexicon)
        self._aliases = {alias: self.words_of(name) for alias, name in aliases(self.finder, self.by_sentence).items()}
        self._firsts: defaultdict[int, list[int]] = defaultdict(list)  # where each entity is mentioned, in order
        self._surnames: dict[tuple[str, ...], int] = {}
        self._bearers: dict[str, set[int]] = {}  # persons named in full, by their family name
        self._people: dict[str, int] = {}
        self.called: dict[tuple[str, ...], dict[int, None]] = {}  # persons with a name, by its first word and its first two
        self.settings: dict[int, str] = {}  # the state that a sentence is set in, by its number
        self._bodies: dict[str, int] = {}
        self._organs: dict[str, str] = {}
        self.home = home or self._infer_home()
        self.scene = self.home or scene(m for mentions in self.by_sentence for m in mentions)
        self.land = None if self.scene else only_land(document, self.finder)
        self._named_persons()
        self._add_surname_mentions()
        self._rest()

    def _mentions(self, first: int, last: int) -> list[Mention]:
        """The mentions of the sentence of tokens ``[first, last)``."""
        return without_place(completed(self.finder, bridged(self.finder, self.finder.sentence(first, last)), last), self.doc.tokens.form, first)

    def codes_of(self, mention: Mention) -> tuple[str, ...]:
        """The codes a mention stands for: its own where it names several sides, else its entity's."""
        code = self.entities[mention.entity].code if mention.entity >= 0 else mention.code
        return mention.codes or ((code,) if code else ())

    def acts_for(self, entity: int) -> tuple[str | None, ...]:
        """The codes somebody acts for; several for the ministers of several states."""
        who = self.entities[entity]
        return who.codes or (who.code,)

    # -- home ------------------------------------------------------------------------------------------------------------------

    def _infer_home(self) -> str | None:
        """The state whose officials the article names without their nationality (الرئيس محمد مرسي): the publisher's own."""
        votes: Counter[str] = Counter()
        for mentions in self.by_sentence:
            for m in mentions:
                if m.kind == "person" and m.ref in self.lexicon.people and m.sort == "role" and m.name and not self._nationality_inside(m):
                    post = self.offices.post(m.ref)
                    if post and len(post.code) == 3 and m.role in ("head_of_state", "head_of_government", "foreign_minister", "minister", "defence_minister"):
                        votes[post.code] += 1
        own = publisher_home(self.doc.article.source or "", self.lexicon)
        if own is not None and (own in votes or at_home(own, (m for mentions in self.by_sentence for m in mentions))):
            return own
        return votes.most_common(1)[0][0] if votes else None

    def _nationality_inside(self, m: Mention) -> bool:
        assert m.name is not None
        for i in range(m.first, m.name[0]):
            match = self.finder.match(i)
            if self.finder.entry(match, "adjective", "state", "capital", "organisation", "group", "seat"):
                return True
        return False

    # -- persons ---------------------------------------------------------------------------------------------------------------

    def _told_code(self, m: Mention) -> str | None:
        """The code a description itself names, not the one that came with the name."""
        known = self.lexicon.people.get(m.ref or "")
        if known is None or not known.posts or m.code != known.posts[-1].code or m.name is None or self._nationality_inside(m):
            return m.code
        return None

    def words_of(self, span: tuple[int, int]) -> tuple[str, ...]:
        forms, kinds = self.doc.tokens.form, self.doc.tokens.kind
        return tuple(forms[i] for i in range(*span) if kinds[i] == WORD)

    def _named_persons(self) -> None:
        for short in (False, True):
            for mentions in self.by_sentence:
                for m in mentions:
                    if m.kind == "person" and m.name is not None and m.sort != "weakshort" and self._is_short(m) == short:
                        self._person(m)

    def _is_short(self, m: Mention) -> bool:
        """A listed family name alone; the article's own full names come first."""
        return m.sort == "short" or m.name is not None and m.name[1] - m.name[0] == 1

    def _person(self, m: Mention) -> None:
        assert m.name is not None
        words = self.words_of(m.name)
        words = (self._bare(words[0], m) if m.first == m.name[0] else words[0], *words[1:])
        also = self._aliases.get(" ".join(words)) if m.ref is None else None
        words = also or words
        if m.sort == "short" and m.ref is not None and m.ref not in self._people:
            self._choose_namesake(m)
        key = self._person_key(m, words)
        index = self._people.get(key, -1)
        if self._is_short(m) and len(words) == 1 and len(self._bearers.get(words[0], ())) > 1:
            index = self._nearest_bearer(words[0], m.first)
        if index < 0 and self._is_short(m):
            index = self._surnames.get(words, -1)
        if index < 0 and m.ref is None:
            index = self._same_name(words)
            index = named_before(self, words, m) if index < 0 else index
        if index < 0:
            index = len(self.entities)
            self.entities.append(Entity("person", None, None, m.ref, m.name, m.en, m.gender, "s", True, sort="name"))
        self._people[key] = index
        entity = self.entities[index]
        if not also and m.name[1] - m.name[0] > entity.name[1] - entity.name[0] or not entity.named:
            entity.name = m.name
        named = self.words_of(entity.name)
        for begins in (named[:1], named[:2]):
            self.called.setdefault(begins, {})[index] = None
        self._describe(entity, m)
        if len(words) > 1 and (m.ref is not None or m.role is not None):  # not طالب منصور, misread
            self._bearers.setdefault(words[-1], set()).add(index)
        for cut in range(1, min(3, len(words))):
            self._surnames.setdefault(words[-cut:], index)
        if len(words) > 1 and entity.code in _FAMILY_FIRST and self.lexicon.vocabulary.get(words[0], 0) < _COMMON:
            self._surnames.setdefault(words[:1], index)
        if len(words) > 1 and words[-1].startswith("عبدال"):
            self._surnames.setdefault(("عبد", words[-1][3:]), index)
        if len(words) > 2 and words[-2] == "عبد":
            self._surnames.setdefault((words[-2] + words[-1],), index)
        self._link(m, index)

    def _choose_namesake(self, m: Mention) -> None:
        """Of those who bear a family name the one the article named in full, else the one in office on its day (موثاريكا in 2016 is Peter, not Bingu)."""
        namesakes = self._namesakes(m)
        known = [e for e in namesakes if e.ref in self._people] or [e for e in namesakes if e.kind == "short" and self.offices.serves(e.ref)]
        if known and known[0].ref != m.ref:
            m.ref, m.code, m.role, m.en, m.gender = known[0].ref, known[0].code, known[0].role or None, known[0].en, known[0].gender

    def _nearest_bearer(self, name: str, at: int) -> int:
        """Two of one family name in an article: who was named in full last before token ``at``, else first."""
        full = [(m.first, i) for i in self._bearers[name] for m in self.entities[i].mentions if m.name is not None and m.name[1] - m.name[0] > 1]
        before = [x for x in full if x[0] < at]
        return max(before)[1] if before else min(full)[1]

    def _person_key(self, m: Mention, words: tuple[str, ...]) -> str:
        return m.ref if m.ref is not None else " ".join(words)

    def _bare(self, word: str, m: Mention) -> str:
        return word[len(m.prefix) :] if m.prefix and word.startswith(m.prefix) else word

    def _same_name(self, words: tuple[str, ...]) -> int:
        """An entity already named whose name ends in the same word or shares two."""
        for cut in (2, 1):
            found = self._surnames.get(words[-cut:])
            if found is not None and (cut == 2 or len(words) == 1 or self._share(words, found)):
                return found
        if len(words) == 2 and words[0] == "عبد":  # عبد الله، of whom الملك عبد الله الثاني was spoken before
            return next((i for i, e in enumerate(self.entities) if e.kind == "person" and words in zip(w := self.words_of(e.name), w[1:], strict=False)), -1)
        return -1

    def _share(self, words: tuple[str, ...], index: int) -> bool:
        other = self.words_of(self.entities[index].name)
        return len(other) == 1 or words[0] == other[0]

    def _describe(self, entity: Entity, m: Mention) -> None:
        """Role and code: the article's own words first, then the post held on its date, then home."""
        entity.gender = entity.gender or m.gender
        post = self.offices.post_of_role(m.ref, m.role) if m.sort == "role" and not m.former else None
        post = post or self.offices.post(entity.ref)
        if entity.role is None:
            described = m.role if m.sort in ("role", "counterpart", "unlisted") or m.role else None
            if post is not None and (described is None or m.sort in ("name", "short") or m.sort == "counterpart" and not self.offices.holds(m.ref, described, None)):
                described = post.role
            entity.role = described
        elif m.sort in ("role",) and m.role and entity.sort == "guess":
            entity.role = m.role
        if entity.code is None:
            explicit = self._told_code(m) if m.sort in ("role", "counterpart", "unlisted") else None
            if m.former and post is not None and self.offices.held(post):
                explicit = post.code  # the prime minister who went over to the opposition
            if post is not None and (explicit is None or explicit == m.code and m.sort in ("name", "short")):
                explicit = explicit or post.code
            if explicit == "MEDIA" and post is not None:
                explicit = post.code
            if explicit is None and m.home and m.role not in _NO_OFFICE:
                explicit = self.scene if m.role == "official" and self._office(m) in GOVERNING else self.home
            entity.code = explicit or (post.code if post else None)

    def _office(self, m: Mention) -> str:
        """The first word of the post that describes a person, without the article."""
        assert m.name is not None
        at = m.first if m.name[0] > m.first else m.name[1]
        while at < m.last and self.doc.tokens.kind[at] != WORD:
            at += 1
        return self._bare(self.doc.tokens.form[at], m).removeprefix("ال") if at < m.last else ""

    def _link(self, m: Mention, index: int) -> None:
        m.entity = index
        self.entities[index].mentions.append(m)
        insort(self._firsts[index], m.first)

    def _add_surname_mentions(self) -> None:
        """Family names standing alone, of persons the article named in full before."""
        forms, kinds, words = self.doc.tokens.form, self.doc.tokens.kind, self.doc.words
        single = {key[0]: index for key, index in self._surnames.items() if len(key) == 1 and len(key[0]) > 2}
        if not single:
            return
        present = {prefix + name for name in single for prefix in _PREFIXES}
        for at, sentence in enumerate(self.doc.sentences):
            mentions = self.by_sentence[at]
            if present.isdisjoint(forms[sentence.first : sentence.last]):
                continue
            taken = {i for m in mentions for i in range(m.first, m.last) if m.sort not in ("adjective", "weakshort")}
            added: list[Mention] = []
            for i in range(sentence.first, sentence.last):
                if forms[i] not in present or kinds[i] != WORD or i in taken:
                    continue
                for prefix in _PREFIXES:
                    form = forms[i]
                    if not form.startswith(prefix):
                        continue
                    index = single.get(form[len(prefix) :])
                    if index is not None and len(self._bearers.get(form[len(prefix) :], ())) > 1:
                        index = self._nearest_bearer(form[len(prefix) :], i)
                    if index is not None and self._surname_here(i, form[len(prefix) :], words[i] is not None and words[i].common or 0, prefix):  # type: ignore[union-attr]
                        added.append(Mention(i, i + 1, "person", "short", ref=self.entities[index].ref, name=(i, i + 1), prefix=prefix, entity=index))
                        self._link(added[-1], index)
                        break
            if added:
                gone = {m.first for m in added}
                kept = sorted([m for m in mentions if m.first not in gone] + added, key=lambda m: m.first)
                self.by_sentence[at] = self._titled_surnames(kept)

    def _titled_surnames(self, mentions: list[Mention]) -> list[Mention]:
        """السفير الشرقاوي: a description with the surname right behind it is one mention of that person."""
        out: list[Mention] = []
        for m in mentions:
            before = out[-1] if out else None
            if before is not None and m.sort == "short" and not m.prefix and before.sort == "role" and before.name is None and before.last == m.first and before.number == "s":
                before.name, before.last = (m.first, m.last), m.last
                self._link(before, m.entity)
                self._describe(self.entities[m.entity], before)
                continue
            out.append(m)
        return out

    def _surname_here(self, i: int, surname: str, common: int, prefix: str) -> bool:
        """A surname that is also an everyday word counts only where the article uses it as a name in full."""
        if surname == "علي":
            return self.finder.is_ali(i)  # وأكد على: mostly the preposition
        if common <= 40:
            return True
        before = self.doc.words[i - 1] if i else None
        if before is not None and not prefix and any(self.finder.says(v.reading.lemma) for v in before.verbs):
            return True  # وأضاف العربي
        word = self.doc.words[i]
        return word is not None and not word.function and not word.verbs and not prefix and surname in self.lexicon.family

    # -- everybody else --------------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        """Bodies, states and descriptions, in reading order."""
        self.settings = fronted(self.doc, self.by_sentence, self.finder)
        for mentions in self.by_sentence:
            kept: list[Mention] = []
            for m in mentions:
                if m.entity >= 0 or self._resolve(m):
                    kept.append(m)
            mentions[:] = kept
        belong(self)
        for entity in self.entities:
            if entity.kind == "person" and entity.code is None and any(m.home and m.role not in _NO_OFFICE for m in entity.mentions):
                entity.code = self.home
            if entity.kind == "person" and entity.code is None and entity.number == "s" and entity.mentions:
                at = entity.mentions[0].first
                entity.code = self.settings.get(self.doc.sentence_at(at)) if entity.role is not None and entity.role not in _NO_OFFICE else None
                stately = entity.role in _ONLY_STATES_HAVE or any(serves_state(m, self.doc.tokens.form) for m in entity.mentions)
                entity.code = spoken_of(self, at) if entity.code is None and stately else entity.code
                if entity.code is None and entity.role not in _NO_OFFICE and any(m.anchor >= 0 or governs(m, self.doc.tokens.form, self._office) for m in entity.mentions):
                    entity.code = self.scene or self._leading()
                if entity.code is None and entity.role == "legislator" and any(senator(self.doc.tokens.form[m.first : m.last]) for m in entity.mentions):
                    entity.code = "USA"

    def _leading(self) -> str | None:
        return leading(m for found in self.by_sentence for m in found)

    def _organ_again(self, i: int, before: int) -> str | None:
        """الوزارة، الخارجية، الجيش without a nationality: the code of the organ last named with that word."""
        head = self.doc.tokens.form[i]
        for prefix in ("", "و", "ب", "ل", "لل", "بال", "ول", "وب"):
            stem = head[len(prefix) :] if head.startswith(prefix) else ""
            stem = stem.removeprefix("ال")
            code = self._organs.get(stem)
            if stem and code:
                return code
        return None

    def _note_organ(self, m: Mention) -> None:
        if m.sort != "institution" or m.code is None or len(m.code) != 3:
            return
        for i in range(m.first, min(m.last, m.first + 2)):
            word = self.doc.tokens.form[i]
            word = self._bare(word, m) if i == m.first else word
            self._organs[word.removeprefix("ال").removeprefix("ل")] = m.code

    def _resolve(self, m: Mention) -> bool:
        if m.anchor >= 0 and m.code is None:
            m.code = self._organ_again(m.anchor, m.first)
        if m.sort == "institution" and m.code is None and m.kind == "state" and m.last - m.first <= 2:
            m.code = self._organ_again(m.first, m.first)
        self._note_organ(m)
        if m.sort in ("pair", "own"):
            return True
        if m.sort == "weakshort":
            return self._weak_person(m)
        if m.sort == "weak":
            index = self._bodies.get(m.code or "")
            if index is None:
                code = known_there(self.land, [e.code for e in map(self.lexicon.entries.__getitem__, match.entries)] if (match := self.finder.match(m.first)) else [])
                m.code = code or m.code
                return code is not None and self._new_body(m, code, code)
            self._link(m, index)
            return True
        if m.kind == "person":
            if m.name is None and m.number == "s" and (m.prefix == "ك" or not m.definite and m.first and self.doc.tokens.form[m.first - 1] in _OF_ITS_KIND):
                return False  # كأول رئيس يزور البلاد، كمرشح رئاسي: what somebody is, nobody of his own
            self._described_person(m)
            return True
        return self._body(m)

    def _namesakes(self, m: Mention) -> list[Entry]:
        """The listed persons whom the words of a short mention alone may mean, in the order of the lexicon."""
        match = self.finder.match(m.first)
        if match is None or match.last < m.last or len(match.entries) < 2:
            return []
        return [e for e in map(self.lexicon.entries.__getitem__, match.entries) if e.kind in ("short", "weakshort")]

    def _weak_person(self, m: Mention) -> bool:
        index = self._people.get(m.ref or "")
        if index is None:
            index = next((self._people[e.ref] for e in self._namesakes(m) if e.ref in self._people), None)  # كيم: the one the article named
        if index is None:
            words = self.words_of((m.first, m.last))
            index = self._surnames.get((self._bare(words[0], m), *words[1:]))
        if index is None:
            return False
        self._link(m, index)
        return True

    def _body(self, m: Mention) -> bool:
        code = m.code or (self.home if m.home else None)
        if m.kind == "state" and code is None and m.sort == "institution" and m.home:
            code = self.scene or self._leading() or (self.land if self._head(m) in RULING else None)
            if code is None:
                return self._new_body(m, "home", None)
        if m.kind == "state" and code is None:
            return False
        if m.kind == "group" and (code is None or m.ref == "opponents") and self._head(m) in _OPPOSITION and (self.scene or self._leading()) == "SYR":
            code = "SYR_OPP"
        m.code = code
        if m.kind == "state" or code not in (None, "MEDIA") and not str(code).startswith("OTHER"):
            key = f"{m.kind} {code}" if m.sort == "described" else str(code)
            if m.sort == "described" and len(str(code)) == 3 and m.kind == "group":
                key = f"group {code} {self._head(m)}"
        else:
            key = m.ref or " ".join(self.words_of(called(m)))
        if m.ref is None and m.last - m.first == 1 and m.sort in ("media", "described") and m.definite:
            return self._again(m)
        return self._new_body(m, key, code)

    def _head(self, m: Mention) -> str:
        return self._bare(self.doc.tokens.form[m.first], m).removeprefix("ال")

    def _again(self, m: Mention) -> bool:
        """الوكالة، الحزب، الصحيفة: the body last named with that word; a medium else the last medium."""
        head = self._head(m)
        best, nearest = -1, -1
        for index, entity in enumerate(self.entities):
            if entity.kind not in ("organisation", "group"):
                continue
            for x in entity.mentions:
                if nearest < x.first < m.first and (head in self.heads(x) or entity.code == "MEDIA" == m.code):
                    best, nearest = index, x.first
        if best >= 0:
            self._link(m, best)
            return True
        led = led_before(self, head, m.first) if m.code is None else None
        if led is not None:
            key = led.ref or str(led.code)
            self._new_body(led, str(led.code) if not str(led.code).startswith("OTHER") else key, led.code)
            self._link(m, led.entity)
            return True
        return self._new_body(m, " ".join(self.words_of((m.first, m.last))), m.code)

    def heads(self, m: Mention) -> set[str]:
        """The words of a body's name without ال, with its first word's proclitic taken off."""
        words = self.words_of((m.first, m.last))
        return {w.removeprefix("ال") for w in (self._bare(words[0], m), *words[1:])} if words else set()

    def _new_body(self, m: Mention, key: str, code: str | None) -> bool:
        index = self._bodies.get(key)
        if index is None:
            index = self._bodies[key] = len(self.entities)
            self.entities.append(Entity(m.kind, code, None, m.ref, called(m), m.en, m.gender, m.number, True, m.vague, m.sort))
            if code and m.sort != "described":
                self._bodies.setdefault(code, index)
        entity = self.entities[index]
        better = {"state": 3, "body": 3, "media": 3, "capital": 2, "seat": 2, "institution": 2, "people": 1, "adjective": 0}
        if better.get(m.sort, 1) > better.get(entity.sort, 1):
            entity.name, entity.sort, entity.en = called(m), m.sort, m.en or entity.en
        self._link(m, index)
        return True

    def _described_person(self, m: Mention) -> None:
        index = equal_of(self, m)
        index = index if index >= 0 else self._by_description(m)
        if index < 0:
            code = m.code = m.code or self._unsaid(m)
            holder = self.offices.holder(m.role, code) if m.number == "s" and not m.former else None
            index = self._people.get(holder or "", -1)
            if index < 0:
                index = len(self.entities)
                self.entities.append(Entity("person", code, m.role, holder, (m.first, m.last), "", m.gender, m.number, False, sort="role", codes=m.codes))
        self._link(m, index)

    def _unsaid(self, m: Mention) -> str | None:
        """The state of an official described without one: home, or where the office or its adjective is a state's, the state the article is about."""
        here, forms = self.settings.get(self.doc.sentence_at(m.first)), self.doc.tokens.form[m.first : m.last]
        if here is not None and m.role in ("source", "official", "military") and _OF_NOBODY.isdisjoint(forms):
            return here  # وفي مأرب، … بحسب مصدر عسكري
        if (code := another(self, m)) is not None:
            return code
        if m.role in ("source", "official", "military", "spokesperson", "legislator") and (m.anchor >= 0 or of_organs(forms) or of_ministry(forms)):
            return quoted_by(self, m) or self.scene or self._leading() or (spoken_of(self, m.first) if m.anchor >= 0 or of_ministry(forms) else None)
        if m.role in STATE_OFFICES and m.definite and m.number == "s":
            return self.scene
        if m.role == "source" and not _OF_NOBODY.isdisjoint(forms):
            return None
        return self.home if (m.home or m.role == "source") and m.role not in _NO_OFFICE else None

    def _by_description(self, m: Mention) -> int:
        """The entity a description means, nearest mention first; -1 for somebody new."""
        if m.number != "s":
            return self._plural_again(m)
        if m.role in _UNNAMED and not (m.definite and m.last - m.first <= 2) or m.role == "spokesperson" and not m.definite:
            words = self.words_of((m.first, m.last))
            for index, entity in enumerate(self.entities):
                if entity.kind == "person" and not entity.named and self.words_of(entity.name) == words:
                    return index
            return -1
        best, nearest = -1, -1
        for index, entity in enumerate(self.entities):
            if entity.kind != "person" or entity.number != "s" or not self._fits(m, entity):
                continue
            firsts = self._firsts[index]
            at = firsts[before - 1] if (before := bisect_left(firsts, m.first)) else -1
            if at > nearest or best < 0:
                best, nearest = index, at
        if best >= 0 and m.code is None and nearest < 0 and m.role in _UNNAMED:
            return -1
        if best >= 0 and m.code is None and nearest < 0 and m.role in STATE_OFFICES and not m.former:
            here = spoken_of(self, m.first)  # وشدد رئيس الوزراء, of the state just spoken of, not the one somebody leads who is named later
            if here is not None and here != self.entities[best].code and self.offices.holder(m.role, here) is not None:
                m.code = here
                return -1
        return best

    def _plural_again(self, m: Mention) -> int:
        """المسؤولون، المصادر: the plural of the same role last named, when the article only points back."""
        if not m.definite or m.last - m.first > 2 or m.codes:
            return -1
        for index in range(len(self.entities) - 1, -1, -1):
            entity = self.entities[index]
            if entity.kind == "person" and entity.number == m.number and entity.role == m.role and (m.code is None or m.code == entity.code):
                return index
        return -1

    def state(self, code: str, words: tuple[int, int] | None = None) -> int:
        """The entity of a state, made when the article names it only inside a title, or by the place that these ``words`` name."""
        for index, entity in enumerate(self.entities):
            if entity.code == code and entity.kind != "person":
                return index
        names = self.lexicon.state_names.get(code)
        where = next((m for e in self.entities for m in e.mentions if code in m.codes or e.code == code), None)
        span = (where.first, where.last) if where is not None else words or (0, 1)
        sort = "state" if where is None and words else "title"
        self.entities.append(Entity("state", code, None, code, span, names[1] if names else "", named=True, sort=sort))
        return len(self.entities) - 1

    def members(self, index: int) -> list[int]:
        """Those a dual or plural stands for: the persons of that role and nationality, else their states; itself when single."""
        entity = self.entities[index]
        if len(entity.codes) < 2:
            return [index]
        out = []
        for code in entity.codes:
            person = next((i for i, e in enumerate(self.entities) if e.kind == "person" and e.named and e.code == code and e.role == entity.role), -1)
            out.append(person if person >= 0 else self.state(code))
        return out

    def pair_before(self, at: int, *, persons: bool) -> list[int]:
        """الجانبان، الرئيسان: the last two of different codes named before token ``at``, in the order named; of one code where و joins two persons."""
        return joined_persons(self, at) if persons and joined_persons(self, at) else last_two(self, at, persons=persons)

    def _held(self, entity: Entity, role: str | None, code: str | None) -> bool:
        known = self.lexicon.people.get(entity.ref or "")
        return known is not None and any(p.role == role and code in (None, p.code) and (not self.date or p.start <= self.date) for p in known.posts)

    def _fits(self, m: Mention, entity: Entity) -> bool:
        code = m.code
        if code and entity.code and code != entity.code:
            return False
        if m.gender and entity.gender and m.gender != entity.gender and not entity.ref:
            return False
        if m.former and self._held(entity, m.role, code):
            return True  # وزير الخارجية الألماني الأسبق, of him who held the post once
        if m.role in ("official", "legislator", "military") and m.definite and m.last - m.first <= 3 and entity.named and code is not None and code == entity.code:
            return True
        same = entity.role == m.role or (m.role == "minister" and entity.role in _MINISTERS) or (m.role == "source" and entity.role == "official" and code is None and not entity.named)  # noqa: E501
        if m.role == "official" and entity.role in ("official", "source", "spokesperson", "ambassador", "envoy", "military", "minister") and code is None:
            same = same or not entity.named or entity.role == "official"
        if not same:
            return False
        if code is None and entity.code != self.home and m.home and not entity.mentions:
            return False
        return not (code is not None and entity.code is None)
