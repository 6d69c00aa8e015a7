"""What the portal keeps of dossiers: taken by DongBoHoSoMC, moved on by CapNhatTienDoHoSoMC, found again by TraCuuHoSo.

An answer is for a whole batch and names the first thing that is wrong with it, as the real one does.
"""

import threading
from datetime import datetime

from shape import departure, list_of, record, text, whole, flag

DUPLICATE, NOT_KNOWN, BAD = "duplicate", "not known", "bad"
CODE = r"[0-9A-Z.]+-\d{6}(\d{2})?-\d{4,7}"


def moment(required):
    """A time as yyyyMMddHHmmss; empty where it may be absent."""
    def check(value, place):
        try:
            fits = not required if value == "" else len(value) == 14 and bool(datetime.strptime(value, "%Y%m%d%H%M%S"))
        except (TypeError, ValueError):
            fits = False
        if not fits:
            yield departure(place, value, "a time as yyyyMMddHHmmss" + ("" if required else " or an empty text"))
    return check


def one_of(*words, empty=False):
    return text("|".join((*words, *([""] if empty else []))), "one of " + ", ".join(f'"{word}"' for word in words))


def texts(names, most=None):
    return dict.fromkeys(names.split(), text(most=most))


HELD = {**texts("MaThanhPhanHoSo DuongDanTaiTepTin TepDinhKemId MaKetQuaThayThe"), "TenTepDinhKem": text(most=4000),
        "IsDeleted": one_of("True", "False"), "DuocSoHoa": one_of("0", "1", empty=True),
        "DuocTaiSuDung": one_of("0", "1", "2", empty=True),
        "DuocLayTuKhoDMQG": one_of("0", "1", empty=True)}
FEE = record(texts("TenPhiLePhi MaPhiLePhi HinhThucThu Gia LoaiPhiLePhi"))
OTHER_FILE = record({"TenGiayTo": text(), "SoLuong": whole(0), "LoaiGiayTo": whole(0)})
SUPPLEMENT = record({**texts("NguoiYeuCauBoSung NoiDungBoSung NguoiTiepNhanBoSung ThongTinTiepNhan"), "HoSoBoSungId": whole(),
                     "TrangThaiBoSung": flag,
                     **dict.fromkeys(("NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"), moment(False)),
                     "DanhSachGiayToBoSung": list_of(record({}, more=True)), "DanhSachLePhiBoSung": list_of(FEE)})
RESULT_FILE = record(texts("TenGiayTo MaThanhPhanHoSo GiayToId DuongDanTepTinKetQua MaGiayToKetQua"))
IDENTITY = record({"LoaiDinhDanh": one_of("1", "2"), "SoDinhDanh": text(r"\d{9}|\d{12}", "9 or 12 digits")},
                  ["LoaiDinhDanh", "SoDinhDanh"])
NEEDED = ("MaHoSo MaTTHC TenTTHC MaLinhVuc TenLinhVuc LoaiDoiTuong Email SoDienThoai TrichYeuHoSo NgayTiepNhan NgayHenTra "
          "TrangThaiHoSo HinhThuc DonViXuLy").split()
DOSSIER = record({
    **texts("TenTTHC TenLinhVuc SoBienNhan ChuHoSo SoGiayToChuHoSo MaDoiTuong ThongTinKhac Fax GhiChu ThongTinTra Email"),
    **texts("SoDienThoai"),
    "MaHoSo": text(CODE, "a code as H31.02-251120-0007"), "MaTTHC": text(r"\d\.\d{6}.*", "a code as 1.009901"),
    "MaLinhVuc": text(".+", "a code"),
    "DonViXuLy": text(".+", "a name"), "TrichYeuHoSo": text(most=1000), "KenhThucHien": one_of("1", "2", "3"),
    "LoaiDoiTuong": one_of("1", "2", "3", "4"), "TrangThaiHoSo": one_of(*(str(code) for code in range(11))),
    "HinhThuc": one_of("0", "1"),
    "NgayTiepNhan": moment(True), **dict.fromkeys(("NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi", "NgayNopHoSo"),
                                                  moment(False)),
    "TaiLieuNop": list_of(record(HELD)), "DanhSachLePhi": list_of(FEE), "DanhSachTepDinhKemKhac": list_of(OTHER_FILE),
    "DanhSachHoSoBoSung": list_of(SUPPLEMENT), "DanhSachGiayToKetQua": list_of(RESULT_FILE), "NoiNopHoSo": one_of("1", "2"),
    "HoSoCoThanhPhanSoHoa": one_of("0", "1"), "TaiKhoanDuocXacThucVoiVNeID": one_of("0", "1"),
    "DuocThanhToanTrucTuyen": one_of("0", "1", "2", "3"),
    "DinhDanhCHS": list_of(IDENTITY), "DSKetNoiCSDL": list_of(record({"MaCSDL": text()}, ["MaCSDL"]))}, NEEDED)
