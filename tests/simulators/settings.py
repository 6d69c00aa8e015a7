"""Every setting and every fault of its own that a simulated system has: the rows a scenario file is checked against."""

import os
from argparse import Namespace
from dataclasses import dataclass

import damages
import edxml
from agencies import REAL_SIZE
from shape import choice, flag, list_of, map_of, number, text, whole
from xroad import MEMBER

NUMBER = r"[1-9]\d*"
MONTH = text(r"\d{4}-\d{2}", "a month as yyyy-MM")


@dataclass(frozen=True)
class Setting:
    shape: object    # what a scenario may say
    default: object  # what holds when nobody says anything


COMMON = {"published_to": Setting(MONTH, "9999-12"), "plain_http": Setting(flag, False)}

SETTINGS = {
    "nrs": {
        **COMMON,
        "token": Setting(text(), "ma-truy-cap-khong-that"),
        "profile": Setting(text(r".+\.json", "a file name that ends in .json"), "qcvn125-gia-dinh.json"),
        "packets_late": Setting(choice("take", "refuse"), "take"),
        "packets_duplicate": Setting(choice("take", "refuse"), "refuse"),
        "packets_returned": Setting(list_of(text()), []),
        "packets_approved": Setting(flag, True),
    },
    "lgsp": {
        **COMMON,
        "consumer_key": Setting(text(), "khoa-khong-that"),
        "consumer_secret": Setting(text(), "bi-mat-khong-that"),
        "token_seconds": Setting(number(0), 3600.0),
        "page_size": Setting(whole(1), 20),
        "dialects": Setting(list_of(choice("basic", "body", "lgspaccesstoken", "lgspaccesstoken-bare", "api-key", "static",
                                           "ltvb", "x-road"), 1),
                            ["basic"]),
        "token_age": Setting(number(0), 0.0),
        "fault_form": Setting(choice("json", "xml"), "json"),
        "fault_codes": Setting(choice("number", "text", "alternating"), "number"),
        "quota_calls": Setting(whole(0), 0),
        "quota_seconds": Setting(number(0), 60.0),
        "quota_answer": Setting(choice("seconds", "date", "next_access_time", "nothing"), "next_access_time"),
        "envelope": Setting(choice("plain", "error_code", "status_code"), "plain"),
        "access_key": Setting(text(), "ak-khong-that"),
        "secret_key": Setting(text(), "sk-khong-that"),
        "app_name": Setting(text(), "IOC"),
        "partner_code": Setting(text(), "H31"),
        "partner_code_cus": Setting(text(), "H31"),
        "unit_code": Setting(text(), "H31"),
        "api_key": Setting(text(), "khoa-api-khong-that"),
        "static_scheme": Setting(text(), "Token"),
        "static_token": Setting(text(), "ma-co-dinh-khong-that"),
        "dstcode": Setting(text(MEMBER, "VN:GOV:<code>:<service>"), "VN:GOV:000.00.00.H31:kinhte"),
        "adapter_path": Setting(text("/.+"), "/mcdt/1.0"),
        "statistic_rules": Setting(choice("take", "refuse"), "take"),
        "ltvb_username": Setting(text(), "nguoi-dung-gia-lap"),
        "ltvb_password": Setting(text(), "mat-khau-khong-that"),
        "ltvb_application_code": Setting(text(), "QLVB"),
        "ltvb_system_id": Setting(text(), "H31.08"),
        "ltvb_secret_key": Setting(text(), "bi-mat-khong-that"),
        "ltvb_token_seconds": Setting(number(0), 1800.0),
        "ltvb_agencies": Setting(choice("object", "array", "alternating"), "object"),
        "ltvb_locked": Setting(list_of(text()), []),
        "agency_count": Setting(whole(1), REAL_SIZE),
    },
    "qlvb": {
        **COMMON,
        "system_id": Setting(text(), "H31.08"),
        "secret": Setting(text(), "demo-secret-khong-that"),
        "shapes": Setting(list_of(choice(*edxml.SHAPES), 1), ["java"]),
        "extra_documents": Setting(whole(0), 0),
        "empty_list": Setting(choice("alternating", "empty", "missing"), "alternating"),
        "alias_recipients": Setting(flag, False),
        "damaged": Setting(map_of(NUMBER, choice(*damages.KINDS)), {}),
        "business": Setting(map_of(NUMBER, choice("recall", "update", "replace")), {}),
        "take_back": Setting(list_of(whole(1)), []),
        "answers": Setting(list_of(choice("01", "02", "03", "04", "05", "06")), []),
        "answers_order": Setting(choice("in_order", "reversed", "shuffled"), "in_order"),
        "answers_repeated": Setting(whole(1), 1),
        "take_back_answer": Setting(choice("15", "16", ""), ""),
        "illegal_moves": Setting(choice("take", "refuse"), "take"),
        "agency_count": Setting(whole(1), REAL_SIZE),
    },
    "dvc": {
        **COMMON,
        "username": Setting(text(), "nguoi-dung-gia-lap"),
        "password": Setting(text(), "mat-khau-khong-that"),
        "session_seconds": Setting(number(0), 600.0),
        "dialects": Setting(list_of(choice("mapi", "proxy", "rest"), 1), ["mapi"]),
        "dstcode": Setting(text(MEMBER, "VN:GOV:<code>:<service>"), "VN:GOV:000.00.00.G22:vpcpdvcprovider"),
        "error_codes": Setting(choice("number", "text", "alternating"), "alternating"),
        "result_member": Setting(choice("result", "data"), "result"),
        "duplicate_answer": Setting(choice("-3", "3", "0", "alternating"), "-3"),
        "steps_most": Setting(whole(1), 10),
        "partial_batches": Setting(flag, False),
        "finished_early": Setting(whole(0), 0),
        "rest_client_id": Setting(text(), "ioc"),
        "rest_client_secret": Setting(text(), "bi-mat-khong-that"),
        "rest_token_seconds": Setting(number(0), 3600.0),
    },
}

# Faults that only one system has, with what each can be told.
OWN_FAULTS = {
    "nrs": {"error_code": {}},
    "lgsp": {"throttle": {"retry_after": whole(0), "as": choice("seconds", "date", "next_access_time", "nothing"),
                          "code": whole(900800, 900807)},
             "blocked": {}, "expire": {}, "axis_error": {}},
    "qlvb": {"damage_inside": {}},
    "dvc": {"expire": {}, "cut_inside": {}},
}


def declare(system, own, own_faults=None):
    """Adds a system that is none of the four: its settings, and the faults that only it has."""
    SETTINGS[system] = {**COMMON, **own}
    OWN_FAULTS[system] = own_faults or {}


def variable(system, name):
    return "SIM_PUBLISHED_TO" if name == "published_to" else f"SIM_{system}_{name}".upper()


def own_faults(dialect):
    """A system without rows here names its faults itself, and none of them can be told anything."""
    return OWN_FAULTS.get(dialect.name, dict.fromkeys(getattr(dialect, "faults", ()), {}))


def completed(system, options):
    """The options with every setting that they leave out."""
    return Namespace(**{**defaults(system), **vars(options)})


def defaults(system):
    """Each setting's value where neither command line nor scenario gives one; texts and numbers may come from a variable."""
    values = {}
    for name, setting in SETTINGS[system].items():
        given = os.environ.get(variable(system, name))
        plain = isinstance(setting.default, (str, int, float)) and not isinstance(setting.default, bool)
        values[name] = type(setting.default)(given) if given is not None and plain else setting.default
    return values
