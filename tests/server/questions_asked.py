"""What the tests ask of every resource, with something to be found."""

from __future__ import annotations

from typing import Any

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("articles", {}),
    ("articles", {"actor": "TUR", "since": "2015", "source": "صحيفة الجسر"}),
    ("actors", {}),
    ("actors", {"actor": "RUS", "until": "2015"}),
    ("events", {}),
    ("events", {"between": ["RUS", "USA"], "type": ["CONSULT", "REQUEST"], "status": ["actual"], "since": "2015-11"}),
    ("events", {"actor": "روسيا", "source": "وكالة النهر"}),
    ("meetings", {"actor": "Kerry"}),
    ("occurrences", {"on": "RUS"}),
    ("statements", {"actor": "RUS", "until": "2016-12-31"}),
    ("statements", {"type": "REJECT"}),
    ("positions", {"on": "assad-future", "status": ["oppose"]}),
    ("stances", {"on": "assad-future"}),
    ("stances", {"actor": "TUR", "status": "oppose", "since": "2015"}),
    ("changes", {"on": "assad-future"}),
    ("requests", {"actor": "USA"}),
    ("commitments", {"actor": "Turkey", "type": "AGREE"}),
    ("pairs", {"between": ["RUS", "USA"]}),
    ("pairs", {"actor": "RUS", "since": "2015"}),
    ("search", {"q": "فيينا"}),
    ("search", {"q": '"بشار الأسد" -تركيا', "actor": "RUS"}),
]
