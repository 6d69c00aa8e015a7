// Structure-specific SDMX-ML 2.1: series, groups and observations as elements, components as their attributes.
#include "adapters/formats/sdmx/sdmx_ml_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view message_space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";
constexpr std::string_view data_space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific";
constexpr std::array<std::string_view, 5> children = {"Series", "Obs", "Group", "Annotations", "Atts"};
constexpr std::string_view all_dimensions = "AllDimensions";

Problem at(Problem problem, std::string place)
{
    problem.place = std::move(place);
    return problem;
}

std::string_view text_of(const Tree& tree, NodeId parent, std::string_view name)
{
    const NodeId id = parent == no_node ? no_node : tree.child(parent, name);
    return id == no_node ? std::string_view{} : tree.node(id).text;
}

std::string_view attribute_of(const Tree& tree, NodeId element, std::string_view name, std::string_view space = {})
{
    for (NodeId id = tree.node(element).first_child; id != no_node && tree.node(id).kind == NodeKind::attribute;
         id = tree.node(id).next)
        if (tree.node(id).name == name && tree.node(id).space == space)
            return tree.node(id).text;
    return {};
}

/// "IMF:ECOFIN_DSD(1.0)" of the element that refers to a structure, a dataflow or an agreement, by Ref or by URN.
std::string structure_named(const Tree& tree, NodeId structure)
{
    for (const char* kind : {"Structure", "StructureUsage", "ProvisionAgreement", "ProvisionAgrement"}) {
        const NodeId named = tree.child(structure, kind);
        if (named == no_node)
            continue;
        if (const std::string_view urn = text_of(tree, named, "URN"); urn.find('=') != std::string_view::npos)
            return std::string(urn.substr(urn.find('=') + 1));
        const NodeId ref = tree.child(named, "Ref");
        if (ref == no_node)
            continue;
        const std::string_view version = attribute_of(tree, ref, "version");
        return std::string(attribute_of(tree, ref, "agencyID")) + ":" + std::string(attribute_of(tree, ref, "id")) + "(" +
               std::string(version.empty() ? "1.0" : version) + ")";
    }
    return {};
}

}  // namespace

std::optional<Problem> SdmxMlReader::begin(const Tree& xml)
{
    const Tree::Node& root = xml.node(root_node);
    const bool known = root.name == "StructureSpecificData" || root.name == "StructureSpecificTimeSeriesData";
    if (!known || root.space != message_space)
        return at(sdmx_problem("format.sdmx.not_sdmx", "this is no structure-specific data message of SDMX-ML 2.1",
                               root.space.empty() ? root.name : std::string(root.name) + " of " + std::string(root.space),
                               "StructureSpecificData of " + std::string(message_space)),
                  xml.place(root_node));
    NodeId header = no_node;
    for (NodeId id = root.first_child; id != no_node; id = xml.node(id).next) {
        if (xml.node(id).kind != NodeKind::element)
            continue;
        const std::string_view name = xml.node(id).name;
        if (name == "DataSet" && dataset_ != no_node)
            return at(sdmx_problem("format.sdmx.several", "the message holds several datasets", {}, "a message for each"), xml.place(id));
        if (name == "Header")
            header = id;
        else if (name == "DataSet")
            dataset_ = id;
        else if (name != "Footer")
            return at(sdmx_problem("format.sdmx.not_sdmx", "an element that no data message has", name, "Header, DataSet or Footer"),
                      xml.place(id));
    }
    if (header == no_node || dataset_ == no_node)
        return at(sdmx_problem("format.sdmx.not_sdmx", std::string("the message has no ") + (header == no_node ? "Header" : "DataSet")),
                  xml.place(root_node));
    place_ = xml.place(dataset_);
    if (auto problem = read_header(xml, header))
        return problem;
    return read_dataset(xml);
}

std::optional<Problem> SdmxMlReader::read_header(const Tree& xml, NodeId header)
{
    if (auto problem = read_structure(xml, header))
        return problem;
    action_ = sdmx_action(text_of(xml, header, "DataSetAction"));
    if (const std::string_view own = attribute_of(xml, dataset_, "action", data_space); !own.empty())
        action_ = sdmx_action(own);
    for (const auto& [from, name] : {std::pair("ID", "id"), std::pair("Prepared", "prepared")})
        if (const std::string_view text = text_of(xml, header, from); !text.empty())
            out_.describe({.name = name, .text = text});
    const NodeId sender = xml.child(header, "Sender");
    if (sender != no_node && !attribute_of(xml, sender, "id").empty())
        out_.describe({.name = "sender", .text = attribute_of(xml, sender, "id")});
    return std::nullopt;
}

