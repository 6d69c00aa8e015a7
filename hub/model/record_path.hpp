/// RecordPath: which nodes of a document are its records, as a mapping's `records` says, for formats that read them one by one.
#pragma once

#include <string>
#include <vector>

namespace lienthong {

struct RecordPath
{
    struct Step
    {
        bool all = false;    ///< `*`
        std::string name{};  ///< A member, a child element by its local name, or an item's position.

        friend bool operator==(const Step&, const Step&) = default;
    };
    /// From the root; in XML the first is the root element itself.
    std::vector<Step> steps;
};

}  // namespace lienthong
