"""The command `sendcheck`, also `python -m bot`."""

import sys

WRONG_USE = 3
"""Exit code for a wrong argument or setting; 2 is kept for what could not be checked (DESIGN section 5)."""
INTERRUPTED = 130
"""Typer's exit code after Ctrl-C, which it says nothing about."""


def main() -> None:
    """Run the command line; errors of ours and wrong arguments become one line and exit code 3."""
    import typer

    from bot.cli import app
    from bot.errors import SendcheckError

    try:
        code = app(standalone_mode=False) or 0
        if code == INTERRUPTED:
            sys.stderr.write("\nStopped. Whatever was finished is kept.\n")
        sys.exit(code)
    except SendcheckError as error:
        sys.stderr.write(f"sendcheck: {error}\n")
        sys.exit(WRONG_USE)
    except typer.Abort:
        sys.stderr.write("Stopped.\n")
        sys.exit(1)
    except Exception as error:
        # Typer keeps the base class of its usage errors to itself; they are the ones that can show themselves.
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
