"""Fifty generated resume pages with known reading order: ten designs, each drawn in five ways."""

from __future__ import annotations

import io
import random

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

A4 = (595.0, 842.0)
SYLLABLES = "ba de fi go lu mar nes tor vel qui ran dro pla sket wim zor hal min ter con pre duc tion al ver".split()
DESIGNS = (
    "single", "two_columns", "left_sidebar", "right_sidebar", "columns_then_full", "labels", "table", "date_column",
    "mixed", "pages",
)  # fmt: skip
HARD = ("list_beside_text", "wrapped_cells", "narrow_gutter", "headings_beside", "skills_grid", "list_at_right")
ORDERS = ("as_read", "by_rows", "shuffled", "by_words", "backwards")


class Vocabulary:
    """Words that occur once in a document, so that their order can be followed."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.used: set[str] = set()

    def word(self) -> str:
        while True:
            word = "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))
            if word not in self.used:
                self.used.add(word)
                return word

    def words(self, count: int) -> list[str]:
        return [self.word() for _ in range(count)]


class Sheet:
    """Text placed on pages; `truth` is the reading order, `pieces` what is drawn and where."""

    def __init__(self, seed: int):
        self.vocabulary = Vocabulary(seed)
        self.random = self.vocabulary.random
        self.truth: list[str] = []
        self.pages: list[list[tuple[float, float, str, str, float, tuple]]] = [[]]
        self.shapes: list[list[tuple]] = [[]]

    def new_page(self) -> None:
        self.pages.append([])
        self.shapes.append([])

    def put(self, x: float, y: float, text: str, size: float = 10, bold: bool = False, ink=(0, 0, 0)) -> None:
        """Text with its baseline `y` points below the page's top."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        self.pages[-1].append((x, y, text, font, size, ink))
        self.truth.extend(w.rstrip(":") for w in text.split() if w.rstrip(":") in self.vocabulary.used)

    def rectangle(self, x: float, y: float, width: float, height: float, fill) -> None:
        self.shapes[-1].append((x, y, width, height, fill))

    def fill_lines(self, width: float, size: float, count: int) -> list[str]:
        """`count` lines of fresh words that fill `width` points; the last one is shorter."""
        lines = []
        for i in range(count):
            words, room = [], width * (0.5 if i == count - 1 and count > 1 else 1)
            while True:
                word = self.vocabulary.word()
                if words and stringWidth(" ".join([*words, word]), "Helvetica", size) > room:
                    break
                words.append(word)
            lines.append(" ".join(words))
        return lines

    def column(
        self, x: float, y: float, width: float, height: float, size: float, leading: float, ink=(0, 0, 0)
    ) -> float:
        """Headings, paragraphs and bullets down a column; the depth reached."""
        bottom = y + height
        while y + 6 * leading < bottom:
            self.put(x, y, self.vocabulary.word(), size + 2, True, ink)
            y += leading * 1.3
            for _ in range(self.random.randint(1, 3)):
                bullet = self.random.random() < 0.5
                count = self.random.randint(1, 3)
                for i, line in enumerate(self.fill_lines(width - 14, size, count)):
                    if y > bottom:
                        return y
                    self.put(x + (10 if bullet else 0), y, ("• " if bullet and i == 0 else "") + line, size, False, ink)
                    y += leading
            y += leading * 0.7
        return y

    def header(self, centred: bool) -> float:
        name = " ".join(self.vocabulary.words(2))
        contact = " ".join(self.vocabulary.words(4))
        for text, size, y in ((name, 22, 55), (contact, 9, 74)):
            width = stringWidth(text, "Helvetica", size)
            self.put((A4[0] - width) / 2 if centred else 40, y, text, size, False)
        return 105

    def pdf(self, order: str) -> bytes:
        out = io.BytesIO()
        sheet = canvas.Canvas(out, pagesize=A4)
        for pieces, shapes in zip(self.pages, self.shapes, strict=True):
            for x, y, width, height, fill in shapes:
                sheet.setFillColorRGB(*fill)
                sheet.rect(x, A4[1] - y - height, width, height, stroke=0, fill=1)
            for x, y, text, font, size, ink in self._ordered(pieces, order):
                sheet.setFillColorRGB(*ink)
                sheet.setFont(font, size)
                sheet.drawString(x, A4[1] - y, text)
            sheet.showPage()
        sheet.save()
        return out.getvalue()

    def _ordered(self, pieces: list, order: str) -> list:
        if order == "by_rows":
            return sorted(pieces, key=lambda p: (round(p[1]), p[0]))
        if order == "shuffled":
            return self.random.sample(pieces, len(pieces))
        if order == "backwards":
            return pieces[::-1]
        if order == "by_words":
            split = []
            for x, y, text, font, size, ink in pieces:
                for word in text.split(" "):
                    split.append((x, y, word, font, size, ink))
                    x += stringWidth(word + " ", font, size)
            return sorted(split, key=lambda p: (round(p[1]), p[0]))
        return pieces


