"""The API against a real server: the register's own rows in every form, errors in one shape, and nothing changed without a token for it."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import news
import pytest
from questions_asked import ASKED
from serving import Served, mahdar

import mahdar as package
from mahdar.register.questions import Register
from mahdar.server.questions import QUESTIONS


@pytest.fixture(scope="session")
def described(served: Served) -> dict[str, Any]:
    found: dict[str, Any] = served.get("/api/v1/openapi.json").json()
    return found


def question(register: Register, name: str, **asked: Any) -> Any:
    return getattr(register, name)(*([asked.pop("q")] if "q" in asked else []), **asked)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ASKED)])
def test_a_question_has_the_registers_rows_in_every_form(served: Served, register: Register, described: dict[str, Any], name: str, asked: dict[str, Any]) -> None:
    rows = question(register, name, **asked).rows()
    assert rows, "the test asks for something that is there"
    answer = served.get(f"/api/v1/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["data"] == json.loads(json.dumps([row.to_json() for row in rows[:50]]))
    schema = {"$ref": f"#/components/schemas/{rows[0].__class__.__name__}", "components": described["components"]}
    for row in page["data"]:
        jsonschema.validate(row, schema)
        assert row["article"]
        assert len(row.get("span") or row["matches"][0]) == 2
    lines = served.get(f"/api/v1/{name}", params=asked, headers={"Accept": "application/x-ndjson"})
    assert [json.loads(line) for line in lines.text.splitlines()] == page["data"]
    table = served.get(f"/api/v1/{name}", params={**asked, "format": "csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    cells = list(csv.DictReader(io.StringIO(table.content.decode(), newline="")))
    assert len(cells) == len(page["data"])
    assert tuple(cells[0]) == rows[0].columns


def test_every_question_is_asked() -> None:
    assert {name for name, _ in ASKED} == {each.name for each in QUESTIONS}


@pytest.mark.parametrize("name", ["events", "occurrences", "statements", "articles", "actors", "positions"])
def test_pages_follow_each_other_without_gap_or_double(served: Served, register: Register, name: str) -> None:
    address: str | None = f"/api/v1/{name}?limit=7"
    found: list[Any] = []
    while address:
        answer = served.get(address)
        page = answer.json()
        found += page["data"]
        address = page["links"]["next"]
        assert (f'<{address}>; rel="next"' == answer.headers.get("link")) is (address is not None)
    assert found == json.loads(json.dumps([row.to_json() for row in getattr(register, name)()]))


def test_two_actors_may_be_given_in_one_field(served: Served) -> None:
    two = served.get("/api/v1/occurrences?between=RUS&between=USA").json()["data"]
    assert two
    assert served.get("/api/v1/occurrences?between=USA,RUS").json()["data"] == two


# (address, status, what it says)
WRONG = [
    ("/api/v1/events?actor=Nobodyville", 400, "nobody called 'Nobodyville' is known"),
    ("/api/v1/events?type=MEET", 400, "type 'MEET' is not known"),
    ("/api/v1/events?since=yesterday", 400, "since is 'yesterday'"),
    ("/api/v1/events?since=2016&until=2015", 400, "is later than until"),
    ("/api/v1/events?between=RUS", 400, "between needs two actors"),
    ("/api/v1/events?after=nonsense", 400, "no place to go on after"),
    ("/api/v1/events?colour=red", 400, "cannot be filtered by colour"),
    ("/api/v1/meetings?type=AID", 400, "cannot be filtered by type"),
    ("/api/v1/events?limit=2000", 400, "JSON comes in pages of 1000"),
    ("/api/v1/events?limit=0", 422, "greater than or equal to 1"),
    ("/api/v1/events?limit=x", 422, "valid integer"),
    ("/api/v1/events?format=xml", 422, "'json', 'jsonl' or 'csv'"),
    ("/api/v1/events?actor=%00", 400, "U+0000"),
    ("/api/v1/pairs", 400, "pairs need two actors"),
    ("/api/v1/stances", 400, "stances are asked for of an actor"),
    ("/api/v1/changes?actor=sergey-lavrov", 400, "is a person"),
    ("/api/v1/search", 422, "Field required"),
    ("/api/v1/search?q=-x", 400, "search needs a word"),
    ("/api/v1/articles/none", 404, "no such article"),
    ("/api/v1/articles/vienna-a?version=7", 404, "in this version"),
    ("/api/v1/occurrences/o0", 404, "no such occurrence"),
    ("/api/v1/briefs/assad-futur", 400, "did you mean assad-future?"),
    ("/api/v1/nothing", 404, "Not Found"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "status", "words"), WRONG, ids=[address for address, _, _ in WRONG])
def test_errors_have_one_shape(served: Served, address: str, status: int, words: str) -> None:
    answer = served.get(address)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert problem["status"] == status
    assert problem["type"].startswith("urn:mahdar:problem:")
    assert words in problem["detail"]


def test_a_form_nobody_has_is_refused(served: Served) -> None:
    assert served.get("/api/v1/events", headers={"Accept": "image/png"}).status_code == 406
    assert served.get("/api/v1/events", headers={"Accept": "text/csv;q=0.5, application/json;q=0.9"}).headers["content-type"] == "application/json"
    assert served.get("/api/v1/events", headers={"Accept": "text/csv;q=nan, image/png"}).status_code == 406


def test_single_things(served: Served, register: Register) -> None:
    article = served.get("/api/v1/articles/vienna-a").json()
    report = register.article("vienna-a")
    assert report is not None
    assert {key: article[key] for key in report.record.to_json()} == report.record.to_json()
    assert article["text"] == news.REPORTS[3]["text"]
    hostile = served.get("/api/v1/articles/" + httpx.URL("http://x/").copy_with(path="/" + news.HOSTILE[0]["id"]).raw_path.decode()[1:]).json()
    assert hostile["text"] == news.HOSTILE[0]["text"]
    (met,) = (row for row in register.occurrences(between=("RUS", "USA")) if len(row.quotes) > 1)
    assert served.get(f"/api/v1/occurrences/{met.id}").json() == json.loads(json.dumps(met.to_json()))
    assert served.get("/api/v1/briefs/assad-future").json() == json.loads(json.dumps(register.brief("assad-future").to_json()))
    partners = served.get("/api/v1/partners?actor=RUS&limit=3").json()["data"]
    assert [row["code"] for row in partners][:1] == ["USA"]
    assert served.get("/api/v1/partners?actor=RUS&limit=3&format=csv").text.startswith("code,name,name_en,events,cooperation,conflict\r\n")
    assert sum(row["occurrences"] for row in served.get("/api/v1/activity?of=RUS").json()["data"]) == len(
        [row for row in register.occurrences(actor="RUS") if row.day]
    )
    assert len(served.get("/api/v1/vocabulary").json()["issues"]) == 18


def test_answers_are_kept_until_the_register_changes(serve: Callable[..., Served], tmp_path: Path) -> None:
    news.write(tmp_path / "news.jsonl")
    mahdar("ingest", str(tmp_path / "news.jsonl"), "--register", str(tmp_path / "own.db"), "--workers", "0", "--quiet")
    running = serve(register=tmp_path / "own.db")
    first = running.get("/api/v1/articles")
    etag = first.headers["etag"]
    again = running.get("/api/v1/articles", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert running.get("/en/", headers={"If-None-Match": running.get("/en/").headers["etag"]}).status_code == 304
    news.write(tmp_path / "more.jsonl", {**news.REPORTS[0], "id": "another", "text": news.REPORTS[0]["text"] + "\nوأضاف."})
    mahdar("ingest", str(tmp_path / "more.jsonl"), "--register", str(tmp_path / "own.db"), "--workers", "0", "--quiet")
    changed = running.get("/api/v1/articles", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert len(changed.json()["data"]) == len(first.json()["data"]) + 1


def test_answers_are_compressed_for_those_who_take_it(served: Served) -> None:
    with httpx.stream("GET", served.base + "/api/v1/events", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    plain = served.get("/api/v1/events", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_a_head_has_no_body(served: Served) -> None:
    answer = httpx.head(served.base + "/api/v1/events")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_text_is_read_as_in_python_and_not_stored(served: Served) -> None:
    before = served.get("/api/v1/articles").json()
    text = {"text": news.REPORTS[5]["text"], "published": "2014-09-15"}
    answer = httpx.post(served.base + "/api/v1/read", json=text, timeout=90)
    assert answer.json() == package.read(**text).to_json()
    assert served.get("/api/v1/articles").json() == before


# (body, headers, status)
REFUSED_TEXTS: list[tuple[Any, dict[str, str], int]] = [
    (b"", {}, 422),
    (b"{", {"Content-Type": "application/json"}, 422),
    (json.dumps({"text": ""}).encode(), {"Content-Type": "application/json"}, 422),
    (json.dumps({"text": "x", "colour": 1}).encode(), {"Content-Type": "application/json"}, 422),
    (json.dumps({"text": "x", "published": "gestern"}).encode(), {"Content-Type": "application/json"}, 422),
    (json.dumps({"text": "\ud800"}).encode(), {"Content-Type": "application/json"}, 422),
    (json.dumps({"text": "ا" * 200_001}).encode(), {"Content-Type": "application/json"}, 413),
    (b" " * 2_000_001, {"Content-Type": "application/json"}, 413),
    (json.dumps({"text": "x"}).encode(), {"Content-Type": "application/json", "Origin": "https://evil.example"}, 403),
    (json.dumps({"text": "x"}).encode(), {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}, 403),
]


@pytest.mark.parametrize(("body", "headers", "status"), REFUSED_TEXTS, ids=[str(number) for number in range(len(REFUSED_TEXTS))])
def test_texts_that_are_not_read(served: Served, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = httpx.post(served.base + "/api/v1/read", content=body, headers=headers, timeout=30)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_sent_in_pieces_is_measured_too(served: Served) -> None:
    def pieces() -> Any:
        for _ in range(30):
            yield b" " * 100_000

    with contextlib.suppress(httpx.WriteError):  # the server may have hung up before all of it was sent
        assert httpx.post(served.base + "/api/v1/read", content=pieces(), timeout=30).status_code == 413


# ---------------------------------------------------------------------------------------------------- who may do what


def test_another_host_name_is_refused(served: Served) -> None:
    assert served.get("/api/v1/events", headers={"Host": "evil.example"}).status_code == 421


def test_every_answer_bears_the_headers_that_keep_browsers_safe(served: Served) -> None:
    for address in ("/en/", "/api/v1/events", "/static/app.js", "/nothing", "/healthz"):
        headers = served.get(address).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert "server" not in headers


# Whatever would change something: (method, path, body)
WRITES = [
    ("POST", "/api/v1/articles", {"id": "new", "text": "التقى كيري لافروف.", "published": "2015-10-30"}),
    ("POST", "/api/v1/rulings", {"actor": "RUS", "other": "USA"}),
    ("DELETE", "/api/v1/rulings/1", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=[path for _, path, _ in WRITES])
def test_writing_needs_a_token_that_may_write(served: Served, method: str, path: str, body: Any) -> None:
    reading = mahdar("token", "create", "--tokens", str(served.tokens)).stdout.strip()
    for headers, status in (({}, 403), ({"Authorization": f"Bearer {reading}"}, 403), ({"Authorization": "Bearer mahdar_x"}, 401)):
        answer = httpx.request(method, served.base + path, json=body, headers=headers)
        assert answer.status_code == status, answer.text


def test_a_write_token_stores_articles_and_says_who_is_who(serve: Callable[..., Served], tmp_path: Path) -> None:
    news.write(tmp_path / "news.jsonl")
    mahdar("ingest", str(tmp_path / "news.jsonl"), "--register", str(tmp_path / "own.db"), "--workers", "0", "--quiet")
    running = serve(register=tmp_path / "own.db")
    writing = mahdar("token", "create", "--scope", "write", "--tokens", str(running.tokens)).stdout.strip()
    headers = {"Authorization": f"Bearer {writing}"}
    body = {"id": "new", "text": "قال سالم بن ماجد الماجدي، المتحدث باسم الخارجية العمانية، إن المحادثات مفيدة.", "published": "2015-10-30"}
    for expected in ({"new": 1, "changed": 0, "same": 0, "problems": []}, {"new": 0, "changed": 0, "same": 1, "problems": []}):
        answer = httpx.post(running.base + "/api/v1/articles", json=body, headers=headers, timeout=90)
        assert answer.json() == expected
    assert running.get("/api/v1/articles/new").json()["text"] == body["text"]
    assert httpx.post(running.base + "/api/v1/articles", json={**body, "id": "text"}, headers=headers).status_code == 422
    ruled = httpx.post(running.base + "/api/v1/rulings", json={"actor": "sergey-lavrov", "other": "john-kerry"}, headers=headers, timeout=30).json()
    assert ruled["changed"] > 0
    assert [row["number"] for row in running.get("/api/v1/rulings").json()["data"]] == [ruled["number"]]
    assert httpx.post(running.base + "/api/v1/rulings", json={"actor": "sergey-lavrov", "other": "john-kerry"}, headers=headers, timeout=30).status_code in (400, 409)
    assert httpx.delete(f"{running.base}/api/v1/rulings/{ruled['number']}", headers=headers, timeout=30).json() == {"changed": ruled["changed"]}
    assert httpx.delete(f"{running.base}/api/v1/rulings/{ruled['number']}", headers=headers).status_code == 409


def test_where_tokens_are_needed_nobody_reads_without(serve: Callable[..., Served], place: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens.json"
    refused = mahdar("serve", "--host", "0.0.0.0", "--register", str(place / "news.db"), "--tokens", str(tokens), status=1)
    assert "readers need a token" in refused.stderr
    made = mahdar("token", "create", "--label", "desk", "--tokens", str(tokens))
    secret = made.stdout.strip()
    gone = mahdar("token", "create", "--days", "0.00001", "--tokens", str(tokens)).stdout.strip()
    assert secret not in tokens.read_text(encoding="utf-8")
    assert tokens.stat().st_mode & 0o077 == 0
    running = serve("--host", "0.0.0.0", "--tokens", str(tokens))
    base = re.sub(r"//[^:]+", "//127.0.0.1", running.base)
    time.sleep(1)  # till the second has expired
    for path in ("/api/v1/events", "/metrics", "/mcp", "/api/v1/openapi.json"):
        for headers in ({}, {"Authorization": f"Bearer {gone}"}, {"Authorization": "Bearer x"}, {"Cookie": "mahdar=x"}):
            answer = httpx.get(base + path, headers=headers)
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert httpx.get(base + "/healthz").text == "ok\n"
    asked = httpx.get(base + "/en/actors/RUS?x=1", headers={"Accept": "text/html"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=%2Fen%2Factors%2FRUS%3Fx%3D1")
    with httpx.Client(base_url=base) as client:
        assert client.post("/login", data={"token": "wrong", "next": "/"}).status_code == 401
        entered = client.post("/login", data={"token": secret, "next": "//evil.example/"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert "SameSite=strict" in entered.headers["set-cookie"]
        assert client.get("/en/").status_code == 200
        assert client.post("/api/v1/read", json={"text": "x"}).status_code == 403  # by cookie, and not from a page of ours
        assert httpx.get(base + "/api/v1/events", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
        number = made.stderr.split("token ")[1].split()[0]
        mahdar("token", "revoke", number, "--tokens", str(tokens))
        assert client.get("/en/", headers={"Accept": "text/html"}).status_code == 303
        assert httpx.get(base + "/api/v1/events", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_who_asks_too_fast_waits(serve: Callable[..., Served]) -> None:
    running = serve("--rate", "0.1")  # the first is answered, then none for ten seconds
    answers = [running.get("/healthz") for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status_code == 429)


def test_what_the_server_tells_of_itself(serve: Callable[..., Served]) -> None:
    running = serve()
    running.get("/api/v1/search", params={"q": "كلمة سرية"})
    running.get("/en/search", params={"q": "كلمة سرية"})
    httpx.post(running.base + "/api/v1/read", json={"text": "نص سري جدا"}, timeout=90)
    told = running.get("/metrics").text
    assert 'mahdar_requests_total{route="api",method="GET",status="200"} 1' in told
    assert 'mahdar_request_seconds_bucket{route="en",le="+Inf"} 1' in told
    assert running.end() == 0
    log = running.log.read_text(encoding="utf-8")
    assert "GET /api/v1/search 200" in log
    assert "سري" not in log
    assert "%D8" not in log


def test_a_request_under_way_is_answered_before_the_end(serve: Callable[..., Served]) -> None:
    running = serve()
    with httpx.stream("GET", running.base + "/api/v1/statements?format=jsonl&limit=10000", timeout=30) as answer:
        begun = answer.iter_lines()
        json.loads(next(begun))
        running.process.terminate()
        assert all(json.loads(line) for line in begun)
    assert running.process.wait(20) == 0


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from mahdar.cli import serve as module
    from mahdar.cli.main import main

    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "mcp" else object())
    for command in ("serve", "mcp"):
        done = CliRunner().invoke(main, [command])
        assert done.exit_code == 1
        assert "pip install 'mahdar[server]' (missing: mcp)" in done.output


def test_a_port_that_is_taken_is_told(served: Served, place: Path) -> None:
    port = served.base.rsplit(":", 1)[1]
    done = mahdar("serve", "--port", port, "--register", str(place / "news.db"), status=1)
    assert f"127.0.0.1:{port}: cannot be listened on" in done.stderr
