"""What the demo company's site knows of a caller who came by an advertisement: keyword, advertisement, identifiers."""

import random
import string

from calldash.demo.company import Campaign

# By campaign: keywords, advertisements.
_WORDS = {
    "Виртуальная АТС — поиск": (
        ("виртуальная атс", "облачная телефония", "атс для офиса", "номер 8 800"), ("Цена", "Скидка"),
    ),
    "Интернет в офис — РСЯ": (("интернет в офис", "оптика в бизнес-центр"), ("Баннер 1", "Баннер 2", "Видео")),
    "Бренд": (("каллдаш", "каллдаш телефония"), ("Бренд",)),
    "Осенняя акция": ((), ("Пост", "Карусель")),
}  # fmt: skip
_VISITOR, _CLICK = 0.8, 0.7  # shares of clicks whose identifier reached the phone system
_CONSENTS = (True, True, True, False, None)


def told(campaign: Campaign, key: str) -> dict[str, object]:
    """The values of a call of a campaign; `key` tells calls apart, and gives the same each time."""
    if campaign.name not in _WORDS:
        return {}
    rng = random.Random(f"click {key}")
    words, ads = _WORDS[campaign.name]
    found: dict[str, object] = {"keyword": rng.choice(words) if words else None, "ad": rng.choice(ads)}
    if campaign.source == "yandex":
        found["ym_client_id"] = _digits(rng, 19) if rng.random() < _VISITOR else None
        found["yclid"] = _digits(rng, 20) if rng.random() < _CLICK else None
    if campaign.source == "google":
        letters = string.ascii_letters + string.digits
        found["gclid"] = "Cj0K" + "".join(rng.choices(letters, k=40)) if rng.random() < _CLICK else None
    return found | {"consent": rng.choice(_CONSENTS)}


def _digits(rng: random.Random, count: int) -> str:
    return str(rng.randrange(10 ** (count - 1), 10**count))
