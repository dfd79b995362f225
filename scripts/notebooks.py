"""Run the notebooks of docs/notebooks and store what their cells show: `python scripts/notebooks.py`. The tests run them without storing.

Only what a notebook needs of Jupyter is done here: cells share one namespace, and the last expression of a cell is shown. Each notebook runs in a new
folder with `articles/`, the bundled samples.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/notebooks"
SAMPLES = ROOT / "src/mahdar/samples"
_LONGEST = 20_000  # characters of one form of an output that are stored


def main() -> None:
    for file in sorted(FOLDER.glob("*.ipynb")):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        run(notebook)
        file.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(file.relative_to(ROOT))


def run(notebook: dict[str, Any]) -> None:
    """Run all cells in their order and put what they show into them; an error of a cell is raised."""
    scope: dict[str, Any] = {"__name__": "__main__"}
    with _workplace():
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(cells, 1):
            cell["execution_count"], cell["outputs"] = number, _outputs("".join(cell["source"]), scope, number)


@contextlib.contextmanager
def _workplace() -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(SAMPLES, Path(name) / "articles")
        os.chdir(name)
        try:
            yield
        finally:
            os.chdir(before)


def _outputs(source: str, scope: dict[str, Any], number: int) -> list[dict[str, Any]]:
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), scope)
        value = None if last is None else eval(compile(ast.Expression(last.value), "<cell>", "eval"), scope)
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        found.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)})
    if value is not None:
        found.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": _forms(value)})
    return found


def _forms(value: Any) -> dict[str, Any]:
    """What a value shows itself as: text, and HTML or a chart where it can and it is not too long."""
    forms: dict[str, Any] = {"text/plain": repr(value).splitlines(keepends=True)[:30]}
    if type(value).__module__.startswith("altair."):
        return {"application/vnd.vegalite.v6+json": value.to_dict(), "text/plain": ["an Altair chart"]}
    html = value._repr_html_() if hasattr(value, "_repr_html_") else None
    if html and len(html) <= _LONGEST:
        forms["text/html"] = html.splitlines(keepends=True)
    return forms


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    main()
