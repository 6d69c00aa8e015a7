"""What the national side hands down: regimes, forms, periods, indicators, groups, breakdowns; all invented."""

from datetime import date, datetime, timedelta

import figures

# Regime, its name, kind of period, days after its end until the report is due, form, outline form.
REGIMES = (("CD-KTXH-THANG", "Báo cáo kinh tế - xã hội tháng (giả lập)", "THANG", 5, "BM-KTXH-01", "DC-KTXH-01"),
           ("CD-KTXH-QUY", "Báo cáo kinh tế - xã hội quý (giả lập)", "QUY", 10, "BM-KTXH-02", "DC-KTXH-02"),
           ("CD-KTXH-NAM", "Báo cáo kinh tế - xã hội năm (giả lập)", "NAM", 30, "BM-KTXH-03", "DC-KTXH-03"),
           ("CD-DEMO-01", "Báo cáo thu chi ngân sách tháng (trình diễn)", "THANG", 20, "BM-DEMO-01", "DC-DEMO-01"))
# Forms whose lines are these and not all indicators.
FORM_LINES = {"BM-DEMO-01": ("A_II_1", "A_II_2")}
VERSION = "1"
GROUPS = {"CPI": "Giá", "VANG": "Giá", "USD": "Giá", "IIP": "Công nghiệp", "GRDP": "Tăng trưởng"}
SECTIONS = (("1", "Kết quả chủ yếu"), ("2", "Khó khăn, vướng mắc"), ("3", "Nhiệm vụ kỳ tới"))
BREAKDOWNS = (("KHU_VUC", "NLTS", "Nông, lâm nghiệp và thủy sản"), ("KHU_VUC", "CNXD", "Công nghiệp và xây dựng"),
              ("KHU_VUC", "DV", "Dịch vụ"))
YEARS = (2024, 2025, 2026)


def group_of(code):
    return code.split("_")[1]


def days_of(period):
    """(first day, last day) of 2025, 20253 (a quarter) or 202503; None for periods no regime has."""
    if not period.isdigit() or len(period) not in (4, 5, 6):
        return None
    year, part = int(period[:4]), int(period[4:] or 1)
    months = {4: 12, 5: 3, 6: 1}[len(period)]
    first = (part - 1) * months + 1
    if not 1 <= first <= 12:
        return None
    after = first + months
    return date(year, first, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)


def kind_of(period):
    return {4: "NAM", 5: "QUY", 6: "THANG"}.get(len(period), "")


def due(regime, period):
    """The last moment a regime's report of a period is in time; None when it has no such period."""
    found = next((row for row in REGIMES if row[0] == regime and row[2] == kind_of(period)), None)
    days = days_of(period)
    if not found or not days:
        return None
    return datetime.combine(days[1] + timedelta(days=found[3]), datetime.max.time()).replace(microsecond=0)


def periods():
    for year in YEARS:
        names = {f"{year}{month:02d}": f"Tháng {month} năm {year}" for month in range(1, 13)}
        names |= {f"{year}{quarter}": f"Quý {quarter} năm {year}" for quarter in range(1, 5)} | {f"{year}": f"Năm {year}"}
        for code, name in names.items():
            first, last = days_of(code)
            yield {"maKyBaoCao": code, "tenKy": name, "loaiKy": kind_of(code), "tuNgay": f"{first}", "denNgay": f"{last}"}


def indicators():
    known = {figure.code: figure for figure in figures.load("nrs")}
    return [{"maChiTieu": code, "tenChiTieu": figure.name, "donViTinh": figure.unit, "maNhom": group_of(code), "kieuDuLieu": "SO"}
            for code, figure in sorted(known.items())]


def lines_of(form):
    """The indicators a form asks for."""
    return FORM_LINES.get(form) or tuple(row["maChiTieu"] for row in indicators())


def form_rows():
    return [{"maBieuMau": form, "tenBieuMau": f"Biểu số liệu: {name}", "phienBan": VERSION, "maCheDoBaoCao": regime, "tanSuat": period,
             "danhSachChiTieu": [{"maChiTieu": code} for code in lines_of(form)]}
            for regime, name, period, _, form, _ in REGIMES]


def rows_of(kind):
    """The rows of one catalogue kind; None for kinds that are not handed down."""
    makers = {
        "CHE_DO_BAO_CAO": lambda: [{"maCheDoBaoCao": code, "tenCheDo": name, "loaiKy": period, "hanNopNgay": str(days)}
                                   for code, name, period, days, _, _ in REGIMES],
        "BIEU_MAU_BAO_CAO": form_rows,
        "BIEU_MAU_DE_CUONG": lambda: [{"maDeCuong": outline, "tenDeCuong": f"Đề cương: {name}", "phienBan": VERSION,
                                       "maCheDoBaoCao": regime, "tanSuat": period,
                                       "cacMuc": [{"muc": number, "tieuDe": title} for number, title in SECTIONS]}
                                      for regime, name, period, _, _, outline in REGIMES],
        "DANH_MUC_KY_BAO_CAO": lambda: list(periods()),
        "DANH_MUC_CHI_TIEU": indicators,
        "BO_CHI_SO": lambda: [{"maBoChiSo": "IOC", "tenBoChiSo": "Bộ chỉ số điều hành (giả lập)",
                                "danhSachChiSo": [{"maChiSo": row["maChiTieu"]} for row in indicators()]}],
        "DANH_MUC_NHOM_CHI_SO": lambda: [{"maNhom": code, "tenNhom": name} for code, name in GROUPS.items()],
        "DANH_MUC_PHAN_TO": lambda: [{"maChieu": dimension, "maPhanTo": code, "tenPhanTo": name} for dimension, code, name in BREAKDOWNS],
    }
    return makers[kind]() if kind in makers else None
