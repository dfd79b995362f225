"""Examples of answers in the OpenAPI description: what a register of the bundled samples answers (``scripts/server_examples.py`` writes them)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

EXAMPLES: Final[dict[str, Any]] = json.loads(files("mahdar.server").joinpath("examples.json").read_text(encoding="utf-8"))
