"""The options of a run: one frozen object, and the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Self

from extractor.errors import SettingsError

PREFIX = "EXTRACTOR_"
ENGINES = ("auto", "rules", "llm", "hybrid")
CRITICS = ("rules", "model")
# What whole numbers an option takes, and what the messages call it.
_WHOLE = {
    "max_characters": (100_000_000, "字数上限"),
    "parse_seconds": (86_400, "解析一个文件的秒数上限"),
    "parse_megabytes": (1_048_576, "解析一个文件的内存上限（MB）"),
    "max_calls": (10_000_000, "模型调用次数上限"),
    "model_seconds": (86_400, "等待模型一次回答的秒数上限"),
    "model_tokens": (1_000_000, "模型一次回答的长度上限（token）"),
    "model_concurrency": (1_000, "同时进行的模型调用数"),
}
# What decimal numbers an option takes: amounts in the currency of the prices, prices for a million tokens.
_MONEY = {"max_cost": "模型费用上限", "price_input": "输入单价", "price_output": "输出单价"}
# Names that other programs share: no-color.org's, whatever its value, and those every client of such an endpoint reads.
_SHARED = {"no_color": "NO_COLOR", "base_url": "OPENAI_BASE_URL", "api_key": "OPENAI_API_KEY"}
_ADDRESS = r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?"
_ON, _OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Secret:
    """A text that no repr, message or log shows; `reveal` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret('***')" if self._text else "Secret('')"


class Options(NamedTuple):
    """What a caller can choose, with the defaults."""

    engine: str = "auto"
    max_characters: int = 2_000_000
    parse_seconds: int = 120
    parse_megabytes: int = 2048
    debug: bool = False
    no_color: bool = False
    model: str = ""
    base_url: str = ""
    api_key: Secret = Secret("")
    max_cost: Decimal | None = None
    max_calls: int | None = None
    price_input: Decimal | None = None
    price_output: Decimal | None = None
    model_seconds: int = 300
    model_tokens: int = 2048
    model_concurrency: int = 4
    cache: str = "auto"
    critique: str = "rules"


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
        if self.critique not in CRITICS:
            raise SettingsError(f"审核方式 {self.critique!r} 不存在；可选：{'、'.join(CRITICS)}")
        for name, (most, called) in _WHOLE.items():
            limit = getattr(self, name)
            if limit is None and self._field_defaults[name] is None:
                continue
            if type(limit) is not int or not 1 <= limit <= most:
                raise SettingsError(f"{called} {limit!r} 无效；请填 1 到 {most} 之间的整数")
        self._check_model()

    def _check_model(self) -> None:
        for name, called in _MONEY.items():
            amount = getattr(self, name)
            if amount is not None and not (
                isinstance(amount, Decimal) and amount.is_finite() and amount >= 0
            ):
                raise SettingsError(f"{called} {amount!r} 无效；请填不小于 0 的数")
        if self.max_cost is not None and (self.price_input is None or self.price_output is None):
            raise SettingsError(
                "设了模型费用上限，但不知道单价；请同时设 EXTRACTOR_PRICE_INPUT 和 EXTRACTOR_PRICE_OUTPUT（每百万 token 的价格），"
                "或改用 EXTRACTOR_MAX_CALLS"
            )
        if self.base_url and not re.fullmatch(_ADDRESS, self.base_url):
            raise SettingsError(
                "模型地址无效（可能含有密码，不予显示）；请填 http:// 或 https:// 开头的地址，如 http://127.0.0.1:8091/v1，"
                "密钥放在 OPENAI_API_KEY"
            )
        key = self.api_key.reveal()
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise SettingsError("OPENAI_API_KEY 含有空格、换行或中文；请只填密钥本身")

    @property
    def cache_folder(self) -> Path | None:
        """Where the model's answers are kept; None when `cache` is off."""
        if self.cache.lower() in _OFF:
            return None
        if self.cache != "auto":
            return Path(self.cache).expanduser()
        home = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "extractor"

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
    elif name in _MONEY:
        if not re.fullmatch(r"\d{1,12}(?:\.\d{1,12})?", raw, re.ASCII):
            raise SettingsError(f"环境变量 {variable}={raw!r} 不是数；请填不小于 0 的数")
        return Decimal(raw)
    elif name == "api_key":
        return Secret(raw)
    elif name == "base_url":
        return raw
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


def given(*names: str, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Those of `EXTRACTOR_<name>` that are set and not blank: for what one command alone is told."""
    source = os.environ if environ is None else environ
    return {name: raw for name in names if (raw := source.get(PREFIX + name, "").strip())}
