"""Search by words: tantivy, one stemmed field per language, and one of the keys of names. Derived.

Every word counts, one-letter words and numbers too, for archival references are made of them. Words are
folded before they are stemmed, and letters of the wrong script put right. tantivy is imported here and nowhere else.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from index.document import LANGUAGES, Language
from index.errors import IndexDamagedError, StorageError, is_panic
from index.fold import folded_text
from index.tokens import righted

ANALYSIS = 3  # raised when the way words are cut changes; an index made another way is refused
_STEMMERS = {"ru": "russian", "en": "english"}
# Words that ask, or name the sort of answer, or say that a document is one, and tell nothing; engines' lists lack them.
_ASKING: dict[Language, str] = {
    "en": "what who whom whose which when where why how many much do does did done has have had been being was were "
    "would could should can may might will shall about according tell told say says said mention mentioned us me i "
    "list enumerate give gave given reason reasons argument arguments against after before during between "
    "document documents",
    "ru": "кто что кого чего кому чему кем чем ком какой какая какое какие каков какова каковы каким какими "
    "какую каких который которая которое которые когда где куда откуда почему зачем отчего сколько как ли "
    "ль говорится говорил сказано сказал сказали сообщается упоминается относительно согласно "
    "перечисли перечислите назови назовите приведи приведите приведены приведено привел привела привели приводит "
    "причина причины причин довод доводы доводов аргумент аргументы аргументов против после перед между "
    "документ документа документе документах документы",
}
MOST_OF_A_WORD = 2.2  # times its rarity is the most that BM25 (k1 = 1.2) gives one word of a question
_MEMORY = 64_000_000  # bytes the writer may hold before it writes a segment
_STRESS = re.compile(r"[\u0300\u0301]")  # on a letter that has no accented form of its own, as every Cyrillic vowel
_MIXED = re.compile(r"\b(?=[\W\d_]*\w*[A-Za-z])(?=\w*[Ѐ-ӿ])\w+")
_LATIN_CAPITALS = re.compile(r"\b[ABCEHKMOPTX]{2,}\b")  # CCCP in a Russian text is СССР
_COMMON = 0.1  # of all passages; a word that stands in more of them says little of where a quotation is from


@lru_cache(maxsize=4)
def _analyser(language: Language, *, whole: bool) -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if not whole:
        builder = builder.filter(Filter.stopword(_STEMMERS[language]))
        builder = builder.filter(Filter.custom_stopword(_ASKING[language].split()))
    return builder.filter(Filter.stemmer(_STEMMERS[language])).build()


def stems(language: Language, text: str) -> list[str]:
    """The stems of all words of `text`, in order."""
    return list(_analyser(language, whole=True).analyze(_plain(language, text)))


def telling_stems(language: Language, text: str) -> list[str]:
    """The stems of the words of `text` that tell something: "the", "was", «что» do not."""
    return list(_analyser(language, whole=False).analyze(_plain(language, text)))


def _plain(language: Language, text: str) -> str:
    """`text` folded, every word in letters of one script."""
    right = _MIXED.sub(lambda word: righted(word[0]), _STRESS.sub("", text))
    if language == "ru":
        right = _LATIN_CAPITALS.sub(lambda word: righted(word[0] + "ы")[:-1], right)
    return folded_text(right)


class LexicalIndex:
    """Passages by the words of their sides."""

    def __init__(self, path: Path, index: Any) -> None:
        self._path = path
        self._index = index
        self._schema = index.schema
        for language in LANGUAGES:
            index.register_tokenizer(f"delo_{language}", _analyser(language, whole=True))
        self._writer: Any = None
        self._searcher: Any = None

    @classmethod
    def create(cls, path: Path) -> "LexicalIndex":
        """An empty index at `path`."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        for name in ("id", "document"):
            schema.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
        for language in LANGUAGES:
            schema.add_text_field(language, tokenizer_name=f"delo_{language}", index_option="position")
        schema.add_text_field("names", tokenizer_name="raw", index_option="basic")
        with _mapped(path):
            path.mkdir(parents=True, exist_ok=True)
            return cls(path, tantivy.Index(schema.build(), str(path)))

    @classmethod
    def open(cls, path: Path) -> "LexicalIndex":
        """The index at `path`.

        Raises: IndexDamagedError if there is none, or it cannot be read.
        """
        import tantivy

        with _mapped(path):
            return cls(path, tantivy.Index.open(str(path)))

    def add(
        self, passage_id: str, document_id: str, texts: Iterable[tuple[Language, str]], names: Collection[str] = ()
    ) -> None:
        """Enter a passage, with the keys of the `names` in it; its id must not be there yet."""
        import tantivy

        with _mapped(self._path):
            sides = {language: _plain(language, text) for language, text in texts}
            self._write().add_document(
                tantivy.Document(id=passage_id, document=document_id, names=sorted(names), **sides)
            )

    def remove(self, document_id: str) -> None:
        """Strike out every passage of a document."""
        with _mapped(self._path):
            self._write().delete_documents_by_term("document", document_id)

    def _write(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(_MEMORY, 1)
        return self._writer

    def close(self) -> None:
        """Let go of the files; what was added is on disk then."""
        with _mapped(self._path):
            if self._writer is not None:
                self._writer.commit()
                self._writer.wait_merging_threads()
                self._writer = None
            self._searcher = None

    def ids(self) -> list[str]:
        """Every passage that is here, as often as it is here."""
        import tantivy

        with _mapped(self._path):
            searcher = self._search()
            found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
            return [searcher.doc(address).get_first("id") for _, address in found]

    def search(
        self, language: Language, words: Sequence[str], count: int, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `count` passages that share most with the stems `words`, best first, with their BM25 scores.

        `documents` holds the only document ids that may be found. What shares no word is not found.
        """
        return self._search_terms(language, "freq", words, count, documents)

    def search_names(
        self, keys: Collection[str], count: int, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `count` passages that name most of what has these keys, the rarer the more, best first, with scores.

        `documents` as in `search`; the keys are those of `index.names`.
        """
        return self._search_terms("names", "basic", sorted(keys), count, documents)

    def _search_terms(
        self, field: str, option: str, words: Sequence[str], count: int, documents: Collection[str] | None
    ) -> list[tuple[str, float]]:
        from tantivy import Occur, Query

        if not words or (documents is not None and not documents):
            return []
        with _mapped(self._path):
            terms = [Query.term_query(self._schema, field, w, option) for w in dict.fromkeys(words)]
            query = Query.boolean_query([(Occur.Should, term) for term in terms])
            if documents is not None:
                among = Query.const_score_query(Query.term_set_query(self._schema, "document", list(documents)), 0.0)
                query = Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])
            searcher = self._search()
            hits = searcher.search(query, count).hits
            return [(searcher.doc(address).get_first("id"), score) for score, address in hits if score > 0]

    def phrase(self, language: Language, words: Sequence[str], count: int) -> tuple[list[str], int]:
        """Up to `count` passages in which the stems `words` (at least one) stand side by side; and how many do."""
        from tantivy import Query

        with _mapped(self._path):
            query = (
                Query.phrase_query(self._schema, language, list(words))
                if len(words) > 1
                else Query.term_query(self._schema, language, words[0])
            )
            searcher = self._search()
            result = searcher.search(query, count)
            return [searcher.doc(address).get_first("id") for _, address in result.hits], result.count

    def sharing(self, language: Language, words: Sequence[str], count: int) -> list[str]:
        """The `count` passages that hold the most of the stems `words`, each counted by how rare it is.

        How long a passage is, and how often it holds a stem, does not count: a quotation is one place in it.
        """
        from tantivy import Occur, Query

        with _mapped(self._path):
            searcher = self._search()
            everything = max(1, searcher.num_docs)
            held = {word: searcher.doc_freq(language, word) for word in dict.fromkeys(words)}
            rare = {word: n for word, n in held.items() if 0 < n <= max(1, _COMMON * everything)}
            terms = [
                (Occur.Should, Query.const_score_query(Query.term_query(self._schema, language, word), weight))
                for word, n in (rare or held).items()
                if n and (weight := math.log(1 + everything / n))
            ]
            if not terms:
                return []
            hits = searcher.search(Query.boolean_query(terms), count, count=False).hits
            return [searcher.doc(address).get_first("id") for _, address in hits]

    def documents_naming(self, key: str) -> set[str]:
        """Ids of the documents in which something is named that has this key."""
        held = max(1, self._search().num_docs)
        return {id_.rpartition(":")[0] for id_, _ in self.search_names([key], held)}

    def rarity(self, field: Language | Literal["names"], term: str) -> float:
        """How much a stem of a language, or the key of a name, tells, in nats, > 0.

        It is BM25's weight of a word by the share of passages that hold it.
        """
        with _mapped(self._path):
            searcher = self._search()
            held = searcher.doc_freq(field, term)
            return math.log(1 + (searcher.num_docs - held + 0.5) / (held + 0.5))

    def _search(self) -> Any:
        if self._searcher is None:
            self._index.reload()
            self._searcher = self._index.searcher()
        return self._searcher


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    """Tantivy's errors as ours."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, ValueError | OSError | RuntimeError) and not is_panic(error):
            raise
        reason = str(error).strip().split("\n")[0][:200]
        if any(word in reason.casefold() for word in ("no space", "file too large", "storagefull", "denied")):
            told = f"the words at '{path}' could not be read or written: {reason}"
            raise StorageError(f"{told}; give them space and rights") from error
        raise IndexDamagedError(
            f"the words at '{path}' cannot be used: {reason}; rebuild them with: delo check --repair"
        ) from error
