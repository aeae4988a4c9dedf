"""Messages of protocol buffers by a schema that is stated in place: the wire format is the library's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

Field = tuple[str, int, str]
"""A field's name, its number and its type; the type of one that repeats ends in ``*``."""
_TYPES = {
    "double": 1,
    "float": 2,
    "int64": 3,
    "uint64": 4,
    "bool": 8,
    "string": 9,
    "bytes": 12,
    "uint32": 13,
    "sint32": 17,
    "sint64": 18,
}


def message_class(package: str, fields: Mapping[str, Sequence[Field]], name: str) -> Any:
    """The class of messages of one name; ``fields`` are those of every message of the package."""
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto2")
    for message, described in fields.items():
        to_describe = file.message_type.add(name=message)
        for field, number, kind in described:
            _describe(to_describe.field.add(name=field, number=number), package, kind)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}"))


def _describe(field: Any, package: str, kind: str) -> None:
    plain = kind.removesuffix("*")
    field.label = 3 if kind != plain else 1
    if plain in _TYPES:
        field.type = _TYPES[plain]
        field.options.packed = plain == "uint32" and kind != plain
    else:
        field.type, field.type_name = 11, f".{package}.{plain}"
