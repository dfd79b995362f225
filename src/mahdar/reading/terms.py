"""What makes a stance hang on a condition: دعم واشنطن مرهون بالإصلاح، وافق شريطة أن، لن ترفع العقوبات إلا إذا."""

from __future__ import annotations

from mahdar.reading.document import Document

_HANGING = frozenset("مشروط مشروطه مرهون مرهونه مرهونا مشروطا".split())
_TERMS = frozenset(("شريطه", "بشرط", "شرط", "اشترط", "اشترطت"))
_UNLESS = frozenset((("ما", "لم"), ("الا", "اذا")))
_NOT = frozenset("غير دون بدون بلا من".split())

_REACH, _NEAR = 14, 9  # words from the issue, or from the act, to the condition; to one that any verb may have


def conditional(document: Document, first: int, limit: int) -> bool:
    """Do the words from token ``first`` name a condition before ``limit``?"""
    forms = document.tokens.form
    end = min(limit, first + _REACH)
    for j in range(first, end):
        form, front = forms[j], forms[j - 1]
        behind = forms[j + 1] if j + 1 < limit else ""
        if form in _HANGING and front not in _NOT:
            return True
        if form in _TERMS and (form != "شرط" or behind in ("ان", "الا")) and front not in _NOT:
            return True
        if form in ("رهن", "رهنا") and behind.startswith("ب") or j < first + _NEAR and (form, behind) in _UNLESS:
            return True
    return False
