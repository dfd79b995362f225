"""``make diff``: two versions of the engine over the same articles, and what differs between their records."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import diff_records

ROOT = Path(__file__).resolve().parents[1]
TEXT = 'التقى بوتين هولاند في باريس. وقال هولاند "الحوار ضروري" للجميع.'
START = TEXT.index("الحوار")
STATEMENT = {"speaker": "a2", "mode": "direct", "cue": [30, 34], "content": [START, START + 12], "via": None, "rule": "cue.say"}
EVENT = {
    "type": "CONSULT", "mode": "meet", "status": "actual", "source": ["a1"], "target": ["a2"], "date": None, "place": "باريس",
    "evidence": [0, 27], "trigger": [0, 5], "rule": "consult.meet",
}  # fmt: skip
POSITION = {"holder": "a2", "on": "ukraine", "stance": "support", "evidence": [START, START + 12], "rule": "position.ukraine"}
ACTORS = [
    {"id": "a1", "kind": "person", "name": "بوتين", "name_en": "Putin", "code": "RUS", "role": "head_of_state", "mentions": [[6, 11]]},
    {"id": "a2", "kind": "person", "name": "هولاند", "name_en": "Hollande", "code": "FRA", "role": "head_of_state", "mentions": [[12, 18]]},
]


def record(**changes: Any) -> dict[str, Any]:
    parts = {"statements": [STATEMENT], "events": [EVENT], "positions": [POSITION], "actors": ACTORS}
    return {"id": "t", "text": TEXT, **parts, **changes}


def swapped() -> list[dict[str, Any]]:
    """The same two actors under each other's ids, as another order of finding gives them."""
    return [{**ACTORS[1], "id": "a1"}, {**ACTORS[0], "id": "a2"}]


CASES = [
    ("statements", {}, []),
    ("events", {}, []),
    ("statements", {"statements": []}, [("lost", ())]),
    ("events", {"events": [EVENT, {**EVENT, "type": "ACCUSE", "mode": None, "trigger": [29, 33]}]}, [("gained", ())]),
    ("statements", {"statements": [{**STATEMENT, "speaker": "a1"}]}, [("changed", ("speaker",))]),
    ("statements", {"statements": [{**STATEMENT, "content": [START, START + 10]}]}, [("changed", ("content",))]),
    ("events", {"events": [{**EVENT, "status": "denied", "date": "2015-01-01"}]}, [("changed", ("status", "date"))]),
    ("events", {"events": [{**EVENT, "type": "AGREE", "mode": None}]}, [("changed", ("type",))]),
    ("events", {"events": [{**EVENT, "trigger": [29, 33]}]}, [("lost", ()), ("gained", ())]),
    ("positions", {"positions": [{**POSITION, "stance": "oppose"}]}, [("changed", ("stance",))]),
    ("positions", {"positions": [{**POSITION, "on": "syria-settlement"}]}, [("lost", ()), ("gained", ())]),
    ("actors", {"actors": [ACTORS[0], {**ACTORS[1], "code": "DEU"}]}, [("changed", ("code",))]),
    ("actors", {"actors": [ACTORS[0], {**ACTORS[1], "name": "فرانسوا هولاند"}]}, [("changed", ("name",))]),
    ("actors", {"actors": swapped()}, []),
    ("events", {"actors": swapped(), "events": [{**EVENT, "source": ["a2"], "target": ["a1"]}]}, []),
]


@pytest.mark.parametrize(("kind", "changes", "wanted"), CASES)
def test_each_difference_is_told_apart(kind: str, changes: dict[str, Any], wanted: list[Any]) -> None:
    same, found = diff_records.compare(record(), record(**changes), kind)
    assert [(d.change, d.fields) for d in found] == wanted
    assert same == len(record()[kind]) - sum(d.change != "gained" for d in found)


def test_a_difference_names_both_readings_and_the_sentence() -> None:
    _, (found,) = diff_records.compare(record(), record(events=[{**EVENT, "status": "planned"}]), "events")
    assert found.before == "CONSULT/meet  Putin (RUS)  → Hollande (FRA)  actual  باريس  [consult.meet]"
    assert "planned" in found.after
    assert found.sentence == "التقى بوتين هولاند في باريس."


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of its own with the project's engine committed and, in its working tree, one act taken out."""
    repository = tmp_path / "repository"
    shutil.copytree(ROOT / "src", repository / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (repository / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "diff_records.py", repository / "scripts")
    identity = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "base"]):
        subprocess.run(["git", *arguments], cwd=repository, check=True, capture_output=True)
    acts = repository / "src" / "mahdar" / "lexicon" / "data" / "acts"
    for file in acts.glob("protest*.yaml"):
        file.unlink()
    return repository


def run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = str(repository / "scripts" / "diff_records.py")
    return subprocess.run([sys.executable, script, *arguments], cwd=repository, capture_output=True, text=True, encoding="utf-8", check=False)


def test_two_versions_read_the_same_articles(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("تظاهر مئات اليمنيين ضد الحوثيين في صنعاء.\nالتقى كيري لافروف في فيينا.", encoding="utf-8")
    done = run(checkout, "HEAD", str(tmp_path / "in.txt"), "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    events = data["counts"]["events"]
    assert data["articles"] == 1
    assert events["now"] == events["same"] + events["gained"] + events["changed"]
    assert events["base"] == events["same"] + events["lost"] + events["changed"]
    lost = [d for d in data["differences"] if d["change"] == "lost" and d["kind"] == "events"]
    assert ["PROTEST" in d["before"] for d in lost] == [True]
    assert lost[0]["sentence"] == "تظاهر مئات اليمنيين ضد الحوثيين في صنعاء."
    assert _worktrees(checkout) == 1


def _worktrees(repository: Path) -> int:
    done = subprocess.run(["git", "worktree", "list"], cwd=repository, capture_output=True, text=True, check=True)
    return len(done.stdout.splitlines())


def test_counts_come_first_and_lists_are_cut(checkout: Path) -> None:
    done = run(checkout, "HEAD", str(ROOT / "src" / "mahdar" / "samples"), "--limit", "3", "--kind", "events", "--show", "1")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("3 articles, HEAD (")
    assert lines[2].split() == ["base", "now", "same", "gained", "lost", "changed"]
    assert [line.split()[0] for line in lines[3:4]] == ["events"]
    assert "statements" not in done.stdout


def test_an_unknown_revision_is_an_error(checkout: Path) -> None:
    done = run(checkout, "no-such-revision")
    assert done.returncode == 1
    assert "no-such-revision" in done.stderr
    assert "Traceback" not in done.stderr
