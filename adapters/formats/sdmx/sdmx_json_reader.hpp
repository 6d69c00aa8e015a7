/// Reads an SDMX-JSON message out of a tree of its values, member by member of what holds its observations.
#pragma once

#include "adapters/formats/sdmx/group_index.hpp"
#include "adapters/formats/sdmx/sdmx_json_parts.hpp"
#include "adapters/formats/sdmx/sdmx_tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

class SdmxJsonReader
{
public:
    explicit SdmxJsonReader(SdmxTree& out) : out_(out) {}

    /// Structure, dataset attributes and groups; the series need not be there. A problem is one of the whole document.
    [[nodiscard]] std::optional<Problem> begin(const Tree& json);
    /// The object whose members are series, or observations where there are none; no_node when the dataset has neither.
    [[nodiscard]] NodeId members() const { return series_ != no_node ? series_ : flat_; }
    /// The observations of the next member, in the tree begun with.
    [[nodiscard]] std::optional<Problem> take(const Tree& json, NodeId member);

private:
    using Components = std::vector<const SdmxComponent*>;

    [[nodiscard]] std::optional<Problem> read_structure(const Tree& json, NodeId structures, NodeId set);
    [[nodiscard]] std::optional<Problem> order_dimensions(const Tree& json, NodeId structure);
    void describe_message(const Tree& json);
    [[nodiscard]] std::optional<Problem> read_dataset(const Tree& json, NodeId set);
    [[nodiscard]] std::optional<Problem> read_groups(const Tree& json, NodeId groups);
    [[nodiscard]] std::optional<Problem> read_series(const Tree& json, NodeId series);
    /// `place` is that of what holds the observation.
    [[nodiscard]] std::optional<Problem> observe(const Tree& json, NodeId observation, const std::string& place,
                                                 const std::vector<SdmxValue>& above, const std::optional<Problem>& fault_above);

    SdmxTree& out_;
    SdmxJsonStructure structure_;
    NodeId series_ = no_node, flat_ = no_node;
    std::string flat_place_;
    Components full_key_, series_dimensions_, series_attributes_, observation_dimensions_, observation_values_;
    std::string_view action_;
    std::vector<SdmxValue> of_dataset_, of_series_, values_;
    GroupIndex groups_;
};

}  // namespace lienthong::adapters
