"""Words on a page to blocks in reading order: a recursive XY-cut with gutters before rows.

A gutter is a vertical strip that no word crosses over a run of lines with text on both sides. A region is cut into what
is above the best gutter, left of it, right of it and below it. Strips between the cells of a table, or between entries
and their dates, are no gutters: there the rows are read across.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from model.documents.pdf_words import Word

DATE = re.compile(r"(?:19|20)\d\d|present|today|current|\d{1,2}[/.]\d{2,4}|^\W*$", re.I)
MIN_LINES = 3  # lines on each side of a gutter
MIN_GUTTER = 0.7  # width of a gutter, em


@dataclass(slots=True)
class Line:
    """Words side by side; `words` from left to right."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def size(self) -> float:
        return median(w.size for w in self.words)

    @property
    def text(self) -> str:
        return line_text(self.words)


def make_line(words: list[Word]) -> Line:
    words = sorted(words, key=lambda w: w.x0)
    return Line(words, words[0].x0, min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words))


def line_text(words: list[Word]) -> str:
    """Words with a space between, a tab for a gap of two em and more; letters set apart (E D U C A T I O N) joined."""
    gaps = [b.x0 - a.x1 for a, b in zip(words, words[1:], strict=False)]
    if _set_apart(words):
        usual = median(gaps)
        parts = [words[0].text]
        parts += [(" " if g > 1.8 * usual + 0.5 else "") + w.text for g, w in zip(gaps, words[1:], strict=True)]
        return "".join(parts)
    em = max(1.0, median(w.size for w in words))
    parts = [words[0].text]
    for gap, word in zip(gaps, words[1:], strict=True):
        bullet = len(parts[0]) == 1 and not parts[0].isalnum() and len(parts) == 1
        parts.append(("\t" if gap > 2 * em and not bullet else " ") + word.text)
    return "".join(parts)


def _set_apart(words: list[Word]) -> bool:
    """Whether words are letters set apart; kerning leaves some in pairs (C O N TA C T)."""
    single = sum(len(w.text) == 1 and w.text.isalpha() for w in words)
    pairs = all(len(w.text) <= 2 and w.text.isupper() for w in words)
    return len(words) >= 4 and single >= (0.6 if pairs else 0.9) * len(words)


def rows(words: list[Word]) -> list[list[Word]]:
    """Words grouped into rows from top to bottom by the overlap of their heights."""
    found: list[list] = []  # [top, bottom, words]
    for word in sorted(words, key=lambda w: ((w.y0 + w.y1) / 2, w.x0)):
        height = max(word.y1 - word.y0, 0.1)
        for row in reversed(found[-4:]):
            overlap = min(row[1], word.y1) - max(row[0], word.y0)
            if overlap > 0.55 * min(height, row[1] - row[0]):
                row[2].append(word)
                if height > 0.6 * (row[1] - row[0]):
                    row[0], row[1] = (row[0] * 3 + word.y0) / 4, (row[1] * 3 + word.y1) / 4
                break
        else:
            found.append([word.y0, word.y0 + height, [word]])
    return [row[2] for row in sorted(found, key=lambda r: r[0])]


def segments(words: list[Word]) -> list[Line]:
    """Rows cut where the gap between two words is as wide as a gutter."""
    found = []
    for row in rows(words):
        row.sort(key=lambda w: w.x0)
        run = [row[0]]
        for word in row[1:]:
            right = max(w.x1 for w in run)
            if word.x0 - right > MIN_GUTTER * max(word.size, run[-1].size, 1.0):
                found.append(make_line(run))
                run = []
            run.append(word)
        found.append(make_line(run))
    return found


def reading_order(words: list[Word]) -> list[list[Line]]:
    """Regions in reading order, each a list of lines from top to bottom."""
    return _cut(segments(words), 0) if words else []


def _cut(parts: list[Line], depth: int) -> list[list[Line]]:
    gutter = _best_gutter(parts) if len(parts) >= 2 * MIN_LINES and depth < 12 else None
    if gutter is None:
        return _across(parts)
    x, top, bottom = gutter
    above, left, right, below = [], [], [], []
    for part in parts:
        middle = (part.y0 + part.y1) / 2
        if middle < top:
            above.append(part)
        elif middle > bottom:
            below.append(part)
        else:
            (left if (part.x0 + part.x1) / 2 < x else right).append(part)
    return [region for side in (above, left, right, below) if side for region in _cut(side, depth + 1)]


def _best_gutter(parts: list[Line]) -> tuple[float, float, float] | None:
    """(x, top, bottom) of the strip with the most lines beside it, or None."""
    best, best_score = None, 0.0
    edges = sorted(p.x0 for p in parts)
    tried: list[float] = []
    for edge in edges:
        if tried and edge - tried[-1] < 4:
            continue
        tried.append(edge)
        for left, right in _runs(parts, edge - 0.5):
            left, right = _trimmed(left, right)
            if len(left) < MIN_LINES or len(right) < MIN_LINES:
                continue
            gap = min(p.x0 for p in right) - max(p.x1 for p in left)
            if gap < MIN_GUTTER * median(p.size for p in left + right) or _is_table(left, right):
                continue
            top = max(min(p.y0 for p in left), min(p.y0 for p in right))
            bottom = min(max(p.y1 for p in left), max(p.y1 for p in right))
            score = (bottom - top) * min(len(left), len(right)) ** 0.5 * (1 + min(gap, 40) / 80)
            if score > best_score:
                both = left + right
                x = (max(p.x1 for p in left) + min(p.x0 for p in right)) / 2
                best, best_score = (x, min(p.y0 for p in both) - 0.1, max(p.y1 for p in both) + 0.1), score
    return best


