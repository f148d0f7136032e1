"""Incidents as JSON-LD in the W3C Data Privacy Vocabulary, version 2.1, with its RISK and EU-GDPR extensions.

The vocabulary has no extension for the Data Protection Act 2018; its terms for GDPR articles 33 and 34 are used for the
UK GDPR and for sections 67 and 68, which ask for the same. The context is inside the file: nothing is fetched.
"""

import json
from collections.abc import Sequence
from typing import Any

from bot.domain.board import Download
from bot.domain.incident import Incident

CONTEXT: dict[str, Any] = {
    "dpv": "https://w3id.org/dpv#",
    "risk": "https://w3id.org/dpv/risk#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "created": {"@id": "dct:created", "@type": "xsd:dateTime"},
    "identifier": "dct:identifier",
    "description": "dct:description",
    "status": {"@id": "dpv:hasStatus", "@type": "@id"},
    "notice": {"@id": "dpv:hasNotice"},
    "notification": {"@id": "dpv:hasNotificationStatus", "@type": "@id"},
    "justification": {"@id": "dpv:hasJustification"},
    "consequence": {"@id": "dpv:hasConsequence"},
    "assessment": {"@id": "dpv:hasRiskAssessment"},
    "incident": {"@id": "risk:hasIncident"},
    "temporal": {"@id": "dct:temporal", "@type": "xsd:dateTime"},
    "available": {"@id": "dct:available", "@type": "xsd:dateTime"},
    "valid": {"@id": "dct:valid", "@type": "xsd:dateTime"},
}

RISKS = {
    "unlikely": "eu-gdpr:DBIAIndicatesNoRisk",
    "likely": "eu-gdpr:DBIAIndicatesLowRisk",
    "high": "eu-gdpr:DBIAIndicatesHighRisk",
}
"""The vocabulary knows no, low and high; "likely" is a risk that is not high."""


def register_jsonld(found: Sequence[Incident]) -> Download:
    """The register."""
    graph = {
        "@context": CONTEXT,
        "id": "urn:sendcheck:breach-register",
        "type": "eu-gdpr:DataBreachRegister",
        "incident": [_incident(incident) for incident in found],
    }
    content = json.dumps(graph, ensure_ascii=False, indent=2).encode()
    return Download("breach-register.jsonld", "application/ld+json", content)


def _incident(incident: Incident) -> dict[str, Any]:
    kinds = ["risk:Incident", "eu-gdpr:DataBreach"]
    lost = incident.value("kind") in ("lost_or_stolen", "physical_media_or_paper")
    kinds.append("eu-gdpr:AvailabilityBreach" if lost else "eu-gdpr:ConfidentialityBreach")
    made: dict[str, Any] = {
        "id": f"urn:sendcheck:breach:{incident.id}",
        "type": kinds,
        "identifier": incident.id,
        "created": incident.opened_at.isoformat(),
        "available": incident.aware_at.isoformat(),
        "valid": incident.due.isoformat(),
        "status": _statuses(incident),
    }
    if incident.value("happened_at"):
        made["temporal"] = incident.value("happened_at")
    if incident.value("what"):
        made["description"] = incident.value("what")
    if incident.value("consequences"):
        made["consequence"] = {"type": "dpv:Consequence", "description": incident.value("consequences")}
    if incident.value("risk"):
        made["assessment"] = {"type": "risk:IncidentImpactAssessment", "status": RISKS[incident.value("risk")]}
    notices = [notice for notice in (_to_regulator(incident), _to_people(incident)) if notice]
    return {**made, "notice": notices} if notices else made


def _statuses(incident: Incident) -> list[str]:
    if incident.closed_at is None:
        return ["risk:IncidentOngoing"]
    return ["risk:IncidentNearMiss" if incident.value("outcome") == "not_a_breach" else "risk:IncidentConcluded"]


def _to_regulator(incident: Incident) -> dict[str, Any]:
    if not incident.decided:
        return {}
    needed = incident.value("regulator") == "yes"
    why = "dpv:Justification" if needed else "eu-gdpr:JustificationA33RiskUnlikely"
    reasons = [_reason(why, incident, "regulator_why")]
    if incident.value("delay"):
        reasons.append(_reason("eu-gdpr:JustificationA33NotificationDelay", incident, "delay"))
    return {
        "type": "eu-gdpr:DPABreachNotice",
        "status": "eu-gdpr:DPABreachNotificationNeeded" if needed else "eu-gdpr:BreachNotificationNotNeeded",
        "notification": "dpv:NotificationPlanned" if needed else "dpv:NotificationNotNeeded",
        "justification": reasons,
    }


def _to_people(incident: Incident) -> dict[str, Any]:
    if incident.value("people_told") not in ("yes", "no"):
        return {}
    needed = incident.value("people_told") == "yes"
    return {
        "type": "eu-gdpr:DataSubjectBreachNotice",
        "status": "eu-gdpr:DataSubjectBreachNotificationNeeded" if needed else "eu-gdpr:BreachNotificationNotNeeded",
        "notification": "dpv:NotificationPlanned" if needed else "dpv:NotificationNotNeeded",
        "justification": [_reason("dpv:Justification", incident, "people_why")],
    }


def _reason(kind: str, incident: Incident, name: str) -> dict[str, str]:
    return {"type": kind, "description": incident.value(name)}
