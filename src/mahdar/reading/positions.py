"""Positions: what a state, body or group holds on an issue, or toward another actor.

Candidates are every holder near every issue phrase of a sentence, and the parties of every proposed act; a linear model decides whether
the words state a stance, and which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from mahdar.lexicon.model import Lexicon
from mahdar.reading.attitudes import Stand, attitudes
from mahdar.reading.backed import for_a_thing
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.figures import of_figures
from mahdar.reading.labels import labels
from mahdar.reading.matters import FIGURE, Hit, Matters
from mahdar.reading.nearby import clause_before
from mahdar.reading.parties import joined
from mahdar.reading.proposals import Proposal
from mahdar.reading.reference import Cast, unlisted
from mahdar.reading.stances import NOT, StanceReader
from mahdar.reading.statements import Spoken
from mahdar.reading.terms import conditional
from mahdar.reading.weights import Classes
from mahdar.record import ISSUES

STANCES = ("support", "oppose", "conditional", "undecided")
# Chosen on cross-validated train, where most candidates are nothing: the best F1 lies below an even chance.
THRESHOLD = -1.9
ON_ISSUE = 0.2  # so much less sure need be a stance on an issue, as cross-validated on the articles of gold/train
FRAMED = 0.6  # so much less sure need be what an act states of the two whom its frame names
_REACH = 5  # words between a word of attitude and the name an issue is about: الحليف الرئيسي لنظام الرئيس السوري بشار الأسد
_BURDEN, _UPON = "sanctions", frozenset(("علي", "ضد", "بحق", "عن"))  # what lies on somebody, and how
NEAR = "named before"  # who only stands in front of an issue holds nothing on it
_TOLD = frozenset(("subject", "joint subject"))  # nor whose verb it is in somebody else's words
# Acts told of two parties, and those of them that can state an attitude of the one toward the other.
_ASKS = frozenset("طلب طالب حث حض ناشد احتاج استجدى".split())
_MATERIAL = frozenset("مالي ماليا اقتصادي اقتصاديا مادي ماديا لوجستي لوجستيا فني فنيا غذائي غذائيا".split())
_HOSTILE = frozenset(("SANCTION", "THREATEN", "ASSAULT", "COERCE"))
_CROSS, _KIND = frozenset(("ACCUSE", "REJECT")), frozenset(("SUPPORT", "AID", "COOPERATE", "AGREE"))
_LASTING = frozenset(("SUPPORT", "REJECT", "ACCUSE", "THREATEN"))
_ATTITUDE_TYPES = frozenset(("SUPPORT", "REJECT", "AID", "COOPERATE", "ACCUSE", "ASSAULT", "REQUEST", "SANCTION", "THREATEN", "AGREE"))


class PositionReader:
    """Collects the candidate positions of a document."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon) -> None:
        self.doc = document
        self.cast = cast
        self.lexicon = lexicon
        self.forms = document.tokens.form
        self.words = document.words
        self.against = {i.id: i.against for i in lexicon.issues if i.against}
        self.matters = Matters(document, cast, lexicon)
        self.stances = StanceReader(document, cast, lexicon)
        self.stated = {act: i.id for i in lexicon.issues for act in i.acts}
        self.burdened = self._burdened()

    def sentence(self, number: int, sentence: Sentence, clauses: list[Clause], spoken: list[Spoken], proposals: list[Proposal]) -> list[Stand]:
        """Candidates of one sentence; ``spoken`` has words in it, ``proposals`` have their slots filled and their scores set."""
        out: list[Stand] = []
        for hit in self.matters.of(number):
            at, last, issue, sign = hit
            said = next((s for s in reversed(spoken) if s.content[0] <= at < s.content[1]), None)
            idle = self.matters.idle(hit, number, clauses)
            owners, blamed = self.stances.owners(hit, number), self.stances.blamed(hit, number, clauses)
            for holder, relation, proposal in self._holders(number, at, said, clauses, proposals, blamed):
                stand = self._issue_stand(number, sentence, at, last, issue, sign, holder, relation, said, proposal, clauses)
                if issue == _BURDEN and holder in self.burdened and not stand.plain and not (proposal is not None and proposal.trigger.act.type == "SANCTION"):
                    stand.plain = "oppose"
                stand.sure = bool(stand.plain) and (holder in owners or holder in blamed or self.stances.outright(hit, number, holder, clauses))
                told = relation == NEAR or said is not None and relation in _TOLD or bool(blamed) or bool(owners) and relation != "doer"
                stand.idle = idle or told and not stand.sure
                out.append(stand)
        figured = [hit for hit in self.matters.hits[number] if hit.issue in self.stances.figured]
        out += of_figures(self.doc, self.cast, self.lexicon, number, sentence, clauses, figured)
        out += labels(self.doc, self.cast, self.lexicon, number, sentence, clauses)
        held = attitudes(self.doc, self.cast, self.lexicon, number, sentence, clauses)
        out += [*held, *(stand for one in held for stand in self._about(number, one, clauses))]
        for proposal in proposals:
            if proposal.score > -1.5 and proposal.source_codes:
                out.extend(self._plain_from_act(proposal, sentence))
            if proposal.trigger.act.type in _ATTITUDE_TYPES and proposal.source_codes and proposal.target_codes:
                out.extend(self._act_stands(proposal, sentence, clauses))
        return [s for s in out if not unlisted(s.holder) and s.holder not in self.against.get(s.on, ())]

    # -- issues ----------------------------------------------------------------------------------------------------------------

    def _burdened(self) -> set[str]:
        """العقوبات المفروضة على إيران: codes of those on whom the sanctions of the article lie; they are not for them."""
        return {
            code
            for number, hits in enumerate(self.matters.hits)
            for hit in hits
            if hit.issue == _BURDEN
            for m in self.cast.by_sentence[number]
            if hit.at < m.first <= hit.last + _REACH and self.forms[m.first - 1] in _UPON
            for code in self.cast.codes_of(m)
        }

    def _about(self, number: int, held: Stand, clauses: list[Clause]) -> list[Stand]:
        """What an attitude toward the one an issue is about means for it: حليف الأسد, معارضة للأسد."""
        at, last = held.words
        word = self.words[at]
        stance = self.lexicon.toward[word.toward][0] if word is not None and word.toward and self.forms[at - 1] not in NOT else ""
        return [
            Stand(held.holder, issue, f"position.{issue}.attitude", held.first, held.last, dict(held.features), words=(at, end), plain=stance)
            for first, end, issue, sign in self.matters.hits[number]
            if sign == FIGURE and last <= first <= last + _REACH and not any(last <= c.at < first for c in clauses)
        ]

    def _holders(
        self, number: int, at: int, said: Spoken | None, clauses: list[Clause], proposals: list[Proposal], blamed: tuple[str, ...] = ()
    ) -> list[tuple[str, str, Proposal | None]]:  # fmt: skip
        """Codes that may hold something about the issue at ``at``: the speaker, the subject of the verb before, the doers of acts near."""
        found: list[tuple[str | None, str, Proposal | None]] = []
        for proposal in sorted(proposals, key=lambda p: (p.trigger.at == at, abs(p.trigger.at - at))):  # last what the issue itself is called by (الاتفاق)
            if proposal.score > -1.0 and abs(proposal.trigger.at - at) <= 12:
                found += [(code, "doer", proposal) for code in proposal.source_codes]
                if proposal.trigger.act.mutual:
                    found += [(code, "party", proposal) for code in proposal.target_codes]
        if said is not None and said.speaker >= 0:
            found += [(own, "speaker", None) for own in self.cast.acts_for(said.speaker)]
        before = [c for c in clauses if c.at < at and c.subject.entity >= 0]
        if before:
            subject = before[-1].subject
            found += [(own, "subject", None) for own in self.cast.acts_for(subject.entity)]
            found += [(code, "joint subject", None) for m in joined(self.cast.by_sentence[number], subject.mention, at) for code in self.cast.codes_of(m)]
        near = next((m for m in reversed(self.cast.by_sentence[number]) if m.last <= at and self.cast.codes_of(m)), None)
        found += [(code, "blamed", None) for code in blamed]
        if near is not None and at - near.last <= 8:
            found += [(code, NEAR, None) for code in self.cast.codes_of(near)]
        first: dict[str, tuple[str, str, Proposal | None]] = {}
        for code, relation, by in found:
            if code and code != "MEDIA":
                first.setdefault(code, (code, relation, by))
        return list(first.values())

    def _issue_stand(
        self, number: int, sentence: Sentence, at: int, last: int, issue: str, sign: str, holder: str, relation: str, said: Spoken | None, proposal: Proposal | None,
        clauses: list[Clause],
    ) -> Stand:  # fmt: skip
        marks = self._attitudes(sentence, at)
        features = {
            "bias": 1.0,
            f"issue={issue}": 1.0,
            f"issue={issue} sign={sign}": 1.0,
            f"sign={sign}": 1.0,
            f"relation={relation}": 1.0,
            f"said={int(said is not None)}": 1.0,
            f"issue={issue} relation={relation}": 1.0,
        }
        for mark, near in marks.items():
            features[f"mark={mark} near={near}"] = 1.0
            features[f"sign={sign} mark={mark} near={near}"] = 1.0
        if not marks:
            features["no mark"] = 1.0
        if proposal is not None:
            type_ = proposal.trigger.act.type
            features[f"type={type_}"] = 1.0
            features[f"type={type_} sign={sign}"] = 1.0
            features[f"type={type_} issue={issue}"] = 1.0
            features[f"act={proposal.trigger.act.id}"] = 1.0
            features[f"status={proposal.status} type={type_}"] = 1.0
        if self._own_state(issue, holder):
            features["own state"] = 1.0
        features.update(dict.fromkeys(self._around(sentence, at, sign, holder, clauses, proposal), 1.0))
        first = said.content[0] if said is not None else sentence.first
        stop = min(said.content[1], sentence.last) if said is not None else sentence.last
        start = max(first, sentence.first)
        plain = self.stances.plain(sentence, Hit(at, last, issue, sign), holder, clauses)
        return Stand(holder, issue, f"position.{issue}.{relation}", start, max(stop, start + 1), features, words=(at, last), plain=plain)

    def _own_state(self, issue: str, holder: str) -> bool:
        return any(i.id == issue and i.state == holder for i in self.lexicon.issues)

    def _around(self, sentence: Sentence, at: int, sign: str, holder: str, clauses: list[Clause], proposal: Proposal | None) -> list[str]:
        """Names of what stands around an issue phrase: how the nearest words of attitude read it, whose verb is over it, where the act is."""
        out: list[str] = []
        reads, seen = -1 if sign == "contra" else 1, 0
        for j in range(at - 1, max(sentence.first, at - 12) - 1, -1):
            mark = self.stances.mark(j)
            if mark and seen < 2:
                seen += 1
                reads *= -1 if mark.endswith("oppose") != mark.startswith("not ") else 1
                out.append(f"reads={reads} marks={seen}")
                out.append(f"reads={reads} marks={seen} sign={sign}")
        out.append(f"reads at last={reads} marks={seen}")
        over = clause_before(clauses, at)
        if over is not None:
            subject = over.subject.entity >= 0 and self.cast.entities[over.subject.entity].code == holder
            out.append(f"verb over negated={int(over.negated)} future={int(over.future)} tense={over.verb.reading.tense}")
            out.append(f"subject of the verb over={int(subject)}")
        if proposal is not None:
            t = proposal.trigger
            side = "before" if t.at < at else "behind"
            gap = abs(t.at - at)
            out.append(f"act {side} gap={0 if gap <= 2 else 1 if gap <= 5 else 2}")
            out.append(f"act {side} kind={t.kind}")
            out.append(f"act score={max(-1, min(2, int(proposal.score)))}")
        return out

    def _attitudes(self, sentence: Sentence, at: int) -> dict[str, int]:
        """Attitude words before the issue, with how near they stand (0: within three tokens)."""
        out: dict[str, int] = {}
        for j in range(max(sentence.first, at - 12), at + 1):
            stance = self.stances.mark(j)
            if stance:
                out[stance] = 0 if at - j <= 3 else 1
        return out

    def _plain_from_act(self, proposal: Proposal, sentence: Sentence) -> list[Stand]:
        """Positions plain from the act itself: imposing sanctions, sending arms (the acts an issue lists), fighting ISIS."""
        act = proposal.trigger.act
        issue = "sanctions" if act.type == "SANCTION" else self.stated.get(act.id, "")
        if not issue and "ISIS" in proposal.target_codes and act.type in ("ASSAULT", "COERCE", "MOBILIZE"):
            issue = "anti-isis"
        if not issue:
            return []
        features = {
            "bias": 1.0, "plain from act": 1.0, f"plain issue={issue}": 1.0, f"plain status={proposal.status} {issue}": 1.0, f"plain act={act.id}": 1.0,
            "event score": max(-3.0, min(3.0, proposal.score)) / 3.0,
        }  # fmt: skip
        words = (proposal.trigger.at, proposal.trigger.last)
        idle = act.type == "SANCTION" and act.id not in self.stated
        return [Stand(code, issue, f"position.{issue}.act", sentence.first, sentence.last, dict(features), words=words, idle=idle) for code in proposal.source_codes]

    # -- toward actors ---------------------------------------------------------------------------------------------------------

    def _act_stands(self, proposal: Proposal, sentence: Sentence, clauses: list[Clause]) -> list[Stand]:
        act = proposal.trigger.act
        features = {
            "bias": 1.0,
            "toward actor": 1.0,
            f"act={act.id}": 1.0,
            f"toward type={act.type}": 1.0,
            f"toward type={act.type} status={proposal.status}": 1.0,
            f"toward kind={proposal.trigger.kind}": 1.0,
            f"toward tense={proposal.trigger.clause.verb.reading.tense if proposal.trigger.clause is not None and proposal.trigger.kind == 'verb' else ''}": 1.0,
            "event score": max(-3.0, min(3.0, proposal.score)) / 3.0,
        }
        for side, slot in zip(("holder", "other"), proposal.slots, strict=True):
            relation = slot.relation if slot is not None else "none"
            features[f"{side} relation={relation}"] = 1.0
            features[f"toward type={act.type} {side} relation={relation}"] = 1.0
        features[f"toward type={act.type} kind={proposal.trigger.kind} tells={int(proposal.score > 0)}"] = 1.0
        features[f"toward said={int(proposal.spoken is not None)}"] = 1.0
        together = self._beside(proposal) if act.mutual else set()
        holder, other = (slot.relation if slot is not None else "" for slot in proposal.slots)
        words = (proposal.trigger.at, proposal.trigger.last)
        # One act is an event and no attitude; nor is any held toward somebody whom the act's own frame does not name.
        idle = act.type not in _LASTING or act.id in self.lexicon.gestures or other.startswith("before:")
        idle = idle or self._only_help(proposal, clauses) or for_a_thing(proposal, self.doc, self.cast.by_sentence[proposal.sentence])
        plain = "conditional" if act.type == "SUPPORT" and conditional(self.doc, proposal.trigger.last, sentence.last) else ""
        framed = act.type == "SUPPORT" and (holder == "gen" if proposal.trigger.kind == "noun" else holder == "subj" and other in ("obj", "relobj"))
        return [
            Stand(source, target, f"position.actor.{act.id}", sentence.first, sentence.last, dict(features), words=words, plain=plain, framed=framed, idle=idle)
            for source in proposal.source_codes
            for target in proposal.target_codes
            if source != target and target != "MEDIA" and target not in together
        ]

    def _only_help(self, proposal: Proposal, clauses: list[Clause]) -> bool:
        """طلب دعما من البنك، دعم مالي لمصر: is backing asked of others, or only money and goods?"""
        t = proposal.trigger
        if t.kind != "noun" or t.act.type != "SUPPORT":
            return False
        if t.last < len(self.forms) and self.forms[t.last].removeprefix("ال") in _MATERIAL:
            return True
        over = clause_before(clauses, t.at)
        if over is None or over.subject.entity < 0 or self.lexicon.lemmas[over.verb.reading.lemma] not in _ASKS:
            return False
        return not set(proposal.source_codes).isdisjoint(self.cast.acts_for(over.subject.entity))

    def _beside(self, proposal: Proposal) -> set[str | None]:
        """Those joined to the doer where another side is named (السعودية ومصر … مع قطر): they act with him, not toward him."""
        doer, other = (slot.mention if slot is not None else None for slot in proposal.slots)
        if doer is None or other is None or other.first <= doer.last:
            return set()
        return {code for m in joined(self.cast.by_sentence[proposal.sentence], doer, other.first) for code in self.cast.codes_of(m)}


