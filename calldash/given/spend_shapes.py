"""Exports of ad spend by their headers: Yandex Direct, Google Ads, VK Ads, tables by UTM tags, calldash's own."""

from calldash.given.shapes import Shape

_DAY = ("дата", "день", "date", "day", "период", "period", "segments.date")
_CAMPAIGN = ("кампания", "название кампании", "campaign", "campaign name", "campaignname", "campaign_name",
             "campaign.name")  # fmt: skip
_DIRECT = (*_CAMPAIGN, "№ кампании", "id кампании", "номер кампании", "campaignid")
_DIRECT_SPENT = ("расход", "расход всего", "расходы", "cost", "затраты")
_VK_SPENT = ("потрачено", "потрачено всего", "потраченный бюджет", "списано", "spent")
# Google Ads in Russian writes the first letter of “Kлики” in Latin.
_CLICKS = ("клики", "kлики", "clicks", "metrics.clicks", "переходы", "клики по ссылке")
_SHOWN = ("показы", "показов", "impressions", "impr.", "impr", "metrics.impressions")
_CURRENCY = ("валюта", "код валюты", "currency", "currency code", "customer.currency_code")

PLAIN = Shape(
    "plain",
    "calldash",
    {
        "account": ("account",),
        "source": ("source",),
        "medium": ("medium",),
        "campaign": ("campaign",),
        "keyword": ("keyword",),
        "ad": ("ad",),
        "since": ("since", "day", "date"),
        "until": ("until",),
        "amount": ("amount", "cost"),
        "currency": ("currency",),
        "vat": ("vat",),
        "vat_rate": ("vat_rate",),
        "clicks": ("clicks",),
        "impressions": ("impressions",),
    },
    (("source",), ("amount", "cost"), ("since", "day", "date")),
)
GOOGLE = Shape(
    "google",
    "Google Ads",
    {
        "account": ("account", "account name", "аккаунт", "название аккаунта", "customer id", "идентификатор клиента"),
        "campaign": _CAMPAIGN,
        "keyword": ("keyword", "search keyword", "ключевое слово", "поисковое ключевое слово"),
        "since": _DAY,
        "micros": ("cost (micros)", "cost micros", "metrics.cost_micros", "cost_micros"),
        "amount": ("cost", "стоимость", "расходы", "расход"),
        "currency": _CURRENCY,
        "clicks": _CLICKS,
        "impressions": _SHOWN,
    },
    (
        _CAMPAIGN,
        ("cost", "стоимость", "расходы", "cost (micros)", "cost micros", "metrics.cost_micros", "cost_micros"),
        ("impr.", "impr", "currency code", "код валюты", "metrics.cost_micros", "cost_micros"),
    ),
    {"source": "google", "medium": "cpc"},
)
# A report by days alone, or by accounts: its spend is the source's.
GOOGLE_WHOLE = Shape(
    "google", "Google Ads", GOOGLE.columns,
    (("cost", "стоимость", "расходы"), ("currency code", "код валюты"), (*_CLICKS, *_SHOWN)), GOOGLE.fixed,
)  # fmt: skip
VK = Shape(
    "vk",
    "VK Ads",
    {
        "account": ("кабинет", "id кабинета", "account"),
        "campaign": (*_CAMPAIGN, "рекламная кампания", "имя кампании", "ad plan", "название", "id кампании"),
        "ad": ("название объявления", "объявление", "id объявления", "ad"),
        "since": _DAY,
        "amount": _VK_SPENT,
        "currency": _CURRENCY,
        "clicks": _CLICKS,
        "impressions": _SHOWN,
    },
    (_VK_SPENT, (*_CAMPAIGN, *_SHOWN, "рекламная кампания", "имя кампании", "ad plan", "название")),
    {"source": "vk", "medium": "social"},
)
YANDEX = Shape(
    "yandex",
    "Yandex Direct",
    {
        "account": ("логин", "клиент", "login", "client login", "clientlogin"),
        "campaign": _DIRECT,
        "keyword": ("условие показа", "ключевая фраза", "criterion", "criteria", "targeting"),
        "ad": ("№ объявления", "id объявления", "номер объявления", "adid", "ad id"),
        "since": _DAY,
        "amount": _DIRECT_SPENT,
        "currency": _CURRENCY,
        "clicks": _CLICKS,
        "impressions": _SHOWN,
    },
    (_DIRECT, _DIRECT_SPENT,
     ("показы", "impressions", "клики", "clicks")),
    {"source": "yandex", "medium": "cpc"},
)  # fmt: skip
# What its Reports service gives: amounts are millionths unless asked for otherwise.
YANDEX_API = Shape(
    "yandex_api", "Yandex Direct API", YANDEX.columns, (("campaignname",), ("cost",)), YANDEX.fixed,
    whole_is_micros=True,
)  # fmt: skip
_TAGS = {
    "source": ("utmsource", "utm_source", "utm source", "source"),
    "medium": ("utmmedium", "utm_medium", "utm medium", "medium"),
    "campaign": ("utmcampaign", "utm_campaign", "utm campaign", "campaign"),
    "keyword": ("utmterm", "utm_term", "utm term", "term", "keyword"),
    "ad": ("utmcontent", "utm_content", "utm content", "content"),
    "since": ("datefrom", "date_from", *_DAY),
    "until": ("dateto", "date_to"),
    "currency": _CURRENCY,
    "clicks": _CLICKS,
    "impressions": _SHOWN,
}
# What Yandex Metrica takes as spend: expenses are without VAT, a period stands in one cell.
METRICA = Shape(
    "metrica", "Yandex Metrica",
    _TAGS | {"amount": ("expenses",), "source": ("utmsource", "trafficsourcedetail", "trafficsource")},
    (("expenses",), ("utmsource", "trafficsource")), {"vat": "out"}, seconds=True,
)  # fmt: skip
# What call tracking takes, Calltouch among them: spend by source, medium, campaign, content, term of a link's tags.
UTM = Shape(
    "utm", "UTM", _TAGS | {"amount": ("price", "cost", "costs", "expenses", "amount", "расход", "расходы", "сумма")},
    (("price", "cost", "costs", "expenses", "amount", "расход", "расходы", "сумма"),
     ("utm_source", "utmsource", "utm source", "datefrom", "date_from")),
)  # fmt: skip
# The first that knows a header: those that ask for more of it come first.
SPEND_SHAPES = (PLAIN, METRICA, GOOGLE, GOOGLE_WHOLE, VK, YANDEX_API, UTM, YANDEX)
