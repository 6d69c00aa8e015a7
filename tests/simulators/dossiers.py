"""Generated dossiers of a one-window system, and the monthly statistics counted from them. Nothing here is a real figure.

The same seed gives the same dossiers in every run; only random() is drawn, whose sequence Python keeps between versions.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

SEED = 20250101
SOURCE = f"sinh tự động, hạt giống {SEED}"
PROVINCE = ("H31", "UBND tỉnh Hưng Yên")
AGENCIES = (("H31.02", "Sở Tài chính"), ("H31.03", "Sở Công Thương"), ("H31.04", "Sở Xây dựng"),
            ("H31.07", "Sở Nông nghiệp và Môi trường"), ("H31.09", "Sở Khoa học và Công nghệ"))
MONTHS = tuple((2024 + month // 12, month % 12 + 1) for month in range(11, 23))  # 2024-12 to 2025-11
END = datetime(2025, 12, 1)


@dataclass(frozen=True)
class Dossier:
    code: str
    number: int
    agency: str
    agency_name: str
    procedure: int
    received: datetime
    due: datetime
    finished: datetime | None
    online: bool

    def is_late(self, at):
        return (self.finished or at) > self.due


def month_bounds(year, month):
    return datetime(year, month, 1), datetime(year + month // 12, month % 12 + 1, 1)


def generate():
    """All dossiers in the order they were received."""
    draw = random.Random(SEED).random
    found, numbers = [], {}
    for year, month in MONTHS:
        first, after = month_bounds(year, month)
        for agency, name in AGENCIES:
            for _ in range(15 + int(draw() * 20)):
                day = first + timedelta(days=int(draw() * (after - first).days))
                received = day + timedelta(hours=7, minutes=30 + int(draw() * 540))
                days = 3 + int(draw() * 18)
                due = day + timedelta(days=days, hours=17)
                late = draw() < 0.06
                finished = due + timedelta(days=1 + int(draw() * 6)) if late else received + (due - received) * (0.3 + 0.6 * draw())
                finished = finished.replace(microsecond=0)
                numbers[agency, day] = numbers.get((agency, day), 0) + 1
                code = f"{agency}-{day:%y%m%d}-{numbers[agency, day]:04d}"
                found.append(Dossier(code, len(found) + 1, agency, name, 1 + int(draw() * 9), received, due,
                                     finished if finished < END else None, draw() < 0.72))
    return sorted(found, key=lambda dossier: (dossier.received, dossier.code))


def payment(dossier):
    """(DuocThanhToanTrucTuyen, the fee): by turns, since nothing is known of how often each occurs."""
    if dossier.number % 7 == 0:
        return "0", "0"
    return ("1" if dossier.online and dossier.number % 3 == 0 else "2" if dossier.number % 11 == 0 else "3"), str(10_000 * dossier.procedure)


def supplements(dossier):
    """How often papers were asked for later: mostly never."""
    return {5: 1, 9: 2}.get(dossier.number % 50, 0)


def as_sent(dossier):
    """A dossier in the portal's own words. The person in it is made up, and marked so that a test finds what of it got where."""
    time = "%Y%m%d%H%M%S"
    finished = dossier.finished.strftime(time) if dossier.finished else ""
    paid, fee = payment(dossier)
    portal = dossier.online and dossier.number % 2 == 0
    person = f"{dossier.number:012d}"
    asked = [{"HoSoBoSungId": 1 + at, "NguoiYeuCauBoSung": f"Cán bộ Giả Lập {dossier.number}", "NoiDungBoSung": "Bổ sung giấy tờ giả lập",
              "NgayBoSung": (dossier.received + timedelta(days=1 + at)).strftime(time), "TrangThaiBoSung": False}
             for at in range(supplements(dossier))]
    return {"MaHoSo": dossier.code, "MaTTHC": f"1.0099{dossier.procedure:02d}", "TenTTHC": f"Thủ tục giả lập {dossier.procedure}",
            "MaLinhVuc": "G99-LV01", "TenLinhVuc": "Lĩnh vực giả lập", "KenhThucHien": "2" if dossier.online else "1",
            "ChuHoSo": f"Người Dân Giả Lập {dossier.number}", "LoaiDoiTuong": "1", "TrichYeuHoSo": "Hồ sơ giả lập",
            "SoGiayToChuHoSo": person, "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": person}],
            "SoDienThoai": f"0900{dossier.number:06d}", "Email": f"nguoi-dan-{dossier.number}@gia-lap.example",
            "NoiNopHoSo": "1" if portal else "2", "HoSoCoThanhPhanSoHoa": str(int(dossier.number % 4 != 0)),
            "TaiKhoanDuocXacThucVoiVNeID": str(int(dossier.online and dossier.number % 5 != 0)), "DuocThanhToanTrucTuyen": paid,
            "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí giả lập", "MaPhiLePhi": "LP01", "HinhThucThu": "1", "Gia": fee, "LoaiPhiLePhi": "1"}],
            "TaiLieuNop": [{"TepDinhKemId": "", "TenTepDinhKem": f"Đơn của Người Dân Giả Lập {dossier.number}.pdf", "IsDeleted": "False",
                            "MaThanhPhanHoSo": "000.00.00.G99-KQ000001", "DuocSoHoa": str(int(dossier.number % 3 != 0)),
                            "DuongDanTaiTepTin": f"https://motcua.tinh-gialap.example/tep/{dossier.number}", "DuocTaiSuDung": "0",
                            "DuocLayTuKhoDMQG": str(int(dossier.number % 6 == 0)), "MaKetQuaThayThe": ""}],
            "DanhSachHoSoBoSung": asked,
            "NgayTiepNhan": dossier.received.strftime(time), "NgayHenTra": dossier.due.strftime(time),
            "TrangThaiHoSo": "10" if dossier.finished else "4", "NgayTra": finished, "HinhThuc": "0", "NgayKetThucXuLy": finished,
            "MaDonViXuLy": dossier.agency, "DonViXuLy": dossier.agency_name, "generated": True, "nguon": SOURCE}


