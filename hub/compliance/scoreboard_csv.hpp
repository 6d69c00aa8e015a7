/// A scoreboard as CSV (RFC 4180) with Vietnamese headings: the counts, and the obligations behind them.
#pragma once

#include "hub/compliance/scoreboard.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace lienthong::compliance {

/// The name to print for an agency's code; may return the code.
using AgencyName = std::function<std::string(std::string_view code)>;

/// One row an agency and a last one with the sums. Thread-safe as far as `name` is.
[[nodiscard]] std::string scoreboard_csv(const Scoreboard& board, const AgencyName& name);

/// One row an obligation: rule, deadline, status, receipt with its address (receipt_link.hpp, behind `base`) and the event that
/// decided. Thread-safe as far as `name` is.
[[nodiscard]] std::string obligations_csv(const Scoreboard& board, const AgencyName& name, std::string_view base = {});

}  // namespace lienthong::compliance
