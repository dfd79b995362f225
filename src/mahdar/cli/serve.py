"""``mahdar serve``: the register as pages, HTTP API and MCP server; ``mahdar token``: who may use it from elsewhere; ``mahdar mcp``: for assistants."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.common import lexicon_option, register_option, safe
from mahdar.cli.logs import handler, line, log_option
from mahdar.crew import cores
from mahdar.errors import SettingsError
from mahdar.process import STAYING, settle

if TYPE_CHECKING:
    from mahdar.server.tokens import Scope, Tokens

_MOST = 4  # reading processes by default
_NEEDED = ("fastapi", "uvicorn", "jinja2", "mcp")


def _needs_server() -> None:
    """Say how to get the packages that are missing, before anything fails for want of them."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise SettingsError(f"this needs the extra: pip install 'mahdar[server]' (missing: {', '.join(missing)})")


def tokens_option(function: Any) -> Any:
    return click.option(
        "--tokens", type=click.Path(dir_okay=False, path_type=Path), envvar="MAHDAR_TOKENS", metavar="FILE",
        help="The file of tokens; also from MAHDAR_TOKENS.  [default: among the user's own data]",
    )(function)  # fmt: skip


@click.command()
@register_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on; any but a loopback address needs tokens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A host name by which others reach the server (behind a proxy, say); may be repeated. Needs tokens.")
@click.option("--require-token", is_flag=True, help="Ask for a token on a loopback address too.")
@tokens_option
@click.option("--rate", type=click.FloatRange(min=0), default=100, show_default=True, metavar="N", help="Requests a second of one client; 0 for no limit.")
@click.option(
    "--workers", type=click.IntRange(0, 64), metavar="N",
    help="Processes that answer beside the one that listens; 0 for none.  [default: one for each processor, 4 at most; with one processor none]",
)
@click.option("--max-body", type=click.FloatRange(min=0.001), default=2.0, show_default=True, metavar="MB", help="The largest request.")
@click.option("--quiet", is_flag=True, help="No line for each request.")
@log_option
@lexicon_option
def serve(
    register: str, host: str, port: int, names: tuple[str, ...], require_token: bool, tokens: Path | None, rate: float, workers: int | None, max_body: float, quiet: bool,
    log: str, folders: tuple[Path, ...],
) -> None:
    """Serve the register to people and programs: pages in Arabic and English, an HTTP API (/api/v1), and MCP (/mcp).

    Only this machine can reach it unless --host says otherwise; then every reader needs a token (`mahdar token create`).
    """
    _needs_server()
    from mahdar.register.connect import address, shown
    from mahdar.server.app import create
    from mahdar.server.run import run
    from mahdar.server.settings import Settings
    from mahdar.server.tokens import Tokens, now_utc

    settings = Settings(
        register=register, host=host, port=port, names=names, tokens=tokens, always_tokens=require_token, rate=rate, body=int(max_body * 1_000_000), folders=folders,
        workers=_processes() if workers is None else workers,
    )
    if settings.needs_tokens and not any(token.valid(now_utc()) for token in Tokens(settings.token_file).all()):
        raise SettingsError(f"{host}: others can reach this address, so readers need a token, and there is none; `mahdar token create` makes one")
    _logging(quiet, log)
    _say(f"opening {shown(address(register))}", log)
    app = create(settings)
    settle(STAYING)
    run(app, settings, lambda found: _say(f"open {found} in a browser; Ctrl-C ends", log, address=found))


def _processes() -> int:
    """Enough to keep the processors busy; where there is but one, another process would only stand in the way."""
    there = cores()
    return 0 if there == 1 else min(there, _MOST)


def _say(message: str, form: str, **fields: str) -> None:
    click.echo(line("info", message, **fields) if form == "json" else f"mahdar: {safe(message)}", err=True)


def _logging(quiet: bool, form: str) -> None:
    access = logging.getLogger("mahdar.access")
    access.addHandler(handler(form))
    logging.getLogger("uvicorn.error").addHandler(_errors(form))
    access.propagate = False
    access.setLevel(logging.WARNING if quiet else logging.INFO)


def _errors(form: str) -> logging.Handler:
    """Defects with their tracebacks; what uvicorn says besides is nobody's business."""
    out = handler(form)
    out.setLevel(logging.WARNING)
    return out


@click.command()
@register_option
@lexicon_option
def mcp(register: str, folders: tuple[Path, ...]) -> None:
    """Serve the register to an assistant over standard input and output, by the Model Context Protocol.

    Over HTTP `mahdar serve` has the same at /mcp. Every answer carries article, source and span.
    """
    _needs_server()
    from mahdar.server.run import run_stdio
    from mahdar.server.settings import Settings

    run_stdio(Settings(register=register, folders=folders))


# ---------------------------------------------------------------------------------------------------- tokens


@click.group()
def token() -> None:
    """Tokens with which a register is read, or written to, from other machines. Only their digests are kept."""


@token.command()
@click.option("--scope", type=click.Choice(["read", "write"]), default="read", show_default=True, help="Whether the token may change the register too.")
@click.option("--label", default="", metavar="WORDS", help="Whom or what it is for.")
@click.option("--days", type=click.FloatRange(min=0, min_open=True), default=90, show_default=True, help="How long it is valid.")
@click.option("--forever", is_flag=True, help="It never expires.")
@tokens_option
def create(scope: Scope, label: str, days: float, forever: bool, tokens: Path | None) -> None:
    """Make a token and print it, once."""
    from mahdar.server.tokens import now_utc

    secret, made = _tokens(tokens).create(scope=scope, name=label, days=None if forever else days, now=now_utc())
    click.echo(secret)
    click.echo(f"mahdar: token {made.id} ({scope}, {made.expires or 'never expires'}); this is the only time it is shown", err=True)


@token.command("list")
@tokens_option
def list_(tokens: Path | None) -> None:
    """The tokens there are, without their secrets."""
    for each in _tokens(tokens).all():
        click.echo(safe(f"{each.id}  {each.scope:<5}  made {each.made}  expires {each.expires or 'never':<25}  {each.name}").rstrip())


@token.command()
@click.argument("number", metavar="ID")
@tokens_option
@click.pass_context
def revoke(ctx: click.Context, number: str, tokens: Path | None) -> None:
    """Take a token back; servers that run refuse it at once."""
    if _tokens(tokens).revoke(number) is None:
        click.echo(f"mahdar: there is no token {safe(number)}; `mahdar token list` lists them", err=True)
        ctx.exit(1)
    click.echo(f"mahdar: token {safe(number)} is refused from now on", err=True)


def _tokens(path: Path | None) -> Tokens:
    from mahdar.server.settings import default_tokens
    from mahdar.server.tokens import Tokens

    return Tokens(path or default_tokens())
