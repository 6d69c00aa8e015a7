// Format "sdmx-json": the JSON as a tree, reshaped.
#include "adapters/formats/sdmx/sdmx_json_format.hpp"

#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/sdmx/group_index.hpp"
#include "adapters/formats/sdmx/sdmx_json_parts.hpp"

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

using Components = std::vector<const SdmxComponent*>;

Components all_of(const std::vector<SdmxComponent>& components)
{
    Components out;
    for (const SdmxComponent& component : components)
        out.push_back(&component);
    return out;
}

class Message
{
public:
    Message(const Tree& json, SdmxTree& out) : json_(json), out_(out) {}

    std::optional<Problem> read()
    {
        const NodeId data = child(json_.node(root_node).kind == NodeKind::object ? root_node : no_node, "data", NodeKind::object);
        const NodeId structures = child(data, "structures", NodeKind::array), sets = child(data, "dataSets", NodeKind::array);
        if (structures == no_node || sets == no_node || json_.node(sets).first_child == no_node)
            return at(sdmx_problem("format.sdmx.not_sdmx", "this is no data message of SDMX-JSON 2", {}, "data with structures and dataSets"),
                      data == no_node ? "" : json_.place(data));
        const NodeId set = json_.node(sets).first_child;
        if (json_.node(set).next != no_node)
            return at(sdmx_problem("format.sdmx.several", "the message holds several datasets", {}, "a message for each"),
                      json_.place(json_.node(set).next));
        if (auto problem = read_structure(structures, set))
            return problem;
        describe_message();
        if (auto problem = read_dataset(set))
            return problem;
        if (auto problem = read_groups(child(set, "dimensionGroupAttributes", NodeKind::object)))
            return problem;
        if (const NodeId series = child(set, "series", NodeKind::object); series != no_node)
            return read_series(series);
        if (const NodeId flat = child(set, "observations", NodeKind::object); flat != no_node)
            return read_observations(flat, of_dataset_, std::nullopt);
        return std::nullopt;
    }

private:
    [[nodiscard]] NodeId child(NodeId parent, std::string_view name, NodeKind kind) const
    {
        const NodeId id = parent == no_node || json_.node(parent).kind != NodeKind::object ? no_node : json_.child(parent, name);
        return id != no_node && json_.node(id).kind == kind ? id : no_node;
    }

    std::optional<Problem> read_structure(NodeId structures, NodeId set)
    {
        std::size_t wanted = 0;
        if (const NodeId index = child(set, "structure", NodeKind::number); index != no_node) {
            const std::string_view text = json_.node(index).text;
            if (std::from_chars(text.data(), text.data() + text.size(), wanted).ec != std::errc{})
                wanted = json_.size();
        }
        NodeId structure = json_.node(structures).first_child;
        for (std::size_t i = 0; i < wanted && structure != no_node; ++i)
            structure = json_.node(structure).next;
        if (structure == no_node || json_.node(structure).kind != NodeKind::object)
            return at(sdmx_problem("format.sdmx.structure", "the dataset is of a structure the message does not hold", std::to_string(wanted),
                                   "the position of one of the structures"),
                      json_.place(set));
        auto read = read_sdmx_structure(json_, structure, out_);
        if (!read)
            return read.problem();
        structure_ = std::move(read.value());
        out_.describe({.name = "structure", .text = structure_.name});
        return order_dimensions(structure);
    }

