"""The invented company behind the demo data, as tables: people, lines, queues, campaigns, prices, shapes of a week.

Its numbers are valid but of a kind nobody is given (`000` after the code); its recordings lie in `data/demo`.
"""

from dataclasses import dataclass
from decimal import Decimal

SALES, SUPPORT, SERVICE = "Продажи", "Поддержка", "Сервис"


@dataclass(frozen=True)
class Person:
    """An employee and their habits: hours, lunch (hour), the share of rings picked up, seconds they let it ring."""

    name: str
    team: str
    days: str  # weekdays at work, 1 = Monday
    hours: tuple[int, int]
    lunch: int
    picks: float
    rings: tuple[int, int]
    talk: float  # length of their talks against the team's
    sells: float  # their sales against the team's
    dials: float  # calls they make on an ordinary day, call-backs not counted
    late_min: int = 0  # how long after the beginning of the shift the phone is left alone
    away: range = range(0)  # days before the last one
    recording: tuple[str, int] | None = None  # file below the recordings folder, its length in seconds


@dataclass(frozen=True)
class Campaign:
    """Where clients saw a number; `since` is how many days before the last one it began."""

    source: str
    medium: str
    name: str | None
    weight: int
    sells: float
    line: str
    since: int = 10_000


@dataclass(frozen=True)
class Team:
    """A team: its own line, the queues a call to it passes with whom they ring, and how long talks are."""

    name: str
    line: str
    route: tuple[tuple[str, str], ...]
    talk_s: int
    desk_s: int  # mean time at the desk after a talk, when the phone is not free
    tags: tuple[str, ...]


MAIN, FREE, ADS, PETERSBURG = "+74950000100", "+78000000100", "+74990000177", "+78120000100"
RESERVE = "Резервная очередь"

TEAMS = (
    Team(SALES, MAIN, (("Отдел продаж", SALES), (RESERVE, SUPPORT)), 150, 150, ("новый клиент", "тариф", "договор")),
    Team(
        SUPPORT, FREE, (("Поддержка клиентов", SUPPORT), (RESERVE, SERVICE)), 185, 130, ("жалоба", "счёт", "доставка")
    ),
    Team(SERVICE, PETERSBURG, (("Сервисная служба", SERVICE),), 120, 110, ("выезд", "авария", "настройка")),
)

_SALES_CALL, _COMPLAINT, _ENGLISH = (("ru_sales.mp3", 60), ("ru_complaint.mp3", 53), ("en_support.mp3", 54))

PEOPLE = (
    # name, team, days, hours, lunch, picks, rings, talk, sells, dials
    Person("Анна Северина", SALES, "12345", (9, 18), 13, 0.96, (3, 8), 1.0, 1.5, 6, recording=_SALES_CALL),
    Person("Игорь Мельников", SALES, "12345", (9, 18), 12, 0.85, (4, 11), 2.1, 1.1, 4, away=range(40, 54)),
    Person("Дарья Лугова", SALES, "12345", (9, 18), 13, 0.92, (3, 9), 0.9, 1.2, 9),
    Person("Павел Ветров", SALES, "12345", (9, 18), 14, 0.83, (4, 13), 1.1, 1.3, 8, late_min=45),
    Person("Тимур Ахметов", SALES, "12345", (10, 18), 14, 0.58, (8, 17), 0.8, 0.5, 3),
    Person("Ольга Крылова", SUPPORT, "12345", (9, 18), 12, 0.97, (2, 6), 1.0, 0.3, 3, recording=_COMPLAINT),
    Person("Никита Сомов", SUPPORT, "12345", (9, 18), 13, 0.62, (7, 17), 1.2, 0.1, 2),
    Person("Марина Белова", SUPPORT, "12345", (9, 18), 14, 0.9, (3, 9), 0.9, 0.4, 3, away=range(12, 19)),
    Person("Артём Зайцев", SUPPORT, "12345", (10, 18), 15, 0.87, (4, 10), 1.0, 0.2, 2),
    Person("Вера Тихонова", SUPPORT, "12345", (10, 14), 0, 0.94, (3, 7), 0.7, 0.2, 1),
    Person("Эмма Ларсен", SERVICE, "12345", (9, 18), 13, 0.95, (3, 8), 1.0, 0.1, 5, recording=_ENGLISH),
    Person("Степан Громов", SERVICE, "12345", (9, 18), 12, 0.76, (5, 14), 1.7, 0.1, 3),
    Person("Лилия Юсупова", SERVICE, "135", (9, 18), 14, 0.91, (3, 9), 0.9, 0.2, 6),
)

