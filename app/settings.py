"""What an installation may choose, read from the environment (docs/reference/settings.md lists it all)."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One installation's choices; every name below is an environment variable with the prefix MARAC_."""

    model_config = SettingsConfigDict(env_prefix="MARAC_", extra="ignore", frozen=True)

    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="The PostgreSQL server, as the role marac_app. Empty: the embedded server.",
    )
    owner_url: str | None = Field(
        default=None,
        description="The same database as the role marac_owner; only migrating and setting up read it.",
    )
    data: Path = Field(
        default=Path(".data"),
        description="The folder of the embedded server. Nothing else is kept there.",
    )
    key_file: Path | None = Field(
        default=None,
        description="The key that seals columns. Empty: sealing.key in the folder DATA with -keys added.",
    )
    host: str = Field(default="127.0.0.1", description="The address the web server listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port the web server listens on.")
    public_url: str | None = Field(
        default=None,
        description="Where browsers reach the service, such as https://partnership.example; links and the "
        "same-origin check use it. Empty: http://localhost with the port, and the Host header.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses of proxies whose forwarded-for header is believed, with commas. Empty: none.",
    )
    pool_size: int = Field(default=10, ge=1, le=100, description="Database connections one web server keeps.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious line that is logged."
    )

    @property
    def sealing_key(self) -> Path:
        """The file that holds the sealing key: never inside the data folder."""
        data = self.data.expanduser().resolve()
        return self.key_file or data.with_name(data.name + "-keys") / "sealing.key"

    @property
    def address(self) -> str:
        """Where a browser finds the service."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Returns this process's settings, read once."""
    return Settings()
