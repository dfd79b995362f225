"""``graphml`` and ``gexf``: the network of states and bodies, for Gephi and networkx. An edge is what two did with and to each other in a period.

``weight`` counts events; ``score`` is the mean of their PLOVER scores, whose sign tells cooperation from conflict (Gephi cannot lay out negative
weights). Only counts are kept while events pass, so that memory grows with the pairs and not with the events.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TextIO
from xml.sax.saxutils import escape, quoteattr

from mahdar.export import plover
from mahdar.export.coded import CODER, Coded
from mahdar.export.dyads import pairs

Period = Literal["month", "quarter", "year", "all"]
PERIODS: Final = ("month", "quarter", "year", "all")
_GRAPH: Final = {"coder": "string", "readings": "string"}
_NODE: Final = {"label": "string", "sort": "string", "events": "int"}
_EDGE: Final = {
    "weight": "double", "period": "string", "start": "string", "end": "string", "score": "double", "sign": "int", "cooperation": "double",
    "conflict": "double", "verbal_cooperation": "int", "material_cooperation": "int", "verbal_conflict": "int", "material_conflict": "int",
}  # fmt: skip
_GEXF_TYPES: Final = {"int": "integer", "double": "double", "string": "string"}
_OWN: Final = ("label", "weight", "start", "end")  # what GEXF has attributes of its own for


@dataclass(slots=True)
class _Tally:
    quads: Counter[int] = field(default_factory=Counter)
    cooperation: float = 0.0
    conflict: float = 0.0


@dataclass(slots=True)
class _Node:
    events: int = 0
    names: Counter[str] = field(default_factory=Counter)


class _Network(NamedTuple):
    nodes: dict[str, _Node]
    edges: dict[tuple[str, str, str], _Tally]  # period, a, b
    readings: set[str]

    @property
    def told(self) -> dict[str, object]:
        """What is said of the whole: who made it, and with which readings."""
        return {"coder": CODER, "readings": " ".join(sorted(self.readings))}


def write_graphml(out: TextIO, batches: Iterable[list[Coded]], period: Period) -> int:
    """Write the network; how many edges."""
    network = _network(batches, period)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for sort, attributes in (("graph", _GRAPH), ("node", _NODE), ("edge", _EDGE)):
        for name, kind in attributes.items():
            out.write(f'  <key id="{sort[0]}_{name}" for="{sort}" attr.name="{name}" attr.type="{kind}"/>\n')
    out.write(f'  <graph id="{CODER.replace(" ", "-")}" edgedefault="undirected">{_data("g", network.told)}\n')
    for code in sorted(network.nodes):
        out.write(f"    <node id={quoteattr(code)}>{_data('n', _node(code, network.nodes[code]))}</node>\n")
    for number, (a, b, values) in enumerate(_edges(network)):
        out.write(f'    <edge id="e{number}" source={quoteattr(a)} target={quoteattr(b)}>{_data("e", values)}</edge>\n')
    out.write("  </graph>\n</graphml>\n")
    return len(network.edges)


def write_gexf(out: TextIO, batches: Iterable[list[Coded]], period: Period) -> int:
    """Write the network with a span of time on each edge; how many edges."""
    network = _network(batches, period)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write(f"  <meta><creator>{CODER}</creator><description>readings {network.told['readings']}</description></meta>\n")
    out.write('  <graph mode="dynamic" defaultedgetype="undirected" timeformat="date">\n')
    for sort, attributes in (("node", _NODE), ("edge", _EDGE)):
        names = [name for name in attributes if name not in _OWN]
        out.write(f'    <attributes class="{sort}" mode="static">\n')
        out.writelines(f'      <attribute id="{name}" title="{name}" type="{_GEXF_TYPES[attributes[name]]}"/>\n' for name in names)
        out.write("    </attributes>\n")
    out.write("    <nodes>\n")
    for code in sorted(network.nodes):
        node = _node(code, network.nodes[code])
        out.write(f"      <node id={quoteattr(code)} label={quoteattr(str(node['label']))}>{_values(node)}</node>\n")
    out.write("    </nodes>\n    <edges>\n")
    for number, (a, b, edge) in enumerate(_edges(network)):
        when = "".join(f' {name}="{edge[name]}"' for name in ("start", "end") if edge[name])
        ends = f"source={quoteattr(a)} target={quoteattr(b)}"
        out.write(f'      <edge id="{number}" {ends} weight="{edge["weight"]}"{when}>{_values(edge)}</edge>\n')
    out.write("    </edges>\n  </graph>\n</gexf>\n")
    return len(network.edges)


def span(name: str) -> tuple[str, str]:
    """The first and last day of a period: 2015-10, 2015-Q4 or 2015; empty of all time."""
    if not name or name == "all":
        return "", ""
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    year, month = int(name[:4]), int(name[6:]) * 3 if name[5] == "Q" else int(name[5:])
    first = month - 2 if name[5] == "Q" else month
    return f"{year}-{first:02}-01", f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


def _network(batches: Iterable[list[Coded]], period: Period) -> _Network:
    network = _Network({}, {}, set())
    for batch in batches:
        for event in batch:
            network.readings.add(event.reading)  # of all events, also those between nobody
            name = _period(event.row.day or "", period)
            if name is not None:
                _count(network, event, name)
    return network


def _count(network: _Network, event: Coded, period: str) -> None:
    found = pairs(event.row)
    for a, b in found:
        tally = network.edges.setdefault((period, a, b), _Tally())
        tally.quads[event.quad] += 1
        if event.score > 0:
            tally.cooperation += event.score
        else:
            tally.conflict += event.score
    for code in {code for pair in found for code in pair}:
        network.nodes.setdefault(code, _Node()).events += 1
    for party in (*event.row.who, *event.row.whom):
        if party.code in network.nodes and party.kind != "person" and party.lexicon:
            network.nodes[party.code].names[party.name_en or party.name] += 1


def _period(day: str, period: Period) -> str | None:
    """The period a day is of; None where the day is not known so precisely."""
    if period == "all":
        return "all"
    if len(day) < (4 if period == "year" else 7):
        return None
    if period == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:4] if period == "year" else day[:7]


def _node(code: str, node: _Node) -> dict[str, object]:
    label = min(node.names, key=lambda name: (-node.names[name], name)) if node.names else code.removeprefix("OTHER:")
    return {"label": label, "sort": "state" if plover.is_state(code) else "body", "events": node.events}


def _edges(network: _Network) -> Iterator[tuple[str, str, dict[str, object]]]:
    for (period, a, b), tally in sorted(network.edges.items(), key=lambda item: item[0]):
        count = sum(tally.quads.values())
        mean = round((tally.cooperation + tally.conflict) / count, 2)
        start, end = span(period)
        values: dict[str, object] = {
            "weight": float(count), "period": period, "start": start, "end": end, "score": mean, "sign": (mean > 0) - (mean < 0),
            "cooperation": round(tally.cooperation, 2), "conflict": round(tally.conflict, 2),
        }  # fmt: skip
        quads = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
        yield a, b, values | {name: tally.quads[number] for number, name in enumerate(quads, 1)}


def _data(sort: str, values: dict[str, object]) -> str:
    return "".join(f'<data key="{sort}_{name}">{escape(str(value))}</data>' for name, value in values.items() if value != "")


def _values(values: dict[str, object]) -> str:
    told = "".join(f'<attvalue for="{name}" value={quoteattr(str(value))}/>' for name, value in values.items() if name not in _OWN and value != "")
    return f"<attvalues>{told}</attvalues>"
