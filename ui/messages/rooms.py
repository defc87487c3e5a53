"""The rooms of the page, and what every page says."""

from index.document import Language
from ui.messages import Words

NAMES: dict[str, Words] = {
    "ask": {"en": "Ask", "ru": "Спросить"},
    "read": {"en": "Read", "ru": "Читать"},
    "look-up": {"en": "Look up", "ru": "Найти"},
    "notebook": {"en": "Notebook", "ru": "Выписки"},
    "judge": {"en": "Judge", "ru": "Оценить"},
    "add": {"en": "Add", "ru": "Добавить"},
}
INTERFACES: dict[Language, str] = {"en": "English", "ru": "Русский"}
THEME: Words = {"en": "Light or dark", "ru": "Светлая или тёмная"}
SKIP: Words = {"en": "To the content", "ru": "К содержанию страницы"}
