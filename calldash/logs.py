"""How the app logs: one line an entry, plain or as JSON, without what tells of people.

Numbers, e-mail addresses, tokens and what follows a `?` are taken out of every entry, those of libraries too.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# What goes, and what stands in its place.
_OUT = (
    (re.compile(r"\?[^\s\"']+"), "?…"),
    (re.compile(r"(?i)\b(bearer|basic|cookie:?|authorization:?)\s+[^\s\"']+"), r"\1 …"),
    (re.compile(r"(calldash_session\w*=)[^\s;\"']+"), r"\1…"),
    (re.compile(r"/shared/[^\s/\"']+"), "/shared/…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "<address>"),
    (re.compile(r"(?<![\w.:+-])\+?(?:\d[ ()-]{0,2}){9,17}\d(?![\w:])"), "<number>"),
)
_BREAKS = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {
    10: "\\n",
    0x85: "\\n",
    0x2028: "\\n",
    0x2029: "\\n",
}
_LIBRARIES = ("uvicorn", "uvicorn.error", "uvicorn.access", "streamlit")


def cleaned(text: str) -> str:
    """`text` on one line, without what tells of people."""
    for pattern, instead in _OUT:
        text = pattern.sub(instead, text)
    return text.translate(_BREAKS)


class Plain(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        record.message = cleaned(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return cleaned(super().formatException(ei))


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": cleaned(record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = cleaned(self.formatException(record.exc_info))
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
        logger.propagate = True
