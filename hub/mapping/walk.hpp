/// Walk: finds the nodes a path means in a document.
#pragma once

#include "hub/mapping/program.hpp"
#include "hub/model/tree.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong::mapping {

/// What a path that must select one node led to.
struct Reading
{
    enum class State : std::uint8_t {
        found,
        missing,
        several,     ///< `node` is the second of them.
        wrong_kind,  ///< `node` is a list, or a text, where a member was asked for.
        exhausted,   ///< The steps have run out.
    };
    State state = State::missing;
    NodeId node = no_node;
};

/// Every node looked at takes one of `steps`; at zero the walk ends.
class Walk
{
public:
    Walk(const Tree& tree, std::uint64_t& steps) : tree_(tree), steps_(steps) {}

    /// `hint` is how far the last node found by this path lay behind the node it hangs from: records of one shape have
    /// it in the same place, so a member is looked for there first. It never changes what is found.
    [[nodiscard]] Reading one(const ResolvedPath& path, NodeId record, NodeId* hint = nullptr);
    /// All nodes the path selects, in document order; a name selects every element so called.
    [[nodiscard]] std::vector<NodeId> all(const ResolvedPath& path, NodeId record);
    /// Whether there is at least one node the path without its last step selects.
    [[nodiscard]] bool has_container(const ResolvedPath& path, NodeId record);
    /// Where a path begins, and which of its steps is the first to take from there; no_node when it begins nowhere.
    [[nodiscard]] NodeId start(const ResolvedPath& path, NodeId record, std::size_t& first_step);
    /// One step from a node.
    [[nodiscard]] Reading next(const ResolvedPath::Step& step, NodeId parent);

private:
    [[nodiscard]] bool take();
    [[nodiscard]] bool fits(const ResolvedPath::Step& step, NodeId node) const;
    /// Whether `node` is the member of the object `parent` that the step names.
    [[nodiscard]] bool is_member(const ResolvedPath::Step& step, NodeId parent, NodeId node) const;
    void gather(const ResolvedPath& path, std::size_t step, std::size_t last, NodeId node, std::vector<NodeId>& out);

    const Tree& tree_;
    std::uint64_t& steps_;
};

/// Where a path's node would stand if it were there: the place of the last node on the way, and the names behind it up to
/// the first `*`. `record_place` may be empty where the record is the root.
[[nodiscard]] std::string missing_place(const Tree& tree, const ResolvedPath& path, NodeId record,
                                        const std::string& record_place, std::uint64_t& steps);

/// Where a node stands, cheaply for what lies below the record.
[[nodiscard]] std::string place_of(const Tree& tree, NodeId node, NodeId record, const std::string& record_place);

/// Places of records in document order; a place costs what lies between it and the one before.
class RecordPlaces
{
public:
    explicit RecordPlaces(const Tree& tree) : tree_(tree) {}
    /// Puts it into `out`, whatever stood there.
    void put(NodeId record, std::string& out);

private:
    const Tree& tree_;
    NodeId last_ = no_node;
    std::size_t position_ = 0;  ///< Of last_: from 0 in a list, from 1 among elements of its name.
    std::string parent_place_;
};

}  // namespace lienthong::mapping
