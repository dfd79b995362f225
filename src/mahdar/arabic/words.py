"""What one Arabic word form can be: clitics stripped, verb, verbal-noun and participle readings looked up.

An :class:`Analyser` remembers every form it has seen; news vocabulary is small and repeats, so a corpus costs one dictionary lookup
a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mahdar.arabic.particles import AUXILIARIES, FUNCTION_WORDS, PRONOUN_SUFFIXES
from mahdar.lexicon.model import Lexicon, VerbReading


class Verb(NamedTuple):
    """A verb reading in context-free form: ``conj`` is the glued و/ف, ``future`` the glued س, ``pronoun`` the object suffix."""

    reading: VerbReading
    conj: str
    future: bool
    purpose: bool
    pronoun: str


class Noun(NamedTuple):
    """A listed (verbal) noun; ``prep`` is the glued preposition, ``pronoun`` the possessive suffix."""

    noun: int
    conj: str
    prep: str
    definite: bool
    pronoun: str


class Participle(NamedTuple):
    """An active participle of a listed verb; ``accusative`` marks the adverbial use (مشيرا إلى)."""

    lemma: int
    conj: str
    accusative: bool
    gender: str
    number: str


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Everything the lexicon says of one form.

    ``starts`` are the (proclitics, stem) splits whose stem begins a listed name or phrase, ``issues`` the issue phrases it can begin. ``bare`` is the form without a glued و/ف
    where that makes a known word; ``common`` its corpus frequency (0 = unseen); ``prep`` the glued preposition (ب ل ك) where the rest
    is the better known word.
    """

    form: str
    starts: tuple[tuple[str, str], ...]
    verbs: tuple[Verb, ...]
    nouns: tuple[Noun, ...]
    participles: tuple[Participle, ...]
    function: bool
    common: int
    bare: str
    named: bool
    prep: str
    stems: frozenset[str]
    issues: tuple[list[tuple[tuple[str, ...], tuple[str, str]]], ...]


# Function words whose spelling is also some verb's; verbs among the function words (كان، يكون، ليس) stay verbs.
_NEVER_VERBS = FUNCTION_WORDS - AUXILIARIES
_VERB_PREFIXES = ("", "و", "ف", "س", "وس", "فس", "ل", "ول", "فل")
_NAME_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_OBJECT_SUFFIXES = ("هما", "هم", "هن", "ها", "نا", "ني", "كم", "ه", "ك")