STEP = record({**texts("ChucDanh PhongBanXuLy"), "MaHoSo": text(CODE, "a code as H31.02-251120-0007"),
               "NguoiXuLy": text(".{1,50}", "1 to 50 characters"),
               "ThoiDiemXuLy": moment(True), "NoiDungXuLy": text("(?s).+", "a text"),
               "TrangThai": one_of(*(str(code) for code in range(11))),
               "NgayBatDau": moment(False), "NgayKetThucTheoQuyDinh": moment(False)},
              ["MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai"])
FEEDBACK = record({**texts("MaHoSo MaHoSoDonVi MaDoiTuong NoiDung"), "NgayXuLy": moment(False),
                   "TrangThai": one_of(*(str(code) for code in range(12) if code != 3)), "TaiLieuXuLy": list_of(record(HELD))},
                  ["MaHoSo", "TrangThai"])


class Dossiers:
    """Thread-safe; begins with those the portal has from elsewhere, by code."""

    def __init__(self, known, steps_most, partial):
        self._known = dict(known)
        self._steps = {}
        self._steps_most, self._partial = steps_most, partial
        self._lock = threading.Lock()

    def all(self):
        with self._lock:
            return list(self._known.values())

    def find(self, code):
        with self._lock:
            found = self._known.get(code)
            return [{**found, "TienDo": self._steps.get(code, [])}] if found else []

    def synchronise(self, asked):
        """(what is wrong, words): (None, …) when the batch was taken."""
        wrong = list(list_of(DOSSIER, 1)(asked.get("data"), "data"))
        if asked.get("isUpdating") not in ("True", "False"):
            wrong.insert(0, departure("isUpdating", asked.get("isUpdating"), 'one of "True", "False"'))
        if wrong:
            return BAD, wrong[0]
        updating = asked["isUpdating"] == "True"
        with self._lock:
            codes = [dossier["MaHoSo"] for dossier in asked["data"]]
            for at, dossier in enumerate(asked["data"]):
                code = dossier["MaHoSo"]
                if not updating and (code in self._known or code in codes[:at]):
                    return DUPLICATE, f"Hồ sơ {code} đã tồn tại"
                if updating and code not in self._known:
                    return NOT_KNOWN, f"Hồ sơ {code} không tồn tại"
                if self._partial:
                    self._known[code] = {**self._known.get(code, {}), **dossier}
            for dossier in asked["data"]:
                self._known[dossier["MaHoSo"]] = {**self._known.get(dossier["MaHoSo"], {}), **dossier}
        return None, "Đồng bộ thành công"

    def progress(self, asked):
        rows = asked.get("data")
        wrong = list(list_of(STEP, 1)(rows, "data"))
        if not wrong and len(rows) > self._steps_most:
            wrong = [f"data: found {len(rows)} rows, expected at most {self._steps_most}"]
        if wrong:
            return BAD, wrong[0]
        with self._lock:
            for row in rows:
                if row["MaHoSo"] not in self._known:
                    return NOT_KNOWN, f"Hồ sơ {row['MaHoSo']} không tồn tại"
            for row in rows:
                steps = self._steps.setdefault(row["MaHoSo"], [])
                if row not in steps:
                    steps.append(row)
                self._known[row["MaHoSo"]] = {**self._known[row["MaHoSo"]], "TrangThaiHoSo": row["TrangThai"]}
        return None, "Cập nhật tiến độ thành công"

    def feedback(self, asked):
        """The status of a dossier that the portal itself sent: 11 stands for 3. Of others nothing is taken."""
        wrong = list(FEEDBACK(asked.get("data"), "data"))
        if asked.get("type") != "2":
            wrong.insert(0, departure("type", asked.get("type"), '"2"'))
        if wrong:
            return BAD, wrong[0]
        code, state = asked["data"]["MaHoSo"], asked["data"]["TrangThai"]
        with self._lock:
            if self._known.get(code, {}).get("NoiNopHoSo") != "1":
                return NOT_KNOWN, f"Hồ sơ {code} không phải do Cổng gửi"
            self._known[code] = {**self._known[code], "TrangThaiHoSo": "3" if state == "11" else state}
        return None, "Đồng bộ trạng thái thành công"
