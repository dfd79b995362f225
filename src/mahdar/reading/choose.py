"""Choosing among proposals: linear models over named features, one for each slot, one for "is this an event".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from mahdar.reading.features import (
    HAS_SOURCE,
    HAS_TARGET,
    ONE_CODE,
    OTHER_SOURCE,
    OTHER_TARGET,
    PARTIES,
    SOURCE_RANK,
    TARGET_RANK,
    frame_fit_names,
    none_names,
    pair_names,
    party_names,
    place_names,
    side_names,
)
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import of_persons
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.reference import Cast, unlisted
from mahdar.reading.triggers import Trigger
from mahdar.reading.weights import Remembered, Weights

NONE = "none"
# How likely a filler is against leaving the slot empty, and against the likeliest one.
NUMERIC = ("source score", "target score", "source gap", "target gap")
SURE = 0.5  # score above which a telling needs no hedging
# What a meeting of two sides named already is about: في الأزمة الأوكرانية brings no third party.
TOPICS = frozenset(f"{how}:{word}" for how in ("of", "prep") for word in ("في", "حول", "بشان", "عن"))
BESIDE = TOPICS | {"before:في"}
WITH = "frame:مع"  # the relation of what the act's own مع brings
_BRINGS = ("subj", "lightsubj", "gen", "carrier")
BETWEEN = "frame:بين"  # the relation of those an act of two sides lies between
GAP = 6.0  # how far behind the likeliest filler of its slot a candidate counts as wholly unlikely
KEPT = 4  # candidates of each slot that are weighed in pairs
LOWEST = -1.8  # below this first score an act is not looked at again
WAYS = 3  # pairs that the second look weighs anew, and how far behind the best they may lie
REACH = 1.2
_SUBJECT_GETS = ("subj",)  # what rows look for the second party in, whose verbs say what befalls their subject
_HIT = ("obj", "gen", "frame", "relobj", "subj")  # where the second party must stand: in the act's own frame
# Mentions that stand for a whole state can be no second party beside its own organs.
_WHOLE = frozenset(("state", "capital", "seat", "adjective", "own", "place", "pair"))
# What the groups of features are made from: the arguments of party_names, place_names, frame_fit_names, pair_names and side_names.
# Kept apart, each has few values, so that its sum is mostly remembered.
PartyKey: TypeAlias = tuple[str, str, str, str]
PlaceKey: TypeAlias = tuple[str, str, int, str | None]
FitKey: TypeAlias = tuple[str, str, str, str]
RoleKey: TypeAlias = tuple[PartyKey, PlaceKey, FitKey]
PairKey: TypeAlias = tuple[str, str, str, str]
SidesKey: TypeAlias = tuple[str, int]


@dataclass(slots=True, eq=False)
class Option:
    """One way to fill a proposal's slots; ``keys`` (what its yes/no features are made from) and ``scores`` are its features."""

    source: Slot
    target: Slot | None
    source_codes: tuple[str, ...]
    target_codes: tuple[str, ...]
    keys: tuple[RoleKey, RoleKey, PairKey, SidesKey]
    scores: tuple[float, float, float, float]

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        source, target, pair, sides = self.keys
        roles = ((party_names(*party), place_names(*place), frame_fit_names(*fit)) for party, place, fit in (source, target))
        groups = (*(group for role in roles for group in role), pair_names(*pair), side_names(*sides))
        out = {name: 1.0 for group in groups for name in group}
        out.update(zip(NUMERIC, self.scores, strict=True))
        return out


# A source and a target candidate taken together: their indices (target -1: none), places in the ranking, and the codes of each side.
Pair: TypeAlias = tuple[int, int, int, int, tuple[str, ...], tuple[str, ...]]
Telling: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]  # the codes on either side
Ranked: TypeAlias = tuple[int, float, float]  # a candidate, its score, and how far behind the likeliest it is
Filler: TypeAlias = tuple[list[Slot], tuple[str, ...]]  # the mentions joined by و, and their codes


class Choice(NamedTuple):
    """What may fill a proposal's slots: the pairs, what each candidate brings along, and the ranked candidates of each side with scores."""

    pairs: list[Pair]
    fillers: dict[int, Filler]
    sources: list[Ranked]
    targets: list[Ranked]


