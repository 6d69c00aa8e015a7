# HỒ SƠ GIẢ ĐỊNH. Tên phần tử, mã và trạng thái dưới đây do chúng tôi đặt, chưa đối chiếu với QCVN 125:2021/BTTTT; không tuyên bố phù hợp.
# ASSUMED PROFILE. QCVN 125:2021/BTTTT fixes the kinds of packets; its element names were not obtainable, so all names below are ours.
# Conformity with the regulation is NOT claimed. Replace this file when its text is at hand; nothing else has to change.
#
# One fact a line, `key = value`, because a connector ships no parser and a person finds a fault by its line. `#` begins a remark.
#   kind.<kind>            = the word for that kind of packet : in, out or both
#   <kind>.<field>         = where it stands in a packet : type : required      (type and `required` may be left out)
#   <kind>.rows            = where the list stands; <kind>.row.<field> are places within one of its rows
#   receipt.<field>, answer.<field>, status.<word>, submission.<word>, period.<kind>, day, moment, send, find, pull
# A place is a/b for b within a; in what we read also a/*/b for every b, joined by ";". Types: text, period, day, moment, status, submission.

profile = qcvn125-gia-dinh
standing = assumed
notice = _gia_dinh : tên trường chưa đối chiếu QCVN 125:2021/BTTTT

# Addresses below push_path; what stands in braces is filled in. The regulation leaves the transport open.
send = /goi-tin
find = /goi-tin/{id}
pull = /danh-muc/{kind}?tuNgay={since}&trang={page}

# How days, moments and reporting periods are written. Half-years and nine months have no confirmed code.
day = yyyy-MM-dd
moment = yyyy-MM-dd HH:mm:ss
period.month = yyyyMM
period.quarter = yyyyq
period.half = yyyySh
period.nine_months = yyyyM9
period.year = yyyy

# Words for what has become of a report or a packet. Several words for one thing are parted by commas; the first is the one we write.
status.draft = NHAP
status.waiting = CHO_DUYET
status.submitted = DA_NOP
status.approved = DA_DUYET
status.returned = TRA_LAI
status.late = NOP_MUON
status.cancelled = HUY
status.received = DA_NHAN
status.duplicate = DA_CO
status.missing = KHONG_TIM_THAY
submission.first = GUI_MOI
submission.again = GUI_LAI

# What the partner answers to a packet, and to the question what became of one.
receipt.packet = maGoiTin
receipt.status = trangThai
receipt.number = maBienNhan
receipt.reason = lyDo
receipt.earlier = maGoiTinDaCo
# Why it was sent back, item by item: the list, and in one of it which item and why. The same stands in a row of a report's status.
receipt.items = chiTiet
receipt.item = maChiTieu
receipt.item_reason = lyDo
# What it answers when it is asked for a kind: the page after this one, and the kind it believes to answer.
answer.kind = loaiGoiTin
answer.next = trangSau

# 1. Chế độ báo cáo
kind.regimes = CHE_DO_BAO_CAO : in
regimes.rows = duLieu
regimes.row.code = maCheDoBaoCao : text : required
regimes.row.name = tenCheDo
regimes.row.act = vanBanQuyDinh
regimes.row.frequency = loaiKy
regimes.row.valid_from = hieuLucTu : day
regimes.row.valid_to = hieuLucDen : day

# 2. Biểu mẫu báo cáo
kind.forms = BIEU_MAU_BAO_CAO : in
forms.rows = duLieu
forms.row.code = maBieuMau : text : required
forms.row.name = tenBieuMau
forms.row.version = phienBan
forms.row.regime = maCheDoBaoCao
forms.row.frequency = tanSuat
forms.row.agency = maDonVi
forms.row.indicators = danhSachChiTieu/*/maChiTieu
forms.row.act = vanBanQuyDinh
forms.row.valid_from = hieuLucTu : day
forms.row.valid_to = hieuLucDen : day

# 3. Biểu mẫu báo cáo đề cương
kind.outline_forms = BIEU_MAU_DE_CUONG : in
outline_forms.rows = duLieu
outline_forms.row.code = maDeCuong : text : required
outline_forms.row.name = tenDeCuong
outline_forms.row.version = phienBan
outline_forms.row.regime = maCheDoBaoCao
outline_forms.row.frequency = tanSuat
outline_forms.row.agency = maDonVi
outline_forms.row.sections = cacMuc/*/tieuDe
outline_forms.row.act = vanBanQuyDinh
outline_forms.row.valid_from = hieuLucTu : day
outline_forms.row.valid_to = hieuLucDen : day

