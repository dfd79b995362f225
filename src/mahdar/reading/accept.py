"""What makes a proposal an act: how sure it must be, and what speaks against it however sure it is."""

from __future__ import annotations

from mahdar.reading.choose import nobody
from mahdar.reading.document import Document
from mahdar.reading.guards import OF_A_DOER, OF_AN_ORIGIN, Guards
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.triggers import Trigger

BELOW = "below the threshold"  # of the proposal's own ``bar``
_PUBLIC = frozenset(("state", "group"))  # parties also where they are of no known land: الجيش، المعارضة
_IN_PUBLIC = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION", "THREATEN"))  # in such acts
# By how much acts are believed more easily in short texts; chosen on 250 sentences of our own over all types and the counter-examples of all rows
_LOWER, _LOWER_FORCE, _LOWER_SUBJECT = 1.0, 1.7, 2.5
_ASIDE = ("prep:", "before:")
_ASTRAY = ("of:في", "of:الي", "of:ب")  # how one stands who mostly does something else: سافر الطلاب إلى برلين للتدريب في مصانع سيمنز
_PRIVATE = 1.0  # by how much surer an act must be that somebody unknown does to nobody: حذر خبراء التغذية من السكر
_OTHER, _PEOPLE = "OTHER:", ("citizens", "residents", "parents")
_NO_OFFICE = (None, "", "citizen", "expert", "other")
_UNRULY, _STATELY = ("riot", "obstruct"), ("institution", "seat", "state", "capital")
_FORCE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"))
_DEEDS = frozenset(("ASSAULT", "PROTEST"))
_ALONE = _FORCE | {"RETREAT", "CONCEDE"}
_LANDS = frozenset(("state", "capital", "place"))


def vague(who: Entity) -> bool:
    """مسؤولون، الزعماء: are they people of whom nothing says whose they are? They make no party of an act."""
    return who.kind == "person" and not who.named and who.code is None and who.number == "p"


class Scales:
    """Weighs the proposals of one article. ``short``: it is a text of a sentence or two, or hardly more."""

    def __init__(self, document: Document, cast: Cast, guards: Guards, threshold: float, *, short: bool) -> None:
        self.document, self.cast, self.guards = document, cast, guards
        self.threshold, self.short = threshold, short
        self.raised = guards.bars(document, short=short)

    def against(self, p: Proposal) -> str:
        """Why a proposal is no act; empty where nothing speaks against it."""
        if not p.source_codes:
            return "nobody to do it"
        unnamed = nobody(p.source_codes, p.target_codes)
        p.bar = self._bar(p, unnamed)
        if p.sure <= p.bar:
            return BELOW
        if _no_doer(p):
            return "its doer only undergoes it, or is where it happened"
        if p.trigger.act.political and unnamed and not self._public(p):
            return "between none that is known to be a party"  # وقع اللاعب عقدا: a head common elsewhere
        source = p.slots[0]
        who = self.cast.entities[source.entity] if source is not None and source.entity >= 0 and len(p.source_codes) == 1 else None
        if who is not None and vague(who) and who.name[1] - who.name[0] == 1 and not self._voiced(p):  # but غاب نواب المعارضة، احتج سكان الحي
            return "its doer is nobody in particular"
        if p.sure <= self.threshold + OF_A_DOER and self.guards.doer(p, self.document, unnamed):
            return "its doer is of sport, markets, culture or the like"
        if p.sure <= self.threshold + OF_AN_ORIGIN and self.short and self.guards.origin(p, self.document):
            return "its doer only comes from that land"
        return ""

    def _bar(self, p: Proposal, unnamed: bool) -> float:
        """What the act's score must be above."""
        raised = self.raised[p.sentence]
        bar = self.threshold - (_leeway(p) if self.short and not unnamed and not raised else 0.0)
        if self.short and unnamed and not p.target_codes and p.trigger.act.type not in _ALONE and self._private(p):
            bar += _PRIVATE
        return bar + raised

    def _voiced(self, p: Proposal) -> bool:
        """Do people of no told nationality act where it counts: in the street, or, in a short text, when they ask somebody named (طالب خبراء في الحقوق طهران)?"""
        source = p.slots[0]
        if p.trigger.act.type == "REQUEST":
            return self.short and p.trigger.kind == "verb" and bool(p.target_codes) and source is not None and source.relation.startswith("subj")
        return p.trigger.act.type == "PROTEST"

    def _public(self, p: Proposal) -> bool:
        """Is the doer an organ of a state or an opposition, though the text does not say of which land (أوقفت الشرطة متظاهرين، قاطعت المعارضة)?"""
        source, sentence = p.slots[0], self.document.sentences[p.sentence]
        if p.trigger.act.type not in _IN_PUBLIC or source is None or source.entity < 0 or self.guards.touches(self.document, sentence.first, sentence.last):
            return False
        return self.cast.entities[source.entity].kind in _PUBLIC

    def _private(self, p: Proposal) -> bool:
        """Is the doer somebody of no office (خبراء التغذية، الملياردير), or are they people who ask (ناشد الأهالي الشبان)?"""
        source = p.slots[0]
        who = self.cast.entities[source.entity] if source is not None and source.entity >= 0 else None
        if who is not None and who.kind == "group":
            return p.trigger.act.type == "REQUEST" and who.code is not None and who.code.startswith(_OTHER) and who.en.split(" (")[0] in _PEOPLE
        return who is not None and who.kind == "person" and who.role in _NO_OFFICE


