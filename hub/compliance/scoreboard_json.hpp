/// A scoreboard as JSON: the counts, and the obligations behind them.
#pragma once

#include "hub/compliance/scoreboard_csv.hpp"
#include "hub/model/json_text.hpp"

#include <cstddef>

namespace lienthong::compliance {

/// Members into an open object: "from" and "to" (first and last day), "as_of", "agencies" (one object each, with its counts) and
/// "total". Thread-safe as far as `name` is.
void write_scoreboard(JsonWriter& out, const Scoreboard& board, const AgencyName& name);

/// One object: obligation, deadline, rule and act, status and what decided it, with "receipt", the path of the submission behind it.
void write_obligation(JsonWriter& out, const ScoreEntry& entry, const AgencyName& name);

/// The rows with most that is missing, late or incomplete, at most `most`; those without any left out. Worst first, then by
/// code. Points into the board.
[[nodiscard]] std::vector<const ScoreRow*> worst_rows(const Scoreboard& board, std::size_t most);

/// One row as an object: "agency", "name", "expected" and a count for each status.
void write_row(JsonWriter& out, const ScoreRow& row, const AgencyName& name);

/// The sums of all rows as an object: "expected" and a count for each status.
void write_total(JsonWriter& out, const Scoreboard& board);

}  // namespace lienthong::compliance
