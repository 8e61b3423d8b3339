"""What is wrong with a setting, in the reader's language: its key, the file or variable it stands in, the reason."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from calldash.i18n import LANGUAGES, mark
from calldash.problems import Problem, Unfit
from calldash.settings.watched import FILES

_BEFORE = "CALLDASH_"
_USUAL = "ru"
_PLACE = re.compile(r"line (\d+), column (\d+)")
# Why pydantic refuses a value, by its code for that; what stands in braces comes with it.
REASONS = {
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), mark("write a whole number")),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), mark("write a number")),
    **dict.fromkeys(("string_type", "path_type"), mark("write a text")),
    "greater_than": mark("it must be more than {gt}"),
    "greater_than_equal": mark("it must be at least {ge}"),
    "less_than": mark("it must be less than {lt}"),
    "less_than_equal": mark("it must be at most {le}"),
    "string_too_short": mark("letters at least: {min_length}"),
    "string_too_long": mark("letters at most: {max_length}"),
    "literal_error": mark("write one of these: {expected}"),
    "string_pattern_mismatch": mark("it must look like this: {pattern}"),
    "tuple_type": mark("write a table: name = text"),
    "extra_forbidden": mark("there is no such setting"),
}
_OTHER = mark("this value cannot be used")


def told(error: ValueError, given: Mapping[str, Any]) -> Problem:
    """What reading the settings failed of, the first of it; those in `given` come from whoever calls."""
    if isinstance(error, ValidationError):
        return _setting(error, given)
    if isinstance(error, tomllib.TOMLDecodeError):
        return _file(error)
    raise error


def _setting(error: ValidationError, given: Mapping[str, Any]) -> Problem:
    first = error.errors()[0]
    name, whole = str(first["loc"][0]), ".".join(str(part) for part in first["loc"])
    context = first.get("ctx", {})
    reason = context.get("error")
    context = {key: _said(value) for key, value in context.items()}
    if not isinstance(reason, Unfit):
        reason = Unfit(REASONS.get(first["type"], _OTHER), **context)
    if name in given:
        return Problem("Setting {name}: {reason}.", name=whole, reason=reason)
    variable = f"{_BEFORE}{name}".upper()
    if any(key.upper() == variable for key in os.environ):
        message = "Setting {name} (variable {variable}): {reason}."
        return Problem(message, name=whole, variable=variable, reason=reason)
    place = next((file for file in reversed(FILES) if name in _read(file)), FILES[0])
    return Problem("Setting {name} (file {file}): {reason}.", name=whole, file=place, reason=reason)


def _said(value: Any) -> str:
    """A limit, or the values that there are, without English in between."""
    return f"{value:g}" if isinstance(value, float) else str(value).replace(" or ", ", ")


def _file(error: tomllib.TOMLDecodeError) -> Problem:
    name = next((one for one in FILES if _broken(one)), FILES[0])
    found = _PLACE.search(str(error))
    if found is None:
        return Problem("The file {file} is not TOML: it ends too soon.", file=name)
    places = {"file": name, "line": found[1], "column": found[2]}
    return Problem("The file {file} is not TOML: line {line}, column {column}.", **places)


def language() -> str:
    """The language to speak in before the settings are known to be right."""
    said = [str(_read(name).get("language", "")) for name in FILES]
    said.append(next((value for key, value in os.environ.items() if key.upper() == f"{_BEFORE}LANGUAGE"), ""))
    return next((one for one in reversed(said) if one in LANGUAGES), _USUAL)


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _broken(name: str) -> bool:
    try:
        tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return isinstance(error, ValueError)
    return False
