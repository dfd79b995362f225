"""What a reader remembers makes it faster and changes nothing: a record does not depend on what was read before it."""

from __future__ import annotations

import mahdar
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
