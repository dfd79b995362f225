"""A register as files for other programs, and a register from such files.

    from mahdar.export import export
    with Register("mahdar.db") as register:
        export(register, "csv", "events.csv", between=("RUS", "USA"), since="2015")

Each format has a module: ``parquet``, ``flat`` (csv), ``exchange`` (PLOVER's JSON lines), ``polecat``, ``cameo``, ``graph`` (GraphML, GEXF),
``geojson``. All of them write what ``select`` gives, batch by batch and in an order that only the content decides, so that the same
register gives the same bytes on any database and memory stays flat; ``files`` puts a file in its place only when it is whole.
"""

from __future__ import annotations

from mahdar.export.formats import FORMATS, Written, export
from mahdar.export.restore import restore

__all__ = ["FORMATS", "Written", "export", "restore"]