def _runs(parts: list[Line], x: float) -> list[tuple[list[Line], list[Line]]]:
    """Left and right parts of each vertical run that no part crosses at `x`."""
    crossing = sorted((p.y0 + p.y1) / 2 for p in parts if p.x0 < x - 1 and p.x1 > x + 1)
    bounds = [float("-inf"), *crossing, float("inf")]
    found = []
    rest = [p for p in parts if not (p.x0 < x - 1 and p.x1 > x + 1)]
    for top, bottom in zip(bounds, bounds[1:], strict=False):
        inside = [p for p in rest if top < (p.y0 + p.y1) / 2 < bottom]
        left = [p for p in inside if p.x1 <= x + 1]
        right = [p for p in inside if p.x0 >= x - 1]
        if left and right:
            found.append((left, right))
    return found


def _trimmed(left: list[Line], right: list[Line]) -> tuple[list[Line], list[Line]]:
    """Without rows at the top and bottom that stand apart from both columns: a title with its date, for example."""
    for last in (True, False):
        both = sorted(left + right, key=lambda p: p.y0, reverse=last)
        for i in range(1, min(5, len(both) - 2 * MIN_LINES)):
            edge, rest = both[:i], both[i:]
            gap = edge_gap(rest, edge) if last else edge_gap(edge, rest)
            row = any(abs(p.y1 - q.y1) < 0.4 * p.size for p in edge for q in edge if p.x1 < q.x0)
            if row and gap > 0.8 * edge[0].size:
                left, right = ([p for p in side if p not in edge] for side in (left, right))
                break
        if not left or not right:
            break
    return left, right


def edge_gap(above: list[Line], below: list[Line]) -> float:
    """Empty height between two groups of lines, points."""
    return min(p.y0 for p in below) - max(p.y1 for p in above)


def _is_table(left: list[Line], right: list[Line]) -> bool:
    """Whether the two sides are cells of common rows (a table, labels with values, entries with dates)."""
    few, many = sorted((left, right), key=len)
    beside = [p for p in few if any(q.y0 < p.y1 and q.y1 > p.y0 for q in many)]
    few = beside if len(beside) > 1 else few  # a heading in a row of its own says nothing
    if sum(bool(DATE.search(p.text)) for p in few) >= 0.7 * len(few) and _words(few) <= 6:
        return True
    pairs = [(p, q) for p in few for q in many if abs(p.y1 - q.y1) < 0.25 * p.size]
    if len(pairs) < 0.75 * len(few):
        return False
    steps = sorted(b.y1 - a.y1 for a, b in zip(few, few[1:], strict=False))
    inside = [q for q in many if few[0].y0 - 1 <= q.y1 <= few[-1].y1 + 1]
    sparse = len(inside) > 1.6 * len(few)
    if sparse and steps and steps[len(steps) // 4] > 1.9 * few[0].size:
        return True
    if _flows(few) and _flows(many):
        return False
    if sum(not 0.88 < p.size / q.size < 1.14 for p, q in pairs) > 0.15 * len(pairs):
        return False
    if len(few) >= 10 and not sparse:
        return sum(p.text.rstrip().endswith(":") for p in left) > 0.4 * len(left)
    return True


def _flows(parts: list[Line]) -> bool:
    """Whether lines look like wrapped text or bullets and not like cells."""
    if sum(p.words[0].text[0] in "•●▪-–◦" for p in parts) >= max(2, 0.2 * len(parts)):
        return True
    widest = max(p.x1 - p.x0 for p in parts)
    full = sum(p.x1 - p.x0 > 0.75 * widest for p in parts)
    return _words(parts) >= 4 or (_words(parts) >= 3 and full >= 0.4 * len(parts))


def _words(parts: list[Line]) -> float:
    return sum(len(p.words) for p in parts) / len(parts)


def _across(parts: list[Line]) -> list[list[Line]]:
    """Rows read across; where cells of a table hold several lines each, cell by cell."""
    lines = [make_line(row) for row in rows([w for p in parts for w in p.words])]
    bands: list[list[Line]] = []
    for line in lines:
        if bands and line.y0 - max(p.y1 for p in bands[-1]) < 0.6 * line.size:
            bands[-1].append(line)
        else:
            bands.append([line])
    found: list[list[Line]] = [[]]
    for band in bands:
        cells = _cells(parts, band)
        if cells:
            found.extend([*cells, []])
        else:
            found[-1].extend(band)
    return [region for region in found if region]


def _cells(parts: list[Line], band: list[Line]) -> list[list[Line]]:
    """The cells of one row of a table, left to right; none where the lines of `band` are rows of their own."""
    top, bottom = min(p.y0 for p in band), max(p.y1 for p in band)
    columns: list[list[Line]] = []
    right = float("-inf")
    for part in sorted((p for p in parts if top <= (p.y0 + p.y1) / 2 <= bottom), key=lambda p: p.x0):
        if part.x0 > right + 2:
            columns.append([])
        columns[-1].append(part)
        right = max(right, part.x1)
    deep = [c for c in columns if len(c) > 1]
    dated = any(sum(bool(DATE.search(p.text)) for p in c) >= 0.5 * len(c) for c in deep)
    depths = {len(c) for c in columns}
    rows_of_cells = len(depths) == 1 and max(depths) > 3 or max(depths) > 8
    if len(deep) < 2 or dated or rows_of_cells:
        return []
    return [sorted(column, key=lambda p: p.y0) for column in columns]
