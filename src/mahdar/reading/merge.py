"""One record per interaction: the same act told twice in an article is one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from mahdar.arabic.words import Word
from mahdar.lexicon.model import Act
from mahdar.reading.clauses import Clause
from mahdar.reading.proposals import Proposal
from mahdar.record import SYMMETRIC

# Acts that undo others, by what they undo: علقت المساعدات, أوقفت الغارات do not tell of what is their object. (Sanctions lifted were imposed.)
_UNDOES = {
    "CONCEDE": frozenset(("COERCE", "MOBILIZE")), "RETREAT": frozenset(("ASSAULT", "MOBILIZE", "PROTEST")),
    "REJECT": frozenset(("CONSULT", "AGREE", "COOPERATE")),  # رفضت إجراء محادثات
    "SANCTION": frozenset(("AID", "COOPERATE", "CONSULT", "AGREE", "SUPPORT")),
}  # fmt: skip
_REFUSES = "reject.refuse"  # whereas what is cancelled (ألغى زيارة) is told as the meeting that did not come about
_REFUSED = frozenset(("obj", "of "))  # how a noun stands right behind who refuses it: رفض الوزير لقاء نظيره، رفضه لقاء نظيره
_CLOSE = 8  # tokens between two words that name one act of one doer twice (أجرى اتصالا هاتفيا بحث فيه)
_GENITIVE = 3  # tokens from a noun that undoes an act to the noun of that act
_CALLED = 12  # tokens from a call to what is called for
_BESIDE = 7  # tokens between two acts of different types told in the same breath
_SURE, _APART = 0.5, 0.5  # an act that scores below the first, and below its neighbour by the second, is the weaker reading of the two
# Rows whose words say that they were not in one place.
_CALLS = frozenset(f"consult.{act}" for act in ("call", "call-receive", "call-noun", "contact", "phone", "talk-phone", "video"))
_SOON = 2  # sentences within which a meeting told with one party is told again in full
_AHEAD = frozenset(("planned", "possible"))
_TOPIC = "consult.discuss"  # rows of verbs that only say what a meeting is about
VISIT_DAYS = 3  # a visit and the meetings it is made of may be dated that far apart
# What parties do to each other, not say: a report tells of one raid, one embargo, whatever words it takes for it.
_DEEDS = frozenset(("ASSAULT", "COERCE", "CONCEDE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION"))
_LEAD = 2  # the first sentences tell the headline again
_CLOSE_BY = 2  # sentences between two tellings of one act of which only one names its day
_YEAR = len("2015")
_CARRIERS = frozenset("فرض شن تنفيذ توجيه اتخاذ اجراء عقد ارسال تقديم".split())  # nouns that only carry the act behind them: بفرض عقوبات
# Rows of talks that may be only called for (دعا إلى الحوار); whoever is called to a meeting is to meet.
_TALKS = frozenset(f"consult.{act}" for act in "negotiations dialogue-noun talks resume continue launch negotiate return-table hold-talks-table negotiations-join-round".split())
_TO, _WITH = frozenset(("الي", "ل", "علي")), "frame:مع"
Key: TypeAlias = tuple[object, ...]
_WITH_COMPLEMENT = frozenset(("ACCUSE", "REQUEST", "THREATEN"))  # acts whose ب says what they are about


def merge(proposals: list[Proposal]) -> list[Proposal]:
    """Accepted proposals with repetitions folded into the best-told one, in text order."""
    out: list[Proposal] = []
    known: dict[Key, list[int]] = {}  # which tellings to compare, so that a long article costs no more than its length
    for proposal in sorted(proposals, key=lambda p: (p.sentence, p.trigger.at)):
        keys = _keys(proposal)
        at = next((at for at in sorted({at for key in keys for at in known.get(key, ())}) if _same(out[at], proposal)), len(out))
        if at == len(out):
            out.append(proposal)
        elif out[at] is not (best := _better(out[at], proposal)):
            out[at] = best
        else:
            continue
        for key in keys:
            known.setdefault(key, []).append(at)
    return sorted(out, key=lambda p: (p.sentence, p.trigger.at))


def _keys(p: Proposal) -> list[Key]:
    """Under what two tellings that may be :func:`_same` are both to be found: their sentence, a party that met, the parties with what tells an act again."""
    act, sides = p.trigger.act, _sides(p)
    keys: list[Key] = [(act.type, p.sentence)]
    if act.type == "CONSULT":
        return [*keys, *((act.type, code) for code in sorted(sides[0] | sides[1]))]
    if p.sentence <= _LEAD:
        keys.append((act.type, 0))  # the headline
    if p.trigger.kind != "verb":
        keys.append((act.type, act.id, *sides))
    if act.type in _DEEDS:
        keys.append((act.type, p.status, *sides))
    return keys


def without_complements(accepted: list[Proposal], clauses: list[list[Clause]], words: Sequence[Word | None]) -> list[Proposal]:
    """Acts without those that only say what another one is about: اتهمت … بتزويد، طالبت بالإفراج، هدد بفرض عقوبات tell of no deed.

    The complement is a noun behind ب or behind such a noun (بفرض عقوبات), with no verb between it and the act that governs it; or it is the companion of a verb that undoes it
    (علقت المساعدات), or that somebody refuses (رفض لقاء نظيره). Nor do the words of a statement tell again what its cue names already (حذر … من).
    """
    named = {(p.trigger.at, p.trigger.act.type) for p in accepted if p.trigger.kind != "words"}
    heads: dict[int, list[int]] = {}
    calls: dict[int, list[Proposal]] = {}
    undoing: dict[int, list[Proposal]] = {}
    for p in accepted:
        if p.trigger.kind in ("verb", "noun") and p.trigger.act.type in _UNDOES:
            undoing.setdefault(p.sentence, []).append(p)
        if p.trigger.act.type in _WITH_COMPLEMENT and p.trigger.kind != "words":
            heads.setdefault(p.sentence, []).append(p.trigger.at)
            if p.trigger.act.type == "REQUEST":
                calls.setdefault(p.sentence, []).append(p)

    def complement(p: Proposal) -> bool:
        if p.trigger.kind == "words" and p.spoken is not None:
            return any((at, p.trigger.act.type) in named for at in range(*p.spoken.cue))
        if p.trigger.kind not in ("noun", "phrase"):
            return False
        if any(_undone(other, p) for other in undoing.get(p.sentence, ())):
            return True
        if p.trigger.act.id in _TALKS and not p.dated and _called_for(p, calls.get(p.sentence, ()), clauses[p.sentence], words):
            return True
        carrier = words[p.trigger.at - 1] if p.trigger.at else None
        if p.trigger.prep != "ب" and (carrier is None or carrier.prep != "ب" or carrier.stems.isdisjoint(_CARRIERS)):
            return False
        before = max((at for at in heads.get(p.sentence, ()) if at < p.trigger.at), default=-1)
        return before >= 0 and not any(before < c.at < p.trigger.at for c in clauses[p.sentence])

    for p in accepted:
        p.about = complement(p)
    return [p for p in accepted if not p.about]


def _called_for(p: Proposal, calls: Sequence[Proposal], clauses: list[Clause], words: Sequence[Word | None]) -> bool:
    """دعا الطرفين إلى استئناف الحوار: are the talks what somebody calls to, with no verb between the call and them? Not where he offers to hold them himself."""
    at = p.trigger.at
    call = max((c for c in calls if at - _CALLED <= c.trigger.at < at), key=lambda c: c.trigger.at, default=None)
    if call is None or any(call.trigger.at < c.at < at for c in clauses):
        return False
    own = any(slot is not None and slot.relation == _WITH for slot in p.slots) and set(call.target_codes) <= {*p.source_codes, *p.target_codes}
    front = (p.trigger.prep, *(word.prep or word.form for i in (at - 1, at - 2) if i >= 0 and (word := words[i]) is not None))
    return not own and not _TO.isdisjoint(front)


def _undone(other: Proposal, noun: Proposal) -> bool:
    """Is the noun the companion that the verb's row asks for, and its act one that the verb undoes?"""
    t, act = noun.trigger, other.trigger.act
    if t.clause is not other.trigger.clause or t.at < other.trigger.at or t.act.type not in _UNDOES[act.type]:
        return False
    if other.trigger.kind == "noun" and act.type != "REJECT" and t.at - other.trigger.at > _GENITIVE:
        return False  # تعليق صادرات السلاح: the noun's own genitive
    if act.type == "REJECT":
        unmet = act.id.startswith(_REFUSES) and t.stand in _REFUSED
        return other.status == "actual" and (unmet or any(slot is not None and slot.relation == "lightsubj answers" for slot in noun.slots))
    return not act.with_words.isdisjoint(noun.stems) or any(phrase[0] in noun.stems for phrase in act.with_phrases)


