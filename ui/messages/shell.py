"""The page of the conversation: its first sight, the desk, the keys, and what it says when something is wrong."""

from collections.abc import Mapping

from ui.messages import Words

HEADING: Words = {"en": "Ask the archive", "ru": "Вопросы к архиву"}
EXAMPLES: Words = {"en": "For example", "ru": "Например"}
QUESTION: Words = {"en": "Ask in English or in Russian", "ru": "Вопрос на русском или английском"}
SEND: Words = {"en": "Ask", "ru": "Спросить"}
ANSWERED_BY: Words = {"en": "Answers by", "ru": "Отвечает"}
DOCUMENTS_ALONE: Words = {"en": "documents alone", "ru": "только документы"}
CONVERSATION: Words = {"en": "Conversation", "ru": "Беседа"}
NO_SCRIPT: Words = {
    "en": "Asking needs JavaScript, which is off in this browser. The other rooms do without it.",
    "ru": "Чтобы спрашивать, нужен JavaScript, а в этом браузере он выключен. Остальные разделы работают и без него.",
}
EMPTY: Words = {
    "en": "This archive holds no documents yet. Put some in, then ask: delo index --index {} FOLDER",
    "ru": "В этом архиве пока нет документов. Добавьте их, потом спрашивайте: delo index --index {} ПАПКА",
}
TROUBLE: Words = {"en": "The archive cannot be read", "ru": "Архив не читается"}
SEARCHING: Words = {"en": "Searching the archive", "ru": "Идёт поиск в архиве"}
ANSWERED: Words = {
    "en": "The answer is complete. Quotations: {}",
    "ru": "Ответ готов. Цитат: {}",
}
REFUSED: Words = {"en": "There is no answer; the reason stands there.", "ru": "Ответа нет; причина указана."}
LOST: Words = {
    "en": "The server does not answer. Is “delo chat” still running? This line goes away when it answers again.",
    "ru": "Сервер не отвечает. Работает ли ещё «delo chat»? Когда он снова ответит, эта строка исчезнет.",
}
BUSY: Words = {
    "en": "Too many questions are waiting. Ask again in a moment.",
    "ru": "Слишком много вопросов ждут ответа. Спросите ещё раз немного позже.",
}
BROKEN: Words = {
    "en": "The question could not be answered; what went wrong stands where “delo chat” runs. Ask again.",
    "ru": "На вопрос ответить не удалось; причина указана там, где работает «delo chat». Спросите ещё раз.",
}
ENDED: Words = {
    "en": "You are no longer logged in. Log in in another tab, then ask again here: the conversation stays.",
    "ru": "Вход больше не действует. Войдите в другой вкладке и спросите здесь ещё раз: беседа сохранится.",
}
PREPARING: Words = {"en": "The box to ask in is being prepared …", "ru": "Поле для вопроса готовится …"}
CLOSE: Words = {"en": "Close", "ru": "Закрыть"}

DESK: Words = {"en": "Desk", "ru": "Стол"}
BACK: Words = {"en": "Back to the conversation", "ru": "Назад к беседе"}
WHOLE: Words = {"en": "Whole width", "ru": "Во всю ширину"}
HALF: Words = {"en": "Beside the conversation", "ru": "Рядом с беседой"}

KEYS: Words = {"en": "Keys", "ru": "Клавиши"}
KEYS_ON: Words = {
    "en": "Let single letters act outside of boxes to type in",
    "ru": "Одиночные буквы действуют вне полей ввода",
}
KEY_NAMES: Mapping[str, Words] = {
    "/": {"en": "to the box to ask in", "ru": "к полю для вопроса"},
    "j · n": {"en": "next quotation", "ru": "следующая цитата"},
    "k · p": {"en": "previous quotation", "ru": "предыдущая цитата"},
    "o · Enter": {"en": "open the document of the quotation", "ru": "открыть документ цитаты"},
    "c": {"en": "copy the quotation with its citation", "ru": "скопировать цитату со ссылкой"},
    "x": {"en": "collect the quotation in the notebook", "ru": "внести цитату в выписки"},
    "b · Esc": {"en": "back to the conversation", "ru": "назад к беседе"},
    "?": {"en": "this list", "ru": "этот список"},
}
