"""What the names and posts of a listed person tell of whether he is the one who is described."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.lexicon.model import Entry
    from mahdar.reading.mentions import Mention, MentionFinder

_NO_POSTS = ("envoy", "citizen", "other", "expert", "journalist")  # whose land is not that of posts held once


def another_state(f: MentionFinder, m: Mention, person: Entry) -> bool:
    """استقبل مستشار ترامب أنجيلا ميركل: a listed person none of whose posts was this state's is somebody else."""
    known, states = f.lexicon.people.get(person.ref or ""), f.lexicon.state_names
    if person.kind != "person" or m.code not in states or known is None or not known.posts or m.role in _NO_POSTS:
        return False
    return all(p.code in states and p.code != m.code for p in known.posts)


def born_there(f: MentionFinder, m: Mention, role: Entry, person: Entry) -> bool:
    """Does a listed person, of whose posts none was the state's whose nationality stands here, work for a body of several states or none?"""
    known, states = f.lexicon.people.get(person.ref or ""), f.lexicon.state_names
    if person.kind != "person" or m.code not in states or known is None:
        return False
    codes = {p.code for p in known.posts}
    return m.code not in codes and any(p.role == role.role and p.code not in states for p in known.posts)


def listed_behind(f: MentionFinder, given: str, i: int) -> bool:
    """رحيل الأسد، طالب محمد كامل عمرو: the word is no given name where somebody listed by other names follows it."""
    match = f.match(i)
    listed = f.entry(match, "person", "short")
    if match is None or listed is None or match.prefix:
        return False
    known = f.lexicon.people.get(listed.ref or "")
    return known is None or given not in known.name.split()
