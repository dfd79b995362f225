"""Reports written for the tests of the server: who stands where on Assad's future, one meeting told twice, a refusal, and hostile articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REPORTS: list[dict[str, Any]] = [
    {
        "id": "moscow-assad", "published": "2015-11-20", "source": "وكالة النهر", "title": "موسكو تؤكد دعمها لبقاء الأسد", "url": "https://river.example/1",
        "text": "موسكو - أكد وزير الخارجية الروسي سيرغي لافروف الجمعة أن روسيا تدعم بقاء الرئيس السوري بشار الأسد في السلطة.\nوقال لافروف \"لا بديل من الحوار\".",
    },
    {
        "id": "ankara-before", "published": "2011-04-12", "source": "وكالة النهر", "title": "أنقرة مع الإصلاح",
        "text": "أنقرة - أكدت تركيا الثلاثاء أنها تدعم بقاء الرئيس السوري بشار الأسد في السلطة إذا مضى في الإصلاح.",
    },
    {
        "id": "ankara-assad", "published": "2015-11-21", "source": "صحيفة الجسر", "title": "أنقرة ترفض بقاء الأسد",
        "text": "أنقرة - رفضت تركيا السبت بقاء الرئيس السوري بشار الأسد في السلطة.\nوقال الرئيس التركي رجب طيب إردوغان \"لا حل من دون انتقال سياسي\".",
    },
    {
        "id": "vienna-a", "published": "2015-11-14", "source": "وكالة النهر", "title": "كيري يلتقي لافروف في فيينا",
        "text": "فيينا - التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا السبت لبحث الأزمة السورية.\nوقال كيري إن المحادثات كانت بناءة.",
    },
    {
        "id": "vienna-b", "published": "2015-11-15", "source": "صحيفة الجسر", "title": "اجتماع أميركي روسي",
        "text": "اجتمع وزيرا الخارجية الأميركي جون كيري والروسي سيرغي لافروف السبت في جنيف وبحثا الأزمة في سوريا.\nودعت واشنطن موسكو إلى وقف القصف.",
    },
    {
        "id": "tehran-no", "published": "2014-09-15", "source": "صحيفة الجسر", "title": "طهران ترفض",
        "text": "رفضت طهران الاثنين طلبا أميركيا للتعاون في العراق ضد تنظيم الدولة الإسلامية.\nوقال الرئيس الإيراني حسن روحاني إن بلاده لن تتعاون مع واشنطن.",
    },
]  # fmt: skip
SCRIPT = "<script>window.__pwned=1</script>"
OVERRIDE = "\u202e\u2066"
HOSTILE: list[dict[str, Any]] = [
    {
        "id": f'x"><img src=x onerror=window.__pwned=1>/{SCRIPT}', "published": "2015-11-22", "source": f"\"'><svg onload=window.__pwned=1>{OVERRIDE}",
        "title": f"{SCRIPT}{OVERRIDE}عنوان \"خبيث\" 'جدا'", "url": "javascript:window.__pwned=1",
        "text": f"{SCRIPT}{OVERRIDE}\nاتهم وزير الخارجية \"الروسي\" سيرغي لافروف' onmouseover='window.__pwned=1 تركيا بقصف الحدود.\n{{{{ 7*7 }}}} {{% raw %}} ${{1}} =HYPERLINK(1)",
    },
    {"id": "one-long-paragraph", "published": "2015-11-22", "source": "x", "title": "فقرة طويلة", "text": "كلمة " * 1_000 + "ا" * 1_000_000},
]  # fmt: skip


def write(path: Path, *more: dict[str, Any]) -> None:
    """All reports as a file of JSON lines."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in (*REPORTS, *more)), encoding="utf-8")
