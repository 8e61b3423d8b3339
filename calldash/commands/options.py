"""Options that many commands share, and what hands a command over: to this process or to the running app."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Do = Callable[[str, dict[str, Any], Path | None], None]
Db = Annotated[Path | None, typer.Option(help="The database file (default: setting db).")]
Since = Annotated[str | None, typer.Option(help="First local day, as 2026-01-31.")]
Until = Annotated[str | None, typer.Option(help="Last local day.")]
Where = Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: only calls with these values.")]
Form = Annotated[Literal["table", "json", "csv"], typer.Option("--format")]
PlainForm = Annotated[Literal["table", "json"], typer.Option("--format")]
