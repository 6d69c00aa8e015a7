"""LGSP simulator: WSO2 API Manager in front of one business service of monthly figures (client credentials, then JSON)."""

import argparse
import base64
import hmac
import secrets
import threading
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs

import figures
import simulator
from faults import retry_after
from simulator import json_answer

SERVICE = "/kinhte/1.0/"


def fault(status, code, message, description, **more):
    """An error of the gateway, as WSO2 4.x writes it."""
    return json_answer({"fault": {"code": code, "message": message, "description": description, **more}}, status)


class Lgsp:
    name = "lgsp"

    def __init__(self, options):
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._basic = base64.b64encode(f"{options.consumer_key}:{options.consumer_secret}".encode())
        self._token_seconds = options.token_seconds
        self._page_size = options.page_size
        self._published_to = options.published_to
        self._figures = figures.load("lgsp")
        self._statuses = {row["status"]: row["lgsp"] for row in figures.table("statuses.csv")}
        self._token, self._token_ends = "", 0.0
        self._lock = threading.Lock()

    def control(self, settings):
        if set(settings) != {"published_to"}:
            return False
        self._published_to = settings["published_to"]
        return True

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def answer(self, request):
        if request.path == "/token":
            return self.token(request)
        if request.fault == "throttle":
            return self.throttled(request.order)
        if request.fault == "blocked":
            return fault(503, 700700, "API blocked", "This API has been blocked temporarily")
        given = request.headers.get("Authorization", "")
        if not given:
            return self.refused(request, 401, 900902, "Missing Credentials", "no Authorization header")
        if request.fault == "expire":
            with self._lock:
                self._token = ""
        if not self.is_current(given):
            return self.refused(request, 401, 900901, "Invalid Credentials", "token unknown or expired")
        if request.method == "GET" and request.path == SERVICE + "ky-bao-cao":
            return json_answer({"kyBaoCao": [f"{month}/{year}" for year, month in self.periods()]})
        if request.method == "GET" and request.path == SERVICE + "so-lieu-thang":
            return self.month(request)
        return self.refused(request, 404, 900906, "No matching resource found for given API Request", "no such resource")

    def throttled(self, order):
        """Over the quota: when to come again stands in the header, in the fault, or nowhere."""
        answer = fault(429, order.get("code", 900802), "Message throttled out", "You have exceeded your quota")
        if order.get("as") == "next_access_time":
            again = datetime.now(timezone.utc) + timedelta(seconds=order.get("retry_after", 1))
            return fault(429, order.get("code", 900802), "Message throttled out", "You have exceeded your quota",
                         nextAccessTime=f"{again:%Y-%b-%d %H:%M:%S}+0000 UTC")
        answer.headers |= retry_after(order)
        return answer

    def refused(self, request, status, code, message, why):
        self.log.add("refused", {"target": request.target, "code": code, "why": why})
        return fault(status, code, message, f"Access failure for API: {request.path}, version: 1.0 status: ({code})")

    def token(self, request):
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        form = parse_qs(request.body.decode("utf-8", "replace"))
        if request.method != "POST" or form.get("grant_type") != ["client_credentials"]:
            return json_answer({"error": "unsupported_grant_type", "error_description": "Unsupported grant_type value"}, 400)
        if scheme.lower() != "basic" or not hmac.compare_digest(given.strip().encode(), self._basic):
            self.log.add("refused", {"target": request.target, "code": "invalid_client", "why": "Basic credentials are wrong"})
            return json_answer({"error": "invalid_client", "error_description": "Client Authentication failed."}, 401)
        with self._lock:
            # Before it expires a second caller is given the same token with what is left of its life.
            if not self._token or self.clock() >= self._token_ends:
                self._token = secrets.token_hex(16)
                self._token_ends = self.clock() + self._token_seconds
            left = max(1, int(self._token_ends - self.clock() + 0.5))
            return json_answer({"access_token": self._token, "scope": "am_application_scope default", "token_type": "Bearer",
                                "expires_in": left})

    def is_current(self, given):
        scheme, _, token = given.partition(" ")
        with self._lock:
            return (scheme.lower() == "bearer" and bool(self._token) and self.clock() < self._token_ends
                    and hmac.compare_digest(token.strip().encode(), self._token.encode()))

    def published(self):
        return [figure for figure in self._figures if figure.published <= self._published_to]

    def periods(self):
        return sorted({(figure.year, figure.part) for figure in self.published()})

    def month(self, request):
        month, _, year = request.query.get("ky", "").partition("/")
        rows = [figure for figure in self.published() if (str(figure.year), figure.part) == (year, month)]
        pages = max(1, -(-len(rows) // self._page_size))
        page = request.query.get("trang", "1")
        if not rows or not page.isdigit() or not 1 <= int(page) <= pages:
            return json_answer({"maLoi": "KHONG_CO_SO_LIEU", "moTa": f"không có số liệu kỳ {month}/{year}, trang {page}"}, 404)
        first = (int(page) - 1) * self._page_size
        items = [self.item(figure, first + at + 1) for at, figure in enumerate(rows[first:first + self._page_size])]
        return json_answer({"kyBaoCao": f"{month}/{year}", "maTinh": "33", "trang": int(page), "tongTrang": pages, "duLieu": items})

    def item(self, figure, number):
        first, last = figure.window or ("", "")
        return {"maSo": f"LGSP-{figure.year}-{figure.part}-{number:04d}", "maChiTieu": figure.code, "loai": figure.kind,
                "tenChiTieu": figure.name, "giaTri": figure.text, "donVi": figure.unit, "maDonVi": figure.sender,
                "tinhTrang": self._statuses[figure.status], "tuNgay": first, "denNgay": last, "nguon": figure.source}


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "lgsp")
    simulator.serve(Lgsp(options), options)


if __name__ == "__main__":
    main()