def make(design: str, order: str, seed: int) -> tuple[bytes, list[str]]:
    """(PDF, words in reading order)."""
    sheet = Sheet(seed)
    globals()[f"_{design}"](sheet)
    return sheet.pdf(order), sheet.truth


def all_layouts(designs: tuple[str, ...] = DESIGNS):
    """(name, PDF, words in reading order) of each design drawn in each way."""
    for d, design in enumerate(designs):
        for o, order in enumerate(ORDERS):
            yield f"{design}-{order}", *make(design, order, 100 * d + o)


def _leading(sheet: Sheet) -> tuple[float, float]:
    """Line pitches of two columns, often the same."""
    first = sheet.random.choice((12.0, 13.0, 14.0))
    return first, first if sheet.random.random() < 0.5 else first + 1.3


def _entries(sheet: Sheet, y: float, count: int, dates_left: bool = False) -> float:
    """Jobs with dates at the right or left edge, and bullets beneath."""
    for _ in range(count):
        title, date = " ".join(sheet.vocabulary.words(3)), f"{sheet.vocabulary.word()} 20{sheet.random.randint(10, 24)}"
        if dates_left:
            sheet.put(40, y, date, 9)
            sheet.put(150, y, title, 11, True)
        else:
            sheet.put(40, y, title, 11, True)
            sheet.put(555 - stringWidth(date, "Helvetica", 9), y, date, 9)
        y += 15
        for _ in range(sheet.random.randint(2, 4)):
            for line in sheet.fill_lines(380 if dates_left else 480, 10, sheet.random.randint(1, 2)):
                sheet.put(150 if dates_left else 54, y, line)
                y += 13
        y += 9
    return y


def _single(sheet: Sheet) -> None:
    _entries(sheet, sheet.header(centred=True), 6)


def _two_columns(sheet: Sheet) -> None:
    y = sheet.header(centred=False)
    first, second = _leading(sheet)
    sheet.column(40, y, 250, 650, 9.5, first)
    sheet.column(315, y, 240, 560, 9.5, second)


def _left_sidebar(sheet: Sheet) -> None:
    sheet.rectangle(0, 0, 175, 842, (0.12, 0.2, 0.35))
    first, second = _leading(sheet)
    sheet.column(20, 60, 140, 600, 9, first, (1, 1, 1))
    sheet.column(200, 60, 360, 720, 10, second)


def _right_sidebar(sheet: Sheet) -> None:
    y = sheet.header(centred=False)
    sheet.rectangle(410, y - 20, 185, 757, (0.9, 0.93, 0.97))
    first, second = _leading(sheet)
    sheet.column(40, y, 345, 680, 10, first)
    sheet.column(425, y, 140, 420, 9, second)


def _columns_then_full(sheet: Sheet) -> None:
    y = sheet.header(centred=True)
    first, second = _leading(sheet)
    y = max(sheet.column(40, y, 245, 260, 10, first), sheet.column(310, y, 245, 260, 10, second))
    _entries(sheet, y + 16, 3)


def _labels(sheet: Sheet) -> None:
    y = _entries(sheet, sheet.header(centred=False), 3) + 10
    for _ in range(8):
        sheet.put(40, y, sheet.vocabulary.word() + ":", 10, True)
        sheet.put(170, y, " ".join(sheet.vocabulary.words(sheet.random.randint(3, 6))))
        y += 14
    for line in sheet.fill_lines(510, 10, 3):
        sheet.put(40, y + 8, line)
        y += 13


