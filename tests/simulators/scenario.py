"""Reads the scenario file: which dialects the systems speak, how much they hold, and what goes wrong with which request."""

import json

import faults
import settings
import shape


class Wrong(SystemExit):
    """The file cannot be used; the text has a line for every reason."""


def fault_departures(own, entry, place):
    """What is wrong with one planned fault of a system that has some of its own."""
    known = {**faults.COMMON, **own}
    said = list(shape.record({"fault": shape.choice(*known)}, ["fault"], more=True)(entry, place))
    if said:
        return said
    members = {"fault": shape.text(), **faults.MATCHING, **known[entry["fault"]]}
    return list(shape.record(members, ["fault"])(entry, place))


def system_shape(system):
    def fault(value, place):
        yield from fault_departures(settings.OWN_FAULTS[system], value, place)
    members = {name: setting.shape for name, setting in settings.SETTINGS[system].items()}
    return shape.record({**members, "faults": shape.list_of(fault)})


def departures(value):
    """Everything wrong with a scenario, a line each."""
    systems = {system: system_shape(system) for system in settings.SETTINGS}
    return list(shape.record({"title": shape.text(), **systems})(value, ""))


def once(pairs):
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"member {name} stands twice in one object")
    return dict(pairs)


def read(path):
    """The scenario in a file; Wrong when there is anything wrong with it."""
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise Wrong(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from None
    except (OSError, ValueError) as error:
        raise Wrong(f"{path}: {error}") from None
    said = departures(value)
    if said:
        raise Wrong("\n".join(f"{path}: {line}" for line in said))
    return value
