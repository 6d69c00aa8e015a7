"""WSO2 API Manager as a caller meets it: one token until it ends, a quota, faults in two forms."""

import hmac
import secrets
import threading
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

from faults import Answer, retry_after
from simulator import json_answer

SECURITY = "http://wso2.org/apimanager/security"
THROTTLING = "http://wso2.org/apimanager/throttling"


class Faults:
    """Writes the gateway's errors: `form` is json (4.x) or xml (3.x), `codes` are number, text or both by turns."""

    def __init__(self, form, codes):
        self._form, self._codes = form, codes
        self._written = 0
        self._lock = threading.Lock()

    def fault(self, status, code, message, description, **more):
        if self._form == "xml":
            return self._xml(status, {"code": code, "message": message, "description": description, **more})
        with self._lock:
            self._written += 1
            as_text = self._codes == "text" or (self._codes == "alternating" and self._written % 2 == 0)
        return json_answer({"fault": {"code": str(code) if as_text else code, "message": message, "description": description,
                                      **more}}, status)

    @staticmethod
    def _xml(status, members):
        prefix, uri = ("amt", THROTTLING) if status == 429 else ("ams", SECURITY)
        inner = "".join(f"<{prefix}:{name}>{escape(str(value))}</{prefix}:{name}>" for name, value in members.items())
        return Answer(status, f'<{prefix}:fault xmlns:{prefix}="{uri}">{inner}</{prefix}:fault>'.encode(),
                      "application/xml; charset=UTF-8")

    def throttled(self, order):
        """Over the quota: when to come again stands in a header, in the fault, or nowhere."""
        more = {}
        if order.get("as") == "next_access_time":
            again = datetime.now(timezone.utc) + timedelta(seconds=order.get("retry_after", 1))
            more["nextAccessTime"] = f"{again:%Y-%b-%d %H:%M:%S}+0000 UTC"
        answer = self.fault(429, order.get("code", 900802), "Message throttled out", "You have exceeded your quota", **more)
        if not more:
            answer.headers |= retry_after(order)
        return answer

    def blocked(self):
        return self.fault(503, 700700, "API blocked", "This API has been blocked temporarily")


class TokenOffice:
    """Gives out one token and, until it ends, the same again with what is left of its life."""

    def __init__(self, seconds, age):
        self._seconds, self._age = seconds, age
        self._token, self._ends = "", 0.0
        self._lock = threading.Lock()

    def give(self, now):
        with self._lock:
            if not self._token or now >= self._ends:
                self._token = secrets.token_hex(16)
                self._ends = now + max(0.0, self._seconds - self._age)
                self._age = 0.0  # Only the first is one that another caller fetched earlier.
            left = max(1, int(self._ends - now + 0.5))
            return json_answer({"access_token": self._token, "scope": "am_application_scope default", "token_type": "Bearer",
                                "expires_in": left})

    def end(self):
        with self._lock:
            self._token = ""

    def is_current(self, authorization, now):
        scheme, _, token = authorization.partition(" ")
        with self._lock:
            return (scheme.lower() == "bearer" and bool(self._token) and now < self._ends
                    and hmac.compare_digest(token.strip().encode(), self._token.encode()))


class Quota:
    """So many calls in a window that begins with its first; 0 calls: no quota."""

    def __init__(self, calls, seconds):
        self._calls, self._seconds = calls, seconds
        self._begun, self._made = None, 0
        self._lock = threading.Lock()

    def wait(self, now):
        """Whole seconds until the next call is let in; 0: now."""
        with self._lock:
            if self._begun is None or now >= self._begun + self._seconds:
                self._begun, self._made = now, 0
            self._made += 1
            over = self._calls and self._made > self._calls
            return max(1, int(self._begun + self._seconds - now + 0.999)) if over else 0


def oauth_error(status, error, description):
    return json_answer({"error": error, "error_description": description}, status)
