"""``geojson``: the events whose clause names a place, as features (RFC 7946). A place without a point of its own is a feature without one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from mahdar.export.coded import Coded
from mahdar.export.flat import line


def write(out: TextIO, batches: Iterable[list[Coded]]) -> int:
    """Write all; how many features."""
    out.write('{"type":"FeatureCollection","features":[')
    count = 0
    for batch in batches:
        for event in batch:
            if event.spot is not None:
                out.write(f"{',' if count else ''}\n{json.dumps(_feature(event), ensure_ascii=False, separators=(',', ':'))}")
                count += 1
    out.write("\n]}\n")
    return count


def _feature(event: Coded) -> dict[str, Any]:
    point = event.spot.point if event.spot else None
    geometry = None if point is None else {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    properties = {name: value for name, value in line(event).items() if name not in ("id", "latitude", "longitude") and value not in (None, "")}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}
