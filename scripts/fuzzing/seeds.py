"""What fuzzing begins with: words of news, and one small sound input of each sort."""

from __future__ import annotations

import gzip
import json
from typing import Final

TEXT: Final = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة 30 أكتوبر 2015. "
    'وقال كيري إن بلاده "ترحب بالاتفاق". ورفضت طهران طلبا أميركيا للتعاون في العراق.'
)
WORDS: Final = (
    *(
        "قال وقال أضاف وأضاف مضيفا أكد مؤكدا أعلن نفى لم لن لا قد إن أن أنه بأن على من إلى عن في مع بين ضد حول الذي التي حيث منذ أول "
        "وزير الوزير الخارجية الرئيس رئيس الوزراء المتحدث باسم نظيره السفير مبعوث بلاده المصدر مسؤول الجانبان البلدين "
        "روسيا موسكو الروسي الأميركي واشنطن إيران سوريا وفرنسا لبريطانيا بتركيا للسعودية حزب الله داعش الأمم المتحدة مجلس الأمن "
        "جون كيري لافروف بوتين أوباما هولاند أنغيلا ميركل محمد أحمد عبد بن أبو أبي "
        "التقى اجتمع لقاء محادثات زيارة زار اتفق اتفاق وقع رفض رفضا طلب طالب دعا دعوة اتهم أدان ندد هدد حذر فرض عقوبات قصف غارات هجوم قوات "
        "انسحب انسحاب أرسل أسلحة مساعدات دعم رحب شكر اعتقل احتجز طرد تظاهر مفاوضات هدنة شهد جاء فيه "
        "أمس غدا اليوم الأحد الاثنين المقبل الماضي أيار مايو تشرين الأول 2015 5 ٣ ۱۹۷۹ عام شهر باريس جنيف فيينا نيويورك رمضان 1437 هـ "
        '" « » “ ” ، . ؟ : ؛ ( ) - ـ … # / ! * 30% 10:30'
    ).split(),
    "\n", "\n\n", "\u200f", "\u202e", "\ufeff", "\u0651", "\u064b", "\r\n", "\u2028", "\x00", "\u0640\u0640", "(رويترز)", "رويترز - ", "&quot;",
)  # fmt: skip

_ROW: Final = {"id": "a", "text": TEXT, "title": "لقاء", "published": "2015-10-31", "source": "وكالة المثال", "url": "https://news.example/1"}
_PAGE: Final = (
    '<html lang="ar"><head><meta charset="utf-8"><title>لقاء</title><meta property="article:published_time" content="2015-10-31"></head><body>'
    f"<nav>قائمة</nav><article><h1>لقاء</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
)
_RSS: Final = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة المثال</title><item><title>لقاء</title><link>https://news.example/1#x</link>'
    f"<pubDate>Sat, 31 Oct 2015 09:00:00 +0300</pubDate><description><![CDATA[<p>{TEXT}</p><script>x</script>]]></description></item></channel></rss>"
)
_ATOM: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><entry><id>urn:1</id><title type="html">&lt;b&gt;لقاء</title>'
    f'<updated>2015-10-31T09:00:00Z</updated><content type="html">{TEXT}</content></entry></feed>'
)
_EXPORT: Final = {
    "id": "", "has_event": False, "cite_info": {"title": "لقاء", "publication": "وكالة", "url": ""}, "text": TEXT,
    "mahdar": {"article": {"key": "a", "published": "2015-10-31", "lexicon": "x", "read_at": "n", "record": {
        "id": "a", "published": "2015-10-31", "body": [[0, 20]], "actors": [{"id": "a1", "kind": "state", "name": "روسيا", "name_en": "Russia", "code": "RUS"}],
        "statements": [], "events": [], "positions": [{"holder": "a1", "on": "iran-nuclear", "stance": "support", "evidence": [0, 9], "rule": "x"}],
    }}},
}  # fmt: skip


def _warc() -> bytes:
    body = _PAGE.encode()
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nWARC-Date: 2015-10-31T10:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    return f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def _line(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


_CSV: Final = f'id,text,published,source\na,"{TEXT.replace(chr(34), chr(34) * 2)}",2015-10-31,وكالة\n'.encode()
_LINES: Final = _line(_ROW) + json.dumps({"id": 7, "text": TEXT, "published": None}).encode() + b'\n{"id": "b"\n'
SEEDS: Final[dict[str, tuple[bytes, ...]]] = {
    "txt": (TEXT.encode(), TEXT.encode("cp1256"), TEXT.encode("utf-16"), gzip.compress(TEXT.encode())),
    "html": (_PAGE.encode(), _PAGE.replace("utf-8", "windows-1256").encode("cp1256"), b"<p>" + TEXT.encode()),
    "jsonl": (_LINES, _LINES.decode().encode("utf-16"), gzip.compress(_LINES)),
    "json": (json.dumps([_ROW, _ROW]).encode(), _line(_ROW)),
    "csv": (_CSV, _CSV.replace(b",", b"\t"), _CSV.decode().encode("cp1256")),
    "warc": (_warc(), gzip.compress(_warc()), _warc() + _warc().replace(b"application/http; msgtype=response", b"text/plain")),
    "rss": (_RSS.encode(), _ATOM.encode(), _RSS.replace("utf-8", "windows-1256").encode("cp1256"), b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + _RSS.encode()),
    "stdin": (_LINES, _PAGE.encode(), _RSS.encode(), _warc(), TEXT.encode(), json.dumps([_ROW]).encode()),
    "reading": (bytes(range(256)), bytes(reversed(range(256))), bytes(range(0, 256, 3)) * 2),
    "query": ('\x01"مجلس الأمن" مفاوض* -نووي'.encode(), b"\x00\x02\x01\x00\x03" + bytes(range(60)), "\x02كيري OR NEAR(a b) ^x {y} : + * ()".encode()),
    "api": (bytes(range(80)), bytes(range(200, 20, -2)), b"\x05\x12\x00\x00\x00" + b'{"actor": "RUS", "other": "USA"}', b"\x00\x0d\x01\x03\x01\x00\x14" + TEXT.encode()[:60]),
    "feeds": (b'every = 5\nallow = ["10.0.0.0/8"]\n[[feed]]\nurl = "https://news.example/rss"\nsource = "x"\npage = false\n', b"[[feed]]\nurl = 'http://a'\nevery = 1e999\n"),
    "lexicon": (
        b"\x00- id: reject.x\n  type: REJECT\n  examples:\n    - {text: a, source: IRN}\n", b"\x03- &a [*a]\n- {a: 1, a: 2}\n- 2015-13-45\n- !!python/object:x {}\n",
        b"\x05a: &x {b: 1}\nc: {<<: *x, d: .inf}\n? [k]\n: v\n",
    ),
    "import": (_line(_EXPORT), _line(_EXPORT) * 2 + b'{"has_event":false,"mahdar":{"rejects":{"input":"x","line":1,"reason":"input","message":"m","seen":"s"}}}\n'),
}  # fmt: skip