_TOUR = "consult.tour"


def without_rivals(accepted: list[Proposal]) -> list[Proposal]:
    """Acts without those that are the weaker reading of words a stronger act of the same parties stands among (رفض طلب الوساطة: no REQUEST)."""
    by_sentence: dict[int, list[Proposal]] = {}
    for p in accepted:
        if p.trigger.kind != "words":
            by_sentence.setdefault(p.sentence, []).append(p)

    for p in accepted:
        p.outdone = p.score < _SURE and p.trigger.kind != "words" and any(_outdone(p, other) for other in by_sentence[p.sentence])
    return [p for p in accepted if not p.outdone]


def _outdone(p: Proposal, other: Proposal) -> bool:
    """Is the other act next to this one, of another type, shares a party with it and is clearly surer?

    Not where the other only gives this one for its reason (شكر عمّان على تسليم المطلوبين): both are told.
    """
    if p.trigger.reason or p.trigger.kind == "participle":
        return False
    if other.trigger.act.type == p.trigger.act.type or abs(other.trigger.at - p.trigger.at) > _BESIDE or other.score - p.score < _APART:
        return False
    return not {*p.source_codes, *p.target_codes}.isdisjoint((*other.source_codes, *other.target_codes))


def apart(act: Act) -> bool:
    """Is an act of several targets told as one for each: a visit, but not a tour?"""
    return act.mode == "visit" and not act.id.startswith(_TOUR)


