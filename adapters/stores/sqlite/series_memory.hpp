/// SeriesMemory: what the writer remembers of series from one application to the next, so that a figure told again is
/// not looked up again. Never the only copy: whatever it does not know is in the tables.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/model/observation.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace lienthong::adapters::store {

/// Where a series stands.
struct SeriesHead
{
    std::int64_t series = 0;
    std::int64_t revision = 0;   ///< The current one.
    std::int64_t number = 0;     ///< Its number within the series.
    std::int64_t told_at = 0;    ///< When the latest message that told the figure, changed or not, was received.
    std::string content;         ///< The current revision's, as write_content() writes it.
};

/// Writes a series key as one text into `out`; no two keys have the same.
void write_key(std::string& out, const SeriesKey& key);
/// Writes all of an observation but its key as one text into `out`.
void write_content(std::string& out, const Observation& observation);

/// For the writer's thread alone.
class SeriesMemory
{
public:
    /// `most`: how many series it may hold; the ones not asked for lately go first.
    explicit SeriesMemory(std::size_t most = 100'000) : most_in_half_(most / 2) {}

    /// To be called first in every transaction: forgets everything when some of it was rolled back, or when another
    /// process wrote to the file.
    void refresh(sqlite::Connection& connection);

    /// What it gives stays valid until the next call of any of the three.
    [[nodiscard]] SeriesHead* find(std::string_view key);
    SeriesHead& put(std::string_view key, SeriesHead head);

private:
    struct Hash
    {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    using Half = std::unordered_map<std::string, SeriesHead, Hash, std::equal_to<>>;

    const std::size_t most_in_half_;
    Half recent_, older_;  ///< When `recent_` is full it becomes the older half, and what was there is dropped.
    std::uint64_t rollbacks_ = 0;
    std::int64_t file_version_ = 0;
};

}  // namespace lienthong::adapters::store
