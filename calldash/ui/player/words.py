"""What stands on the player, in the reader's language."""

from typing import Any

from calldash.i18n import gettext as _


def labels() -> dict[str, Any]:
    """The texts of the player by name; `key_list` pairs a key with what it does."""
    return {
        "name": _("Recording of the call"),
        "position": _("Position in the recording"),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("10 seconds back"),
        "on": _("10 seconds on"),
        "less": _("−10 s"),
        "more": _("+10 s"),
        "previous": _("Previous recording of the list"),
        "next": _("Next recording of the list"),
        "speed": _("Speed"),
        "skip": _("Skip silence"),
        "skips": _("Leaves out pauses of a second and longer"),
        "agent": _("Employee"),
        "client": _("Client"),
        "mute_agent": _("Mute the employee"),
        "mute_client": _("Mute the client"),
        "link": _("Link to this second"),
        "links": _("Copies the address of this call at this second"),
        "copied": _("The address is copied."),
        "download": _("Download"),
        "keys": _("Keys"),
        "lines": _("What was said"),
        "trouble": _("The recording could not be played: the file is damaged or is no longer there."),
        "key_list": _key_list(),
    }


def _key_list() -> list[tuple[str, str]]:
    return [
        (_("Space"), _("play and pause")),
        ("← →", _("10 seconds back and on")),
        ("Home", _("to the beginning")),
        (", .", _("slower and faster")),
        ("S", _("skip silence")),
        ("M, N", _("mute the employee, the client")),
        ("[ ]", _("previous and next recording")),
    ]