def separate(proposal: Proposal) -> list[Proposal]:
    """A visit to several states is one visit each, as is a meeting with each of several; a tour (جولة تشمل مصر والسعودية) and every other act stay whole."""
    if not apart(proposal.trigger.act) and not (proposal.trigger.each and len(proposal.source_codes) == 1) or len(proposal.target_codes) < 2:
        return [proposal]
    return [replace(proposal, target_codes=(code,), told=[]) for code in proposal.target_codes]


def _sides(p: Proposal) -> tuple[frozenset[str], frozenset[str]]:
    source, target = frozenset(p.source_codes), frozenset(p.target_codes)
    if p.trigger.act.type in SYMMETRIC and p.trigger.act.mutual:
        return source | target, frozenset()
    return source, target


def _same(a: Proposal, b: Proposal) -> bool:
    if a.trigger.act.type != b.trigger.act.type:
        return False
    same_sentence = a.sentence == b.sentence
    sides_a, sides_b = _sides(a), _sides(b)
    if same_sentence and _one_breath(a, b) and sides_a[0] & sides_b[0]:
        return True
    if a.trigger.act.type == "CONSULT":
        parties_a, parties_b = sides_a[0] | sides_a[1], sides_b[0] | sides_b[1]
        if not parties_a or not parties_b:
            return False
        if not _alike(a, b, parties_a, parties_b) or _call_and_visit(a.trigger.act, b.trigger.act) or _others_met(a, b):
            return False
        return same_sentence and not _dates_apart(a, b, 0) or _one_meeting(a, b)
    one_clause = b.trigger.kind == "noun" and a.trigger.clause is b.trigger.clause is not None  # توصلت الأطراف إلى اتفاق
    if sides_a != sides_b:
        own = one_clause and a.trigger.verbal and sides_a[1] == sides_b[1] and (sides_a[0] <= sides_b[0] or sides_b[0] <= sides_a[0])
        return own or same_sentence and a.trigger.at == b.trigger.at
    if same_sentence:
        circumstance = b.trigger.kind == "participle" and b.trigger.act.cue  # ندد بالغارة، معتبرا أنها عدوان
        return one_clause or circumstance or abs(a.trigger.at - b.trigger.at) <= 6 or (a.spoken is b.spoken and a.spoken is not None)
    if a.trigger.act.id == b.trigger.act.id and a.trigger.kind != "verb" and b.trigger.kind != "verb":
        return True
    return a.status == b.status and not _dates_apart(a, b, 0) and _told_again(a, b)


