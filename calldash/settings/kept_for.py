"""How long each kind of data is kept, as settings; none means for ever."""

from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

Days = Annotated[int, Field(ge=1)] | None


class KeptFor(BaseSettings):
    """Days after which each kind goes, and the local hour from which the app looks for what has outlived its time."""

    keep_recordings_days: Days = None
    keep_transcripts_days: Days = None
    keep_numbers_days: Days = None
    keep_calls_days: Days = None
    keep_trail_days: Days = None
    retention_hour: Annotated[int, Field(ge=0, le=23)] = 3

    @field_validator("*", mode="before", check_fields=False)
    @classmethod
    def _for_ever(cls, value: Any, field: Any) -> Any:
        return None if str(field.field_name).startswith("keep_") and value in ("", "none", "None") else value
