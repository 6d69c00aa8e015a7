// Builds the common shape and tells what contradicts itself.
#include "adapters/formats/sdmx/sdmx_tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view own_word = "action";

bool alike(const SdmxValue& a, const SdmxValue& b)
{
    return a.kind == b.kind && a.text == b.text && a.node == b.node;
}

}  // namespace

Problem sdmx_problem(const char* code, std::string detail, std::string_view found, std::string expected)
{
    Problem problem;
    problem.code = code;
    problem.detail = std::move(detail);
    problem.found = shortened(found);
    problem.expected = std::move(expected);
    return problem;
}

std::string_view sdmx_action(std::string_view text)
{
    static constexpr std::array<std::string_view, 5> words = {"information", "append", "merge", "replace", "delete"};
    static constexpr std::array<std::string_view, 5> others = {"Information", "Append", "Merge", "Replace", "Delete"};
    for (std::size_t i = 0; i < words.size(); ++i)
        if (text == others[i] || text == others[i].substr(0, 1))
            return words[i];
    return {};
}

SdmxTree::SdmxTree(const FormatLimits& limits) : limits_(limits)
{
    tree_.append(no_node, NodeKind::object, {}, 0);
    dataset_ = tree_.append(root_node, NodeKind::object, "dataset", 0);
    observations_ = tree_.append(root_node, NodeKind::array, "observations", 0);
}

std::string_view SdmxTree::keep_name(std::string_view name)
{
    const auto found = names_.find(name);
    return found != names_.end() ? *found : *names_.insert(tree_.keep(name)).first;
}

void SdmxTree::hold()
{
    held_ = tree_.standing(observations_);
    held_names_ = names_;
}

void SdmxTree::let_go()
{
    dropped_ += tree_.size() - held_.nodes;
    tree_.return_to(held_);
    if (names_.size() != held_names_.size())
        names_ = held_names_;
}

bool SdmxTree::describe(const SdmxValue& value)
{
    if (tree_.child(dataset_, value.name) != no_node)
        return false;
    SdmxValue kept = value;
    kept.name = keep_name(value.name);
    kept.text = tree_.keep(value.text);
    append(dataset_, kept);
    return true;
}

void SdmxTree::append(NodeId parent, const SdmxValue& value)
{
    if (value.node != no_node)
        copy(parent, value.name, *value.from, value.node);
    else
        tree_.set_text(tree_.append(parent, value.kind, value.name, 0), value.text);
}

void SdmxTree::copy(NodeId parent, std::string_view name, const Tree& from, NodeId node)
{
    const NodeId made = tree_.append(parent, from.node(node).kind, name, 0);
    tree_.set_text(made, tree_.keep(from.node(node).text));
    for (NodeId id = from.node(node).first_child; id != no_node; id = from.node(id).next)
        copy(made, tree_.keep(from.node(id).name), from, id);
}

const SdmxValue* SdmxTree::reconcile(const std::vector<SdmxValue>& values)
{
    constexpr std::size_t few = 32;
    const SdmxValue* differs = nullptr;
    taken_.clear();
    for (const SdmxValue& value : values)
        taken_.push_back(&value);
    const auto drop_behind = [&](auto same) {
        for (std::size_t i = 0; i < taken_.size(); ++i)
            for (std::size_t j = i + 1; j < taken_.size() && same(i, j);)
                if (taken_[i]->name != taken_[j]->name) {
                    ++j;
                } else {
                    if (!alike(*taken_[i], *taken_[j]) && (differs == nullptr || taken_[i] < differs))
                        differs = taken_[i];
                    taken_.erase(taken_.begin() + static_cast<std::ptrdiff_t>(j));
                }
    };
    if (taken_.size() <= few) {
        drop_behind([](std::size_t, std::size_t) { return true; });
        return differs;
    }
    std::sort(taken_.begin(), taken_.end(), [](const SdmxValue* a, const SdmxValue* b) {
        const int order = a->name.compare(b->name);
        return order != 0 ? order < 0 : a < b;
    });
    drop_behind([&](std::size_t i, std::size_t j) { return taken_[i]->name == taken_[j]->name; });
    std::sort(taken_.begin(), taken_.end());
    return differs;
}

std::optional<Problem> SdmxTree::observe(std::string_view place, const std::vector<SdmxValue>& values, std::string_view action,
                                         std::optional<Problem> fault)
{
    if (const SdmxValue* differs = reconcile(values); differs != nullptr && !fault) {
        fault = sdmx_problem("format.sdmx.contradiction", "'" + std::string(differs->name) + "' has two values for this observation",
                             differs->text, "one value, at one level");
        fault->place = std::string(place) + "/" + std::string(differs->name);
    }
    for (auto it = taken_.begin(); it != taken_.end();)
        if ((*it)->name != own_word) {
            ++it;
        } else {
            if (!fault)
                fault = sdmx_problem("format.sdmx.contradiction", "a component bears the name of the message's action", own_word, "another name");
            it = taken_.erase(it);
        }
    if (action == "delete" && !fault)
        fault = sdmx_problem("format.sdmx.delete", "a deletion is no figure, and nothing is ever deleted", "delete",
                             "the corrected figure, or an observation whose status says that there is none");
    const NodeId observation = tree_.append(observations_, NodeKind::object, {}, 0);
    for (const SdmxValue* value : taken_)
        append(observation, *value);
    if (!action.empty())
        tree_.set_text(tree_.append(observation, NodeKind::text, own_word, 0), action);
    tree_.set_mark(observation, tree_.keep(place));
    if (fault) {
        if (fault->place.empty())
            fault->place = place;
        tree_.set_fault(observation, *std::move(fault));
    }
    if (tree_.size() + dropped_ <= limits_.nodes)
        return std::nullopt;
    Problem problem = sdmx_problem("format.too_many_nodes", "the observations hold more than " + std::to_string(limits_.nodes) + " values");
    problem.place = place;
    return problem;
}

}  // namespace lienthong::adapters
