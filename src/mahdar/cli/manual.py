"""What ``--help`` says below the options, as a manual page does: examples that run, and what the exit status means."""

from __future__ import annotations

import inspect
from typing import Final, NamedTuple

import click


class Manual(NamedTuple):
    """Examples (a command line and what it is for) and exit statuses (a number and what it means) of one command."""

    examples: tuple[tuple[str, str], ...]
    exits: tuple[tuple[int, str], ...]


_ANY: Final = ((2, "wrong usage"), (130, "interrupted"))
_READ: Final = ((0, "all read"), (1, "something skipped (0 with --keep-going)"), *_ANY)
_SHOWN: Final = ((0, "done"), (1, "something skipped, or nothing found to show"), *_ANY)
_STORED: Final = ((0, "all stored"), (1, "something refused (0 with --keep-going)"), *_ANY)
_ASKED: Final = ((0, "answered, also where nothing is found"), (1, "no such register, or a question that cannot be asked"), *_ANY)
_DONE: Final = ((0, "done"), (1, "it could not be done: the message says why"), *_ANY)


def _m(exits: tuple[tuple[int, str], ...], *examples: tuple[str, str]) -> Manual:
    return Manual(examples, exits)


_MANUALS: Final = {
    "extract": _m(
        _READ,
        ("mahdar extract articles/ -o records.jsonl", "a folder, one record a line"),
        ("mahdar extract --with-text - < report.txt", "standard input, with the text that spans count in"),
        ("mahdar extract articles/ -o all/ --engine local --workers 2", "a folder of Parquet, on two processors"),
    ),
    "show": _m(
        _SHOWN, ("mahdar show report.txt --published 2015-10-31", "your own text; Friday becomes a date"), ("mahdar show articles/ --id minsk-2015", "one article of many"),
    ),
    "explain": _m(
        _SHOWN,
        ("mahdar explain report.txt --item event:0", "why the first event is in the record"),
        ("mahdar explain report.txt --at 12 --json", "all about one place, for a program"),
    ),
    "gaps": _m(_READ, ("mahdar gaps articles/ --kind verb --kind speaker --top 10", "what the lexicon lacks, most frequent first")),
    "ingest": _m(
        _STORED,
        ("mahdar ingest articles/ --register news.db", "fill a register, or go on filling it"),
        ("mahdar ingest --from-records records --register news.db", "what `mahdar extract --engine` has read, without reading it anew"),
        ("mahdar ingest articles/ --register postgresql://analyst@db.example/news", "the same on PostgreSQL"),
    ),
    "watch": _m(
        ((0, "with --once: all well"), (1, "with --once: a feed or an article failed (0 with --keep-going)"), *_ANY),
        ("mahdar watch feeds.toml --register news.db", "follow feeds until interrupted"),
        ("mahdar watch feeds.toml --once --quiet", "one look, as from cron"),
    ),
    "reread": _m(_STORED, ("mahdar reread --register news.db", "read stored articles with the lexicon of today"), ("mahdar reread --lexicon my-rows", "and rows of your own")),
    "rejects": _m(_DONE, ("mahdar rejects --format csv", "what was refused, for a table"), ("mahdar rejects --input articles --clear", "list and forget those of a folder")),
    "compact": _m(_DONE, ("mahdar compact --register news.db", "after much was read anew, or now and then")),
    "events": _m(
        _ASKED,
        ("mahdar events --between RUS USA --since 2015", "what two did with and to each other"),
        ("mahdar events --actor Iran --type REJECT --format csv", "as a table for other programs"),
    ),
    "meetings": _m(_ASKED, ("mahdar meetings --actor Kerry --status planned", "who is to meet whom")),
    "statements": _m(
        _ASKED,
        ("mahdar statements --actor لافروف --limit 5", "the newest words of a person"),
        ("mahdar statements --between RUS USA", "what two said about each other"),
    ),
    "positions": _m(_ASKED, ("mahdar positions --on iran-nuclear --status oppose", "who is against it, with the words")),
    "pairs": _m(_ASKED, ("mahdar pairs --between RUS USA --format csv", "cooperation and conflict by month")),
    "actors": _m(_ASKED, ("mahdar actors --limit 20", "who is in most articles"), ("mahdar actors merge Lavrov Kerry", "the second is the first, until taken back")),
    "actors merge": _m(_DONE, ("mahdar actors merge Lavrov Kerry", "the second is the first")),
    "actors split": _m(_DONE, ("mahdar actors split Lavrov --article minsk-2015", "in this article it is somebody else")),
    "actors rulings": _m(_DONE, ("mahdar actors rulings", "what was ruled by hand, with numbers")),
    "actors undo": _m(_DONE, ("mahdar actors undo 1", "take the first ruling back")),
    "occurrences": _m(_ASKED, ("mahdar occurrences --type CONSULT --since 2015", "meetings, each once however many report it")),
    "requests": _m(_ASKED, ("mahdar requests --status refused", "what was asked and refused, by both accounts")),
    "commitments": _m(_ASKED, ("mahdar commitments --status open --actor USA", "what is promised and not yet done")),
    "changes": _m(_ASKED, ("mahdar changes --on syria-settlement --format json", "whose stance turned, with the words before and after")),
    "search": _m(_ASKED, ("mahdar search '\"مجلس الأمن\" مفاوض*'", "a phrase and a beginning"), ("mahdar search --actor USA المفاوضات", "only articles with this actor")),
    "articles": _m(_ASKED, ("mahdar articles --source AFP --since 2015", "what is stored, newest first"), ("mahdar articles --actor Lavrov --limit 10", "only those he is in")),
    "stances": _m(_ASKED, ("mahdar stances --on iran-nuclear", "where each party stands now, since when, with the words")),
    "article": _m(((0, "printed"), (1, "no such article"), *_ANY), ("mahdar article minsk-2015", "a stored article with its record")),
    "brief": _m(
        _ASKED,
        ("mahdar brief iran-nuclear --until 2016 --since 2015-07", "a page, and what changed since July"),
        ("mahdar brief iran-nuclear --language ar", "the page in Arabic"),
    ),
    "export": _m(
        _DONE,
        ("mahdar export --format parquet -o news", "everything, to restore or to load elsewhere"),
        ("mahdar export --format csv --between RUS USA -o events.csv", "one flat table of events"),
        ("mahdar export --format gexf --period month -o network.gexf", "a network for Gephi"),
    ),
    "import": _m(_DONE, ("mahdar import news --register again.db", "a register of an export, on any database")),
    "serve": _m(
        ((0, "ended as asked"), (1, "it could not start: the message says why"), *_ANY),
        ("mahdar serve --register news.db", "pages and API for this machine; the address is printed"),
        ("mahdar serve --host 0.0.0.0 --name news.desk.example", "for others too, with tokens"),
    ),
    "mcp": _m(_DONE, ("mahdar mcp --register news.db", "for an assistant that starts it")),
    "token": _m(_DONE, ("mahdar token create --label 'the desk' --days 30", "printed once"), ("mahdar token list", "those there are")),
    "token create": _m(_DONE, ("mahdar token create --label 'the desk' --days 30", "printed once"), ("mahdar token create --scope write", "that may change the register")),
    "token list": _m(_DONE, ("mahdar token list", "those there are, without secrets")),
    "token revoke": _m(((0, "taken back"), (1, "no such token"), *_ANY), ("mahdar token revoke 3f9a", "refused from now on")),
    "check": _m(
        ((0, "all well"), (1, "something is wrong: each fault is named"), *_ANY),
        ("mahdar check --register news.db", "the file, all records, and all that is made of them"),
        ("mahdar check --register news.db --quick --format json", "the file and the records, for a program"),
    ),
    "repair": _m(((0, "all saved"), (1, "something is lost: it is named"), *_ANY), ("mahdar repair saved.db --register news.db", "what can be read of a damaged file")),
    "backup": _m(
        _DONE,
        ("mahdar backup --register news.db -o news-copy.db", "while it is read and written"),
        ("mahdar backup --register postgresql://analyst@db.example/news", "named by the moment, as from cron"),
    ),
    "restore": _m(
        _DONE,
        ("mahdar restore news-copy.db --register again.db", "a register of a copy"),
        ("mahdar restore news-copy.db --register postgresql://analyst@db.example/again", "into an empty database"),
    ),
    "doctor": _m(((0, "nothing fails"), (1, "something fails: its line says what to do"), *_ANY), ("mahdar doctor --register news.db", "what Mahdar needs of this machine")),
    "completion": _m(
        ((0, "printed"), *_ANY[:1]),
        ("mahdar completion bash > ~/.local/share/bash-completion/completions/mahdar", "bash"),
        ("mahdar completion zsh > ~/.zfunc/_mahdar", "zsh, with ~/.zfunc in fpath"),
        ("mahdar completion fish > ~/.config/fish/completions/mahdar.fish", "fish"),
    ),
}  # fmt: skip


