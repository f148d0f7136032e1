"""Joins reporting, triage and lessons."""

from typing import TYPE_CHECKING

from bot.domain.component import Component

if TYPE_CHECKING:
    from bot.nearmiss.filing import File
    from bot.nearmiss.needs import Needs
    from bot.wiring import Loaded


def component(loaded: "Loaded") -> Component:
    """Near misses of a server."""
    from bot.nearmiss.component import component as joined

    return joined(needs(loaded))


def filing(loaded: "Loaded") -> "File":
    """For a report that a single command stored: tells the team of it."""
    from bot.nearmiss.filing import File

    return File(needs(loaded))


def needs(loaded: "Loaded") -> "Needs":
    """What reporting, triage and lessons stand on."""
    from bot.domain.ports.reports import Audience
    from bot.nearmiss.needs import Needs
    from bot.store.lessons import SqlGoodCatches, SqlLessons
    from bot.store.reports import SqlReports
    from bot.store.sealed import Sealer
    from bot.wiring.incidents import incidents

    settings = loaded.settings
    return Needs(
        reports=SqlReports(loaded.engine, Sealer(loaded.site_key)),
        lessons=SqlLessons(loaded.engine),
        catches=SqlGoodCatches(loaded.engine),
        outbox=loaded.outbox,
        alarms=loaded.alarms,
        scrubber=lambda: loaded.scrubber,
        embed=lambda: loaded.embed,
        office=loaded.office,
        audience=Audience(loaded.places(settings.team), loaded.places(settings.staff)),
        site_key=loaded.site_key,
        on_breach=incidents(loaded).on_report,
        meanwhile=loaded.meanwhile,
        guidance_dir=settings.guidance_dir,
        keep_months=settings.keep_reports_months,
        contact=settings.contact,
    )
