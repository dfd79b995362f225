"""From the data files to the compiled tables: reads the YAML rows, generates forms, folds, indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mahdar.arabic import verbs as conjugation
from mahdar.arabic.fold import fold_word, squeeze
from mahdar.arabic.nisba import inflect
from mahdar.arabic.particles import PREPOSITIONS
from mahdar.lexicon.model import PAIR, PEOPLE, PLACE

Row = Mapping[str, Any]
Tables = dict[str, Any]


def as_list(value: Any) -> list[Any]:
    """A YAML field that may be absent, one value or a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


class Names:
    """Entries and the phrases that mean them, keyed by first word."""

    def __init__(self) -> None:
        self.entries: list[list[str | None]] = []
        self._index: dict[tuple[str | None, ...], int] = {}
        self.phrases: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(dict)

    def entry(self, kind: str, ref: str, code: str | None, *, en: str = "", role: str = "", gender: str = "", number: str = "", flags: str = "") -> int:
        key = (kind, ref, code, en, role, gender, number, flags)
        if key not in self._index:
            self._index[key] = len(self.entries)
            self.entries.append(list(key))
        return self._index[key]

    def add(self, phrase: str, entry: int) -> None:
        words = tuple(fold_word(phrase.replace("-", " ")).split())
        if not words:
            return
        meanings = self.phrases[words[0]].setdefault(words[1:], [])
        if entry not in meanings:
            meanings.append(entry)

    def table(self) -> dict[str, list[list[Any]]]:
        return {
            first: sorted(([list(rest), ids] for rest, ids in rests.items()), key=lambda r: -len(r[0]))
            for first, rests in self.phrases.items()
        }


class Forms:
    """Verb and noun forms, each with the lemmas it can belong to."""

    def __init__(self) -> None:
        self.lemmas: list[str] = []
        self._lemma: dict[tuple[str, str], int] = {}
        self.verbs: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
        self.verbs_before_pronoun: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
        self.nouns: list[str] = []
        self._noun: dict[str, int] = {}
        self.noun_forms: dict[str, set[int]] = defaultdict(set)
        self.participles: dict[str, set[int]] = defaultdict(set)

    def verb(self, past: str | None, present: str | None) -> int:
        key = (fold_word(past or ""), fold_word(present or ""))
        if key in self._lemma:
            return self._lemma[key]
        number = self._lemma[key] = len(self.lemmas)
        self.lemmas.append(past or present or "")
        body = key[1][1:]
        for form in conjugation.conjugate(past, present):
            # A hollow or defective verb cut short (لم يقل) is told apart: it stands only behind لم, لا or ل.
            cut = form.tense == "present" and form.number == "s" and form.voice == "active" and not form.form[1:].startswith(body)
            reading = (number, form.tense, form.person, form.gender, form.number, "jussive" if cut and form.person != 2 else form.voice)
            self.verbs[form.form].add(reading)
            self.verbs_before_pronoun[conjugation.before_pronoun(form)].add(reading)
        return number

    def noun(self, noun: str) -> int:
        key = fold_word(noun)
        if key in self._noun:
            return self._noun[key]
        number = self._noun[key] = len(self.nouns)
        self.nouns.append(noun)
        for form in conjugation.nominal_forms(noun):
            self.noun_forms[form].add(number)
        return number

    def participle(self, participle: str, lemma: int) -> None:
        for form in conjugation.participles(participle):
            self.participles[form].add(lemma)


