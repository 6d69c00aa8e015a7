"""What may go wrong between two systems: the faults every simulator has, when they happen, and what they make of an answer."""

import gzip
import threading
import time
from dataclasses import dataclass, field, replace
from email.utils import formatdate

from shape import choice, flag, number, text, whole

GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
ERROR_PAGE = "<html><head><title>Thông báo</title></head><body>Hệ thống đang bảo trì, mời quay lại sau</body></html>".encode()
METADATA = "http://169.254.169.254/latest/meta-data/"

# Which requests a fault meets.
MATCHING = {"path": text(), "method": choice("GET", "POST"), "service": text(), "contains": text(), "nth": whole(1),
            "every": whole(1),
            "times": whole(0)}
# What each fault can be told besides.
COMMON = {
    "none": {},
    "refuse": {},
    "reply": {"status": whole(200, 599), "body": text(), "content_type": text()},
    "throttle": {"retry_after": whole(0), "as": choice("seconds", "date", "nothing")},
    "redirect": {"to": text(), "status": choice(301, 302, 303, 307, 308)},
    "html502": {},
    "html200": {},
    "stall": {"seconds": number(0), "applied": flag},
    "reset": {"applied": flag},
    "slow": {"seconds": number(0)},
    "cut": {},
    "chunked": {},
    "bom": {},
    "gzip": {},
    "charset": {"charset": choice("utf-16", "utf-16-le", "windows-1252", "windows-1258", "iso-8859-1"), "declared": text()},
    "content_type": {"content_type": text()},
    "damage": {},
    "empty": {},
    "pad": {"bytes": whole(1, 1 << 30)},
    "repeat": {},
    "replace": {"find": text(), "with": text()},
}


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: dict = field(default_factory=dict)


def matches(entry, request):
    asked = request.json() or {} if "service" in entry else {}
    return (entry.get("path", "") in request.path and entry.get("method", request.method) == request.method
            and entry.get("service") in (None, asked.get("service"))
            and entry.get("contains", "").encode() in request.body)


class Plan:
    """The faults a scenario plans, and before them the one that was ordered last."""

    def __init__(self, entries=()):
        self._lock = threading.Lock()
        self._ordered, self._planned = {}, []
        self.plan(entries)

    def plan(self, entries):
        with self._lock:
            self._planned = [{**entry, "seen": 0} for entry in entries]

    def order(self, entry):
        with self._lock:
            self._ordered = {**entry, "seen": 0}

    def take(self, request):
        """The entry that applies to this request, {} for good behaviour. Each entry counts the requests it matches."""
        with self._lock:
            for entry in (self._ordered, *self._planned):
                if entry.get("fault", "none") != "none" and matches(entry, request) and self._is_due(entry):
                    return dict(entry)
        return {}

    @staticmethod
    def _is_due(entry):
        entry["seen"] += 1
        step = entry.get("every", 1)
        times = entry.get("times", 1 if "nth" in entry and "every" not in entry else None)
        past = entry["seen"] - entry.get("nth", step)
        return past >= 0 and past % step == 0 and (times is None or past // step < times)


def instead(entry):
    """The answer that stands in for the system's own, so that the request takes no effect; None for other faults."""
    fault = entry.get("fault")
    if fault == "refuse":
        return Answer(503, b"Service Unavailable", "text/plain", {"Connection": "close"})
    if fault == "html502":
        return Answer(502, GATEWAY_PAGE, "text/html")
    if fault == "html200":
        return Answer(200, ERROR_PAGE, "text/html; charset=utf-8")
    if fault == "reply":
        return Answer(entry.get("status", 500), entry.get("body", "").encode(), entry.get("content_type", "text/plain"))
    if fault == "redirect":
        return Answer(entry.get("status", 302), b"", "text/plain", {"Location": entry.get("to", METADATA)})
    if fault == "throttle":
        return Answer(429, b"Too Many Requests", "text/plain", retry_after(entry))
    return None


def retry_after(entry):
    """The header that says when to come again: seconds, a date, or nothing at all."""
    seconds, form = entry.get("retry_after", 1), entry.get("as", "seconds")
    if form == "nothing":
        return {}
    return {"Retry-After": str(seconds) if form == "seconds" else formatdate(time.time() + seconds, usegmt=True)}


def altered(entry, answer):
    """The system's answer as the fault leaves it; the request has taken effect."""
    fault = entry.get("fault")
    body = answer.body
    if fault == "bom":
        return replace(answer, body=b"\xef\xbb\xbf" + body)
    if fault == "empty":
        return replace(answer, body=b"")
    if fault == "pad":
        return replace(answer, body=b" " * entry.get("bytes", 1 << 20) + body)
    if fault == "replace":
        return replace(answer, body=body.replace(entry.get("find", "").encode(), entry.get("with", "").encode()))
    if fault == "content_type":
        return replace(answer, content_type=entry.get("content_type", "application/octet-stream"))
    if fault == "gzip":
        return replace(answer, body=gzip.compress(body, mtime=0), headers={**answer.headers, "Content-Encoding": "gzip"})
    if fault == "charset":
        wrong = body.decode("utf-8", "replace").encode(entry.get("charset", "utf-16"), "replace")
        return replace(answer, body=wrong, content_type=entry.get("declared", answer.content_type))
    return answer
