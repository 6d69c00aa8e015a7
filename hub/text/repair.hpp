/// Repair: fields of a document in whatever encoding to UTF-8 in NFC, with a report of what each was and became.
///
/// Input must be Vietnamese Unicode by TCVN 6909:2001; what is not is converted and marked, or refused. Thread-safe.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/text/detect.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

/// What became of one field.
struct Repair
{
    Detection detection{};
    std::string original{};            ///< The bytes as they came.
    std::string text{};                ///< UTF-8 in NFC; empty when refused.
    bool converted = false;            ///< The text differs from what came: its encoding was changed, not only its form.
    bool capitals_lost = false;        ///< Capitals came from a font (.VnTimeH) and cannot be told from small letters.
    std::optional<Problem> problem{};  ///< text.encoding_ambiguous or text.encoding_unknown: nothing was converted.
    std::vector<Problem> findings{};   ///< text.encoding_converted, text.capitals_lost.

    [[nodiscard]] bool refused() const { return problem.has_value(); }
};

/// `original` as people can read it: itself where it is UTF-8 without control characters, else its bytes in hexadecimal,
/// "54 E6 6E 67"; cut to 200 bytes.
[[nodiscard]] std::string shown(std::string_view original);

/// What there is to say of a field that was read as `reading` and became `text`, UTF-8 in NFC: text.encoding_converted, and
/// text.capitals_lost. `how` is what stands behind the reading: "certain", "as declared".
[[nodiscard]] std::vector<Problem> findings_of(std::string_view original, std::string_view text, Reading reading, std::string_view how);

/// One field by itself. `repair(utf8_text)` is also for texts whose characters are bytes once misread.
[[nodiscard]] Repair repair(std::string_view field);
/// One field of a document.
[[nodiscard]] Repair repair(std::string_view field, const Neighbours& neighbours);
/// All fields of a document, judged together.
[[nodiscard]] std::vector<Repair> repair(std::span<const std::string_view> fields);

}  // namespace lienthong::text
