"""Those who speak together: several persons or states behind one verb (الوزيران، القادة الثلاثة، وقال كيري ولافروف)."""

from __future__ import annotations

from mahdar.reading.cues import Cue
from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import of_persons
from mahdar.reading.offices import STATE_OFFICES
from mahdar.reading.reference import Cast
from mahdar.reading.relations import AND_ITS

# Those spoken of together: are they persons? and how many of them.
_SEVERAL = {
    **dict.fromkeys("القاده الزعماء الرؤساء الروساء الوزراء روساء".split(), True),
    **dict.fromkeys("الدول البلدان الاطراف العواصم الحكومات".split(), False),
}  # fmt: skip
_HOW_MANY = {"الثلاثه": 3, "الثلاث": 3, "الاربعه": 4, "الاربع": 4, "الخمسه": 5, "الخمس": 5}
_AT_SUMMITS = STATE_OFFICES | {"monarch"}
_AND_WITH = frozenset(("ومعه", "ومعها", "ومعهم"))
_ALONGSIDE = frozenset((("الي", "جانب"), ("والي", "جانب")))


class Together:
    """Tells who speaks jointly with the speaker of a cue, or whom a word for several stands for."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.cast = cast
        self.forms = document.tokens.form

    def members(self, cue: Cue, speaker: int) -> list[int]:
        """One statement for each of الجانبان or الوزيران الروسي والأمريكي."""
        mention = cue.pair
        if mention is not None and mention.sort == "pair":
            if mention.codes:
                return [self.cast.state(code) for code in mention.codes]
            return self.cast.pair_before(mention.first, persons=of_persons(self.forms[mention.first]))
        return self.cast.members(speaker) if speaker >= 0 else []

    def several(self, cue: Cue, speaker: int) -> list[int]:
        """القادة الثلاثة، الدول الأربع: as many of those spoken of last; empty where fewer were."""
        before = [m.first for m in self.cast.entities[speaker].mentions if m.first <= cue.last] if speaker >= 0 else []
        i = max(before, default=cue.first + 1)
        if i + 1 >= len(self.forms) or self.forms[i + 1] not in _HOW_MANY or self.forms[i] not in _SEVERAL:
            return []
        many = _HOW_MANY[self.forms[i + 1]]
        return self._rulers(i, many) if _SEVERAL[self.forms[i]] else self._states(i, many)

    def _rulers(self, before: int, many: int) -> list[int]:
        """As many of those who meet at summits, each of another state, named last before a token."""
        seen: dict[str, tuple[int, int]] = {}
        for entity, who in enumerate(self.cast.entities):
            at = max((m.first for m in who.mentions if m.first < before), default=-1)
            if who.named and who.number == "s" and who.role in _AT_SUMMITS and who.code and at > seen.get(who.code, (-1, -1))[0]:
                seen[who.code] = at, entity
        found = sorted(sorted(seen.values(), reverse=True)[:many])
        return [entity for _, entity in found] if len(found) == many else []

    def _states(self, before: int, many: int) -> list[int]:
        """The last of that many states joined to one another before a token: الولايات المتحدة وفرنسا وبريطانيا."""
        states = ((e, who) for e, who in enumerate(self.cast.entities) if who.kind == "state")
        named = sorted((m.first, m.last, m.prefix, e) for e, who in states for m in who.mentions if m.first < before and m.sort != "adjective")
        found: list[int] = []
        run: list[int] = []
        end = -1
        for first, last, prefix, entity in named:
            joined = run and (first == end and prefix == "و" or first == end + 1 and self.forms[end] in ("،", ",", "و"))
            run = [*run, entity] if joined else [entity]
            end = last
            found = run if len(run) == many else found
        return found

    def joint(self, cue: Cue, starts: dict[int, Mention]) -> list[int]:
        """The others who say it with the first: وقال كيري ولافروف إن."""
        clause = cue.clause
        if clause is None or clause.subject.mention is None:
            return []
        limit = cue.start if clause.subject.how == "post" else clause.at
        if clause.subject.how != "post" and (clause.subject.how != "pre" or all(v.reading.number == "s" for v in clause.readings)):
            return []
        out: list[int] = []
        i = clause.subject.mention.last
        while i < limit:
            step = i + 1 if self.forms[i] in ("،", ",", "و") else i
            beside = next((starts[j] for j in self._beside(step) if j in starts and starts[j].entity >= 0), None)
            if beside is not None and beside.entity != cue.speaker:
                out.append(beside.entity)
                i = beside.last
                continue
            mention = starts.get(step)
            if mention is None or mention.entity < 0 or not (mention.prefix == "و" or self.forms[i] in ("،", ",", "و")):
                break
            if mention.prefix != "و" and self.forms[i] in ("،", ",") and not (mention.last < limit and self.forms[mention.last].startswith(("و", "،"))):
                break
            if mention.entity != cue.speaker:
                out.append(mention.entity)
            i = mention.last
        return out

    def _beside(self, i: int) -> tuple[int, ...]:
        """Where the second may start in إلى جانب فرنسا، وحليفتها روسيا، ومعه وزير الدفاع that stand at token ``i``."""
        if self.forms[i] in AND_ITS or self.forms[i] in _AND_WITH:
            return (i + 1,)
        return (i + 2, i + 1) if tuple(self.forms[i : i + 2]) in _ALONGSIDE else ()
