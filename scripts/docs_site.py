"""Build the documentation site: `python scripts/docs_site.py [--output out/site]`, which is `make docs`.

The pages of docs/, the notebooks, and what is generated from the code (scripts/docsite) are put together under out/docs, and Zensical makes two sites of
them: English, and Arabic under ar/. A link or anchor that leads nowhere, or a page in no navigation, fails the build. Nothing is fetched, and the
site fetches nothing: scripts, styles and fonts are its own or the reader's.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from docsite import assemble, check

ROOT = Path(__file__).resolve().parent.parent
SHIM = "https://unpkg.com/iframe-worker/shim"  # docs/site/vendor has version 1.0.4 of it


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--output", type=Path, default=ROOT / "out" / "site", help="Where the site goes; replaced if it is there.  [default: out/site]")
    given = options.parse_args()
    sys.exit(build(given.output.resolve(), ROOT / "out" / "docs"))


def build(site: Path, work: Path) -> int:
    """Build both languages into ``site``; the exit status."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(site, ignore_errors=True)
    for language, place in (("en", site), ("ar", site / "ar")):
        folder = work / language
        settings = assemble.language(ROOT, folder, language)
        done = subprocess.run([sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", str(settings)], cwd=folder, check=False)
        if done.returncode:
            print(f"docs: the {language} pages have faults, named above", file=sys.stderr)
            return 1
        shutil.move(folder / "site", place)
        local(place)
    faults = check.faults(site)
    for fault in faults:
        print(f"docs: {fault}", file=sys.stderr)
    print(f"docs: {sum(1 for _ in site.rglob('*.html'))} pages in {site}")
    return 1 if faults else 0


def local(site: Path) -> None:
    """Take from the site's own folder what the generator's pages would load from elsewhere: the piece that lets the search run from a file."""
    shutil.copytree(ROOT / "docs" / "site" / "vendor", site / "assets" / "vendor")
    for page in site.rglob("*.html"):
        up = "../" * (len(page.relative_to(site).parts) - 1)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(SHIM, f"{up}assets/vendor/iframe-worker-shim.js"), encoding="utf-8")


if __name__ == "__main__":
    main()
