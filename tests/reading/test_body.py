"""Body: which part of a page is the report. Every line of a page is marked: ``+`` is body, ``-`` is not."""

from __future__ import annotations

import pytest

from mahdar.reading.body import find_body
from mahdar.record import Article

NEWS = """\
+ أعلنت وزارة الخارجية النرويجية أن أوسلو ستستضيف جولة جديدة من محادثات السلام في تشرين الأول المقبل.
+ وأوضح وزير الخارجية بورغه برنده أن الأطراف قبلت الدعوة، وأن جدول الأعمال سيوزع قبل نهاية الشهر."""

PAGES = {
    "plain": NEWS,
    "paragraphs tied to what goes before": NEWS + """
+ في المقابل، أعلن السفير الروسي أن بلاده لن تحضر الجلسة المقبلة وأن مطالبها لم تتغير بعد.
+ ودعت تونس، التي أغلقت حدودها البحرية، جاراتها إلى قمة طارئة تعقد في قرطاج قبل الصيف.""",
    "comments": NEWS + """
- تعليقات
- لا يتحمل الموقع مسؤولية التعليقات""",
    "most read": NEWS + """
- الأكثر قراءة
- جميع الحقوق محفوظة""",
    "share and subscribe": """\
- شارك هذا الخبر مع أصدقائك
""" + NEWS + """
- اشترك في نشرتنا البريدية""",
    "read also in the middle": """\
+ أعلنت وزارة الخارجية النرويجية أن أوسلو ستستضيف جولة جديدة من محادثات السلام في تشرين الأول المقبل.
- اقرأ أيضا: أوسلو تستعد لاستقبال الوفود
+ وأوضح وزير الخارجية بورغه برنده أن الأطراف قبلت الدعوة، وأن جدول الأعمال سيوزع قبل نهاية الشهر.""",
    "headline printed twice": "\n- \n".join(["- أوسلو تستضيف جولة جديدة من محادثات السلام"] * 2 + [NEWS]),
    "dateline belongs to the sentence": """\
+ أوسلو ـ أعلنت وزارة الخارجية النرويجية أن محادثات السلام ستستأنف في تشرين الأول المقبل.
+ وأوضح وزير الخارجية بورغه برنده أن الأطراف قبلت الدعوة، وأن جدول الأعمال سيوزع قبل نهاية الشهر.""",
    "site name and address": NEWS + """
- أخبار الشمال
- www.example.org""",
    "English link": """\
- Read this story in English
""" + NEWS,
    "date line": """\
- 5 أغسطس 2015
""" + NEWS,
    "headlines under read also": """\
+ أعلنت وزارة الخارجية النرويجية أن أوسلو ستستضيف جولة جديدة من محادثات السلام في تشرين الأول المقبل.
- اقرأ أيضا
- النرويج تدعو الأطراف إلى جولة ثانية من المحادثات
- وزير خارجية النرويج يصل إلى جنيف للمشاركة في المؤتمر
+ وأوضح وزير الخارجية بورغه برنده أن الأطراف قبلت الدعوة، وأن جدول الأعمال سيوزع قبل نهاية الشهر.""",
    "leads of other stories on the same matter": NEWS + """
+ وأضاف الوزير أن بلاده لا تطلب من الأطراف سوى الجلوس إلى طاولة واحدة.
- أعلنت وزارة الخارجية النرويجية، الأحد، أن وزيرها بورغه برنده سيزور جنيف للقاء الأطراف الشهر المقبل.
- وصف وزير الخارجية النرويجي، بورغه برنده، الجولة الأخيرة من محادثات السلام بأنها "بناءة".
- كشف مصدر في أوسلو أن الأطراف تبادلت رسائل عبر وزارة الخارجية النرويجية قبل الجولة المقبلة.""",
    "an article whose paragraphs are not tied": """\
+ أعلنت وزارة الخارجية النرويجية أن أوسلو ستستضيف جولة جديدة من محادثات السلام في تشرين الأول المقبل.
+ قال وزير الخارجية بورغه برنده إن الأطراف قبلت الدعوة، وإن جدول الأعمال سيوزع قبل نهاية الشهر.
+ الوزير أوضح أن بلاده لا تطلب من الأطراف سوى الجلوس إلى طاولة واحدة في أوسلو.
+ الأطراف وصفت الدعوة النرويجية بأنها خطوة مهمة على طريق محادثات السلام المقبلة.""",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    lines = PAGES[name].split("\n")
    text = "\n".join(line[2:] for line in lines)
    spans = find_body(Article(name, text, published="2015-08-05"))
    at, found = 0, []
    for line in lines:
        inside = any(span.start < at + len(line) - 2 and span.end > at for span in spans)
        found.append(("+ " if inside else "- ") + line[2:])
        at += len(line) - 1
    assert found == lines


def test_the_title_is_not_the_body() -> None:
    title = "النرويج تستضيف جولة جديدة من محادثات السلام بين الأطراف"
    text = title + "\n" + "\n".join(line[2:] for line in NEWS.split("\n"))
    spans = find_body(Article("title", text, title=title))
    assert spans[0].start > len(title)


def test_a_hard_wrap_is_no_paragraph() -> None:
    first = NEWS.split("\n")[0][2:]
    wrapped = (
        "وأوضح وزير الخارجية بورغه برنده أن الأطراف قبلت الدعوة التي\n"
        "وجهتها الحكومة، وأن جدول الأعمال سيوزع قبل نهاية\n"
        "الشهر على الوفود المشاركة في الجولة المقبلة."
    )
    text = f"{first}\n\n{wrapped}\n"
    spans = find_body(Article("wrap", text))
    assert [text[span.start : span.end] for span in spans] == [first, wrapped]


def test_blank_lines_separate_paragraphs() -> None:
    text = "\n\n".join(line[2:] for line in NEWS.split("\n"))
    assert len(find_body(Article("blank", text))) == 2


@pytest.mark.parametrize("text", ["", " \n \n", "\u200f"])
def test_nothing_is_nothing(text: str) -> None:
    assert all(text[span.start : span.end].strip() for span in find_body(Article("empty", text)))


DIGEST = [
    "أبرز ما ينتظر في عواصم العالم غدا الثلاثاء من مواعيد واجتماعات.",
    "نيروبي.. يستقبل الرئيس الكيني نظيره الأوغندي لبحث ملف الحدود البحرية بين بلديهما.",
    "كانبرا .. تعلن الحكومة الأسترالية نتائج التحقيق في حرائق الغابات التي اندلعت صيفا.",
    "أوتاوا: تبدأ نقابات النقل إضرابا مفتوحا احتجاجا على خفض الأجور ورفع سن التقاعد.",
    "أوتاوا: يفتتح الملك معرضا دوليا للزهور تشارك فيه ثلاثون دولة من ثلاث قارات.",
]


def test_a_digest_is_whole() -> None:
    """A list of the day's news is on many matters and has no teasers behind it; without their places the last items are those of other stories."""
    text = "\n".join(DIGEST)
    assert len(find_body(Article("a", text))) == len(DIGEST)
    bare = "\n".join(line.split(" ", 2)[-1] if "." in line[:10] else line.split(" ", 1)[-1] for line in DIGEST)
    assert len(find_body(Article("a", bare))) < len(DIGEST)


def test_one_short_sentence_is_a_body() -> None:
    text = "زار بوتين باريس."
    assert [text[s.start : s.end] for s in find_body(Article("short", text))] == [text]
