"""The same questions where no rollup speaks."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import pytest

from calldash import asking
from calldash.advertising import ad_results
from calldash.query import Moment
from calldash.store import Store

Answer = TypeVar("Answer")


def from_calls(store: Store, ask: Callable[[], Answer]) -> Answer:
    """What `ask` gives where no rollup speaks."""
    with pytest.MonkeyPatch.context() as patch:
        for place in (asking, ad_results):
            patch.setattr(place, "moment", lambda store: Moment(store.settings, store.now()))
        return ask()


def assert_same(store: Store, ask: Callable[[], pd.DataFrame]) -> None:
    pd.testing.assert_frame_equal(ask(), from_calls(store, ask), check_dtype=False, rtol=1e-12)
