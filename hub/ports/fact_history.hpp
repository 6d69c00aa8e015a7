/// FactHistory: facts with their versions, for whoever computes from them and wants to know what changed.
///
/// Versions are committed with the submissions that told them and count up, so a number says how far one has come: what
/// was told behind it is a list of work that no crash loses.
#pragma once

#include "hub/model/fact_version.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lienthong {

/// Every call is thread-safe and sees committed state only. Fails with: store.*.
class FactHistory
{
public:
    virtual ~FactHistory() = default;

    /// The latest version of any fact; 0 where there is none.
    [[nodiscard]] virtual Result<FactVersionId> latest_version() const = 0;
    /// Facts of a kind as they stood when version `through` had been told: ordered by key, keys greater than `after_key`,
    /// at most `limit`.
    [[nodiscard]] virtual Result<std::vector<FactVersion>> facts_as_of(const std::string& kind, FactVersionId through,
                                                                       const std::string& after_key, std::size_t limit) const = 0;
    /// The versions of facts of a kind told in (after, through], in the order they were told, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<FactVersion>> versions_told(const std::string& kind, FactVersionId after,
                                                                         FactVersionId through, std::size_t limit) const = 0;
    /// The versions of facts of a kind told under a leaf that no later one has superseded, in the order they were told.
    [[nodiscard]] virtual Result<std::vector<FactVersion>> still_told_by(const std::string& kind, LeafId leaf) const = 0;
    /// The same of the versions from `from` to before `below`.
    [[nodiscard]] virtual Result<std::vector<FactVersion>> still_told_of(const std::string& kind, FactVersionId from,
                                                                         FactVersionId below) const = 0;
};

}  // namespace lienthong
