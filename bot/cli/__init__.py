"""The command line: parse, call one function, print.

Results go to standard output, everything else to standard error.
"""

import typer

from bot.cli.ask import ask
from bot.cli.check import check
from bot.cli.copy import copy
from bot.cli.guidance import guidance
from bot.cli.report import report
from bot.cli.serve import doctor, migrate, serve
from bot.cli.teams import teams_package
from bot.cli.work import purge, work

app = typer.Typer(
    name="sendcheck",
    help="Can I send this? Ask, check a file before it leaves, log a near miss.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (ask, check, copy, report, serve, work, purge, teams_package, migrate, doctor):
    app.command()(command)
app.add_typer(guidance, name="guidance")