std::optional<Problem> SdmxMlReader::read_structure(const Tree& xml, NodeId header)
{
    std::string_view wanted = attribute_of(xml, dataset_, "structureRef", data_space);
    NodeId found = no_node;
    for (NodeId id = xml.node(header).first_child; id != no_node; id = xml.node(id).next)
        if (xml.node(id).name == "Structure" && attribute_of(xml, id, "structureID") == wanted)
            found = id;
    const std::string structure = found == no_node ? std::string{} : structure_named(xml, found);
    if (structure.empty())
        return at(sdmx_problem("format.sdmx.structure", "the dataset is of a structure the header does not name", wanted,
                               "the structureID of a Structure in the header that refers to a structure, a dataflow or an agreement"),
                  place_ + "/@structureRef");
    const std::string_view own = attribute_of(xml, found, "dimensionAtObservation");
    own_dimension_ = own.empty() ? "TIME_PERIOD" : own == all_dimensions ? "" : std::string(own);
    out_.describe({.name = "structure", .text = structure});
    return std::nullopt;
}

void SdmxMlReader::read_components(const Tree& xml, NodeId element, std::vector<SdmxValue>& into)
{
    for (NodeId id = xml.node(element).first_child; id != no_node && xml.node(id).kind == NodeKind::attribute; id = xml.node(id).next)
        if (xml.node(id).space.empty())
            into.push_back({.name = out_.keep_name(xml.node(id).name), .text = out_.keep(xml.node(id).text)});
}

std::optional<Problem> SdmxMlReader::read_dataset(const Tree& xml)
{
    read_components(xml, dataset_, of_dataset_);
    for (const SdmxValue& value : of_dataset_)
        if (!out_.describe(value))
            return at(sdmx_problem("format.sdmx.contradiction", "'" + std::string(value.name) + "' stands twice in the dataset", value.text),
                      place_);
    std::size_t count = 0;
    for (NodeId id = xml.node(dataset_).first_child; id != no_node; id = xml.node(id).next) {
        const std::string_view name = xml.node(id).name;
        if (xml.node(id).kind != NodeKind::element)
            continue;
        if (std::find(children.begin(), children.end(), name) == children.end())
            return at(sdmx_problem("format.sdmx.not_sdmx", "an element that no dataset has", name, "Series, Group or Obs"), xml.place(id));
        if (name != "Group")
            continue;
        read_components(xml, id, unsorted_groups_.emplace_back());
        group_places_.push_back(place_ + "/Group[" + std::to_string(++count) + "]");
    }
    return std::nullopt;
}

std::optional<Problem> SdmxMlReader::index_groups(const std::vector<SdmxValue>& first)
{
    groups_indexed_ = true;
    for (std::size_t i = 0; i < unsorted_groups_.size(); ++i) {
        // Which attributes of a group are dimensions only the structure says; but every series has all of them.
        std::vector<SdmxValue> dimensions, attributes;
        for (const SdmxValue& value : unsorted_groups_[i]) {
            const bool is_dimension =
                std::any_of(first.begin(), first.end(), [&](const SdmxValue& one) { return one.name == value.name; });
            (is_dimension ? dimensions : attributes).push_back(value);
        }
        if (dimensions.empty())
            return at(sdmx_problem("format.sdmx.groups", "the group names no dimension of the series"), group_places_[i]);
        if (!groups_.add(std::move(dimensions), attributes))
            return at(sdmx_problem("format.sdmx.groups", "more kinds of groups, or attributes of one, than any structure has"),
                      group_places_[i]);
    }
    unsorted_groups_.clear();
    group_places_.clear();
    return std::nullopt;
}

std::optional<Problem> SdmxMlReader::take(const Tree& xml, NodeId child)
{
    const Tree::Node& node = xml.node(child);
    if (node.kind != NodeKind::element || (node.name != "Series" && node.name != "Obs"))
        return std::nullopt;
    if (node.name == "Obs")
        return observe(xml, child, of_dataset_, place_ + "/Obs[" + std::to_string(++observation_count_) + "]");
    const std::string place = place_ + "/Series[" + std::to_string(++series_count_) + "]/Obs[";
    series_ = of_dataset_;
    read_components(xml, child, series_);
    std::size_t count = 0;
    for (NodeId id = node.first_child; id != no_node; id = xml.node(id).next)
        if (xml.node(id).kind == NodeKind::element && xml.node(id).name == "Obs")
            if (auto problem = observe(xml, id, series_, place + std::to_string(++count) + "]"))
                return problem;
    return std::nullopt;
}

std::optional<Problem> SdmxMlReader::observe(const Tree& xml, NodeId observation, const std::vector<SdmxValue>& above,
                                             std::string_view place)
{
    values_ = above;
    read_components(xml, observation, values_);
    if (!groups_indexed_)
        if (auto problem = index_groups(values_))
            return problem;
    std::optional<Problem> fault;
    if (!own_dimension_.empty() &&
        std::none_of(values_.begin(), values_.end(), [&](const SdmxValue& one) { return one.name == own_dimension_; }))
        fault = at(sdmx_problem("format.sdmx.key", "the observation lacks its dimension " + own_dimension_, {},
                                "the attribute " + own_dimension_),
                   std::string(place) + "/@" + own_dimension_);
    groups_.apply(values_);
    return out_.observe(place, values_, action_, std::move(fault));
}

}  // namespace lienthong::adapters
