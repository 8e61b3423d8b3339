"""What the audit trail's actions are called."""

from calldash.i18n import gettext as _
from calldash.i18n import mark

ACTIONS = {
    "account changed": mark("Account changed"),
    "account closed": mark("Account closed"),
    "account known outside": mark("Account joined with the sign-in service"),
    "account made": mark("Account made"),
    "account opened": mark("Account opened again"),
    "backup": mark("Backup made"),
    "callback": mark("Missed client taken or closed"),
    "code made": mark("One-time code made"),
    "download": mark("Recording taken away"),
    "erase": mark("Client erased"),
    "evidence": mark("Evidence pack made"),
    "export": mark("Table taken away"),
    "export transcript": mark("Transcript taken away"),
    "fetch": mark("Recording fetched"),
    "heard": mark("Seconds listened to"),
    "import transcript": mark("Transcript imported"),
    "link": mark("Link to a recording made"),
    "listen": mark("Recording opened"),
    "mark": mark("Call marked"),
    "open": mark("Forwarded recording opened"),
    "password chosen": mark("Password chosen"),
    "line notice": mark("Consent on a line noted"),
    "retention": mark("Outlived data removed"),
    "reveal": mark("Number uncovered"),
    "restore": mark("Backup restored"),
    "second factor off": mark("Second factor switched off"),
    "second factor on": mark("Second factor switched on"),
    "sign in": mark("Sign-in"),
    "sign in failed": mark("Sign-in failed"),
    "sign out": mark("Signed out"),
    "start page": mark("Start page chosen"),
    "tag": mark("Tag offered or withdrawn"),
    "template": mark("Report saved"),
    "template removed": mark("Report removed"),
    "unlink": mark("Link withdrawn"),
}


def told_action(code: str) -> str:
    """What is read for an action; the code itself where there are no words for it."""
    return _(ACTIONS[code]) if code in ACTIONS else code