def compile_tables(data: Mapping[str, list[Row]]) -> Tables:
    """All tables as plain JSON-able values; ``data`` maps a kind (states, bodies, acts …) to its rows."""
    names, forms = Names(), Forms()
    tables: Tables = {"state_names": {}, "people": {}, "posts": defaultdict(list)}
    _states(data.get("states", []), names, tables)
    for kind, label in (("bodies", "organisation"), ("groups", "group"), ("media", "media")):
        _bodies(data.get(kind, []), label, names)
    tables["publishers"] = _publishers(data.get("media", []))
    tables["states_of"] = {row.get("code") or "OTHER:" + row["en"]: row["states"] for kind in ("bodies", "groups") for row in data.get(kind, []) if row.get("states")}
    _people(data.get("people", []), names, tables)
    _roles(data.get("roles", []), names)
    _institutions(data.get("institutions", []), names)
    _references(data.get("references", []), names)
    for row in data.get("places", []):
        for name in as_list(row.get("names")):
            names.add(name, names.entry("place", name, row.get("code")))
    _cues(data.get("cues", []), names, forms, tables)
    _acts(data.get("acts", []), names, forms, tables)
    for row in data.get("verbs", []):
        if "never" not in row:
            forms.verb(row.get("past"), row.get("present"))
    tables["never_verbs"] = sorted({fold_word(word) for row in data.get("verbs", []) for word in as_list(row.get("never"))})
    _name_lists(data, tables)
    _guards(data.get("guards", []), tables)
    tables["body_seats"] = {
        fold_word(city): (row["code"], row["id"], row["en"], fold_word(row["seat"]["land"])) for row in data.get("bodies", []) if "seat" in row for city in row["seat"]["cities"]
    }
    tables["crowds"] = {fold_word(word): row["en"] for row in data.get("crowds", []) for word in as_list(row.get("words"))}
    _issues(data.get("issues", []), tables)
    _modality(data.get("modality", []), forms, tables, "modal", "status")
    _modality(data.get("attitudes", []), forms, tables, "attitude", "stance")
    tables["toward"] = _toward(data.get("attitudes", []))
    tables["gestures"] = [act for row in data.get("attitudes", []) for act in row.get("gestures", [])]
    tables["entries"] = names.entries
    tables["names"] = names.table()
    tables["lemmas"] = forms.lemmas
    tables["nouns"] = forms.nouns
    plain = tables["verb_forms"] = {form: _pack(readings) for form, readings in forms.verbs.items()}
    before = {form: _pack(readings) for form, readings in forms.verbs_before_pronoun.items()}
    # Four forms in five are alike in both places: only the others are kept, an empty one where nothing stands before a pronoun.
    tables["verb_forms_before_pronoun"] = {form: before.get(form, "") for form in sorted(plain.keys() | before.keys()) if plain.get(form) != before.get(form)}
    tables["noun_forms"] = {form: sorted(ids) for form, ids in forms.noun_forms.items()}
    tables["participle_forms"] = {form: sorted(ids) for form, ids in forms.participles.items()}
    tables["posts"] = dict(tables["posts"])
    return tables


def _pack(readings: Iterable[tuple[Any, ...]]) -> str:
    """Readings as one short string (``mahdar.lexicon.model.unpack`` reads it): cheap to load, parsed on demand."""
    return " ".join(f"{lemma}{tense[:2]}{person}{gender}{number}{voice[0]}" for lemma, tense, person, gender, number, voice in sorted(readings))


def _nisba(names: Names, adjectives: Iterable[str], code: str | None, en: str, kind: str, flags: str = "") -> None:
    for adjective in adjectives:
        for form in inflect(adjective):
            entry = names.entry(kind, code or "", code, en=en, gender=form.gender, number=form.number, flags=("d" if form.definite else "") + flags)
            names.add(form.form, entry)


def _states(rows: list[Row], names: Names, tables: Tables) -> None:
    for row in rows:
        code, en = row["code"], row["en"]
        tables["state_names"][code] = [as_list(row.get("names"))[0], en]
        weak = "w" if row.get("ambiguous") else ""
        for name in as_list(row.get("names")):
            names.add(name, names.entry("state", code, code, en=en, flags=weak))
        for field, kind in (("capital", "capital"), ("seats", "seat"), ("institutions", "seat"), ("cities", "place")):
            for name in as_list(row.get(field)):
                names.add(name, names.entry(kind, code, code, en=en))
        _nisba(names, as_list(row.get("adjective")), code, en, "adjective")
        _nisba(names, as_list(row.get("weak_adjectives")), code, en, "adjective", "w")
        for word in as_list(row.get("plurals")):
            entry = names.entry("people", code, code, en=en, number="p")
            names.add(word, entry)
            names.add("ال" + word.removeprefix("ال"), entry)
            if len(word) > 2 and not word.endswith(("ون", "ة", "ا", "ى", "ء")) and " " not in word:
                names.add(word + "ا", entry)  # طردت دبلوماسيين روسا
        for phrase in as_list(row.get("not")):
            names.add(phrase, names.entry("not", code, None))


