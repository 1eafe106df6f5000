"""The options of a run: one frozen object, and the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from extractor.errors import SettingsError

PREFIX = "EXTRACTOR_"
ENGINES = ("auto", "rules")
# What whole numbers an option takes, and what the messages call it.
_WHOLE = {
    "max_characters": (100_000_000, "字数上限"),
    "parse_seconds": (86_400, "解析一个文件的秒数上限"),
    "parse_megabytes": (1_048_576, "解析一个文件的内存上限（MB）"),
}
_SHARED = {"no_color": "NO_COLOR"}  # a convention of many programs (no-color.org), whatever its value
_ON, _OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Options(NamedTuple):
    """What a caller can choose, with the defaults."""

    engine: str = "auto"
    max_characters: int = 2_000_000
    parse_seconds: int = 120
    parse_megabytes: int = 2048
    debug: bool = False
    no_color: bool = False


class Settings(Options):
    """Everything a caller can choose; an invalid value raises `SettingsError` where it is given."""

    __slots__ = ()

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """The options, checked."""
        self = super().__new__(cls, *given, **named)
        self._check()
        return self

    def _check(self) -> None:
        if self.engine not in ENGINES:
            raise SettingsError(f"引擎 {self.engine!r} 不存在；可选：{'、'.join(ENGINES)}")
        for name, (most, called) in _WHOLE.items():
            limit = getattr(self, name)
            if type(limit) is not int or not 1 <= limit <= most:
                raise SettingsError(f"{called} {limit!r} 无效；请填 1 到 {most} 之间的整数")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Settings from `EXTRACTOR_*` and NO_COLOR; what is `given` wins, blank is unset."""
        known = {_SHARED.get(name, PREFIX + name.upper()): name for name in cls._fields}
        unknown = sorted(set(given) - set(known.values()))
        if unknown:
            raise SettingsError(f"没有选项 {unknown[0]!r}；可用：{'、'.join(known.values())}")
        values: dict[str, Any] = {}
        for variable, raw in sorted((os.environ if environ is None else environ).items()):
            if variable in known and known[variable] not in given and raw.strip():
                values[known[variable]] = _value(variable, known[variable], raw.strip())
        return cls(**values, **given)


def _value(variable: str, name: str, raw: str) -> Any:
    """The variable's text in the type of its option; bad text is refused under the variable's own name."""
    value: Any = raw
    if name in _WHOLE:
        digits = raw.replace("_", "")
        if not (digits.isascii() and digits.isdigit()):
            raise SettingsError(
                f"环境变量 {variable}={raw!r} 不是整数；请填 1 到 {_WHOLE[name][0]} 之间的整数"
            )
        value = int(digits[:12])
    elif name in _SHARED:
        return True
    elif name == "debug":
        if raw.lower() not in _ON + _OFF:
            raise SettingsError(f"环境变量 {variable}={raw!r} 无效；可填：{'、'.join(_ON + _OFF)}")
        return raw.lower() in _ON
    try:
        Settings(**{name: value})
    except SettingsError as error:
        raise SettingsError(f"环境变量 {variable}={raw!r} 无效：{error}") from None
    return value
