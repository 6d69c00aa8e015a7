"""The newer portal: token, next dossier code, files, dossier, progress, status; six steps as REST.

The order and the members are known, the paths are not: they are assumed.
"""

import hashlib
import hmac
import secrets
import threading
import uuid
from datetime import datetime

from multipart import form_parts
from shape import choice, departure, list_of, record, text, whole
from simulator import json_answer

PREFIX = "/rest/"
WITH_LISTS = (5, 6, 9)


def moment(form, said):
    def check(value, place):
        try:
            datetime.strptime(value, form)
        except (TypeError, ValueError):
            yield departure(place, value, said)
    return check


DAY = moment("%Y-%m-%d %H:%M:%S", "a time as yyyy-MM-dd HH:mm:ss")
MILLISECONDS = moment("%Y-%m-%dT%H:%M:%S.%f", "a time as yyyy-MM-ddTHH:mm:ss.fff")
HELD = record({"IdGiayTo": text(), "MaKetQua": text(), "TenGiayTo": text(), "HashTepTin": text()}, ["IdGiayTo", "HashTepTin"])
PART = record({"MaThanhPhanHoSo": text(), "TenThanhPhanHoSo": text(), "SoLuong": whole(0), "LoaiBan": choice(0, 1, 2),
               "GiayToDinhKem": list_of(HELD)},
              ["MaThanhPhanHoSo", "LoaiBan"])
PERSON = record({"LoaiDoiTuong": choice(0, 1, 2), "IdDoiTuong": text(), "ThongTinChiTiet": record({}, more=True)},
                ["LoaiDoiTuong"])
DOSSIER = record({"MaHoSo": text(), "MaDichVuCong": text(".+", "a code"), "MaDonViTiepNhan": text(".+", "a code"), "NgayNop": DAY,
                  "ThanhPhanHoSo": list_of(PART), "ThongTinNguoiNop": PERSON, "EformThongTinChiTiet": record({}, more=True)},
                 ["MaDichVuCong", "MaDonViTiepNhan", "NgayNop", "ThanhPhanHoSo", "ThongTinNguoiNop"])
FEE = record({"LoaiPhiLePhi": choice(1, 2, 3), "HinhThucThu": choice(1, 2, 4), "TrangThaiThanhToan": choice(0, 1)}, more=True)
STEP = record({"IDHoSo": text(), "MaHoSo": text(), "TrangThai": whole(0, 11), "NguoiXuLy": text(), "NoiDungXuLy": text(),
               "PhongBanXuLy": text(),
               "ThoiDiemXuLy": MILLISECONDS, "NgayBatDau": MILLISECONDS, "NgayKetThucTheoQuyDinh": MILLISECONDS},
              ["IDHoSo", "MaHoSo", "TrangThai", "ThoiDiemXuLy"])
STATUS = record({"IdHoSo": text(), "MaHoSo": text(), "TrangThai": whole(0, 11), "NoiDungYKien": text(), "PhongBanXuLy": text(),
                 "NoiDungXuLy": text(),
                 "DanhSachLePhi": list_of(FEE), "DanhSachGiayToKetQua": list_of(HELD)}, ["IdHoSo", "MaHoSo", "TrangThai"])


def said(code, message, data=None):
    return json_answer({"code": code, "message": message, "data": data}, code)


