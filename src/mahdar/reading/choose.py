"""Choosing among proposals: linear models over named features, one for each slot, one for "is this an event", one for its status.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mahdar.reading.events import Proposal, Slot
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast
from mahdar.reading.weights import Sums, Weights, weigh

NONE = "none"
SURE = 0.5  # score above which a telling needs no hedging
KEPT = 4  # candidates of each slot that are weighed in pairs


@dataclass(slots=True, eq=False)
class Option:
    """One way to fill a proposal's slots; ``groups`` and ``scores`` are its features."""

    source: Slot
    target: Slot | None
    chosen: list[Slot]
    source_codes: tuple[str, ...]
    target_codes: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...] = ()
    scores: tuple[float, float] = (0.0, 0.0)

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        out = {name: 1.0 for group in self.groups for name in group}
        out["source score"], out["target score"] = self.scores
        return out


class Chooser:
    """Fills the slots of proposals and decides which of them are events."""

    def __init__(self, weights: Weights, cast: Cast, sums: tuple[Sums, Sums, Sums] | None = None) -> None:
        self.weights = weights
        self.cast = cast
        self.pair: tuple[str, ...] = ()
        self.sums = sums if sums is not None else sums_of(weights)

    def codes_of(self, slot: Slot, proposal: Proposal) -> tuple[str, ...]:
        """The codes a slot candidate stands for."""
        if slot.codes:
            return slot.codes
        mention = slot.mention
        if mention is not None and mention.sort == "pair" and mention.entity < 0:
            return self._pair_before(mention)
        if mention is not None and mention.sort == "own" and mention.entity < 0:
            return self._own(proposal, mention)
        if slot.entity >= 0:
            entity = self.cast.entities[slot.entity]
            if entity.codes:
                return entity.codes
            return (entity.code or f"OTHER:{slot.entity}",)
        return ()

    def _own(self, proposal: Proposal, mention: Mention) -> tuple[str, ...]:
        """بلاده: the state of whoever speaks, else of the subject of the clause."""
        spoken = proposal.spoken
        entity = spoken.speaker if spoken is not None and spoken.speaker >= 0 else -1
        if entity < 0 and proposal.trigger.clause is not None:
            entity = proposal.trigger.clause.subject.entity
        code = self.cast.entities[entity].code if entity >= 0 else None
        return (code,) if code else ()

    def _pair_before(self, mention: Mention) -> tuple[str, ...]:
        """الجانبان: the parties of the last mutual act, else the last two sides named before."""
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
        return dict.fromkeys(_none_names(t.kind, t.act.type, t.act.id, t.act.mutual), 1.0)

    def fill(self, proposal: Proposal) -> None:
        """Choose source and target together: the pair of likely fillers that makes the best event; sets the proposal's score."""
        proposal.pair = self.pair
        base = weigh(self.weights.event, proposal.features)
        scored = [(base + self._weight(option), option) for option in self.options(proposal)]
        top, best = max(scored, key=lambda item: item[0], default=(0.0, None))
        if best is not None and proposal.trigger.act.mutual and not best.target_codes:
            # A meeting has two sides: the likeliest full telling is taken where it stands on its own.
            fuller = max(((s, o) for s, o in scored if o.target_codes), key=lambda item: item[0], default=(0.0, None))
            if fuller[1] is not None and fuller[0] >= SURE:
                top, best = fuller
        proposal.score = top if best is not None else -9.0
        if best is not None:
            proposal.slots = (best.source, best.target)
            proposal.chosen = best.chosen
            proposal.source_codes, proposal.target_codes = best.source_codes, best.target_codes
            proposal.option = best

    def _weight(self, option: Option) -> float:
        event = self.sums[2]
        total = option.scores[0] * event.weight("source score") + option.scores[1] * event.weight("target score")
        for group in option.groups:
            total += event.of(group)
        return total

    def options(self, proposal: Proposal) -> list[Option]:
        """The likeliest fillers of each slot, paired; every pair has a source."""
        slots = proposal.sources  # the targets' candidates come first among them
        codes = [self.codes_of(slot, proposal) for slot in slots]
        sources = self._ranked(proposal, slots, codes, self.sums[0])
        targets = self._ranked(proposal, proposal.targets, codes, self.sums[1])
        fillers = [_filler(at, proposal.targets, codes) for at, _ in targets]
        out: list[Option] = []
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for place, (at, source_score) in enumerate(sources):
            if at < 0:
                continue
            taken, own = _filler(at, slots, codes)
            for rank, (to, target_score) in enumerate(targets):
                option = self._option(proposal, slots[at], taken, own, slots[to] if to >= 0 else None, *fillers[rank])
                if option is None or (option.source_codes, option.target_codes) in seen:
                    continue
                seen.add((option.source_codes, option.target_codes))
                option.groups = self._groups(proposal, option, place, rank)
                option.scores = (max(-4.0, min(4.0, source_score)) / 4.0, max(-4.0, min(4.0, target_score)) / 4.0)
                out.append(option)
        return out

    @staticmethod
    def _option(
        proposal: Proposal, source: Slot, taken: list[Slot], codes: tuple[str, ...], target: Slot | None, chosen: list[Slot], found: tuple[str, ...]
    ) -> Option | None:
        others = tuple(c for c in found if c not in codes)
        if target is not None and not others:
            return None
        if proposal.trigger.act.mutual:
            parties = (*codes, *others)
            codes, others = parties[:1], parties[1:]
        return Option(source, target, [*taken, *chosen], codes, others)

    def _ranked(self, proposal: Proposal, slots: list[Slot], codes: list[tuple[str, ...]], sums: Sums) -> list[tuple[int, float]]:
        """The best candidates (as indices) relative to leaving the slot empty, which is always among them as -1."""
        empty = sums.of(_none_names(proposal.trigger.kind, proposal.trigger.act.type, proposal.trigger.act.id, proposal.trigger.act.mutual))
        far = sums.weight("distance")
        of = sums.of
        scored: list[tuple[float, int]] = []
        for at, slot in enumerate(slots):
            if codes[at]:
                score = empty - far * slot.distance
                for group in slot.groups:
                    score -= of(group)
                scored.append((score, at))
        scored.sort()
        return [*((at, -score) for score, at in scored[:KEPT]), (-1, 0.0)]

    # -- event or not ----------------------------------------------------------------------------------------------------------

    def _groups(self, proposal: Proposal, option: Option, at: int, rank: int) -> tuple[tuple[str, ...], ...]:
        """Features of the filled slots taken together; ``at`` and ``rank`` are their places among the candidates."""
        t = proposal.trigger
        source, target = option.source, option.target
        relation = target.relation if target is not None else NONE
        other = lambda codes: any(c.startswith("OTHER") or c == "MEDIA" for c in codes)  # noqa: E731
        parties = len({*option.source_codes, *option.target_codes}) if t.act.mutual else 0
        return (
            self._role_names("source", source),
            self._role_names("target", target),
            _pair_names(t.kind, t.act.type, t.act.id, source.relation, relation),
            _side_names(t.act.type, bool(option.source_codes), bool(option.target_codes), other(option.source_codes), other(option.target_codes), min(3, parties), at, rank),
        )

    def _role_names(self, role: str, slot: Slot | None) -> tuple[str, ...]:
        if slot is None:
            return _slot_names(role, NONE, "", "", ())
        kind = self.cast.entities[slot.entity].kind if slot.entity >= 0 else ""
        return _slot_names(role, slot.relation, slot.mention.sort if slot.mention is not None else "", kind, slot.crossing)

    def status(self, proposal: Proposal) -> str:
        """The status with the highest weight; the rule's own choice where nothing was learned."""
        models = self.weights.status
        if not models:
            return proposal.status
        features = status_features(proposal)
        return max(sorted(models), key=lambda s: weigh(models[s], features))


