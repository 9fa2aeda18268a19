"""A YAML document held against a model: every mistake at once, each with its line and what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sop_cli.config.document import Document, Location, Mark, Mistake, refuse

T = TypeVar("T")

# what pydantic says in the words of a programmer
_WISHES = {
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "decimal_parsing": "should be a number, written with a decimal point",
    "bool_parsing": "should be true or false",
}


def check(document: Document, kind: type[T]) -> T:
    """The document as `kind` (a model, or a tuple of models); SopError listing all mistakes."""
    mistakes = list(document.mistakes)
    try:
        checked = TypeAdapter(kind).validate_python(document.content)
    except ValidationError as problem:
        mistakes += [_mistake(document, kind, error) for error in problem.errors()]
    if mistakes:
        raise refuse(document.path, mistakes)
    return checked


def mark(document: Document, location: Location, *, of_key: bool) -> Mark:
    """Where `location` stands in the file, its key or its value; where it is not written, what it would stand in."""
    first = document.keys if of_key else document.values
    for length in range(len(location), -1, -1):
        place = location[:length]
        for marks in (first, document.values):
            if place in marks:
                # a group of keys starts below its own key: point at the key
                return document.keys.get(place, marks[place]) if length < len(location) else marks[place]
    return Mark(1, 1)


def _mistake(document: Document, kind: type, error: ErrorDetails) -> Mistake:
    location = tuple(step for step in error["loc"] if step != "[key]")
    name = ".".join(f"entry {step + 1}" if isinstance(step, int) else step for step in location)
    text = _no_value(document, kind, location) if error["input"] is None else _text(kind, location, error)
    place = mark(document, location, of_key=error["type"] == "extra_forbidden" or "[key]" in error["loc"])
    return Mistake(place, f"{name}: {text}" if name else text)


def _no_value(document: Document, kind: type, location: Location) -> str:
    """What to do about a key without a value: one that stands there as a comment may be all that it needs."""
    if aside := document.set_aside(location):
        return f"has no value; complete what stands below it as a comment and take the # away: {', '.join(aside)}"
    if str(location[-1]) in _required_at(kind, location[:-1]):
        return "has no value, and is required: give it one"
    return "has no value; give it one, or remove the key"


def _text(kind: type, location: Location, error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown key" + _meant(str(location[-1]), _keys_at(kind, location[:-1]))
    if error["type"] == "missing":
        return "this key is missing"
    if error["type"] == "value_error" and isinstance(error["input"], dict):
        return error["msg"].removeprefix("Value error, ")  # a rule between keys: no single value was found wrong
    wish = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if error["type"] in ("model_type", "dict_type"):
        wish = "should be a group of keys" + (", indented below it" if location else "")
    elif error["type"] in ("tuple_type", "list_type"):
        wish = "should be a list, each entry beginning with a dash"
    elif error["type"] == "too_short":
        return "needs at least one entry"
    elif error["type"] in _WISHES:
        wish = _WISHES[error["type"]]
    return f"{wish} ({_got(error['input'])})"


def _got(given: object) -> str:
    if isinstance(given, dict):
        return "got a group of keys"
    if isinstance(given, list):
        return f"got a list of {len(given)}"
    return f"got {given!r}"


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word.lower(), known, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known here: {', '.join(known)}"


def _keys_at(kind: object, location: Location) -> list[str]:
    model = _model_at(kind, location)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _required_at(kind: object, location: Location) -> list[str]:
    model = _model_at(kind, location)
    return [info.alias or name for name, info in model.model_fields.items() if info.is_required()] if model else []


def _model_at(kind: object, location: Location) -> type[BaseModel] | None:
    for step in location:
        kind = _inside(_bare(kind), step)
    kind = _bare(kind)
    return kind if _is_model(kind) else None


def _inside(kind: object, step: str | int) -> object:
    if _is_model(kind):
        fields = kind.model_fields.items()
        return next((info.annotation for name, info in fields if step in (name, info.alias)), NoneType)
    inner = get_args(kind)
    return inner[-1 if get_origin(kind) is dict else 0] if inner else NoneType


def _bare(kind: object) -> object:
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(part for part in get_args(kind) if part is not NoneType))
    return kind


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
