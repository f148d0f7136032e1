"""The command `sendcheck`, also `python -m bot`."""

import sys


def main() -> None:
    """Run the command line; errors of ours become one line and exit code 3 (wrong use or setting)."""
    from bot.cli import app
    from bot.errors import SendcheckError

    try:
        app()
    except SendcheckError as error:
        sys.stderr.write(f"sendcheck: {error}\n")
        sys.exit(3)


if __name__ == "__main__":
    main()
