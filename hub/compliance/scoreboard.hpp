/// Scoreboards: how each agency stands with what it owes, with the obligations and receipts behind every number.
#pragma once

#include "hub/compliance/status.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace lienthong::compliance {

/// [from, to): whole days in Việt Nam.
struct Span
{
    Day from{};
    Day to{};
    [[nodiscard]] bool holds(Day day) const { return !(day < from) && day < to; }
    friend bool operator==(const Span&, const Span&) = default;
};

struct ScoreEntry
{
    Obligation obligation;
    Outcome outcome;
};

struct ScoreRow
{
    std::string agency;               ///< Canonical code.
    std::vector<ScoreEntry> entries;  ///< By deadline, then id. As many as `expected`.
    std::array<std::size_t, status_count> counts{};

    /// The sum of all counts.
    [[nodiscard]] std::size_t expected() const { return entries.size(); }
    [[nodiscard]] std::size_t operator[](Status status) const { return counts[static_cast<std::size_t>(status)]; }
};

struct Scoreboard
{
    Span span{};
    Time as_of{};
    std::vector<ScoreRow> rows;  ///< By agency code; only agencies that owe something in the span.

    [[nodiscard]] const ScoreRow* row(std::string_view agency) const;
};

/// All obligations whose own deadline lies in the span, as they stand at `now`. An extension does not move an obligation
/// into another span, so that no report of a month loses one it had. Pure and thread-safe.
[[nodiscard]] Scoreboard scoreboard(std::span<const Obligation> obligations, std::span<const Event> events, Time now, Span span);

}  // namespace lienthong::compliance
