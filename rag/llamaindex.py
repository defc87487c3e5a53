"""Delo's retriever as a llama-index `BaseRetriever`, for any query engine or agent of llama-index.

Each node is one side of a passage that was found; its metadata carry the citation and the place in the document,
so that whoever quotes it can say where the words stand. llama-index is imported here and nowhere else.
"""

from pathlib import Path

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.document import Language, other
from rag.pipeline import Pipeline
from rag.question import Filters, Question
from rag.record import reference_record
from rag.retrieve import Hit

_HIDDEN_FROM_MODELS = [
    "document_id",
    "start",
    "end",
    "paragraph",
    "references",
    "url",
    "parallel",
    "found_by",
    "language",
]


class DeloRetriever(BaseRetriever):
    """Passages of a Delo index as llama-index nodes, best first.

    A node holds the passage in the language of the question where it has that side, with its counterpart under
    `parallel`. Scores are comparable within one question; larger is better.
    """

    def __init__(self, home: Path, *, count: int = 5, filters: Filters | None = None) -> None:
        self._pipeline = Pipeline.open(home)
        self._count = count
        self._filters = filters
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = Question.of(query_bundle.query_str, self._filters)
        hits = self._pipeline.search(question, count=self._count).hits
        return [NodeWithScore(node=_node(hit, question.language), score=hit.score) for hit in hits]


def _node(hit: Hit, wanted: Language) -> TextNode:
    sides = hit.passage.spans
    language = wanted if wanted in sides else other(wanted)
    document, span = hit.document, sides[language]
    facing = other(language)
    node = TextNode(
        id_=f"{hit.passage.id}:{language}",
        text=hit.passage.texts[language],
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata={
            "title": document.title,
            "date": document.date.text if document.date else None,
            "citation": "; ".join(reference.text for reference in document.references),
            "references": [reference_record(reference) for reference in document.references],
            "document_id": document.id,
            "language": language,
            "start": span.start,
            "end": span.end,
            "paragraph": document.paragraph_at(language, span.start),
            "url": document.url,
            "parallel": {"language": facing, "start": sides[facing].start, "end": sides[facing].end}
            | {"words": hit.passage.texts[facing], "confidence": hit.passage.confidence}
            if facing in sides
            else None,
            "found_by": hit.found_by,
        },
        excluded_llm_metadata_keys=_HIDDEN_FROM_MODELS,
        excluded_embed_metadata_keys=_HIDDEN_FROM_MODELS,
    )
    node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id=document.id)
    return node
