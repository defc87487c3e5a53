"""What the page says of who may come in, and how much may be asked of it."""

from ui.messages import Words

TITLE: Words = {"en": "Log in", "ru": "Вход"}
NAME: Words = {"en": "Name", "ru": "Имя"}
PASSWORD: Words = {"en": "Password", "ru": "Пароль"}
LOG_IN: Words = {"en": "Log in", "ru": "Войти"}
LOG_OUT: Words = {"en": "Log out", "ru": "Выйти"}
ACCOUNT: Words = {"en": "Who is reading", "ru": "Кто читает"}
READER: Words = {"en": "You are logged in as", "ru": "Вы вошли под именем"}
NOBODY: Words = {
    "en": "Nobody has to log in here: whoever reaches this page may read.",
    "ru": "Вход здесь не нужен: читать может каждый, кому доступна эта страница.",
}
LOCKED: Words = {
    "en": "This archive is open to its readers only.",
    "ru": "Этот архив открыт только для его читателей.",
}
WRONG: Words = {
    "en": "This name and this password do not belong together.",
    "ru": "Имя или пароль неверны.",
}
WAIT: Words = {
    "en": "There were too many attempts. Try again after {} seconds.",
    "ru": "Попыток было слишком много. Повторите через {} с.",
}
BUSY_DOOR: Words = {
    "en": "Too many people are logging in at this moment. Try again in a few seconds.",
    "ru": "Сейчас входит слишком много людей. Повторите через несколько секунд.",
}
BUSY: Words = {
    "en": "So many readers are asking that this would have to wait too long. Try again in a minute.",
    "ru": "Сейчас спрашивают слишком многие, и ждать пришлось бы слишком долго. Повторите через минуту.",
}
YOURS: Words = {
    "en": "Many questions of yours are under way already. Ask again when one of them has been answered.",
    "ru": "Вы уже задали много вопросов. Повторите этот, когда на один из них придёт ответ.",
}
WAITING: Words = {"en": "Waiting. Questions before this one: {}", "ru": "Ожидание. Вопросов впереди: {}"}
TOO_LARGE: Words = {
    "en": "This is more than may be sent here at once.",
    "ru": "Это больше, чем можно прислать сюда за один раз.",
}
TOO_SLOW: Words = {
    "en": "What was sent came too slowly.",
    "ru": "Присланное приходило слишком медленно.",
}
TOO_LONG: Words = {"en": "This address is too long.", "ru": "Этот адрес слишком длинный."}
NOT_HERE: Words = {"en": "There is nothing at this address.", "ru": "По этому адресу ничего нет."}
OTHER_HOST: Words = {
    "en": "This page is not served under that name. Open it by the address that delo chat printed.",
    "ru": "Под этим именем страницы нет. Откройте её по адресу, который напечатала команда delo chat.",
}
OTHER_SITE: Words = {
    "en": "This was asked by a page of another site, which may not ask anything here.",
    "ru": "Это запрос со страницы другого сайта; ему здесь ничего не разрешено.",
}
OTHERS: Words = {
    "en": "This conversation belongs to another reader.",
    "ru": "Эта беседа принадлежит другому читателю.",
}
UNREADABLE: Words = {
    "en": "What was sent cannot be read: it must be one object of JSON.",
    "ru": "Присланное невозможно прочесть: нужен один объект JSON.",
}
