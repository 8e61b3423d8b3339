"""How the running app is watched, as settings."""

from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings

FILES = ("calldash.toml", "secrets.toml")  # settings; the second for what must not lie in a repository


class Watched(BaseSettings):
    """The token for /metrics (none: there is no such address), and how the log is written."""

    metrics_token: SecretStr | None = None
    log_format: Literal["plain", "json"] = "plain"
