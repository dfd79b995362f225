"""The lexicon as pages: each rule with its forms, frames, examples and counter-examples; each list of names as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from docsite.markup import codes, page, plain, table
from mahdar.lexicon.load import DATA
from mahdar.lexicon.schema import read_file

Row = dict[str, Any]
FOLDER: Final = "reference/lexicon"
_TYPES: Final = tuple(sorted(file.stem for file in (DATA / "acts").glob("*.yaml")))
_REGIONS: Final = tuple(sorted(file.stem for file in (DATA / "people").glob("*.yaml")))
# Lists of words under a name, told row by row: file, title, the field that names a row.
_LISTS: Final = {
    "issues": ("Issues", "id"), "attitudes": ("Attitudes", "stance"), "modality": ("Modality", "status"), "guards": ("Guards", "id"),
    "references": ("References", "kind"), "institutions": ("Institutions", "kind"), "roles": ("Roles", "role"),
}  # fmt: skip
_NAMED: Final = {"states": "States", "bodies": "Bodies", "groups": "Groups", "media": "Media"}
_FLAGS: Final = {
    "mutual": "done with each other", "political": "only between political actors", "cue": "also reports words", "negated": "counts only when denied",
    "in_words": "a statement itself may be this act", "relay": "its subject relays another's words",
}  # fmt: skip
_HOW: Final = """\
Every item of a record names the rule that produced it. This part of the reference holds every row of the lexicon that can be such a rule, with the sentences
that prove it: each example is read by the tests and must give what is written beside it, each counter-example must give nothing by that row. The lists of
names and words that rules work with follow. How rows are written: [the lexicon](../../lexicon.md).

