"""How fast a web archive is gone through: a made one, packed as Common Crawl packs them, of pages in many languages of which few are Arabic.

Pages are articles of the corpus in the markup of a news site (menus, links, scripts) of about ``--kilobytes`` each, the foreign ones with their letters replaced. Given are
processor seconds for a gigabyte of the packed archive and for a page of each sort, so that an archive of any mixture can be reckoned.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from read_speed import load

from mahdar import Article, read_articles

_LATIN = {ord(letter): "abcdefghijklmnopqrstuvwxyz"[number % 26] for number, letter in enumerate("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؛؟ًٌٍَُِّْـ٠١٢٣٤٥٦٧٨٩")}


def page(article: Article, size: int, number: int) -> bytes:
    """A page of a news site around the article."""
    menu = "".join(f'<li class="menu-item item-{n}"><a href="/section/{n * number % 977}/archive?page={n}">section {n * 7919 % 1009}</a></li>' for n in range(60))
    text = "".join(f"<p>{line}</p>" for line in article.text.split("\n") if line.strip())
    head = f'<html><head><meta charset="utf-8"><title>{article.title or "-"}</title></head><body><nav><ul>{menu}</ul></nav><article><h1>{article.title}</h1>{text}</article>'
    script = "".join(f"var k{n}={{id:{n * number % 99991},u:'/a/{n * 31 % 7777}.js'}};" for n in range(max(0, size - len(head.encode())) // 42))
    return f"{head}<script>{script}</script></body></html>".encode()


def record(url: str, body: bytes) -> bytes:
    """A page as one member of the packed file."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 6)


def seconds(file: Path) -> tuple[float, int]:
    """Processor seconds to get the articles of an archive, and how many they are."""
    begun = time.process_time()
    count = sum(isinstance(found, Article) for found in read_articles([file]))
    return time.process_time() - begun, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=600, help="of each sort")
    parser.add_argument("--kilobytes", type=int, default=100, help="size of a page")
    options = parser.parse_args()
    articles = load(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        for sort in ("foreign", "Arabic"):
            file = Path(folder, f"{sort}.warc.gz")
            plain = 0
            with file.open("wb") as out:
                for number, article in enumerate(articles):
                    text, title = (article.text, article.title) if sort == "Arabic" else (article.text.translate(_LATIN), article.title.translate(_LATIN))
                    body = page(Article(article.id, text, title), options.kilobytes * 1000, number + 1)
                    plain += len(body)
                    out.write(record(f"https://news.example/{number}", body))
            seconds(file)
            spent, count = seconds(file)
            packed = file.stat().st_size
            print(
                f"{sort:<8} {len(articles)} pages of {plain / len(articles) / 1000:.0f} kB ({packed / len(articles) / 1000:.0f} kB packed), {count} articles: "
                f"{spent / len(articles) * 1000:.2f} ms a page, {plain / spent / 1e6:.0f} MB/s unpacked, {packed / spent / 1e6:.1f} MB/s packed"
            )


if __name__ == "__main__":
    main()