CAMPAIGNS = (
    Campaign("yandex", "cpc", "Виртуальная АТС — поиск", 30, 1.3, ADS),
    Campaign("yandex", "cpc", "Интернет в офис — РСЯ", 14, 0.5, ADS),
    Campaign("google", "cpc", "Бренд", 8, 1.2, ADS),
    Campaign("google", "organic", None, 12, 1.0, FREE),
    Campaign("vk", "social", "Осенняя акция", 11, 0.4, ADS, since=45),
    Campaign("2gis", "maps", "Карточка компании", 13, 0.9, PETERSBURG),
    Campaign("partners", "referral", "Бизнес-центры", 5, 1.9, MAIN),
    Campaign("direct", "none", None, 7, 1.1, MAIN),
)
UNKNOWN_SOURCE_WEIGHT = 16

OPEN = "Mon-Fri 09:00-18:00"  # with the public holidays of RU, as the settings have it before they are changed
WEEK = {1: 1.16, 2: 1.06, 3: 1.0, 4: 1.02, 5: 0.9, 6: 0.13, 7: 0.04}
HOURS = (
    *(0.1, 0.1, 0.0, 0.0, 0.0, 0.1, 0.2, 0.5, 2.0),  # 0-8
    *(8.5, 13.5, 14.5, 11.5, 7.0, 8.0, 9.5, 9.0, 8.0, 3.2),  # 9-18
    *(1.8, 1.2, 0.8, 0.4, 0.2),
)
ARRIVALS = 172  # new calls of clients on an ordinary day, before those they repeat
NEW_CLIENTS = 0.46
TEAM_OF_NEW = {SALES: 78, SUPPORT: 9, SERVICE: 13}
TEAM_OF_RETURNING = {SALES: 20, SUPPORT: 51, SERVICE: 29}


@dataclass(frozen=True)
class Incident:
    """A day on which the network was down: more calls to support, fewer people at the phones, lines out of order."""

    days_ago: int = 24
    hours: tuple[int, int] = (10, 15)
    arrivals: float = 1.9
    technical: float = 0.07
    absent: tuple[str, ...] = ("Никита Сомов", "Марина Белова", "Вера Тихонова", "Степан Громов", "Игорь Мельников")


INCIDENT = Incident()


@dataclass(frozen=True)
class Training:
    """Hours of the last day, unless it is a weekend, in which nobody of these teams is at the phone."""

    teams: tuple[str, ...] = (SUPPORT, SERVICE)
    hours: tuple[int, int] = (10, 12)


TRAINING = Training()


@dataclass(frozen=True)
class Robot:
    """A robot that calls again and again within minutes."""

    days_ago: int = 1
    calls: int = 45
    begins: int = (11 * 60 + 5) * 60  # the second of the day
    seconds: int = 8 * 60


ROBOT = Robot()


@dataclass(frozen=True)
class Trip:
    """A business trip: the calls and data of that person are roaming meanwhile."""

    person: str = "Павел Ветров"
    away: range = range(30, 37)
    destination: str = "Роуминг: Турция"
    price: Decimal = Decimal("45.00")


TRIP = Trip()


@dataclass(frozen=True)
class Abroad:
    """A share of clients whose numbers begin with `prefix`, and the price of a minute to them."""

    prefix: str
    digits: int
    destination: str
    price: Decimal
    share: float


MOBILE = (
    "900",
    "903",
    "905",
    "908",
    "910",
    "911",
    "916",
    "920",
    "921",
    "925",
    "926",
    "950",
    "960",
    "977",
    "985",
    "999",
)
HOME = Abroad("+79", 9, "Россия, мобильные", Decimal("1.90"), 0)
FOREIGN = (
    Abroad("+37529100", 4, "Беларусь", Decimal("14.50"), 0.008),
    Abroad("+7701000", 4, "Казахстан", Decimal("12.00"), 0.008),
    Abroad("+493023125", 3, "Германия", Decimal("6.40"), 0.003),
    Abroad("+442079460", 3, "Великобритания", Decimal("7.20"), 0.003),
)
INBOUND_PRICE = {FREE: Decimal("2.20")}  # a minute; calls to the other lines are free

# kind, direction, messages on an ordinary day, cost of one, destination, tag
MESSAGES = (
    ("sms", "outbound", 13, Decimal("2.60"), "Россия, мобильные", "напоминание"),
    ("sms", "inbound", 4, Decimal("0.00"), None, None),
    ("mms", "inbound", 0.3, Decimal("0.00"), None, "фото оборудования"),
    ("mms", "outbound", 0.2, Decimal("9.50"), "Россия, мобильные", "схема проезда"),
    ("data", "outbound", 1.5, Decimal("4.80"), "Мобильный интернет", None),
)
SPAM = 3.2  # calls on an ordinary day
SPAM_PREFIX = "+7958000"
INTERNAL = 11
CURRENCY = "RUB"
