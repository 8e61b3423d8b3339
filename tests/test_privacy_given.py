"""What people say of lines is kept as they said it, and reports of the command line have pseudonyms where asked."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from calldash import audit, i18n
from calldash.people import masking
from calldash.privacy import notices, pseudonyms
from calldash.settings import load
from calldash.store import Store, open_store
from tests.drawn import draw
from tests.in_app import app_store  # noqa: F401
from tests.patience import PATIENCE_S
from tests.test_cli import Cli, cli  # noqa: F401

LINES = """
    started_at | direction | answered | line
    10:00      | in        | yes      | 74950000001
    10:05      | in        | yes      | 74950000002
"""
REPORT = 'title = "Clients"\nwhat = "calls"\nperiod = "all"\ncolumns = ["client", "id", "status"]\n'
NUMBERS = {"+79000000065", "+79000000066", "+79000000067"}


def page(rows: list[dict[str, object]], language: str) -> None:
    """Saves what stands in the table of lines, as the button does."""
    import pandas

    from calldash import i18n
    from calldash.ui import privacy

    i18n.use(language)
    privacy._save(pandas.DataFrame(rows))


def saved(rows: list[dict[str, object]], language: str = "en") -> list[str]:
    """What the page answers."""
    test = AppTest.from_function(page, args=(rows, language), default_timeout=PATIENCE_S).run()
    assert not test.exception
    return [one.value for one in (*test.success, *test.error)]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_said_of_a_line_is_kept_in_any_language(app_store: Store, language: str) -> None:  # noqa: F811
    draw(app_store, LINES)
    i18n.use(language)
    yes, no = i18n.gettext("yes"), i18n.gettext("no")
    said = {"line": "+74950000001", "announced": yes, "words": "Разговор записывается", "recorded": no}
    [told] = saved([said, {"line": "+74950000002", "announced": "", "words": "", "recorded": ""}], language)
    assert "1" in told
    assert notices.notices(app_store) == [
        notices.Notice("+74950000001", True, "Разговор записывается", False),
        notices.Notice("+74950000002"),
    ]
    assert audit.trail(app_store)[0][2:4] == ("line notice", "+74950000001")


@pytest.mark.parametrize("nothing", ["", None, np.nan, pd.NA], ids=repr)
def test_what_is_taken_back_is_not_known_again(app_store: Store, nothing: object) -> None:  # noqa: F811
    draw(app_store, LINES)
    notices.save(app_store, "olga", [notices.Notice("+74950000001", True, "Words", True)])
    assert saved([{"line": "+74950000001", "announced": nothing, "words": nothing, "recorded": nothing}]) == [
        "1 line changed."
    ]
    assert notices.of_line(app_store, "+74950000001") == notices.Notice("+74950000001")


def test_words_that_are_too_long_change_nothing_and_the_page_says_so(app_store: Store) -> None:  # noqa: F811
    draw(app_store, LINES)
    given = [
        {"line": "+74950000001", "announced": "yes", "words": "x" * 1001, "recorded": ""},
        {"line": "+74950000002", "announced": "yes", "words": "short", "recorded": ""},
    ]
    [told] = saved(given)
    assert "at most 1000 letters" in told
    assert not [one for one in notices.notices(app_store) if one.announced]


def report(cli: Cli, *more: str) -> str:  # noqa: F811
    (cli.folder / "clients.toml").write_text(REPORT)
    return cli.done("report", "clients.toml", *more)


def test_a_report_has_numbers_and_pseudonyms_only_where_asked(cli: Cli) -> None:  # noqa: F811
    cli.filled()
    whole = report(cli)
    assert set(re.findall(r"\+\d{11}", whole)) >= NUMBERS
    hidden = report(cli, "--pseudonyms")
    assert hidden == report(cli, "--pseudonyms"), "the same client, the same pseudonym"
    assert report(cli) == whole, "and the next one has numbers again"
    digits = {number[-10:] for number in NUMBERS}
    assert not [one for one in digits if one in re.sub(r"[^\d]", "", hidden)]
    store = open_store(load())
    key = pseudonyms.key(store)
    store.close()
    named = {masking.pseudonym(key, number) for number in NUMBERS}
    assert set(re.findall(r"C-[0-9a-f]{12}", hidden)) == named and len(named) == 3


@pytest.mark.parametrize("form", ["xlsx", "parquet", "json", "csv_excel"])
def test_files_of_every_form_have_pseudonyms(cli: Cli, form: str) -> None:  # noqa: F811
    cli.filled()
    place = cli.folder / f"out.{form}"
    report(cli, "--pseudonyms", "--format", form, "--out", str(place))
    text = read(place, form)
    assert len(set(re.findall(r"C-[0-9a-f]{12}", text))) == 3
    assert not [number for number in NUMBERS if number[-10:] in text]


def read(place: Path, form: str) -> str:
    """All that a file holds, as text."""
    if form == "xlsx":
        with CalamineWorkbook.from_path(place) as book:
            return json.dumps([book.get_sheet_by_name(name).to_python() for name in book.sheet_names], default=str)
    if form == "parquet":
        return pd.read_parquet(place).to_csv()
    return place.read_text(encoding="utf-8-sig")
