/// Dossiers: what of a dossier leaves the worker. Pure functions for the connector beside it.
///
/// No name, identity number, contact, remark, file or link to one does: no figure needs them. Of lists that hold such things
/// only marks are kept, which say what figures ask of them.
#pragma once

#include "hub/sdk/json_text.hpp"
#include "hub/sdk/tree.hpp"

#include <string>
#include <string_view>

namespace dvc {

using namespace lienthong::sdk;

inline constexpr std::string_view kept_of_dossier[] = {
    "MaHoSo",       "MaTTHC",          "MaLinhVuc",  "KenhThucHien",         "LoaiDoiTuong",
    "NgayTiepNhan", "NgayHenTra",      "NgayTra",    "NgayKetThucXuLy",      "NgayNopHoSo",
    "NgayTuChoi",   "TrangThaiHoSo",   "HinhThuc",   "MaDonViXuLy",          "DonViXuLy",
    "NoiNopHoSo",   "HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen"};
inline constexpr std::string_view kept_of_supplement[] = {"NgayBoSung", "NgayTiepNhanBoSung", "TrangThaiBoSung",
                                                          "NgayHenTraTruoc", "NgayHenTraMoi"};

/// `,"name":"yes"` where an item of the list says so, `"no"` where none does; nothing where the dossier has no such list.
template <class Says>
std::string mark(std::string_view name, TreeView list, Says says)
{
    if (list.kind() != LIENTHONG_NODE_ARRAY)
        return {};
    bool found = false;
    for (TreeView item = list.first(); item && !found; item = item.next())
        found = says(item);
    return ",\"" + std::string(name) + "\":\"" + (found ? "yes" : "no") + '"';
}

inline bool is_amount(TreeView fee)
{
    return fee.child_any_case("Gia").text().find_first_of("123456789") != std::string_view::npos;
}

/// What lists say without what they hold. A list of fees without a row says nothing, unlike one whose fees are all 0.
inline std::string marks_of(TreeView dossier)
{
    const TreeView fees = dossier.child_any_case("DanhSachLePhi");
    const TreeView papers = dossier.child_any_case("TaiLieuNop");
    const auto papers_say = [&](std::string_view mark_name, std::string_view member) {
        return mark(mark_name, papers, [&](TreeView item) { return item.child_any_case(member).text() == "1"; });
    };
    std::string out = fees.first() ? mark("fee", fees, is_amount) : std::string();
    out += mark("paper_with_file", papers, [](TreeView item) { return !item.child_any_case("DuongDanTaiTepTin").text().empty(); });
    out += papers_say("paper_digitised", "DuocSoHoa");
    out += papers_say("paper_from_repository", "DuocLayTuKhoDMQG");
    out += mark("result_with_file", dossier.child_any_case("DanhSachGiayToKetQua"),
                [](TreeView item) { return !item.child_any_case("DuongDanTepTinKetQua").text().empty(); });
    if (!out.empty())
        out.front() = '{';
    return out.empty() ? out : out + '}';
}

/// The dossier as it may leave the worker.
inline std::string kept_dossier(TreeView dossier)
{
    std::string out = only_members(dossier, kept_of_dossier);
    out.pop_back();
    const auto add = [&](std::string_view name, const std::string& value) {
        out += (out.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + value;
    };
    if (const TreeView rounds = dossier.child_any_case("DanhSachHoSoBoSung"); rounds.kind() == LIENTHONG_NODE_ARRAY) {
        std::string list;
        for (TreeView round = rounds.first(); round; round = round.next())
            list += (list.empty() ? "" : ",") + only_members(round, kept_of_supplement);
        add("DanhSachHoSoBoSung", '[' + list + ']');
    }
    if (const std::string marks = marks_of(dossier); !marks.empty())
        add("marks", marks);
    return out + '}';
}

/// A list of dossiers as it may leave the worker.
inline std::string kept_dossiers(TreeView list)
{
    std::string out;
    for (TreeView dossier = list.first(); dossier; dossier = dossier.next())
        out += (out.empty() ? "[" : ",") + kept_dossier(dossier);
    return out + ']';
}

}  // namespace dvc
