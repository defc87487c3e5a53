"""What is said of long work."""

from ui.messages import Words

DONE: Words = {"en": "Done", "ru": "Сделано"}
TIME: Words = {"en": "Time", "ru": "Время"}
CANCEL: Words = {"en": "Cancel", "ru": "Отменить"}
STOPPING: Words = {"en": "Being cancelled …", "ru": "Отменяется …"}
AGAIN: Words = {"en": "See how far it is now", "ru": "Посмотреть, сколько сделано"}
CANCELLED: Words = {
    "en": "Cancelled. Nothing was changed; you can begin again.",
    "ru": "Отменено. Ничего не изменилось; можно начать снова.",
}
LOST: Words = {
    "en": "The server does not answer. If it was stopped, this work has stopped too, and what was published is as it "
    "was: have it started again (delo chat), then begin anew. This page keeps asking.",
    "ru": "Сервер не отвечает. Если он остановлен, прервана и эта работа, а опубликованное осталось прежним: попросите "
    "запустить его снова (delo chat) и начните сначала. Страница продолжает спрашивать.",
}
FAILED: Words = {"en": "This was not done", "ru": "Сделать это не удалось"}
UNKNOWN: Words = {
    "en": "This work is not known here. It has been forgotten, or the server was started anew since.",
    "ru": "Об этой работе здесь ничего не известно: она забыта, или сервер с тех пор запускали заново.",
}