def _alike(a: Proposal, b: Proposal, parties_a: frozenset[str], parties_b: frozenset[str]) -> bool:
    """Are the parties of two tellings the same, or those of one the same but for some it leaves out?

    A later telling may name one party of a meeting known, or take up some of its parties by a definite noun (القمة بين الرئيسين); an earlier one may
    name one party of what the next sentences tell in full (وصل المبعوث … التقى الوزير المبعوث).
    """
    if parties_a == parties_b:
        return True
    if not parties_a <= parties_b and not parties_b <= parties_a:
        return False
    if a.sentence == b.sentence or len(parties_b) == 1 and (not _fresh(b) or b.date is not None and b.date == a.date):
        return True
    if a.status != b.status:
        return False
    if len(parties_a) == 1:
        return not a.trigger.whom and b.sentence - a.sentence <= _SOON
    return 1 < len(parties_b) < len(parties_a) and not _fresh(b)


def _call_and_visit(a: Act, b: Act) -> bool:
    """Is one a call and the other a visit? Never the same meeting, though of the same two."""
    return a.id in _CALLS and b.mode == "visit" or b.id in _CALLS and a.mode == "visit"


def _told_again(a: Proposal, b: Proposal) -> bool:
    """Does a later sentence tell an act of the same parties again? A deed by any word, the act of the headline at once, whatever a noun takes up."""
    return a.trigger.act.type in _DEEDS or a.sentence == 0 and b.sentence <= _LEAD


def _one_breath(a: Proposal, b: Proposal) -> bool:
    """Do two words next to each other tell one act (أجرى اتصالا بحث فيه)? Not two verbs with other targets (زار مصر ثم زار تونس), nor one word told apart."""
    if a.trigger is b.trigger or not 0 < abs(a.trigger.at - b.trigger.at) <= _CLOSE:
        return False
    return not (a.trigger.kind == b.trigger.kind == "verb" and set(a.target_codes).isdisjoint(b.target_codes) and a.target_codes and b.target_codes)


def _one_meeting(a: Proposal, b: Proposal) -> bool:
    """Are two tellings between the same parties one meeting? Equal days say so; a topic verb, a visit or a definite noun points back to one."""
    if "denied" in (a.status, b.status) and a.status != b.status:
        return False
    if b.trigger.more and _fresh(b) and not b.trigger.act.id.startswith(_TOPIC) or _times_apart(a, b) or _times_apart(b, a):
        return False
    if a.date and a.date == b.date and a.dated and b.dated:  # an assumed day tells nothing
        return True
    if _dates_apart(a, b, VISIT_DAYS if "visit" in (a.trigger.act.mode, b.trigger.act.mode) else 0):
        return False
    if a.status == b.status or {a.status, b.status} <= _AHEAD:
        return True
    return not _fresh(b) or b.trigger.act.id.startswith(_TOPIC)