    /// Dimensions in the order of a full key.
    std::optional<Problem> order_dimensions(NodeId structure)
    {
        for (const auto* level : {&structure_.dataset_dimensions, &structure_.series_dimensions, &structure_.observation_dimensions})
            for (const SdmxComponent& dimension : *level) {
                if (dimension.position >= most_dimensions)
                    return at(sdmx_problem("format.sdmx.structure", "a keyPosition beyond every structure's", dimension.id), json_.place(structure));
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

    void describe_message()
    {
        const NodeId meta = child(root_node, "meta", NodeKind::object);
        for (const char* name : {"id", "prepared"})
            if (const NodeId id = child(meta, name, NodeKind::text); id != no_node)
                out_.describe({.name = name, .text = json_.node(id).text});
        if (const NodeId id = child(child(meta, "sender", NodeKind::object), "id", NodeKind::text); id != no_node)
            out_.describe({.name = "sender", .text = json_.node(id).text});
    }

    std::optional<Problem> read_dataset(NodeId set)
    {
        const NodeId action = child(set, "action", NodeKind::text);
        action_ = action == no_node ? "merge" : sdmx_action(json_.node(action).text);
        if (action_.empty())
            return at(sdmx_problem("format.sdmx.action", "no such action", json_.node(action).text,
                                   "Information, Append, Merge, Replace or Delete"),
                      json_.place(action));
        if (auto problem = read_sdmx_values(json_, all_of(structure_.dataset_attributes), child(set, "attributes", NodeKind::array), out_, of_dataset_))
            return problem;
        for (const SdmxValue& value : of_dataset_)
            if (!out_.describe(value))
                return at(sdmx_problem("format.sdmx.contradiction", "'" + std::string(value.name) + "' stands twice in the dataset", value.text),
                          json_.place(set));
        for (const SdmxComponent& dimension : structure_.dataset_dimensions)  // each has one value
            if (auto problem = read_sdmx_key(json_, {&dimension}, "0", false, out_, of_dataset_))
                return at(*std::move(problem), json_.place(set));
        return std::nullopt;
    }

    std::optional<Problem> read_groups(NodeId groups)
    {
        const Components attributes = all_of(structure_.group_attributes);
        for (NodeId id = groups == no_node ? no_node : json_.node(groups).first_child; id != no_node; id = json_.node(id).next) {
            std::vector<SdmxValue> dimensions, given;
            if (auto problem = read_sdmx_key(json_, full_key_, json_.node(id).name, true, out_, dimensions))
                return at(*std::move(problem), json_.place(id));
            if (auto problem = read_sdmx_values(json_, attributes, id, out_, given))
                return problem;
            if (!groups_.add(std::move(dimensions), given))
                return at(sdmx_problem("format.sdmx.groups", "more kinds of groups, or attributes of one, than any structure has"), json_.place(id));
        }
        return std::nullopt;
    }

    std::optional<Problem> read_series(NodeId list)
    {
        for (NodeId series = json_.node(list).first_child; series != no_node; series = json_.node(series).next) {
            std::vector<SdmxValue> values = of_dataset_;
            auto fault = read_sdmx_key(json_, series_dimensions_, json_.node(series).name, false, out_, values);
            if (!fault)
                fault = read_sdmx_values(json_, series_attributes_, child(series, "attributes", NodeKind::array), out_, values);
            if (fault)
                fault = at(*std::move(fault), json_.place(series));
            if (const NodeId observations = child(series, "observations", NodeKind::object); observations != no_node)
                if (auto problem = read_observations(observations, values, fault))
                    return problem;
        }
        return std::nullopt;
    }

    std::optional<Problem> read_observations(NodeId list, const std::vector<SdmxValue>& above, const std::optional<Problem>& fault_above)
    {
        const std::string place = json_.place(list) + "/";
        for (NodeId id = json_.node(list).first_child; id != no_node; id = json_.node(id).next) {
            values_ = above;
            std::optional<Problem> fault = fault_above;
            if (!fault)
                fault = read_sdmx_key(json_, observation_dimensions_, json_.node(id).name, false, out_, values_);
            const bool readable = !fault;
            if (!fault && json_.node(id).kind != NodeKind::array)
                fault = sdmx_problem("format.sdmx.key", "an observation that is no list of values", json_.node(id).text);
            if (!fault)
                fault = read_sdmx_values(json_, observation_values_, id, out_, values_);
            groups_.apply(values_);
            const std::string here = readable ? place + std::string(json_.node(id).name) : json_.place(id);
            if (auto problem = out_.observe(here, values_, action_, std::move(fault)))
                return problem;
        }
        return std::nullopt;
    }

    const Tree& json_;
    SdmxTree& out_;
    SdmxJsonStructure structure_;
    Components full_key_, series_dimensions_, series_attributes_, observation_dimensions_, observation_values_;
    std::string_view action_;
    std::vector<SdmxValue> of_dataset_, values_;
    GroupIndex groups_;
};

}  // namespace

Result<Tree> SdmxJsonFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    const auto json = JsonFormat().read(bytes, layout, limits);
    if (!json)
        return json.problem();
    SdmxTree out(limits);
    if (auto problem = Message(*json, out).read())
        return *std::move(problem);
    return out.take();
}

}  // namespace lienthong::adapters
