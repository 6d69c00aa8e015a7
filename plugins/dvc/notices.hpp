/// Notices: what the national portal sends inward, and what it is answered. Pure functions for the connector beside it.
///
/// Only what figures need leaves the worker: of a promotion notice the members named below; of the two bodies nobody has
/// published the shape, with the values of a few members, unless the settings ask for the whole.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_message.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/words.hpp"

#include <algorithm>
#include <array>

namespace dvc {

using namespace lienthong::sdk;

inline constexpr std::string_view promotion = "addtthcKhuyenMai", national_dossier = "nhanhsdvcqg", tax = "nhantbthuedvcqg";
inline constexpr std::size_t longest_code = 200;  ///< Bytes; real ones have some 30.

inline Response reply_of(int code, const std::string& message)
{
    return {200, "application/json", "{\"error_code\":" + std::to_string(code) + ",\"message\":" + json_quoted(message) + '}'};
}

inline std::vector<Route> notice_routes()
{
    std::vector<Route> routes;
    for (const std::string_view name : {promotion, national_dossier, tax}) {
        Route route;
        route.name = name;
        route.method = "POST";
        route.path = '/' + std::string(name);
        route.fallback = reply_of(-1, "chưa ghi nhận được, đề nghị gửi lại");
        routes.push_back(std::move(route));
    }
    return routes;
}

inline Step put_aside(std::string why, std::string bytes, std::string context)
{
    Step step;
    step.set_aside.push_back({{}, std::move(why), std::move(bytes), std::move(context)});
    return step;
}

inline Step promotion_notice(const InboundRequest& request)
{
    const TreeView notice = request.document;
    std::string kept = "{\"route\":" + json_quoted(request.route) + ",\"notice\":" +
                       only_members(notice, {"MaHoSo", "MaTTHC", "NgayNopHoSo", "HinhThucKhuyenMai", "ThoiGianKhuyenMaiTu",
                                             "ThoiGianKhuyenMaiDen", "TongGiaTriHangHoa"});
    if (const TreeView address = notice.child_any_case("DiaChiDoanhNghiep"))
        kept.insert(kept.size() - 1, ",\"DiaChiDoanhNghiep\":" + only_members(address, {"MaTinh", "MaHuyen", "MaXa"}));
    kept += '}';
    for (const std::string_view needed : {"MaHoSo", "MaSoThue", "MaTTHC", "TenThuongNhan"})
        if (const std::string_view text = notice.child_any_case(needed).text(); text.empty() || text.size() > longest_code * 5)
            return put_aside("the notice has no " + std::string(needed) + " that could be one", kept,
                             "incomplete " + std::string(needed));
    const std::string code(notice.child_any_case("MaHoSo").text());
    if (code.size() > longest_code)
        return put_aside("MaHoSo is longer than any dossier's code", kept, "incomplete MaHoSo");
    Step step;
    Payload payload = json_message(request.route + '/' + code, std::move(kept));
    payload.context = "notice " + code;
    step.payloads.push_back(std::move(payload));
    return step;
}

inline bool is_known(std::string_view name)
{
    constexpr std::array<std::string_view, 14> known = {
        "mahoso",     "matthc",          "malinhvuc", "kenhthuchien",  "loaidoituong", "ngaytiepnhan", "ngayhentra",
        "ngaynophoso", "ngayketthucxuly", "ngaytra",   "trangthaihoso", "madonvi",      "madonvixuly",  "maketqua"};
    std::string lower(name);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return std::find(known.begin(), known.end(), lower) != known.end();
}

/// The names and kinds of everything, and the values of known members only.
inline std::string shape_of(TreeView node)
{
    const bool object = node.kind() == LIENTHONG_NODE_OBJECT;
    if (object || node.kind() == LIENTHONG_NODE_ARRAY) {
        std::string out(1, object ? '{' : '[');
        for (TreeView at = node.first(); at; at = at.next())
            out += (out.size() > 1 ? "," : "") + (object ? json_quoted(at.name()) + ':' : std::string()) + shape_of(at);
        return out + (object ? '}' : ']');
    }
    if (is_known(node.name()) || node.kind() == LIENTHONG_NODE_NULL)
        return std::string(node.source());
    if (node.kind() == LIENTHONG_NODE_TEXT)
        return "\"(text)\"";
    return node.kind() == LIENTHONG_NODE_NUMBER ? "\"(number)\"" : "\"(boolean)\"";
}

/// The first MaHoSo anywhere in the document; empty where there is none.
inline std::string_view code_in(TreeView node)
{
    const std::string_view own = node.child_any_case("MaHoSo").text();
    if (!own.empty())
        return own;
    for (TreeView at = node.first(); at; at = at.next())
        if (const std::string_view code = code_in(at); !code.empty())
            return code;
    return {};
}

inline Step unpublished_notice(const InboundRequest& request, bool whole)
{
    const std::string_view found = code_in(request.document);
    const std::string code(found.size() > longest_code ? std::string_view() : found);
    Step step;
    Payload payload;
    // A dossier is received once; of tax notices one dossier may have several.
    if (request.route == national_dossier && !code.empty())
        payload.source_id = request.route + '/' + code;
    payload.content_type = "application/json";
    payload.bytes = "{\"route\":" + json_quoted(request.route) + ",\"_gia_dinh\":\"nội dung gói tin chưa được công bố\"";
    payload.bytes += ",\"fingerprint\":\"" + fingerprint(request.body) + "\",\"body\":";
    payload.bytes += (whole ? std::string(request.document.source()) : shape_of(request.document)) + '}';
    payload.context = "notice " + (code.empty() ? request.route : code);
    step.payloads.push_back(std::move(payload));
    return step;
}

inline Step notice(const InboundRequest& request, bool whole)
{
    const lienthong_node_kind kind = request.document.kind();
    if (kind != LIENTHONG_NODE_OBJECT && (kind != LIENTHONG_NODE_ARRAY || request.route == promotion))
        return put_aside(request.unreadable.empty() ? "the body is no JSON object"
                                                    : "the body is not JSON: " + excerpt(request.unreadable),
                         outline_of(request.route, request.body), "unreadable");
    return request.route == promotion ? promotion_notice(request) : unpublished_notice(request, whole);
}

/// What the portal hears once the notice is on disk.
inline Step notice_reply(std::string_view context, Arrived arrived)
{
    Words words(context);
    const std::string_view kind = words.next();
    const std::string what(words.rest());
    Step step;
    if (kind == "notice" && arrived == Arrived::fresh)
        step.response = reply_of(0, what + "| create dossier success");
    else if (kind == "notice")
        step.response = reply_of(1, what + "| đã được tiếp nhận trước đó" + (arrived == Arrived::conflict ? " với nội dung khác" : ""));
    else if (kind == "incomplete")
        step.response = reply_of(-1, "thiếu hoặc sai trường bắt buộc " + what);
    else if (kind == "unreadable")
        step.response = Response{500, "text/plain; charset=utf-8", "nội dung không phải JSON"};
    return step;
}

}  // namespace dvc
