"""Settings: the only reader of the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


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

    @field_validator("guidance_dir", "vocabulary_file")
    @classmethod
    def _must_exist(cls, value: Path | None) -> Path | None:
        if value is not None and not value.exists():
            raise ValueError(f"{value} does not exist")
        return value

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
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise SettingError(f"{name}: {first['msg']}") from error
