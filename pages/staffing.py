"""Staffing: how many people each half hour needs, who was there, and what one more or one fewer would change."""

from calldash.i18n import gettext as _
from calldash.ui import drill, filter_bar
from calldash.ui.staffing import ahead, choices, replay, table
from calldash.ui.staffing import page as staffing

chosen, _before = filter_bar.current()
options = choices.current()
found = staffing.asked(chosen, options)

if found.is_empty:
    choices.draw(chosen, options)
    staffing.nothing(found)
else:
    replays = staffing.compared(chosen, found)
    staffing.sentences(found, replays[0].busy if replays else None)
    choices.draw(chosen, options)
    staffing.pictures(found, chosen)
    staffing.notes(found, options)

    ahead.draw(found, chosen)

    drill.heading(_("Each half hour"))
    table.draw(found, replays[0].halves if replays else None, chosen)

    drill.heading(_("One person more or fewer"))
    replay.draw(replays)
