/// FactVersion: one version of a fact, as it was told at some time. Later ones supersede it; none is ever changed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lienthong {

using FactVersionId = std::int64_t;  ///< Counts up over all facts in the order of their commits, from 1.

struct FactVersion
{
    FactVersionId id = 0;
    std::string key;  ///< The source's own identity of the event.
    std::vector<std::pair<std::string, std::string>> fields;

    friend bool operator==(const FactVersion&, const FactVersion&) = default;
};

}  // namespace lienthong
