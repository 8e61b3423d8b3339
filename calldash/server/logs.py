"""How the app logs: one line an entry, plain or as JSON, without what tells of people.

Who logs says what is what by its type: a number given as a number (a count, a duration, bytes) stays; out of text that
is put into an entry long numbers, e-mail addresses, tokens and what follows a `?` are taken, and out of the words of an
exception all that stands in quotes, because libraries quote data there. Entries of libraries are text as a whole.
"""

import json
import logging
import re
import traceback
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

# What goes, and what stands in its place.
_OUT = (
    (re.compile(r"\?[^\s\"']+"), "?…"),
    (re.compile(r"(?i)\b((?:set-)?cookie|authorization)[\"']?\s*[:=][^\n]*"), r"\1: …"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"']+"), r"\1 …"),
    (re.compile(r"(calldash_session\w*=)[^\s;\"']+"), r"\1…"),
    (re.compile(r"/shared/[^\s/\"']+"), "/shared/…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "<address>"),
)
# Seven digits and more, with whatever people write between them; days with their hour and addresses of machines stay.
_NUMBER = re.compile(
    r"(?P<stays>(?<!\d)\d{4}-\d\d-\d\d(?!\d)(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))"
    r"|\+?\d(?:[ ().\-/\u00a0\u2010-\u2015]{0,3}\d){6,}"
)
# Of visitors, in entries of libraries: any address but this machine's and the one that means all of its own.
_VISITOR = re.compile(
    r"(?<![\d.])(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])(?::\d+)?"
    r"|\[?(?<![\w:.])(?=[\da-fA-F:]*::|(?:[\da-fA-F]{1,4}:){7})(?!::1(?!\w))[\da-fA-F:]{3,39}(?![\w:])\]?(?::\d+)?"
)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|«[^»\n]*»|`[^`\n]*`")
_UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, marks that turn or hide text, halves of letters, line ends
_AS_THEY_ARE = (int, float, datetime)
_OURS = "calldash"
_LIBRARIES = ("uvicorn", "uvicorn.error", "streamlit")
_ACCESS = "uvicorn.access"  # addresses of visitors and noise: the proxy has it, `/metrics` counts


def cleaned(text: str) -> str:
    """`text` on one line, without what tells of people."""
    return _one_line(_without_numbers(_without_secrets(text)))


def _without_secrets(text: str) -> str:
    for pattern, instead in _OUT:
        text = pattern.sub(instead, text)
    return text


def _without_numbers(text: str) -> str:
    return _NUMBER.sub(lambda found: found["stays"] or "<number>", text)


def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(sign) if unicodedata.category(sign) in _UNPRINTED else sign for sign in text)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def said(record: logging.LogRecord) -> str:
    """What a record says: its words, and what was put into them as its type tells."""
    ours = record.name.partition(".")[0] == _OURS
    words = str(record.msg) if ours else _without_numbers(_VISITOR.sub("<visitor>", str(record.msg)))
    given: Any = record.args
    if isinstance(given, Mapping):
        given = {name: _put_in(value, ours) for name, value in given.items()}
    elif given:
        given = tuple(_put_in(value, ours) for value in given)
    return _one_line(_without_secrets(words % given if given else words))


def _put_in(value: Any, ours: bool) -> Any:
    if value is None or isinstance(value, _AS_THEY_ARE):
        return value
    return cleaned(str(value) if ours else _VISITOR.sub("<visitor>", str(value)))


def error_told(error: BaseException) -> str:
    """Where an exception came from and what it says, with those that led to it, on one line."""
    return _one_line("".join(_steps(error)))


def _steps(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _steps(before)
    for one in getattr(error, "exceptions", ()):
        yield from _steps(one)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__qualname__}: {cleaned(_QUOTED.sub('…', str(error)))}\n"


class Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.message, record.asctime = said(record), self.formatTime(record)
        line = self.formatMessage(record)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\\n{error_told(error)}" if error else line


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": said(record),
        }
        if record.exc_info and record.exc_info[1]:
            entry["error"] = error_told(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False)


def begin(kind: str) -> None:
    """Has this process log as `kind`: plain or json. What libraries print by themselves is taken over."""
    handler = logging.StreamHandler()
    plain = Plain("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(Json() if kind == "json" else plain)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    named = [name for name in logging.Logger.manager.loggerDict if name.split(".")[0] in ("streamlit", "uvicorn")]
    for name in {*_LIBRARIES, *named}:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != _ACCESS
