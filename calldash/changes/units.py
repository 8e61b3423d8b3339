"""What the extra of each figure is called: so many of it lie in a place. Pure."""

from collections.abc import Callable

from calldash.i18n import ngettext


def _inbound(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} extra call", "{part} of {number} extra calls", whole)
    return ngettext("{part} of {number} call that did not come", "{part} of {number} calls that did not come", whole)


def _missed(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} extra missed call", "{part} of {number} extra missed calls", whole)
    return ngettext("{part} of {number} avoided miss", "{part} of {number} avoided misses", whole)


def _late(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} avoided late answer", "{part} of {number} avoided late answers", whole)
    return ngettext("{part} of {number} extra late answer", "{part} of {number} extra late answers", whole)


def _callbacks(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} avoided late callback", "{part} of {number} avoided late callbacks", whole)
    return ngettext("{part} of {number} extra late callback", "{part} of {number} extra late callbacks", whole)


def _lost(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} extra lost client", "{part} of {number} extra lost clients", whole)
    return ngettext("{part} of {number} client kept", "{part} of {number} clients kept", whole)


def _sales(whole: int, up: bool) -> str:
    if up:
        return ngettext("{part} of {number} extra sale", "{part} of {number} extra sales", whole)
    return ngettext("{part} of {number} missing sale", "{part} of {number} missing sales", whole)


def _spam(whole: int, _up: bool) -> str:
    return ngettext("{part} of {number} extra spam call", "{part} of {number} extra spam calls", whole)


EXTRA: dict[str, Callable[[int, bool], str]] = {
    "inbound_calls": _inbound,
    "missed_share": _missed,
    "service_level": _late,
    "timely_callback_share": _callbacks,
    "lost_share": _lost,
    "sale_calls": _sales,
    "spam_calls": _spam,
}
