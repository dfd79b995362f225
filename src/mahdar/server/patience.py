"""How long the server waits for a request: whoever keeps many connections open and says nothing on them would keep all others out."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Impatient(H11Protocol):
    """HTTP/1.1 that hangs up on a client who has not sent the head of a request, or then its body, after ``patience`` seconds, however many bytes dripped in."""

    patience: ClassVar[float] = 30.0
    _owed: object = None  # what the client is to send: the state of h11 that the clock was started in
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        self._look()

    def _look(self) -> None:
        """Start the clock where the client begins to owe something, stop it where nothing is owed."""
        state = self.conn.their_state
        if state is self._owed and self._clock is not None:
            return
        self._stop()
        if state in (h11.IDLE, h11.SEND_BODY) and not self.transport.is_closing():
            self._owed, self._clock = state, self.loop.call_later(self.patience, self.transport.close)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
