"""What was said in talks, and who talks how much."""

from calldash.i18n import gettext as _
from calldash.ui import cards, drill, filter_bar
from calldash.ui.talks import page as talks
from calldash.ui.talks import search

chosen, before = filter_bar.current()
search.draw(chosen)

drill.heading(_("Talk analytics"), _("of stereo recordings, the sides of which can be told apart"))
talks.progress()
cards.row(talks.CARDS, chosen, before)
talks.why_not(chosen)
talks.by_employee(chosen)
