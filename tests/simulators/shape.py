"""What a JSON value must look like, and every departure from it told as "place: found …, expected …".

A shape is a function of (value, place) that yields departures; nothing when the value fits.
"""

import json
import re


def found(value):
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def departure(place, value, expected):
    return f"{place}: found {found(value)}, expected {expected}"


def text(pattern="", expected="", most=None):
    """A text; of a pattern, if one is given, and of at most so many characters."""
    length = f" of at most {most} characters" if most else ""
    said = expected or (f"a text of the form {pattern}" if pattern else "a text" + length)

    def check(value, place):
        is_short = isinstance(value, str) and (most is None or len(value) <= most)
        if not is_short or (pattern and not re.fullmatch(pattern, value)):
            yield departure(place, value, said)
    return check


def whole(least=None, most=None):
    bounds = " to ".join(str(bound) for bound in (least, most) if bound is not None)
    said = "a whole number" + (f" from {bounds}" if bounds else "")

    def check(value, place):
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or (least is not None and value < least) or (most is not None and value > most):
            yield departure(place, value, said)
    return check


def number(least=None):
    def check(value, place):
        if not isinstance(value, (int, float)) or isinstance(value, bool) or (least is not None and value < least):
            yield departure(place, value, "a number" + (f" from {least}" if least is not None else ""))
    return check


def flag(value, place):
    if not isinstance(value, bool):
        yield departure(place, value, "true or false")


def choice(*words):
    def check(value, place):
        if not any(value == word and type(value) is type(word) for word in words):
            yield departure(place, value, "one of " + ", ".join(found(word) for word in words))
    return check


def either(*shapes):
    """What one of the shapes takes; else what the last one says."""
    def check(value, place):
        for shape in shapes:
            said = list(shape(value, place))
            if not said:
                return
        yield from said
    return check


def list_of(shape, least=0):
    def check(value, place):
        if not isinstance(value, list) or len(value) < least:
            yield departure(place, value, "a list" + (f" of at least {least}" if least else ""))
            return
        for at, item in enumerate(value):
            yield from shape(item, f"{place}[{at}]")
    return check


def map_of(key, shape):
    """An object whose members' names are of a pattern, and whose values all have one shape."""
    def check(value, place):
        if not isinstance(value, dict):
            yield departure(place, value, "an object")
            return
        for name, item in value.items():
            if not re.fullmatch(key, name):
                yield departure(place, name, f"a name of the form {key}")
            yield from shape(item, f"{place}.{name}")
    return check


def record(members, required=(), more=False):
    """An object with these members; others are departures unless there may be more."""
    def check(value, place):
        if not isinstance(value, dict):
            yield departure(place, value, "an object")
            return
        inner = f"{place}." if place else ""
        for name in required:
            if name not in value:
                yield f"{inner}{name}: missing"
        for name, item in value.items():
            if name in members:
                yield from members[name](item, inner + name)
            elif not more:
                yield f"{inner}{name}: not known here, expected one of " + ", ".join(sorted(members))
    return check
