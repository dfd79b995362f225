"""CSV, Parquet, web archives and feeds: each row, page and item gives its article or its message."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mahdar.errors import SourceError
from mahdar.record import Article
from mahdar.sources import read_articles
from mahdar.sources.web import plain_text

TEXT = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    "وقال كيري إن بلاده ترحب بالاتفاق الذي تم التوصل إليه مع الجانب الروسي."
)


def found(path: Path, **options: Any) -> list[Article | str]:
    return [item if isinstance(item, Article) else str(item).removeprefix(f"{path}:").strip() for item in read_articles([path], **options)]


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# ------------------------------------------------------------------------------------------ tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_csv_rows(tmp_path: Path, delimiter: str, encoding: str) -> None:
    quoted = '"' + TEXT.replace(". ", ".\n") + '"'
    lines = [["ID", "Text", "published", "note"], ["a", quoted, "2015-10-31", "x"], ["", TEXT, "", ""], ["c", "", "", ""], [], ["d", TEXT, "gestern", ""]]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    first, second, third, fourth = found(write(tmp_path, "x.csv.gz", gzip.compress(data)))
    assert first == Article("a", TEXT.replace(". ", ".\n"), published="2015-10-31")
    assert isinstance(second, Article)
    assert (second.text, second.id[:5]) == (TEXT, "text-")
    assert third == "5: field 'text' is empty"
    assert str(fourth).startswith("7: field 'published' must be an ISO date")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "empty file"),
        ("id,words\na,b\n", "no column 'text' in the first line; columns are id, text, title, published, source, url"),
        (b"\0\1\2\3", "binary data (NUL bytes), not text"),
    ],
)
def test_bad_csv(tmp_path: Path, data: str | bytes, message: str) -> None:
    assert found(write(tmp_path, "x.csv", data)) == [message]


def test_csv_with_a_quote_left_open(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", f'id,text\na,{TEXT}\nb,"{TEXT}' + f"\nc,{TEXT}" * 40)
    first, rest = found(path, limit=4000)
    assert isinstance(first, Article)
    assert "x.csv" not in str(rest)
    assert "longer than the limit" in str(rest) or "not valid CSV" in str(rest)


def test_csv_that_breaks_off_in_another_encoding(tmp_path: Path) -> None:
    data = f"id,text\na,{TEXT}\n".encode() * 3000 + b"b,\xe1\xe1\xe1\n"
    items = found(write(tmp_path, "x.csv", data))
    assert "not valid utf-8 after line" in str(items[-1])


def test_parquet_rows(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [
        {"id": "a", "text": TEXT, "published": datetime(2015, 10, 31, 9), "url": None},
        {"id": None, "text": TEXT, "published": None, "url": "https://news.example/1"},
        {"id": "c", "text": None, "published": None, "url": None},
    ]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "x.parquet")
    first, second, third = found(tmp_path / "x.parquet")
    assert first == Article("a", TEXT, published="2015-10-31T09:00:00")
    assert second == Article("https://news.example/1", TEXT, url="https://news.example/1")
    assert third == "3: missing field 'text'"
    days = arrow.table({"id": [7], "text": [TEXT], "published": [date(2015, 10, 31)]})
    parquet.write_table(days, tmp_path / "y.parquet")
    assert found(tmp_path / "y.parquet") == [Article("7", TEXT, published="2015-10-31")]
    parquet.write_table(arrow.table({"words": ["x"]}), tmp_path / "z.parquet")
    assert found(tmp_path / "z.parquet") == ["no column 'text'; columns are id, text, title, published, source, url"]
    assert "not a readable Parquet file" in str(found(write(tmp_path, "w.parquet", b"PAR1 and no more")))


# ------------------------------------------------------------------------------------------ web archives


def archive(*pages: tuple[str, str, bytes, int], kind: str = "response") -> bytes:
    """A web archive with one record a page: address, content type, body, HTTP status."""
    out = []
    for number, (address, content, body, status) in enumerate(pages):
        if kind == "response":
            body = f"HTTP/1.1 {status} OK\r\nContent-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            content = "application/http; msgtype=response"
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2015-10-31T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        out.append(head.encode() + body + b"\r\n\r\n")
    return b"".join(out)


def page(text: str = TEXT) -> bytes:
    return f"<html><head><title>لقاء</title></head><body><article><p>{text}</p></article></body></html>".encode()


def test_web_archive(tmp_path: Path) -> None:
    data = archive(
        ("https://news.example/1#top", "text/html; charset=utf-8", page(), 200),
        ("https://news.example/gone", "text/html", page(), 404),
        ("https://news.example/x.png", "image/png", b"\x89PNG", 200),
        ("https://news.example/en", "text/html", page("The ministers met in Vienna on Friday and agreed to meet again soon."), 200),
        ("https://news.example/2", "text/plain", TEXT.encode("cp1256"), 200),
    )
    for name, packed in (("x.warc", data), ("x.warc.gz", gzip.compress(data))):
        first, last = found(write(tmp_path, name, packed))  # the page in English is passed over
        assert isinstance(first, Article)
        assert (first.id, first.url, first.text) == ("https://news.example/1", "https://news.example/1", TEXT)
        assert last == Article("https://news.example/2", TEXT, url="https://news.example/2")


@pytest.mark.parametrize(
    ("content", "body", "outcome"),
    [
        ("text/html; charset=windows-1256", page().decode().encode("cp1256"), TEXT),  # the page itself says nothing of it
        ("text/html; charset=utf-8", page().decode().encode("cp1256"), TEXT),  # a server may be wrong
        ("text/html; charset=x-nothing", page(), TEXT),
        ("text/html", page("".join(f"&#{ord(letter)};" for letter in TEXT)), TEXT),
        ("text/html", page("آخرین خبرها را از این سایت بخوانید که در آن همه چیز برای شما نوشته شده است و باید خوانده شود."), "1: not an Arabic article: it seems to be Persian"),
        ("text/html", page("The ministers met in Vienna on Friday and agreed to meet again soon."), None),
        ("text/html; charset=windows-1251", page("Министры встретились в Вене и договорились.").decode().encode("cp1251", "replace"), "1: not an Arabic article: only 0%"),
        ("text/html", page("部長們週五在維也納會面並同意再次會面。"), None),
    ],
)
def test_languages_and_encodings_of_an_archive(tmp_path: Path, content: str, body: bytes, outcome: str | None) -> None:
    """None is passed over; an archive of the web is in all languages."""
    items = found(write(tmp_path, "x.warc", archive(("https://news.example/1", content, body, 200))))
    if outcome is None:
        assert items == []
    else:
        (item,) = items
        assert (item.text if isinstance(item, Article) else item).startswith(outcome)


def test_files_that_fsspec_reaches(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    system = fsspec.filesystem("memory")
    rows = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist([{"id": "p", "text": TEXT}]), rows)
    for name, data in {
        "a.jsonl.gz": gzip.compress(json.dumps({"id": "a", "text": TEXT}).encode()), "below/b.txt": TEXT.encode("cp1256"), "c.parquet": rows.getvalue(),
        "d.warc": archive(("https://news.example/9", "text/html", page(), 200)), ".hidden.txt": b"x", "e.doc": b"x",
    }.items():  # fmt: skip
        system.pipe_file(f"/sources/{name}", data)
    items = list(read_articles(["memory://sources"]))
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "b", "p", "https://news.example/9"]
    assert len(items) == 4
    (one,) = read_articles(["memory://sources/below/b.txt"])
    assert one == Article("b", TEXT)
    assert [str(item) for item in read_articles(["memory://sources/none.txt", "memory://nothing/*.txt", "xyz://a/b"])] == [
        "memory://sources/none.txt: no such file",
        "memory://nothing/*.txt: no articles there (looked for .txt .html .htm .jsonl .ndjson .json .csv .tsv .parquet .warc .rss .atom .xml, each also .gz)",
        "xyz://a/b: cannot be reached: Protocol not known: xyz",
    ]


def test_web_archive_of_extracted_text(tmp_path: Path) -> None:
    data = archive(("https://news.example/1", "text/plain", TEXT.encode(), 0), kind="conversion")
    assert found(write(tmp_path, "x.warc", data)) == [Article("https://news.example/1", TEXT, url="https://news.example/1")]


def test_damaged_archives(tmp_path: Path) -> None:
    data = archive(("https://news.example/1", "text/html", page(), 200), ("https://news.example/2", "text/html", page(), 200))
    items = found(write(tmp_path, "x.warc.gz", gzip.compress(data)[:-40]))
    assert "corrupt gzip" in str(items[-1]) or "damaged" in str(items[-1])
    assert "web archive" in str(found(write(tmp_path, "y.warc", "no archive at all\r\n"))) or "no web pages" in str(found(tmp_path / "y.warc"))


# ------------------------------------------------------------------------------------------ feeds

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>وكالة المثال</title>
<item><title>لقاء &amp; اتفاق</title><link>https://news.example/1#comments</link><pubDate>Sat, 31 Oct 2015 01:00:00 +0300</pubDate>
<description>موجز</description><content:encoded><![CDATA[<p>{TEXT}</p><script>x()</script><p>انتهى</p>]]></content:encoded></item>
<item><guid isPermaLink="false">tag:7</guid><description>{TEXT}</description></item>
<item><title>بلا نص</title></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>س</title><entry><id>urn:1</id>
<link href="https://news.example/2"/><published>2015-10-31T10:00:00Z</published><content type="html">&lt;b&gt;{TEXT}&lt;/b&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    first, second, third = found(write(tmp_path, "x.rss", RSS))
    url = "https://news.example/1"
    assert first == Article(url, f"{TEXT}\nانتهى", "لقاء & اتفاق", "2015-10-31T01:00:00+03:00", "وكالة المثال", url)
    assert isinstance(second, Article)
    assert (second.id, second.published) == ("tag:7", None)
    assert third == "3: this item of the feed has no text"


def test_atom_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ATOM.encode())))
    (item,) = read_articles(["-"])
    assert item == Article("https://news.example/2", TEXT, "", "2015-10-31T10:00:00Z", "س", "https://news.example/2")


def test_no_feed(tmp_path: Path) -> None:
    assert found(write(tmp_path, "x.xml", "<?xml version='1.0'?><urlset><url/></urlset>")) == ["not an RSS or Atom feed"]


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("قال", "قال"),
        ("<p>قال</p><p>وأضاف <b>أن</b> ذلك<!-- x --> تم</p>", "قال\nوأضاف أن ذلك تم"),
        ("<div>قال<br>ثم <a href='x'>هنا</a> <style>p {}</style>انتهى</div>", "قال\nثم هنا انتهى"),
        ("أ &amp; ب", "أ & ب"),
        ("<figure><p>صورة</p></figure>خبر", "خبر"),
        ("<", "<"),
    ],
)
def test_text_of_html_fragments(fragment: str, text: str) -> None:
    assert plain_text(fragment) == text


def test_a_folder_with_all_of_them(tmp_path: Path) -> None:
    write(tmp_path, "1.csv", f"id,text\na,{TEXT}\n")
    write(tmp_path, "2.jsonl", json.dumps({"id": "b", "text": TEXT}))
    write(tmp_path, "3.xml", ATOM)
    write(tmp_path, "4.warc", archive(("https://news.example/9", "text/html", page(), 200)))
    items = list(read_articles([tmp_path]))
    assert not [item for item in items if isinstance(item, SourceError)]
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "b", "https://news.example/2", "https://news.example/9"]
