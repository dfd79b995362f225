"""``mahdar completion``: what a shell needs to complete commands, options and their values.

Click answers what may stand at the cursor. Its scripts are used where they do; ours mend what failed when they were tried in the shells themselves:
values behind ``--option=`` and, in fish, help that holds a comma.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete, add_completion_class

_ZSH: Final = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local type key descr
    local -a plain described response
    (( $+commands[%(prog_name)s] )) || return 1
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) %(complete_var)s=zsh_complete %(prog_name)s)}")
    [[ "$words[CURRENT]" == --*=* ]] && compset -P '*='
    for type key descr in ${response}; do
        if [[ "$type" == "dir" ]]; then
            _files -/
        elif [[ "$type" == "file" ]]; then
            _files
        elif [[ "$descr" == "_" ]]; then
            plain+=("$key")
        else
            described+=("$key":"$descr")
        fi
    done
    if (( $#described )); then
        _describe -V unsorted described
    fi
    if (( $#plain )); then
        compadd -V unsorted -M 'm:{[:lower:]}={[:upper:]}' -a plain
    fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH: Final = """\
function %(complete_func)s
    type -q %(prog_name)s; or return
    set -l typed (commandline -ct)
    set -l option (string match --regex -- '^--[^=]*=' $typed; or echo)
    for found in (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) COMP_CWORD="$typed" %(prog_name)s)
        set -l parts (string split --max 1 , -- $found)
        switch $parts[1]
            case dir
                printf '%%s\\n' $option(__fish_complete_directories $parts[2])
            case file
                printf '%%s\\n' $option(__fish_complete_path $parts[2])
            case plain
                printf '%%s\\n' $option$parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _Bash(BashComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        """Bash takes ``--format=csv`` for three words."""
        args, incomplete = super().get_completion_args()
        return [arg for arg in args if arg != "="], incomplete


class _Zsh(ZshComplete):
    source_template = _ZSH


class _Fish(FishComplete):
    source_template = _FISH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Without an empty description, which fish would show as a pair of brackets."""
        return super().format_completion(item).rstrip("\t")


_SHELLS: Final[dict[str, type[ShellComplete]]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def enlist() -> None:
    """Let click answer shells by the classes of this module."""
    for name, shell in _SHELLS.items():
        add_completion_class(shell, name)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print what SHELL (bash, zsh or fish) needs to complete commands, options and their values.

    Written once to the place where the shell looks for completions, it asks mahdar itself each time, so that it never grows old.
    """
    click.echo(_SHELLS[shell](ctx.find_root().command, {}, "mahdar", "_MAHDAR_COMPLETE").source())