| a rule in a record | is |
| --- | --- |
| `reject.refuse` | an act: an event by this row; acts are sorted by type below |
| `cue.say` | reported words by this cue, or by an act of that id that also reports words |
| `cue.say.participle`, `cue.say.noun` | the same by the cue's participle or verbal noun |
| `quote.continued` | a quotation that goes on behind an interruption |
| `position.ISSUE.doer`, `.speaker`, `.subject`, `.joint subject`, `.party`, `.named before` | a stance on an issue its phrases name; the last part says how the holder stands |
| `position.ISSUE.act` | a stance on an issue that an event is about |
| `position.actor.ACT` | a stance toward an actor that an act shows |
| `position.attitude.of`, `.to`, `.by` | a stance toward an actor by a word of attitude (an ally of, loyal to, backed by) |
"""


def pages() -> dict[str, str]:
    made = {f"acts/{type_}": _rules(type_.upper(), _rows(f"acts/{type_}"), _act) for type_ in _TYPES}
    made["cues"] = _rules("Cues", _rows("cues"), _cue)
    made |= {name: _words(title, _rows(name), field) for name, (title, field) in _LISTS.items()}
    made |= {name: _named(title, _rows(name)) for name, title in _NAMED.items()}
    made |= {f"people/{region}": _people(region, _rows(f"people/{region}")) for region in _REGIONS}
    made |= {"places": _places(), "names": _names(), "verbs": _verbs(), "index": _index()}
    return {f"{FOLDER}/{name}.md": text for name, text in made.items()}


def navigation() -> list[Any]:
    def entry(title: str, name: str) -> dict[str, str]:
        return {title: f"{FOLDER}/{name}.md"}

    return [
        entry("All kinds", "index"),
        {"Acts": [entry(type_.upper(), f"acts/{type_}") for type_ in _TYPES]},
        entry("Cues", "cues"),
        *(entry(title, name) for name, (title, _) in _LISTS.items()),
        *(entry(title, name) for name, title in _NAMED.items()),
        {"People": [entry(_region(region), f"people/{region}") for region in _REGIONS]},
        entry("Places", "places"), entry("Given and family names", "names"), entry("Everyday verbs", "verbs"),
    ]  # fmt: skip


@cache
def _rows(name: str) -> list[Row]:
    return read_file(DATA / f"{name}.yaml")


def _index() -> str:
    kinds = [
        *((f"[{type_.upper()}](acts/{type_}.md)", "acts", len(_rows(f"acts/{type_}"))) for type_ in _TYPES),
        ("[Cues](cues.md)", "reporting verbs and phrases", len(_rows("cues"))),
        *((f"[{title}]({name}.md)", "lists of words", len(_rows(name))) for name, (title, _) in _LISTS.items()),
        *((f"[{title}]({name}.md)", "names", len(_rows(name))) for name, title in _NAMED.items()),
        *((f"[{_region(region)}](people/{region}.md)", "people with their posts", len(_rows(f"people/{region}"))) for region in _REGIONS),
        ("[Places](places.md)", "places by state", len(_rows("places"))), ("[Everyday verbs](verbs.md)", "verbs", len(_rows("verbs"))),
    ]  # fmt: skip
    return page("Every rule", _HOW, table(("page", "holds", "rows"), kinds), "[Given and family names](names.md) help to see where an unlisted name ends.")


# ---------------------------------------------------------------------------------------------------- rules with examples


def _rules(title: str, rows: list[Row], told: Any) -> str:
    examples, counter = sum(len(row["examples"]) for row in rows), sum(len(row.get("not", ())) for row in rows)
    return page(title, f"{len(rows)} rows with {examples} examples and {counter} counter-examples.", *map(told, rows))


def _act(row: Row) -> str:
    facts = {
        "mode": row.get("mode"), "who does it": _codes(row.get("source", "subj")), "to whom": _codes(row.get("target")),
        "reports words behind": _codes(row.get("takes")), "always": row.get("status"),
    }  # fmt: skip
    rows = ((_arabic(each["text"]), codes(each["source"]), codes(each["target"]), each["status"]) for each in row["examples"])
    return _rule(row["id"], row, facts, table(("example", "who", "whom", "status"), rows))


def _cue(row: Row) -> str:
    rows = ((_arabic(each["text"]), _arabic(each["speaker"] or ""), _arabic(each["content"])) for each in row["examples"])
    return _rule(f"cue.{row['id']}", row, {"reports words behind": _codes(row.get("takes"))}, table(("example", "speaker", "words"), rows))


def _rule(name: str, row: Row, facts: dict[str, str | None], examples: str) -> str:
    forms = [_arabic(form) for key in ("past", "present", "noun", "participle") for form in _list(row.get("verb", {}).get(key))]
    forms += [_arabic(form) for key in ("noun", "phrase") for form in _list(row.get(key))]
    lines = [f"- words: {'، '.join(forms)}"] if forms else []
    lines += [f"- {what}: {told}" for what, told in facts.items() if told]
    lines += [f"- {what}: {'، '.join(map(_arabic, row[key]))}" for key, what in (("with", "only with"), ("unless", "never beside")) if row.get(key)]
    lines += [f"- {meaning}" for flag, meaning in _FLAGS.items() if row.get(flag)]
    told = ["\n".join(lines), examples]
    if row.get("not"):
        told.append("Nothing by this row in:\n\n" + "\n".join(f"- {_arabic(text)}" for text in row["not"]))
    return "\n\n".join([f"## {name} {{#{name}}}", *told])


def _codes(slots: Any) -> str | None:
    found = _list(slots)
    return ", ".join(f"`{slot}`" if slot.isascii() else _arabic(slot) for slot in found) if found else None


# ---------------------------------------------------------------------------------------------------- lists and names


def _words(title: str, rows: list[Row], field: str) -> str:
    told = []
    for number, row in enumerate(rows, 1):
        lines = [f"- {key}: {_value(value)}" for key, value in row.items() if key != field and value is not None]
        head = row[field] if field in ("id", "stance", "status") else f"{row[field]} ({number})"
        told.append(f"## {head}\n\n" + "\n".join(lines))
    return page(title, f"{len(rows)} rows.", *told)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(each)}" for key, each in value.items())
    return "، ".join(_value(each) if isinstance(each, dict) else _arabic(str(each)) for each in _list(value)) if not isinstance(value, bool) else "yes"


def _named(title: str, rows: list[Row]) -> str:
    main = ("id", "code", "en", "names")

    def others(row: Row) -> str:
        return "<br>".join(f"{key}: {_value(value)}" for key, value in row.items() if key not in main)

    lines = ((f"`{row.get('id') or row['code']}`", f"`{row['code']}`", plain(row["en"]), _value(row["names"]), others(row)) for row in rows)
    return page(title, f"{len(rows)} rows.", table(("id", "code", "English", "names", "and"), lines))


def _people(region: str, rows: list[Row]) -> str:
    def posts(row: Row) -> str:
        return "<br>".join(f"{post['role']} `{post['code']}` {post.get('from', '')}–{post.get('to', '')}" for post in row["posts"])

    lines = ((f"`{row['id']}`", plain(row["en"]), _value([*row["names"], *row.get("short", ()), *row.get("weak_short", ())]), posts(row)) for row in rows)
    about = f"{len(rows)} holders of public office with the posts they are known by and their terms. Nothing else is kept of them."
    return page(f"People: {_region(region)}", about, table(("id", "English", "names", "posts"), lines))


def _region(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _places() -> str:
    rows = _rows("places")
    return page("Places", f"{sum(len(row['names']) for row in rows)} places.", table(("state", "names"), ((f"`{row['code'] or '–'}`", _value(row["names"])) for row in rows)))


def _names() -> str:
    found: Row = _rows("names")[0]
    return page("Given and family names", *(f"## {kind.capitalize()}\n\n{_value(names)}" for kind, names in found.items()))


def _verbs() -> str:
    rows = _rows("verbs")
    never = [_arabic(word) for row in rows for word in row.get("never", ())]
    told = "Verbs that are neither acts nor cues, so that clauses are seen (past / present)."
    others = f"## Never verbs\n\nForms spelt like those of a verb that are other words.\n\n{'، '.join(never)}" if never else ""
    return page("Everyday verbs", told, "، ".join(filter(None, map(_both, rows))), others)


def _both(row: Row) -> str:
    return " / ".join(_arabic(row[key]) for key in ("past", "present") if key in row)


# ---------------------------------------------------------------------------------------------------- words


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _arabic(text: str) -> str:
    return plain(text)


def anchors() -> Iterator[str]:
    """The ids of all rules that have an entry of their own."""
    for type_ in _TYPES:
        yield from _ids(_rows(f"acts/{type_}"))
    yield from (f"cue.{name}" for name in _ids(_rows("cues")))


def _ids(rows: Iterable[Row]) -> Iterator[str]:
    return (row["id"] for row in rows)