def percent(part, whole):
    return round(100 * part / whole, 2) if whole else 0.0


def statistic(found, year, month, organisation):
    """MStatistic of one organisation and month, its spellings as on the wire; counted, so that its sums hold."""
    first, after = month_bounds(year, month)
    new = [d for d in found if first <= d.received < after]
    before = [d for d in found if d.received < first and not (d.finished and d.finished < first)]
    solved = [d for d in new + before if d.finished and d.finished < after]
    late = [d for d in solved if d.is_late(after)]
    pending = [d for d in new + before if not (d.finished and d.finished < after)]
    overdue = [d for d in pending if d.due < after]
    total = len(new) + len(before)
    return {"Month": month, "Year": year, "IsMonthStatistic": True, "NewReception": len(new), "PreExtisting": len(before), "Total": total,
            "TotalSolved": len(solved), "SolvedInTime": len(solved) - len(late), "SolvedInTimePercent": percent(len(solved) - len(late), len(solved)),
            "SolvedLate": len(late), "SolvedLatePercent": percent(len(late), len(solved)), "TotalPending": len(pending),
            "Pending": len(pending) - len(overdue), "PendingPercent": percent(len(pending) - len(overdue), len(pending)),
            "PendingLate": len(overdue), "PendingLatePercent": percent(len(overdue), len(pending)),
            "OnlinePercent": percent(sum(d.online for d in new), len(new)), "Note": "", "OrganizationInchargeIdlevel1": organisation[0],
            "OrganizationInchargeName": organisation[1], "generated": True, "nguon": SOURCE}


def statistics(found, year, month):
    """One row for each agency, then the province's own."""
    rows = [statistic([d for d in found if d.agency == agency[0]], year, month, agency) for agency in AGENCIES]
    return [*rows, statistic(found, year, month, PROVINCE)]
