"""Load: who works when, how evenly, how much at once, and how long everybody was signed in."""

from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.ui import cards, drill, filter_bar, parts
from calldash.ui.employees import page as employees
from calldash.ui.load import matrix, peaks, shared_out, signed

CARDS = ("handled_calls", "handled_talk_s", "load_balance", "avg_pickup_s")
PARTS = {
    "grid": mark("Hours and days"),
    "peaks": mark("Peaks"),
    "signed": mark("Signed in"),
    "day": mark("One day"),
}

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)

part = parts.switch("load", PARTS)
if part == "grid":
    matrix.draw(chosen)
    shared_out.draw(chosen)
elif part == "peaks":
    peaks.draw(chosen)
elif part == "signed":
    signed.draw(chosen)
else:
    drill.heading(_("A day on the phone"))
    employees.timeline(chosen)
