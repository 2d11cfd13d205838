"""Units that are the same one though neither id nor name is: by all that is alike.

Points say how much two units are alike. Candidates share a place, parts or rare words; from all
that have enough points, those pairs are taken that have most points as a whole: a matching of
maximum weight in a bipartite graph.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

import numpy as np
import rustworkx as rx
from rapidfuzz import fuzz

from components.model.matching import UNMATCHED, Flags, Matcher, Reason, State
from components.model.organization import Numbers
from components.model.text import fold_text

POINTS: Mapping[str, int] = {
    "name": 50,
    "parts": 60,
    "place": 25,
    "only": 10,
    "responsibilities": 30,
    "acronym": 15,
    "head": 15,
    "location": 5,
    "type": 5,
    "id": -20,
}
"""What each likeness counts: of the names; the share of parts; the parent; whether no other units
of it are left; the share of responsibilities; equal cells; other ids where most stay the same."""
POINTS_OF_PEOPLE = {**POINTS, "parts": 0, "responsibilities": 0}
"""Of people: whoever has the team and the work of somebody else is still another one."""
LEAST, CERTAIN, MARGIN = 45, 65, 10
"""The points of the same unit; of one that is surely the same, and by how much others have less."""
LEAST_ALIKE = 0.4
"""The likeness of names that says nothing."""
SAME_WORD = 80
"""The likeness of two words from which on one may be the other, spelt or inflected otherwise."""
MOST_SHARING = 30
"""Units that may share a word; one that more have tells little."""
MOST_CANDIDATES, MOST_CLUES = 10, 8
"""Candidates of a unit, and clues that lead to them."""
MOST_WITH_CLUES = 100_000
"""Units that are looked for elsewhere; of more, only those in one place are compared."""
MOST_SIBLINGS = 400
"""Pairs of units below one parent that are all compared."""
SAMPLE = 20_000
"""Names in which words are counted."""
MOST_IN_BLOCK = 2_000
"""Units that are assigned as a whole; the time grows with the square."""
STEP = 5
"""Points that pairs of a larger block need more."""
IDEOGRAPHS = "\u2e80"
"""From here on, scripts write words without spaces; two letters are a word then."""
Pair = tuple[int, int]


def match_alike(matcher: Matcher) -> bool:
    """Match units that are alike enough, and return whether there are any."""
    before, after = matcher.open
    if not len(before) or not len(after):
        return False
    likeness = Likeness(matcher, before, after)
    points = {
        pair: number
        for pair in likeness.candidates()
        if (number := likeness.points(*pair)) >= LEAST
    }
    chosen = best_assignment(points)
    matcher.match(
        [one for one, _ in chosen],
        [other for _, other in chosen],
        Reason.LIKENESS,
        _uncertain(points, chosen),
    )
    return bool(chosen)


def best_assignment(points: Mapping[Pair, int]) -> list[Pair]:
    """Return the pairs with most points in all, of which no two share a unit.

    ``points`` are at least ``LEAST``; what is above it counts. Blocks that are not connected are
    assigned apart. Of very large ones the weakest pairs are left out.
    """
    chosen: list[Pair] = []
    blocks = [(dict(points), LEAST)]
    while blocks:
        block, least = blocks.pop()
        for part in _connected(block):
            if len(part) == 1:
                chosen += part
            elif len({one for one, _ in part}) > MOST_IN_BLOCK:
                kept = {pair: number for pair, number in part.items() if number >= least + STEP}
                blocks.append((kept, least + STEP))
            else:
                chosen += _assigned(part)
    return sorted(chosen)


def _graph(points: Mapping[Pair, int]) -> rx.PyGraph[tuple[int, int], tuple[Pair, int]]:
    """Return the pairs as edges between nodes, which are units of the state 0 or 1."""
    graph: rx.PyGraph[tuple[int, int], tuple[Pair, int]] = rx.PyGraph()
    ends = {(state, pair[state]) for pair in points for state in (0, 1)}
    node = {end: graph.add_node(end) for end in sorted(ends)}
    graph.add_edges_from(
        [(node[0, pair[0]], node[1, pair[1]], (pair, number)) for pair, number in points.items()]
    )
    return graph


def _connected(points: Mapping[Pair, int]) -> Iterator[dict[Pair, int]]:
    graph = _graph(points)
    for nodes in rx.connected_components(graph):
        yield dict(edge for node in nodes if graph[node][0] == 0 for edge in _edges(graph, node))


def _edges(
    graph: rx.PyGraph[tuple[int, int], tuple[Pair, int]], node: int
) -> Iterator[tuple[Pair, int]]:
    return (edge for _, _, edge in graph.out_edges(node))


def _assigned(points: Mapping[Pair, int]) -> list[Pair]:
    graph = _graph(points)
    edges = rx.max_weight_matching(graph, weight_fn=lambda edge: edge[1] - LEAST + 1)
    units = (sorted((graph[one], graph[other])) for one, other in edges)
    return [(before, after) for (_, before), (_, after) in units]


def _uncertain(points: Mapping[Pair, int], chosen: Sequence[Pair]) -> Flags:
    """Return whether each chosen pair has few points, or hardly more than another of its units."""
    rivals: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pair, number in points.items():
        for state in (0, 1):
            rivals[state, pair[state]].append(number)
    uncertain = []
    for pair in chosen:
        number = points[pair]
        others = [*rivals[0, pair[0]], *rivals[1, pair[1]]]
        is_close = sum(other > number - MARGIN for other in others) > len(pair)
        uncertain.append(number < CERTAIN or is_close)
    return np.array(uncertain, np.bool_)


class Likeness:
    """How much the units of two states that have no counterpart yet are alike."""

    def __init__(self, matcher: Matcher, before: Numbers, after: Numbers) -> None:
        self._matcher = matcher
        self._units = before, after
        self._states = matcher.before, matcher.after
        self._counts = POINTS_OF_PEOPLE if matcher.are_people else POINTS
        self._weights = _weights(self._states)
        self._parents = matcher.parent_afterwards(before), matcher.after.parent[after]
        self._left = [Counter(parents.tolist()) for parents in self._parents]
        self._parent_of = dict(zip(before.tolist(), self._parents[0].tolist(), strict=True))
        self._labels = (
            _labels(matcher.after_of, matcher.after_of, matcher.before.name),
            _labels(matcher.before_of, np.arange(len(matcher.after)), matcher.after.name),
        )
        # Each is asked for as often as a unit is a candidate.
        self._words = cache(self._words_of)
        self._parts = cache(self._parts_of)
        self._duties = cache(lambda state, unit: frozenset(self._states[state].duties_of(unit)))

    def candidates(self) -> Iterator[Pair]:
        """Yield the pairs that may be alike: in one place, or with rare clues in common."""
        pairs = dict.fromkeys(self._in_one_place())
        if max(map(len, self._units)) <= MOST_WITH_CLUES:
            pairs |= dict.fromkeys(self._with_clues())
        yield from pairs

    def _in_one_place(self) -> Iterator[Pair]:
        below: tuple[dict[int, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for groups, units, parents in zip(below, self._units, self._parents, strict=True):
            for unit, parent in zip(units.tolist(), parents.tolist(), strict=True):
                groups[parent].append(unit)
        for parent, siblings in below[0].items():
            others = below[1].get(parent, ()) if parent != UNMATCHED else ()
            if len(siblings) * len(others) <= MOST_SIBLINGS:
                yield from ((one, other) for one in siblings for other in others)

    def _with_clues(self) -> Iterator[Pair]:
        having: dict[Hashable, list[int]] = defaultdict(list)
        for unit in self._units[1].tolist():
            for clue in self._clues(1, unit):
                having[clue].append(unit)
        for unit in self._units[0].tolist():
            known = sorted(
                (len(having[clue]), position, clue)
                for position, clue in enumerate(self._clues(0, unit))
                if clue in having and len(having[clue]) <= MOST_SHARING
            )
            found = Counter(other for _, _, clue in known[:MOST_CLUES] for other in having[clue])
            yield from ((unit, other) for other, _ in found.most_common(MOST_CANDIDATES))

    def _clues(self, state: int, unit: int) -> Iterable[str]:
        """Return what tells a unit apart: words, head, parts, responsibilities."""
        cells = self._states[state].organization.units
        head = cells["head"][unit]
        return dict.fromkeys(
            (
                *self._words(state, unit),
                *([f"head {fold_text(head)}"] if head else ()),
                *(f"part {part}" for part in islice(self._parts(state, unit), MOST_CANDIDATES)),
                *(f"duty {duty}" for duty in islice(self._duties(state, unit), MOST_CANDIDATES)),
            )
        )

    def points(self, before: int, after: int) -> int:
        """Return how much two units are alike."""
        cells = [state.organization.units for state in self._states]
        pair = (before, after)

        def are_equal(column: str) -> bool:
            one, other = (cells[state][column][pair[state]] for state in (0, 1))
            return bool(one) and (one == other or fold_text(one) == fold_text(other))

        alike = self._alike_names(before, after)
        parent = self._parent_of[before]
        is_there = parent != UNMATCHED and parent == int(self._states[1].parent[after])
        is_only = is_there and all(left[parent] == 1 for left in self._left)
        shares = {
            "name": max(0.0, (alike - LEAST_ALIKE) / (1 - LEAST_ALIKE)),
            "parts": self._shared_parts(before, after),
            "place": float(is_there),
            "only": float(is_only),
            "responsibilities": _shared(self._duties(0, before), self._duties(1, after)),
            "id": float(self._matcher.has_ids),
            **{name: float(are_equal(name)) for name in ("acronym", "head", "location", "type")},
        }
        return round(sum(self._counts[name] * share for name, share in shares.items()))

    def _alike_names(self, before: int, after: int) -> float:
        return alike_words(self._words(0, before), self._words(1, after), self._weights)

    def _words_of(self, state: int, unit: int) -> tuple[str, ...]:
        return words_of(self._states[state].folded[unit])

    def _parts_of(self, state: int, unit: int) -> Counter[int]:
        """Return the parts of a unit: the numbers of those that are matched, else their names."""
        children = self._states[state].children
        parts = children.ends[children.first[unit] : children.first[unit + 1]]
        return Counter(self._labels[state][parts].tolist())

    def _shared_parts(self, before: int, after: int) -> float:
        """Return the share of parts that are in both; several count more than one."""
        one, other = self._parts(0, before), self._parts(1, after)
        if not one or not other:
            return 0.0
        common = (one & other).total()
        return common / max(one.total(), other.total()) * common / (common + 1)


def _labels(counterparts: Numbers, numbers: Numbers, names: Numbers) -> Numbers:
    """Return a number for each unit: that of a matched one, else one below zero for its name."""
    return np.where(counterparts == UNMATCHED, -1 - names, numbers)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one), len(other))


def words_of(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name; pairs of letters where words have no spaces."""
    words: list[str] = []
    for word in folded.split():
        if word[0] >= IDEOGRAPHS and len(word) > 1:
            words += (word[at : at + 2] for at in range(len(word) - 1))
        else:
            words.append(word)
    return tuple(words)


