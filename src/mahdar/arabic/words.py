"""What one Arabic word form can be: clitics stripped, verb, verbal-noun and participle readings looked up.

An :class:`Analyser` remembers every form it has seen; news vocabulary is small and repeats, so a corpus costs one dictionary lookup
a token.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, NamedTuple

from mahdar.arabic.particles import AUXILIARIES, FUNCTION_WORDS, INTERROGATIVES, PRONOUN_SUFFIXES
from mahdar.arabic.tokens import WORD, Tokens
from mahdar.lexicon.model import Lexicon, VerbReading, unpack

FORMS: Final = 150_000  # word forms that are remembered at once, 650 bytes each: those of some fifteen thousand articles


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


@dataclass(slots=True, eq=False)
class Word:
    """Everything the lexicon says of one form.

    ``starts`` are the (proclitics, stem) splits whose stem begins a listed name or phrase, ``issues`` the issue phrases it can begin. ``bare`` is the form without a glued و/ف
    where that makes a known word; ``common`` its corpus frequency (0 = unseen); ``prep`` the glued preposition (ب ل ك) where the rest
    is the better known word; ``modal`` the mark it leaves on the status of an act behind it; ``attitude`` the stance it shows, ``toward`` the
    stem by which it names an attitude toward somebody; ``guarded`` says that it is a word of sport, markets, politics or the like
    (:mod:`mahdar.reading.guards`), or begins a phrase of theirs; ``companions`` are those of the ``stems`` that some act asks for beside it, or that
    begin such a phrase; ``idle`` says that it can begin a phrase that tells no act. Never changed once made.
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
    modal: str
    attitude: str
    toward: str
    guarded: bool
    companions: frozenset[str]
    idle: bool


# Function words whose spelling is also some verb's; verbs among the function words (كان، يكون، ليس) stay verbs.
# فجر is dawn, but also "he blew up", and هنأ (congratulated) is spelt like هنا (here) once its hamza is gone: where they stand decides.
_NEVER_VERBS = FUNCTION_WORDS - AUXILIARIES - {"فجر", "هنا"}
# Proclitics by a form's first letter, in the order they are tried.
_VERB_PREFIXES = {"و": ("و", "وس", "ول"), "ف": ("ف", "فس", "فل"), "س": ("س",), "ل": ("ل",)}
_NAME_PREFIXES = {"و": ("و", "وب", "ول", "وك"), "ف": ("ف", "فب", "فل"), "ب": ("ب",), "ل": ("ل",), "ك": ("ك",)}
# Pronoun suffixes by a form's last letter; no form ends in two of them.
_OBJECT_SUFFIXES = {"ا": ("هما", "ها", "نا"), "م": ("هم", "كم"), "ن": ("هن",), "ي": ("ني",), "ه": ("ه",), "ك": ("ك",)}
_SUFFIXES = {letter: tuple(s for s in PRONOUN_SUFFIXES if s.endswith(letter)) for letter in "امنيهك"}


# Past tense, third person singular, active, as a verb reading ends.
_PLAIN_PAST = (("past", 3, "m", "s", "active"), ("past", 3, "f", "s", "active"))


def _suffix(form: str, suffixes: dict[str, tuple[str, ...]]) -> str:
    """The first of the suffixes that leaves two letters or more."""
    for suffix in suffixes.get(form[-1:], ()):
        if form.endswith(suffix) and len(form) - len(suffix) > 1:
            return suffix
    return ""


