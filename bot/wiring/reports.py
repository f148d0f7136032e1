"""Joins reporting, triage and lessons."""

from typing import TYPE_CHECKING

from bot.domain.component import Component

if TYPE_CHECKING:
    from bot.wiring import Loaded


def component(loaded: "Loaded") -> Component:
    """Near misses of a server."""
    from bot.domain.ports.reports import Audience
    from bot.nearmiss.component import Needs
    from bot.nearmiss.component import component as joined
    from bot.store.lessons import SqlGoodCatches, SqlLessons
    from bot.store.reports import SqlReports
    from bot.store.sealed import Sealer
    from bot.wiring.incidents import incidents

    settings = loaded.settings
    return joined(
        Needs(
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
            guidance_dir=settings.guidance_dir,
            keep_months=settings.keep_reports_months,
            contact=settings.contact,
        )
    )
