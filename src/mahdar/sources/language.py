"""Is this text Arabic? Script by share of letters; Persian, Urdu, Pashto, Kurdish by their most frequent small words.

The words listed are the commonest function words of each language in folded Persian spelling (ی, ک) and are no words
of Arabic, so names with گ or پ and Arabic typed on a Persian keyboard still count as Arabic.
"""

from __future__ import annotations

import re

from mahdar.sources.files import Unreadable

_SAMPLE = 8_000
_LETTERS_RUN = re.compile(r"[^\W\d_]+")
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]+")
_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]+")
_KEYBOARD = str.maketrans("يىك", "ییک")
_SMALL_WORDS = {
    "Arabic": "فی من علی الی إلی ان أن إن التی الذی عن مع هذا هذه بین بعد قبل لم لن قد کما او أو کان خلال وقال ما لا",
    "Persian": "که از به این است را با در برای آن شده شد کرد خود تا هم می نیز بود های باید است، کرده",
    "Urdu": "کے کی ہے میں نے سے اور کو کا پر ہیں اس کہ تھا گیا کیا بھی تھے ہو",
    "Pashto": "د په چې دی او ته له کې یې دا سره شوی وو کړی نه",
    "Kurdish": "لە بە کە بۆ ئەو و لەگەڵ ئەم دەکات کرد بوو هەر",
}
_OF = {word: language for language, words in _SMALL_WORDS.items() for word in words.split() if word not in ("و",)}
# Letters that decide where a text is too short for words.
_LETTERS = {"Urdu": "ٹڈڑےںہھ", "Pashto": "ټډړږښځڅېۍ", "Kurdish": "ەێۆڕڵڤ", "Persian": "پچژگ"}


def require_arabic(text: str) -> None:
    """Raise :class:`Unreadable` unless ``text`` is Arabic; the message says what it seems to be."""
    half = _SAMPLE // 2
    sample = text if len(text) <= _SAMPLE else text[:half] + text[len(text) // 2 : len(text) // 2 + half]
    letters = sum(map(len, _LETTERS_RUN.findall(sample)))
    if letters == 0:
        raise Unreadable("no letters in the text")
    share = sum(map(len, _ARABIC_SCRIPT.findall(sample))) / letters
    if share < 0.4:
        raise Unreadable(f"not an Arabic article: only {share:.0%} of its letters are Arabic")
    language = written_in(sample)
    if language != "Arabic":
        raise Unreadable(f"not an Arabic article: it seems to be {language}")


def written_in(text: str) -> str:
    """The likeliest language of a text in Arabic script; Arabic unless another one's small words clearly prevail."""
    counts = dict.fromkeys(_SMALL_WORDS, 0)
    words = 0
    for word in _WORD.findall(text.translate(_KEYBOARD)):
        words += 1
        language = _OF.get(word)
        if language is not None:
            counts[language] += 1
        elif word.startswith("ال") and len(word) > 4:
            counts["Arabic"] += 1
    best = max(counts, key=lambda name: counts[name])
    if best == "Arabic" or counts[best] <= counts["Arabic"] or counts[best] * 25 < words:
        return "Arabic"
    if words < 6:
        return "Arabic"
    peers = [name for name in ("Urdu", "Pashto", "Kurdish") if sum(map(text.count, _LETTERS[name])) * 20 > len(text)]
    return best if best != "Persian" or not peers else peers[0]
