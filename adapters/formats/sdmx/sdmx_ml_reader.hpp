/// Reads a structure-specific message out of a tree of its elements, child by child of its dataset.
#pragma once

#include "adapters/formats/sdmx/group_index.hpp"
#include "adapters/formats/sdmx/sdmx_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters {

class SdmxMlReader
{
public:
    explicit SdmxMlReader(SdmxTree& out) : out_(out) {}

    /// Header, dataset attributes and groups; the series need not be there. A problem is one of the whole document.
    [[nodiscard]] std::optional<Problem> begin(const Tree& xml);
    [[nodiscard]] NodeId dataset() const { return dataset_; }
    /// The observations of the next child of the dataset; of another tree than the one begun with, if it has the same shape.
    [[nodiscard]] std::optional<Problem> take(const Tree& xml, NodeId child);

private:
    [[nodiscard]] std::optional<Problem> read_header(const Tree& xml, NodeId header);
    [[nodiscard]] std::optional<Problem> read_structure(const Tree& xml, NodeId header);
    [[nodiscard]] std::optional<Problem> read_dataset(const Tree& xml);
    [[nodiscard]] std::optional<Problem> index_groups(const std::vector<SdmxValue>& first);
    [[nodiscard]] std::optional<Problem> observe(const Tree& xml, NodeId observation, const std::vector<SdmxValue>& above,
                                                 std::string_view place);
    /// The element's attributes of no namespace, appended with what they say.
    void read_components(const Tree& xml, NodeId element, std::vector<SdmxValue>& into);

    SdmxTree& out_;
    NodeId dataset_ = no_node;
    std::string place_;          ///< Of the dataset.
    std::string own_dimension_;  ///< The one at the observation; empty when all are.
    std::string_view action_;
    std::vector<SdmxValue> of_dataset_, values_, series_;
    std::vector<std::vector<SdmxValue>> unsorted_groups_;
    std::vector<std::string> group_places_;
    GroupIndex groups_;
    bool groups_indexed_ = false;
    std::size_t series_count_ = 0, observation_count_ = 0;
};

}  // namespace lienthong::adapters
