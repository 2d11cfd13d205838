"""The full-text index: tantivy, in memory or in files.

Documents and queries consist of stems; tantivy only splits them at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tantivy import Document, Index, Occur, Query, SchemaBuilder

FIELDS = {"name": 2.5, "responsibilities": 2.0, "context": 1.0, "summary": 0.5, "facts": 0.15}
"""The fields of a document, and the boost of a match in each."""
WRITER_MEMORY = 16_000_000
"""Bytes that tantivy may use while it builds the index; four times as many save no time."""

Phrase = tuple[str, ...]
"""Stems that follow each other; mostly one."""
Boosts = Mapping[Phrase, float]
"""Alternative phrases, and the boost of each."""
Documents = Iterable[tuple[int, Iterable[tuple[str, Iterable[str]]]]]
"""Numbers of documents, each with pairs of a field and the stems of a text."""


class FullText:
    """An index of documents; safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def of(cls, documents: Documents, folder: Path | None = None) -> FullText:
        """Index documents.

        The index is in memory, or in the files of an empty folder.
        """
        builder = SchemaBuilder().add_integer_field("number", fast=True)
        for field in FIELDS:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        index = Index(builder.build(), path=str(folder) if folder else None)
        writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        for number, texts in documents:
            document = Document()
            document.add_integer("number", number)
            for field, stems in texts:
                document.add_text(field, " ".join(stems))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def in_files(cls, folder: Path) -> FullText:
        """Return the index in the files of a folder; they are not read as a whole.

        Raises:
            OSError, ValueError: there is none, or it is damaged.
        """
        return cls(Index.open(str(folder)))

    def search(self, clauses: Iterable[Boosts], most: int) -> list[int]:
        """Return the documents that match at least one clause, best first.

        The score of a document is the sum over the clauses; each counts with the best BM25 score
        of its phrases in any field.
        """
        return self._ranked(
            [Query.disjunction_max_query(self._in_each_field(boosts)) for boosts in clauses], most
        )

    def phrase(self, phrase: Phrase, most: int) -> list[int]:
        """Return the documents that contain a phrase, best first."""
        return self._ranked(self._in_each_field({phrase: 1.0}), most)

    def document_frequency(self, stem: str) -> int:
        """Return the number of documents with a stem, in the field where it is most frequent."""
        return max(self._searcher.doc_freq(field, stem) for field in FIELDS)

    def _in_each_field(self, boosts: Boosts) -> list[Query]:
        return [
            Query.boost_query(self._phrase_query(phrase, field), boost * field_boost)
            for phrase, boost in boosts.items()
            for field, field_boost in FIELDS.items()
        ]

    def _phrase_query(self, phrase: Phrase, field: str) -> Query:
        if len(phrase) == 1:
            return Query.term_query(self._schema, field, phrase[0], index_option="freq")
        return Query.phrase_query(self._schema, field, list(phrase))

    def _ranked(self, queries: Iterable[Query], most: int) -> list[int]:
        query = Query.boolean_query([(Occur.Should, query) for query in queries])
        hits = self._searcher.search(query, limit=most, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        scores = (float(score) for score, _ in hits)
        ranked = sorted(
            (-score, int(number or 0)) for score, number in zip(scores, numbers, strict=True)
        )
        return [number for _, number in ranked]
