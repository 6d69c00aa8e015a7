"""DVC simulator: the public service portal's `mapi` behind an X-Road adapter, a proxy that encodes twice, the newer portal."""

import argparse
import hashlib
import hmac
import json
import re
import secrets
import threading
import time
from datetime import datetime, timedelta

import dossiers
import inbound
import portal_dossiers
import procedures
import questions
import shape
import settings
import simulator
import xroad
from portal_rest import PREFIX as REST
from portal_rest import PortalRest
from simulator import json_answer

PROXY, PUSH_PROXY = "/KetNoiMotCuaQuocGia/", "/api/SynsTTHCC/"
EXPIRED, WRONG_LOGIN, NOT_KNOWN, BAD_REQUEST = -1, -2, -4, -5  # assumed: no document names them
INBOUND = shape.record({"url": shape.text(), "authority": shape.text(), "headers": shape.map_of(".+", shape.text()),
                        "code": shape.text()}, ["url"])


class Dvc:
    name = "dvc"

    def __init__(self, options):
        options = settings.completed(self.name, options)
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._login = (options.username.encode(), options.password.encode())
        self._session_seconds = options.session_seconds
        self._published_to = options.published_to
        self._dialects, self._dstcode = options.dialects, options.dstcode
        self._codes, self._result, self._duplicate = options.error_codes, options.result_member, options.duplicate_answer
        self._finished_early = options.finished_early
        self._generated = dossiers.generate()
        self._kept = portal_dossiers.Dossiers(((one.code, self.shown(one)) for one in self._generated), options.steps_most,
                                              options.partial_batches)
        self._questions = questions.Questions([code for code, _ in dossiers.AGENCIES])
        self._rest = PortalRest(options, self.log, lambda: self.clock())
        self._sessions = {}  # session -> monotonic time of its end
        self._replies = self._duplicates = 0
        self._lock = threading.Lock()
        self._services = {"DanhSachHoSo": self.list_dossiers, "ThongKeThang": self.monthly, "LayThuTuc": self.procedure,
                          "TraCuuTechID": self.technical_id, "TraCuuHoSo": self.find, "DongBoHoSoMC": self.synchronise,
                          "CapNhatTienDoHoSoMC": self.progress, "DongBoTrangThaiHoSo": self.feedback,
                          "LayDanhSachHoiDapGuiTuDVCQG": self.open_questions, "LayDanhSachHoiDapBoCoQuan": self.questions_of,
                          "LayNoiDungTraLoiTheoCauHoi": self.answer_of, "DongBoHoiDap": self.take_questions,
                          "DongBoKetQuaHoiDapGuiTuDVCQG": self.take_answers}

    def shown(self, one):
        """A dossier in the portal's words. Some senders report a pending one as finished (9) so that it looks so."""
        sent = dossiers.as_sent(one)
        if self._finished_early and not one.finished and one.number % self._finished_early == 0:
            sent |= {"TrangThaiHoSo": "9", "NgayKetThucXuLy": sent["NgayHenTra"]}
        return sent

    def control(self, asked):
        if set(asked) == {"inbound"} and not list(INBOUND(asked["inbound"], "inbound")):
            order = asked["inbound"]
            caller = inbound.Caller(order["url"], order.get("authority"), order.get("headers"))
            try:
                for what, held, found in caller.checks(order.get("code", "H31.03-251120-0001")):
                    self.log.add("called", {"check": what, "holds": held, "found": found})
            except OSError as error:
                self.log.add("called", {"check": "the route answers", "holds": False, "found": str(error)})
            return True
        if set(asked) != {"published_to"}:
            return False
        self._published_to = asked["published_to"]
        return True

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def reply(self, code, message, **more):
        """HTTP 200 whatever happened; the code is a number or a text, by turns unless told otherwise."""
        with self._lock:
            self._replies += 1
            as_text = self._codes == "text" or (self._codes == "alternating" and self._replies % 2)
        if "result" in more and self._result != "result":
            more[self._result] = more.pop("result")
        return json_answer({"error_code": str(code) if as_text else code, "message": message, **more})

    def refused(self, request, code, message):
        self.log.add("refused", {"target": request.target, "code": code, "why": message})
        return self.reply(code, message)

    def answer(self, request):
        if "rest" in self._dialects and request.path.startswith(REST):
            return self._rest.answer(request)
        if "proxy" in self._dialects and request.path.startswith((PROXY, PUSH_PROXY)):
            return self.proxy(request)
        inner = xroad.inner_path(request.path) or ""
        wrong = xroad.destination_fault(request, self._dstcode)
        # The service for driving licences has a path of its own in front of the same words.
        found = re.fullmatch(r"(?:/.+)?/mapi/(.*)", inner)
        if "mapi" not in self._dialects or request.method != "POST" or wrong or not found:
            self.log.add("refused", {"target": request.target, "code": 404, "why": wrong or "no such service behind the adapter"})
            return json_answer({"message": "Không tìm thấy dịch vụ đích"}, 404)
        asked = request.json()
        if asked is None:
            return self.refused(request, BAD_REQUEST, "Nội dung không phải JSON")
        return self.login(request, asked) if found[1] == "login" else self.in_session(request, asked, found[1])

    def in_session(self, request, asked, operation):
        if request.fault == "expire":
            with self._lock:
                self._sessions.clear()
        session = asked.get("session")
        with self._lock:
            ends = self._sessions.get(session, 0.0) if isinstance(session, str) else 0.0
        if self.clock() >= ends:
            return self.refused(request, EXPIRED, "Phiên làm việc hết hạn")
        return self.serve(request, asked) if operation == "g" else self.refused(request, BAD_REQUEST, "Dịch vụ không tồn tại")

    def serve(self, request, asked):
        name = str(asked.get("service"))
        self.log.add("services", name)
        rows = procedures.catalogue(name)
        if rows is not None:
            return self.reply(0, "Thành công", result=rows)
        service = self._services.get(name)
        return service(request, asked) if service else self.refused(request, BAD_REQUEST, "Dịch vụ không tồn tại")

    def proxy(self, request):
        """A province's proxy: catalogues come as JSON in a text, dossiers go as a bare list with the rest in the query."""
        if request.method == "GET" and request.path.startswith(PROXY):
            rows = procedures.catalogue(request.path[len(PROXY):])
            if rows is None:
                return json_answer({"message": "Không tìm thấy dịch vụ"}, 404)
            inner = json.dumps({"result": rows}, ensure_ascii=False)
            return json_answer({"message": inner[:len(inner) // 2] if request.fault == "cut_inside" else inner})
        sent = {"DongBoHoSoMC": self.synchronise, "CapNhatTienDoHoSoMC": self.progress, "DongBoTrangThaiHoSo": self.feedback}
        service = request.path[len(PUSH_PROXY):] if request.path.startswith(PUSH_PROXY) else ""
        if request.query.get("MaDinhDanhDV") and request.method == "POST" and service in sent:
            return sent[service](request, {"service": service, "data": request.json_value(), **self.told(request)})
        if request.query.get("MaDinhDanhDV") and request.method == "GET" and service == "TraCuuHoSo":
            return self.find(request, self.told(request))
        return json_answer({"message": "Không tìm thấy dịch vụ"}, 404)

    @staticmethod
    def told(request):
        """Only DongBoHoSoMC is known of that proxy; that the other services are told in the query alike is assumed."""
        return {name: value for name, value in request.query.items() if name in ("isUpdating", "type", "mahoso")}

    def login(self, request, asked):
        given = tuple(str(asked.get(name, "")).encode() for name in ("username", "password"))
        if not all([hmac.compare_digest(got, expected) for got, expected in zip(given, self._login)]):
            return self.refused(request, WRONG_LOGIN, "Sai tên đăng nhập hoặc mật khẩu")
        session = secrets.token_hex(16)
        with self._lock:
            self._sessions[session] = self.clock() + self._session_seconds
        return self.reply(0, "Thành công", session=session)

    # -- what is asked ----------------------------------------------------------------------------------------

    def list_dossiers(self, request, asked):
        try:
            first, last = (datetime.strptime(str(asked.get(name)), "%Y-%m-%d") for name in ("ngayNhan1", "ngayNhan2"))
            bounds = f"{first:%Y%m%d}", f"{last + timedelta(days=1):%Y%m%d}", self._published_to.replace("-", "")
        except (ValueError, OverflowError):
            return self.refused(request, BAD_REQUEST, "ngayNhan1, ngayNhan2 phải có dạng yyyy-MM-dd")
        found = [sent for sent in self._kept.all() if bounds[0] <= sent["NgayTiepNhan"] < bounds[1]
                 and sent["NgayTiepNhan"][:6] <= bounds[2]]
        return self.reply(0, "Thành công", result=found)

    def monthly(self, request, asked):
        month, year = str(asked.get("thang", "")), str(asked.get("nam", ""))
        if not re.fullmatch(r"0?[1-9]|1[0-2]", month) or not re.fullmatch(r"\d{4}", year):
            return self.refused(request, BAD_REQUEST, "thang, nam không hợp lệ")
        known = (int(year), int(month)) in dossiers.MONTHS and f"{year}-{int(month):02d}" <= self._published_to
        return self.reply(0, "Thành công", result=dossiers.statistics(self._generated, int(year), int(month)) if known else [])

    def procedure(self, _, asked):
        number = procedures.number_of(str(asked.get("maTTHC", "")))
        return self.reply(0, "Thành công", result=[procedures.procedure(number)] if number else [])

    def technical_id(self, request, asked):
        number = str(asked.get("mstorcmnd", ""))
        if asked.get("provider") != "wso2is" or not re.fullmatch(r"\d{9,13}(-\d{3})?", number):
            return self.refused(request, BAD_REQUEST, "provider hoặc mstorcmnd không hợp lệ")
        return self.reply(0, "Thành công", result=[{"TECHNICALID": hashlib.sha256(number.encode()).hexdigest()[:32]}])

    def find(self, _, asked):
        return self.reply(0, "Thành công", result=self._kept.find(str(asked.get("mahoso", ""))))

    def open_questions(self, *_):
        return self.reply(0, "Thành công", result=self._questions.open())

    def questions_of(self, _, asked):
        return self.reply(0, "Thành công", result=self._questions.of_unit(str(asked.get("madonvi", ""))))

    def answer_of(self, _, asked):
        return self.reply(0, "Thành công", result=self._questions.answer(str(asked.get("cauhoiid", ""))))

    # -- what is sent -----------------------------------------------------------------------------------------

    def synchronise(self, request, asked):
        wrong, words = self._kept.synchronise(asked)
        if wrong == portal_dossiers.DUPLICATE:
            with self._lock:
                self._duplicates += 1
                code = ("-3", "3")[self._duplicates % 2] if self._duplicate == "alternating" else self._duplicate
            return self.refused(request, int(code), words)
        return self.sent(request, asked, wrong, words)

    def progress(self, request, asked):
        return self.sent(request, asked, *self._kept.progress(asked))

    def feedback(self, request, asked):
        return self.sent(request, asked, *self._kept.feedback(asked))

    def take_questions(self, request, asked):
        wrong = self._questions.take_questions(asked.get("data"))
        return self.sent(request, asked, portal_dossiers.BAD if wrong else None, wrong or "Đồng bộ hỏi đáp thành công")

    def take_answers(self, request, asked):
        wrong = self._questions.take_answers(asked.get("data"))
        return self.sent(request, asked, portal_dossiers.BAD if wrong else None, wrong or "Đồng bộ kết quả hỏi đáp thành công")

    def sent(self, request, asked, wrong, words):
        if wrong:
            return self.refused(request, NOT_KNOWN if wrong == portal_dossiers.NOT_KNOWN else BAD_REQUEST, words)
        self.log.add("packets", {name: value for name, value in asked.items() if name != "session"})
        return self.reply(0, words)


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "dvc")
    simulator.serve(Dvc(options), options)


if __name__ == "__main__":
    main()