def manual(name: str) -> Manual:
    """Of the command of this full name (``actors merge``); nothing but the usual statuses where none is written."""
    return _MANUALS.get(name, Manual((), _DONE))


def written(name: str) -> bool:
    """Has the command a manual?"""
    return name in _MANUALS


_INPUT: Final = "INPUT is a text, HTML, JSON Lines, CSV, Parquet, WARC, RSS or Atom file, each also .gz, a folder of them, or - for standard input."


def attach(name: str, command: click.Command) -> None:
    """Let ``--help`` of the command, and of those below it, say what INPUT is and end with its manual."""
    if command.help and _INPUT not in command.help and any(parameter.name == "inputs" for parameter in command.params):
        command.help = f"{inspect.cleandoc(command.help)}\n\n{_INPUT}"
    if command.epilog is None:
        command.epilog = _epilog(manual(name))
    if isinstance(command, click.Group):
        for below, each in command.commands.items():
            attach(f"{name} {below}", each)


def _epilog(told: Manual) -> str:
    """Below the options: paragraphs that begin with a backspace keep their lines."""
    examples = [f"  {line}\n      {meaning}" for line, meaning in told.examples]
    exits = [f"  {status:<4} {meaning}" for status, meaning in told.exits]
    parts = ["\n".join(("\b", "Examples:", *examples))] if examples else []
    return "\n\n".join([*parts, "\n".join(("\b", "Exit status:", *exits))])
