"""Who held which post on the day of a report, as the lexicon's people say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mahdar.lexicon.model import Lexicon, Post

STATE_OFFICES = frozenset(("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "minister"))


@dataclass(frozen=True, slots=True)
class Offices:
    """The posts of listed persons, asked for on one day (ISO; empty: no day is known)."""

    lexicon: Lexicon
    date: str

    def post(self, person: str | None) -> Post | None:
        """The post a listed person held on the day, else the one given up last before it, else the last in the list; where no day is known the latest."""
        known = self.lexicon.people.get(person or "")
        if known is None or not known.posts:
            return None
        posts = [p for p in known.posts if self._begun(p)]
        current = [p for p in posts if not p.end or not self.date or p.end >= self.date]
        ruling = [p for p in current if p.role in STATE_OFFICES]  # a party's leader in office speaks for the state
        if not current and posts:
            return max(posts, key=lambda p: p.end)
        chosen = ruling or current or list(known.posts)
        return chosen[-1] if self.date else max(chosen, key=lambda p: (p.end or "~", p.start))

    def post_of_role(self, person: str | None, role: str | None) -> Post | None:
        """The post of this role that a listed person held last before the day (رئيس الوزراء الأسبق فلان)."""
        known = self.lexicon.people.get(person or "")
        posts = [p for p in known.posts if p.role == role] if known is not None else []
        begun = [p for p in posts if self._begun(p)]
        return (begun or posts)[-1] if posts else None

    def serves(self, person: str) -> bool:
        """Does a listed person hold some post on the day?"""
        return any(map(self.held, self.lexicon.people[person].posts))

    def holds(self, person: str | None, role: str | None, code: str | None) -> bool:
        """Does a listed person hold a post of this role on the day, for this state or body if one is told?"""
        return any(map(self.held, self._posts(person, role, code)))

    def ever_held(self, person: str | None, role: str | None, code: str | None) -> bool:
        """Does a listed person hold such a post on any day?"""
        return any(True for _ in self._posts(person, role, code))

    def _posts(self, person: str | None, role: str | None, code: str | None) -> Iterator[Post]:
        known = self.lexicon.people.get(person or "")
        return (p for p in known.posts if p.role == role and code in (None, p.code)) if known is not None else iter(())

    def holder(self, role: str | None, code: str | None) -> str | None:
        """The listed person who held a post on the day, when exactly one did."""
        if not role or not code:
            return None
        found = {p.person for p in self.lexicon.posts.get(f"{role} {code}", ()) if self.held(p)}
        return found.pop() if len(found) == 1 else None

    def _begun(self, post: Post) -> bool:
        return not self.date or (post.start or "0") <= self.date

    def held(self, post: Post) -> bool:
        """Was the post held on the day, where one is known?"""
        return bool(self.date) and post.start <= self.date and (not post.end or post.end >= self.date)
