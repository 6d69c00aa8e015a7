/// A scoreboard as sheets of typed cells with Vietnamese headings: the counts, and the obligations behind them.
#pragma once

#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_csv.hpp"
#include "hub/model/table.hpp"

#include <string_view>
#include <vector>

namespace lienthong::compliance {

/// Two sheets: the report's title, span, moment and act with one row an agency and the sums; and one row an obligation.
/// `base` leads the links to receipts (receipt_link.hpp); empty: there are none. Thread-safe as far as `name` is.
[[nodiscard]] std::vector<TableSheet> scoreboard_tables(const Scoreboard& board, const Report& report, const AgencyName& name,
                                                        std::string_view base);

}  // namespace lienthong::compliance
