"""Where the program begins: what `partner-tui` and `python -m tui` run."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line. While it is being loaded, Ctrl-C ends the program without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tui.cli import main as run

    run()


if __name__ == "__main__":
    main()
