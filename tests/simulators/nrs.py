"""NRS simulator: the provincial indicator API (bearer token, envelope with error.code); packets by an assumed profile."""

import argparse
import hmac
import json
import time
from urllib.parse import unquote

import figures
import packets
import reporting_catalogues as catalogues
import settings
import simulator
import submissions
from faults import Answer
from simulator import json_answer

OFFICE = "000.00.00.H31"
PACKETS, CATALOGUES = "/qcvn125/goi-tin", "/qcvn125/danh-muc/"
STATUSES = "TRANG_THAI_BAO_CAO"


def envelope(data, total, code=200, message=""):
    """Every reply's shape: an error is always there, and 200 in it means success whatever the HTTP status."""
    return {"data": data, "error": {"code": code, "internalMessage": "", "userMessage": message}, "total": total}


class Nrs:
    name = "nrs"

    def __init__(self, options):
        options = settings.completed(self.name, options)
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._bearer = f"Bearer {options.token}".encode()
        self._published_to = options.published_to
        self._figures = figures.load("nrs")
        self._names = {figure.code: figure.name for figure in self._figures}
        self._periods = {row["period_id"]: (row["kind"], int(row["part"])) for row in figures.table("period_ids.csv")}
        self._types = {}
        for row in figures.table("data_types.csv"):
            self._types.setdefault(row["data_type_id"], set()).add(row["status"])
        self._submissions = submissions.Submissions(options, packets.Profile(options.profile))

    def control(self, asked):
        if set(asked) != {"published_to"}:
            return False
        self._published_to = asked["published_to"]
        return True

    def damage(self, _, answer):
        answer.body = answer.body[:len(answer.body) // 2]
        return answer

    def answer(self, request):
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._bearer):
            self.log.add("refused", {"target": request.target, "code": 401, "why": "bearer token missing or wrong"})
            return json_answer(envelope(None, 0, 401, "Mã truy cập không hợp lệ"), 401)
        if request.path.startswith(PACKETS):
            return self.packet(request)
        if request.path.startswith(CATALOGUES):
            return self.catalogue(request)
        if request.fault == "error_code":
            return json_answer(envelope(None, 0, 500, "Hệ thống đang bận"))
        if request.method == "GET" and request.path == "/bc/indicators/hasdata":
            return self.hasdata(request.query)
        if request.method == "GET" and request.path == "/bc/offices":
            return json_answer(envelope([{"code": OFFICE, "name": "UBND tỉnh Hưng Yên"}], 1))
        if request.method == "POST" and request.path == "/bc/indicators":
            return self.values(request)
        if request.method == "GET" and request.path == "/bc/indicators":
            return self.one_value(request)
        return json_answer(envelope(None, 0, 404, "Không có dịch vụ này"), 404)

    def known(self, office, data_type, period, year):
        """The figures of one office, data type, period and year; a text says what is wrong with the question."""
        if office != OFFICE:
            return f"Mã đơn vị không tồn tại: {office}"
        if data_type not in self._types or period not in self._periods or not year.isdigit():
            return f"Tham số không hợp lệ: dataTypeId={data_type}, periodId={period}, dataYear={year}"
        kind, part = self._periods[period]
        part = {"month": f"{part:02d}", "quarter": f"Q{part}", "half": f"H{part}", "year": "Y"}[kind]
        return [figure for figure in self._figures
                if (figure.year, figure.part) == (int(year), part) and figure.status in self._types[data_type]
                and figure.published <= self._published_to]

    def hasdata(self, query):
        found = self.known(query.get("officeCode", ""), query.get("dataTypeId", ""), query.get("periodId", ""),
                           query.get("datayear", ""))
        if isinstance(found, str):
            return json_answer(envelope(None, 0, 400, found))
        codes = sorted({figure.code for figure in found})
        return json_answer(envelope(codes, len(codes)))

    def values(self, request):
        asked = request.json() or {}
        codes = asked.get("indicatorCodes")
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            return json_answer(envelope(None, 0, 400, "indicatorCodes phải là danh sách"))
        found = self.known(*(str(asked.get(name, "")) for name in ("officeCode", "dataTypeId", "periodId", "dataYear")))
        if isinstance(found, str):
            return json_answer(envelope(None, 0, 400, found))
        unknown = [code for code in codes if code not in self._names]
        if unknown:
            return json_answer(envelope(None, 0, 404, f"Mã chỉ tiêu không tồn tại: {unknown[0]}"))
        by_code = {figure.code: figure for figure in found}
        items = [self.item(code, by_code.get(code), at) for at, code in enumerate(codes)]
        body = '{"data":[%s],"error":{"code":200,"internalMessage":"","userMessage":""},"total":%d}' % (
            ",".join(items), len(items))
        return Answer(200, body.encode())

    def one_value(self, request):
        query = request.query
        code = query.get("indicatorCode", "")
        found = self.known(*(query.get(name, "") for name in ("officeCode", "dataTypeId", "periodId", "dataYear")))
        if isinstance(found, str) or code not in self._names:
            return json_answer(envelope(None, 0, 400, found if isinstance(found, str) else f"Mã chỉ tiêu không tồn tại: {code}"))
        item = self.item(code, next((figure for figure in found if figure.code == code), None), 0)
        return Answer(200, ('{"data":%s,"error":{"code":200,"internalMessage":"","userMessage":""},"total":1}' % item).encode())

    def item(self, code, figure, at):
        """One value: a bare number or a text by turns, as the real API does; "…" when there is none."""
        unit = figure.unit if figure else ""
        value = figure.value if figure and figure.value else "…"
        if value == "…" or at % 2:
            value = json.dumps(value, ensure_ascii=False)
        return '{"indicatorCode":"%s","unit":%s,"value":%s}' % (code, json.dumps(unit, ensure_ascii=False), value)

    def packet(self, request):
        if request.method == "GET" and request.path.startswith(PACKETS + "/"):
            name, _, asked = unquote(request.path[len(PACKETS) + 1:]).partition("/")
            if asked == "trang-thai":
                found = self._submissions.status(name)
                found = found and self.handed_down(STATUSES, f"TT-{name}"[:100], found)
            else:
                found = self._submissions.receipt(name)
            if found and asked in ("", "trang-thai"):
                return json_answer(found)
            return json_answer({"trangThai": "KHONG_TIM_THAY"}, 404)
        if request.method != "POST" or request.path != PACKETS:
            return json_answer({"trangThai": "KHONG_TIM_THAY"}, 404)
        packet = request.json()
        status, answer, is_new = self._submissions.take(packet, request.body)
        if is_new:
            self.log.add("packets", packet)
        if status >= 400:
            self.log.add("refused", {"target": request.target, "code": status, "why": answer["lyDo"]})
        return json_answer(answer, status)

    def catalogue(self, request):
        """One kind as a packet, from the national side to the province: a catalogue, or what became of reports since a day."""
        kind = request.path[len(CATALOGUES):]
        if request.method == "GET" and kind == STATUSES:
            return json_answer(self.handed_down(kind, f"TT-{time.time_ns()}", self._submissions.statuses(request.query.get("tuNgay", ""))))
        rows = catalogues.rows_of(kind) if request.method == "GET" else None
        if rows is None:
            return json_answer({"trangThai": "KHONG_TIM_THAY"}, 404)
        return json_answer(self.handed_down(kind, f"DM-{kind}-{catalogues.VERSION}", rows))

    @staticmethod
    def handed_down(kind, name, rows):
        return {"_gia_dinh": submissions.ASSUMED, "loaiGoiTin": kind, "maGoiTin": name, "maDonViGui": "G22", "maDonViNhan": "H31",
                "thoiGianGui": "2025-01-01 00:00:00", "duLieu": rows}


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "nrs")
    simulator.serve(Nrs(options), options)


if __name__ == "__main__":
    main()
