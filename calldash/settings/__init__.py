"""What an operator may change, with defaults that work: CALLDASH_… variables over calldash.toml."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import list_currencies
from phonenumbers import SUPPORTED_REGIONS
from pydantic import BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from calldash.hours import schedule, special_days
from calldash.hours.schedule import Schedule
from calldash.i18n import mark
from calldash.problems import Unfit
from calldash.settings import kept_for, line_groups, watched, wrong_settings

Seconds = Annotated[int, Field(ge=0)]
_NO_CODE = {"region": mark("there is no country {code}"), "currency": mark("there is no currency {code}")}


def _pairs(given: Any) -> Any:
    return tuple(given.items()) if isinstance(given, dict) else given


# A table of TOML, or a JSON object in a variable; kept as pairs, because settings are hashed.
Named = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]
# The side on which the agent speaks, then the systems where it is another: `left, office = right`.
AGENT_CHANNEL = r"^(left|right)( *, *[^,=]+= *(left|right))*$"


class Settings(kept_for.KeptFor, watched.Watched):
    """Each field is a setting of the same name; thresholds are named as in the definitions of the KPIs."""

    model_config = SettingsConfigDict(env_prefix="CALLDASH_", toml_file=watched.FILES, extra="forbid", frozen=True)

    db: Path = Path("data/calldash.duckdb")
    data: Path = Path("data")
    recordings: Path = Path("data/recordings")
    zone: str = "Europe/Moscow"
    region: str = "RU"
    currency: str = "RUB"
    language: Literal["ru", "en"] = "ru"
    max_file_mb: Annotated[int, Field(gt=0)] = 2048
    memory_limit: Annotated[str, Field(pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$")] = "1GB"

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = "OpenID"
    oidc_scope: str = "openid email profile"
    oidc_role_claim: str | None = None
    oidc_roles: Named = ()

    recording_patterns: str = "freepbx, mixmonitor"
    recording_tolerance_s: Seconds = 30
    recording_hosts: str | None = None
    recording_max_mb: Annotated[int, Field(gt=0)] = 200
    recording_timeout_s: Annotated[float, Field(gt=0)] = 60
    recording_max_redirects: Annotated[int, Field(ge=0, le=20)] = 3
    recording_max_hours: Annotated[float, Field(gt=0)] = 4
    audio_cache_mb: Annotated[int, Field(gt=0)] = 1024
    agent_channel: Annotated[str, Field(pattern=AGENT_CHANNEL)] = "left"

    service_level_s: Seconds = 20
    service_level_target: Annotated[float, Field(ge=0, le=1)] = 0.8
    short_abandon_s: Seconds = 5
    callback_target_min: Annotated[float, Field(ge=0)] = 15
    callback_window_h: Annotated[float, Field(gt=0)] = 24
    target_talk_s: Seconds = 30
    repeat_days: Annotated[float, Field(ge=0)] = 1
    unique_memory_days: Annotated[float, Field(gt=0)] | None = None
    margin: Annotated[float, Field(ge=0)] = 1.0
    ad_cost_vat: Literal["in", "out"] = "in"
    sales_from: Literal["auto", "calls", "deals"] = "auto"
    attribution: Literal["first", "last", "linear"] = "first"
    attribution_window_days: Annotated[int, Field(ge=1, le=3650)] = 90
    google_target_name: Annotated[str, Field(min_length=1, max_length=100)] = "calldash: target call"
    google_missed_name: Annotated[str, Field(min_length=1, max_length=100)] = "calldash: missed call"
    working_hours: str = "Mon-Fri 09:00-18:00"
    team_hours: Named = ()
    holiday_country: str = "RU"
    day_exceptions: Named = ()
    line_groups: Named = ()
    callback_clock: Literal["all", "working"] = "all"
    queue_member_days: Annotated[int, Field(ge=0)] = 30
    ledger_days: Annotated[float, Field(gt=0)] = 7
    shrinkage: Annotated[float, Field(ge=0, le=0.9)] = 0.3
    max_occupancy: Annotated[float, Field(gt=0, le=1)] = 1.0

    @property
    def working(self) -> str:
        """The SQL condition of calls that begin in working hours, as definitions name it."""
        return _condition(self.schedule, self.zone)

    @property
    def schedule(self) -> Schedule:
        """Who works when, with public holidays and exceptions."""
        until = date.today().year + 1
        return special_days.schedule(
            self.working_hours, self.team_hours, self.holiday_country, self.day_exceptions, until
        )

    @property
    def line_group(self) -> str:
        """The SQL of the group of a call's line, as the dimension names it."""
        return line_groups.condition(self.line_groups)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, OSError) as error:
            raise Unfit("there is no time zone {zone}", zone=zone) from error
        return zone

    @field_validator("region", "currency")
    @classmethod
    def _known_code(cls, code: str, field: ValidationInfo) -> str:
        known = SUPPORTED_REGIONS if field.field_name == "region" else list_currencies()
        if code.upper() not in known:
            raise Unfit(_NO_CODE[str(field.field_name)], code=code)
        return code.upper()

    @field_validator("working_hours")
    @classmethod
    def _readable_hours(cls, text: str) -> str:
        schedule.parse(text)
        return text

    @field_validator("team_hours")
    @classmethod
    def _readable_teams(cls, hours: Named) -> Named:
        for _team, text in hours:
            schedule.parse(text)
        return hours

    @field_validator("line_groups")
    @classmethod
    def _readable_lines(cls, groups: Named) -> Named:
        for name, text in groups:
            line_groups.parse(name, text)
        return groups

    @field_validator("day_exceptions")
    @classmethod
    def _readable_days(cls, days: Named) -> Named:
        special_days.exceptions(dict(days))
        return days

    @field_validator("holiday_country")
    @classmethod
    def _known_holidays(cls, code: str) -> str:
        return special_days.known_country(code)

    @field_validator(
        "unique_memory_days", "recording_hosts", "oidc_issuer", "oidc_client_id", "oidc_role_claim", mode="before"
    )
    @classmethod
    def _none_when_empty(cls, value: Any) -> Any:
        return None if value in ("", "none", "None") else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@lru_cache(maxsize=4)
def _condition(found: Schedule, zone: str) -> str:
    return found.condition(zone)


# What facts on calls are computed from: another value of one of these means computing them anew.
STORED = (
    "zone",
    "callback_window_h",
    "callback_target_min",
    "repeat_days",
    "unique_memory_days",
    "working_hours",
    "team_hours",
    "holiday_country",
    "day_exceptions",
    "queue_member_days",
)
# What every figure depends on: part of what a cache is keyed by, shown in the glossary.
THRESHOLDS = (
    *STORED,
    "service_level_s",
    "short_abandon_s",
    "target_talk_s",
    "margin",
    "ad_cost_vat",
    "sales_from",
    "attribution",
    "attribution_window_days",
    "currency",
    "callback_clock",
    "ledger_days",
    "line_groups",
)


def load(**given: Any) -> Settings:
    """The settings in force; `given` ones win. Raises Problem: which is wrong, where it stands, why."""
    known = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**known)
    except ValueError as error:
        raise wrong_settings.told(error, known) from error
