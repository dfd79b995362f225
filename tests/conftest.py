"""What tests share: the samples, small Arabic texts, and one reader for the whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

import mahdar

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "src" / "mahdar" / "samples"

ARABIC = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    "وقال كيري إن بلاده ترحب بالاتفاق الذي تم التوصل إليه مع الجانب الروسي."
)


@pytest.fixture
def arabic() -> str:
    """Two ordinary sentences of news."""
    return ARABIC


@pytest.fixture
def samples() -> Path:
    """The bundled sample reports."""
    return SAMPLES


@pytest.fixture(scope="session")
def lexicon_first() -> None:
    """Processes forked by a test have the lexicon already."""
    mahdar.default_reader()