class Chooser:
    """Fills the slots of proposals and decides which of them are events."""

    def __init__(self, weights: Weights, cast: Cast, sums: Remembered | None = None) -> None:
        self.weights = weights
        self.cast = cast
        self.pair: tuple[str, ...] = ()
        self._coded: dict[int, tuple[str, ...]] = {}  # the codes of entities asked for before
        self.sums = sums if sums is not None else Remembered(weights)
        self._numeric = [weights.event.get(name, 0.0) for name in NUMERIC]
        self._far = weights.source.get("distance", 0.0), weights.target.get("distance", 0.0)

    def codes_of(self, slot: Slot, proposal: Proposal) -> tuple[str, ...]:
        """The codes a slot candidate stands for; none for a vague addressee (المجتمع الدولي، كافة الأطراف), who is no party."""
        if slot.vague:
            return ()
        if slot.codes:
            return slot.codes
        mention = slot.mention
        if mention is not None and mention.sort == "pair" and mention.entity < 0:
            return self._pair_before(mention)
        if mention is not None and mention.sort == "own" and mention.entity < 0:
            return self._own(proposal, mention)
        if slot.entity >= 0:
            entity = self.cast.entities[slot.entity]
            found = self._coded[slot.entity] = entity.codes or (entity.code or f"OTHER:{slot.entity}",)
            return found
        return ()

    def _own(self, proposal: Proposal, mention: Mention) -> tuple[str, ...]:
        """بلاده: the state of whoever speaks, else of the subject of the clause."""
        spoken = proposal.spoken
        entity = spoken.speaker if spoken is not None and spoken.speaker >= 0 else -1
        if entity < 0 and proposal.trigger.clause is not None:
            entity = proposal.trigger.clause.subject.entity
        if entity < 0:
            named = [(m.first, i) for i, e in enumerate(self.cast.entities) if e.kind == "person" and e.code for m in e.mentions if m.first < mention.first]
            entity = max(named, default=(0, -1))[1]
        code = self.cast.entities[entity].code if entity >= 0 else None
        return (code,) if code else ()

    def _pair_before(self, mention: Mention) -> tuple[str, ...]:
        """الجانبان: the parties of the last mutual act, else the last two sides named before; الرجلان: the last two persons, whatever act was told since."""
        if of_persons(self.cast.doc.tokens.form[mention.first]):
            met = [self.cast.entities[each].code or "" for each in self.cast.pair_before(mention.first, persons=True)]
            if met:
                return tuple(met) if len({*met, ""}) == 3 else ()
        if len(self.pair) == 2:
            return self.pair
        seen: list[str] = []
        nearby = sorted(((m.first, e.code) for e in self.cast.entities for m in e.mentions if m.first < mention.first and e.code and e.code != "MEDIA"), reverse=True)
        for _, code in nearby:
            if code not in seen:
                seen.append(code)
            if len(seen) == 2:
                break
        return tuple(reversed(seen)) if len(seen) == 2 else ()

    # -- slots -----------------------------------------------------------------------------------------------------------------

    @staticmethod
    def none_features(proposal: Proposal) -> dict[str, float]:
        """Features of leaving a slot empty."""
        t = proposal.trigger
        return dict.fromkeys(none_names(t.kind, t.act.type, t.act.id, t.act.mutual), 1.0)

    def fill(self, proposal: Proposal) -> None:
        """Choose source and target together: the pair of likely fillers that makes the best event; sets the proposal's score and the ways to fill it."""
        proposal.pair = self.pair
        choice = self._choice(proposal)
        pairs = choice.pairs
        if not pairs:
            proposal.score = -9.0
            return
        scores = self._scores(proposal, choice)
        top = max(scores)
        best = pairs[scores.index(top)]
        if (proposal.trigger.act.mutual or proposal.trigger.act.mode == "visit") and not best[5]:
            # A meeting has two sides, a visit a place: the likeliest full telling is taken where it stands on its own.
            fuller = [(score, -at) for at, score in enumerate(scores) if pairs[at][5]]
            score, at = max(fuller, default=(0.0, 0))
            if fuller and score >= SURE:
                top, best = score, pairs[-at]
            elif top > self.weights.threshold and proposal.trigger.act.type != "CONSULT":
                # اتفق مع نظيره: whoever مع brings is the other side, however unsure the model is of the pair.
                told = [at for at, pair in enumerate(pairs) if pair[5] and pair[0] == best[0] and proposal.sources[pair[1]].relation == WITH]
                best = pairs[max(told, key=scores.__getitem__)] if told else best
        proposal.score = top
        proposal.choice = choice
        if top >= LOWEST:
            if len(pairs) == 1 or proposal.trigger.act.mutual or proposal.trigger.act.mode == "visit":
                proposal.ways = [(top, best)]
            else:
                proposal.ways = [(score, pairs[at]) for at, score in enumerate(scores) if score >= top - REACH]
                if len(proposal.ways) > 1:
                    proposal.ways.sort(key=_score, reverse=True)
                    del proposal.ways[WAYS:]
        self._take(proposal, choice, best)

    def take(self, proposal: Proposal, way: int) -> None:
        """Fill the slots in one of the ways that :meth:`fill` left."""
        if proposal.choice is not None:
            self._take(proposal, proposal.choice, proposal.ways[way][1])

    @staticmethod
    def _take(proposal: Proposal, choice: Choice, pair: Pair) -> None:
        at, to, _, _, source_codes, target_codes = pair
        proposal.taken = pair
        proposal.slots = (proposal.sources[at], proposal.sources[to] if to >= 0 else None)
        proposal.chosen = [*choice.fillers[at][0], *choice.fillers[to][0]]
        proposal.source_codes, proposal.target_codes = source_codes, target_codes

    def option(self, proposal: Proposal) -> Option | None:
        """The way a proposal's slots are filled, with its features; None where there was nobody to fill them."""
        if proposal.choice is None or proposal.taken is None:
            return None
        return self._option(proposal, proposal.choice, proposal.taken)

    def options(self, proposal: Proposal) -> list[Option]:
        """The likeliest fillers of each slot, paired; every pair has a source."""
        choice = self._choice(proposal)
        return [self._option(proposal, choice, pair) for pair in choice.pairs]

    def _choice(self, proposal: Proposal) -> Choice:
        """The pairs worth weighing, each telling of who did it to whom once, and what they are made of."""
        slots = proposal.sources  # the targets' candidates come first among them
        coded = self._coded
        codes = [() if slot.vague else slot.codes or coded.get(slot.entity) or self.codes_of(slot, proposal) for slot in slots]
        mutual = proposal.trigger.act.mutual
        brought = _brought(slots, codes)
        between = _between(slots, codes) if mutual and not brought else ()
        but: Collection[int] = _beside(slots, codes, between) if mutual else ()
        if brought and proposal.trigger.act.mode == "mediate":
            but = {at for at, slot in enumerate(slots) if slot.relation == BETWEEN}  # the mediator is named; those he stands between are no mediators
        if proposal.trigger.act.target == _SUBJECT_GETS and any(slot.framed and codes[at] for at, slot in enumerate(slots)):
            but = {at for at, slot in enumerate(slots) if slot.relation == "subj"}  # يعتمد الأردن على الغاز المصري: the doer is named elsewhere
        along = _along(slots, codes, between=brought and proposal.trigger.act.mode == "mediate") if brought or not mutual else ()
        sources, targets = self._weighed(proposal, codes, but, along)
        if len(sources) == 1:
            return Choice([], {}, sources, [])
        fillers = {ranked[0]: _filler(ranked[0], slots, codes) for ranked in (*sources, *targets)}
        out: list[Pair] = []
        seen: set[Telling] = set()
        reached = [(rank, target[0], fillers[target[0]][1]) for rank, target in enumerate(targets)]
        domestic = proposal.trigger.act.domestic
        for place, (at, _, _) in enumerate(sources):
            if at < 0:
                continue
            own = fillers[at][1]
            met = mutual and any(to >= 0 and slots[to].relation == WITH and not set(theirs) <= set(own) for _, to, theirs in reached)
            for rank, to, theirs in reached:
                if to < 0:
                    told: Telling | None = (own[:1], own[1:]) if mutual else (own, ())
                elif at in between or not mutual and _coordinate(slots[at], slots[to]):
                    continue  # both sides are named by it already; دعا كيري ولافروف إلى: neither asks the other
                else:
                    told = _told(slots, (at, to), (own, theirs), mutual=mutual, brought=brought, domestic=domestic, met=met)
                if told is not None and told not in seen:
                    seen.add(told)
                    out.append((at, to, place, rank, told[0], told[1]))
        return Choice(out, fillers, sources, targets)

    def _scores(self, proposal: Proposal, choice: Choice) -> list[float]:
        """The event model's score of each pair."""
        t = proposal.trigger
        kind, type_, mutual = t.kind, t.act.type, t.act.mutual
        sums, base = self.sums, proposal.weighs
        by_source, by_target, near_source, near_target = self._numeric
        slots = proposal.sources
        filled, fits = self._vacant(t, "source"), sums.fits["source"].under(f"{kind} subject={_how(t)}")
        sources: list[tuple[float, dict[str, float], dict[str, float]]] = []  # with what each target beside it weighs, by its relation
        for at, score, gap in choice.sources:
            relation = slots[at].relation if at >= 0 else NONE
            alone = self._filled(type_, "source", slots[at], fits) if at >= 0 else filled
            sources.append((score * by_source + gap * near_source + alone, sums.pairs.under(f"{kind} {relation}"), sums.pairs.under(f"{type_} {relation}")))
        filled, fits = self._vacant(t, "target"), sums.fits["target"].under(t.act.id)
        targets: list[tuple[float, str]] = []
        for at, score, gap in choice.targets:
            alone = self._filled(type_, "target", slots[at], fits) if at >= 0 else filled
            targets.append((score * by_target + gap * near_target + alone, slots[at].relation if at >= 0 else NONE))
        out: list[float] = []
        for _, _, place, rank, source_codes, target_codes in choice.pairs:
            source_score, by_kind, by_type = sources[place]
            target_score, target = targets[rank]
            total = source_score + target_score + (by_kind.get(target, 0.0) + by_type.get(target, 0.0))
            total += sums.sides[type_, _sides(mutual, source_codes, target_codes, place, rank)]
            out.append(base + total)
        return out

    def _option(self, proposal: Proposal, choice: Choice, pair: Pair) -> Option:
        """A pair with its slots and features."""
        t = proposal.trigger
        slots = proposal.sources
        at, to, place, rank, source_codes, target_codes = pair
        source, target = slots[at], slots[to] if to >= 0 else None
        keys = (
            self._role(t, "source", source),
            self._role(t, "target", target),
            (t.kind, t.act.type, source.relation, target.relation if target is not None else NONE),
            (t.act.type, _sides(t.act.mutual, source_codes, target_codes, place, rank)),
        )
        (_, source_score, source_gap), (_, target_score, target_gap) = choice.sources[place], choice.targets[rank]
        return Option(source, target, source_codes, target_codes, keys, (source_score, target_score, source_gap, target_gap))

    def _weighed(self, proposal: Proposal, codes: list[tuple[str, ...]], but: Collection[int], along: Collection[int]) -> tuple[list[Ranked], list[Ranked]]:
        """The likeliest sources, none of which are in ``but``, and targets, none ``along``; candidates that stand for nobody are left out."""
        t = proposal.trigger
        empty = self.sums.empty[t.kind, t.act.type, t.act.id, t.act.mutual]
        no_source, no_target = empty.source, empty.target
        far_source, far_target = self._far
        reach = len(proposal.targets)
        sources: list[tuple[float, int]] = []  # with how much likelier it is to leave the slot empty
        targets: list[tuple[float, int]] = []
        for at, slot in enumerate(proposal.sources):
            if not codes[at]:
                continue
            if at not in but:
                sources.append((no_source - far_source * slot.distance - slot.as_source, at))
            if at < reach and at not in along:
                targets.append((no_target - far_target * slot.distance - slot.as_target, at))
        return _ranked(sources), _ranked(targets)

    # -- event or not ----------------------------------------------------------------------------------------------------------

    def _role(self, t: Trigger, role: str, slot: Slot | None) -> RoleKey:
        """What the event model sees of a slot's filler."""
        fit = (t.kind, _how(t)) if role == "source" else (t.act.id, "")
        if slot is None:
            return (t.act.type, role, "", ""), (role, NONE, 0, None), (role, NONE, *fit)
        return self._party(t.act.type, role, slot), (role, slot.relation, slot.crossed, slot.stand), (role, slot.relation, *fit)

    def _party(self, type_: str, role: str, slot: Slot) -> PartyKey:
        kind = self.cast.entities[slot.entity].kind if slot.entity >= 0 else ""
        return type_, role, slot.mention.sort if slot.mention is not None else "", kind

    def _filled(self, type_: str, role: str, slot: Slot, fits: dict[str, float]) -> float:
        """What the event model makes of a slot's filler alone; ``fits`` is what its relations weigh for this act."""
        sums = self.sums
        relation, stand = slot.relation, slot.stand
        place = sums.places[role, relation, slot.crossed]
        if stand is not None:
            place += sums.standings_as[role].of(relation, stand) or 0.0
        return sums.parties[self._party(type_, role, slot)] + place + fits.get(relation, 0.0)

    def _vacant(self, t: Trigger, role: str) -> float:
        """What the event model makes of a slot that stays empty, remembered."""
        key = (role, t.act.type, t.kind, _how(t)) if role == "source" else (role, t.act.id)
        known = self.sums.vacant.get(key)
        if known is None:
            sums, head = self.sums, f"{t.kind} subject={_how(t)}" if role == "source" else t.act.id
            known = sums.parties[t.act.type, role, "", ""] + sums.places[role, NONE, 0] + (sums.fits[role].of(head, NONE) or 0.0)
            sums.vacant[key] = known
        return known


