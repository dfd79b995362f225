"""Rows are checked before they are compiled; a bad one is named by file, row and field; a user's rows are read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from mahdar.arabic.fold import fold_word
from mahdar.errors import LexiconError
from mahdar.lexicon import load_lexicon
from mahdar.lexicon.load import DATA, read_rows
from mahdar.lexicon.schema import KINDS, SCHEMAS, check_rows
from mahdar.reading.reader import Reader
from mahdar.record import EVENT_TYPES, ISSUES, ROLES, Article, Record

ACT: dict[str, Any] = {
    "id": "reject.shun",
    "type": "REJECT",
    "verb": {"past": "جافى", "present": "يجافي"},
    "target": ["obj"],
    "examples": [{"text": "جافت طهران واشنطن", "source": ["IRN"], "target": ["USA"], "status": "actual"}],
}
CUE: dict[str, Any] = {
    "id": "whisper",
    "verb": {"past": "همس", "present": "يهمس"},
    "takes": ["an"],
    "examples": [{"text": "همس الوزير أن الاتفاق قريب", "speaker": "الوزير", "content": "الاتفاق قريب"}],
}
PERSON: dict[str, Any] = {
    "id": "nabil-example",
    "en": "Nabil Example",
    "names": ["نبيل المثالي"],
    "gender": "m",
    "posts": [{"role": "minister", "code": "EGY", "from": "2012-01-01", "to": "2012-12-31"}],
}


def write(folder: Path, name: str, rows: Any) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def complaint(folder: Path) -> str:
    with pytest.raises(LexiconError) as caught:
        check_rows(folder)
    return str(caught.value)


# ---------------------------------------------------------------- the bundled rows


def test_bundled_rows_are_well_formed() -> None:
    check_rows(DATA)


def test_every_kind_has_a_valid_schema() -> None:
    assert {re.sub(r"\.yaml$", "", path.name) for path in DATA.iterdir() if path.suffix != ".tsv"} == set(KINDS)
    for file in SCHEMAS.glob("*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        if file.stem != "common":
            assert schema["additionalProperties"] is False


def test_closed_sets_are_those_of_the_record() -> None:
    common = json.loads((SCHEMAS / "common.json").read_text(encoding="utf-8"))["$defs"]
    assert common["event_type"]["enum"] == list(EVENT_TYPES)
    assert common["role"]["enum"] == list(ROLES)
    assert common["issue"]["enum"] == list(ISSUES)


def test_acts_stand_in_the_file_of_their_type() -> None:
    for file in sorted((DATA / "acts").glob("*.yaml")):
        types = {row["type"] for row in yaml.safe_load(file.read_text(encoding="utf-8"))}
        assert types == {file.stem.upper()}


def test_no_spelling_is_listed_twice() -> None:
    """Folding makes أميركا and اميركا one: a second spelling of that sort is dead weight."""
    fields = ("names", "members", "weak", "short", "weak_short", "phrases", "words", "with", "given", "family", "pro")
    twice = []
    for kind, rows in read_rows(DATA).items():
        for row in rows:
            for field in fields:
                words = row.get(field) or []
                folded = [fold_word(word.replace("-", " ")) for word in words]
                twice += [(kind, row.get("id"), word) for at, word in enumerate(words) if folded[at] in folded[:at]]
    assert twice == []


def test_state_codes_are_known() -> None:
    rows = read_rows(DATA)
    states = {row["code"] for row in rows["states"]}
    closed = {"LAS", "GCC", "OIC", "IMF", "WTO", "PKK", "YPG", "MEK"}
    used = {(post["code"], row["id"]) for row in rows["people"] for post in row["posts"]}
    used |= {(row["code"], row["id"]) for kind in ("bodies", "groups") for row in rows[kind]}
    used |= {(row[field], row["role"]) for row in rows["roles"] for field in ("state", "code") if field in row}
    used |= {(row["code"], row["names"][0]) for row in rows["places"] if row["code"]}
    sides = ("source", "target")
    used |= {(code, row["id"]) for row in rows["acts"] for e in row["examples"] for side in sides for code in e[side]}
    assert {(code, where) for code, where in used if re.fullmatch("[A-Z]{3}", code)} == {
        (code, where) for code, where in used if code in states | closed
    }


# ---------------------------------------------------------------- malformed rows

MALFORMED = [
    # file, row, what the message must hold
    ("acts/reject.yaml", {**ACT, "typ": "REJECT"}, ["reject.shun", "typ: unknown field", "type"]),
    ("acts/reject.yaml", {**ACT, "type": "REFUSE"}, ["type: 'REFUSE'", "REJECT"]),
    ("acts/reject.yaml", {**ACT, "id": "refuse.shun"}, ["id: 'refuse.shun'", "reject.shun"]),
    ("acts/reject.yaml", {**ACT, "id": "Shun"}, ["id: 'Shun'", "the type in lower case"]),
    ("acts/reject.yaml", {**ACT, "mode": "visit"}, ["mode: 'visit'", "meet"]),
    ("acts/reject.yaml", {**ACT, "status": "never"}, ["status: 'never'", "denied"]),
    ("acts/reject.yaml", {**ACT, "target": ["ojb"]}, ["target.1: 'ojb'", "obj"]),
    ("acts/reject.yaml", {**ACT, "target": "obj"}, ["target: is a text", "list"]),
    ("acts/reject.yaml", {**ACT, "source": "الى"}, ["source: 'الى'", "إلى"]),
    ("acts/reject.yaml", {**ACT, "with": ["لِقاء"]}, ["with.1: 'لِقاء'", "diacritics"]),
    ("acts/reject.yaml", {**ACT, "with": ["لقـاء"]}, ["with.1: 'لقـاء'", "tatweel"]),
    ("acts/reject.yaml", {**ACT, "unless": ["match"]}, ["unless.1: 'match'", "Arabic"]),
    ("acts/reject.yaml", {**ACT, "unless": []}, ["unless: is empty"]),
    ("acts/reject.yaml", {**ACT, "verb": {"past": "جافى", "presnt": "يجافي"}}, ["verb.presnt: unknown field"]),
    ("acts/reject.yaml", {**ACT, "verb": {"present": "جافى"}}, ["verb.present: 'جافى'", "begins with ي"]),
    ("acts/reject.yaml", {k: v for k, v in ACT.items() if k != "verb"}, ["verb: none of verb, noun, phrase"]),
    ("acts/reject.yaml", {k: v for k, v in ACT.items() if k != "examples"}, ["examples: is missing"]),
    ("acts/reject.yaml", {**ACT, "cue": True}, ["takes: is missing"]),
    ("acts/reject.yaml", {**ACT, "cue": True, "takes": ["بأن"]}, ["takes.1: 'بأن'", "quote"]),
    ("acts/reject.yaml", {**ACT, "political": False}, ["political: False", "leave the field out"]),
    ("acts/reject.yaml", {**ACT, "examples": [{"text": "جافت طهران واشنطن"}]}, ["examples.1.source: is missing"]),
    (
        "acts/reject.yaml",
        {**ACT, "examples": [{**ACT["examples"][0], "source": ["Iran"]}]},
        ["examples.1.source.1: 'Iran'", "ISO 3166-1"],
    ),
    ("acts/reject.yaml", {**ACT, "examples": [{**ACT["examples"][0], "status": None}]}, ["examples.1.status: None"]),
    ("cues.yaml", {**CUE, "examples": [{**CUE["examples"][0], "content": "الحرب قريبة"}]}, ["examples.1.content"]),
    ("cues.yaml", {**CUE, "relay": "yes"}, ["relay: 'yes'", "true"]),
    ("people/egypt.yaml", {**PERSON, "gender": "male"}, ["gender: 'male'", "m, f"]),
    ("people/egypt.yaml", {**PERSON, "posts": []}, ["posts: is empty"]),
    ("people/egypt.yaml", {**PERSON, "posts": [{"role": "king", "code": "EGY"}]}, ["posts.1.role: 'king'", "monarch"]),
    ("people/egypt.yaml", {**PERSON, "posts": [{"role": "minister", "code": "Egypt"}]}, ["posts.1.code: 'Egypt'"]),
    (
        "people/egypt.yaml",
        {**PERSON, "posts": [{"role": "minister", "code": "EGY", "from": 2012}]},
        ["posts.1.from: is a number", "text"],
    ),
    (
        "people/egypt.yaml",
        {**PERSON, "posts": [{"role": "minister", "code": "EGY", "from": "2012-13-01"}]},
        ["posts.1.from: '2012-13-01'", "calendar"],
    ),
    (
        "people/egypt.yaml",
        {**PERSON, "posts": [{"role": "minister", "code": "EGY", "from": "2012-02-01", "to": "2011-02-01"}]},
        ["posts.1.to: 2011-02-01 is before 2012-02-01"],
    ),
    ("people/egypt.yaml", {**PERSON, "names": ["نبيل المثالي", "نبيل المثالي"]}, ["names: 'نبيل المثالي'", "twice"]),
    ("people/egypt.yaml", {**PERSON, "id": "Nabil Example"}, ["id: 'Nabil Example'", "lower-case"]),
    ("states.yaml", {"code": "Atlantis", "en": "Atlantis", "names": ["أطلنطس"]}, ["code: 'Atlantis'", "three capital"]),
    ("states.yaml", {"code": "ATL", "en": "Atlantis"}, ["names: is missing"]),
    ("states.yaml", {"code": "ATL", "en": "Atlantis", "names": "أطلنطس"}, ["names: is a text", "list"]),
    ("bodies.yaml", {"id": "club", "code": "CLUB", "en": "Club", "names": ["النادي"]}, ["code: 'CLUB'", "OTHER:"]),
    ("media.yaml", {"id": "post", "code": "EGY", "en": "Post", "names": ["البريد"]}, ["code: 'EGY'", "MEDIA"]),
    ("roles.yaml", {"role": "wizard", "phrases": ["ساحر"]}, ["role: 'wizard'", "former"]),
    ("places.yaml", {"names": ["الوادي"]}, ["code: is missing"]),
    ("issues.yaml", {"id": "football", "phrases": ["كرة القدم"]}, ["id: 'football'", "iran-nuclear"]),
    ("names.yaml", {"first": ["زيد"]}, ["first: unknown field", "given"]),
    ("verbs.yaml", {"past": "كتب الكاتب"}, ["past: 'كتب الكاتب'", "one Arabic word"]),
    ("verbs.yaml", {"never": ["ride"]}, ["never"]),
    ("verbs.yaml", {}, ["row: is empty"]),
    ("crowds.yaml", {"en": "dancers"}, ["words: is missing"]),
    ("guards.yaml", {"id": "sport"}, ["words: none of words, figurative"]),
    ("institutions.yaml", {"kind": "ministry", "words": ["وزارة"]}, ["kind: 'ministry'", "state"]),
    ("references.yaml", {"kind": "both", "words": ["كلاهما"]}, ["kind: 'both'", "pair"]),
    ("modality.yaml", {"status": "actual", "words": ["فعلا"]}, ["status: 'actual'", "planned"]),
    ("attitudes.yaml", {"stance": "love", "words": ["حب"]}, ["stance: 'love'", "support"]),
    ("groups.yaml", "فصيل", ["row: is a text", "docs/lexicon.md"]),
]


@pytest.mark.parametrize(("name", "row", "wanted"), MALFORMED)
def test_malformed_row(tmp_path: Path, name: str, row: Any, wanted: list[str]) -> None:
    file = write(tmp_path, name, [row])
    message = complaint(tmp_path)
    assert message.startswith(f"{file}: row 1")
    assert "; " in message
    for part in wanted:
        assert part in message


def test_row_is_counted_from_one_and_named(tmp_path: Path) -> None:
    file = write(tmp_path, "acts/x.yaml", [ACT, {**ACT, "id": "reject.other", "status": "no"}])
    assert complaint(tmp_path).startswith(f"{file}: row 2 (id reject.other): status: ")


def test_id_used_twice(tmp_path: Path) -> None:
    first = write(tmp_path, "acts/a.yaml", [ACT])
    second = write(tmp_path, "acts/b.yaml", [ACT])
    message = complaint(tmp_path)
    assert message.startswith(f"{second}: row 1 (id reject.shun): id: ")
    assert f"{first}: row 1" in message


def test_one_id_in_two_kinds_is_fine(tmp_path: Path) -> None:
    row = {"id": "club", "code": "OTHER:Club", "en": "Club", "names": ["النادي الدولي"]}
    write(tmp_path, "bodies.yaml", [row])
    write(tmp_path, "groups.yaml", [row])
    check_rows(tmp_path)


def test_unknown_kind(tmp_path: Path) -> None:
    file = write(tmp_path, "actors.yaml", [])
    message = complaint(tmp_path)
    assert message.startswith(f"{file}: unknown kind")
    assert "people" in message


def test_empty_file_and_empty_folder(tmp_path: Path) -> None:
    check_rows(tmp_path)
    (tmp_path / "states.yaml").write_text("# nothing yet\n", encoding="utf-8")
    check_rows(tmp_path)


@pytest.mark.parametrize("line", ["كلمة", "كلمة\tكثير", "\t3", "كلمة 3"])
def test_vocabulary_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "vocabulary.tsv"
    file.write_text(f"# words\nفي\t3\n{line}\n", encoding="utf-8")
    assert complaint(tmp_path).startswith(f"{file}: row 3: ")


def test_other_tables_are_refused(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("في\t3\n", encoding="utf-8")
    assert "vocabulary.tsv" in complaint(tmp_path)


HOSTILE = {
    "python object": "- !!python/object/apply:os.system [echo]\n",
    "python name": "- {code: !!python/name:os.system , en: x, names: [x]}\n",
    "broken": "- {code: SYR\n",
    "doubled field": "- {code: ATL, en: Atlantis, names: [أطلنطس], names: [قارة]}\n",
    "alias bomb": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "circle": "- &a {code: ATL, en: Atlantis, names: [*a]}\n",
    "deep": "- " + "[" * 3000 + "]" * 3000 + "\n",
    "two documents": "- {code: ATL}\n---\n- {code: ATM}\n",
    "no such date": "- {code: 2012-99-99, en: Atlantis, names: [أطلنطس]}\n",
    "list as field": "- {[code]: ATL}\n",
    "number as field": "- {1: ATL, en: Atlantis, names: [أطلنطس]}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "states.yaml"
    file.write_text(text, encoding="utf-8")
    message = complaint(tmp_path)
    assert message.startswith(f"{file}: ")
    assert len(message) < 2000


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "states.yaml").write_bytes("- {code: ATL, names: [مصر]}".encode("cp1256"))
    assert "not valid YAML" in complaint(tmp_path)


# ---------------------------------------------------------------- a user's own rows


def codes(record: Record, ids: tuple[str, ...]) -> set[str | None]:
    return {record.actor(key).code for key in ids}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader whose lexicon has a user's folder with an act, a state, a person, an issue's phrase and a trade."""
    folder = tmp_path_factory.mktemp("lexicon")
    write(folder, "acts/mine.yaml", [ACT])
    state = {"code": "ATL", "en": "Atlantis", "names": ["أطلنطس"], "adjective": "أطلنطي", "capital": ["بوسيدونيا"]}
    write(folder, "states.yaml", [state])
    person = {
        **PERSON,
        "names": ["شمردل الدهشوري"],
        "posts": [{"role": "foreign_minister", "code": "ATL", "from": "2014-01-01"}],
    }
    write(folder, "people/atlantis.yaml", [person])
    write(folder, "issues.yaml", [{"id": "libya", "phrases": ["ميثاق الصنوبر"]}])
    write(folder, "crowds.yaml", [{"en": "jugglers", "words": ["مهرج"]}])
    return Reader(load_lexicon(folder, cache=False))


