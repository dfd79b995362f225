"""What shells complete as the value of an option or an argument that takes any word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, get_args

import click
from click.shell_completion import CompletionItem

from mahdar.record import EVENT_TYPES, ISSUES, Status

_Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


def path(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """A file or a folder, which the shell itself looks for."""
    return [CompletionItem(incomplete, type="file")]


def folder(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """A folder, which the shell itself looks for."""
    return [CompletionItem(incomplete, type="dir")]


def _of(words: Iterable[str]) -> _Complete:
    def complete(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        return [CompletionItem(word) for word in words if word.lower().startswith(incomplete.lower())]

    return complete


event_type: Final = _of(EVENT_TYPES)
issue: Final = _of(ISSUES)
status: Final = _of(get_args(Status))