def _bodies(rows: list[Row], kind: str, names: Names) -> None:
    for row in rows:
        code, en = row.get("code") or "OTHER:" + row["en"], row["en"]
        flags = ("v" if row.get("vague") else "") + ("w" if row.get("ambiguous") else "") + {True: "c", "own": "cs", "bound": "csb"}.get(row.get("crowd"), "")
        shape = row.get("kind") or kind
        for field in ("names", "members"):
            for name in as_list(row.get(field)):
                names.add(name, names.entry(shape, row["id"], code, en=en, flags=flags))
        for name in as_list(row.get("weak")):
            names.add(name, names.entry("weak", row["id"], code, en=en, role=shape))
        _nisba(names, as_list(row.get("adjective")), code, en, "adjective", "b" + kind[0])
        for word in as_list(row.get("plurals")):
            for form in (word, "ال" + word.removeprefix("ال")):
                names.add(form, names.entry(shape, row["id"], code, en=en, number="p"))
        for phrase in as_list(row.get("not")):
            names.add(phrase, names.entry("not", code, None))


def _publishers(rows: list[Row]) -> dict[str, str]:
    """Site names and full names of a state's own outlets, squeezed, with the state: what their officials without a nationality are."""
    return {squeeze(str(name)): row["country"] for row in rows if row.get("country") and row.get("sites") for name in [*row["sites"], *row["names"]]}


def _people(rows: list[Row], names: Names, tables: Tables) -> None:
    for row in rows:
        posts = [[row["id"], p["role"], str(p["code"]), str(p.get("from") or ""), str(p.get("to") or "")] for p in as_list(row.get("posts"))]
        last = posts[-1] if posts else ["", "", "", "", ""]
        common = {"en": row["en"], "gender": row.get("gender", "m")}
        tables["people"][row["id"]] = [row["id"], row["en"], as_list(row["names"])[0], common["gender"], posts]
        for post in posts:
            tables["posts"][f"{post[1]} {post[2]}"].append(post)
        for field, kind in (("names", "person"), ("short", "short"), ("weak_short", "weakshort")):
            for name in as_list(row.get(field)):
                names.add(name, names.entry(kind, row["id"], last[2] or None, role=last[1], **common))


def _roles(rows: list[Row], names: Names) -> None:
    shapes = (("phrases", "m", "s"), ("feminine", "f", "s"), ("dual", "m", "d"), ("plural", "m", "p"))
    for row in rows:
        role = row["role"]
        kind = role if role in ("title", "former") else "role"
        flags = ("o" if row.get("open") else "") + ("a" if row.get("adjective") else "") + "".join(f"+{s}" for s in as_list(row.get("with_state")))
        code = row.get("state") or row.get("code")
        for field, gender, number in shapes:
            for phrase in as_list(row.get(field)):
                entry = names.entry(kind, role, code, role=role, gender=gender, number=number, flags=flags)
                for spelling in {phrase, phrase.replace("مسؤول", "مسئول")}:  # Egyptian papers write the hamza on a tooth
                    names.add(spelling, entry)
        for phrase in as_list(row.get("not")):
            names.add(phrase, names.entry("not", role, None))


def _institutions(rows: list[Row], names: Names) -> None:
    for row in rows:
        flags = ("p" if row.get("portfolio") else "") + ("h" if row.get("bare") else "")
        for word in as_list(row.get("words")):
            names.add(word, names.entry("institution", row["kind"], None, role=row["kind"], flags=flags))