def _others_met(a: Proposal, b: Proposal) -> bool:
    """Do both tellings name two persons who meet, and others? The presidents' call is not the ministers', nor is whom a verb names next whom one met before."""
    first, second = _named(a), _named(b)
    if len(first) < 2 or len(second) < 2 or not _fresh(b) or first <= second or second <= first:
        return False
    return first.isdisjoint(second) or b.trigger.more or a.trigger.kind == b.trigger.kind == "verb" and not b.trigger.act.id.startswith(_TOPIC)


def _named(p: Proposal) -> set[int]:
    """The persons by name among those who fill its slots."""
    return {slot.entity for slot in p.chosen if slot.mention is not None and slot.mention.kind == "person" and slot.mention.name is not None}


def _times_apart(a: Proposal, b: Proposal) -> bool:
    """Does the first tell, by a date of its own, of another time than the other: of last year, or of yesterday where the other is still to come?"""
    if not a.dated or a.date is None or b.dated and a.date == b.date:
        return False
    if a.status == "actual" and b.status in _AHEAD and a.when in ("lately", "past") or a.status in _AHEAD and b.status == "actual" and a.when == "ahead":
        return True
    return a.when == "past" and len(a.date) > 4 and not b.dated and b.when != "past"


def _dates_apart(a: Proposal, b: Proposal, days: int) -> bool:
    """Do two dates, as far as both sentences name one, name different days (more than ``days`` apart)?"""
    if not (a.dated and b.dated) or not a.date or not b.date or a.date.startswith(b.date) or b.date.startswith(a.date):
        return False
    if len(a.date) < 10 or len(b.date) < 10:
        return True
    return abs((date.fromisoformat(a.date) - date.fromisoformat(b.date)).days) > days


def _fresh(p: Proposal) -> bool:
    """An indefinite noun or a verb tells of a meeting anew; اللقاء points back."""
    return p.trigger.kind == "verb" or not p.trigger.definite


def _parties(p: Proposal) -> int:
    return len(p.source_codes) + len(p.target_codes)


def _tells_day(best: Proposal, other: Proposal) -> bool:
    """Does another telling know better when it was: a day where there is none, the day where there is its month, a day its own sentence names?

    What took place is not dated by what is planned, nor a day of the report by one that is named far from it: that may be another meeting's.
    """
    if other.date is None or best.status != other.status and "actual" in (best.status, other.status):
        return False
    if best.date is None:
        return True
    if other.when == "ahead" and best.status == "actual":
        return False
    if best.dated and other.dated:
        if len(best.date) == _YEAR < len(other.date) and not other.date.startswith(best.date):
            # قرر الثلاثاء الانسحاب من الاتفاق المبرم في 2015: the year is that of something named in the sentence; but attacks of years ago are recalled
            return other.when != "past" and best.trigger.act.type != "ASSAULT"
        return other.when != "today" and len(other.date) > len(best.date) and other.date.startswith(best.date)
    return other.dated and not best.dated and abs(other.sentence - best.sentence) <= _CLOSE_BY


def _better(a: Proposal, b: Proposal) -> Proposal:
    """The fuller telling keeps its place; what it lacks it takes from the other. A word that names the act goes before the tone of a statement."""
    if (a.trigger.kind == "words") != (b.trigger.kind == "words") and _parties(a) == _parties(b):
        best, other = (b, a) if a.trigger.kind == "words" else (a, b)
        best.told.append(other)
        return best
    fuller = _parties(b) > _parties(a) and (a.sentence == b.sentence or _parties(a) == 1)
    best, other = (b, a) if fuller or _parties(a) == _parties(b) and a.sentence == b.sentence and b.score > a.score else (a, b)
    if _tells_day(best, other):
        best.date, best.dated = other.date, other.dated
    best.place = best.place or other.place
    best.told.append(other)
    return best
