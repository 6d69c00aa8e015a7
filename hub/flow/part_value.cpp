// Computes the parts of a request.
#include "hub/flow/part_value.hpp"

#include "hub/model/json_text.hpp"
#include "hub/seal/digest.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::flow {
namespace {

using sdk::PartKind;

constexpr char upper_digits[] = "0123456789ABCDEF";
constexpr char lower_digits[] = "0123456789abcdef";

Problem bad_part(std::string detail, std::string found, std::string expected)
{
    return {"request.bad_part", std::move(detail), {}, std::move(found), std::move(expected)};
}

bool is_form_literal(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '*' || c == '-' || c == '.' ||
           c == '_';
}

/// application/x-www-form-urlencoded as the URL standard's serializer writes it.
std::string form_url_of(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_form_literal(c))
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += {'%', upper_digits[byte >> 4U], upper_digits[byte & 15U]};
    }
    return out;
}

/// Each byte in lower-case hex without a leading zero: what Integer.toHexString gives the VXP reference client.
std::string vxp_hex_of(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 16U)
            out += lower_digits[byte >> 4U];
        out += lower_digits[byte & 15U];
    }
    return out;
}

std::size_t replacements(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBF\xBD";
    std::size_t count = 0;
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size()))
        ++count;
    return count;
}

/// A JSON string cannot hold bytes that are not UTF-8; writing something else in their place would send a wrong value.
Result<std::string> json_string_of(const std::string& bytes)
{
    std::string out = json_string(bytes);
    if (replacements(out) != replacements(bytes))
        return bad_part("a JSON string cannot hold bytes that are not UTF-8", "other bytes", "UTF-8");
    return out;
}

/// How many arguments a kind takes; concat takes any number.
std::size_t arity(PartKind kind)
{
    switch (kind) {
        case PartKind::literal:
        case PartKind::secret:
        case PartKind::credential:
        case PartKind::earlier:
            return 0;
        case PartKind::hmac_sha256:
            return 2;
        default:
            return 1;
    }
}

}  // namespace

Result<void> PartEvaluator::define(const std::string& name, const sdk::Part& part)
{
    auto computed = value(part, 1);
    if (!computed)
        return computed.problem();
    if (!earlier_.emplace(name, std::move(*computed)).second)
        return bad_part("the computed part '" + shortened(name) + "' is defined twice", shortened(name), "one part of each name");
    return {};
}

Result<std::string> PartEvaluator::value(const sdk::Part& part, std::size_t depth)
{
    if (depth > most_depth)
        return Problem{"request.too_deep", "a part of the request is nested deeper than 16 levels", {}, "deeper", "16"};
    if (part.kind != PartKind::concat && part.arguments.size() != arity(part.kind))
        return bad_part("a part of the request has the wrong number of arguments", std::to_string(part.arguments.size()),
                        std::to_string(arity(part.kind)));
    auto computed = compute(part, depth);
    if (computed) {
        spent_ += computed->size();
        if (spent_ > most_bytes)
            return Problem{"request.too_large",
                           "the parts of the request come to too many bytes",
                           {},
                           std::to_string(spent_),
                           std::to_string(most_bytes)};
    }
    return computed;
}

Result<std::string> PartEvaluator::compute(const sdk::Part& part, std::size_t depth)
{
    switch (part.kind) {
        case PartKind::literal:
            return part.text;
        case PartKind::secret:
            return look_up(names_.secrets, "secret", part.text);
        case PartKind::credential:
            return look_up(names_.credentials, "credential", part.text);
        case PartKind::earlier:
            return look_up(earlier_, "earlier part", part.text);
        default:
            return of_arguments(part, depth);
    }
}

Result<std::string> PartEvaluator::of_arguments(const sdk::Part& part, std::size_t depth)
{
    std::vector<std::string> of;
    for (const sdk::Part& argument : part.arguments) {
        auto computed = value(argument, depth + 1);
        if (!computed)
            return computed;
        of.push_back(std::move(*computed));
    }
    switch (part.kind) {
        case PartKind::concat: {
            std::string joined;
            for (const std::string& piece : of)
                joined += piece;
            return joined;
        }
        case PartKind::base64:
            return seal::to_base64(of[0]);
        case PartKind::hex:
            return seal::to_hex(of[0]);
        case PartKind::vxp_hex:
            return vxp_hex_of(of[0]);
        case PartKind::form_url:
            return form_url_of(of[0]);
        case PartKind::json_string:
            return json_string_of(of[0]);
        case PartKind::sha256:
            return seal::sha256(of[0]);
        case PartKind::hmac_sha256:
            return seal::hmac_sha256(of[0], of[1]);
        default:
            return bad_part("a part of the request is of no known kind", "unknown kind", "a kind of hub/sdk/part.hpp");
    }
}

Result<std::string> PartEvaluator::look_up(const std::map<std::string, std::string>& table, const char* kind,
                                           const std::string& name) const
{
    const auto it = table.find(name);
    if (it != table.end())
        return it->second;
    std::string known;
    for (const auto& entry : table)
        known += (known.empty() ? "" : ", ") + entry.first;
    return Problem{"request.unknown_name",
                   "the request names the " + std::string(kind) + " '" + shortened(name) + "', which there is not",
                   {},
                   shortened(name),
                   shortened(known.empty() ? "none is set" : known)};
}

}  // namespace lienthong::flow
