"""The questions that the API and the MCP server pass on: which filters each takes, and what is said of them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Query
from pydantic import StringConstraints

from mahdar.errors import QuestionError
from mahdar.record import EVENT_TYPES
from mahdar.register import derived
from mahdar.register.answers import ActorRow, ChangeRow, CommitmentRow, EventRow, Hit, OccurrenceRow, PairRow, PositionRow, RequestRow, StatementRow
from mahdar.register.filters import STANCES, STATUSES
from mahdar.register.library import ArticleRow, StanceRow
from mahdar.server.forms import Form

DEFAULT: Final = 50
MOST: Final = 10_000  # rows of one answer; of JSON
MOST_JSON: Final = 1_000
Words = Annotated[str, StringConstraints(max_length=500)]


@dataclass(frozen=True, slots=True)
class Question:
    """A method of the register, the filters it takes, and the statuses it knows."""

    name: str
    kind: type
    summary: str
    filters: tuple[str, ...]
    statuses: tuple[str, ...] = ()


_ALL: Final = ("actor", "between", "type", "on", "since", "until", "source", "status")
_NO_TYPE: Final = tuple(name for name in _ALL if name != "type")
QUESTIONS: Final[tuple[Question, ...]] = (
    Question("articles", ArticleRow, "Stored articles, the latest first: who is in them, and what happens there.", _ALL, STATUSES),
    Question("actors", ActorRow, "Who is in the register, those in most articles first.", ("actor", "since", "until", "source")),
    Question("events", EventRow, "Who did what to or with whom, as single articles report it.", _ALL, STATUSES),
    Question("meetings", EventRow, "Who met whom: visits, talks, calls and conferences.", _NO_TYPE, STATUSES),
    Question("occurrences", OccurrenceRow, "Events in the world, each once however many reports tell of it, with what these disagree on.", _ALL, STATUSES),
    Question("statements", StatementRow, "Who said what.", ("actor", "between", "type", "on", "since", "until", "source")),
    Question("positions", PositionRow, "Who holds what on an issue or toward somebody, as single articles tell it.", _NO_TYPE, STANCES),
    Question("stances", StanceRow, "The ledger: where each stood from when to when, with the first and the latest words. Needs `actor` or `on`.", _NO_TYPE, STANCES),
    Question("changes", ChangeRow, "Whose stance turned, with the words before and after.", _NO_TYPE, STANCES),
    Question("requests", RequestRow, "Who asked what of whom and what came of it, with the accounts of both.", _NO_TYPE, derived.OUTCOMES),
    Question("commitments", CommitmentRow, "What was promised or announced, and what came of it.", _ALL, derived.FATES),
    Question("pairs", PairRow, "What two did with and to each other, month by month. Needs `between` or `actor`.", _ALL, STATUSES),
    Question("search", Hit, "Articles that hold all the words, with the places, statements and events.", _ALL, STATUSES),
)

_EXAMPLES: Final[Mapping[str, str]] = {"actor": "RUS", "on": "assad-future", "since": "2015-09", "until": "2016", "source": "BBC"}
_TOLD: Final[Mapping[str, str]] = {
    "actor": "A code (RUS), a key (sergey-lavrov) or a name the lexicon knows (Russia, روسيا, Lavrov).",
    "between": "Two actors: given twice, or as A,B.",
    "type": f"A PLOVER type, once or more: {', '.join(EVENT_TYPES)}.",
    "on": "An issue (see /issues), or an actor toward whom.",
    "since": "From this day (2015-10-30), month (2015-10) or year on.",
    "until": "To this day, month or year.",
    "source": "Only reports of this publisher, as the register names it.",
    "after": "Go on behind the row with this cursor: `next` of the page before.",
    "q": 'Words to look for; "…" is a phrase, كلم* a beginning, -كلمة must not be there.',
}


def parameters(question: Question) -> list[inspect.Parameter]:
    """The query parameters of a question, as FastAPI reads them."""
    out = [_parameter("q", Annotated[Words, Query(description=_TOLD["q"], examples=["فيينا"], min_length=1)])] if question.name == "search" else []
    if out:
        meaning = "By meaning: the words are a question in any of 16 languages. Needs the extra `semantic`, and vectors made by `mahdar search --semantic`."
        out.append(_parameter("semantic", Annotated[bool, Query(description=meaning)], False))
    for name in question.filters:
        if name in ("between", "type", "status"):
            told = _TOLD.get(name) or f"One or more of {', '.join(question.statuses)}."
            many: Any = Annotated[list[Words] | None, Query(description=told, max_length=20, examples=[_many(name, question)])]
            out.append(_parameter(name, many, None))
        else:
            out.append(_parameter(name, Annotated[Words | None, Query(description=_TOLD[name], examples=[_EXAMPLES[name]])], None))
    out.append(_parameter("limit", Annotated[int, Query(ge=1, le=MOST, description=f"Rows at most; of JSON {MOST_JSON}.", examples=[20])], DEFAULT))
    out.append(_parameter("after", Annotated[Words | None, Query(description=_TOLD["after"])], None))
    form = Annotated[Form | None, Query(description="The form of the answer; without it Accept decides.")]
    return [*out, _parameter("format", form, None)]


def _many(name: str, question: Question) -> list[str]:
    return {"between": ["RUS", "USA"], "type": ["CONSULT"], "status": [*question.statuses[:1]]}[name]


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as filters: empty ones left out, two actors written as one told apart."""
    out = {name: value for name, value in given.items() if value not in (None, "", [], False)}
    if "between" in out:
        two = [part.strip() for each in out["between"] for part in (each.split(",") if len(out["between"]) == 1 else [each])]
        if len(two) != 2 or not all(two):
            raise QuestionError("between needs two actors: between=RUS&between=USA, or between=RUS,USA")
        out["between"] = two
    for name, value in out.items():
        if isinstance(value, str) and "\x00" in value:
            raise QuestionError(f"{name} holds a character no text has (U+0000)")
    return out
