"""`partner-tui completion`: what makes a shell complete our commands."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash: eval "$(partner-tui completion bash)"     in ~/.bashrc
    zsh:  eval "$(partner-tui completion zsh)"      in ~/.zshrc
    fish: partner-tui completion fish > ~/.config/fish/completions/partner-tui.fish
    """  # noqa: D301 - click reads the backspace itself
    from click.shell_completion import get_completion_class

    from tui.cli.main import COMPLETING

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "partner-tui", COMPLETING).source())
