"""The layouts: what is composed, who prints the tables, what happens to the text afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from eval.generate import compose, damage, genres, loose, printers, printing
from eval.generate.canvas import Canvas
from eval.generate.forms import Spec
from eval.generate.grid import Block
from eval.generate.make import Wish

Composer = Callable[[compose.Desk], list[Block]]
Damage = Callable[[Canvas, random.Random], None]


@dataclass(frozen=True)
class Layout:
    """One way in which reports arrive; maybe lists damages of which each happens to half of the reports."""

    composers: tuple[Composer, ...]
    printers: tuple[printing.Printer, ...]
    paragraphs: printing.Paragraphs = printing.paragraph
    spec: Spec = field(default_factory=Spec)
    wish: Wish = field(default_factory=Wish)
    looks: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    damages: tuple[Damage, ...] = ()
    maybe: tuple[Damage, ...] = ()
    shuffled: bool = False

    @property
    def half(self) -> bool:
        """Whether its punctuation is half-width throughout."""
        return damage.half_width in self.damages

    @property
    def digital(self) -> bool:
        """Whether it lives in its blocks, not in a way of printing them as text: it may come as any kind of file."""
        return len(self.printers) > 1 and set(self.damages) <= {damage.half_width}

    @property
    def damaged(self) -> bool:
        """Whether its text has lost cell borders, order or characters."""
        lost = {damage.ocr_noise, damage.broken_numbers, damage.broken_flat}
        return bool(lost & set(self.damages) or LOSSY & set(self.printers))


LOSSY = frozenset({loose.glued_cells, loose.glued_form, loose.scrambled})
ALL = (compose.department, compose.department, compose.project, compose.summary, compose.forms_only)
FORMS = (compose.project, compose.forms_only)
USUAL = (
    printers.tab_led_cells,
    printers.tab_led_plain,
    printers.tab_rows,
    printers.markdown_pipe,
    printers.pipe_shifted,
    loose.cell_per_line,
    loose.cell_per_line_no_blanks,
    printers.space_aligned,
)
COMMON: dict[str, Layout] = {
    "tables": Layout(ALL, USUAL, shuffled=True),
    "tab_led_cells": Layout(ALL, (printers.tab_led_cells,)),
    "tab_led_plain": Layout((*ALL, genres.small_tables), (printers.tab_led_plain,), maybe=(damage.bookmark,)),
    "tab_rows": Layout(
        ALL,
        (printers.tab_rows,),
        printing.spaced_paragraph,
        maybe=(damage.digit_spaces, damage.wrap, damage.page_noise),
    ),
    "markdown_pipe": Layout(ALL, (printers.markdown_pipe,), printing.markdown_paragraph),
    "pipe_repeated": Layout(ALL, (printers.markdown_pipe,), printing.markdown_paragraph, Spec(repeat=True)),
    "pipe_shifted": Layout(ALL, (printers.pipe_shifted,), maybe=(damage.website,)),
    "pipe_two_row_header": Layout(ALL, (printers.pipe_two_row_header,)),
    "pipe_cell_per_line": Layout(ALL, (printers.pipe_cell_per_line,), maybe=(damage.website,)),
    "cell_per_line": Layout(ALL, (loose.cell_per_line,), maybe=(damage.website,)),
    "cell_per_line_spread": Layout(ALL, (loose.cell_per_line_spread,), printing.spaced_paragraph),
    "cell_per_line_broken": Layout(ALL, (loose.cell_per_line_broken,)),
    "single_space_rows": Layout(ALL, (loose.single_space_rows,), maybe=(damage.page_noise,)),
    "cell_per_line_no_blanks": Layout(ALL, (loose.cell_per_line_no_blanks,)),
    "flat_line": Layout(
        (*FORMS, compose.department),
        (loose.flat_line,),
        printing.flat_paragraph,
        maybe=(damage.metadata_front,),
    ),
    "space_aligned": Layout(ALL, (printers.space_aligned,), maybe=(damage.page_noise,)),
    "scrambled": Layout(ALL, (loose.scrambled,)),
    "glued_cells": Layout(ALL, (loose.glued_cells,)),
    "glued_form": Layout(FORMS, (loose.glued_form,), maybe=(damage.website,)),
    "html_like_residue": Layout(ALL, (loose.html_like_residue,)),
    "key_value_lines": Layout(FORMS, (loose.key_value_lines,)),
    "sentences": Layout((genres.sentences,), USUAL),
    "narrative_list": Layout((genres.narrative_list,), USUAL, wish=Wish(projects=(3, 6))),
    "prose_only": Layout((compose.prose_only,), USUAL, printing.markdown_paragraph),
    "final_accounts": Layout(
        (genres.final_accounts,), USUAL, printing.spaced_paragraph, maybe=(damage.website, damage.wrap)
    ),
    "prose_one_paragraph": Layout((compose.prose_only,), USUAL, printing.glued_paragraph),
    "broken_numbers": Layout(
        (compose.prose_only, *ALL),
        USUAL,
        printing.spaced_paragraph,
        shuffled=True,
        damages=(damage.broken_numbers,),
        maybe=(damage.wrap,),
    ),
    "ocr_noise": Layout(
        ALL, USUAL, damages=(damage.ocr_noise,), shuffled=True, maybe=(damage.page_noise, damage.doubled_unit)
    ),
    "half_width": Layout(ALL, USUAL, damages=(damage.half_width,), shuffled=True),
    "yuan": Layout(ALL, USUAL, looks={"yuan": True}, shuffled=True),
    "page_noise": Layout(
        ALL, USUAL, damages=(damage.page_noise,), maybe=(damage.wrap, damage.website), shuffled=True
    ),
    "mixed": Layout(ALL, USUAL, shuffled=True, maybe=(damage.half_width, damage.digit_spaces)),
    "several_forms": Layout((compose.forms_only,), USUAL, wish=Wish(projects=(2, 5)), shuffled=True),
    "unfinished": Layout((genres.unfinished,), (printers.pipe_cell_per_line, *USUAL), shuffled=True),
    "small_tables": Layout(
        (genres.small_tables,), USUAL, wish=Wish(scheme="no_execution", projects=(2, 5)), shuffled=True
    ),
}
