"""What a reader remembers makes it faster and changes nothing: a record does not depend on what was read before it."""

from __future__ import annotations

import pytest

import mahdar
from mahdar.arabic import words
from mahdar.reading import guards, tone
from mahdar.reading.reader import Reader
from mahdar.reading.tone import Stems


def test_stems_do_not_depend_on_what_was_asked_before() -> None:
    reader = mahdar.default_reader()
    open_, closed = reader.analyser.word("تغطيه"), reader.analyser.word("تغطيه", closed=True)  # تغطيه and تغطية, folded to one form
    one, other = Stems(reader.lexicon), Stems(reader.lexicon)
    assert [one.of(open_), one.of(closed)] == [other.of(closed), other.of(open_)][::-1]
    assert one.of(open_) != one.of(closed)


def test_records_do_not_depend_on_what_was_read_before(samples: object) -> None:
    found = [article for article in mahdar.read_articles([samples]) if isinstance(article, mahdar.Article)]  # type: ignore[list-item]
    lexicon = mahdar.default_reader().lexicon
    forward, backward = Reader(lexicon), Reader(lexicon)
    records = {article.id: forward.read(article) for article in found}
    assert {article.id: backward.read(article) for article in reversed(found)} == records


def test_however_many_words_come_few_are_remembered_and_records_stay(samples: object, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [article for article in mahdar.read_articles([samples]) if isinstance(article, mahdar.Article)]  # type: ignore[list-item]
    records = {article.id: mahdar.default_reader().read(article) for article in found}
    for module in (words, tone, guards):
        monkeypatch.setattr(module, "FORMS", 50)
    forgetful = Reader(mahdar.default_reader().lexicon)
    assert {article.id: forgetful.read(article) for article in found} == records
    assert max(len(forgetful.analyser._seen), len(forgetful.stems._known), len(forgetful.guards._known)) <= 50
