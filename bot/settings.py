"""Settings: the only reader of the environment."""

import re
from pathlib import Path
from typing import Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PLATFORMS = ("slack", "teams", "mail")
"""What a place outside the board can be on."""


class Settings(BaseSettings):
    """Everything an operator can set; each has a default that works on one machine with nothing configured."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, populate_by_name=True
    )

    data_dir: Path = Field(
        default=Path(".data"),
        validation_alias="DATA_DIR",
        description="Where the index, the database and the site key live.",
    )
    guidance_dir: Path | None = Field(
        default=None,
        validation_alias="GUIDANCE_DIR",
        description="Your own guidance folder; replaces the starter pack whole.",
    )
    vocabulary_file: Path | None = Field(
        default=None,
        validation_alias="SENDCHECK_VOCABULARY",
        description="A YAML file of your own words, added to the shipped vocabulary.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="SQLAlchemy address; PostgreSQL or SQLite. Default: SQLite in DATA_DIR.",
    )
    host: str = Field(default="127.0.0.1", validation_alias="SENDCHECK_HOST", description="Address to listen on.")
    port: int = Field(
        default=8080, ge=0, le=65535, validation_alias="PORT", description="Port to listen on; 0 picks a free one."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias="SENDCHECK_LOG_LEVEL", description="Least serious log line that is written."
    )
    contact: str = Field(
        default="your information manager",
        validation_alias="SENDCHECK_CONTACT",
        description="Whom to ask when no document names an owner.",
    )
    check_max_bytes: int = Field(
        default=100 * 1024 * 1024,
        ge=1024,
        validation_alias="SENDCHECK_CHECK_MAX_BYTES",
        description="Largest attachment that is looked into, in bytes.",
    )
    check_seconds: int = Field(
        default=60,
        ge=1,
        le=3600,
        validation_alias="SENDCHECK_CHECK_SECONDS",
        description="Longest time one file may take, in seconds.",
    )
    check_memory_mb: int = Field(
        default=1500,
        ge=256,
        validation_alias="SENDCHECK_CHECK_MEMORY_MB",
        description="Most memory one check may add, in megabytes of address space.",
    )
    check_workers: int = Field(
        default=1,
        ge=1,
        le=16,
        validation_alias="SENDCHECK_CHECK_WORKERS",
        description="Files that are checked at the same time.",
    )
    team: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_TEAM",
        description="Where the information team is told of reports: slack:C0123ABCD, teams:19:…@thread.tacv2, "
        "mail:team@example.org; several with commas.",
    )
    lead: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_LEAD",
        description="Where the named lead is alerted of a breach or a lost parcel, written like SENDCHECK_TEAM.",
    )
    staff: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_STAFF",
        description="Where digests and lessons are published to staff, written like SENDCHECK_TEAM.",
    )
    smtp_url: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_SMTP_URL",
        description="Mail server for mail: places: smtp://host:25, smtp+starttls://user:password@host:587 or smtps://….",
    )
    mail_from: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_MAIL_FROM",
        description="Sender of those mails.",
    )
    board_url: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_BOARD_URL",
        description="Address of the board as people reach it; mails name it for what cannot be done in a mail.",
    )
    worker: Literal["inside", "off"] = Field(
        default="inside",
        validation_alias="SENDCHECK_WORKER",
        description="Whether the server also sends cards, reminders and digests, or leaves it to `sendcheck work`.",
    )
    time_zone: str = Field(
        default="Europe/London",
        validation_alias="SENDCHECK_TIME_ZONE",
        description="Time zone of the office.",
    )
    office_region: Literal["ENG", "WLS", "SCT", "NIR"] = Field(
        default="ENG",
        validation_alias="SENDCHECK_OFFICE_REGION",
        description="Whose bank holidays the office keeps: ENG, WLS, SCT or NIR.",
    )
    office_hours: str = Field(
        default="09:00-17:00",
        validation_alias="SENDCHECK_OFFICE_HOURS",
        description="Working hours on weekdays; reminders that can wait go out within them.",
    )
    keep_reports_months: int = Field(
        default=24,
        ge=1,
        validation_alias="SENDCHECK_KEEP_REPORTS_MONTHS",
        description="Months after which a closed near-miss report is purged.",
    )
    keep_incidents_months: int = Field(
        default=72,
        ge=1,
        validation_alias="SENDCHECK_KEEP_INCIDENTS_MONTHS",
        description="Months after which a closed breach record is purged, unless it is on legal hold.",
    )

    slack_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_BOT_TOKEN",
        description="Bot token of the one Slack workspace of the site (xoxb-…).",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="Signing secret of the Slack app; with it Slack may call /slack/events.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token (xapp-…): requests come through a socket; for sites without inbound traffic.",
    )
    slack_client_id: str | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_ID",
        description="With SLACK_CLIENT_SECRET, several workspaces can install the app at /slack/install.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_SECRET",
        description="Client secret of the Slack app; see SLACK_CLIENT_ID.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is.",
    )
    teams_app_id: str | None = Field(
        default=None,
        validation_alias="MicrosoftAppId",
        description="App id of the bot in Teams; Teams is off without it.",
    )
    teams_app_password: SecretStr | None = Field(
        default=None, validation_alias="MicrosoftAppPassword", description="Client secret of that app."
    )
    teams_app_type: Literal["SingleTenant", "MultiTenant", "UserAssignedMSI"] = Field(
        default="SingleTenant",
        validation_alias="MicrosoftAppType",
        description="How the app is registered: SingleTenant, MultiTenant or UserAssignedMSI.",
    )
    teams_tenant: str | None = Field(
        default=None, validation_alias="MicrosoftAppTenantId", description="Tenant of the organisation."
    )
    teams_channel_service: Literal["https://botframework.azure.us"] | None = Field(
        default=None,
        validation_alias="CHANNEL_SERVICE",
        description="Set to https://botframework.azure.us in the US government cloud.",
    )
    teams_metadata_url: str | None = Field(
        default=None,
        validation_alias="TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL",
        description="Where the keys of Teams' tokens are, for other clouds and for tests.",
    )
    teams_issuer: str | None = Field(
        default=None,
        validation_alias="TO_BOT_FROM_CHANNEL_TOKEN_ISSUER",
        description="Who issues Teams' tokens there.",
    )
    teams_login_url: str | None = Field(
        default=None,
        validation_alias="TO_CHANNEL_FROM_BOT_LOGIN_URL",
        description="Where the app gets its own token there.",
    )
    teams_scope: str | None = Field(
        default=None,
        validation_alias="TO_CHANNEL_FROM_BOT_OAUTH_SCOPE",
        description="What that token is for.",
    )
    teams_anonymous: bool = Field(
        default=False,
        validation_alias="SENDCHECK_TEAMS_ANONYMOUS",
        description="Lets a local Teams client in without tokens; on this machine's own address alone.",
    )
    teams_file_hosts: str = Field(
        default="sharepoint.com",
        validation_alias="SENDCHECK_TEAMS_FILE_HOSTS",
        description="Hosts, with those below them, that files are fetched from and copies put to; several with commas.",
    )

    model: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_MODEL",
        description="An optional language model as provider:model, such as openai:gpt-4.1-mini; off without it.",
    )
    model_url: str | None = Field(
        default=None,
        validation_alias="SENDCHECK_MODEL_URL",
        description="Address of the model's server, for OpenAI-compatible servers of your own.",
    )
    model_key: SecretStr | None = Field(
        default=None, validation_alias="SENDCHECK_MODEL_KEY", description="Key for the model's server."
    )
    model_seconds: float = Field(
        default=4.0,
        ge=0.5,
        le=30,
        validation_alias="SENDCHECK_MODEL_SECONDS",
        description="Seconds that the model may take for one answer; then the plain answer is given.",
    )

    @field_validator("model")
    @classmethod
    def _must_name_a_provider(cls, value: str | None) -> str | None:
        provider, _, name = (value or "").partition(":")
        if value and not (provider.strip() and name.strip()):
            raise ValueError(f"“{value}” is not a model: write the provider, a colon, the model's name")
        return value or None

    @field_validator("guidance_dir", "vocabulary_file")
    @classmethod
    def _must_exist(cls, value: Path | None) -> Path | None:
        if value is not None and not value.exists():
            raise ValueError(f"{value} does not exist")
        return value

    @field_validator("team", "lead", "staff")
    @classmethod
    def _must_name_platforms(cls, value: str | None) -> str | None:
        for place in (value or "").split(","):
            platform, _, where = place.strip().partition(":")
            if value and (platform not in PLATFORMS or not where):
                raise ValueError(
                    f"“{place.strip()}” is not a place: write one of {', '.join(PLATFORMS)}, a colon, its id"
                )
        return value

    @field_validator("time_zone")
    @classmethod
    def _must_be_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"“{value}” is not a time zone; write one like Europe/London")
        return value

    @field_validator("office_hours")
    @classmethod
    def _must_be_hours(cls, value: str) -> str:
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", value) or value[:5] >= value[6:]:
            raise ValueError("write working hours like 09:00-17:00")
        return value

    @model_validator(mode="after")
    def _slack_must_be_whole(self) -> Self:
        if self.slack_on and not (self.slack_signing_secret or self.slack_app_token):
            raise ValueError("SLACK_SIGNING_SECRET: set it, or SLACK_APP_TOKEN, so that Slack can reach this server")
        if bool(self.slack_client_id) != bool(self.slack_client_secret):
            raise ValueError("SLACK_CLIENT_SECRET: set it together with SLACK_CLIENT_ID")
        return self

    @model_validator(mode="after")
    def _teams_must_be_whole(self) -> Self:
        if self.teams_anonymous and self.teams_app_id:
            raise ValueError("SENDCHECK_TEAMS_ANONYMOUS: leave it out where MicrosoftAppId is set")
        if self.teams_anonymous and self.host not in LOOPBACK:
            raise ValueError("SENDCHECK_TEAMS_ANONYMOUS: only with SENDCHECK_HOST on this machine, such as 127.0.0.1")
        if self.teams_app_id and self.teams_app_type != "UserAssignedMSI" and not self.teams_app_password:
            raise ValueError("MicrosoftAppPassword: set it together with MicrosoftAppId")
        if self.teams_app_id and self.teams_app_type == "SingleTenant" and not self.teams_tenant:
            raise ValueError("MicrosoftAppTenantId: set it, or MicrosoftAppType to MultiTenant")
        other_cloud = {
            "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": self.teams_metadata_url,
            "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER": self.teams_issuer,
            "TO_CHANNEL_FROM_BOT_LOGIN_URL": self.teams_login_url,
            "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE": self.teams_scope,
        }
        lacking = [name for name, value in other_cloud.items() if not value]
        if lacking and len(lacking) < len(other_cloud):
            raise ValueError(f"{lacking[0]}: the addresses of another cloud are set together, or not at all")
        return self

    @property
    def teams_on(self) -> bool:
        """Whether Teams has credentials, or a local client was asked for by name."""
        return bool(self.teams_app_id) or self.teams_anonymous

    @property
    def slack_on(self) -> bool:
        """Whether Slack has credentials; a platform without them is simply off."""
        return bool(self.slack_bot_token or (self.slack_client_id and self.slack_client_secret))

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'sendcheck.db').absolute()}"


def read_settings(**overrides: object) -> Settings:
    """Read the environment and `.env` once; raises SettingError with one line that names the setting."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        said = str(first["msg"]).removeprefix("Value error, ")
        # A check of several settings together names the one to change itself.
        raise SettingError(f"{first['loc'][0]}: {first['msg']}" if first["loc"] else said) from error
