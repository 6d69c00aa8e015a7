/// SharedFigures: the figures that more than one agency tells, found once each, so that counting differences does not
/// read every series again. Never the only copy: it is read from the tables.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/model/figure.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lienthong::adapters::store {

/// Thread-safe.
class SharedFigures
{
public:
    /// In the order of their keys, those greater than `after`; `indicator` and `area` empty: any. Looks at the series
    /// added since the last call first. Gives what the connection sees, and perhaps a figure committed since.
    [[nodiscard]] std::vector<FigureKey> find(sqlite::Connection& connection, const std::string& indicator,
                                              const std::string& area, const std::optional<FigureKey>& after);

private:
    std::mutex mutex_;
    std::set<FigureKey> figures_;
    std::int64_t seen_ = 0;  ///< Series up to this id were looked at.
};

}  // namespace lienthong::adapters::store
