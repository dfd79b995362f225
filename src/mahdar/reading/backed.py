"""What an act of backing is for: the other party itself, or only a thing that has to do with him (تأييده للاتفاق مع إيران، ترحيبه بمبادرة الوزير).

Who backs a deal, a remark or a proposal is for that and not yet for those whose it is; and whoever words his thanks or welcome names them only as its cause.
"""

from __future__ import annotations

from mahdar.arabic.particles import ADVERBS
from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention
from mahdar.reading.proposals import Proposal

# How a party stands in words told as backing where it is thanked, or owns what is welcomed: شكره لنظيره، ترحيبه بتعيين الوزير.
_IN_THANKS = frozenset(("said:of:ب", "said:of:ل", "said:prep:ل"))
# Things that are decided, said or done: no party, whoever they are of. His efforts, his people and his membership stand for him.
_THINGS = frozenset(
    "اتفاق اتفاقيه اتفاقات قرار قرارات مقترح مقترحات اقتراح اقتراحات مبادره مشروع فكره موقف مواقف اجراء اجراءات تصريح تصريحات اتهام اتهامات اصلاح اصلاحات قانون حظر دعوه دعوات "
    "طلب مطلب مطالب خطوه خطوات نص بيان تقرير ترشيح ترشح تعيين عقوبات ضربه ضربات هجوم خطه انسحاب راي استراتيجيه سياسه سياسات ابقاء عمليه محادثات مفاوضات استفتاء "
    "ادعاء ادعاءات روايه فرضيه نظريه حجه ادله استنتاج توصيات نتائج قمه هدنه تسويه حوار تعديل تعديلات فرض رفع".split()
)
_KINDS = ("verb", "noun")
_PASSED = frozenset(("ل", "هذا", "هذه", "اي", "ايضا", '"'))
_REACH = 8  # tokens from the act to the thing, past its doer's name and office


def for_a_thing(proposal: Proposal, document: Document, mentions: list[Mention]) -> bool:
    """Does an act of backing name a thing as what it is for, or only word thanks and welcome?"""
    t = proposal.trigger
    if t.act.type != "SUPPORT":
        return False
    if t.kind == "words":
        other = proposal.slots[1]
        return t.act.in_words and other is not None and other.relation in _IN_THANKS
    if t.kind == "verb" and t.pronoun and not document.form(t.last).startswith("ل"):
        return False  # تدعمها واشنطن; but دعمهم للاتفاق is no verb, however it is spelt
    return t.kind in _KINDS and _thing_behind(t.last, document, mentions, adjectives=t.kind == "noun")


def _thing_behind(start: int, document: Document, mentions: list[Mention], *, adjectives: bool) -> bool:
    """Is the first word behind the act a thing: past whoever does it, adverbs, and behind a noun its adjectives (دعمها الكامل للاتفاق)?"""
    forms = document.tokens.form
    j, end = start, min(len(forms), start + _REACH)
    while j < end:
        inside = next((m for m in mentions if m.first <= j < m.last), None)
        word = document.words[j]
        if inside is not None:
            if j > start or inside.prefix.startswith(("ل", "ب", "و")):
                return False  # the party itself, or a second one
            j = inside.last
        elif word is not None and not _THINGS.isdisjoint(word.stems):
            return True
        elif forms[j] in ADVERBS or forms[j] in _PASSED or forms[j].startswith("ال") and (adjectives or j > start):
            j += 1
        else:
            return False
    return False
