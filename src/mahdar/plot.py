"""Charts of a register for a notebook, as Altair charts (extra ``plot``): what two did over time, who stands where, who deals with whom.

    from mahdar import plot
    with Register("mahdar.db") as register:
        plot.pair(register, "RUS", "USA", since="2015").save("pair.html")

Each chart has the rows it shows from a function of its own (``pair_rows`` …), for other tools.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Unpack

from mahdar.errors import QuestionError
from mahdar.export import plover
from mahdar.export.dyads import pairs as pairs_of
from mahdar.register.pairs import score

if TYPE_CHECKING:
    from mahdar.register.questions import Asked, Register

Rows = list[dict[str, Any]]
_GREEN, _RED, _GREY = "#2a7f62", "#b3423a", "#8a8a8a"
_STANCES: Final = {"support": _GREEN, "conditional": "#c9a227", "undecided": _GREY, "oppose": _RED}
_QUADS: Final = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_MONTH: Final = len("2015-10")
_LARGEST: Final = 30  # nodes of a network that can be told apart in a ring


def pair(register: Register, a: str, b: str, **asked: Unpack[Asked]) -> Any:
    """What two did with and to each other, month by month, the empty months too: sums of scores above and below nothing. Of what only a year is told has no bar."""
    alt = _altair()
    colour = alt.Color("sort:N", scale=alt.Scale(domain=["cooperation", "conflict"], range=[_GREEN, _RED]), title=None)
    rows = [row for row in pair_rows(register, a, b, **asked) if len(row["month"]) == _MONTH]
    chart = alt.Chart(_data(rows), title=f"{a} and {b}")
    month = alt.X("month:T", timeUnit="utcyearmonth", title=None)
    bars = chart.mark_bar().encode(x=month, y=alt.Y("score:Q", title="PLOVER score"), color=colour, tooltip=["month:N", "sort:N", "score:Q", "events:Q"])
    return bars.properties(width=640, height=240)


def pair_rows(register: Register, a: str, b: str, **asked: Unpack[Asked]) -> Rows:
    """Month (a year where no more is known), sort (cooperation, conflict), score as :meth:`Register.pairs` has it, events."""
    asked["between"] = (a, b)
    found: Rows = []
    for row in register.pairs(**asked):
        for sort, sign, total in (("cooperation", 1, row.cooperation_score), ("conflict", -1, row.conflict_score)):
            if total:
                count = sum(count for type_, count in row.types if score(type_) * sign > 0)
                found.append({"month": row.month, "sort": sort, "score": total, "events": count})
    return sorted(found, key=lambda each: (each["month"], each["sort"]))


def stances(register: Register, issue: str, **asked: Unpack[Asked]) -> Any:
    """Who held what on an issue (or toward somebody) in which month: the stance told most often."""
    alt = _altair()
    scale = alt.Scale(domain=list(_STANCES), range=list(_STANCES.values()))
    chart = alt.Chart(_data(stance_rows(register, issue, **asked)), title=issue)
    return chart.mark_rect(stroke="white").encode(
        x=alt.X("month:O", title=None), y=alt.Y("holder:N", title=None), color=alt.Color("stance:N", scale=scale),
        opacity=alt.Opacity("agreed:Q", scale=alt.Scale(domain=[0, 1], range=[0.2, 1]), legend=None), tooltip=["holder:N", "month:O", "stance:N", "told:Q", "text:N"],
    )  # fmt: skip


def stance_rows(register: Register, issue: str, **asked: Unpack[Asked]) -> Rows:
    """Holder, month, stance, told (how often), agreed (its share of all that is told), text (one telling)."""
    asked["on"] = issue
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in register.positions(**asked):
        if row.holder.code and row.day and len(row.day) >= 7:
            told.setdefault((row.holder.code, row.day[:7]), []).append((row.stance, row.text))
    found = []
    for (holder, month), words in sorted(told.items()):
        stance, count = min(Counter(stance for stance, _ in words).items(), key=lambda item: (-item[1], item[0]))
        text = min(text for each, text in words if each == stance)
        found.append({"holder": holder, "month": month, "stance": stance, "told": count, "agreed": round(count / len(words), 2), "text": text})
    return found


def timeline(register: Register, **asked: Unpack[Asked]) -> Any:
    """Events by day and type, with their words where the pointer rests."""
    alt = _altair()
    scale = alt.Scale(domain=list(_QUADS.values()), range=["#8cc5ad", _GREEN, "#e3a29d", _RED])
    chart = alt.Chart(_data(timeline_rows(register, **asked)))
    points = chart.mark_circle(size=60, opacity=0.8).encode(
        x=alt.X("day:T", title=None), y=alt.Y("type:N", title=None), color=alt.Color("quad:N", scale=scale, title=None),
        tooltip=["day:T", "who:N", "whom:N", "status:N", "text:N", "source:N"],
    )  # fmt: skip
    return points.properties(width=640)


def timeline_rows(register: Register, **asked: Unpack[Asked]) -> Rows:
    """Day, type, quad, status, who, whom, text, source, article of events whose day is known."""
    found: Rows = []
    for row in register.events(**asked):
        if row.day and len(row.day) == 10:
            sides = {name: "; ".join(party.label for party in side) for name, side in (("who", row.who), ("whom", row.whom))}
            own = {"day": row.day, "type": row.type, "quad": _QUADS[plover.quad(row.type)], "status": row.status, "text": row.text}
            found.append({**own, **sides, "source": row.report.source, "article": row.article})
    return found


def network(register: Register, **asked: Unpack[Asked]) -> Any:
    """Who deals with whom, in a ring: a line as wide as their events are many, green or red as their scores are."""
    alt = _altair()
    edges, nodes = network_rows(register, **asked)
    sign = alt.Color("sign:N", scale=alt.Scale(domain=["cooperation", "conflict", "even"], range=[_GREEN, _RED, _GREY]), title=None)
    width = alt.StrokeWidth("events:Q", scale=alt.Scale(range=[1, 10]), legend=None)
    ends = {"x": alt.X("x:Q", axis=None), "y": alt.Y("y:Q", axis=None)}
    lines = alt.Chart(_data(edges)).mark_rule(opacity=0.6).encode(**ends, x2="x2:Q", y2="y2:Q", color=sign, strokeWidth=width, tooltip=["a:N", "b:N", "events:Q", "score:Q"])
    names = alt.Chart(_data(nodes)).mark_text(fontWeight="bold").encode(**ends, text="code:N", tooltip=["code:N", "events:Q"])
    return (lines + names).properties(width=480, height=480)


def network_rows(register: Register, **asked: Unpack[Asked]) -> tuple[Rows, Rows]:
    """Edges (a, b, events, score, sign and where their ends are drawn) and nodes (code, events, x, y); what is actual unless a status is given."""
    if not asked.get("status"):
        asked["status"] = "actual"
    told: dict[tuple[str, str], list[float]] = {}
    for row in register.events(**asked):
        for both in pairs_of(row):
            told.setdefault(both, []).append(score(row.type, row.mode))
    sizes = Counter[str]()
    for both, values in told.items():
        sizes.update(dict.fromkeys(both, len(values)))
    kept = sorted(sorted(sizes, key=lambda code: (-sizes[code], code))[:_LARGEST])
    at = {code: (round(math.cos(2 * math.pi * n / len(kept)), 4), round(math.sin(2 * math.pi * n / len(kept)), 4)) for n, code in enumerate(kept)}
    edges = []
    for (a, b), values in sorted(told.items()):
        if a in at and b in at:
            mean = round(sum(values) / len(values), 2)
            sign = "cooperation" if mean > 0 else "conflict" if mean < 0 else "even"
            edges.append({"a": a, "b": b, "events": len(values), "score": mean, "sign": sign, "x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1]})
    return edges, [{"code": code, "events": sizes[code], "x": at[code][0], "y": at[code][1]} for code in kept]


def _data(rows: Rows) -> Any:
    return _altair().InlineData(values=rows)


def _altair() -> Any:
    try:
        import altair
    except ImportError:
        raise QuestionError("charts need the extra: pip install 'mahdar[plot]'") from None
    return altair
