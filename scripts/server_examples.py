"""Write the examples of the API's description anew: what a register of the bundled samples answers.

    python scripts/server_examples.py
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from mahdar.cli.main import main
from mahdar.server.app import create
from mahdar.server.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ASKED = {
    "articles": {}, "actors": {}, "events": {"actor": "RUS"}, "meetings": {}, "occurrences": {"between": "RUS,USA"}, "statements": {"actor": "RUS"},
    "positions": {"on": "iran-nuclear"}, "stances": {"on": "ukraine"}, "changes": {}, "requests": {}, "commitments": {}, "pairs": {"between": "RUS,USA"},
    "search": {"q": "فيينا"},
}  # fmt: skip


async def examples(register: Path) -> dict[str, Any]:
    """The first row of each resource."""
    transport = httpx.ASGITransport(app=create(Settings(register=str(register))))
    found: dict[str, Any] = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for name, asked in ASKED.items():
            answer = await client.get(f"/api/v1/{name}", params={**asked, "limit": 1})
            found[name] = answer.raise_for_status().json()
        found["brief"] = (await client.get("/api/v1/briefs/iran-nuclear")).raise_for_status().json()
        found["brief"]["lines"] = found["brief"]["lines"][:1]
    import mahdar

    found["read"] = mahdar.read("رفضت طهران طلبا أميركيا للتعاون في العراق.", published="2014-09-15").to_json()
    return found


def write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "samples.db"
        main(["ingest", str(ROOT / "src/mahdar/samples"), "--register", str(register), "--quiet"], standalone_mode=False)
        found = asyncio.run(examples(register))
    (ROOT / "src/mahdar/server/examples.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write())
