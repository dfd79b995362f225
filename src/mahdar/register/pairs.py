"""Two actors over time: cooperation and conflict by month in PLOVER scores, counts by type, what they last said about each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mahdar.register.cite import Cite
from mahdar.register.identity import Identity
from mahdar.register.occurrences import Occurrence
from mahdar.register.reports import Report


@dataclass(frozen=True, slots=True)
class Month:
    """One month between two actors: sums of the scores above and below nothing, and how many occurrences of each type."""

    month: str
    cooperation: float
    conflict: float
    counts: tuple[tuple[str, int], ...]
    occurrences: tuple[str, ...]

    @property
    def net(self) -> float:
        """The mean score of the month's occurrences."""
        return round((self.cooperation + self.conflict) / len(self.occurrences), 2)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement by somebody of one party that speaks of others; ``about`` are the codes named in it."""

    speaker: str
    code: str
    about: tuple[str, ...]
    day: str
    via: str
    cite: Cite


@cache
def _scores() -> Mapping[str, tuple[float, Mapping[str, float]]]:
    import yaml

    rows = yaml.safe_load(files("mahdar.register").joinpath("scores.yaml").read_text(encoding="utf-8"))["types"]
    return {type_: (float(row["score"]), {mode: float(own["score"]) for mode, own in row.get("modes", {}).items()}) for type_, row in rows.items()}


def score(type_: str, mode: str | None = None) -> float:
    """The PLOVER score of a type of event, finer where the mode has its own."""
    plain, modes = _scores()[type_]
    return modes.get(mode or "", plain)


def series(occurrences: Iterable[Occurrence], a: str, b: str, *, mode_of: Mapping[str, str | None] | None = None) -> tuple[Month, ...]:
    """What actually passed between the parties with codes ``a`` and ``b``, month by month; ``mode_of`` gives modes by occurrence."""
    months: dict[str, list[Occurrence]] = {}
    for o in occurrences:
        sides = (set(o.doers), set(o.others))
        if o.status == "actual" and (a in sides[0] and b in sides[1] or b in sides[0] and a in sides[1]) and len(o.day) >= 7:
            months.setdefault(o.day[:7], []).append(o)
    out = []
    for month in sorted(months):
        found = sorted(months[month], key=lambda o: o.id)
        values = [score(o.type, (mode_of or {}).get(o.id)) for o in found]
        counts = tuple(sorted(Counter(o.type for o in found).items()))
        out.append(Month(month, round(sum(v for v in values if v > 0), 2), round(sum(v for v in values if v < 0), 2), counts, tuple(o.id for o in found)))
    return tuple(out)


def said(report: Report, identity: Identity) -> tuple[Said, ...]:
    """The statements of a report whose words name another party than the speaker's."""
    who = identity.all(report)
    mentions = sorted((m.start, code) for actor in report.record.actors for m in actor.mentions if (code := who[actor.id].code))
    out = []
    for s in report.record.statements:
        speaker = who.get(s.speaker or "")
        if speaker is None or not speaker.code:
            continue
        about = sorted({code for at, code in mentions if s.content.start <= at < s.content.end} - {speaker.code})
        if about:
            via = who[s.via].key if s.via in who else ""
            out.append(Said(speaker.key, speaker.code, tuple(about), report.published[:10], via, Cite(report.key, s.content)))
    return tuple(out)


def latest(statements: Iterable[Said], a: str, b: str, *, until: str = "9999", limit: int = 5) -> tuple[Said, ...]:
    """What the two last said about each other, the newest first."""
    found = [s for s in statements if s.day <= until and (s.code == a and b in s.about or s.code == b and a in s.about)]
    return tuple(sorted(sorted(found, key=lambda s: s.cite), key=lambda s: s.day, reverse=True)[:limit])