def _how(t: Trigger) -> str:
    """How the subject of the act's clause was found."""
    return t.clause.subject.how if t.clause is not None else "-"


def _score(way: tuple[float, Pair]) -> float:
    return way[0]


def _ranked(scored: list[tuple[float, int]]) -> list[Ranked]:
    """The best candidates (as indices, with scores from -1 to 1) relative to leaving the slot empty, which is always among them as -1.

    ``scored`` says how much likelier the empty slot is, with the index.
    """
    scored.sort()
    best = min(scored[0][0], 0.0) if scored else 0.0
    ranked = [(at, (4.0 if score < -4.0 else -4.0 if score > 4.0 else -score) / 4.0, max(-1.0, (best - score) / GAP)) for score, at in scored[:KEPT]]
    ranked.append((-1, 0.0, max(-1.0, best / GAP)))
    return ranked


def _told(
    slots: list[Slot], pair: tuple[int, int], codes: tuple[tuple[str, ...], tuple[str, ...]], *, mutual: bool, brought: bool, domestic: bool, met: bool
) -> Telling | None:
    """The codes on either side when these two candidates are taken together; None where that tells nothing the source alone does not."""
    (at, to), (own, theirs) = pair, codes
    if len(theirs) == 1:
        others: tuple[str, ...] = () if theirs[0] in own else theirs
    else:
        others = tuple([c for c in theirs if c not in own])
    if not others and to >= 0 and not mutual and not brought and len(theirs) < len(own) and slots[at].relation == BETWEEN == slots[to].relation:
        return tuple([c for c in own if c not in theirs]), theirs  # بين المحتجين والشرطة: the one side and the other
    if domestic and to >= 0 and own == theirs and _apart(slots[at], slots[to]):
        others = theirs
    if to >= 0 and (not others or mutual and (len(own) > 1 or met) and _topic(slots[to])):
        return None
    return ((*own, *others)[:1], (*own, *others)[1:]) if mutual else (own, others)


