"""How pages are made: templates that escape everything, strip what could turn a line around, and word things in the page's language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mahdar import __version__
from mahdar.register.answers import Party, Side
from mahdar.register.wording import Language
from mahdar.server import words
from mahdar.show import clean

_KEPT: Final = 10_000  # addresses and days that are worded once


def environment() -> Environment:
    """Jinja with autoescape; ``finalize`` cleans every text that is put out, whoever wrote it."""
    made = Environment(
        loader=PackageLoader("mahdar.server"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_final, auto_reload=False
    )
    made.globals |= {"version": __version__, "path": path, "link": link}
    made.filters |= {"attr": as_attribute, "squeeze": squeeze}
    return made


def _final(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    return clean(value) if isinstance(value, str) else "" if value is None else value


def as_attribute(value: Any) -> str:
    """A value as JSON for a data attribute; the template escapes it."""
    return json.dumps(value, ensure_ascii=False)


def squeeze(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())


@lru_cache(maxsize=_KEPT)
def path(lang: str, *parts: str) -> str:
    """The address of a page."""
    return "/" + "/".join([lang, *(quote(part, safe="~:,;=@!$'()*") for part in parts)])


def link(base: str, /, **query: Any) -> str:
    """An address with a query; what is empty is left out."""
    given = [(name.rstrip("_"), value) for name, value in query.items() if value not in (None, "", [], ())]
    return f"{base}?{urlencode(given, doseq=True)}" if given else base


class Speech:
    """The words of one language, for templates."""

    def __init__(self, language: Language) -> None:
        self.lang = language
        self.other: Language = "ar" if language == "en" else "en"
        self.dir = "rtl" if language == "ar" else "ltr"
        self.say = partial(words.say, language)
        self.term = partial(words.term, language)
        self.day = lru_cache(maxsize=_KEPT)(partial(words.day, language))

    def who(self, who: Any) -> Markup:
        """The link to a party's page, which a page has a hundred times over."""
        return _plain('<span class="nobody">{}</span>', self.say("unnamed")) if who is None else _linked(self.actor(who), self.named(who))

    def origin(self, quote_: Any) -> Markup:
        """Who published the words of a row or quote, and when."""
        report = quote_.report
        return _origin(report.source or "", report.published[:10] if report.published else "", self.day(report.published) if report.published else "")

    def several(self, parties: Iterable[Any]) -> Markup:
        """Links to parties."""
        return _BETWEEN[self.lang].join(map(self.who, parties))

    def parties(self, row: Any) -> Markup:
        """Who does it and to or with whom."""
        arrow = "↔" if row.type in ("CONSULT", "AGREE", "COOPERATE") else "←" if self.lang == "ar" else "→"
        between = Markup(f' <span class="arrow" aria-hidden="true">{arrow}</span> ') if row.who and row.whom else Markup()
        return self.several(row.who) + between + self.several(row.whom)

    def stance(self, name: str) -> Markup:
        """A stance as a mark."""
        return _plain('<span class="chip st-{}">{}</span>', name, self.term("stance", name))

    def act(self, row: Any) -> Markup:
        """The type of an event, and its status where it is not just told as a fact."""
        act = _plain('<span class="act"><span class="dot ty-{}" aria-hidden="true"></span>{}</span>\n', row.type, self.term("type", row.type))
        return act if row.status == "actual" else act + _plain('<span class="chip status">{}</span>', self.term("status", row.status))

    def quote(self, quote_: Any, big: bool = False) -> Markup:
        """The words of a row or quote with the way to them, and who published them."""
        words_, address = _safe(cut(squeeze(quote_.text), _QUOTED)), _safe(self.words(quote_))
        return Markup(  # both are escaped
            f'<figure class="quote{" big" if big else ""}">\n  <blockquote lang="ar" dir="rtl"><a href="{address}">{words_}</a></blockquote>\n'
            f"  <figcaption>{self.origin(quote_)}</figcaption>\n</figure>\n"
        )

    def named(self, who: Any) -> str:
        """A party or actor as it is called in this language; ~ marks our own romanisation."""
        if who is None:
            return self.say("unnamed")
        if isinstance(who, Side):
            return who.name_en if self.lang == "en" else who.name
        mark = "~" if self.lang == "en" and getattr(who, "romanised", False) and who.name_en else ""
        return str(mark + (who.name_en or who.name) if self.lang == "en" else who.name)

    def key(self, who: Any) -> str:
        """By what a party's page is found."""
        if isinstance(who, Party):
            return who.code if who.kind != "person" and who.code else who.key
        return str(who.code)

    def page(self, *parts: str) -> str:
        return path(self.lang, *parts)

    def actor(self, who: Any) -> str:
        """The page of a party."""
        return self.page("actors", self.key(who))

    def words(self, quote_: Any) -> str:
        """The page of an article, at the words of a row or quote."""
        return f"{path(self.lang, 'articles', quote_.article)}?at={quote_.span.start}-{quote_.span.end}#at"


_BETWEEN: Final = {"en": Markup('<span class="sep">, </span>'), "ar": Markup('<span class="sep">، </span>')}
_QUOTED: Final = 420  # characters of a quotation that lists show
_LEEWAY: Final = 5


def cut(text: str, size: int) -> str:
    """The beginning of a text up to a space, with … for what is left out."""
    return text if len(text) <= size + _LEEWAY else text[: size - 1].rsplit(" ", 1)[0] + "…"


def options(named: Iterable[tuple[str, str]]) -> Markup:
    """Names to choose from, with the keys they stand for."""
    return Markup().join(_plain('<option value="{}">{}</option>', name, key) for name, key in named)


def _safe(text: str) -> str:
    """Cleaned and escaped, for pieces put together here: some three times as fast as to format a Markup."""
    return str(escape(clean(text)))


@lru_cache(maxsize=_KEPT)
def _plain(form: str, *values: str) -> Markup:
    return Markup(form).format(*map(clean, values))


@lru_cache(maxsize=_KEPT)
def _linked(address: str, name: str) -> Markup:
    return Markup(f'<a class="who" href="{_safe(address)}"><bdi>{_safe(name)}</bdi></a>')


@lru_cache(maxsize=_KEPT)
def _origin(source: str, day: str, worded: str) -> Markup:
    pieces = [*([f"<bdi>{_safe(source)}</bdi>"] if source else []), *([f'<time datetime="{_safe(day)}">{_safe(worded)}</time>'] if day else [])]
    return Markup(f'<span class="origin">{" · ".join(pieces)}</span>')  # its pieces are escaped


SPEECH: dict[str, Speech] = {language: Speech(language) for language in words.LANGUAGES}


def static_names() -> dict[str, str]:
    """Files of the static folder with a mark of their content, so that browsers may keep them."""
    import hashlib

    folder = files("mahdar.server").joinpath("static")
    return {name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest()[:10] for name in ("app.css", "app.js", "charts.js", "theme.js")}