def _weights(states: Sequence[State]) -> Mapping[str, float]:
    """Return what each word of a name says: the fewer names have it, the more."""
    counts = Counter[str]()
    names = 0
    for state in states:
        step = -(-len(state) // SAMPLE)
        for name in islice(state.folded, 0, None, step):
            counts.update({*words_of(name)})
            names += 1
    weights: dict[str, float] = defaultdict(lambda: math.log1p(names))
    weights |= {word: math.log1p(names / count) for word, count in counts.items()}
    return weights


def alike_words(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return how much two names are alike, from 0 to 1.

    It is the share of their words that both have, each with its weight; similar words count as far
    as they are: the soft cosine of Cohen, Ravikumar and Fienberg ("A Comparison of String Distance
    Metrics for Name-Matching Tasks", IIWeb 2003), as a Dice coefficient.
    """
    left = list(other)
    common = 0.0
    unmatched = []
    for word in one:
        if word in left:
            left.remove(word)
            common += 2 * weights[word]
        else:
            unmatched.append(word)
    for word in unmatched:
        ratios = {spelling: fuzz.ratio(word, spelling) for spelling in left if _may_vary(word)}
        best = max(ratios, key=lambda spelling: ratios[spelling], default="")
        if ratios and ratios[best] >= SAME_WORD:
            left.remove(best)
            common += (weights[word] + weights[best]) * ratios[best] / 100
    whole = sum(weights[word] for words in (one, other) for word in words)
    return common / whole if whole else 0.0


def _may_vary(word: str) -> bool:
    """Return whether a word may be spelt otherwise: a number is another one then."""
    return not any(map(str.isdecimal, word))
