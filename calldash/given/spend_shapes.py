"""Exports of ad spend by their headers: Yandex Direct, Google Ads, VK Ads, and the plain table of calldash."""

from calldash.given.shapes import Shape

_DAY = ("дата", "день", "date", "day", "период", "period", "segments.date")
_CAMPAIGN = ("кампания", "название кампании", "campaign", "campaign name", "campaignname", "campaign_name",
             "campaign.name")  # fmt: skip
_CLICKS = ("клики", "clicks", "metrics.clicks", "переходы", "клики по ссылке")
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
VK = Shape(
    "vk",
    "VK Ads",
    {
        "account": ("кабинет", "id кабинета", "account"),
        "campaign": (*_CAMPAIGN, "рекламная кампания", "название", "ad plan", "имя кампании"),
        "ad": ("объявление", "название объявления", "ad"),
        "since": _DAY,
        "amount": ("потрачено", "потрачено всего", "потраченный бюджет", "списано", "spent", "amount spent"),
        "currency": _CURRENCY,
        "clicks": _CLICKS,
        "impressions": _SHOWN,
    },
    (("потрачено", "потрачено всего", "потраченный бюджет", "списано", "spent", "amount spent"),
     (*_CAMPAIGN, "рекламная кампания", "название", "ad plan", "имя кампании")),
    {"source": "vk", "medium": "social"},
)  # fmt: skip
YANDEX = Shape(
    "yandex",
    "Yandex Direct",
    {
        "account": ("логин", "клиент", "login", "client login", "clientlogin"),
        "campaign": _CAMPAIGN,
        "keyword": ("условие показа", "ключевая фраза", "criterion", "criteria", "targeting"),
        "ad": ("№ объявления", "id объявления", "adid", "ad id"),
        "since": _DAY,
        "amount": ("расход", "расходы", "cost", "затраты"),
        "currency": _CURRENCY,
        "clicks": _CLICKS,
        "impressions": _SHOWN,
    },
    (_CAMPAIGN, ("расход", "cost", "затраты"), ("показы", "impressions", "клики", "clicks")),
    {"source": "yandex", "medium": "cpc"},
)
# What its Reports service gives: amounts are millionths unless asked for otherwise.
YANDEX_API = Shape(
    "yandex_api", "Yandex Direct API", YANDEX.columns, (("campaignname",), ("cost",)), YANDEX.fixed,
    whole_is_micros=True,
)  # fmt: skip
# The first that knows a header: those that ask for more of it come first.
SPEND_SHAPES = (PLAIN, GOOGLE, VK, YANDEX_API, YANDEX)