def with_company(stands: list[Stand]) -> list[Stand]:
    """The candidates of an article, each told how often its holder, its issue and the two together come back in it."""
    together = Counter((s.holder, s.on) for s in stands)
    holders, issues = Counter(s.holder for s in stands), Counter(s.on for s in stands)
    for s in stands:
        kind = "" if s.on in ISSUES else "toward "
        s.features |= {
            f"{kind}times={min(4, together[s.holder, s.on])}": 1.0,
            f"{kind}holder share={min(3, 4 * holders[s.holder] // len(stands))}": 1.0,
            f"{kind}issue share={min(3, 4 * issues[s.on] // len(stands))}": 1.0,
            f"{kind}candidates={min(4, len(stands) // 6)}": 1.0,
        }
    return stands


def bar(stand: Stand) -> float:
    """The score above which a candidate states its stance."""
    return THRESHOLD - (FRAMED if stand.framed else 0.0) - (ON_ISSUE if stand.on in ISSUES else 0.0)


def unstated(stand: Stand, score: float, stance: str, against: Collection[tuple[str, str]]) -> str:
    """Why a candidate states no stance, empty where it does: what it tells only in passing, too low a score, or support of whom the holder is ``against``."""
    if stand.idle:
        return "told in passing"
    if score <= bar(stand) and not stand.sure:
        return f"below the threshold of {bar(stand):+.2f}"
    return "at odds with him" if stance == "support" and stand.rule.startswith("position.actor.") and (stand.holder, stand.on) in against else ""


