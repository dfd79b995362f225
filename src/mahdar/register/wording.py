"""What the register's pages are worded with, in Arabic and English: issues, headings, kinds of lines, names of parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from mahdar.lexicon.model import Lexicon

Language = Literal["ar", "en"]


class Both(NamedTuple):
    """One wording in both languages."""

    ar: str
    en: str


ISSUE_NAMES: Final[Mapping[str, Both]] = {
    "anti-isis": Both("محاربة تنظيم الدولة الإسلامية", "fighting ISIS"),
    "syria-settlement": Both("التسوية السياسية في سوريا", "a political settlement in Syria"),
    "assad-future": Both("مستقبل الأسد", "Assad's future"),
    "iran-nuclear": Both("الاتفاق النووي الإيراني", "the Iranian nuclear agreement"),
    "ukraine": Both("تسوية النزاع في أوكرانيا", "the settlement in Ukraine"),
    "yemen": Both("الحكومة الشرعية في اليمن", "the legitimate government of Yemen"),
    "palestine": Both("القضية الفلسطينية", "Palestine"),
    "libya": Both("وحدة ليبيا واستقرارها", "the unity and stability of Libya"),
    "iraq": Both("وحدة العراق واستقراره", "the unity and stability of Iraq"),
    "lebanon": Both("وحدة لبنان واستقراره", "the unity and stability of Lebanon"),
    "terrorism": Both("مكافحة الإرهاب", "fighting terrorism"),
    "refugees": Both("اللاجئون", "refugees"),
    "sanctions": Both("العقوبات", "sanctions"),
    "arms": Both("توريد السلاح", "arms supplies"),
    "trade": Both("التجارة", "trade"),
    "oil": Both("إنتاج النفط", "oil output"),
    "regional-security": Both("أمن المنطقة", "regional security"),
    "human-rights": Both("حقوق الإنسان", "human rights"),
}
SECTIONS: Final[Mapping[str, Both]] = {
    "in": Both("المشاركون", "In"),
    "refuses": Both("الرافضون", "Refuse"),
    "undecided": Both("المترددون", "Undecided"),
    "failures": Both("ما لم يتفق عليه", "Failed to agree, refused"),
    "meetings": Both("اللقاءات", "Meetings held"),
    "planned": Both("اللقاءات المقررة", "Meetings planned"),
    "requests": Both("الطلبات", "Requests"),
    "cooperation": Both("التعاون والدعم", "Cooperation and support"),
    "commitments": Both("التعهدات", "Commitments"),
    "blocks": Both("ما يعرقل الاتفاق", "What blocks agreement"),
    "changes": Both("ما تغير", "What changed"),
}
LINES: Final[Mapping[str, Both]] = {
    "support": Both("{who}: مع", "{who}: in favour"),
    "oppose": Both("{who}: ضد", "{who}: against"),
    "conditional": Both("{who}: بشروط", "{who}: on conditions"),
    "undecided": Both("{who}: لم يقرر بعد", "{who}: undecided"),
    "CONSULT": Both("لقاء بين {who} و{with_}", "{who} and {with_} meet"),
    "REJECT": Both("خلاف أو رفض: {who} / {with_}", "{who} refuses or disagrees with {with_}"),
    "COOPERATE": Both("{who} يتعاون مع {with_}", "{who} cooperates with {with_}"),
    "AID": Both("{who} يساعد {with_}", "{who} aids {with_}"),
    "SUPPORT": Both("{who} يؤيد أو يشكر {with_}", "{who} backs or thanks {with_}"),
    "MOBILIZE": Both("{who} يحشد قوات", "{who} deploys forces"),
    "open": Both("{who} طلب من {with_}: دون جواب", "{who} asked {with_}: open"),
    "accepted": Both("{who} طلب من {with_}: قبول", "{who} asked {with_}: accepted"),
    "refused": Both("{who} طلب من {with_}: رفض", "{who} asked {with_}: refused"),
    "conditional answer": Both("{who} طلب من {with_}: قبول بشروط", "{who} asked {with_}: yes, on conditions"),
    "account": Both("رواية {who}", "{who}'s account"),
    "kept": Both("تعهد {who} لـ{with_}: نُفذ", "{who} to {with_}: kept"),
    "dropped": Both("تعهد {who} لـ{with_}: لم يُنفذ", "{who} to {with_}: dropped"),
    "promised": Both("تعهد {who} لـ{with_}: قائم", "{who} to {with_}: open"),
    "opposed": Both("{on}: {who} ضد موقف {with_}", "{on}: {who} against {with_}"),
    "dispute": Both("{on}: خلاف {who} / {with_}", "{on}: dispute, {who} / {with_}"),
    "turned": Both("{who}: تغير الموقف", "{who}: the stance changed"),
}
NOBODY: Final = Both("طرف لم يُذكر", "a party not named")
DENIED: Final = Both("نفي", "denied")
POSSIBLE: Final = Both("محتمل", "possible")
SOURCES: Final = Both("مصادر مستقلة", "independent sources")
STATE_OF: Final = Both("حال التنسيق", "State of coordination")


class Names:
    """What parties are called: states by the lexicon, others by the names given (code → Arabic name), English names by the lexicon."""

    __slots__ = ("_ar", "_en")

    def __init__(self, lexicon: Lexicon, seen: Mapping[str, str] | None = None) -> None:
        self._ar = dict(seen or {}) | {code: names[0] for code, names in lexicon.state_names.items()}
        bodies = [e for e in lexicon.entries if e.kind in ("organisation", "group") and e.code and e.en]
        own = [e for e in bodies if e.code and e.ref == e.code.lower().replace("_", "-")]  # the row a code is named after goes before its parts
        self._en = {e.code: e.en for e in (*reversed(bodies), *own) if e.code}
        self._en |= {code: names[1] for code, names in lexicon.state_names.items()}

    def called(self, seen: Mapping[str, str]) -> Names:
        """The same with other names given; what the lexicon has is not gone through again."""
        made = Names.__new__(Names)
        made._ar = {**seen, **self._ar} if seen else self._ar
        made._en = self._en
        return made

    def of(self, code: str, language: Language) -> str:
        """The party's name; its code where none is known."""
        plain = code.removeprefix("OTHER:")
        return self._ar.get(code, plain) if language == "ar" else self._en.get(code, plain)
