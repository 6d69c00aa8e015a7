/// The one shape in which mappings see SDMX data, whichever of its three forms they came in.
///
/// {"dataset": {"structure": "IMF:ECOFIN_DSD(1.0)", <attribute>: …}, "observations": [{<dimension>: …, "TIME_PERIOD": …,
/// "OBS_VALUE": …, <attribute>: …, "action": "information"}]}. What stands above an observation, in its series, in a group or in
/// the dataset, is copied down to it, so that one mapping reads a flat table and a tree of series alike.
#pragma once

#include "hub/ports/format.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lienthong::adapters {

/// What an observation has for one component. A value that is no single text (a text in several languages, several texts)
/// is the node of the document it stands in.
struct SdmxValue
{
    std::string_view name;
    std::string_view text{};
    NodeKind kind = NodeKind::text;
    NodeId node = no_node;  ///< Of `from`, when the value is no single text.
    const Tree* from = nullptr;
};

/// "information", "append", "merge", "replace" or "delete", from any of the three forms' ways to say so; else empty.
[[nodiscard]] std::string_view sdmx_action(std::string_view text);

class SdmxTree
{
public:
    explicit SdmxTree(const FormatLimits& limits);

    /// A copy that lives as long as the tree.
    std::string_view keep(std::string_view text) { return tree_.keep(text); }
    /// The same, one copy for all that are alike.
    std::string_view keep_name(std::string_view name);

    /// A member of `dataset`; its name and text need not be kept. False when it has one of that name.
    bool describe(const SdmxValue& value);

    /// Appends an observation. Its values come from the outside in, kept; one that stands twice and alike is taken once, two
    /// that differ are a fault. So is a deletion. A problem is one of the whole document.
    [[nodiscard]] std::optional<Problem> observe(std::string_view place, const std::vector<SdmxValue>& values, std::string_view action,
                                                 std::optional<Problem> fault);

    /// Record by record: what is there now stays, what comes is dropped by let_go(), but counts against the limit as ever.
    void hold();
    void let_go();
    /// The first observation since.
    [[nodiscard]] NodeId first_observation() const { return tree_.node(observations_).first_child; }
    [[nodiscard]] const Tree& tree() const { return tree_; }
    [[nodiscard]] Tree take() { return std::move(tree_); }

private:
    void append(NodeId parent, const SdmxValue& value);
    void copy(NodeId parent, std::string_view name, const Tree& from, NodeId node);
    /// The values without repetitions, in order; the first of two that differ.
    [[nodiscard]] const SdmxValue* reconcile(const std::vector<SdmxValue>& values);

    const FormatLimits limits_;
    Tree tree_;
    NodeId dataset_, observations_;
    std::unordered_set<std::string_view> names_, held_names_;
    Tree::Standing held_;
    std::size_t dropped_ = 0;  ///< Values of the observations that were let go.
    std::vector<const SdmxValue*> taken_;
};

/// A problem of SDMX data.
[[nodiscard]] Problem sdmx_problem(const char* code, std::string detail, std::string_view found = {}, std::string expected = {});

}  // namespace lienthong::adapters
