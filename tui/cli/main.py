"""The command line: what scripts depend on. Each command's module is imported only when it is run."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from importlib import import_module

import click

from core.database import read_faults, watching_waits
from core.errors import Fault
from core.paths import data_folder, is_folder, settings_file
from core.private_file import sweep
from core.settings.settings import load_settings
from core.text.date_style import use_date_style
from tui.cli.chosen import Chosen
from tui.cli.ending import Ended, end_on_signals, excuse
from tui.cli.hint_words import fault_words
from tui.cli.option_checks import not_empty
from tui.cli.streams import output_to_the_end, release_streams, settle_streams
from tui.cli.talk import say
from tui.cli.waits import Waits

COMPLETING = "_PARTNER_TUI_COMPLETE"
"""Set by shells that ask for completions."""

_SHORTAGES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
"""What a system answers that has no more to give: no fault of ours, wherever it is met."""

COMMANDS = {
    "import": "tui.cli.import_files:import_files",
    "report": "tui.cli.report:report",
    "reports": "tui.cli.listings:reports",
    "runs": "tui.cli.listings:runs",
    "lists": "tui.cli.lists:lists",
    "schedules": "tui.cli.schedules:schedules",
    "mappings": "tui.cli.mappings:mappings",
    "login": "tui.cli.login:login",
    "logout": "tui.cli.login:logout",
    "whoami": "tui.cli.login:whoami",
    "sync": "tui.cli.sync:sync",
    "imports": "tui.cli.imports:imports",
    "undo-import": "tui.cli.imports:undo_import",
    "accounts": "tui.cli.accounts:accounts",
    "fields": "tui.cli.fields:fields",
    "backup": "tui.cli.backup:backup",
    "share": "tui.cli.share:share",
    "restore": "tui.cli.restore:restore",
    "doctor": "tui.cli.doctor:doctor",
    "completion": "tui.cli.completion:completion",
}
"""Command to module and function, in the order of the help."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def finish_what_was_killed() -> None:
    """Put right what a killed process left half done in other folders; at most starts there is nothing of it."""
    with contextlib.suppress(Fault):  # without a home folder
        for folder in (data_folder(), data_folder() / "pending", data_folder() / "crashes", settings_file().parent):
            sweep(folder)
        if is_folder(data_folder() / "pending"):
            from exporters.pending_sets import finish_pending_sets

            finish_pending_sets()
        if is_folder(data_folder() / "scratch"):
            from core.scratch import sweep_scratch

            sweep_scratch()
        if is_folder(data_folder() / "outbox"):
            from exporters.outbox import sweep_outbox

            sweep_outbox()


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"partner-tui {version('partner-tui')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db",
    callback=not_empty,
    metavar="PATH",
    help="The database; else PARTNER_TUI_DB, else the one in your data folder.",
)
@click.option("--demo", is_flag=True, help="Work on generated accounts, in a database of their own.")
@click.option(
    "--version", is_flag=True, callback=_print_version, expose_value=False, is_eager=True, help="Show the version."
)
@click.pass_context
def partner_tui(ctx: click.Context, db: str | None, demo: bool) -> None:
    """Constant Contact partner reports in a terminal.

    Without a command the terminal application opens.
    """
    ctx.obj = Chosen(db, demo)
    with contextlib.suppress(Fault):  # exports and doctor say what is wrong with it
        use_date_style(load_settings().date_style)
    finish_what_was_killed()
    if ctx.invoked_subcommand is None:
        from tui.terminal.session import check_terminal

        check_terminal()
        database = ctx.obj.database()
        from tui.app import run

        ctx.exit(run(database))


def main() -> None:
    """Run the command line and exit with its code: see *Exit codes* in the README."""
    os.umask(0o077)
    settle_streams()
    if COMPLETING in os.environ:
        partner_tui.main(prog_name="partner-tui", complete_var=COMPLETING)
    code = _exit_code(sys.argv[1:])
    release_streams()
    sys.exit(code)


def _exit_code(arguments: list[str]) -> int:
    """Run the command line, and say on stderr in one to three lines what went wrong, if anything did."""
    try:
        with (
            end_on_signals(),
            watching_waits(Waits()),
            output_to_the_end(),
            read_faults(),
            partner_tui.make_context("partner-tui", arguments) as context,
        ):
            partner_tui.invoke(context)
        return 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "partner-tui"
        return _say(f"{error.format_message()}\nSee: {command} --help", 2)
    except Fault as fault:
        return _say(fault_words(fault), fault.exit_code)
    except (Ended, click.Abort, KeyboardInterrupt) as ended:
        return ended.code if isinstance(ended, Ended) else 130
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _SHORTAGES:
            return _say(
                f"The system refused what was asked of it: {error.strerror}.\nClose other programs, or wait.", 1
            )
        return _say(excuse(error), 70)


def _say(text: str, code: int) -> int:
    for line in text.splitlines()[:3]:
        say(line)
    return code
