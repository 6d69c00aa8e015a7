/// Receipts that another system recorded before, as a table, to be taken over: a province changes its system in the middle
/// of a year, and the year is scored as a whole (Sóc Trăng's regulation 17.4).
///
/// CSV of RFC 4180 with a header row, columns in any order: `form`, `period`, `agency` (the obligation), `received` (when the
/// other system had it, RFC 3339), `submission` (its name there), `lacking` (parts still missing, joined by ';'; the column
/// may be absent).
#pragma once

#include "hub/compliance/event.hpp"
#include "hub/model/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compliance {

/// Who vouches for the list.
struct TakenOver
{
    Time at{};        ///< Now.
    std::string who;  ///< Not empty.
    std::string act;  ///< The minutes or letter it was handed over with. Not empty.
};

struct ReceiptList
{
    std::vector<Event> fresh;     ///< One for each row that says something new, in the order of the list.
    std::size_t known = 0;        ///< Rows already among the events kept.
    std::vector<Problem> refused; ///< Place file:line:column. A list with one is not to be kept.
};

/// Reads the list against the obligations of one set and the events kept already. Thread-safe.
/// Refuses with: catalogue.csv, compliance.receipt (a column, moment or cell), period.*, compliance.no_obligation.
[[nodiscard]] ReceiptList receipts_from(const catalogue::Catalogue& catalogue, std::string_view set, std::string_view csv,
                                        const std::string& file, std::span<const Event> kept, const TakenOver& from);

}  // namespace lienthong::compliance
