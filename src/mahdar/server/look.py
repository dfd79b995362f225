"""How pages are made: templates that escape everything, strip what could turn a line around, and word things in the page's language."""

from __future__ import annotations

import json
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mahdar import __version__
from mahdar.register.answers import Party, Side
from mahdar.register.wording import Language
from mahdar.server import words
from mahdar.show import clean


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
        self.day = partial(words.day, language)

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
        return f"{link(self.page('articles', quote_.article), at=f'{quote_.span.start}-{quote_.span.end}')}#at"


SPEECH: dict[str, Speech] = {language: Speech(language) for language in words.LANGUAGES}


def static_names() -> dict[str, str]:
    """Files of the static folder with a mark of their content, so that browsers may keep them."""
    import hashlib

    folder = files("mahdar.server").joinpath("static")
    return {name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest()[:10] for name in ("app.css", "app.js", "charts.js", "theme.js")}
