// Positions of a message become the codes they stand for, and what stands above an observation comes down to it.
#include "adapters/formats/sdmx/sdmx_json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t most_dimensions = 256;

Problem at(Problem problem, std::string place)
{
    if (problem.place.empty())
        problem.place = std::move(place);
    return problem;
}

std::vector<const SdmxComponent*> all_of(const std::vector<SdmxComponent>& components)
{
    std::vector<const SdmxComponent*> out;
    for (const SdmxComponent& component : components)
        out.push_back(&component);
    return out;
}

NodeId child(const Tree& json, NodeId parent, std::string_view name, NodeKind kind)
{
    const NodeId id = parent == no_node || json.node(parent).kind != NodeKind::object ? no_node : json.child(parent, name);
    return id != no_node && json.node(id).kind == kind ? id : no_node;
}

}  // namespace

std::optional<Problem> SdmxJsonReader::begin(const Tree& json)
{
    const NodeId data = child(json, root_node, "data", NodeKind::object);
    const NodeId structures = child(json, data, "structures", NodeKind::array), sets = child(json, data, "dataSets", NodeKind::array);
    if (structures == no_node || sets == no_node || json.node(sets).first_child == no_node)
        return at(sdmx_problem("format.sdmx.not_sdmx", "this is no data message of SDMX-JSON 2", {}, "data with structures and dataSets"),
                  data == no_node ? "" : json.place(data));
    const NodeId set = json.node(sets).first_child;
    if (json.node(set).next != no_node)
        return at(sdmx_problem("format.sdmx.several", "the message holds several datasets", {}, "a message for each"),
                  json.place(json.node(set).next));
    if (auto problem = read_structure(json, structures, set))
        return problem;
    describe_message(json);
    if (auto problem = read_dataset(json, set))
        return problem;
    if (auto problem = read_groups(json, child(json, set, "dimensionGroupAttributes", NodeKind::object)))
        return problem;
    series_ = child(json, set, "series", NodeKind::object);
    flat_ = series_ == no_node ? child(json, set, "observations", NodeKind::object) : no_node;
    if (flat_ != no_node)
        flat_place_ = json.place(flat_) + "/";
    return std::nullopt;
}

std::optional<Problem> SdmxJsonReader::read_structure(const Tree& json, NodeId structures, NodeId set)
{
    std::size_t wanted = 0;
    if (const NodeId index = child(json, set, "structure", NodeKind::number); index != no_node) {
        const std::string_view text = json.node(index).text;
        if (std::from_chars(text.data(), text.data() + text.size(), wanted).ec != std::errc{})
            wanted = json.size();
    }
    NodeId structure = json.node(structures).first_child;
    for (std::size_t i = 0; i < wanted && structure != no_node; ++i)
        structure = json.node(structure).next;
    if (structure == no_node || json.node(structure).kind != NodeKind::object)
        return at(sdmx_problem("format.sdmx.structure", "the dataset is of a structure the message does not hold", std::to_string(wanted),
                               "the position of one of the structures"),
                  json.place(set));
    auto read = read_sdmx_structure(json, structure, out_);
    if (!read)
        return read.problem();
    structure_ = std::move(read.value());
    out_.describe({.name = "structure", .text = structure_.name});
    return order_dimensions(json, structure);
}

/// Dimensions in the order of a full key.
std::optional<Problem> SdmxJsonReader::order_dimensions(const Tree& json, NodeId structure)
{
    for (const auto* level : {&structure_.dataset_dimensions, &structure_.series_dimensions, &structure_.observation_dimensions})
        for (const SdmxComponent& dimension : *level) {
            if (dimension.position >= most_dimensions)
                return at(sdmx_problem("format.sdmx.structure", "a keyPosition beyond every structure's", dimension.id), json.place(structure));
            full_key_.resize(std::max(full_key_.size(), dimension.position + 1), nullptr);
            full_key_[dimension.position] = &dimension;
        }
    observation_values_ = all_of(structure_.measures);
    const Components attributes = all_of(structure_.observation_attributes);
    observation_values_.insert(observation_values_.end(), attributes.begin(), attributes.end());
    series_dimensions_ = all_of(structure_.series_dimensions);
    series_attributes_ = all_of(structure_.series_attributes);
    observation_dimensions_ = all_of(structure_.observation_dimensions);
    return std::nullopt;
}

