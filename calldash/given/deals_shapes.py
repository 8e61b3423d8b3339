"""Exports of deals by their headers: amoCRM, Bitrix24, and the plain table of calldash; and what their stages mean."""

from calldash.given.shapes import Shape

_PHONES = tuple(
    f"{word} телефон{tail}" for tail in (" (контакт)", " контакта", "")
    for word in ("рабочий", "рабочий прямой", "мобильный", "домашний", "другой")
)  # fmt: skip

PLAIN = Shape(
    "plain",
    "calldash",
    {
        "origin": ("origin",),
        "id": ("id", "deal", "deal_id"),
        "title": ("title",),
        "phone": ("phone",),
        "happened": ("happened_at", "day", "date"),
        "amount": ("amount",),
        "margin": ("margin",),
        "currency": ("currency",),
        "status": ("status",),
    },
    (("id", "deal", "deal_id"), ("phone",), ("amount",), ("status",)),
)
AMOCRM = Shape(
    "amocrm",
    "amoCRM",
    {
        "id": ("id", "id сделки", "lead id"),
        "title": ("название сделки", "lead title", "lead name", "название"),
        "phone": (*_PHONES, "телефон", "work phone (contact)", "mobile phone (contact)", "work phone",
                  "mobile phone", "other phone (contact)", "phone"),
        "happened": ("дата закрытия", "closed at", "close date", "дата создания сделки", "дата создания",
                     "created at", "creation date"),
        "amount": ("бюджет", "бюджет сделки", "budget", "sale", "sale value"),
        "currency": ("валюта", "currency"),
        "status": ("этап сделки", "статус сделки", "этап", "статус", "lead status", "status",
                   "pipeline stage", "stage"),
    },
    (("бюджет", "бюджет сделки", "budget", "sale", "sale value"),
     ("этап сделки", "статус сделки", "этап", "статус", "lead status", "status", "pipeline stage", "stage"),
     ("id", "id сделки", "lead id")),
    {"origin": "amocrm", "otherwise": "open"},
)  # fmt: skip
BITRIX = Shape(
    "bitrix24",
    "Bitrix24",
    {
        "id": ("id", "id сделки"),
        "title": ("название сделки", "название", "deal name", "name", "title"),
        "phone": (*(f"контакт: {word} телефон" for word in ("рабочий", "мобильный", "домашний", "другой")),
                  *(f"компания: {word} телефон" for word in ("рабочий", "мобильный", "другой")),
                  "контакт: телефон", "контакт: номер телефона", "contact: work phone", "contact: mobile phone",
                  "contact: mobile", "contact: phone", "company: work phone", "телефон", "phone", *_PHONES),
        "happened": ("дата закрытия", "дата завершения", "closed on", "end date", "close date",
                     "дата создания", "created on", "created", "creation date"),
        "amount": ("сумма", "total", "amount", "opportunity"),
        "currency": ("валюта", "currency"),
        "status": ("стадия сделки", "стадия", "deal stage", "stage"),
    },
    (("стадия сделки", "стадия", "deal stage", "stage"), ("сумма", "total", "amount", "opportunity"),
     ("id", "id сделки")),
    {"origin": "bitrix24", "otherwise": "open"},
)  # fmt: skip
DEAL_SHAPES = (PLAIN, AMOCRM, BITRIX)
# What a stage begins with, by what it means. Stages between are a company's own.
STAGES = {
    "won": ("won", "success", "успешно реализовано", "сделка успешна", "успешн", "выиграна", "продано", "оплачен",
            "closed - won", "closed won", "deal won", "142"),
    "lost": ("lost", "закрыто и не реализовано", "сделка провалена", "провал", "проиграна", "отказ",
             "closed - lost", "closed lost", "deal lost", "failure", "143"),
    "open": ("open", "new", "in progress", "в работе", "новая", "открыта"),
}  # fmt: skip
