"""LGSP simulator: an integration platform that speaks the dialects a scenario lists, in front of a service of monthly figures."""

import argparse
import re
import time
from dataclasses import replace
from urllib.parse import parse_qs

import doors
import figures
import ltvb
import settings
import simulator
import wso2
import xroad
from altered import Altered
from province_adapter import ProvinceAdapter
from simulator import json_answer

SERVICE = "/kinhte/1.0/"


class Lgsp:
    name = "lgsp"

    def __init__(self, options):
        options = settings.completed(self.name, options)
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._page_size = options.page_size
        self._published_to = options.published_to
        self._envelope, self._dstcode, self._quota_answer = options.envelope, options.dstcode, options.quota_answer
        self._altered = Altered()
        self._figures = figures.load("lgsp")
        self._statuses = {row["status"]: row["lgsp"] for row in figures.table("statuses.csv")}
        self._gateway = wso2.Faults(options.fault_form, options.fault_codes)
        self._office = wso2.TokenOffice(options.token_seconds, options.token_age)
        self._quota = wso2.Quota(options.quota_calls, options.quota_seconds)
        self._doors = {name: doors.KINDS[name](options, self._office) for name in options.dialects if name in doors.KINDS}
        self._axis = ltvb.Ltvb(options, self.log) if "ltvb" in options.dialects else None
        self._forwards = "x-road" in options.dialects
        self._adapter = ProvinceAdapter(options, self.log)

    def control(self, asked):
        if set(asked) != {"published_to"}:
            return self._altered.control(asked)
        self._published_to = asked["published_to"]
        return True

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def answer(self, request):
        inner = xroad.inner_path(request.path) if self._forwards else None
        if inner is not None:
            wrong = xroad.destination_fault(request, self._dstcode)
            if wrong:
                return self.refused(request, 404, 900906, "No matching resource found for given API Request", wrong)
            request.path = inner
        # Some clients write a slash too many behind the base address.
        request.path = re.sub("^/+", "/", request.path)
        if self._axis and request.path.startswith(ltvb.PREFIX):
            return self.overload(request) or self._axis.answer(request, self.clock(), self._published_to)
        if request.path == "/token" and any(name in doors.TOKEN_DIALECTS for name in self._doors):
            return self.token(request)
        return self.refusal(request) or self._adapter.answer(request) or self.business(request)

    def overload(self, request):
        if request.fault == "throttle":
            return self._gateway.throttled(request.order)
        return self._gateway.blocked() if request.fault == "blocked" else None

    def refusal(self, request):
        """The gateway's no to a call, or None: over the quota, blocked, without credentials or with wrong ones."""
        ordered = self.overload(request)
        if ordered:
            return ordered
        if request.fault == "expire":
            self._office.end()
        if not any(door.admits(request, self.clock()) for door in self._doors.values()):
            return self.not_admitted(request)
        wait = self._quota.wait(self.clock())
        return self._gateway.throttled({"retry_after": wait, "as": self._quota_answer}) if wait else None

    def not_admitted(self, request):
        shown = [door for door in self._doors.values() if door.shows(request)]
        keys = [door for door in (shown or self._doors.values()) if isinstance(door, doors.ApiKey)]
        if keys:
            code, words = keys[0].refusal(request)
            self.log.add("refused", {"target": request.target, "code": code, "why": words})
            return json_answer({"error_code": code, "message": words})
        if not shown:
            return self.refused(request, 401, 900902, "Missing Credentials", "no credentials of a dialect spoken here")
        return self.refused(request, 401, 900901, "Invalid Credentials", "token unknown or expired")

    def refused(self, request, status, code, message, why):
        self.log.add("refused", {"target": request.target, "code": code, "why": why})
        return self._gateway.fault(status, code, message,
                                   f"Access failure for API: {request.path}, version: 1.0 status: ({code})")

    def token(self, request):
        form = parse_qs(request.body.decode("utf-8", "replace"))
        if request.method != "POST" or form.get("grant_type") != ["client_credentials"]:
            return wso2.oauth_error(400, "unsupported_grant_type", "Unsupported grant_type value")
        if not any(door.proves(request) for name, door in self._doors.items() if name in doors.TOKEN_DIALECTS):
            self.log.add("refused", {"target": request.target, "code": "invalid_client",
                                     "why": "credentials of the client are missing or wrong"})
            return wso2.oauth_error(401, "invalid_client", "Client Authentication failed.")
        return self._office.give(self.clock())

    def business(self, request):
        if request.method == "GET" and request.path == SERVICE + "ky-bao-cao":
            return self.enveloped({"kyBaoCao": [f"{month}/{year}" for year, month in self.periods()]})
        if request.method == "GET" and request.path == SERVICE + "so-lieu-thang":
            return self.month(request)
        if request.method == "POST" and request.path == SERVICE + "nhan-so-lieu":
            return self.take(request)
        return self.refused(request, 404, 900906, "No matching resource found for given API Request", "no such resource")

    def enveloped(self, value, code=200, words="Thành công"):
        """The service's answer as the province wraps it. Inside an envelope a refusal comes with HTTP 200."""
        if self._envelope == "error_code":
            return json_answer({"error_code": 0 if code == 200 else code, "result": value, "message": words})
        if self._envelope == "status_code":
            return json_answer({"StatusCode": code, "Status": "SUCCESS" if code == 200 else "FAIL", "Description": words,
                                "ThrowException": False,
                                "ResultObject": value})
        return json_answer(value, code)

    def take(self, request):
        """Records somebody reports: {"data": […]}; files are base64 texts inside the records."""
        rows = (request.json() or {}).get("data")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            return json_answer({"error_code": 1, "result": None, "message": "data phải là danh sách các bản ghi"})
        self.log.add("packets", {"data": rows})
        return json_answer({"error_code": 0, "result": len(rows), "message": "Thành công"})

    def published(self):
        held = self._altered.of(self._figures, lambda one: f"{one.year}-{one.part}/{one.code}/{one.kind}", self.alike)
        return [figure for figure in held if figure.published <= self._published_to]

    @staticmethod
    def alike(figure, name, told):
        year, _, part = name.partition("/")[0].partition("-")
        return replace(figure, year=int(year), part=part, text=told)

    def periods(self):
        return sorted({(figure.year, figure.part) for figure in self.published()})

    def month(self, request):
        month, _, year = request.query.get("ky", "").partition("/")
        rows = [figure for figure in self.published() if (str(figure.year), figure.part) == (year, month)]
        pages = max(1, -(-len(rows) // self._page_size))
        page = request.query.get("trang", "1")
        if not rows or not page.isdigit() or not 1 <= int(page) <= pages:
            return self.enveloped({"maLoi": "KHONG_CO_SO_LIEU", "moTa": f"không có số liệu kỳ {month}/{year}, trang {page}"}, 404,
                                  "Không có số liệu")
        first = (int(page) - 1) * self._page_size
        items = [self.item(figure, first + at + 1) for at, figure in enumerate(rows[first:first + self._page_size])]
        return self.enveloped({"kyBaoCao": f"{month}/{year}", "maTinh": "33", "trang": int(page), "tongTrang": pages,
                               "duLieu": items})

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
