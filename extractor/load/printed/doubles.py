"""Print laid twice over itself to look bold is read once."""

from __future__ import annotations

from extractor.load.printed.words import Word, breadth

_SHIFT = 0.12  # times the height: how far the second print lies from the first
_LEAST, _SIZE, _CROWDED = (
    4,
    0.75,
    0.7,
)  # characters; of the print, times its box's height; of the room its characters need


class Doubles:
    """The words of a page seen so far."""

    def __init__(self) -> None:
        self._seen: dict[str, list[Word]] = {}

    def once(self, word: Word) -> Word | None:
        """The word, each of its characters once; None when the same word was printed there before."""
        text = word.text
        if len(text) >= _LEAST and text[::2] == text[1::2] and _is_crowded(word):
            word = word._replace(text=text[::2])
        before = self._seen.get(word.text)
        if before is None:
            self._seen[word.text] = [word]
            return word
        shift = _SHIFT * (word.y1 - word.y0)
        for other in before:
            if abs(other.x0 - word.x0) < shift and abs(other.y0 - word.y0) < shift:
                return None
        before.append(word)
        return word


def _is_crowded(word: Word) -> bool:
    """Whether the characters have half the room that they need."""
    return word.x1 - word.x0 < _CROWDED * breadth(word.text) * _SIZE * (word.y1 - word.y0)
