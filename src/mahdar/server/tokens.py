"""Tokens: who may read from other machines, and who may write. Only their digests are kept, in a file of the user's own.

A token is 256 random bits, so that a plain SHA-256 of it tells nothing; comparisons take the same time whatever is compared.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from mahdar.errors import SettingsError

Scope = Literal["read", "write"]
SCOPES: Final[tuple[Scope, ...]] = ("read", "write")
_PREFIX: Final = "mahdar_"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token. ``expires`` is a UTC time, or empty for never; a token that may write may read too."""

    id: str
    digest: str
    scope: Scope
    name: str
    made: str
    expires: str = ""

    def valid(self, now: datetime) -> bool:
        return not self.expires or now < datetime.fromisoformat(self.expires)


class Tokens:
    """The tokens of one file, read anew when it changes, so that one revoked is refused at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._held: tuple[Token, ...] = ()

    def all(self) -> tuple[Token, ...]:
        """All tokens in the order in which they were made; raises :class:`SettingsError` where the file is not one of tokens."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self._seen, self._held = None, ()
            return ()
        seen = (found.st_mtime_ns, found.st_size)
        if seen != self._seen:
            self._held = _loaded(self.path)
            self._seen = seen
        return self._held

    def find(self, secret: str, now: datetime) -> Token | None:
        """The valid token that ``secret`` is."""
        digest = digest_of(secret)
        found = None
        for token in self.all():  # all are compared, found or not
            if hmac.compare_digest(token.digest, digest) and token.valid(now):
                found = token
        return found

    def held(self, digest: str, now: datetime) -> Token | None:
        """The valid token with this digest."""
        return next((token for token in self.all() if hmac.compare_digest(token.digest, digest) and token.valid(now)), None)

    def create(self, *, scope: Scope, name: str, days: float | None, now: datetime) -> tuple[str, Token]:
        """A new token: the secret, told only here, and what is kept of it."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        expires = "" if days is None else (now + timedelta(days=days)).isoformat(timespec="seconds")
        token = Token(secrets.token_hex(4), digest_of(secret), scope, name, now.isoformat(timespec="seconds"), expires)
        self._write([*self.all(), token])
        return secret, token

    def revoke(self, number: str) -> Token | None:
        """Take the token with this id away; None where there is none."""
        held = self.all()
        gone = next((token for token in held if token.id == number), None)
        if gone is not None:
            self._write([token for token in held if token != gone])
        return gone

    def _write(self, tokens: Sequence[Token]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".tokens")  # readable by its owner alone
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump([asdict(token) for token in tokens], out, indent=1)
            os.replace(name, self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._seen = None


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def now_utc() -> datetime:
    return datetime.now(UTC)


def _loaded(path: Path) -> tuple[Token, ...]:
    try:
        return tuple(map(_token, json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, TypeError, KeyError) as error:
        raise SettingsError(f"{path}: is no file of tokens ({error}); `mahdar token create` makes one, --tokens names another") from error


def _token(row: Mapping[str, str]) -> Token:
    token = Token(**{name: row[name] for name in ("id", "digest", "scope", "name", "made", "expires")})  # type: ignore[arg-type]
    if token.scope not in SCOPES:
        raise ValueError(f"scope {token.scope!r}")
    if token.expires and datetime.fromisoformat(token.expires).tzinfo is None:
        return replace(token, expires=f"{token.expires}+00:00")
    return token
