"""One small annotated article and a record that says just what it says: what tests of scorer and error list change one thing of."""

from __future__ import annotations

import os
from typing import Any

TEXT = 'زار بوتين باريس. وقال هولاند "الحوار ضروري" للجميع.'
GOLD: dict[str, Any] = {
    "id": "made", "published": "2015-08-05", "text": TEXT,
    "gold": {
        "body": {"first": "زار بوتين", "last": "للجميع."},
        "actors": [
            {"key": "p", "kind": "person", "name": "بوتين", "name_en": "Putin", "code": "RUS", "role": "head_of_state"},
            {"key": "h", "kind": "person", "name": "هولاند", "name_en": "Hollande", "code": "FRA",
             "role": "head_of_state"},
            {"key": "f", "kind": "state", "name": "باريس", "name_en": "France", "code": "FRA"},
        ],
        "statements": [{"speaker": "h", "mode": "direct", "cue": "وقال", "content": "الحوار ضروري", "via": None}],
        "events": [
            {"type": "CONSULT", "status": "actual", "source": ["RUS"], "target": ["FRA"], "people": ["p"],
             "date": "2015-08-05", "place": "باريس", "evidence": "زار بوتين باريس"},
        ],
        "positions": [{"holder": "FRA", "on": "syria-settlement", "stance": "support", "evidence": "الحوار ضروري"}],
    },
}  # fmt: skip
START = TEXT.index("الحوار")
WORDS = [START, START + len("الحوار ضروري")]
RIGHT: dict[str, Any] = {
    "id": "made", "published": "2015-08-05", "body": [[0, len(TEXT)]],
    "actors": [
        {"id": "a1", "kind": "person", "name": "بوتين", "code": "RUS", "role": "head_of_state"},
        {"id": "a2", "kind": "person", "name": "فرنسوا أولاند", "code": "FRA", "role": "head_of_state"},
        {"id": "a3", "kind": "state", "name": "فرنسا", "code": "FRA"},
    ],
    "statements": [{"speaker": "a2", "mode": "direct", "cue": [17, 21], "content": WORDS, "via": None}],
    "events": [
        {"type": "CONSULT", "status": "actual", "source": ["a1"], "target": ["a3"], "date": "2015-08-05", "evidence": [0, 15], "rule": "consult.visit"},
    ],
    "positions": [{"holder": "a3", "on": "syria-settlement", "stance": "support", "evidence": WORDS, "rule": "r"}],
}  # fmt: skip


def examples(count: int) -> int:
    """How many examples a property is tried on: so many, or what MAHDAR_EXAMPLES says (`make properties`)."""
    return max(count, int(os.environ.get("MAHDAR_EXAMPLES", "0")))
