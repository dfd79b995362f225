"""The names of the features by which acts and their slots are weighed (:mod:`mahdar.reading.choose`).

They recur with every article; building their names once is what makes weighing cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(slots=True, eq=False)  # not frozen: hundreds are made for each article, and setting the fields of frozen ones is slow
class Group:
    """Names of yes/no features that go together, made once and told apart by identity: what they weigh is remembered at no cost of comparing names."""

    names: tuple[str, ...]


NOTHING = Group(())


@lru_cache(maxsize=50_000)
def act_names(kind: str, type_: str, act: str, status: str, said: str, bound: bool) -> tuple[str, ...]:
    names = (
        "bias", f"type={type_}", f"act={act}", f"kind={kind}", f"{type_} kind={kind}", f"status={status}", f"said={said}",
        f"{type_} said={said}", f"{kind} said={said}", f"{act} said={said}", f"{type_} status={status}",
    )  # fmt: skip
    return (*names, f"{kind} bound", f"{type_} bound") if bound else names  # an idiom or a head with its companion says more than a bare word


@lru_cache(maxsize=50_000)
def context_names(
    marks: tuple[str, ...], preposition: str, relative: bool, prep: str, tense: str, subject: str, in_relative: bool, accusative: int, definite: int, pronoun: bool, lead: bool
) -> tuple[str, ...]:
    names = [f"mark={mark}" for mark in marks]
    if preposition:
        names.append(f"prev={preposition}")
    if relative:
        names.append("relative")
    if prep:
        names.append(f"glued={prep}")
    if tense:
        names += [f"tense={tense}", f"subject={subject}"]
    if accusative >= 0:
        names.append(f"accusative={accusative}")
    if definite >= 0:
        names.append(f"definite={definite}")
    names += [name for name, on in (("in relative", in_relative), ("pronoun", pronoun), ("lead", lead)) if on]
    return tuple(names)


@lru_cache(maxsize=60_000)
def frame_names(kind: str, type_: str, relation: str, who: str) -> Group:
    names = (f"rel={relation}", f"{kind} rel={relation}", f"{type_} rel={relation}", f"{type_} {kind} rel={relation} {who}", f"{kind} rel={relation} {who}")
    return Group(names)


@lru_cache(maxsize=60_000)
def row_names(act: str, relation: str) -> Group:
    """How a party stands to an act of this very row; apart from the rest, because rows are many and so seldom come back."""
    return Group((f"{act} rel={relation}",))


@lru_cache(maxsize=50_000)
def crossing_names(relation: str, side: str, verbs: int, marks: int) -> Group:
    """What lies between an act and a party."""
    return Group((f"rel={relation} v={verbs} m={marks}", f"side={side} v={verbs} m={marks}"))


@lru_cache(maxsize=10_000)
def standing_names(relation: str, stand: str) -> Group:
    """How the act's word stands in its clause."""
    return Group((f"rel={relation} at={stand}",))


@lru_cache(maxsize=60_000)
def slot_names(
    relation: str, side: str, others: int, near: int, sort: str, locative: bool, rank: int, governor: str, joined: bool, vague: bool, frame: str
) -> Group:
    names = [f"side={side} others={others}", f"rel={relation} near={near}", f"sort={sort}"]
    names += [name for name, on in (("locative", locative), ("joined", joined), ("vague", vague)) if on]
    if rank >= 0:
        names.append(f"rank={rank} kind={governor}")
    if frame:
        names.append(frame)
    return Group(tuple(names))


@lru_cache(maxsize=50_000)
def implied_names(kind: str, type_: str, relation: str, framed: bool) -> Group:
    names = (f"rel={relation}", f"{kind} rel={relation}", f"{type_} rel={relation}")
    return Group((*names, "frame source") if framed else names)


@lru_cache(maxsize=20_000)
def word_names(names: tuple[str, ...], sort: str, vague: bool) -> Group:
    """How somebody stands in reported words that are an act by themselves."""
    return Group((*(f"words {name}" for name in names), f"sort={sort}", *(("vague",) if vague else ())))


def party_names(type_: str, role: str, sort: str, kind: str) -> tuple[str, ...]:
    """Who fills a slot, by the mention and by the entity."""
    names = (f"{role} sort={sort}", f"{type_} {role} sort={sort}") if sort else ()
    return (*names, f"{role} is={kind}", f"{type_} {role} is={kind}") if kind else names


def place_names(role: str, relation: str, crossing: Group) -> tuple[str, ...]:
    """How the filler of a slot stands to the act."""
    return (f"{role}={relation}", *(f"{role} {name}" for name in crossing.names))


def stand_names(role: str, standing: Group) -> tuple[str, ...]:
    """How the act stands to the filler of a slot."""
    return tuple(f"{role} {name}" for name in standing.names)


def frame_fit_names(role: str, relation: str, act: str, subject: str) -> tuple[str, ...]:
    """How that goes with the act's row (of a target), or with the act's kind and how its clause's subject was found (of a source)."""
    return (f"{act} target={relation}",) if role == "target" else (f"{act} subject={subject} source={relation}",)


def pair_names(kind: str, type_: str, source: str, target: str) -> tuple[str, ...]:
    return (f"{kind} {source}>{target}", f"{type_} {source}>{target}")


# What the event model sees of who stands on each side, as one number: flags, how many parties a mutual act has (up to three), and which candidates of
# their sides they are. It is asked for with every pair of candidates, and a number is found faster than nine values.
HAS_SOURCE, HAS_TARGET, OTHER_SOURCE, OTHER_TARGET, ONE_CODE = (1 << bit for bit in range(5))
PARTIES, SOURCE_RANK, TARGET_RANK = 5, 7, 10  # the first of their bits


def side_names(type_: str, sides: int) -> tuple[str, ...]:
    names = [f"{type_} sides={int(sides & HAS_SOURCE != 0)}{int(sides & HAS_TARGET != 0)}", f"source rank={sides >> SOURCE_RANK & 7}", f"target rank={sides >> TARGET_RANK & 7}"]
    if sides & OTHER_SOURCE:
        names.append("source other")
    if sides & OTHER_TARGET:
        names.append("target other")
    if sides >> PARTIES & 3:
        names.append(f"mutual parties={sides >> PARTIES & 3}")
    if sides & ONE_CODE:
        names += ("one code", f"{type_} one code")
    return tuple(names)


@lru_cache(maxsize=20_000)
def none_names(kind: str, type_: str, act: str, mutual: bool) -> Group:
    return Group(("none", f"none type={type_}", f"none kind={kind}", f"none act={act}", f"none mutual={int(mutual)}"))


@lru_cache(maxsize=50_000)
def head_names(type_: str, head: str) -> Group:
    """What is known of a mention by the noun it belongs to."""
    return Group((f"head={head}", f"{type_} head={head}")) if head else NOTHING


@lru_cache(maxsize=50_000)
def tie_names(type_: str, relation: str, side: str, busy: bool, own: bool, quoted: int) -> Group:
    """What ties a mention to something else: another verb's subject, of the speaker's own side, within a quotation that the act is not in."""
    names: list[str] = []
    if busy:
        names += ("busy", f"busy side={side}", f"busy rel={relation}")
    if own:
        names += ("own", f"own {type_}", f"own rel={relation}")
    if quoted:
        names += (f"quoted={quoted}", f"quoted={quoted} rel={relation}")
    return Group(tuple(names)) if names else NOTHING
