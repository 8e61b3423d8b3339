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
    "budget": mark("Budget changed"),
    "callback": mark("Missed client taken or closed"),
    "code made": mark("One-time code made"),
    "deals import": mark("Deals imported"),
    "deals removed": mark("Deals removed"),
    "download": mark("Recording taken away"),
    "erase": mark("Client erased"),
    "evidence": mark("Evidence pack made"),
    "export": mark("Table taken away"),
    "export receipt": mark("Receipt of an erasure taken away"),
    "export rejects": mark("Rejected rows taken away"),
    "export report": mark("Report definition taken away"),
    "export transcript": mark("Transcript taken away"),
    "fetch": mark("Recording fetched"),
    "heard": mark("Seconds listened to"),
    "import transcript": mark("Transcript imported"),
    "line notice": mark("Consent on a line noted"),
    "link": mark("Link to a recording made"),
    "listen": mark("Recording opened"),
    "mark": mark("Call marked"),
    "naming": mark("Names of campaigns changed"),
    "open": mark("Forwarded recording opened"),
    "password chosen": mark("Password chosen"),
    "remove tariff": mark("Tariff removed"),
    "restore": mark("Backup restored"),
    "retention": mark("Outlived data removed"),
    "reveal": mark("Number uncovered"),
    "rules": mark("Rules changed"),
    "second factor off": mark("Second factor switched off"),
    "second factor on": mark("Second factor switched on"),
    "settings": mark("Settings changed"),
    "sign in": mark("Sign-in"),
    "sign in failed": mark("Sign-in failed"),
    "sign out": mark("Signed out"),
    "spend edit": mark("Ad spend edited"),
    "spend import": mark("Ad spend imported"),
    "start page": mark("Start page chosen"),
    "tag": mark("Tag offered or withdrawn"),
    "tariff": mark("Tariff imported"),
    "template": mark("Report saved"),
    "template removed": mark("Report removed"),
    "tracking": mark("Numbers for advertising changed"),
    "unlink": mark("Link withdrawn"),
}


def told_action(code: str) -> str:
    """What is read for an action; the code itself where there are no words for it."""
    return _(ACTIONS[code]) if code in ACTIONS else code
