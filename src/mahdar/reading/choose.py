"""Choosing among proposals: linear models over named features, one for each slot, one for "is this an event", one for its status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mahdar.reading.events import Proposal, Slot
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast
from mahdar.reading.weights import Weights, weigh

NONE = "none"
KEPT = 4  # candidates of each slot that are weighed in pairs


@dataclass(slots=True, eq=False)
class Option:
    """One way to fill a proposal's slots."""

    source: Slot
    target: Slot | None
    chosen: list[Slot]
    source_codes: tuple[str, ...]
    target_codes: tuple[str, ...]
    features: dict[str, float]


class Chooser:
    """Fills the slots of proposals and decides which of them are events."""

    def __init__(self, weights: Weights, cast: Cast) -> None:
        self.weights = weights
        self.cast = cast
        self.pair: tuple[str, ...] = ()

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

    def none_features(self, proposal: Proposal, role: str) -> dict[str, float]:
        """Features of leaving a slot empty."""
        t = proposal.trigger
        return {"none": 1.0, f"none type={t.act.type}": 1.0, f"none kind={t.kind}": 1.0, f"none act={t.act.id}": 1.0, f"none mutual={int(t.act.mutual)}": 1.0}

    def fill(self, proposal: Proposal) -> None:
        """Choose source and target together: the pair of likely fillers that makes the best event; sets the proposal's score."""
        proposal.pair = self.pair
        base = weigh(self.weights.event, proposal.features)
        best: Option | None = None
        top = 0.0
        for option in self.options(proposal):
            score = base + weigh(self.weights.event, option.features)
            if best is None or score > top:
                best, top = option, score
        proposal.score = top if best is not None else -9.0
        if best is not None:
            proposal.slots = (best.source, best.target)
            proposal.chosen = best.chosen
            proposal.source_codes, proposal.target_codes = best.source_codes, best.target_codes
            proposal.choice = best.features

    def options(self, proposal: Proposal) -> list[Option]:
        """The likeliest fillers of each slot, paired; every pair has a source."""
        sources = self._ranked(proposal, proposal.sources, self.weights.source, "source")
        targets = self._ranked(proposal, proposal.targets, self.weights.target, "target")
        out: list[Option] = []
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for at, (source, source_score) in enumerate(sources):
            if source is None:
                continue
            taken = self._expand(source, proposal.sources)
            codes = self._all_codes(taken, proposal)
            for rank, (target, target_score) in enumerate(targets):
                option = self._option(proposal, source, taken, codes, target)
                if option is None or (option.source_codes, option.target_codes) in seen:
                    continue
                seen.add((option.source_codes, option.target_codes))
                option.features.update(self.pair_features(proposal, option))
                option.features["source score"] = max(-4.0, min(4.0, source_score)) / 4.0
                option.features["target score"] = max(-4.0, min(4.0, target_score)) / 4.0
                option.features[f"source rank={at}"] = 1.0
                option.features[f"target rank={rank}"] = 1.0
                out.append(option)
        return out

    def _option(self, proposal: Proposal, source: Slot, taken: list[Slot], codes: tuple[str, ...], target: Slot | None) -> Option | None:
        chosen = self._expand(target, proposal.targets) if target is not None else []
        others = tuple(c for c in self._all_codes(chosen, proposal) if c not in codes)
        if target is not None and not others:
            return None
        if proposal.trigger.act.mutual:
            parties = (*codes, *others)
            codes, others = parties[:1], parties[1:]
        return Option(source, target, [*taken, *chosen], codes, others, {})

    def _ranked(self, proposal: Proposal, slots: list[Slot], weights: Mapping[str, float], role: str) -> list[tuple[Slot | None, float]]:
        """The best candidates of a slot relative to leaving it empty, which is always among them."""
        empty = weigh(weights, self.none_features(proposal, role))
        scored: list[tuple[float, int, Slot]] = []
        for at, slot in enumerate(slots):
            if self.codes_of(slot, proposal):
                slot.score = weigh(weights, slot.features) - empty
                scored.append((-slot.score, at, slot))
        scored.sort(key=lambda item: item[:2])
        return [*((slot, -score) for score, _, slot in scored[:KEPT]), (None, 0.0)]

    def _all_codes(self, slots: list[Slot], proposal: Proposal) -> tuple[str, ...]:
        out: list[str] = []
        for slot in slots:
            out.extend(c for c in self.codes_of(slot, proposal) if c not in out)
        return tuple(out)

    def _expand(self, slot: Slot, slots: list[Slot]) -> list[Slot]:
        """The chosen mention and those joined to it by و."""
        out = [slot]
        if slot.mention is None:
            return out
        last = slot.mention.last
        for other in sorted((s for s in slots if s.mention is not None and s.mention.first > slot.mention.first), key=lambda s: s.mention.first):  # type: ignore[union-attr]
            assert other.mention is not None
            if other.features.get("joined") and other.mention.first - last <= 4:
                out.append(other)
                last = other.mention.last
            else:
                break
        return out

    # -- event or not ----------------------------------------------------------------------------------------------------------

    def pair_features(self, proposal: Proposal, option: Option) -> dict[str, float]:
        """Features of the filled slots taken together."""
        out: dict[str, float] = {}
        type_ = proposal.trigger.act.type
        for role, slot in (("source", option.source), ("target", option.target)):
            relation = slot.relation if slot is not None else NONE
            out[f"{role}={relation}"] = 1.0
            if slot is not None and slot.mention is not None:
                out[f"{role} sort={slot.mention.sort}"] = 1.0
            if slot is not None and slot.entity >= 0:
                out[f"{role} is={self.cast.entities[slot.entity].kind}"] = 1.0
        source_slot, target_slot = option.source, option.target
        pair = f"{source_slot.relation if source_slot is not None else NONE}>{target_slot.relation if target_slot is not None else NONE}"
        kind, act = proposal.trigger.kind, proposal.trigger.act
        out[f"{kind} {pair}"] = 1.0
        out[f"{type_} {pair}"] = 1.0
        out[f"{act.id} target={target_slot.relation if target_slot is not None else NONE}"] = 1.0
        for role, slot in (("source", source_slot), ("target", target_slot)):
            if slot is not None:
                out.update({f"{role} {name}": 1.0 for name in slot.features if name.startswith(("side=", "rel=") ) and " v=" in name})
        source, target = option.source_codes, option.target_codes
        out[f"{type_} sides={int(bool(source))}{int(bool(target))}"] = 1.0
        if any(c.startswith("OTHER") or c == "MEDIA" for c in source):
            out["source other"] = 1.0
        if any(c.startswith("OTHER") or c == "MEDIA" for c in target):
            out["target other"] = 1.0
        if proposal.trigger.act.mutual:
            out[f"mutual parties={min(3, len(set(source) | set(target)))}"] = 1.0
        return out

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
