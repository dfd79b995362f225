"""The notebooks as pages: their cells and what they showed when they were last run; charts are drawn as pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import vl_convert


def pages(folder: Path) -> dict[str, str]:
    return {f"notebooks/{file.stem}.md": _page(file) for file in sorted(folder.glob("*.ipynb"))}


def _page(file: Path) -> str:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    source = f"*This page is the notebook `docs/notebooks/{file.name}` with what it showed when it was last run; the tests run it anew.*"
    title, *rest = (part for cell in cells for part in _cell(cell))
    head, _, below = title.partition("\n")
    return "\n\n".join([head, source, below.strip(), *rest]) + "\n"


def _cell(cell: dict[str, Any]) -> list[str]:
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return [text]
    return [f"```python\n{text}\n```", *(_output(output) for output in cell["outputs"])]


def _output(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return f"```text\n{''.join(output['text']).rstrip()}\n```"
    data = output["data"]
    chart = next((value for kind, value in data.items() if "vegalite" in kind), None)
    if chart is not None:
        return f'<div class="chart">\n{vl_convert.vegalite_to_svg(chart)}\n</div>'
    if "text/html" in data:
        return f'<div class="output">\n{_unbroken("".join(data["text/html"]))}\n</div>'
    return f"```text\n{''.join(data['text/plain']).rstrip()}\n```"


def _unbroken(html: str) -> str:
    """Without empty lines, which would end a block of HTML."""
    return "\n".join(line for line in html.splitlines() if line.strip())
