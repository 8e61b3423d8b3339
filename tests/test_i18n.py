"""Every text that a person can see has its Russian, with the same places in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from calldash import i18n, labels
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.problems import Problem, Reject
from calldash.store import landing
from calldash.ui import menu

ROOT = Path(__file__).parents[1]
# Functions that take texts: t is a text, tt its two numbers, c the context.
SHAPES = {"_": "t", "gettext": "t", "mark": "t", "ngettext": "tt", "pgettext": "ct"}
Text = tuple[str | None, str | tuple[str, ...]]


def of_calls() -> Iterator[Text]:
    """What is given to `_` and its kin in the code, in f-strings too."""
    for folder in ("calldash", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and (shape := SHAPES.get(_called(node))):
                    yield from _given(node, shape)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _given(node: ast.Call, shape: str) -> Iterator[Text]:
    texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if len(texts) < len(shape):
        return
    if shape == "ct":
        yield texts[0], texts[1]
    else:
        yield None, (texts[0], texts[1]) if shape == "tt" else texts[0]


def of_problems() -> Iterator[Text]:
    """What is raised or noted about input: arguments of Problem, reasons of Reject, sentences kept in a name."""
    for path in (ROOT / "calldash").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            yield from ((None, text) for text in _sentences(node))


def _sentences(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", "")
        given = {
            "Problem": node.args[:1],
            "Busy": node.args[:1],
            "Unfit": node.args[:1],
            "WrongValueError": node.args[:1],
        }
        given["ProviderError"] = node.args[:1]
        given["Reject"] = [*node.args[3:4], *(word.value for word in node.keywords if word.arg == "reason")]
        parts = given.get(name, [])
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("message", "reason"):
        parts = [node.value] if " " in str(getattr(node.value, "value", "")) else []
    else:
        return []
    return [
        part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]


def of_tables() -> Iterator[Text]:
    """What stands in tables: the catalogue, the words for values, the menu, the reasons of typed columns."""
    for metric in METRICS.values():
        yield from ((None, metric.title), (None, metric.words))
    yield from ((None, dimension.title) for dimension in DIMENSIONS.values())
    yield from (("call", column.title) for column in CALL_COLUMNS.values())
    yield from ((name, word) for name, words in labels.VALUES.items() for word in words.values())
    yield from ((None, entry.title) for entry in menu.PAGES)
    yield from ((None, heading) for heading, _pages in menu.SECTIONS if heading)
    yield from ((None, text) for text in (*landing.REASONS.values(), landing.MISSING))


def every_text() -> list[Text]:
    return sorted({*of_calls(), *of_problems(), *of_tables()}, key=str)


@pytest.fixture(scope="module")
def russian():
    with (ROOT / "calldash/locale/ru.po").open("rb") as file:
        return read_po(file, locale="ru")


def test_every_text_has_its_russian(russian):
    missing = []
    for context, text in every_text():
        found = russian.get(text, context)
        forms = found.string if found and isinstance(found.string, tuple) else (found.string if found else "",)
        if not all(forms):
            missing.append((context, text))
    assert missing == []


def test_translations_keep_the_places(russian):
    for message in russian:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"{\w+}", ids[-1]))
        assert all(set(re.findall(r"{\w+}", text)) == wanted for text in strings), message.id


def test_no_russian_without_its_text(russian):
    known = {(context, text) for context, text in every_text()}
    assert [m.id for m in russian if m.id and (m.context, m.id) not in known] == []


def test_plurals_have_three_forms_in_russian():
    i18n.use("ru")
    shown = [i18n.ngettext("{number} day", "{number} days", n).format(number=n) for n in (1, 2, 5, 11, 21)]
    assert shown == ["1 день", "2 дня", "5 дней", "11 дней", "21 день"]


def test_a_problem_is_said_in_the_language():
    problem = Problem("There is no file {path}.", path="a.csv")
    i18n.use("ru")
    assert i18n.say(problem) == "Файла a.csv нет."
    assert i18n.say(Reject(3, "talk_s", "x", "is not a number")) == "не число"
    assert i18n.say_reason("is not one of: {choices}", '{"choices": "a, b"}') == "не входит в список: a, b"
    i18n.use("en")
    assert i18n.say(problem) == "There is no file a.csv."


@pytest.mark.parametrize("values", labels.VALUES.items(), ids=lambda pair: pair[0])
def test_every_known_value_has_a_word(values):
    dimension, words = values
    assert set(words) == set(DIMENSIONS[dimension].values)


def test_values_without_a_name():
    i18n.use("ru")
    assert labels.value_label("queue", None) == labels.value_label("weekday", float("nan")) == "не указано"
    assert labels.value_label("weekday", 1) == "Пн"
    assert labels.value_label("miss_reason", "abandoned") == "Клиент положил трубку"
    assert labels.value_label("source", "<b>x</b>") == "<b>x</b>"


def test_an_unknown_language_means_english():
    i18n.use("xx")
    assert i18n.language() == "en"
