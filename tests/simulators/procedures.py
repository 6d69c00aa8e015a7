"""Catalogues of the portal: agencies, fields, procedures, short lists. Keys in capitals, every leaf a text; all is invented."""

import dossiers

FIELDS = {"G99-LV01": "Lĩnh vực giả lập"}
WORKING_DAYS = (3, 5, 7, 10, 10, 12, 15, 15, 20)
COUNT = len(WORKING_DAYS)
# Only the names of these services are known; MA and TEN are assumed.
SHORT = {
    "LayDanhMucGioiTinh": (("1", "Nam"), ("2", "Nữ"), ("3", "Khác")),
    "LayDanhMucDoiTuong": (("1", "Công dân"), ("2", "Doanh nghiệp"), ("3", "Cơ quan nhà nước"), ("4", "Khác")),
    "LayDanhMucCapThucHien": (("1", "Cấp Bộ"), ("2", "Cấp Tỉnh"), ("3", "Cấp Huyện"), ("4", "Cấp Xã")),
    "LayDanhMucTinhTrangHonNhan": (("1", "Chưa kết hôn"), ("2", "Đã kết hôn")),
    "LayDanhMucTinhThanh": (("33", "Hưng Yên"),),
    "LayDanhMucQuocGia": (("VN", "Việt Nam"),),
    "LayDanhMucDanToc": (("01", "Kinh"), ("02", "Tày")),
    "LayDanhMucTonGiao": (("00", "Không"), ("01", "Phật giáo")),
}


def code_of(number):
    return f"1.0099{number:02d}"


def number_of(code):
    """The procedure a code means, localised ones by their beginning ("1.009901.H31"); None for others."""
    return next((number for number in range(1, COUNT + 1) if code == code_of(number) or code.startswith(code_of(number) + ".")),
                None)


def agencies():
    rows = [{"MADONVI": dossiers.PROVINCE[0], "TENDONVI": dossiers.PROVINCE[1], "CAPDONVI": "1"}]
    return rows + [{"MADONVI": code, "TENDONVI": name, "CAPDONVI": "2"} for code, name in dossiers.AGENCIES]


def procedure(number):
    """One procedure with the time it may take, in working days."""
    code, unit = code_of(number), dossiers.AGENCIES[number % len(dossiers.AGENCIES)]
    fee = {"MAPHILEPHI": f"PLP{number:02d}", "SOTIEN": str(10_000 * number), "DONVI": "Đồng", "MOTA": "", "TENTEP": "", "URL": ""}
    ways = [{"KENH": way, "THOIGIAN": [{"THOIGIANGIAIQUYET": str(WORKING_DAYS[number - 1]), "DONVITINH": "Ngày làm việc",
                                        "MOTA": "", "PHILEPHI": [fee]}]}
            for way in ("1", "2", "3")]
    paper = {"MAGIAYTO": f"000.00.00.G99-KQ{number:06d}", "TENGIAYTO": "Đơn đề nghị", "MA_KQ_THAYTHE": "", "SOBANCHINH": "1",
             "SOBANSAO": "0",
             "TENMAUDON": "", "URL": ""}
    return {
        "ID": str(number), "MATTHC": code, "TENTTHC": f"Thủ tục giả lập {number}", "MACOQUANCONGBO": dossiers.PROVINCE[0],
        "LOAITTHC": "0", "MOTA": "",
        "MOTADOITUONGTHUCHIEN": "", "MOTACOQUANTHUCHIEN": "", "MOTACOQUANTHAMQUYEN": "", "DIACHITIEPNHAN": "",
        "QUYETDINH": "1/QĐ-UBND",
        "IDQUYETDINHCONGBO": "1", "YEUCAU": "", "TUKHOA": "", "TRANGTHAI": "1",
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ"}, {"TENTRINHTU": "Nhận kết quả"}]}],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "2", "TENCAP": "Cấp Tỉnh"}],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": field, "TENLINHVUC": name} for field, name in FIELDS.items()],
        "CACHTHUCTHUCHIEN": ways, "DOITUONGTHUCHIEN": [{"MADOITUONG": "1", "TENDOITUONG": "Công dân"}],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [paper]}],
        "KETQUATHUCHIEN": [{"MAKETQUA": f"KQ.H31.{number:06d}", "TENKETQUA": "Kết quả giả lập", "TENTEP": "", "URL": ""}],
        "CANCUPHAPLY": [{"SOVANBAN": "1/2025/NĐ-CP", "TENVANBAN": "Nghị định giả lập", "COQUANBANHANH": "", "NGAYBANHANH": "",
                         "NGAYHIEULUC": "",
                         "DIACHITRUYCAP": ""}],
        "TTHCLIENQUAN": [], "TTHCLIENTHONG": [], "COQUANTHUCHIEN": [{"MADONVI": unit[0], "TENDONVI": unit[1]}],
        "COQUANCOTHAMQUYEN": [],
        "COQUANDUOCUYQUYEN": [], "COQUANPHOIHOP": []}


def catalogue(service):
    """The rows of a catalogue service; None when it is none."""
    if service == "LayDanhMucCoQuan":
        return agencies()
    if service == "LayDanhMucLinhVuc":
        return [{"MALINHVUC": code, "TENLINHVUC": name, "MANGANH": "G99"} for code, name in FIELDS.items()]
    if service == "LayDanhSachTTHC":
        return [{"MATTHC": code_of(number), "TENTTHC": f"Thủ tục giả lập {number}"} for number in range(1, COUNT + 1)]
    if service in SHORT:
        return [{"MA": code, "TEN": name} for code, name in SHORT[service]]
    return None
