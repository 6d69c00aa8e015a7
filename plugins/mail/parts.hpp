/// Parts: a mail cut into the pieces that hold something (RFC 2046). Containers are gone through, forwarded mails too; archives
/// are pieces like any other and are not opened.
///
/// Every byte here is a stranger's. Each container's text is gone through once, line by line; depth, number of pieces and size of
/// headers are bounded, so that the work is bounded by the mail's size.
#pragma once

#include "plugins/mail/header.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

inline constexpr std::size_t deepest = 10;
inline constexpr std::size_t most_pieces = 300;  ///< Containers count.
inline constexpr std::size_t longest_name = 200;

/// Why a mail or a piece of it cannot be taken, in both languages.
struct Reason
{
    std::string_view vietnamese, english;

    [[nodiscard]] std::string text() const { return std::string(vietnamese) + " / " + std::string(english); }
};

struct Piece
{
    std::string name;          ///< UTF-8, without a path; empty when none is said.
    std::string content_type;  ///< Such as "text/csv".
    bool is_attachment = false;
    std::string_view raw;  ///< As it came.
    std::string encoding;
    bool is_cut_off = false;
};

struct CutMail
{
    std::vector<Piece> pieces;
    const Reason* fault = nullptr;
    std::deque<std::string> opened;  ///< Forwarded mails that were wrapped; pieces look into them.
};

inline constexpr Reason too_deep{"Thư lồng quá 10 lớp.", "The mail is nested deeper than 10 levels."};
inline constexpr Reason too_many{"Thư có quá 300 phần.", "The mail has more than 300 parts."};
inline constexpr Reason header_too_large{"Phần đầu của thư hoặc của một phần trong thư lớn hơn 256 KiB.",
                                         "The header of the mail, or of a part of it, is larger than 256 KiB."};
inline constexpr Reason no_boundary{"Thư nhiều phần nhưng không nêu dấu ngăn cách.", "The mail has several parts but names no boundary between them."};
inline constexpr Reason forwarded_damaged{"Thư được chuyển tiếp bên trong bị hỏng mã.", "The mail forwarded inside is damaged in its encoding."};

/// The last component of a name, without control characters, short enough for an id.
inline std::string plain_name(std::string_view name)
{
    const std::size_t slash = name.find_last_of("/\\");
    name = trimmed(name.substr(slash == std::string_view::npos ? 0 : slash + 1));
    std::string out;
    while (!name.empty()) {
        const std::size_t size = std::max<std::size_t>(utf8_size(name), 1);
        if (out.size() + size > longest_name)
            break;
        const auto first = static_cast<unsigned char>(name.front());
        if (first < 0x20U || first == 0x7FU)
            out += ' ';
        else
            out += name.substr(0, size);
        name.remove_prefix(size);
    }
    return out;
}

/// The texts between a container's boundaries; what stands before the first is no part.
struct Between
{
    std::vector<std::string_view> texts;
    bool is_closed = false;
};

inline Between split(std::string_view body, std::string_view boundary, std::size_t most)
{
    Between out;
    const std::string delimiter = "--" + std::string(boundary);
    const char* begin = nullptr;
    std::string_view rest = body;
    while (!rest.empty() && !out.is_closed) {
        const char* const at = rest.data();
        std::string_view line = take_line(rest);
        if (!line.starts_with(delimiter))
            continue;
        line.remove_prefix(delimiter.size());
        const bool closes = line.starts_with("--");
        if (!trimmed(closes ? line.substr(2) : line).empty())
            continue;
        if (begin != nullptr) {
            // The line end in front of a boundary belongs to the boundary.
            std::string_view text(begin, static_cast<std::size_t>(at - begin));
            for (const char end : {'\n', '\r'})
                if (!text.empty() && text.back() == end)
                    text.remove_suffix(1);
            out.texts.push_back(text);
        }
        begin = closes ? nullptr : rest.data();
        out.is_closed = closes;
        if (out.texts.size() > most)
            return out;
    }
    if (begin != nullptr && !out.is_closed)
        out.texts.push_back(body.substr(static_cast<std::size_t>(begin - body.data())));
    return out;
}

class Cutter
{
public:
    explicit Cutter(CutMail& out) : out_(out) {}

    void cut(const Entity& entity, std::size_t depth, bool is_cut_off)
    {
        if (out_.fault != nullptr)
            return;
        if (depth > deepest)
            return fail(too_deep);
        if (++seen_ > most_pieces)
            return fail(too_many);
        const Parameters type = read_parameters(entity.field("content-type"));
        const std::string encoding = encoding_of(entity);
        if (type.value.starts_with("multipart/"))
            return cut_container(entity, type, depth, is_cut_off);
        if (type.value == "message/rfc822" || type.value == "message/global")
            return open(entity, encoding, depth, is_cut_off);
        const Parameters disposition = read_parameters(entity.field("content-disposition"));
        std::string name = text_parameter(disposition, "filename");
        if (name.empty())
            name = text_parameter(type, "name");
        Piece piece;
        piece.name = plain_name(name);
        piece.content_type = type.value.empty() ? "text/plain" : type.value;
        piece.is_attachment = !piece.name.empty() || disposition.value == "attachment";
        piece.raw = entity.body;
        piece.encoding = encoding;
        piece.is_cut_off = is_cut_off;
        out_.pieces.push_back(std::move(piece));
    }

private:
    void fail(const Reason& reason) { out_.fault = &reason; }

    static std::string encoding_of(const Entity& entity)
    {
        const std::string_view field = entity.field("content-transfer-encoding");
        return lower_case(trimmed(field.substr(0, field.find(';'))));
    }

    void cut_text(std::string_view text, std::size_t depth, bool is_cut_off)
    {
        const auto entity = read_entity(text);
        if (!entity)
            return fail(header_too_large);
        cut(*entity, depth, is_cut_off);
    }

    void cut_container(const Entity& entity, const Parameters& type, std::size_t depth, bool is_cut_off)
    {
        const std::string_view boundary = type.find("boundary").value_or(std::string_view());
        if (trimmed(boundary).empty())
            return fail(no_boundary);
        const Between between = split(entity.body, boundary, most_pieces);
        for (std::size_t i = 0; i < between.texts.size(); ++i)
            cut_text(between.texts[i], depth + 1, is_cut_off || (!between.is_closed && i + 1 == between.texts.size()));
    }

    void open(const Entity& entity, const std::string& encoding, std::size_t depth, bool is_cut_off)
    {
        if (encoding != "base64" && encoding != "quoted-printable")
            return cut_text(entity.body, depth + 1, is_cut_off);
        auto bytes = decode_transfer(entity.body, encoding);
        if (!bytes)
            return fail(forwarded_damaged);
        cut_text(out_.opened.emplace_back(std::move(*bytes)), depth + 1, is_cut_off);
    }

    CutMail& out_;
    std::size_t seen_ = 0;
};

inline CutMail cut_mail(const Entity& mail)
{
    CutMail out;
    Cutter(out).cut(mail, 0, false);
    return out;
}

}  // namespace mail
