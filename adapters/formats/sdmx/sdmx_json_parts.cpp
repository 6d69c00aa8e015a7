// Components, and from positions to codes.
#include "adapters/formats/sdmx/sdmx_json_parts.hpp"

#include <charconv>
#include <utility>

namespace lienthong::adapters {
namespace {

bool is_list(const Tree& json, NodeId node)
{
    return node != no_node && json.node(node).kind == NodeKind::array;
}

std::string_view text_of(const Tree& json, NodeId parent, std::string_view name)
{
    const NodeId id = parent == no_node ? no_node : json.child(parent, name);
    return id == no_node || json.node(id).kind != NodeKind::text ? std::string_view{} : json.node(id).text;
}

std::optional<std::size_t> index_of(std::string_view text)
{
    std::size_t out = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && stop == text.data() + text.size() && !text.empty() ? std::optional(out) : std::nullopt;
}

/// A value as data or a default write it.
SdmxValue written(const Tree& json, std::string_view name, NodeId node, SdmxTree& out)
{
    const Tree::Node& value = json.node(node);
    if (value.kind == NodeKind::object || value.kind == NodeKind::array)
        return {.name = name, .node = node, .from = &json};
    return {.name = name, .text = out.keep(value.text), .kind = value.kind};
}

/// A value of the structure's list: {"id": …}, {"value": …} or {"values": …}.
SdmxValue listed(const Tree& json, const SdmxComponent& component, std::size_t index, SdmxTree& out)
{
    const NodeId value = component.values[index];
    for (const char* name : {"id", "value", "values"})
        if (const NodeId part = json.child(value, name); part != no_node)
            return written(json, component.id, part, out);
    return {.name = component.id, .text = {}, .kind = NodeKind::null};
}

Problem out_of_range(const SdmxComponent& component, std::string_view found)
{
    return sdmx_problem("format.sdmx.key", "a position that " + std::string(component.id) + " has not", found,
                        "0 to " + std::to_string(component.values.size()) + ", without the last");
}

Result<std::vector<SdmxComponent>> read_components(const Tree& json, NodeId parent, std::string_view level, bool dimensions, SdmxTree& out)
{
    std::vector<SdmxComponent> components;
    const NodeId list = parent == no_node ? no_node : json.child(parent, level);
    if (!is_list(json, list))
        return components;
    for (NodeId id = json.node(list).first_child; id != no_node; id = json.node(id).next) {
        SdmxComponent& component = components.emplace_back();
        const auto refuse = [&](const char* detail) {
            Problem problem = sdmx_problem("format.sdmx.structure", detail);
            problem.place = json.place(id);
            return problem;
        };
        component.id = out.keep_name(text_of(json, id, "id"));
        if (component.id.empty())
            return refuse("a component without an id");
        component.fallback = json.child(id, "default");
        const NodeId values = json.child(id, "values");
        component.listed = is_list(json, values);
        if (component.listed)
            for (NodeId value = json.node(values).first_child; value != no_node; value = json.node(value).next)
                component.values.push_back(value);
        if (!dimensions)
            continue;
        const NodeId position = json.child(id, "keyPosition");
        const auto read = position == no_node ? std::nullopt : index_of(json.node(position).text);
        if (!component.listed || !read)
            return refuse("a dimension without values or keyPosition");
        component.position = *read;
    }
    return components;
}

}  // namespace

Result<SdmxJsonStructure> read_sdmx_structure(const Tree& json, NodeId structure, SdmxTree& out)
{
    SdmxJsonStructure read;
    const NodeId links = json.child(structure, "links");
    const NodeId link = is_list(json, links) ? json.node(links).first_child : no_node;
    const std::string_view urn = text_of(json, link, "urn");
    const std::size_t equals = urn.find('=');
    if (equals == std::string_view::npos) {
        Problem problem = sdmx_problem("format.sdmx.structure", "the structure does not say which one it is", urn, "its URN in its first link");
        problem.place = json.place(structure);
        return problem;
    }
    read.name = urn.substr(equals + 1);
    const NodeId dimensions = json.child(structure, "dimensions"), measures = json.child(structure, "measures");
    const NodeId attributes = json.child(structure, "attributes");
    const struct
    {
        NodeId parent;
        const char* level;
        bool dimensions;
        std::vector<SdmxComponent>* into;
    } parts[] = {{dimensions, "dataSet", true, &read.dataset_dimensions},
                 {dimensions, "series", true, &read.series_dimensions},
                 {dimensions, "observation", true, &read.observation_dimensions},
                 {measures, "observation", false, &read.measures},
                 {attributes, "dataSet", false, &read.dataset_attributes},
                 {attributes, "dimensionGroup", false, &read.group_attributes},
                 {attributes, "series", false, &read.series_attributes},
                 {attributes, "observation", false, &read.observation_attributes}};
    for (const auto& part : parts) {
        auto components = read_components(json, part.parent, part.level, part.dimensions, out);
        if (!components)
            return components.problem();
        *part.into = std::move(components.value());
    }
    if (measures == no_node)
        read.measures.push_back({.id = "OBS_VALUE", .values = {}});
    return read;
}

std::optional<Problem> read_sdmx_values(const Tree& json, const std::vector<const SdmxComponent*>& components, NodeId list, SdmxTree& out,
                                        std::vector<SdmxValue>& into)
{
    NodeId node = list == no_node ? no_node : json.node(list).first_child;
    for (const SdmxComponent* component : components) {
        const NodeId given = node;
        node = node == no_node ? no_node : json.node(node).next;
        if (given == no_node || json.node(given).kind == NodeKind::null) {
            if (component->fallback != no_node)
                into.push_back(written(json, component->id, component->fallback, out));
            continue;
        }
        if (!component->listed) {
            into.push_back(written(json, component->id, given, out));
            continue;
        }
        std::string codes;
        const bool several = json.node(given).kind == NodeKind::array;
        for (NodeId one = several ? json.node(given).first_child : given; one != no_node; one = several ? json.node(one).next : no_node) {
            const auto index = json.node(one).kind == NodeKind::number ? index_of(json.node(one).text) : std::nullopt;
            if (!index || *index >= component->values.size()) {
                Problem problem = out_of_range(*component, json.node(one).text);
                problem.place = json.place(one);
                return problem;
            }
            const SdmxValue value = listed(json, *component, *index, out);
            if (!several)
                into.push_back(value);
            codes += (codes.empty() ? "" : ";") + std::string(value.text);
        }
        if (several)
            into.push_back({.name = component->id, .text = out.keep(codes)});
    }
    for (; node != no_node; node = json.node(node).next)  // positions of annotations
        if (json.node(node).kind != NodeKind::number) {
            Problem problem = sdmx_problem("format.sdmx.key", "more values than the structure has components", json.node(node).text);
            problem.place = json.place(node);
            return problem;
        }
    return std::nullopt;
}

std::optional<Problem> read_sdmx_key(const Tree& json, const std::vector<const SdmxComponent*>& dimensions, std::string_view key, bool partial,
                                     SdmxTree& out, std::vector<SdmxValue>& into)
{
    std::string_view rest = key;
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        const std::size_t colon = rest.find(':');
        const bool last = i + 1 == dimensions.size();
        if (last != (colon == std::string_view::npos))
            return sdmx_problem("format.sdmx.key", "a key of another number of positions than dimensions", key,
                                std::to_string(dimensions.size()) + " positions parted by ':'");
        const std::string_view text = rest.substr(0, colon);
        rest = last ? std::string_view{} : rest.substr(colon + 1);
        if (partial && text.empty())
            continue;
        const auto index = index_of(text);
        if (dimensions[i] == nullptr || !index || *index >= dimensions[i]->values.size())
            return dimensions[i] == nullptr ? sdmx_problem("format.sdmx.key", "a position of no dimension", key)
                                            : out_of_range(*dimensions[i], text);
        into.push_back(listed(json, *dimensions[i], *index, out));
    }
    return std::nullopt;
}

}  // namespace lienthong::adapters
