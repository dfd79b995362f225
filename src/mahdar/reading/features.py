"""The names of the features by which acts and their slots are weighed (:mod:`mahdar.reading.choose`).

Features that go together make a group, made from a few values: its key. What a group weighs is remembered by its key (:mod:`mahdar.reading.weights`)
or, where keys seldom come back, looked up by the parts of its names, so that names are made only when a key is met for the first time, and for
learning and explaining.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

Maker: TypeAlias = Callable[..., tuple[str, ...]]  # makes the names of a group from its key
Key: TypeAlias = tuple[Any, ...]


def act_names(kind: str, type_: str, act: str, status: str, said: str, bound: bool) -> tuple[str, ...]:
    names = (
        "bias", f"type={type_}", f"act={act}", f"kind={kind}", f"{type_} kind={kind}", f"status={status}", f"said={said}",
        f"{type_} said={said}", f"{kind} said={said}", f"{act} said={said}", f"{type_} status={status}",
    )  # fmt: skip
    return (*names, f"{kind} bound", f"{type_} bound") if bound else names  # an idiom or a head with its companion says more than a bare word


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


def frame_names(kind: str, type_: str, relation: str, who: str) -> tuple[str, ...]:
    return (f"rel={relation}", f"{kind} rel={relation}", f"{type_} rel={relation}", f"{type_} {kind} rel={relation} {who}", f"{kind} rel={relation} {who}")


def row_names(act: str, relation: str) -> tuple[str, ...]:
    """How a party stands to an act of this very row; apart from the rest, because rows are many and so seldom come back."""
    return (f"{act} rel={relation}",)


def crossing(after: bool, verbs: int, marks: int) -> int:
    """What lies between an act and a party, as one number (0 says nothing): on which side it stands, past how many verbs and clause marks, up to two."""
    return 1 | after << 1 | min(verbs, 2) << 2 | min(marks, 2) << 4


def crossing_names(relation: str, crossed: int) -> tuple[str, ...]:
    """What lies between an act and a party; ``crossed`` as :func:`crossing` gives it."""
    if not crossed:
        return ()
    lies = f"v={crossed >> 2 & 3} m={crossed >> 4}"
    return (f"rel={relation} {lies}", f"side={'after' if crossed & 2 else 'before'} {lies}")


def standing_names(relation: str, stand: str | None) -> tuple[str, ...]:
    """How the act's word stands in its clause."""
    return (f"rel={relation} at={stand}",) if stand is not None else ()


def path_names(relation: str, crossed: int, stand: str | None) -> tuple[str, ...]:
    """How a party stands to an act: what lies between them, and how the act's word stands in its clause."""
    return (*crossing_names(relation, crossed), *standing_names(relation, stand))


def slot_names(
    relation: str, after: bool, others: int, near: int, sort: str, locative: bool, rank: int, governor: str, joined: bool, vague: bool, frame: str
) -> tuple[str, ...]:
    names = [f"side={'after' if after else 'before'} others={others}", f"rel={relation} near={near}", f"sort={sort}"]
    names += [name for name, on in (("locative", locative), ("joined", joined), ("vague", vague)) if on]
    if rank >= 0:
        names.append(f"rank={rank} kind={governor}")
    if frame:
        names.append(frame)
    return tuple(names)


def implied_names(kind: str, type_: str, relation: str, framed: bool) -> tuple[str, ...]:
    names = (f"rel={relation}", f"{kind} rel={relation}", f"{type_} rel={relation}")
    return (*names, "frame source") if framed else names


def word_names(names: tuple[str, ...], sort: str, vague: bool) -> tuple[str, ...]:
    """How somebody stands in reported words that are an act by themselves."""
    return (*(f"words {name}" for name in names), f"sort={sort}", *(("vague",) if vague else ()))


def party_names(type_: str, role: str, sort: str, kind: str) -> tuple[str, ...]:
    """Who fills a slot, by the mention and by the entity."""
    names = (f"{role} sort={sort}", f"{type_} {role} sort={sort}") if sort else ()
    return (*names, f"{role} is={kind}", f"{type_} {role} is={kind}") if kind else names


def reached_names(role: str, relation: str, crossed: int) -> tuple[str, ...]:
    """How the filler of a slot stands to the act, and what lies between them."""
    return (f"{role}={relation}", *[f"{role} {name}" for name in crossing_names(relation, crossed)])


def place_names(role: str, relation: str, crossed: int, stand: str | None) -> tuple[str, ...]:
    """How the filler of a slot stands to the act, what lies between them, and how the act's word stands in its clause."""
    return (*reached_names(role, relation, crossed), *[f"{role} {name}" for name in standing_names(relation, stand)])


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


def none_names(kind: str, type_: str, act: str, mutual: bool) -> tuple[str, ...]:
    return ("none", f"none type={type_}", f"none kind={kind}", f"none act={act}", f"none mutual={int(mutual)}")


def named(makers: Iterable[Maker], keys: Iterable[Key]) -> list[str]:
    """The names of several groups."""
    return [name for make, key in zip(makers, keys, strict=False) for name in make(*key)]


def head_names(type_: str, head: str) -> tuple[str, ...]:
    """What is known of a mention by the noun it belongs to."""
    return (f"head={head}", f"{type_} head={head}") if head else ()


def tie_names(type_: str = "", relation: str = "", after: bool = False, busy: bool = False, own: bool = False, quoted: int = 0) -> tuple[str, ...]:
    """What ties a mention to something else: another verb's subject, of the speaker's own side, within a quotation that the act is not in."""
    names: list[str] = []
    if busy:
        names += ("busy", f"busy side={'after' if after else 'before'}", f"busy rel={relation}")
    if own:
        names += ("own", f"own {type_}", f"own rel={relation}")
    if quoted:
        names += (f"quoted={quoted}", f"quoted={quoted} rel={relation}")
    return tuple(names)


def neighbour_names(type_: str, where: str, stem: str) -> tuple[str, ...]:
    """A word by the act: right in front of it, right behind it, or the verb that its noun hangs on."""
    return (f"{where}={stem}", f"{type_} {where}={stem}")


def tone_names(type_: str, step: str, speaker: str) -> tuple[str, ...]:
    """What makes words an act by themselves: how sure the model of tones is, and who says them."""
    return (f"tone={step}", f"{type_} tone={step}", f"{type_} said by={speaker}")


NO_TIES: Final = ()
# The groups of a slot's features, in the order of its keys: of a party named, of one that the sentence implies, of the makers of a protest or the speaker of
# words that are an act, and of a party named in such words.
MENTIONED: Final = (frame_names, row_names, crossing_names, standing_names, head_names, tie_names, slot_names)
IMPLIED: Final = (implied_names, row_names, standing_names)
UNSEEN: Final = (implied_names, row_names)
IN_WORDS: Final = (frame_names, row_names, word_names)
