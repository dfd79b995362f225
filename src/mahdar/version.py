"""What decides a record besides its article: program, lexicon and weights, in one short key that every stored record and every export names."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from mahdar import __version__

if TYPE_CHECKING:
    from mahdar.reading.weights import Weights


def key_of(lexicon: str, weights: Weights) -> str:
    """The key of this program with the lexicon of this version and these weights. Records of equal keys need no reading anew."""
    told = [getattr(weights, each.name) for each in fields(weights)]
    return hashlib.sha256(f"{__version__}\n{lexicon}\n{told}".encode()).hexdigest()[:16]


def told() -> str:
    """The version of the program, and that of the bundled lexicon with the key of what it reads."""
    from mahdar.lexicon.load import DATA, content_key
    from mahdar.reading.weights import Weights

    lexicon = content_key([DATA])
    return f"mahdar, version {__version__}\nlexicon {lexicon}, reading {key_of(lexicon, Weights.load())}"
