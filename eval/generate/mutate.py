"""Damage for fuzzing: what a text loses on its way through converters, editors and hands."""

from __future__ import annotations

import random
from collections.abc import Callable

CONTROL = "\x00\x07\x0b\x0c\x1b\x7f\u200b\ufeff\u00ad\u2028\ud7ff\r"


def _lines(text: str, rng: random.Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, rng.randrange(len(lines))


def delete_lines(text: str, rng: random.Random) -> str:
    """Some lines are gone."""
    lines, at = _lines(text, rng)
    del lines[at : at + rng.randrange(1, 6)]
    return "\n".join(lines)


def duplicate_lines(text: str, rng: random.Random) -> str:
    """Some lines stand twice."""
    lines, at = _lines(text, rng)
    end = at + rng.randrange(1, 6)
    return "\n".join(lines[:end] + lines[at:end] + lines[end:])


def cut(text: str, rng: random.Random) -> str:
    """The text ends somewhere, or begins somewhere."""
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.7 else text[at:]


def swap_characters(text: str, rng: random.Random) -> str:
    """Neighbouring characters change places."""
    chars = list(text)
    for _ in range(min(20, len(chars) // 2)):
        at = rng.randrange(len(chars) - 1)
        chars[at], chars[at + 1] = chars[at + 1], chars[at]
    return "".join(chars)


def insert_control(text: str, rng: random.Random) -> str:
    """Control and invisible characters appear."""
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(CONTROL) + text[at:]
    return text


def change_digit(text: str, rng: random.Random) -> str:
    """One digit is another."""
    places = [i for i, ch in enumerate(text) if ch.isascii() and ch.isdigit()]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice("0123456789") + text[at + 1 :]


def drop_blank_lines(text: str, rng: random.Random) -> str:
    """Most blank lines are gone."""
    return "\n".join(line for line in text.split("\n") if line.strip() or rng.random() < 0.2)


def join_lines(text: str, rng: random.Random) -> str:
    """Some lines run together."""
    lines, at = _lines(text, rng)
    end = at + rng.randrange(2, 12)
    glue = rng.choice(("", " ", "\t"))
    return "\n".join([*lines[:at], glue.join(lines[at:end]), *lines[end:]])


def shuffle_lines(text: str, rng: random.Random) -> str:
    """A few lines stand in another order."""
    lines, at = _lines(text, rng)
    end = at + rng.randrange(2, 12)
    middle = lines[at:end]
    rng.shuffle(middle)
    return "\n".join(lines[:at] + middle + lines[end:])


def swap_separators(text: str, rng: random.Random) -> str:
    """Every separator of one kind becomes another."""
    old, new = rng.choice(
        (("\t", " "), ("\t", "|"), ("|", "\t"), ("\n", "\r\n"), ("：", ":"), (".", "．"), (" ", "\u3000"))
    )
    return text.replace(old, new)


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    delete_lines,
    duplicate_lines,
    cut,
    swap_characters,
    insert_control,
    change_digit,
    drop_blank_lines,
    join_lines,
    shuffle_lines,
    swap_separators,
)


def mutate(text: str, rng: random.Random) -> str:
    """The text after one to four kinds of damage."""
    for change in rng.sample(MUTATIONS, rng.randrange(1, 5)):
        if len(text) > 2:
            text = change(text, rng)
    return text
