"""`sendcheck teams-package`: the app package for Teams, ready to be uploaded by an administrator."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import show
from bot.errors import SettingError


def teams_package(
    out: Annotated[Path, typer.Option("--out", help="Where to write the zip.", dir_okay=False)],
    publisher: Annotated[str, typer.Option("--publisher", help="Your organisation, as Teams shows it.")],
    website: Annotated[str, typer.Option("--website", help="An https:// address of your organisation.")],
    privacy: Annotated[str, typer.Option("--privacy", help="Its privacy notice; without it, the website.")] = "",
    terms: Annotated[str, typer.Option("--terms", help="Its terms of use; without it, the website.")] = "",
    app_version: Annotated[
        str, typer.Option("--app-version", help="Raise it for each upload that changes something.")
    ] = "1.0.0",
) -> None:
    """Write the app package for Microsoft Teams: manifest and icons, checked."""
    from bot.platforms.teams.package import Publisher, package
    from bot.settings import read_settings

    app_id = read_settings().teams_app_id
    if not app_id:
        raise SettingError("MicrosoftAppId: set it to the app id of the bot")
    out.write_bytes(package(app_id, Publisher(publisher, website, privacy, terms), app_version))
    show.note(f"{out} is written: upload it in the Teams admin center under Teams apps, Manage apps.")