def _table(sheet: Sheet) -> None:
    y = sheet.header(centred=True)
    for line in sheet.fill_lines(510, 10, 4):
        sheet.put(40, y, line)
        y += 13
    y += 14
    for _ in range(9):
        sheet.rectangle(40, y - 12, 515, 0.7, (0.5, 0.5, 0.5))
        for x, count in ((44, 1), (180, 2), (380, 2)):
            sheet.put(x, y, " ".join(sheet.vocabulary.words(count)))
        y += 17
    for line in sheet.fill_lines(510, 10, 4):
        sheet.put(40, y + 10, line)
        y += 13


def _date_column(sheet: Sheet) -> None:
    _entries(sheet, sheet.header(centred=False), 6, dates_left=True)


def _mixed(sheet: Sheet) -> None:
    y = sheet.header(centred=True)
    for _ in range(2):
        for line in sheet.fill_lines(515, 10, 3):
            sheet.put(40, y, line)
            y += 13
        y += 16
        first, second = _leading(sheet)
        y = 18 + max(sheet.column(40, y, 240, 180, 9.5, first), sheet.column(312, y, 240, 180, 9.5, second))


def _pages(sheet: Sheet) -> None:
    _two_columns(sheet)
    sheet.new_page()
    first, second = _leading(sheet)
    sheet.column(40, 60, 250, 600, 9.5, first)
    sheet.column(315, 60, 240, 500, 9.5, second)


def _list_beside_text(sheet: Sheet) -> None:
    """One or two words a line in the sidebar, at the very heights of the lines beside it."""
    for i in range(26):
        sheet.put(40, 80 + 14 * i, " ".join(sheet.vocabulary.words(1 + i % 2)), 10)
    for i, line in enumerate(sheet.fill_lines(370, 10, 46)):
        sheet.put(180, 80 + 14 * i, line)


def _list_at_right(sheet: Sheet) -> None:
    for i, line in enumerate(sheet.fill_lines(370, 10, 40)):
        sheet.put(40, 80 + 14 * i, line)
    for i in range(15):
        sheet.put(450, 80 + 14 * i, " ".join(sheet.vocabulary.words(1 + i % 2)), 10)


def _wrapped_cells(sheet: Sheet) -> None:
    """A table whose cells hold up to three lines each; rows are set apart."""
    y = sheet.header(centred=True)
    for line in sheet.fill_lines(510, 10, 3):
        sheet.put(40, y, line)
        y += 13
    y += 20
    for _ in range(7):
        depth = y
        for x, width in ((40, 110), (170, 200), (390, 165)):
            down = y
            for line in sheet.fill_lines(width, 10, sheet.random.randint(1, 3)):
                sheet.put(x, down, line)
                down += 12
            depth = max(depth, down)
        y = depth + 12


def _narrow_gutter(sheet: Sheet) -> None:
    y = sheet.header(centred=False)
    first, second = _leading(sheet)
    sheet.column(40, y, 255, 650, 9.5, first)
    sheet.column(303, y, 255, 560, 9.5, second)


def _headings_beside(sheet: Sheet) -> None:
    """Section names in a column of their own, each beside the first line of its section."""
    y = sheet.header(centred=False)
    for _ in range(6):
        sheet.put(40, y + 1.5, sheet.vocabulary.word(), 12, True)
        for line in sheet.fill_lines(400, 10, sheet.random.randint(3, 7)):
            sheet.put(150, y, line)
            y += 13
        y += 14


def _skills_grid(sheet: Sheet) -> None:
    """Entries with dates, then four short rows of three bullets each."""
    y = _entries(sheet, sheet.header(centred=False), 3) + 10
    for _ in range(4):
        for x in (40, 220, 400):
            sheet.put(x, y, "• " + " ".join(sheet.vocabulary.words(sheet.random.randint(1, 2))))
        y += 14
    for line in sheet.fill_lines(510, 10, 2):
        sheet.put(40, y + 8, line)
        y += 13


def kendall_tau(order: list[int]) -> float:
    """Kendall's tau of a permutation against 0, 1, 2, ...; by counting inversions."""

    def inversions(items: list[int]) -> tuple[list[int], int]:
        if len(items) < 2:
            return items, 0
        left, a = inversions(items[: len(items) // 2])
        right, b = inversions(items[len(items) // 2 :])
        merged, count, i = [], a + b, 0
        for item in right:
            while i < len(left) and left[i] < item:
                merged.append(left[i])
                i += 1
            count += len(left) - i
            merged.append(item)
        return merged + left[i:], count

    pairs = len(order) * (len(order) - 1) / 2
    return 1 - 2 * inversions(order)[1] / pairs if pairs else 1.0