def _beside(slots: list[Slot], codes: list[tuple[str, ...]], between: tuple[int, ...]) -> set[int]:
    """Who is not asked for as the first side of a mutual act whose two sides are known.

    Between A and B the telling begins with A, and neither what it is about nor an unnamed body is a third; nor is it where both sides are
    one word (ناقش الرئيسان الأزمة السورية).
    """
    if between:
        return {*between[1:], *(at for at, slot in enumerate(slots) if at != between[0] and (slot.relation in BESIDE or len(codes[at]) == 1 and unlisted(codes[at][0])))}
    if any(len(codes[at]) > 1 and slot.relation in ("subj", "lightsubj") for at, slot in enumerate(slots)):
        return {at for at, slot in enumerate(slots) if _topic(slot)}
    return set()


def _topic(slot: Slot) -> bool:
    """What two sides named already speak about: في الأزمة الأوكرانية, تطورات الأزمة السورية."""
    return slot.relation in TOPICS or slot.mention is not None and slot.mention.sort == "adjective" and slot.relation in ("of", "objof")


def _brought(slots: list[Slot], codes: list[tuple[str, ...]]) -> bool:
    """Does somebody bring two sides together (توسطت عُمان بين طهران وواشنطن)? Then he is the doer, and they are not each other's."""
    return any(slot.relation.startswith(_BRINGS) and codes[at] for at, slot in enumerate(slots))


