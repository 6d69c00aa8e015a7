/// Remarks: what only a person who knows the subject sees in a row, kept as data beside it; read from remarks.csv.
///
/// That a province reports a national figure, or that two lines count the same thing, stands in no column. A remark quotes
/// the words it is about; once the row says something else, the remark no longer speaks of it, and lint says so. Plain
/// values, never changed once loaded; reading them is thread-safe. Columns: mappings/catalogue/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

enum class RemarkKind : std::uint8_t {
    duplicate,  ///< `others` count the same thing.
    national,   ///< A figure of the country, or of another kind of land, under a province's scope.
    owner,      ///< Another body is the one expected to hold the figure.
    joined,     ///< One line holds what other lists keep apart.
    section,    ///< The group or section it stands in does not fit.
};

struct Remark
{
    std::string subject;  ///< Code of an indicator or a form.
    RemarkKind kind{};
    std::string column;               ///< Which cell the words are from: "name_vi", "agency_raw", "scope_raw" …
    std::string words;                ///< Words of that cell; it must still hold them.
    std::vector<std::string> others;  ///< Codes it is compared with.
    std::string note;                 ///< Ours: why it matters.
    std::string place;                ///< "remarks.csv:12", for messages.
};

/// "duplicate", "national", "owner", "joined", "section".
[[nodiscard]] std::string_view to_text(RemarkKind kind);

}  // namespace lienthong::catalogue
