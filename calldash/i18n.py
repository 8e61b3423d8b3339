"""The reader's language: English stands in the code, `locale/<language>.po` holds the others. Pure, no Streamlit.

The language belongs to the run, so two readers at once may have two.
"""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from calldash.problems import Problem, Reject

LANGUAGES = {"ru": "Русский", "en": "English"}
_LOCALES = {"en": "en_GB"}  # English that puts the day before the month
SOURCE = "en"  # the language of the texts in the code
FOLDER = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> str:
    """The code of the language in force."""
    return _language.get()


def use(code: str) -> None:
    """Sets the language of this run; one that is not offered means English."""
    _language.set(code if code in LANGUAGES else SOURCE)


def locale() -> Locale:
    """Babel's locale of the language in force."""
    return _locale(language())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code))


@cache
def _texts(code: str) -> NullTranslations:
    """The texts of a language, read once in the life of the process."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(text: str) -> str:
    """`text` in the language in force."""
    return _texts(language()).gettext(text) if text else ""


def pgettext(context: str, text: str) -> str:
    """The same for a word that means different things: `context` tells them apart."""
    return _texts(language()).pgettext(context, text)


def ngettext(one: str, many: str, number: int) -> str:
    """The form that goes with `number`; a {number} in it stays for the caller to fill."""
    return _texts(language()).ngettext(one, many, number)


def mark(text: str) -> str:
    """`text` as it is: for tables, whose texts are translated when they are shown."""
    return text


def say(trouble: Problem | Reject) -> str:
    """A problem with input, or the reason of a rejected row, in the language in force."""
    text = trouble.message if isinstance(trouble, Problem) else trouble.reason
    values = {name: say(one) if isinstance(one, Problem) else one for name, one in trouble.values.items()}
    return _filled(text, values)


def say_reason(reason: str, values: str) -> str:
    """The same for a rejected row as the store keeps it: the reason and the JSON of its values."""
    return _filled(reason, json.loads(values or "{}"))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    text = gettext(text)
    return text.format(**values) if values else text
