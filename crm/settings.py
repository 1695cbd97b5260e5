"""How this installation is run. Each setting is an environment variable `CRM_...` as well as an option of `kulturcrm`."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="CRM_", frozen=True)

    port: int = Field(default=8501, ge=1, le=65535)
    address: str = "127.0.0.1"
    # Where the database file and its marker live; platformdirs' place for this user unless said otherwise.
    data_folder: Path = Field(default_factory=lambda: user_data_path("kulturcrm", appauthor=False))
    # Empty: SQLite in the data folder. "postgresql://user@host/name" for those who outgrow it.
    database_url: str = ""
    headless: bool = False
    # The names people type to get here. Anything but this machine needs them said.
    allowed_hosts: tuple[str, ...] = ()
    # A reverse proxy on this machine ends TLS and sets X-Forwarded-*; only then are those believed.
    behind_proxy: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_folder / 'kulturcrm.db'}"

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")
