"""Names by which somebody is also called: فلان، المعروف بأبي عز الدين، الملقب بـ"كذا": whoever goes by the second later is the first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mahdar.arabic.tokens import WORD

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder

CALLED = frozenset("المعروف المعروفه الملقب الملقبه المكني المكناه الشهير الشهيره المدعو المدعوه المكنى".split())
_FAMOUS = frozenset("المعروف المعروفه الشهير الشهيره".split())  # otherwise adjectives
_BY = frozenset("باسم بلقب بكنيه ب بـ".split())
_FATHER = frozenset("ابو ابي ابا".split())
_MARKS = frozenset(('"', "،", ",", "(", "-"))
_LONGEST = 3  # words of a name by which somebody goes


def aliases(finder: MentionFinder, sentences: Iterable[Iterable[Mention]]) -> dict[str, tuple[int, int]]:
    """By the words of each such name, the tokens of the proper name it stands behind."""
    forms = finder.forms
    called = [i for i, form in enumerate(forms) if form in CALLED and i]
    if not called:
        return {}
    ends = {m.name[1]: m.name for mentions in sentences for m in mentions if m.kind == "person" and m.name is not None and m.number == "s"}
    out: dict[str, tuple[int, int]] = {}
    for i in called:
        last = i - (forms[i - 1] in _MARKS)
        name = ends.get(last) or ((last - 1, last) if last and finder.kinds[last - 1] == WORD and forms[last - 1].startswith("ال") else None)
        words = _other_name(finder, i + 1) if name is not None else []
        if name is not None and words:
            out[" ".join(words)] = name
    return out


def _other_name(finder: MentionFinder, i: int) -> list[str]:
    """The words of the name that begins at token ``i``, behind المعروف and its like."""
    forms, limit = finder.forms, len(finder.forms)
    told = forms[i - 1] not in _FAMOUS
    while i < limit and (forms[i] in _BY or forms[i] in _MARKS):
        told = told or forms[i] in _BY
        i += 1
    if i >= limit or not told and not forms[i].startswith("ب"):
        return []  # القرصان الشهير فلان
    words: list[str] = []
    while i < limit and len(words) < _LONGEST and finder.kinds[i] == WORD:
        form = forms[i].removeprefix("ب") if not words and forms[i][1:] in _FATHER | finder.lexicon.given else forms[i]
        word = finder.words[i]
        if words and (word is None or word.function or word.verbs and not word.named):
            break
        words.append("ابو" if form in _FATHER else form)
        i += 1
    return words if len(words) > 1 or words and finder.words_named_form(words[0]) else []
