"""Loading the lexicon: data files, checked against their schema, compiled once and cached by content."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import platformdirs

from mahdar.errors import LexiconError
from mahdar.lexicon.model import PAIR, PEOPLE, PLACE, Act, Cue, Entry, Issue, Lexicon, Person, Phrases, Post
from mahdar.process import loading

DATA = Path(__file__).parent / "data"
# Bump when the compiled shape changes: old caches are then ignored.
FORMAT = 5


def data_files(folders: Iterable[Path]) -> list[Path]:
    """The data files of the given lexicon folders, in a fixed order."""
    return [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in (".yaml", ".yml", ".tsv") and file.is_file()]


def kind_of(file: Path, folder: Path) -> str:
    """The kind of row a file holds: its folder's name inside the lexicon (acts, people), else its own stem."""
    parts = file.relative_to(folder).parts
    return parts[0] if len(parts) > 1 else file.stem


def read_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of one lexicon folder by kind; raises :class:`LexiconError` naming file and row."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows: dict[str, list[dict[str, Any]]] = {}
    for file in data_files([folder]):
        kind = kind_of(file, folder)
        if file.suffix == ".tsv":
            continue
        try:
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise LexiconError(f"{file}: not valid YAML: {error}; mend the file or leave it out of the lexicon folder") from error
        if content is None:
            continue
        rows.setdefault(kind, []).extend(content if isinstance(content, list) else [content])
    return rows


def load_lexicon(*extra: Path | str, cache: bool = True) -> Lexicon:
    """The bundled lexicon plus the rows of any ``extra`` folders (same layout, same schema).

    The compiled tables are kept in the user's cache folder under a key made of every file's content, so that a second start
    takes a fraction of a second. ``cache=False`` always compiles.
    """
    folders = [DATA, *(Path(folder) for folder in extra)]
    for folder in folders[1:]:
        if not folder.is_dir():
            raise LexiconError(f"{folder}: no such folder; --lexicon wants a folder laid out like mahdar/lexicon/data")
    version = content_key(folders)
    path = Path(os.environ.get("MAHDAR_CACHE") or platformdirs.user_cache_dir("mahdar")) / f"lexicon-{FORMAT}-{version}.json"
    with loading():
        tables = _read_cache(path) if cache else None
        if tables is None:
            tables = _compile(folders)
            if cache:
                _write_cache(path, tables)
                tables = _read_cache(path) or tables
        return _build(tables, version)


def content_key(folders: Iterable[Path]) -> str:
    """A digest of every data file and of the compiler's own source: equal keys give equal tables."""
    digest = hashlib.sha256()
    for file in [*data_files(folders), Path(__file__).with_name("compile.py"), DATA.parents[1] / "arabic" / "verbs.py"]:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _compile(folders: Iterable[Path]) -> dict[str, Any]:
    from mahdar.lexicon.compile import compile_tables
    from mahdar.lexicon.schema import check_rows

    data: dict[str, list[Mapping[str, Any]]] = {}
    vocabulary: dict[str, int] = {}
    for folder in folders:
        if folder != DATA:  # the bundled rows are checked by the tests
            check_rows(folder)
        for kind, rows in read_rows(folder).items():
            data.setdefault(kind, []).extend(rows)
        file = folder / "vocabulary.tsv"
        if file.is_file():
            for line in file.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    word, count = line.split("\t")
                    vocabulary[word] = int(count)
    tables = compile_tables(data)
    tables["vocabulary"] = vocabulary
    return tables


def _read_cache(path: Path) -> dict[str, Any] | None:
    try:
        tables: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return tables


def _write_cache(path: Path, tables: dict[str, Any]) -> None:
    """Write beside and rename: two processes starting at once never read half a file. No cache folder is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as out:
            json.dump(tables, out, ensure_ascii=False, separators=(",", ":"))
        os.replace(out.name, path)
    except OSError:
        return


def _ints(table: dict[str, list[int]]) -> dict[int, tuple[int, ...]]:
    return {int(key): tuple(value) for key, value in table.items()}


def _build(tables: dict[str, Any], version: str) -> Lexicon:
    people = {key: Person(row[0], row[1], row[2], row[3], tuple(Post(*p) for p in row[4])) for key, row in tables["people"].items()}
    acts = tuple(
        Act(a[0], a[1], a[2], tuple(a[3]), tuple(a[4]), frozenset(a[5][0]), tuple(tuple(w) for w in a[5][1:]), a[6], tuple(a[7]), a[8], a[9], a[10],
            frozenset(a[11]), a[12], a[13], frozenset(a[5][0]) & {PLACE, PEOPLE, PAIR},
            frozenset(head for w in a[5][1:] for head in (w[0], w[0].removeprefix("ال"))), frozenset(a[14]))
        for a in tables["acts"]
    )
    return Lexicon(
        version=version,
        entries=tuple(Entry(*row) for row in tables["entries"]),
        names=Phrases(tables["names"]),
        verb_forms=tables["verb_forms"],
        verb_forms_before_pronoun=tables["verb_forms_before_pronoun"],
        never_verbs=frozenset(tables["never_verbs"]),
        noun_forms=tables["noun_forms"],
        participle_forms=tables["participle_forms"],
        lemmas=tuple(tables["lemmas"]),
        nouns=tuple(tables["nouns"]),
        acts=acts,
        acts_by_lemma=_ints(tables["acts_by_lemma"]),
        acts_by_noun=_ints(tables["acts_by_noun"]),
        cues=tuple(Cue(c[0], tuple(c[1]), c[2]) for c in tables["cues"]),
        cues_by_lemma=_ints(tables["cues_by_lemma"]),
        cues_by_noun=_ints(tables["cues_by_noun"]),
        people=people,
        posts={key: tuple(Post(*p) for p in rows) for key, rows in tables["posts"].items()},
        given=frozenset(tables["given"]) | frozenset(tables["ambiguous"]),
        given_heads=frozenset(name.partition(" ")[0] for name in tables["given"] if " " in name),
        ambiguous=frozenset(tables["ambiguous"]),
        family=frozenset(tables["family"]),
        name_particles=frozenset(tables["particles"]),
        vocabulary=tables["vocabulary"],
        publishers=tables["publishers"],
        states_of={code: tuple(states) for code, states in tables["states_of"].items()},
        body_seats={city: (body[0], body[1], body[2], body[3]) for city, body in tables["body_seats"].items()},
        crowds=tables["crowds"],
        guards={key: frozenset(words) for key, words in tables["guards"].items()},
        figurative={k: [tuple(r) for r in v] for k, v in tables["figurative"].items()},
        idle={k: [tuple(r) for r in v] for k, v in tables["idle"].items()},
        senses={k: [tuple(r) for r in v] for k, v in tables["senses"].items()},
        issues=tuple(Issue(id_, state, frozenset(against), tuple(acts), figure) for id_, state, against, acts, figure in tables["issues"]),
        issue_phrases={k: [(tuple(r), (m[0], m[1])) for r, m in v] for k, v in tables["issue_phrases"].items()},
        attitude_lemmas={lemma: stance for stance, lemmas in tables["attitude_lemmas"].items() for lemma in lemmas},
        toward={word: (stance, frame) for word, (stance, frame) in tables["toward"].items()},
        gestures=frozenset(tables["gestures"]),
        attitude_words={word: stance for stance, words in tables["attitude_words"].items() for word in words},
        modal_lemmas={lemma: status for status, lemmas in tables["modal_lemmas"].items() for lemma in lemmas},
        modal_words={word: status for status, words in tables["modal_words"].items() for word in words},
        state_names={k: (v[0], v[1]) for k, v in tables["state_names"].items()},
    )
