"""Whether two who discuss something meet or speak by telephone, by the words of the act's own clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mahdar.reading.clauses import Clause
    from mahdar.reading.document import Document
    from mahdar.reading.proposals import Proposal

_CALLED: Final = frozenset(("هاتفيا", "تلفونيا", "تليفونيا"))
_LINES: Final = frozenset(("الهاتف", "هاتف", "التلفون", "التليفون"))
_OVER: Final = frozenset(("عبر", "علي", "ب", "بواسطه"))
_CALLS: Final = frozenset(("اتصال", "اتصالا", "الاتصال", "مكالمه", "محادثه", "مهاتفه"))
_BY_PHONE: Final = frozenset(("هاتفي", "هاتفيا", "الهاتفي", "هاتفيه", "تلفوني", "تليفوني"))
_FAR: Final = 24  # words from the act to what says so: a post and a name on each side may stand between


def by_phone(p: Proposal, document: Document, clauses: Sequence[Clause]) -> bool:
    """بحث الوزير هاتفيا مع نظيره الأزمة، ناقشا في اتصال هاتفي: does the clause of a discussion say that it was a call?"""
    t = p.trigger
    if t.act.type != "CONSULT" or t.act.mode != "meet" or t.kind != "verb":
        return False
    forms = document.tokens.form
    end = min(document.sentences[p.sentence].last, t.at + _FAR, *(clause.at for clause in clauses if clause.at > t.at))
    for i in range(t.last, end):
        if forms[i] in (".", "؛"):
            return False
        if forms[i] in _CALLED or forms[i] in _LINES and forms[i - 1] in _OVER or forms[i] in _BY_PHONE and forms[i - 1] in _CALLS:
            return True
    return False
