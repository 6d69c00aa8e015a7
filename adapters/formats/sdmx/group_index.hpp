/// Which groups an observation belongs to: a group names values of some dimensions, and its attributes hold for all
/// observations that have them.
#pragma once

#include "adapters/formats/sdmx/sdmx_tree.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::adapters {

class GroupIndex
{
public:
    /// The group's dimensions, and the attributes it gives. False when there are more kinds of groups, or more attributes of
    /// one group, than any structure has: each costs every observation of theirs.
    [[nodiscard]] bool add(std::vector<SdmxValue> dimensions, const std::vector<SdmxValue>& attributes);
    /// Appends the attributes of every group that values so far place the observation in.
    void apply(std::vector<SdmxValue>& values) const;
    [[nodiscard]] bool empty() const { return kinds_.empty(); }

private:
    static constexpr std::size_t most_kinds = 64, most_attributes = 128;
    /// Groups of the same dimensions.
    struct Kind
    {
        std::vector<std::string_view> dimensions;  ///< In ascending order.
        std::unordered_map<std::string, std::vector<SdmxValue>> by_values;
    };

    std::vector<Kind> kinds_;
};

}  // namespace lienthong::adapters
