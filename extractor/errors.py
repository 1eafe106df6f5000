"""Every failure a user can meet, as one tree.

ExtractorError
├── ChatFailed (extractor.chat)  a model gave no usable answer; the rules' result stands
├── InputError            the file cannot be reviewed; the message names the file, the reason and the remedy
│   ├── EmptyInput        nothing to read
│   ├── UnsupportedInput  not a format this installation reads
│   ├── DamagedInput      the format is known, the content is broken
│   ├── TooLarge          over a limit of `Settings`
│   └── ClassifiedInput   carries a 密级标志: refused, nothing kept
└── SettingsError         an option or an environment variable has no valid value
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Something the user can be told about in one Chinese sentence."""


class InputError(ExtractorError):
    """A file that cannot be reviewed: `file`, `reason` and `remedy` make up the message."""

    def __init__(self, file: str, reason: str, remedy: str) -> None:
        self.file, self.reason, self.remedy = file, reason, remedy
        super().__init__(f"{file}：{reason}。{remedy}。")


class EmptyInput(InputError):
    """The file holds no text."""


class UnsupportedInput(InputError):
    """The file's content is of a kind this installation does not read."""


class DamagedInput(InputError):
    """The file's kind is known and its content is broken."""


class TooLarge(InputError):
    """The file is over a limit named in the message."""


class ClassifiedInput(InputError):
    """The file carries a 密级标志 (CHECKS 0.20); nothing of it is kept."""


class SettingsError(ExtractorError):
    """An option or environment variable has no valid value; the message lists the valid ones."""