def status_features(proposal: Proposal) -> dict[str, float]:
    """What the status model sees."""
    t = proposal.trigger
    out = {"bias": 1.0, f"rule={proposal.status}": 1.0, f"type={t.act.type}": 1.0, f"kind={t.kind}": 1.0, f"rule={proposal.status} type={t.act.type}": 1.0}
    for name, value in proposal.features.items():
        if name.startswith(("mark=", "tense=", "said=", "prev=", "glued=", "subject=", "relative", "definite=")):
            out[name] = value
    return out


def sums_of(weights: Weights) -> tuple[Sums, Sums, Sums]:
    """Remembered sums for the source, target and event models."""
    return Sums(weights.source), Sums(weights.target), Sums(weights.event)


@lru_cache(maxsize=50_000)
def _slot_names(role: str, relation: str, sort: str, kind: str, crossing: tuple[str, ...]) -> tuple[str, ...]:
    names = [f"{role}={relation}", *(f"{role} {name}" for name in crossing)]
    if sort:
        names.append(f"{role} sort={sort}")
    if kind:
        names.append(f"{role} is={kind}")
    return tuple(names)


@lru_cache(maxsize=100_000)
def _pair_names(kind: str, type_: str, act: str, source: str, target: str) -> tuple[str, ...]:
    return (f"{kind} {source}>{target}", f"{type_} {source}>{target}", f"{act} target={target}")


@lru_cache(maxsize=50_000)
def _side_names(type_: str, source: bool, target: bool, other_source: bool, other_target: bool, parties: int, at: int, rank: int) -> tuple[str, ...]:
    names = [f"{type_} sides={int(source)}{int(target)}", f"source rank={at}", f"target rank={rank}"]
    if other_source:
        names.append("source other")
    if other_target:
        names.append("target other")
    if parties:
        names.append(f"mutual parties={parties}")
    return tuple(names)


@lru_cache(maxsize=20_000)
def _none_names(kind: str, type_: str, act: str, mutual: bool) -> tuple[str, ...]:
    return ("none", f"none type={type_}", f"none kind={kind}", f"none act={act}", f"none mutual={int(mutual)}")


def _filler(at: int, slots: list[Slot], codes: list[tuple[str, ...]]) -> tuple[list[Slot], tuple[str, ...]]:
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