def _references(rows: list[Row], names: Names) -> None:
    for row in rows:
        for word in as_list(row["words"]):
            gender = "f" if fold_word(word).endswith(("ها", "ته", "تها")) else "m"
            names.add(word, names.entry(row["kind"], row["kind"], None, gender=gender, flags=" ".join(as_list(row.get("codes")))))
        for phrase in as_list(row.get("not")):
            names.add(phrase, names.entry("not", row["kind"], None))


def _cues(rows: list[Row], names: Names, forms: Forms, tables: Tables) -> None:
    cues: list[list[Any]] = []
    by_lemma: dict[int, list[int]] = defaultdict(list)
    by_noun: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        index = len(cues)
        cues.append([row["id"], [_fold_slot(t) for t in as_list(row.get("takes"))], bool(row.get("relay"))])
        _heads(row, forms, index, by_lemma, by_noun)
        for phrase in as_list(row.get("phrase")):
            # "وفقا ل": the preposition is glued to the name that follows, so the phrase ends before it.
            names.add(phrase.removesuffix(" ل").removesuffix(" ب"), names.entry("cue", row["id"], None, flags=str(index)))
    tables["cues"], tables["cues_by_lemma"], tables["cues_by_noun"] = cues, by_lemma, by_noun


def _heads(row: Row, forms: Forms, index: int, by_lemma: dict[int, list[int]], by_noun: dict[int, list[int]]) -> None:
    verb = row.get("verb") or {}
    pasts, presents = as_list(verb.get("past")), as_list(verb.get("present"))
    lemma = None
    for at in range(max(len(pasts), len(presents))):
        lemma = forms.verb(pasts[at] if at < len(pasts) else None, presents[at] if at < len(presents) else None)
        by_lemma[lemma].append(index)
    for noun in [*as_list(verb.get("noun")), *as_list(row.get("noun"))]:
        if " " in noun:
            continue
        by_noun[forms.noun(noun)].append(index)
    for participle in as_list(verb.get("participle")):
        if lemma is None:
            lemma = forms.verb(None, None)
        forms.participle(participle, lemma)


def _acts(rows: list[Row], names: Names, forms: Forms, tables: Tables) -> None:
    acts: list[list[Any]] = []
    by_lemma: dict[int, list[int]] = defaultdict(list)
    by_noun: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        index = len(acts)
        acts.append([
            row["id"], row["type"], row.get("mode"), [_fold_slot(t) for t in as_list(row.get("source") or "subj")], [_fold_slot(t) for t in as_list(row.get("target"))],
            _companions(as_list(row.get("with"))), bool(row.get("cue")), [_fold_slot(t) for t in as_list(row.get("takes"))],
            bool(row.get("mutual")), row.get("status"), bool(row.get("political")), sorted({fold_word(w) + end for w in as_list(row.get("unless")) for end in ("", "ا")}),
            str(row.get("negated") or ""), bool(row.get("in_words")), sorted(fold_word(w) for w in as_list(row.get("until"))),
        ])  # fmt: skip
        single = {**row, "noun": [n for n in as_list(row.get("noun")) if " " not in n]}
        _heads(single, forms, index, by_lemma, by_noun)
        for phrase in [*as_list(row.get("phrase")), *(n for n in as_list(row.get("noun")) if " " in n)]:
            for variant in dict.fromkeys((phrase, _definite(phrase), *_accusative(phrase))):
                names.add(variant, names.entry("act", str(index), None))
    tables["acts"], tables["acts_by_lemma"], tables["acts_by_noun"] = acts, by_lemma, by_noun


def _definite(phrase: str) -> str:
    """Both words of a noun–adjective phrase with ال: لجنة مشتركة → اللجنة المشتركة."""
    return " ".join("ال" + word.removeprefix("ال") for word in phrase.split())


