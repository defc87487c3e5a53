"""What is said about answers and the cards of their quotations."""

from typing import TYPE_CHECKING

from index.document import Language
from ui.messages import Words

if TYPE_CHECKING:  # what is only looked up does not wait for numpy
    from rag.retrieve import Way

BACK: Words = {"en": "back to the answer", "ru": "назад к ответу"}
ALONE: Words = {
    "en": "Nothing faces this sentence in the other text.",
    "ru": "В другом тексте этому предложению ничего не соответствует.",
}
REASON: Words = {"en": "Compare: {}", "ru": "Сравните: {}"}
TYPOGRAPHY_ONLY: Words = {"en": "typography only", "ru": "отличие только в типографике"}
SEARCHED: Words = {"en": "What was searched", "ru": "Что просмотрено"}
DOCUMENTS: Words = {"en": "Documents", "ru": "Документы"}
OF_ALL: Words = {"en": "{} of {}", "ru": "{} из {}"}
PASSAGES: Words = {"en": "Passages", "ru": "Отрывки"}
TEXTS: Words = {"en": "Texts", "ru": "Тексты"}
WAYS: Words = {"en": "How", "ru": "Способ"}
WAYS_OF_SEARCHING: "dict[Way, Words]" = {
    "meaning": {"en": "by meaning", "ru": "по смыслу"},
    "words": {"en": "by words", "ru": "по словам"},
    "names": {"en": "by names", "ru": "по именам"},
}
LIMITS: Words = {"en": "Limits", "ru": "Ограничения"}
NO_LIMITS: Words = {"en": "none", "ru": "нет"}
SIDES: dict[Language, Words] = {
    "ru": {"en": "Russian", "ru": "русские"},
    "en": {"en": "English", "ru": "английские"},
}
FOLDED: Words = {
    "en": "This answer is no longer shown, for many have come after it; ask again to see it.",
    "ru": "Этот ответ больше не показан: после него было много других; спросите снова, чтобы увидеть его.",
}
EARLIER: Words = {
    "en": "Earlier questions that are no longer shown here: {}",
    "ru": "Прежние вопросы, которые здесь больше не показаны: {}",
}
