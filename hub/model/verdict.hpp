/// Verdict: what became of one record, and the states a record can be in.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/problem.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong {

/// Each record is in exactly one of these, and received is their sum.
enum class RecordState : std::uint8_t { stored, unchanged, refused, returned, closed, waiting };
inline constexpr std::size_t record_state_count = 6;
[[nodiscard]] std::string_view to_text(RecordState state);

/// How many records stand in each state. `received` is counted apart, so that the sum can be checked.
struct Tally
{
    std::int64_t messages = 0;  ///< Messages these records came in.
    std::int64_t received = 0;
    std::array<std::int64_t, record_state_count> in_state{};

    [[nodiscard]] std::int64_t operator[](RecordState state) const { return in_state[static_cast<std::size_t>(state)]; }
    std::int64_t& operator[](RecordState state) { return in_state[static_cast<std::size_t>(state)]; }
    [[nodiscard]] std::int64_t sum() const;
    [[nodiscard]] bool holds() const { return received == sum(); }
};

/// What the workshop says of one record.
struct Verdict
{
    std::uint32_t record = 0;               ///< Position in the message, from 0.
    std::string place;                      ///< JSON Pointer or XPath of the record.
    std::string excerpt;                    ///< The record's own text, at most 4 KiB; only kept when refused.
    std::vector<Problem> problems;          ///< Empty when accepted.
    std::vector<Problem> findings;          ///< Worth saying, but not a reason to refuse.
    std::vector<Observation> observations;  ///< Empty when refused.
    std::vector<Fact> facts;
    /// Of a refused record: indicator, period and agency of the figures it speaks of, where none of these is what was refused;
    /// the other parts of the keys are empty. So that a figure that came and was refused is told from one that never came.
    std::vector<SeriesKey> about{};

    [[nodiscard]] bool accepted() const { return problems.empty(); }
};

}  // namespace lienthong
