"""Every setting and every fault of its own that a simulated system has: the rows a scenario file is checked against."""

import os
from dataclasses import dataclass

from shape import choice, text, whole, number

MONTH = text(r"\d{4}-\d{2}", "a month as yyyy-MM")


@dataclass(frozen=True)
class Setting:
    shape: object    # what a scenario may say
    default: object  # what holds when nobody says anything


PUBLISHED_TO = Setting(MONTH, "9999-12")

SETTINGS = {
    "nrs": {
        "token": Setting(text(), "ma-truy-cap-khong-that"),
        "published_to": PUBLISHED_TO,
    },
    "lgsp": {
        "consumer_key": Setting(text(), "khoa-khong-that"),
        "consumer_secret": Setting(text(), "bi-mat-khong-that"),
        "token_seconds": Setting(number(0), 3600.0),
        "page_size": Setting(whole(1), 20),
        "published_to": PUBLISHED_TO,
    },
    "qlvb": {
        "system_id": Setting(text(), "H31.08"),
        "secret": Setting(text(), "demo-secret-khong-that"),
        "published_to": PUBLISHED_TO,
    },
    "dvc": {
        "username": Setting(text(), "nguoi-dung-gia-lap"),
        "password": Setting(text(), "mat-khau-khong-that"),
        "session_seconds": Setting(number(0), 600.0),
        "published_to": PUBLISHED_TO,
    },
}

# Faults that only one system has, with what each can be told.
OWN_FAULTS = {
    "nrs": {"error_code": {}},
    "lgsp": {"throttle": {"retry_after": whole(0), "as": choice("seconds", "date", "next_access_time", "nothing"), "code": whole(900800, 900807)},
             "blocked": {}, "expire": {}},
    "qlvb": {"damage_inside": {}},
    "dvc": {"expire": {}},
}


def variable(system, name):
    return "SIM_PUBLISHED_TO" if name == "published_to" else f"SIM_{system}_{name}".upper()


def defaults(system):
    """Each setting's value where neither command line nor scenario gives one; texts and numbers may come from a variable."""
    values = {}
    for name, setting in SETTINGS[system].items():
        given = os.environ.get(variable(system, name))
        plain = isinstance(setting.default, (str, int, float)) and not isinstance(setting.default, bool)
        values[name] = type(setting.default)(given) if given is not None and plain else setting.default
    return values