# 4. Số liệu báo cáo
kind.figures = SO_LIEU_BAO_CAO : out
figures.kind = loaiGoiTin : text : required
figures.id = maGoiTin : text : required
figures.sender = maDonViGui : text : required
figures.receiver = maDonViNhan : text : required
figures.time = thoiGianGui : moment : required
figures.submission = hinhThucGui : submission
figures.replaces = maGoiTinThayThe
figures.regime = maCheDoBaoCao : text : required
figures.form = maBieuMau : text : required
figures.form_version = phienBanBieuMau
figures.period = maKyBaoCao : period : required
figures.agency = maDonViBaoCao : text : required
figures.rows = duLieu
figures.row.indicator = maChiTieu : text : required
figures.row.measure = maBieuThi
figures.row.area = maDiaBan
figures.row.breakdown = maPhanTo : text : required
figures.row.value = giaTri
figures.row.unit = donViTinh
figures.row.vintage = tinhTrang
figures.row.note = ghiChu

# 5. Số liệu báo cáo danh sách
kind.list_figures = SO_LIEU_DANH_SACH : out
list_figures.kind = loaiGoiTin : text : required
list_figures.id = maGoiTin : text : required
list_figures.sender = maDonViGui : text : required
list_figures.receiver = maDonViNhan : text : required
list_figures.time = thoiGianGui : moment : required
list_figures.submission = hinhThucGui : submission
list_figures.replaces = maGoiTinThayThe
list_figures.regime = maCheDoBaoCao : text : required
list_figures.form = maBieuMau : text : required
list_figures.form_version = phienBanBieuMau
list_figures.period = maKyBaoCao : period : required
list_figures.agency = maDonViBaoCao : text : required
list_figures.rows = duLieu
list_figures.row.row = dong : text : required
list_figures.row.column = cot : text : required
list_figures.row.value = giaTri
list_figures.row.unit = donViTinh
list_figures.row.note = ghiChu

# 6. Gửi đề cương báo cáo
kind.outline_reports = DE_CUONG_BAO_CAO : out
outline_reports.kind = loaiGoiTin : text : required
outline_reports.id = maGoiTin : text : required
outline_reports.sender = maDonViGui : text : required
outline_reports.receiver = maDonViNhan : text : required
outline_reports.time = thoiGianGui : moment : required
outline_reports.submission = hinhThucGui : submission
outline_reports.replaces = maGoiTinThayThe
outline_reports.regime = maCheDoBaoCao : text : required
outline_reports.form = maDeCuong : text : required
outline_reports.form_version = phienBanDeCuong
outline_reports.period = maKyBaoCao : period : required
outline_reports.agency = maDonViBaoCao : text : required
outline_reports.title = tenBaoCao
outline_reports.rows = noiDung
outline_reports.row.section = muc : text : required
outline_reports.row.text = vanBan : text : required

# 7. Trạng thái báo cáo
kind.report_status = TRANG_THAI_BAO_CAO : both
report_status.kind = loaiGoiTin : text : required
report_status.id = maGoiTin : text : required
report_status.sender = maDonViGui : text : required
report_status.receiver = maDonViNhan : text : required
report_status.time = thoiGianGui : moment : required
report_status.rows = duLieu
report_status.row.packet = maGoiTinGoc
report_status.row.regime = maCheDoBaoCao
report_status.row.form = maBieuMau
report_status.row.period = maKyBaoCao : period
report_status.row.agency = maDonViBaoCao
report_status.row.status = trangThai : status : required
report_status.row.reason = lyDo
report_status.row.time = thoiGian : moment : required

