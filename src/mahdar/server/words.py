"""What the pages are worded with, in Arabic and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mahdar.register.wording import ISSUE_NAMES, SECTIONS, Both, Language

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ar")
WORDS: Final[Mapping[str, Both]] = {
    "about_us": Both("ما تقوله الأخبار العربية، سطرًا سطرًا، بنصّه ومصدره", "What Arabic news reports, line by line, with its words and its source"),
    "skip": Both("إلى المحتوى", "Skip to the content"),
    "menu": Both("أقسام الموقع", "Sections"),
    "today": Both("اليوم", "Today"),
    "issues": Both("القضايا", "Issues"),
    "actors": Both("الأطراف", "Actors"),
    "articles": Both("التقارير", "Articles"),
    "search": Both("بحث", "Search"),
    "read": Both("اقرأ نصًا", "Read a text"),
    "other_language": Both("English", "العربية"),
    "dark": Both("المظهر الداكن أو الفاتح", "Dark or light"),
    "where_stands": Both("أين يقف", "Where does"),
    "stand_on": Both("من قضية", "stand on"),
    "show": Both("اعرض", "Show"),
    "actor": Both("الطرف", "Actor"),
    "issue": Both("القضية", "Issue"),
    "any": Both("الكل", "Any"),
    "since": Both("منذ", "Since"),
    "until": Both("حتى", "Until"),
    "from_day": Both("من", "From"),
    "to_day": Both("إلى", "To"),
    "source": Both("المصدر", "Source"),
    "type": Both("النوع", "Type"),
    "filter": Both("صفِّ", "Filter"),
    "clear": Both("أزل التصفية", "Clear"),
    "events": Both("الأحداث", "Events"),
    "what_happened": Both("ما حدث", "What happened"),
    "changes": Both("تغيّر المواقف", "Changes of position"),
    "requests": Both("الطلبات والردود", "Requests and answers"),
    "statements": Both("التصريحات", "Statements"),
    "positions": Both("المواقف", "Positions"),
    "meetings": Both("اللقاءات", "Meetings"),
    "commitments": Both("التعهدات", "Commitments"),
    "nothing": Both("لا شيء هنا بهذه الشروط.", "Nothing here meets these conditions."),
    "more": Both("المزيد", "More"),
    "newest": Both("أحدث تقرير", "Latest report"),
    "chart_activity": Both("كم حدثًا في الشهر", "Events by month"),
    "chart_stances": Both("من وقف أين، ومتى", "Who stood where, and when"),
    "chart_pair": Both("التعاون والنزاع شهرًا فشهرًا", "Cooperation and conflict by month"),
    "chart_network": Both("مع من يتعامل", "Whom they deal with"),
    "data_csv": Both("البيانات CSV", "Data (CSV)"),
    "view_link": Both("رابط هذا العرض", "Link to this view"),
    "as_table": Both("جدولًا", "As a table"),
    "cooperation": Both("تعاون", "Cooperation"),
    "conflict": Both("نزاع", "Conflict"),
    "net": Both("المحصلة", "Mean"),
    "month": Both("الشهر", "Month"),
    "occurrences": Both("أحداث", "Events"),
    "stance": Both("الموقف", "Position"),
    "holder": Both("صاحب الموقف", "Who"),
    "in_favour": Both("مع", "In favour"),
    "against": Both("ضد", "Against"),
    "guarded": Both("بشروط أو لم يقرر", "On conditions or undecided"),
    "since_day": Both("منذ {day}", "since {day}"),
    "last_said": Both("آخر ما قيل في {day}", "last said {day}"),
    "said_by": Both("بحسب {n} مصدر مستقل", "by {n} independent sources"),
    "said_by_one": Both("بحسب مصدر واحد", "by one source"),
    "latest_words": Both("آخر ما يقول ذلك", "The latest sentence that says so"),
    "first_words": Both("أول ما قال ذلك", "The first sentence that said so"),
    "history": Both("كيف تغيّر الموقف", "How it changed"),
    "held_till": Both("حتى {day}", "until {day}"),
    "on_title": Both("{who} و{what}", "{who} on {what}"),
    "no_stand": Both("لا يقول أي تقرير هنا أين يقف {who} من {what}.", "No report here says where {who} stands on {what}."),
    "words_on_it": Both("ما قاله في ذلك", "What they said about it"),
    "others_on_it": Both("كل الأطراف في هذه القضية", "Everybody on this issue"),
    "all_of_actor": Both("كل ما عن {who}", "Everything on {who}"),
    "before": Both("قبل", "Before"),
    "after": Both("بعد", "After"),
    "turned": Both("{before} ثم {after}", "{before}, then {after}"),
    "asked": Both("{a} طلب من {b}", "{a} asked {b}"),
    "outcome_open": Both("دون جواب", "no answer yet"),
    "outcome_accepted": Both("قُبل", "accepted"),
    "outcome_refused": Both("رُفض", "refused"),
    "outcome_conditional": Both("قُبل بشروط", "accepted on conditions"),
    "fate_open": Both("قائم", "open"),
    "fate_kept": Both("نُفذ", "kept"),
    "fate_dropped": Both("لم يُنفذ", "dropped"),
    "accounts_differ": Both("الروايتان تختلفان", "the accounts differ"),
    "account_of": Both("رواية {who}", "{who}’s account"),
    "unnamed": Both("متحدث لم يُذكر", "somebody not named"),
    "reports": Both("التقارير", "Reports"),
    "n_reports": Both("{n} تقارير", "{n} reports"),
    "n_sources": Both("{n} مصادر مستقلة", "{n} independent sources"),
    "agree_on": Both("ما تتفق عليه", "What they agree on"),
    "differ_on": Both("ما تختلف فيه", "Where they differ"),
    "no_differences": Both("لا تختلف التقارير في شيء مما يقارن.", "The reports differ in nothing that is compared."),
    "one_report": Both("تقرير واحد يروي هذا الحدث.", "One report tells of this event."),
    "when": Both("متى", "When"),
    "where": Both("أين", "Where"),
    "what": Both("ماذا", "What"),
    "who": Both("من", "Who"),
    "whom": Both("مع من أو ضد من", "With or to whom"),
    "status": Both("الحال", "Status"),
    "about": Both("بشأن", "About"),
    "undated": Both("بلا تاريخ", "no date"),
    "who_is": Both("من هو", "Who this is"),
    "posts": Both("المناصب", "Posts"),
    "from_to": Both("{a} – {b}", "{a} – {b}"),
    "now": Both("الآن", "now"),
    "names": Both("أسماؤه في التقارير", "Called in the reports"),
    "in_articles": Both("في {n} تقارير", "in {n} articles"),
    "people": Both("من يتصرف باسمه", "Who acts for it"),
    "deals_with": Both("مع من يتعامل", "Whom they deal with"),
    "stands_where": Both("أين يقف", "Where they stand"),
    "says_what": Both("ماذا يقول", "What they say"),
    "acts": Both("ماذا يفعل", "What they do"),
    "open_pair": Both("الصفحة المشتركة", "The two together"),
    "pair_with": Both("قارن مع", "Together with"),
    "of_each_other": Both("ما قاله كل منهما عن الآخر", "What they said about each other"),
    "brief": Both("حال التنسيق", "State of coordination"),
    "as_of": Both("بحسب التقارير حتى {day}", "as the reports until {day} tell"),
    "favour_is": Both("«مع» تعني هنا: {what}", "“In favour” means here: {what}"),
    "camps": Both("من مع ومن ضد", "Who is for, who is against"),
    "also": Both("ومنهم أيضا:", "Also:"),
    "blocks": Both("ما يعرقل الاتفاق", "What blocks agreement"),
    "the_record": Both("المحضر", "The record"),
    "text": Both("النص", "Text"),
    "rule": Both("القاعدة", "Rule"),
    "to_words": Both("إلى موضعه في النص", "To its place in the text"),
    "this_sentence": Both("الموضع المشار إليه", "The words referred to"),
    "furniture": Both("الباهت ليس من متن التقرير", "What is grey is not part of the report"),
    "legend": Both("ما في النص", "In the text"),
    "legend_actor": Both("طرف", "actor"),
    "legend_statement": Both("تصريح", "statement"),
    "legend_event": Both("حدث", "event"),
    "legend_position": Both("موقف", "position"),
    "original": Both("الأصل", "Original"),
    "version": Both("النسخة", "Version"),
    "no_text": Both("لا نص.", "No text."),
    "search_hint": Both("كلمات عربية، أو اسم طرف أو قضية", "Arabic words, or the name of an actor or issue"),
    "search_help": Both("«…» بين علامتي اقتباس عبارة كاملة، كلم* بداية كلمة، -كلمة ما لا يُراد", "\"…\" is a phrase, كلم* the beginning of a word, -كلمة what must not be there"),
    "go_to": Both("اذهب إلى", "Go to"),
    "found_in": Both("في العنوان والنص {n} مرات", "{n} places"),
    "facets": Both("ضيّق البحث", "Narrow down"),
    "year": Both("السنة", "Year"),
    "read_intro": Both("ألصق تقريرًا عربيًا وانظر ما يقوله. لا يُحفظ منه شيء.", "Paste an Arabic report and see what it says. Nothing of it is stored."),
    "read_text": Both("نص التقرير", "The report’s text"),
    "read_date": Both("تاريخ النشر", "Published on"),
    "read_go": Both("اقرأ", "Read"),
    "token": Both("الرمز", "Token"),
    "sign_in": Both("ادخل", "Sign in"),
    "sign_out": Both("اخرج", "Sign out"),
    "sign_in_intro": Both("لا يُقرأ هذا السجل من خارج جهازه إلا برمز.", "From outside its own machine this register is read with a token only."),
    "wrong_token": Both("هذا الرمز غير معروف أو انتهى.", "This token is not known or has expired."),
    "not_found": Both("لا توجد صفحة كهذه", "There is no such page"),
    "failed": Both("تعذّر ذلك", "That did not work"),
    "back": Both("عد إلى الصفحة الأولى", "Back to the first page"),
    "via": Both("نقلًا عن", "via"),
    "sources_n": Both("مصادر", "sources"),
    "toward": Both("نحو", "toward"),
    "n_events": Both("{n} أحداث", "{n} events"),
    "latest": Both("الأحدث", "Latest"),
    "page_of": Both("كما في {day}", "as of {day}"),
    "empty": Both("السجل فارغ: املأه بالأمر mahdar ingest.", "The register is empty: fill it with mahdar ingest."),
}
STANCES: Final[Mapping[str, Both]] = {
    "support": Both("مع", "In favour"), "oppose": Both("ضد", "Against"), "conditional": Both("بشروط", "On conditions"), "undecided": Both("لم يقرر", "Undecided"),
}  # fmt: skip
TYPES: Final[Mapping[str, Both]] = {
    "AGREE": Both("اتفاق", "agreement"), "CONSULT": Both("لقاء أو تشاور", "meeting or talks"), "SUPPORT": Both("تأييد", "support"), "COOPERATE": Both("تعاون", "cooperation"),
    "AID": Both("مساعدة", "aid"), "CONCEDE": Both("تنازل", "concession"), "RETREAT": Both("انسحاب", "retreat"), "REQUEST": Both("طلب", "request"),
    "ACCUSE": Both("اتهام أو إدانة", "accusation"), "REJECT": Both("رفض أو خلاف", "refusal or dispute"), "THREATEN": Both("تهديد", "threat"), "PROTEST": Both("احتجاج", "protest"),
    "SANCTION": Both("عقوبة أو قطع", "sanction"), "MOBILIZE": Both("حشد قوات", "mobilisation"), "COERCE": Both("إكراه أو اعتقال", "coercion"), "ASSAULT": Both("هجوم", "attack"),
}  # fmt: skip
STATUSES: Final[Mapping[str, Both]] = {
    "actual": Both("وقع", "happened"), "planned": Both("مقرر", "planned"), "denied": Both("نُفي", "denied"), "possible": Both("محتمل", "possible"),
}  # fmt: skip
KINDS: Final[Mapping[str, Both]] = {
    "person": Both("شخص", "person"), "state": Both("دولة", "state"), "organisation": Both("هيئة", "body"), "group": Both("جماعة", "group"),
}  # fmt: skip
ROLES: Final[Mapping[str, Both]] = {
    "head_of_state": Both("رئيس دولة", "head of state"), "head_of_government": Both("رئيس حكومة", "head of government"), "monarch": Both("ملك أو أمير", "monarch"),
    "crown_prince": Both("ولي عهد", "crown prince"), "foreign_minister": Both("وزير خارجية", "foreign minister"), "defence_minister": Both("وزير دفاع", "defence minister"),
    "minister": Both("وزير", "minister"), "spokesperson": Both("متحدث", "spokesperson"), "ambassador": Both("سفير", "ambassador"), "envoy": Both("مبعوث", "envoy"),
    "legislator": Both("نائب", "legislator"), "military": Both("عسكري", "military"), "official": Both("مسؤول", "official"), "party_leader": Both("زعيم حزب", "party leader"),
    "rebel_leader": Both("قائد مسلحين", "rebel leader"), "religious_leader": Both("مرجع ديني", "religious leader"), "expert": Both("خبير", "expert"),
    "journalist": Both("صحافي", "journalist"), "source": Both("مصدر", "source"), "citizen": Both("مواطن", "citizen"), "other": Both("آخر", "other"),
}  # fmt: skip
DISPUTED: Final[Mapping[str, Both]] = {
    "date": Both("التاريخ", "date"), "day": Both("التاريخ", "date"), "place": Both("المكان", "place"), "status": Both("هل وقع", "whether it happened"),
    "type": Both("النوع", "type"), "source": Both("من فعل ذلك", "who did it"), "target": Both("مع من أو ضد من", "with or to whom"),
}  # fmt: skip
# What being in favour means on each issue.
FAVOUR: Final[Mapping[str, Both]] = {
    "anti-isis": Both("محاربة التنظيم", "fighting ISIS"), "syria-settlement": Both("حل سياسي تفاوضي", "a negotiated political solution"),
    "assad-future": Both("بقاء الأسد في الحكم", "Assad staying in power"), "iran-nuclear": Both("الاتفاق النووي", "the nuclear agreement"),
    "ukraine": Both("مسار مينسك", "the Minsk process"), "yemen": Both("الحكومة الشرعية", "the legitimate government"),
    "palestine": Both("دولة فلسطينية وإنهاء الاحتلال", "a Palestinian state, ending the occupation"), "libya": Both("حكومة وحدة واستقرار", "its unity government and stability"),
    "iraq": Both("حكومة وحدة واستقرار", "its unity government and stability"), "lebanon": Both("حكومة وحدة واستقرار", "its unity government and stability"),
    "terrorism": Both("مكافحة الإرهاب", "fighting terrorism"), "refugees": Both("حماية اللاجئين واستقبالهم", "protecting refugees or taking them in"),
    "sanctions": Both("فرض العقوبات أو إبقاؤها", "imposing sanctions or keeping them"), "arms": Both("توريد السلاح", "supplying arms"),
    "trade": Both("الاتفاق التجاري", "the trade deal"), "oil": Both("زيادة الإنتاج", "higher output"),
    "regional-security": Both("الأمن المشترك للمنطقة", "the region’s joint security"),
    "human-rights": Both("الدفاع عن حقوق الإنسان", "defending human rights"),
}  # fmt: skip
_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": tuple("January February March April May June July August September October November December".split()),
    "ar": tuple("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()),
}
_TABLES: Final[Mapping[str, Mapping[str, Both]]] = {
    "stance": STANCES, "type": TYPES, "status": STATUSES, "kind": KINDS, "role": ROLES, "issue": ISSUE_NAMES, "disputed": DISPUTED, "section": SECTIONS, "favour": FAVOUR,
}  # fmt: skip


def say(language: Language, name: str, **given: object) -> str:
    """A wording, with what it speaks of filled in."""
    return str(getattr(WORDS[name], language)).format(**given) if given else str(getattr(WORDS[name], language))


def term(language: Language, table: str, name: str | None) -> str:
    """What a value of the data is called; itself where it has no name."""
    found = _TABLES[table].get(name or "")
    return str(name or "") if found is None else str(getattr(found, language))


def day(language: Language, words: str | None) -> str:
    """A day, month or year as people write it."""
    if not words:
        return say(language, "undated")
    parts = words[:10].split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return words[:10]
    month = _MONTHS[language][int(parts[1]) - 1]
    return " ".join([*([str(int(parts[2]))] if len(parts) == 3 else []), month, parts[0]])