def _leeway(p: Proposal) -> float:
    """How much less sure an act need be in a text of one or two sentences: whatever they tell is what the text is about.

    The weights come from whole articles, which speak of much in passing. It takes a doer who stands in the act's own frame, and somebody else too
    unless the act is one that needs nobody (قصف الجيش المدينة).
    """
    source, t = p.slots[0], p.trigger
    if source is None or source.relation.startswith(_ASIDE) and not _goes_on(t, source) or source.relation.startswith(_ASTRAY) and t.act.type not in _FORCE:
        return 0.0
    if not p.target_codes and not t.act.mutual and t.act.type not in _ALONE:
        return 0.0
    if t.act.type in _DEEDS and t.verbal and source.relation.startswith(("subj", "by:")) and source.mention is not None:
        return _LOWER_SUBJECT  # ارتكبت قوات الدعم السريع مجزرة: the verb's own subject, though nobody is named whom it hits
    return _LOWER_FORCE if t.act.type in _FORCE else _LOWER


def _no_doer(p: Proposal) -> bool:
    """تعرضت المدينة لقصف، مقتل جندي في مالي: has the act for its doer only who undergoes it, or the land where it happened?"""
    source, t = p.slots[0], p.trigger
    if source is None or source.framed and not source.barred:
        return False
    if source.barred in ("source", "both"):
        return True
    if t.act.type == "PROTEST" and t.act.mode in _UNRULY and source.mention is not None and source.mention.sort in _STATELY:
        return True  # اقتحمت قوات الاحتلال المخيم: a state and its forces do not riot
    if source.relation.startswith("obj") and t.verbal and t.clause is not None and t.clause.passive and not t.act.mutual:
        return True  # مُنعت طائرة الرئيس من دخول الأجواء
    if source.relation.startswith("subj") and (t.act.target == ("subj",) or t.act.type in _FORCE and t.verbal and t.clause is not None and t.clause.passive):
        return True
    return source.relation == "prep:في" and t.act.type == "ASSAULT" and source.mention is not None and source.mention.sort in _LANDS


def _goes_on(t: Trigger, source: Slot) -> bool:
    """طردت موسكو السفير واستدعت سفيرها: is it the doer of the verb in front, who goes on?"""
    return t.verbal and t.clause is not None and t.clause.subject.how == "chain" and source.entity == t.clause.subject.entity >= 0