def at_odds(events: Iterable[Proposal]) -> set[tuple[str, str]]:
    """Who does such things to whom in an article that he is no supporter of him: strikes, sanctions and threats, or blame and refusals without any help."""
    done: dict[tuple[str, str], set[str]] = {}
    for p in events:
        for source in p.source_codes if p.status != "denied" else ():
            for target in p.target_codes:
                done.setdefault((source, target), set()).add(p.trigger.act.type)
    return {two for two, types in done.items() if types & _HOSTILE or types & _CROSS and not types & _KIND}


def decide(stands: list[Stand], models: Classes, against: Collection[tuple[str, str]] = ()) -> list[Stand]:
    """The candidates that state a stance, one per holder, issue and stance, the strongest kept; nobody supports whom he is ``against``."""
    best: dict[tuple[str, str, str], Stand] = {}
    for stand in stands:
        scores = models.scores(stand.features)
        nothing = scores.pop("none", 0.0)
        if not scores:
            continue
        stance = max(scores, key=scores.__getitem__)
        score = scores[stance] - nothing
        if stand.plain and (stand.sure or stance in ("support", "oppose")):
            stance = stand.plain
        if unstated(stand, score, stance, against):
            continue
        stand.stance, stand.score = stance, score
        key = (stand.holder, stand.on, stance)
        if key not in best or score > best[key].score:
            best[key] = stand
    # Where both are read, it is the refusal that is worded: support is what is taken for granted of whoever speaks of an issue.
    refused = {(s.holder, s.on) for s in best.values() if s.stance == "oppose"}
    held = (s for s in best.values() if s.stance != "support" or (s.holder, s.on) not in refused)
    return sorted(held, key=lambda s: (s.first, s.holder, s.on))