class Analyser:
    """Looks words up in a lexicon and remembers the answer."""

    __slots__ = ("_lexicon", "_seen")

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: dict[str, Word] = {}

    def word(self, form: str) -> Word:
        """The analysis of a folded form."""
        known = self._seen.get(form)
        if known is None:
            if len(self._seen) > 400_000:  # bounded memory over web archives; frequent words come back at once
                self._seen.clear()
            known = self._seen[form] = self._analyse(form)
        return known

    def _analyse(self, form: str) -> Word:
        lexicon = self._lexicon
        bare = form
        common = lexicon.vocabulary.get(form, 0)
        if form[:1] in ("و", "ف") and (len(form) > 3 or form[1:] in FUNCTION_WORDS) and form not in lexicon.verb_forms:
            rest = lexicon.vocabulary.get(form[1:], 0)
            if rest > common or form[1:] in FUNCTION_WORDS:
                bare, common = form[1:], max(rest, common)
        named = form in lexicon.given or form in lexicon.family
        stems = _stems(form)
        function = form in FUNCTION_WORDS or bare in FUNCTION_WORDS
        return Word(form, self._starts(form), self._verbs(form), self._nouns(form), self._participles(form), function, common, bare, named, self._glued(form), stems, self._issues(form, stems))

    def _issues(self, form: str, stems: frozenset[str]) -> tuple[list[tuple[tuple[str, ...], tuple[str, str]]], ...]:
        """The issue phrases this word can begin."""
        phrases = self._lexicon.issue_phrases
        rows = (phrases.get(stem) or phrases.get("ال" + stem) for stem in (form, *sorted(stems - {form})))
        return tuple(row for row in rows if row)

    def _glued(self, form: str) -> str:
        """The preposition glued to a word, judged by how common the word is with and without it."""
        vocabulary = self._lexicon.vocabulary
        for conj in ("", "و", "ف"):
            rest = form[len(conj) :]
            if not form.startswith(conj) or len(rest) < 4 or rest[0] not in "بلك" or rest in FUNCTION_WORDS:
                continue
            stem = rest[1:]
            if rest[0] == "ل" and stem.startswith("ل"):
                stem = "ا" + stem
            if stem.startswith("ال") and len(stem) > 4 and rest[0] != "ا":
                return rest[0]
            if vocabulary.get(stem, 0) > 2 * vocabulary.get(rest, 0) or (rest not in vocabulary and self._nouns(stem)):
                return rest[0]
        return ""

    def _starts(self, form: str) -> tuple[tuple[str, str], ...]:
        names = self._lexicon.names
        out: list[tuple[str, str]] = []
        for prefix in _NAME_PREFIXES:
            if not form.startswith(prefix) or len(form) - len(prefix) < (2 if prefix else 1):
                continue
            rest = form[len(prefix) :]
            if rest in names:
                out.append((prefix, rest))
            if prefix.endswith("ل") and rest.startswith("ل") and "ا" + rest in names:  # لل = ل + ال
                out.append((prefix, "ا" + rest))
        return tuple(out)

    def _verbs(self, form: str) -> tuple[Verb, ...]:
        if form in _NEVER_VERBS or form[1:] in _NEVER_VERBS and form[0] in "وف" and form not in self._lexicon.verb_forms:
            return ()
        plain = self._verbs_with(form, ("",))
        if plain:
            return plain
        return self._verbs_with(form, _VERB_PREFIXES[1:])

    def _verbs_with(self, form: str, prefixes: tuple[str, ...]) -> tuple[Verb, ...]:
        lexicon = self._lexicon
        out: list[Verb] = []
        for prefix in prefixes:
            if not form.startswith(prefix) or len(form) - len(prefix) < 2:
                continue
            stem = form[len(prefix) :]
            conj = prefix[:1] if prefix[:1] in ("و", "ف") else ""
            future, purpose = prefix.endswith("س"), prefix.endswith("ل")
            packed = lexicon.verb_forms.get(stem)
            if packed:
                out.extend(Verb(r, conj, future, purpose, "") for r in unpack(packed) if _allowed(r, future, purpose, prefix))
            for suffix in _OBJECT_SUFFIXES:
                if stem.endswith(suffix) and len(stem) - len(suffix) > 1:
                    packed = lexicon.verb_forms_before_pronoun.get(stem[: -len(suffix)])
                    if packed:
                        out.extend(Verb(r, conj, future, purpose, suffix) for r in unpack(packed) if _allowed(r, future, purpose, prefix))
                    break
            if out:
                break
        return tuple(out)

    def _nouns(self, form: str) -> tuple[Noun, ...]:
        forms = self._lexicon.noun_forms
        for conj in ("", "و", "ف"):
            if not form.startswith(conj):
                continue
            rest = form[len(conj) :]
            for prep in ("", "ب", "ل", "ك"):
                if not rest.startswith(prep) or len(rest) - len(prep) < 2:
                    continue
                found = self._noun_stem(rest[len(prep) :], conj, prep, forms)
                if found:
                    return found
        return ()

    @staticmethod
    def _noun_stem(stem: str, conj: str, prep: str, forms: dict[str, list[int]]) -> tuple[Noun, ...]:
        if stem in forms:
            return tuple(Noun(n, conj, prep, False, "") for n in forms[stem])
        if stem.startswith("ال") and stem[2:] in forms:
            return tuple(Noun(n, conj, prep, True, "") for n in forms[stem[2:]])
        if prep == "ل" and stem.startswith("ل") and stem[1:] in forms:
            return tuple(Noun(n, conj, prep, True, "") for n in forms[stem[1:]])
        for suffix in PRONOUN_SUFFIXES:
            if stem.endswith(suffix) and len(stem) - len(suffix) > 1:
                base = stem[: -len(suffix)]
                for candidate in (base, base[:-1] + "ه" if base.endswith("ت") else base, base[:-1] + "ء" if base[-1:] in "وي" else base):
                    if candidate in forms:
                        return tuple(Noun(n, conj, prep, True, suffix) for n in forms[candidate])
        return ()

    def _participles(self, form: str) -> tuple[Participle, ...]:
        forms = self._lexicon.participle_forms
        for conj in ("", "و", "ف"):
            stem = form[len(conj) :] if form.startswith(conj) else ""
            found = forms.get(stem) if stem else None
            if found:
                gender = "f" if stem.endswith(("ه", "ات", "تين")) else "m"
                number = "p" if stem.endswith(("ين", "ون", "ات")) else "s"
                accusative = stem.endswith(("ا", "ه", "ين", "ات"))
                return tuple(Participle(lemma, conj, accusative, gender, number) for lemma in found)
        return ()


def _stems(form: str) -> frozenset[str]:
    """The form with every combination of clitics taken off: what companion words are matched against."""
    out = {form}
    for item in [form, form[1:] if form[:1] in ("و", "ف") else form]:
        out.add(item)
        if item[:1] in ("ب", "ل", "ك") and len(item) > 3:
            out.add(item[1:])
            if item.startswith("لل"):
                out.add(item[2:])
    for item in list(out):
        if item.startswith("ال") and len(item) > 4:
            out.add(item[2:])
    for item in list(out):
        for suffix in PRONOUN_SUFFIXES:
            if item.endswith(suffix) and len(item) - len(suffix) > 1:
                base = item[: -len(suffix)]
                out.add(base)
                if base.endswith("ت"):
                    out.add(base[:-1] + "ه")
                break
    return frozenset(out)


def unpack(packed: str) -> list[VerbReading]:
    """Readings from their packed form (see ``mahdar.lexicon.compile``)."""
    out = []
    for item in packed.split():
        lemma, tense, person, gender, number, voice = item.split(".")
        out.append(VerbReading(int(lemma), tense, int(person), gender, number, voice))
    return out


def _allowed(reading: VerbReading, future: bool, purpose: bool, prefix: str) -> bool:
    """س and ل stand before present forms only; ا is the interrogative and wants a past."""
    if future or purpose:
        return reading.tense == "present"
    return prefix != "ا"
