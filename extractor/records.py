"""The base of every value of the output contract: immutable, cheap to define and to build, and at home in pydantic.

A pydantic model costs milliseconds to define and a review defines forty; a person who reviews one report pays that before
the first character is read. So the contract is plain classes, and pydantic is asked only where JSON comes in or a schema goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform, get_type_hints

from extractor.amounts import plain

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema

_REQUIRED: Any = object()
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """An immutable value built from keywords; a subclass lists its fields, `Annotated[type, "中文说明"]`, and their defaults."""

    _defaults: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls._defaults = {
            name: cls.__dict__.get(name, _REQUIRED)
            for name in cls.__annotations__
            if not name.startswith("_")
        }
        cls.__init__ = Record.__init__  # type: ignore[method-assign]

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        cls.__init__ = _written(cls)  # type: ignore[method-assign]
        cls.__init__(self, **values)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in vars(self).items() if value != self._defaults[name])
        return f"{type(self).__name__}({', '.join(shown)})"

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """The names of the fields, in the order of the contract."""
        return tuple(cls._defaults)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads this record out of JSON, describes it and writes it; called only when something asks."""
        from pydantic_core import core_schema as core

        fields = {}
        for name, hint in get_type_hints(cls, include_extras=True).items():
            if name.startswith("_"):
                continue
            default = cls._defaults[name]
            schema = handler.generate_schema(hint)
            if default is not _REQUIRED:
                shown = dict(default) if isinstance(default, Mapping) else default
                schema = core.with_default_schema(schema, default=shown)
            said = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, str)]
            fields[name] = core.typed_dict_field(
                schema,
                required=default is _REQUIRED,
                metadata={"pydantic_js_updates": {"description": said[0]}} if said else None,
            )
        read = core.no_info_after_validator_function(
            lambda values: cls(**values),
            core.typed_dict_schema(fields, extra_behavior="forbid", cls=cls, cls_name=cls.__name__),
        )
        return core.json_or_python_schema(
            read,
            core.union_schema([core.is_instance_schema(cls), read]),
            ref=f"{cls.__module__}.{cls.__qualname__}",
            serialization=core.plain_serializer_function_ser_schema(jsonable),
        )


def _written(cls: type[Record]) -> Callable[..., None]:
    """An `__init__` of the class's own, written when its first value is built: half the time of a general one."""
    names = cls.fields()
    lines = [f"def __init__(self, *, {', '.join(names)}):", " _state = self.__dict__"]
    lines += [f" _state[{name!r}] = {name}" for name in names]
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # noqa: S102 - as dataclasses do; the names are those of the class
    init: FunctionType = space["__init__"]
    init.__kwdefaults__ = {n: default for n, default in cls._defaults.items() if default is not _REQUIRED}
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


R = TypeVar("R", bound=Record)


def replace(record: R, /, **changes: Any) -> R:
    """A copy of `record` with some fields changed."""
    return type(record)(**{**vars(record), **changes})


def jsonable(value: Any) -> Any:
    """What JSON can hold: records and mappings as dicts, sequences as lists, a Decimal as a person writes it."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Record):
        return {name: jsonable(each) for name, each in vars(value).items()}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: jsonable(each) for name, each in value.items()}
    return [jsonable(each) for each in value]


def to_json(record: Record) -> str:
    """The record as JSON, an object per line and indented by one; absent is null."""
    from pydantic_core import to_json as encode

    return encode(jsonable(record), indent=1).decode()


def from_json(kind: type[R], text: str | bytes) -> R:
    """The record that JSON holds; ValueError names every field that does not fit."""
    record: R = _adapter(kind).validate_json(text)
    return record


def json_schema(kind: type[Record]) -> dict[str, Any]:
    """The JSON Schema of what `to_json` writes."""
    schema: dict[str, Any] = _adapter(kind).json_schema()
    return schema


def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What reads a kind of record; made once, as making it takes longer than reading a review."""
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


class Printed:
    """Marks a Decimal that JSON holds as the string a person would write."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, str]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
