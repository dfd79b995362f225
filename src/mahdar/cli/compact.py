"""``mahdar compact``: a register made smaller."""

from __future__ import annotations

import click

from mahdar.cli.common import register_option


@click.command()
@register_option
@click.option("--quiet", is_flag=True, help="Say nothing.")
def compact(register: str, quiet: bool) -> None:
    """Give back the room a register no longer needs, and let its database count its rows anew, which makes questions quicker.

    Nothing that was read or said is dropped. A register in a file takes twice its size on the disk meanwhile, and nobody else can write to it.
    """
    from mahdar.register.compact import compact as run
    from mahdar.register.store import Store

    with Store.open(register) as store:
        done = run(store)
    if not quiet:
        dropped = f"; {done.dropped} rows of former versions dropped" if done.dropped else ""
        click.echo(f"mahdar: {done.before / 1e6:,.1f} MB before, {done.after / 1e6:,.1f} MB after{dropped}", err=True)
