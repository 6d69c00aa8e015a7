"""DVC simulator: the public service portal's `mapi` behind an X-Road adapter: login, then one endpoint with a session in the body."""

import argparse
import hmac
import re
import secrets
import threading
import time
from datetime import datetime, timedelta

import dossiers
import simulator
from simulator import json_answer

FORWARD = "/XrdAdapter/RestService/forward/mapi/"
DESTINATION = "VN:GOV:000.00.00.G22:vpcpdvcprovider"
EXPIRED, WRONG_LOGIN, BAD_REQUEST = -1, -2, -5  # assumed: no document names them


class Dvc:
    name = "dvc"

    def __init__(self, options):
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._login = (options.username.encode(), options.password.encode())
        self._session_seconds = options.session_seconds
        self._published_to = options.published_to
        self._dossiers = dossiers.generate()
        self._sessions = {}  # session -> monotonic time of its end
        self._replies = 0
        self._lock = threading.Lock()

    def control(self, settings):
        if set(settings) != {"published_to"}:
            return False
        self._published_to = settings["published_to"]
        return True

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def reply(self, code, message, **more):
        """HTTP 200 whatever happened; the code is a number or a text by turns."""
        with self._lock:
            self._replies += 1
            return json_answer({"error_code": str(code) if self._replies % 2 else code, "message": message, **more})

    def refused(self, request, code, message):
        self.log.add("refused", {"target": request.target, "code": code, "why": message})
        return self.reply(code, message)

    def answer(self, request):
        to = request.headers.get("dstcode") or request.query.get("dstcode", "")
        if request.method != "POST" or to != DESTINATION or not request.path.startswith(FORWARD):
            self.log.add("refused", {"target": request.target, "code": 404, "why": "no such service behind the adapter"})
            return json_answer({"message": "Không tìm thấy dịch vụ đích"}, 404)
        asked = request.json()
        if asked is None:
            return self.refused(request, BAD_REQUEST, "Nội dung không phải JSON")
        operation = request.path[len(FORWARD):]
        if operation == "login":
            return self.login(request, asked)
        if request.fault == "expire":
            with self._lock:
                self._sessions.clear()
        with self._lock:
            ends = self._sessions.get(asked.get("session"), 0.0)
        if self.clock() >= ends:
            return self.refused(request, EXPIRED, "Phiên làm việc hết hạn")
        services = {"DanhSachHoSo": self.list_dossiers, "ThongKeThang": self.monthly}
        service = services.get(asked.get("service")) if operation == "g" else None
        return service(request, asked) if service else self.refused(request, BAD_REQUEST, "Dịch vụ không tồn tại")

    def login(self, request, asked):
        given = tuple(str(asked.get(name, "")).encode() for name in ("username", "password"))
        if not all(hmac.compare_digest(got, expected) for got, expected in zip(given, self._login)):
            return self.refused(request, WRONG_LOGIN, "Sai tên đăng nhập hoặc mật khẩu")
        session = secrets.token_hex(16)
        with self._lock:
            self._sessions[session] = self.clock() + self._session_seconds
        return self.reply(0, "Thành công", session=session)

    def list_dossiers(self, request, asked):
        try:
            first, last = (datetime.strptime(str(asked.get(name)), "%Y-%m-%d") for name in ("ngayNhan1", "ngayNhan2"))
        except ValueError:
            return self.refused(request, BAD_REQUEST, "ngayNhan1, ngayNhan2 phải có dạng yyyy-MM-dd")
        found = [dossiers.as_sent(dossier) for dossier in self._dossiers
                 if first <= dossier.received < last + timedelta(days=1) and f"{dossier.received:%Y-%m}" <= self._published_to]
        return self.reply(0, "Thành công", result=found)

    def monthly(self, request, asked):
        month, year = str(asked.get("thang", "")), str(asked.get("nam", ""))
        if not re.fullmatch(r"0?[1-9]|1[0-2]", month) or not re.fullmatch(r"\d{4}", year):
            return self.refused(request, BAD_REQUEST, "thang, nam không hợp lệ")
        known = (int(year), int(month)) in dossiers.MONTHS and f"{year}-{int(month):02d}" <= self._published_to
        return self.reply(0, "Thành công", result=dossiers.statistics(self._dossiers, int(year), int(month)) if known else [])


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "dvc")
    simulator.serve(Dvc(options), options)


if __name__ == "__main__":
    main()
