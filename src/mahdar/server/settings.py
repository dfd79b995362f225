"""How a server is set up, checked before anything is opened."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")  # what a browser on the same machine calls it


@dataclass(frozen=True, slots=True)
class Settings:
    """``names`` are host names it is reached by from outside, ``tokens`` the file of tokens; ``rate`` is requests a second of one client
    (0: no limit), ``body`` the most bytes of a request, ``text`` the most characters that ``POST /read`` reads, ``workers`` the processes that
    answer beside the one that listens (0: it answers by itself)."""

    register: str
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    tokens: Path | None = None
    always_tokens: bool = False
    rate: float = 100.0
    body: int = 2_000_000
    text: int = 200_000
    folders: tuple[Path, ...] = ()
    workers: int = 0

    @property
    def needs_tokens(self) -> bool:
        """May nobody read without a token? So wherever others can reach it."""
        return self.always_tokens or bool(self.names) or not is_loopback(self.host)

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names that requests may call the server by; None: any, where a token is asked for anyway."""
        if self.needs_tokens and not self.names:
            return None
        return frozenset(name.casefold() for name in (*HOSTS, self.host, *self.names))

    @property
    def token_file(self) -> Path:
        return self.tokens or default_tokens()


def default_tokens() -> Path:
    """Where tokens are kept unless said otherwise: with the user's own data."""
    return Path(user_data_path("mahdar", appauthor=False)) / "tokens.json"


def is_loopback(host: str) -> bool:
    """Can only this machine reach an address?"""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