def _coordinate(source: Slot, target: Slot) -> bool:
    """Are both subjects of the verb, or both of the verb that the act's noun hangs on, joined by و?"""
    return source.relation == target.relation and source.relation in ("subj", "lightsubj") and source.mention is not target.mention


def _between(slots: list[Slot], codes: list[tuple[str, ...]]) -> tuple[int, ...]:
    """The candidates an act of two sides lies between, where both are named and joined (لقاء بين كيري ولافروف)."""
    found = [at for at, slot in enumerate(slots) if slot.relation == BETWEEN and codes[at]]
    if len(found) < 2 or slots[found[0]].joined or len({codes[at] for at in found}) < 2 or not all(slots[at].joined for at in found[1:]):
        return ()
    return tuple(found)


def _sides(mutual: bool, sources: tuple[str, ...], targets: tuple[str, ...], place: int, rank: int) -> int:
    """What the event model sees of who stands on each side, as :func:`side_names` takes it."""
    sides = place << SOURCE_RANK | rank << TARGET_RANK
    if sources:
        sides |= HAS_SOURCE | OTHER_SOURCE if _outside(sources) else HAS_SOURCE
    if targets:
        sides |= HAS_TARGET | OTHER_TARGET if _outside(targets) else HAS_TARGET
    if mutual:
        return sides | min(3, len({*sources, *targets})) << PARTIES
    return sides | ONE_CODE if targets and sources == targets else sides


