"""Who travels with whom: the named persons a sentence counts among a delegation (ويضم الوفد فلانا وفلانا) or in somebody's company (يرافقه فلان)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention
from mahdar.reading.proposals import Proposal
from mahdar.reading.reference import Entity

_COUNTS = frozenset("يضم ضم تضم ضمت".split())
_DELEGATION, _AHEAD, _BEHIND = frozenset("الوفد وفد وفدا للوفد بوفد".split()), 8, 4  # words between it and the verb
_GOES_WITH = frozenset("يرافق رافق ترافق رافقت".split())
_WITH_HIM = frozenset("يرافقه رافقه يرافقها رافقها ترافقه رافقته ترافقها رافقتها".split())
_ATTENDS = frozenset("حضر يحضر حضره حضرها شهد".split())
_VERBS = _COUNTS | _GOES_WITH | _WITH_HIM | _ATTENDS
_MEETING = frozenset("اللقاء الاجتماع المقابله الجلسه المباحثات المحادثات الاستقبال".split())
_NEAR = 5  # sentences from the meeting or visit to who takes part


def companions(
    document: Document, clauses: Sequence[list[Clause]], mentions: Sequence[list[Mention]], entities: Sequence[Entity], events: Sequence[Proposal]
) -> dict[Proposal, list[int]]:
    """For meetings and visits the persons told of behind them as company of one of their parties: of the nearest one before them whose party they serve."""
    met = [p for p in events if p.trigger.act.type == "CONSULT" and p.status != "denied"]
    out: dict[Proposal, list[int]] = {}
    if not met:
        return out
    for number, sentence in enumerate(document.sentences):
        at = next((i for i in range(sentence.first, sentence.last) if document.tokens.form[i].removeprefix("و") in _VERBS), -1)
        if at < 0:
            continue
        for entity in _named(document, clauses[number], mentions[number], entities, at):
            code = entities[entity].code
            near = [p for p in met if 0 <= number - p.sentence <= _NEAR and (code in p.source_codes or code in p.target_codes)]
            if near:
                out.setdefault(max(near, key=lambda p: p.sentence), []).append(entity)
    return out


def _named(document: Document, clauses: list[Clause], mentions: list[Mention], entities: Sequence[Entity], at: int) -> Iterator[int]:
    """The persons by name behind the verb at ``at``, up to the next clause; none where no delegation stands beside a verb of counting."""
    forms = document.tokens.form
    verb = forms[at].removeprefix("و")
    if verb in _COUNTS and _DELEGATION.isdisjoint(forms[max(0, at - _AHEAD) : at + _BEHIND]):
        return
    if verb in _ATTENDS and _MEETING.isdisjoint(forms[at + 1 : at + 3]):
        return
    limit = next((c.at for c in clauses if c.at > at and not c.relative), len(forms))
    behind = sorted((m for m in mentions if at < m.first < limit), key=lambda m: m.first)
    people = [m for m in behind if m.kind == "person" and m.entity >= 0]
    if verb in _GOES_WITH:
        people = people[1:]  # يرافق الوزير كل من: whom they go with
    for m in people:
        who = entities[m.entity]
        if who.kind == "person" and who.named:
            yield m.entity
