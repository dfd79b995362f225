"""Words for two persons, bare and with what Arabic writes in front of them; other duals are of two sides, bodies or lands."""

from __future__ import annotations

import pytest

from mahdar.reading.nearby import of_persons


@pytest.mark.parametrize("form", ["الرجلان", "رجلين", "والوزيران", "وزيران", "وللوزيرين", "بالزعيمين", "فالرييسان", "لمسوولين"])
def test_these_mean_two_persons(form: str) -> None:
    assert of_persons(form)


@pytest.mark.parametrize("form", ["الجانبان", "الطرفين", "البلدان", "وفدان", "الوزاره", "سفيران", "شرجلان"])
def test_these_do_not(form: str) -> None:
    assert not of_persons(form)