void SdmxJsonReader::describe_message(const Tree& json)
{
    const NodeId meta = child(json, root_node, "meta", NodeKind::object);
    for (const char* name : {"id", "prepared"})
        if (const NodeId id = child(json, meta, name, NodeKind::text); id != no_node)
            out_.describe({.name = name, .text = json.node(id).text});
    if (const NodeId id = child(json, child(json, meta, "sender", NodeKind::object), "id", NodeKind::text); id != no_node)
        out_.describe({.name = "sender", .text = json.node(id).text});
}

std::optional<Problem> SdmxJsonReader::read_dataset(const Tree& json, NodeId set)
{
    const NodeId action = child(json, set, "action", NodeKind::text);
    action_ = action == no_node ? "merge" : sdmx_action(json.node(action).text);
    if (action_.empty())
        return at(sdmx_problem("format.sdmx.action", "no such action", json.node(action).text,
                               "Information, Append, Merge, Replace or Delete"),
                  json.place(action));
    if (auto problem = read_sdmx_values(json, all_of(structure_.dataset_attributes), child(json, set, "attributes", NodeKind::array), out_, of_dataset_))
        return problem;
    for (const SdmxValue& value : of_dataset_)
        if (!out_.describe(value))
            return at(sdmx_problem("format.sdmx.contradiction", "'" + std::string(value.name) + "' stands twice in the dataset", value.text),
                      json.place(set));
    for (const SdmxComponent& dimension : structure_.dataset_dimensions)  // each has one value
        if (auto problem = read_sdmx_key(json, {&dimension}, "0", false, out_, of_dataset_))
            return at(*std::move(problem), json.place(set));
    return std::nullopt;
}

std::optional<Problem> SdmxJsonReader::read_groups(const Tree& json, NodeId groups)
{
    const Components attributes = all_of(structure_.group_attributes);
    for (NodeId id = groups == no_node ? no_node : json.node(groups).first_child; id != no_node; id = json.node(id).next) {
        std::vector<SdmxValue> dimensions, given;
        if (auto problem = read_sdmx_key(json, full_key_, json.node(id).name, true, out_, dimensions))
            return at(*std::move(problem), json.place(id));
        if (auto problem = read_sdmx_values(json, attributes, id, out_, given))
            return problem;
        if (!groups_.add(std::move(dimensions), given))
            return at(sdmx_problem("format.sdmx.groups", "more kinds of groups, or attributes of one, than any structure has"), json.place(id));
    }
    return std::nullopt;
}

std::optional<Problem> SdmxJsonReader::take(const Tree& json, NodeId member)
{
    return series_ != no_node ? read_series(json, member) : observe(json, member, flat_place_, of_dataset_, std::nullopt);
}

std::optional<Problem> SdmxJsonReader::read_series(const Tree& json, NodeId series)
{
    of_series_ = of_dataset_;
    auto fault = read_sdmx_key(json, series_dimensions_, json.node(series).name, false, out_, of_series_);
    if (!fault)
        fault = read_sdmx_values(json, series_attributes_, child(json, series, "attributes", NodeKind::array), out_, of_series_);
    if (fault)
        fault = at(*std::move(fault), json.place(series));
    const NodeId observations = child(json, series, "observations", NodeKind::object);
    if (observations == no_node)
        return std::nullopt;
    const std::string place = json.place(observations) + "/";
    for (NodeId id = json.node(observations).first_child; id != no_node; id = json.node(id).next)
        if (auto problem = observe(json, id, place, of_series_, fault))
            return problem;
    return std::nullopt;
}

std::optional<Problem> SdmxJsonReader::observe(const Tree& json, NodeId observation, const std::string& place, const std::vector<SdmxValue>& above,
                                               const std::optional<Problem>& fault_above)
{
    values_ = above;
    std::optional<Problem> fault = fault_above;
    if (!fault)
        fault = read_sdmx_key(json, observation_dimensions_, json.node(observation).name, false, out_, values_);
    const bool readable = !fault;
    if (!fault && json.node(observation).kind != NodeKind::array)
        fault = sdmx_problem("format.sdmx.key", "an observation that is no list of values", json.node(observation).text);
    if (!fault)
        fault = read_sdmx_values(json, observation_values_, observation, out_, values_);
    groups_.apply(values_);
    const std::string here = readable ? place + std::string(json.node(observation).name) : json.place(observation);
    return out_.observe(here, values_, action_, std::move(fault));
}

}  // namespace lienthong::adapters