def test_own_act_and_state(own: Reader) -> None:
    record = own.read(Article("own", "جافت أطلنطس الحكومة المصرية بعد أزمة الحدود.", published="2015-03-10"))
    found = [(e.type, e.rule, codes(record, e.source), codes(record, e.target)) for e in record.events]
    assert ("REJECT", "reject.shun", {"ATL"}, {"EGY"}) in found


def test_own_state_has_capital_and_adjective(own: Reader) -> None:
    text = "رفضت بوسيدونيا طلبا مصريا. ورفض الرئيس الأطلنطي عرض أنقرة."
    record = own.read(Article("own", text, published="2015-03-10"))
    parties = [codes(record, e.source + e.target) for e in record.events if e.type == "REJECT"]
    assert {"ATL", "EGY"} in parties
    assert {"ATL", "TUR"} in parties


def test_own_person(own: Reader) -> None:
    record = own.read(Article("own", "وقال شمردل الدهشوري إن بلاده ترحب بالحوار.", published="2015-03-10"))
    speakers = [record.actor(s.speaker) for s in record.statements if s.speaker is not None]
    assert [(a.name_en, a.code, a.role) for a in speakers] == [("Nabil Example", "ATL", "foreign_minister")]


def test_own_phrase_of_an_issue(own: Reader) -> None:
    reading = own.reading(Article("own", "أكدت مصر دعمها ميثاق الصنوبر.", published="2015-03-10"))
    assert ("EGY", "libya") in {(s.holder, s.on) for s in own.stands(reading)}


def test_own_trade_of_a_crowd(own: Reader) -> None:
    record = own.read(Article("own", "أضرب مهرجو السيرك في لشبونة عن العمل. وأضرب سائقو الحافلات.", published="2015-03-10"))
    assert {"OTHER:jugglers", "OTHER:drivers"} <= {actor.code for actor in record.actors}


def test_loading_refuses_a_bad_folder(tmp_path: Path) -> None:
    write(tmp_path, "acts/mine.yaml", [{**ACT, "type": "REFUSE"}])
    with pytest.raises(LexiconError, match=r"row 1 \(id reject\.shun\): type"):
        load_lexicon(tmp_path, cache=False)
