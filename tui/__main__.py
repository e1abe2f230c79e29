"""Where the program begins: what `partner-tui` and `python -m tui` run."""

from __future__ import annotations

import gc
import signal

NEW_OBJECTS = 50_000
"""Made before Python looks for forgotten ones; its own 700 cost a fifth of the start, when there are none yet."""


def main() -> None:
    """Run the command line. While it is being loaded, Ctrl-C ends the program without a word."""
    gc.set_threshold(NEW_OBJECTS)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tui.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