class PortalRest:
    def __init__(self, options, log, clock):
        self._client = (options.rest_client_id, options.rest_client_secret)
        self._seconds = options.rest_token_seconds
        self._log, self._clock = log, clock
        self._token, self._ends = "", 0.0
        self._counter = 0
        self._files, self._dossiers = {}, {}
        self._lock = threading.Lock()
        self._operations = {("GET", "MaHoSo"): self.next_code, ("POST", "TepTin"): self.upload, ("POST", "NoiHoSo"): self.create,
                            ("POST", "CapNhatTienTrinh"): self.progress, ("POST", "CapNhatTrangThai"): self.status}

    def answer(self, request):
        name = request.path[len(PREFIX):]
        if (request.method, name) == ("POST", "token"):
            return self.token(request)
        if request.fault == "expire":
            self._ends = 0.0
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        current = self._token and self._clock() < self._ends
        if scheme != "Bearer" or not current or not hmac.compare_digest(token.encode("latin-1"), self._token.encode()):
            return self.refused(request, 401, "Token không hợp lệ hoặc đã hết hạn")
        operation = self._operations.get((request.method, name))
        return operation(request) if operation else self.refused(request, 404, "Không có dịch vụ này")

    def refused(self, request, code, words):
        self._log.add("refused", {"target": request.target, "code": code, "why": words})
        return said(code, words)

    def token(self, request):
        asked = request.json() or {}
        given = [str(asked.get(name, "")) for name in ("client_id", "client_secret")]
        if not all([hmac.compare_digest(got.encode(), expected.encode()) for got, expected in zip(given, self._client)]):
            return self.refused(request, 403, "Sai client_id hoặc client_secret")
        with self._lock:
            self._token, self._ends = secrets.token_hex(16), self._clock() + self._seconds
        return said(200, "Thành công", {"access_token": self._token, "expires_in": int(self._seconds), "token_type": "Bearer",
                                        "scope": "default"})

    def next_code(self, request):
        unit = request.query.get("MaDonVi", "")
        if not unit:
            return self.refused(request, 400, "Thiếu MaDonVi")
        with self._lock:
            self._counter += 1
            return json_answer({"value": f"{unit}-{datetime.now():%Y%m%d}-{self._counter:07d}"})

    def upload(self, request):
        parts = form_parts(request)
        if not parts:
            return self.refused(request, 400, "Cần multipart/form-data có ít nhất một tệp")
        kept = []
        for name, content in parts.values():
            digest = hashlib.sha256(content).hexdigest()
            self._files[digest] = name
            kept.append({"IdTepTin": str(uuid.uuid5(uuid.NAMESPACE_OID, digest)), "HashTepTin": digest})
        return said(200, "Thành công", kept)

    def unknown_file(self, held):
        return next((f"HashTepTin: {one['HashTepTin']} chưa được tải lên" for one in held
                     if one["HashTepTin"] not in self._files), "")

    def create(self, request):
        asked = request.json()
        wrong = next(DOSSIER(asked, ""), "") or self.unknown_file([one for part in asked["ThanhPhanHoSo"]
                                                                   for one in part.get("GiayToDinhKem", [])])
        if wrong:
            return self.refused(request, 400, wrong)
        with self._lock:
            self._counter += 1
            code = asked.get("MaHoSo") or f"{asked['MaDonViTiepNhan']}-{datetime.now():%Y%m%d}-{self._counter:07d}"
            if code in self._dossiers:
                return self.refused(request, 400, f"Hồ sơ {code} đã tồn tại")
            name = str(uuid.uuid5(uuid.NAMESPACE_OID, code))
            self._dossiers[code] = name
        self._log.add("packets", {"service": "NoiHoSo", "maHoSo": code})
        return said(200, "Thành công", {"idHoSo": name, "maHoSo": code})

    def progress(self, request):
        return self.many(request, STEP, "IDHoSo", "CapNhatTienTrinh", lambda _: "")

    def status(self, request):
        def lists(row):
            present = [name for name in ("DanhSachLePhi", "DanhSachGiayToKetQua") if row.get(name)]
            if present and row["TrangThai"] not in WITH_LISTS:
                return f"{present[0]}: chỉ dùng với TrangThai 5, 6, 9"
            return self.unknown_file(row.get("DanhSachGiayToKetQua", []))
        return self.many(request, STATUS, "IdHoSo", "CapNhatTrangThai", lists)

    def many(self, request, schema, identity, service, further):
        """A bare list of rows, all of known dossiers."""
        rows = request.json_value()
        wrong = next(list_of(schema, 1)(rows, "data"), "") or next(filter(None, map(further, rows)), "")
        if wrong:
            return self.refused(request, 400, wrong)
        for row in rows:
            if self._dossiers.get(row["MaHoSo"]) != row[identity]:
                return self.refused(request, 404, f"Không tìm thấy hồ sơ {row['MaHoSo']} có {identity} {row[identity]}")
        self._log.add("packets", {"service": service, "data": rows})
        return said(200, "Thành công")