def _accusative(phrase: str) -> tuple[str, str]:
    """The indefinite object: إضراب عام → إضرابا عاما, إضراب عن العمل → إضرابا عن العمل; what follows a preposition or has ال stays as it is."""
    words = [fold_word(word) for word in phrase.split()]
    stop = next((at for at, word in enumerate(words) if word.startswith("ال") or word in PREPOSITIONS), len(words))
    return " ".join([*map(_tanwin, words[:stop]), *words[stop:]]), " ".join([*map(_tanwin, words[: min(1, stop)]), *words[min(1, stop) :]])


def _tanwin(word: str) -> str:
    return word if word.endswith(("ه", "ا", "ات", "ون", "ين")) else word + "ا"


def _companions(words: list[str]) -> list[list[str]]:
    """Companion words as alternatives of forms: one list of single forms first, then each longer phrase word by word."""
    words = list(dict.fromkeys(form for word in words for form in _whosever(word)))
    sorts = {word for word in words if word in (PLACE, PEOPLE, PAIR)}
    singles = sorted(sorts | {form for word in words if " " not in word and word not in sorts for form in conjugation.nominal_forms(word.removeprefix("ال"))})
    return [singles, *(fold_word(word).split() for word in words if " " in word)]


def _whosever(word: str) -> tuple[str, ...]:
    """قواتها: with whosever pronoun (قواته، قواتهم), since states and groups are of either gender and number."""
    stem = word.removesuffix("ها")
    return (word, stem + "ه", stem + "هم") if word != stem and len(stem.split()[-1]) > 2 else (word,)


def _fold_slot(slot: Any) -> str:
    return fold_word(str(slot))


def _name_lists(data: Mapping[str, list[Row]], tables: Tables) -> None:
    lists: dict[str, set[str]] = defaultdict(set)
    for row in data.get("names", []):
        for field in ("given", "family", "particles", "ambiguous"):
            lists[field].update(fold_word(str(word)) for word in as_list(row.get(field)))
    for field in ("given", "family", "particles", "ambiguous"):
        tables[field] = sorted(lists[field])


def _guards(rows: list[Row], tables: Tables) -> None:
    tables["guards"] = {row["id"]: sorted(fold_word(w) for w in as_list(row.get("words"))) for row in rows if "id" in row}
    for field in ("figurative", "idle", "senses"):
        phrases: dict[str, list[list[str]]] = defaultdict(list)
        for row in rows:
            for phrase in as_list(row.get(field)):
                first, *rest = fold_word(phrase).split()
                phrases[phrase.split()[0] if field == "senses" else first].append(rest)  # lemmas are kept as they are written
        tables[field] = phrases


def _modality(rows: list[Row], forms: Forms, tables: Tables, name: str, field: str) -> None:
    tables[f"{name}_lemmas"] = {row[field]: sorted({forms.verb(v.get("past"), v.get("present")) for v in as_list(row.get("verbs"))}) for row in rows}
    tables[f"{name}_words"] = {
        row[field]: sorted({form for word in as_list(row.get("words")) for form in conjugation.nominal_forms(word)}) for row in rows
    }


def _toward(rows: list[Row]) -> Tables:
    """Words that are an attitude toward an actor by themselves: form → stance, frame."""
    return {
        form: [row["stance"], frame]
        for row in rows
        for frame, words in (row.get("toward") or {}).items()
        for word in as_list(words)
        for form in conjugation.nominal_forms(word)
    }


def _issues(rows: list[Row], tables: Tables) -> None:
    phrases: dict[str, list[list[Any]]] = defaultdict(list)
    for row in rows:
        for field, sign in (("phrases", ""), ("pro", "pro"), ("contra", "contra"), ("loose", "loose"), ("figure", "figure")):
            for phrase in as_list(row.get(field)):
                first, *rest = fold_word(phrase).split()
                phrases[first].append([rest, [row["id"], sign]])
    tables["issues"] = [[row["id"], row.get("state"), tuple(row.get("against", ())), tuple(row.get("acts", ())), bool(row.get("figure"))] for row in rows]
    tables["issue_phrases"] = {k: sorted(v, key=lambda r: -len(r[0])) for k, v in phrases.items()}
