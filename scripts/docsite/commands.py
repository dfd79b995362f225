"""The commands, from the parser that runs them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docsite.markup import code, page, table
from mahdar.cli.main import main
from mahdar.cli.manual import Manual, manual

WIDTH = 100


def pages() -> dict[str, str]:
    head = (
        "Every command of the program with its arguments, options, exit status and examples, made of the parser itself: `mahdar COMMAND --help` says the "
        "same. What inputs, filters and formats mean is told in [inputs](../cli.md), [the register](../register.md), [questions](../questions.md) and "
        "[exports](../exports.md)."
    )
    told = [_command(name, command) for name, command in every()]
    return {"reference/commands.md": page("Commands", head, _names(), *told)}


def every() -> Iterator[tuple[str, click.Command]]:
    """All commands and those below them, by their full names."""
    context = click.Context(main, info_name="mahdar")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", each) for below, each in command.commands.items())


def _names() -> str:
    return table(("command", "does"), ((f"[`mahdar {name}`](#{_anchor(name)})", command.get_short_help_str(200)) for name, command in every()))


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"mahdar {name}")
    context.max_content_width = WIDTH
    usage = command.get_usage(context).removeprefix("Usage: ")
    told = manual(name)
    parts = [
        f"## mahdar {name} {{#{_anchor(name)}}}", f"```text\n{usage}\n```", _text(command.help or ""), table(("option", "means"), _options(command)), _examples(told),
        "Exit status: " + "; ".join(f"{status} {meaning}" for status, meaning in told.exits) + ".",
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _text(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in words.replace("\b", "").split("\n\n"))


def _options(command: click.Command) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names = ", ".join(code(name) for name in (*parameter.opts, *parameter.secondary_opts))
            yield f"{names} {_value(parameter)}", _meaning(parameter)
    yield "`-h`, `--help`", "Show this and end."


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return code("|".join(map(str, option.type.choices)))
    return code(option.metavar or option.type.name.upper())


def _meaning(option: click.Option) -> str:
    said = [option.help or ""]
    if option.show_default and option.default is not None:
        said.append(f"Default: {code(option.default)}.")
    if option.envvar and "MAHDAR" not in (option.help or ""):
        said.append(f"Also from the environment: {code(option.envvar)}.")
    if option.required:
        said.append("Must be given.")
    return " ".join(said)


def _examples(told: Manual) -> str:
    return "```bash\n" + "\n".join(f"{line}    # {meaning}" for line, meaning in told.examples) + "\n```" if told.examples else ""


def _anchor(name: str) -> str:
    return f"mahdar-{name.replace(' ', '-')}"
