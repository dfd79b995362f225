"""What does a report more cost where ever more years are stored? A register is made of the articles of a smaller one, told again and again so many days
later that no day has more reports than the models have, and the processor time of storing is said every 5,000 articles. It should not grow.

    python benchmarks/years_stored.py MODELS.db --articles 40000
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path

from made_register import build
from sqlalchemy import func, select

from mahdar.process import starting
from mahdar.register.schema import articles
from mahdar.register.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", help="a register of real articles")
    parser.add_argument("--articles", type=int, default=40_000)
    parser.add_argument("--register", help="where the register is made; left out: a file that is taken away again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mahdar-years-") as folder, Store.open(given.models) as source:
        with source.reading() as connection:
            days = select(func.min(articles.c.day), func.max(articles.c.day)).where(articles.c.day.is_not(None))
            first, last = (date.fromisoformat(day) for day in connection.execute(days).one())
        with starting(), Store.open(given.register or str(Path(folder) / "made.db"), create=True) as target:
            build(source, target, given.articles, apart=(last - first).days + 30)


if __name__ == "__main__":
    main()
