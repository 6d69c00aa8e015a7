"""Judges the signed headers of the document axis: the HMAC is over the text as received, never over a text made anew."""

import hashlib
import hmac
import json

PREFIX = "XroadVnpt-"


def strict_object(text):
    """A JSON object of texts without repeated names, or None."""
    def pairs(items):
        if len({name for name, _ in items}) != len(items) or not all(isinstance(value, str) for _, value in items):
            raise ValueError
        return dict(items)
    try:
        value = json.loads(text, object_pairs_hook=pairs)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def received_text(headers, name):
    """A header's text as UTF-8; http.server hands out bytes as Latin-1."""
    return headers.get(PREFIX + name, "").encode("latin-1").decode("utf-8", "replace")


def signature_fault(headers, secrets):
    """Why the signed headers do not hold, or empty."""
    raw = headers.get(PREFIX + "sign-header", "").encode("latin-1")
    signed = strict_object(raw)
    names = received_text(headers, "sign-header-key").split(";")
    if signed is None or sorted(PREFIX + name for name in names) != sorted(signed):
        return "sign-header-key and sign-header do not name the same headers"
    values = {name.lower(): signed[PREFIX + name] for name in names}
    if not {"systemid", "timestamp", "content-type"} <= set(values):
        return "systemid, timestamp and Content-Type must be signed"
    for name in names:
        if received_text(headers, name) != values[name.lower()]:
            return f"header {PREFIX}{name} differs from its signed copy"
    secret = secrets.get(values["systemid"])
    if secret is None:
        return "systemid is not registered"
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), received_text(headers, "hash-header").encode()):
        return "hash-header is wrong"
    return ""
