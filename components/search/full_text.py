"""The full-text engine: tantivy, in memory, behind what the finder asks of it.

It is given stems with a space between them, and has no rules of its own for words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tantivy import Document, Index, Occur, Query, SchemaBuilder

FIELDS = {"name": 2.5, "duties": 2.0, "around": 1.0, "summary": 0.5}
"""What is told of a unit, and how much it counts that a word stands there."""
MEMORY = 64_000_000
"""Bytes in which the index is prepared."""

Stems = tuple[str, ...]
Ways = Mapping[Stems, float]
"""Stems, one after the other, and how much it counts that they stand somewhere."""


class FullText:
    """An index over documents, numbered as they come; may be searched from several threads."""

    def __init__(self, documents: Iterable[Iterable[tuple[str, Iterable[str]]]]) -> None:
        """Index documents, each of them texts with their field and their stems."""
        builder = SchemaBuilder().add_integer_field("number", fast=True)
        for field in FIELDS:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        self._schema = builder.build()
        index = Index(self._schema)
        writer = index.writer(heap_size=MEMORY, num_threads=1)
        for number, texts in enumerate(documents):
            document = Document()
            document.add_integer("number", number)
            for field, stems in texts:
                document.add_text(field, " ".join(stems))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, sought: Iterable[Ways], most: int) -> list[int]:
        """Return the documents in which something of what is sought stands, best first.

        A document counts by BM25, for each thing that is sought in the best of its ways and fields.
        """
        return self._ranked(
            [
                Query.disjunction_max_query(
                    [
                        Query.boost_query(self._standing(stems, field), weight * counts)
                        for stems, weight in ways.items()
                        for field, counts in FIELDS.items()
                    ]
                )
                for ways in sought
            ],
            most,
        )

    def phrase(self, stems: Sequence[str], most: int) -> list[int]:
        """Return the documents in which stems stand one after the other, best first."""
        return self._ranked(
            [
                Query.boost_query(self._standing(tuple(stems), field), counts)
                for field, counts in FIELDS.items()
            ],
            most,
        )

    def commonness(self, stem: str) -> int:
        """Return in how many documents a stem stands in the field where it stands most."""
        return max(self._searcher.doc_freq(field, stem) for field in FIELDS)

    def _standing(self, stems: Stems, field: str) -> Query:
        if len(stems) == 1:
            return Query.term_query(self._schema, field, stems[0], index_option="freq")
        return Query.phrase_query(self._schema, field, list(stems))

    def _ranked(self, queries: Iterable[Query], most: int) -> list[int]:
        query = Query.boolean_query([(Occur.Should, query) for query in queries])
        found = self._searcher.search(query, limit=most, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in found])
        scores = (float(score) for score, _ in found)
        ordered = sorted(
            ((score, int(number or 0)) for score, number in zip(scores, numbers, strict=True)),
            key=lambda each: (-each[0], each[1]),
        )
        return [number for _, number in ordered]
