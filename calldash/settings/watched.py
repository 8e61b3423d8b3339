"""How the running app is watched, and whom it is open to without accounts, as settings."""

from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings

FILES = ("calldash.toml", "secrets.toml")  # settings; the second for what must not lie in a repository


class Watched(BaseSettings):
    """The token for /metrics (none: there is no such address), how the log is written, and the words that open the app.

    Without accounts the app answers its own machine alone, unless `open_to_everybody` says in these words that others
    see and may do everything too.
    """

    metrics_token: SecretStr | None = None
    log_format: Literal["plain", "json"] = "plain"
    open_to_everybody: Literal["", "everybody who reaches this address may see and change all calls"] = ""


def read_by_others() -> list[str]:
    """The files of secrets that others than their owner may read or write."""
    return [name for name in FILES[1:] if Path(name).is_file() and Path(name).stat().st_mode & 0o077]
