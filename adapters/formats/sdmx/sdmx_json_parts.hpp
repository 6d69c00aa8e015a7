/// What the structure of an SDMX-JSON message says of its components, and what its indexes mean by it.
#pragma once

#include "adapters/formats/sdmx/sdmx_tree.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct SdmxComponent
{
    std::string_view id;
    bool listed = false;         ///< Its values are in `values`, and data give their positions there.
    std::vector<NodeId> values;  ///< Objects of the structure.
    NodeId fallback = no_node;   ///< What holds where data give nothing.
    std::size_t position = 0;    ///< Of a dimension, in a full key.
};

struct SdmxJsonStructure
{
    std::string name;  ///< "ECB:EXR1(1.0)"
    std::vector<SdmxComponent> dataset_dimensions, series_dimensions, observation_dimensions;
    std::vector<SdmxComponent> measures;
    std::vector<SdmxComponent> dataset_attributes, group_attributes, series_attributes, observation_attributes;
};

/// The structure at that node. Fails with format.sdmx.structure. Ids are kept in `out`.
[[nodiscard]] Result<SdmxJsonStructure> read_sdmx_structure(const Tree& json, NodeId structure, SdmxTree& out);

/// The values of these components at one level, from the data's list of them, appended. A fault names its place.
[[nodiscard]] std::optional<Problem> read_sdmx_values(const Tree& json, const std::vector<const SdmxComponent*>& components, NodeId list,
                                                      SdmxTree& out, std::vector<SdmxValue>& into);
/// The values of dimensions, from a key of positions, "0:0:1", appended. With `partial`, an empty position is no dimension's.
[[nodiscard]] std::optional<Problem> read_sdmx_key(const Tree& json, const std::vector<const SdmxComponent*>& dimensions, std::string_view key,
                                                   bool partial, SdmxTree& out, std::vector<SdmxValue>& into);

}  // namespace lienthong::adapters