class Analyser:
    """Looks words up in a lexicon and remembers the answer."""

    __slots__ = ("_asked_for", "_companions", "_guard_heads", "_issue_heads", "_seen", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._issue_heads = {head for phrase in lexicon.issue_phrases for head in (phrase, phrase.removeprefix("ال"))}
        self._guard_heads = {phrase.partition(" ")[0] for phrases in lexicon.guards.values() for phrase in phrases}
        self._companions = frozenset(word for act in lexicon.acts for word in (*act.with_words, *act.phrase_heads))
        self._asked_for = self._companions.union(self._guard_heads, self._issue_heads, lexicon.modal_words, lexicon.attitude_words, lexicon.toward, lexicon.idle)
        self._seen: dict[str, Word] = {}

    def word(self, form: str, *, closed: bool = False) -> Word:
        """The analysis of a folded form; ``closed`` says that its last letter was written ة (ta marbuta), so that no pronoun ends it."""
        key = form + "ة" if closed else form
        known = self._seen.get(key)
        if known is None:
            if len(self._seen) >= FORMS:  # frequent words come back at once
                self._seen.clear()
            known = self._seen[key] = self._analyse(form, closed)
        return known

    def words(self, tokens: Tokens, text: str) -> list[Word | None]:
        """The analysis of each token of the raw ``text``; None for those that are no words."""
        known = self._seen
        out: list[Word | None] = []
        for form, kind, end in zip(tokens.form, tokens.kind, tokens.end, strict=True):
            if kind != WORD:
                out.append(None)
            elif form.endswith("ه") and text[end - 1] == "ة":
                out.append(known.get(form + "ة") or self.word(form, closed=True))
            else:
                out.append(known.get(form) or self.word(form))
        return out

    def _analyse(self, form: str, closed: bool) -> Word:
        lexicon = self.lexicon
        bare = form
        common = lexicon.vocabulary.get(form, 0)
        if form[:1] in ("و", "ف") and (len(form) > 3 or form[1:] in FUNCTION_WORDS) and form not in lexicon.verb_forms:
            rest = lexicon.vocabulary.get(form[1:], 0)
            if rest > common or form[1:] in FUNCTION_WORDS:
                bare, common = form[1:], max(rest, common)
        named = form in lexicon.given or form in lexicon.family
        stems = _stems(form)
        listed = stems & self._asked_for  # mostly none, so that no table need be asked for each
        function = form in FUNCTION_WORDS or bare in FUNCTION_WORDS
        issues = () if self._issue_heads.isdisjoint(listed) else self._issues(form, stems)
        verbs = self._verbs(form, closed)
        guarded = not self._guard_heads.isdisjoint(listed) or form.removesuffix("ا") in self._guard_heads
        return Word(
            form, self._starts(form), verbs, self._nouns(form, closed), self._participles(form), function, common, bare, named, self._glued(form), stems, issues,
            self._modal(form, verbs, listed), self._attitude(verbs, listed), _first(listed, self.lexicon.toward), guarded, listed & self._companions,
            not lexicon.idle.keys().isdisjoint(listed),
        )  # fmt: skip

    def _issues(self, form: str, stems: frozenset[str]) -> tuple[list[tuple[tuple[str, ...], tuple[str, str]]], ...]:
        """The issue phrases this word can begin."""
        phrases = self.lexicon.issue_phrases
        heads = dict.fromkeys(head for stem in (form, *sorted(stems - {form})) for head in (stem, "ال" + stem))  # للاتفاق is ل and الاتفاق
        return tuple(phrases[head] for head in heads if head in phrases)

    def _modal(self, form: str, verbs: tuple[Verb, ...], stems: frozenset[str]) -> str:
        """"wordverb:planned" and the like, where the word shifts the status of an act behind it."""
        lexicon = self.lexicon
        for v in verbs[:3]:
            status = lexicon.modal_lemmas.get(v.reading.lemma)
            if status:
                return "wordverb:" + status
        if lexicon.modal_words.keys().isdisjoint(stems):
            return ""
        status = lexicon.modal_words.get(form) or next((lexicon.modal_words[s] for s in sorted(stems) if s in lexicon.modal_words), None)
        return "word:" + status if status else ""

    def _attitude(self, verbs: tuple[Verb, ...], stems: frozenset[str]) -> str:
        """The stance a verb or word shows: support, oppose and the like."""
        lexicon = self.lexicon
        for v in verbs:
            if v.reading.lemma in lexicon.attitude_lemmas:
                return lexicon.attitude_lemmas[v.reading.lemma]
        return lexicon.attitude_words.get(_first(stems, lexicon.attitude_words), "")

    def _glued(self, form: str) -> str:
        """The preposition glued to a word, judged by how common the word is with and without it."""
        vocabulary = self.lexicon.vocabulary
        for conj in ("", "و", "ف"):
            rest = form[len(conj) :]
            if not form.startswith(conj) or len(rest) < 4 or rest[0] not in "بلك" or rest in FUNCTION_WORDS:
                continue
            stem = rest[1:]
            if rest[0] == "ل" and stem.startswith("ل"):
                stem = "ا" + stem
            if stem.startswith("ال") and len(stem) > 4 and rest[0] != "ا":
                return rest[0]
            whole = vocabulary.get(rest, 0)
            if vocabulary.get(stem, 0) > 2 * whole or not whole and self._nouns(stem, False):
                return rest[0]
            # برصاص: never with the article, as رصاص is (unlike بحرية), and no word of its own (بحثت، كمين)
            if rest in self.lexicon.verb_forms or rest in self.lexicon.noun_forms or rest in INTERROGATIVES:
                continue
            if vocabulary.get(stem, 0) + vocabulary.get("ال" + stem, 0) > whole and 20 * vocabulary.get("ال" + rest, 0) < whole:
                return rest[0]
        return ""

    def _starts(self, form: str) -> tuple[tuple[str, str], ...]:
        names = self.lexicon.names.rows
        out = [("", form)] if form in names else []
        for prefix in _NAME_PREFIXES.get(form[:1], ()):
            if not form.startswith(prefix) or len(form) - len(prefix) < 2:
                continue
            rest = form[len(prefix) :]
            if rest in names:
                out.append((prefix, rest))
            if prefix.endswith("ل") and rest.startswith("ل") and "ا" + rest in names:  # لل = ل + ال
                out.append((prefix, "ا" + rest))
        return tuple(out)

    def _verbs(self, form: str, closed: bool) -> tuple[Verb, ...]:
        never = self.lexicon.never_verbs
        if form in never or form[:1] in ("و", "ف") and form[1:] in never:
            return ()
        if form in _NEVER_VERBS or form[1:] in _NEVER_VERBS and form[0] in "وف" and (len(form) > 4 or form not in self.lexicon.verb_forms):
            return ()
        suffix = "" if closed else _suffix(form, _OBJECT_SUFFIXES)
        found = self._verbs_with(form, "", suffix)
        if found and (form[0] not in "وف" or len(form) < 4):
            return found
        if found:
            return self._rather_and(form, found, suffix)
        for prefix in _VERB_PREFIXES.get(form[:1], ()):
            if form.startswith(prefix):
                behind = self._verbs_with(form, prefix, suffix)
                if behind:
                    return behind
        return found

    def _rather_and(self, form: str, found: tuple[Verb, ...], suffix: str) -> tuple[Verb, ...]:
        """ودعا، ودعت، ووجه: "and" with a common verb rather than a rare form (a dual, a passive) of a verb that begins with و."""
        split = self._verbs_with(form, form[0], suffix)
        vocabulary = self.lexicon.vocabulary
        rarer = 2 * vocabulary.get(form[1:], 0) > vocabulary.get(form, 0)
        if not split or not rarer and not all(v.reading.number == "d" for v in found):
            return found
        if form[0] == "و" and all(v.reading.person != 3 or v.reading.voice == "jussive" for v in split) and any(v.reading[1:] in _PLAIN_PAST for v in found):
            return found  # واصل: "went on" rather than "and I arrive"
        if form[0] == "ف":  # فجرت may be both: "and ran" and "blew up"; what stands around it decides
            return (*split, *(v for v in found if v.reading[1:] in _PLAIN_PAST and not v.pronoun))
        # وسعت: mostly "and sought", but "widened" where the objects its rows ask for follow
        return (*split, *(v for v in found if v.reading[1:] in _PLAIN_PAST and not v.pronoun and self._bound(v.reading.lemma)))

    def _bound(self, lemma: int) -> bool:
        """Do all acts of a verb ask for companions?"""
        acts = [self.lexicon.acts[i] for i in self.lexicon.acts_by_lemma.get(lemma, ())]
        return bool(acts) and all(act.with_words or act.with_phrases for act in acts)

    def _verbs_with(self, form: str, prefix: str, suffix: str) -> tuple[Verb, ...]:
        """The verb readings behind one proclitic; ``suffix`` is the object pronoun the form may end in."""
        stem = form[len(prefix) :]
        if len(stem) < 2:
            return ()
        lexicon = self.lexicon
        plain = lexicon.verb_forms.get(stem, "")
        cut = len(stem) - len(suffix)
        before = lexicon.before_pronoun(stem[:cut]) if suffix and cut > 1 else ""
        if not plain and not before:
            return ()
        conj = prefix[:1] if prefix[:1] in ("و", "ف") else ""
        future, purpose = prefix.endswith("س"), prefix.endswith("ل")
        return tuple(
            Verb(r, conj, future, purpose, pronoun)
            for packed, pronoun in ((plain, ""), (before, suffix))
            if packed
            for r in unpack(packed)
            if _allowed(r, future, purpose)
        )

    def _nouns(self, form: str, closed: bool) -> tuple[Noun, ...]:
        forms = self.lexicon.noun_forms
        suffix = "" if closed else _suffix(form, _SUFFIXES)
        for conj in ("", form[0]) if form[:1] in ("و", "ف") else ("",):
            rest = form[len(conj) :]
            for prep in ("", rest[0]) if rest[:1] in ("ب", "ل", "ك") else ("",):
                if len(rest) - len(prep) < 2:
                    continue
                found = self._noun_stem(rest[len(prep) :], conj, prep, suffix, forms)
                if found:
                    return found
        return ()

    def _noun_stem(self, stem: str, conj: str, prep: str, suffix: str, forms: dict[str, list[int]]) -> tuple[Noun, ...]:
        if stem in forms:
            # إدانت stands only before a pronoun: without one أدانت is a verb
            open_t = stem.endswith("ت") and not stem.endswith("ات")
            return tuple(Noun(n, conj, prep, False, "") for n in forms[stem] if not (open_t and self.lexicon.nouns[n].endswith("ة")))
        if stem.startswith("ال") and stem[2:] in forms:
            return tuple(Noun(n, conj, prep, True, "") for n in forms[stem[2:]])
        if prep == "ل" and stem.startswith("ل") and stem[1:] in forms:
            return tuple(Noun(n, conj, prep, True, "") for n in forms[stem[1:]])
        if suffix and len(stem) - len(suffix) > 1 and (suffix != "ي" or stem[-2] in "تي"):  # هجومي is the adjective, not "my attack"
            base = stem[: -len(suffix)]
            for candidate in (base, base[:-1] + "ه" if base.endswith("ت") else base, base[:-1] + "ء" if base[-1:] in "وي" else base):
                if candidate in forms:
                    return tuple(Noun(n, conj, prep, True, suffix) for n in forms[candidate])
        return ()

    def _participles(self, form: str) -> tuple[Participle, ...]:
        forms = self.lexicon.participle_forms
        for conj in ("", "و", "ف"):
            stem = form[len(conj) :] if form.startswith(conj) else ""
            found = forms.get(stem) if stem and stem not in self.lexicon.name_particles else None
            if found:
                gender = "f" if stem.endswith(("ه", "ات", "تين")) else "m"
                number = "p" if stem.endswith(("ين", "ون", "ات")) else "s"
                accusative = stem.endswith(("ا", "ه", "ين", "ات"))
                return tuple(Participle(lemma, conj, accusative, gender, number) for lemma in found)
        return ()


def _first(stems: frozenset[str], table: Container[str]) -> str:
    """The first of the stems, in alphabetical order, that a table holds; empty where it holds none."""
    return min((stem for stem in stems if stem in table), default="")


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
    if form[-1:] in _SUFFIXES:
        for item in list(out):
            suffix = _suffix(item, _SUFFIXES)
            if suffix:
                base = item[: -len(suffix)]
                out.add(base)
                if base.endswith("ت"):
                    out.add(base[:-1] + "ه")
    return frozenset(out)


def _allowed(reading: VerbReading, future: bool, purpose: bool) -> bool:
    """س and ل stand before present forms only."""
    return reading.tense == "present" or not (future or purpose)