# 8. Danh mục kỳ báo cáo
kind.periods = DANH_MUC_KY_BAO_CAO : in
periods.rows = duLieu
periods.row.code = maKyBaoCao : text : required
periods.row.name = tenKy
periods.row.frequency = loaiKy
periods.row.from = tuNgay : day
periods.row.until = denNgay : day
periods.row.deadline = hanGui : day

# 9. Danh mục chỉ tiêu báo cáo
kind.indicators = DANH_MUC_CHI_TIEU : in
indicators.rows = duLieu
indicators.row.code = maChiTieu : text : required
indicators.row.name = tenChiTieu
indicators.row.group = maNhom
indicators.row.parent = maChiTieuCha
indicators.row.unit = donViTinh
indicators.row.frequency = tanSuat
indicators.row.breakdowns = phanTo/*/maChieu
indicators.row.agency = maDonVi
indicators.row.method = phuongPhap
indicators.row.act = vanBanQuyDinh
indicators.row.valid_from = hieuLucTu : day
indicators.row.valid_to = hieuLucDen : day

# 10. Bộ chỉ số (KPI)
kind.kpi_sets = BO_CHI_SO : in
kpi_sets.rows = duLieu
kpi_sets.row.code = maBoChiSo : text : required
kpi_sets.row.name = tenBoChiSo
kpi_sets.row.indicators = danhSachChiSo/*/maChiSo
kpi_sets.row.act = vanBanQuyDinh
kpi_sets.row.valid_from = hieuLucTu : day
kpi_sets.row.valid_to = hieuLucDen : day

# 11. Danh mục nhóm chỉ số
kind.indicator_groups = DANH_MUC_NHOM_CHI_SO : in
indicator_groups.rows = duLieu
indicator_groups.row.code = maNhom : text : required
indicator_groups.row.name = tenNhom
indicator_groups.row.parent = maNhomCha

# 12. Danh mục phân tổ chỉ số
kind.breakdowns = DANH_MUC_PHAN_TO : in
breakdowns.rows = duLieu
breakdowns.row.dimension = maChieu : text : required
breakdowns.row.code = maPhanTo : text : required
breakdowns.row.name = tenPhanTo
breakdowns.row.act = vanBanQuyDinh

# 13. Dữ liệu chỉ số (KPI). Its figures may be of several periods, so the period stands in each row.
kind.kpi_data = DU_LIEU_CHI_SO : out
kpi_data.kind = loaiGoiTin : text : required
kpi_data.id = maGoiTin : text : required
kpi_data.sender = maDonViGui : text : required
kpi_data.receiver = maDonViNhan : text : required
kpi_data.time = thoiGianGui : moment : required
kpi_data.submission = hinhThucGui : submission
kpi_data.replaces = maGoiTinThayThe
kpi_data.rows = duLieu
kpi_data.row.indicator = maChiTieu : text : required
kpi_data.row.measure = maBieuThi
kpi_data.row.period = maKyBaoCao : period : required
kpi_data.row.area = maDiaBan
kpi_data.row.breakdown = maPhanTo : text : required
kpi_data.row.agency = maCoQuan
kpi_data.row.value = giaTri
kpi_data.row.unit = donViTinh
kpi_data.row.vintage = tinhTrang
kpi_data.row.note = ghiChu

# Nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao: no kind of QCVN 125, but of the Government's tracking system.
kind.tasks = NHIEM_VU : in
tasks.rows = duLieu
tasks.row.code = maNhiemVu : text : required
tasks.row.name = noiDung
tasks.row.document = soKyHieu
tasks.row.giver = coQuanGiao
tasks.row.agency = donViThucHien : text : required
tasks.row.assigned = ngayGiao : day : required
tasks.row.due = hanXuLy : day
tasks.row.finished = ngayHoanThanh : day
tasks.row.status = trangThai
