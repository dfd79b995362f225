"""Good and bad inputs: each gives its article or its message, in order, and never stops the rest."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from mahdar.errors import SourceError
from mahdar.record import Article
from mahdar.sources import read_articles
from mahdar.sources.decode import decode
from mahdar.sources.formats import is_date
from mahdar.sources.language import written_in

TEXT = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    "وقال كيري إن بلاده ترحب بالاتفاق الذي تم التوصل إليه مع الجانب الروسي."
)
PERSIAN = (
    "وزیر امور خارجه ایران روز جمعه در وین با همتای روسی خود دیدار کرد و گفت که این توافق برای منطقه مهم است. "
    "او افزود که مذاکرات ادامه خواهد داشت و تهران از این روند حمایت می کند."
)
URDU = (
    "وزیر خارجہ نے جمعہ کے روز ویانا میں اپنے روسی ہم منصب سے ملاقات کی اور کہا کہ یہ معاہدہ خطے کے لیے اہم ہے۔ "
    "انہوں نے کہا کہ مذاکرات جاری رہیں گے اور ان کا ملک اس عمل کی حمایت کرتا ہے۔"
)


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "text": TEXT, **fields}, ensure_ascii=False)


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only(path: Path, **options: Any) -> Article | SourceError:
    found = list(read_articles([path], **options))
    assert len(found) == 1, found
    return found[0]


def good(path: Path, **options: Any) -> Article:
    found = only(path, **options)
    assert isinstance(found, Article), found
    return found


def bad(path: Path, **options: Any) -> str:
    found = only(path, **options)
    assert isinstance(found, SourceError), found
    assert found.where == str(path)
    assert str(found).startswith(f"{path}:")
    return str(found)


# ------------------------------------------------------------------------------------------ formats


def test_text_is_kept_whole(tmp_path: Path) -> None:
    article = good(write(tmp_path, "report.one.txt", f"\n{TEXT}\r\n"))
    assert article == Article("report.one", f"\n{TEXT}\r\n")


def test_packed_text(tmp_path: Path) -> None:
    assert good(write(tmp_path, "report.txt.gz", gzip.compress(TEXT.encode()))) == Article("report", TEXT)


def test_json_lines_carry_their_fields(tmp_path: Path) -> None:
    row = line(title="ت", published="2015-08-05T10:00:00Z", source="س", url="https://news.example/1", topic="x")
    article = good(write(tmp_path, "x.jsonl", f"\n{row}\n\n"))
    assert article == Article("a", TEXT, "ت", "2015-08-05T10:00:00Z", "س", "https://news.example/1")


def test_nulls_and_number_ids_are_fine(tmp_path: Path) -> None:
    row = line(id=7, title=None, published=None, source=None)
    assert good(write(tmp_path, "x.ndjson", row)) == Article("7", TEXT)


def test_json_object_and_array(tmp_path: Path) -> None:
    assert good(write(tmp_path, "one.json", json.dumps({"id": "a", "text": TEXT}, indent=2))).id == "a"
    rows = [json.loads(line(id=key)) for key in "ab"]
    found = list(read_articles([write(tmp_path, "two.json", json.dumps([*rows, 3]))]))
    assert [item.id for item in found[:2] if isinstance(item, Article)] == ["a", "b"]
    assert str(found[2]).endswith("two.json:3: an article must be a JSON object, not a number")


def test_html_page(samples: Path) -> None:
    article = good(samples / "paris-2016.html")
    assert article.id == "paris-2016"
    assert article.title == "باريس تستضيف اجتماعا دوليا لإحياء عملية السلام"
    assert article.published == "2016-06-03"
    assert article.url == "https://news.example/2016/06/03/paris"
    assert "افتتح الرئيس الفرنسي" in article.text
    for furniture in ("الأكثر قراءة", "شارك الخبر", "أضف تعليقك", "جميع الحقوق", "من نحن"):
        assert furniture not in article.text


def test_windows_sample(samples: Path) -> None:
    article = good(samples / "skhirat-2015-windows-1256.txt")
    assert article.text.startswith("الصخيرات (المغرب) ـ 17 دجنبر 2015\r\n")


def test_folders_are_read_sorted_and_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    write(tmp_path / "b", "z.txt", TEXT)
    write(tmp_path / ".hidden", "h.txt", TEXT)
    write(tmp_path, "c.txt.gz", gzip.compress(TEXT.encode()))
    write(tmp_path, "a.jsonl", line(id="first") + "\n" + line(id="second"))
    write(tmp_path, "image.png", b"\x89PNG\0")
    write(tmp_path, "README", TEXT)
    assert [item.id for item in read_articles([tmp_path]) if isinstance(item, Article)] == ["first", "second", "c", "z"]


def test_folder_without_articles(tmp_path: Path) -> None:
    assert "no articles in this folder" in bad(tmp_path)


@pytest.mark.parametrize(
    ("data", "key"),
    [(TEXT, "stdin"), (line(), "a"), ("[" + line() + "]", "a"), (f"<html><body><p>{TEXT}</p></body></html>", "stdin")],
    ids=["text", "json lines", "json", "html"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_told_by_its_start(
    data: str, key: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = data.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(raw) if packed else raw)))
    (found,) = read_articles(["-"])
    assert isinstance(found, Article), found
    assert found.id == key


def test_standard_input_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (found,) = read_articles(["-"])
    assert str(found) == "<stdin>: empty file"


# ------------------------------------------------------------------------------------------ encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1256", "iso-8859-6"])
@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, suffix: str) -> None:
    if suffix == "jsonl" and encoding == "utf-16-le":
        pytest.skip("JSON lines in UTF-16 need their mark")
    data = (TEXT if suffix == "txt" else line() + "\n").encode(encoding)
    assert good(write(tmp_path, f"x.{suffix}", data)).text == TEXT


def test_wide_json_lines(tmp_path: Path) -> None:
    rows = "".join(line(id=f"a{n}") + "\n" for n in range(3)) + "{oops\n" + line(id="last")
    found = list(read_articles([write(tmp_path, "x.jsonl", rows.encode("utf-16"))]))
    assert [getattr(item, "id", None) for item in found] == ["a0", "a1", "a2", None, "last"]
    assert "x.jsonl:4: not valid JSON" in str(found[3])


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-8"])
def test_html_declares_its_encoding(tmp_path: Path, encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><article><p>{TEXT}</p></article></body>'
    assert TEXT[:60] in good(write(tmp_path, "x.html", page.encode(encoding))).text


def test_a_wrong_declaration_is_seen_through(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="ascii"></head><body><article><p>{TEXT}</p></article></body></html>'
    assert TEXT[:60] in good(write(tmp_path, "x.html", page)).text


def test_forced_encoding(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", TEXT.encode("cp1256"))
    assert good(path, encoding="cp1256").text == TEXT
    assert "not valid utf-8 at byte 0" in bad(path, encoding="utf-8")
    with pytest.raises(LookupError):
        list(read_articles([path], encoding="no-such"))


def test_french_quotes_in_windows_1256_survive() -> None:
    text = f"«{TEXT}» – وزير"
    assert decode(text.encode("cp1256")) == text


# ------------------------------------------------------------------------------------------ bad input


def test_missing_file(tmp_path: Path) -> None:
    assert bad(tmp_path / "none.txt").endswith("none.txt: no such file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", TEXT)
    path.chmod(0)
    assert "cannot be read" in bad(path)


def test_a_name_that_cannot_be_a_file() -> None:
    (found,) = read_articles(["a\0b.txt"])
    assert isinstance(found, SourceError)


@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl", "json", "txt.gz"])
@pytest.mark.parametrize("data", [b"", b"  \n\n "])
def test_empty(tmp_path: Path, suffix: str, data: bytes) -> None:
    packed = gzip.compress(data) if suffix.endswith("gz") else data
    assert bad(write(tmp_path, f"x.{suffix}", packed)).endswith(": empty file")


@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl", "json", "pdf"])
def test_binary(tmp_path: Path, suffix: str) -> None:
    data = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" + bytes(range(256)) * 20
    assert "binary data" in bad(write(tmp_path, f"x.{suffix}", data))


def test_undecodable(tmp_path: Path) -> None:
    assert "known Arabic encoding" in bad(write(tmp_path, "x.txt", bytes(range(0x81, 0xA0)) * 30))


def test_damaged_utf8_says_where(tmp_path: Path) -> None:
    data = (TEXT * 3).encode()
    message = bad(write(tmp_path, "x.txt", data[:101] + data[102:]))
    assert "damaged UTF-8" in message
    assert "at character" in message


@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_corrupt_gzip(tmp_path: Path, suffix: str) -> None:
    packed = gzip.compress((TEXT if suffix == "txt" else line()).encode())
    assert "corrupt gzip" in bad(write(tmp_path, f"a.{suffix}.gz", packed[: len(packed) // 2]))
    assert "corrupt gzip" in bad(write(tmp_path, f"b.{suffix}.gz", packed[:12] + b"\xff" * 40 + packed[40:]))
    assert "corrupt gzip" in bad(write(tmp_path, f"c.{suffix}.gz", b"not gzip at all"))


def test_lines_before_the_damage_are_read(tmp_path: Path) -> None:
    rows = "".join(line(id=f"a{n}", nonce=os.urandom(300).hex()) + "\n" for n in range(300)).encode()
    packed = gzip.compress(rows)
    found = list(read_articles([write(tmp_path, "x.jsonl.gz", packed[: len(packed) // 2])]))
    assert len(found) > 50
    assert all(isinstance(item, Article) for item in found[:-1])
    assert "corrupt gzip" in str(found[-1])


BAD_LINES = [
    (line()[:-40], "JSON is cut off"),
    (line()[:9], "JSON is cut off"),
    ('{"id": "a", "text": oops}', "not valid JSON: Expecting value at column 21"),
    ("[1, 2]", "an article must be a JSON object, not a list"),
    ('"x"', "an article must be a JSON object, not a string"),
    ("[" * 100_000, "not valid JSON"),
    ('{"n": ' + "9" * 5000 + "}", "not valid JSON"),
    (json.dumps({"text": TEXT}), "missing field 'id'"),
    (line(id=""), "missing field 'id'"),
    (line(id=["a"]), "field 'id' must be a string, not a list"),
    (line(id=True), "field 'id' must be a string, not a truth value"),
    ('{"id": "a"}', "missing field 'text'"),
    (line(text=5), "field 'text' must be a string, not a number"),
    (line(text=" \n"), "field 'text' is empty"),
    (line(title=[1]), "field 'title' must be a string, not a list"),
    (line(url={"a": 1}), "field 'url' must be a string, not an object"),
    (line(published="5 آب 2015"), "field 'published' must be an ISO date"),
    (line(published="2015-02-30"), "field 'published' must be an ISO date"),
    (line(published=20150805), "field 'published' must be an ISO date"),
    (line(text=TEXT + "\ud83d").encode("utf-8", "surrogatepass"), "damaged UTF-8"),
    (json.dumps({"id": "a", "text": TEXT + "\ud800"}), "field 'text' holds half a character (\\ud800"),
    (json.dumps({"id": "\udc00", "text": TEXT}), "field 'id' holds half a character (\\udc00"),
    (line(text="The two ministers met in Vienna on Friday."), "not an Arabic article: only 0%"),
    (line(text=PERSIAN), "seems to be Persian"),
    (line(text=URDU), "seems to be Urdu"),
    (line(text="123 456"), "no letters"),
]


@pytest.mark.parametrize(("broken", "message"), BAD_LINES, ids=[str(n) for n in range(len(BAD_LINES))])
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, broken: str | bytes, message: str) -> None:
    data = broken if isinstance(broken, bytes) else broken.encode()
    path = write(tmp_path, "x.jsonl", line(id="one").encode() + b"\n" + data + b"\n" + line(id="three").encode())
    first, error, last = read_articles([path])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, SourceError)
    assert str(error).startswith(f"{path}:2: ")
    assert message in str(error)
    str(error).encode("utf-8")


def test_a_surrogate_pair_is_one_character(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": TEXT + " \U0001f54a"})
    assert "\\ud83d" in row
    assert good(write(tmp_path, "x.jsonl", row)).text.endswith("\U0001f54a")


def test_duplicate_ids_name_the_first(tmp_path: Path) -> None:
    one = write(tmp_path, "one.jsonl", line(id="x") + "\n" + line(id="same"))
    two = write(tmp_path, "two.jsonl", line(id="same") + "\n" + line(id="y"))
    found = list(read_articles([one, two]))
    assert [getattr(item, "id", None) for item in found] == ["x", "same", None, "y"]
    assert str(found[2]) == f"{two}:1: duplicate id 'same', first seen at {one}:2"


def test_the_same_file_twice(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", TEXT)
    first, second = read_articles([path, path])
    assert isinstance(first, Article)
    assert isinstance(second, SourceError)
    assert "duplicate id 'x'" in str(second)


def test_html_without_text(tmp_path: Path) -> None:
    page = "<html><head><title>x</title></head><body><nav><a href='/'>الرئيسية</a></nav><img src=x></body></html>"
    assert "no article text" in bad(write(tmp_path, "x.html", page))


def test_html_that_is_no_html(tmp_path: Path) -> None:
    assert isinstance(only(write(tmp_path, "x.html", "<" * 5000)), SourceError)


def test_too_large(tmp_path: Path) -> None:
    big = (TEXT + "\n") * 50
    assert "larger than the limit of 0.001 MB" in bad(write(tmp_path, "x.txt", big), limit=1000)
    assert "larger than" in bad(write(tmp_path, "x.txt.gz", gzip.compress(big.encode())), limit=1000)
    path = write(tmp_path, "x.jsonl", line(text=big) + "\n" + line(id="b"))
    found = list(read_articles([path], limit=1000))
    assert "x.jsonl:1: larger than the limit" in str(found[0])
    assert isinstance(found[1], Article)


def test_ten_megabytes_are_read(tmp_path: Path) -> None:
    big = (TEXT + "\n") * (10_000_000 // len(TEXT.encode()))
    assert good(write(tmp_path, "x.txt", big)).text == big
    assert good(write(tmp_path, "x.jsonl", line(text=big))).text == big


# ------------------------------------------------------------------------------------------ language


def test_languages() -> None:
    assert written_in(TEXT) == "Arabic"
    assert written_in(PERSIAN) == "Persian"
    assert written_in(PERSIAN.replace("ی", "ي").replace("ک", "ك")) == "Persian"
    assert written_in(URDU) == "Urdu"


def test_arabic_on_a_persian_keyboard_is_arabic(tmp_path: Path) -> None:
    text = TEXT.replace("ي", "ی").replace("ك", "ک").replace("سیرغی", "سيرگی")
    assert good(write(tmp_path, "x.txt", text)).text == text


def test_mixed_articles_are_arabic(tmp_path: Path) -> None:
    assert good(write(tmp_path, "x.txt", TEXT + " (CNN, Reuters, Agence France-Presse)")).text


@pytest.mark.parametrize("value", ["2015-08-05", "2015-08-05T10:00", "2015-08-05 10:00:00+03:00"])
def test_dates(value: str) -> None:
    assert is_date(value)


@pytest.mark.parametrize("value", ["2015", "2015-8-5", "20150805", "2015-W32-3", "2015-13-01", "2015-08-05T25:00", "x"])
def test_not_dates(value: str) -> None:
    assert not is_date(value)