def _apart(source: Slot, target: Slot) -> bool:
    """Are these two parties of one state, told apart: its police, and people or a body that are not the state itself?"""
    mention = target.mention
    if mention is not None and mention.sort == "own" and target.relation == "obj":  # دعا النائب بلاده إلى
        return source.mention is not None and source.mention.kind == "person" and source.relation == "subj"
    if mention is None or mention.sort in _WHOLE or source.mention is None or source.mention is mention or source.entity < 0 or target.entity < 0:
        return False
    if not target.relation.startswith(_HIT):
        return False
    return source.entity != target.entity or mention.sort == "people"


def nobody(sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
    """Is nobody on either side known by a name, a state or a body?"""
    return all(map(unlisted, (*sources, *targets)))


def _outside(codes: tuple[str, ...]) -> bool:
    """Is one of them no state or listed body?"""
    return any(code.startswith("OTHER") or code == "MEDIA" for code in codes)


def _along(slots: list[Slot], codes: list[tuple[str, ...]], *, between: bool) -> set[int]:
    """The candidates that another one in front of them, joined by و, brings along: whoever is asked for names the first of them (دعا مصر وتركيا إلى)."""
    out: set[int] = set()
    for at, slot in enumerate(slots):
        if not slot.joined or at == 0 or slot.relation.endswith("بين") and not between:
            continue
        before = slots[at - 1]
        if before.relation == slot.relation and codes[at - 1] and before.mention is not None and slot.mention is not None and slot.mention.first - before.mention.last <= 4:
            out.add(at)
    return out


def _filler(at: int, slots: list[Slot], codes: list[tuple[str, ...]]) -> Filler:
    """The candidate at ``at`` with the mentions joined to it by و, and their codes in order."""
    if at < 0:
        return [], ()
    slot = slots[at]
    chosen, found = [slot], codes[at]
    if slot.mention is not None:
        last = slot.mention.last
        for other in range(at + 1, len(slots)):
            joined = slots[other]
            if joined.mention is None or not joined.joined or joined.mention.first - last > 4:
                break
            chosen.append(joined)
            found = (*found, *(c for c in codes[other] if c not in found))
            last = joined.mention.last
    return chosen, found
