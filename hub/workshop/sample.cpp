// Finds samples, runs them and compares what came out with what was expected.
#include "hub/workshop/sample.hpp"

#include "hub/mapping/render_facts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace lienthong::workshop {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_differences = 20;

/// What a problem expects without the number of rows a table has today: another row is no other outcome.
std::string without_row_count(std::string_view expected)
{
    constexpr std::string_view before = "one of the ", behind = " keys of ";
    if (expected.starts_with(before)) {
        const std::size_t end = expected.find_first_not_of("0123456789", before.size());
        if (end != before.size() && end != std::string_view::npos && expected.substr(end).starts_with(behind))
            return std::string(before) + std::string(expected.substr(end + 1));
    }
    return std::string(expected);
}

bool same_text(const Tree::Node& a, const Tree::Node& b)
{
    return a.text == b.text || (a.name == "expected" && without_row_count(a.text) == without_row_count(b.text));
}

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    if (!in || !(out << in.rdbuf()))
        return std::nullopt;
    return std::move(out).str();
}

std::string_view text_of(const Tree& tree, NodeId parent, std::string_view name)
{
    const NodeId node = tree.child(parent, name);
    return node == no_node ? std::string_view{} : tree.node(node).text;
}

Result<Observation> observation_from(const Tree& tree, NodeId node)
{
    const auto text = [&](std::string_view name) { return std::string(text_of(tree, node, name)); };
    const std::string_view vintage = text_of(tree, node, "vintage"), availability = text_of(tree, node, "availability");
    const auto known_vintage = vintage_from(vintage.empty() ? "unstated" : vintage);
    const auto known_availability = availability_from(availability.empty() ? "value" : availability);
    if (!known_vintage || !known_availability)
        return Problem{.code = "sample.unreadable",
                       .detail = "an observation of the parcel has an unknown vintage or availability",
                       .place = tree.place(node),
                       .found = std::string(known_vintage ? availability : vintage),
                       .expected = "a word of the hub's own"};
    return Observation{
        .key = {text("indicator"), text("measure"), text("period"), text("area"), text("breakdown"), text("agency")},
        .value = text("value"),
        .unit = text("unit"),
        .vintage = *known_vintage,
        .availability = *known_availability,
        .window = text("window"),
        .source = text("source")};
}

FactVersion fact_from(const Tree& tree, NodeId item, mapping::CalledByKey& called)
{
    FactVersion out;
    std::string name;
    for (NodeId id = tree.node(item).first_child; id != no_node; id = tree.node(id).next) {
        if (tree.node(id).name == "key")
            out.key = tree.node(id).text;
        if (tree.node(id).name == "called")
            name = tree.node(id).text;
        for (NodeId field = tree.node(id).first_child; field != no_node; field = tree.node(field).next)
            out.fields.emplace_back(tree.node(field).name, tree.node(field).text);
    }
    if (!name.empty())
        called.emplace(out.key, std::move(name));
    return out;
}

Result<std::string> render_packet(const mapping::Mapping& mapping, const Format& json, std::string_view sample,
                                  const catalogue::Catalogue& catalogue, mapping::Marks* marks)
{
    const auto tree = json.read(sample, FormatLimits{});
    if (!tree)
        return tree.problem();
    std::vector<std::pair<std::string, std::string>> parcel;
    std::vector<Observation> observations;
    std::optional<std::vector<FactVersion>> facts;
    mapping::CalledByKey called;
    for (NodeId id = tree->node(root_node).first_child; id != no_node; id = tree->node(id).next) {
        if (tree->node(id).name == "facts") {
            facts.emplace();
            for (NodeId item = tree->node(id).first_child; item != no_node; item = tree->node(item).next)
                facts->push_back(fact_from(*tree, item, called));
            continue;
        }
        if (tree->node(id).name != "observations") {
            parcel.emplace_back(tree->node(id).name, tree->node(id).text);
            continue;
        }
        for (NodeId item = tree->node(id).first_child; item != no_node; item = tree->node(item).next) {
            auto observation = observation_from(*tree, item);
            if (!observation)
                return observation.problem();
            observations.push_back(std::move(*observation));
        }
    }
    if (facts) {
        const auto kind = std::find_if(parcel.begin(), parcel.end(), [](const auto& one) { return one.first == "kind"; });
        const std::string name = kind == parcel.end() ? std::string() : kind->second;
        std::erase_if(parcel, [](const auto& one) { return one.first == "kind"; });
        return mapping::render_facts(mapping, name, *facts, called, parcel, marks);
    }
    return mapping.render(observations, catalogue, parcel, marks);
}

/// Walks two trees side by side.
class Comparison
{
public:
    Comparison(const Tree& expected, const Tree& actual, std::vector<Problem>& out)
        : expected_(expected), actual_(actual), out_(out)
    {
    }

    void compare(NodeId a, NodeId b, const std::string& place)
    {
        const Tree::Node& wanted = expected_.node(a);
        const Tree::Node& given = actual_.node(b);
        if (out_.size() >= most_differences)
            return;
        if (wanted.kind != given.kind ||
            (wanted.kind != NodeKind::object && wanted.kind != NodeKind::array && !same_text(wanted, given)))
            tell(place, shown(actual_, b), shown(expected_, a));
        else if (wanted.kind == NodeKind::object)
            compare_members(a, b, place);
        else if (wanted.kind == NodeKind::array)
            compare_items(a, b, place);
    }

private:
    void compare_members(NodeId a, NodeId b, const std::string& place)
    {
        for (NodeId id = expected_.node(a).first_child; id != no_node; id = expected_.node(id).next) {
            const std::string name(expected_.node(id).name);
            const NodeId other = actual_.child(b, name);
            if (other == no_node)
                tell(place + "/" + name, "nothing", shown(expected_, id));
            else
                compare(id, other, place + "/" + name);
        }
        for (NodeId id = actual_.node(b).first_child; id != no_node; id = actual_.node(id).next)
            if (expected_.child(a, actual_.node(id).name) == no_node)
                tell(place + "/" + std::string(actual_.node(id).name), shown(actual_, id), "nothing");
    }

    void compare_items(NodeId a, NodeId b, const std::string& place)
    {
        NodeId one = expected_.node(a).first_child, other = actual_.node(b).first_child;
        for (std::size_t i = 0; one != no_node || other != no_node; ++i) {
            const std::string here = place + "/" + std::to_string(i);
            if (one == no_node || other == no_node) {
                tell(here, other == no_node ? "nothing" : shown(actual_, other),
                     one == no_node ? "nothing" : shown(expected_, one));
            } else {
                compare(one, other, here);
            }
            one = one == no_node ? no_node : expected_.node(one).next;
            other = other == no_node ? no_node : actual_.node(other).next;
        }
    }

    static std::string shown(const Tree& tree, NodeId id)
    {
        const std::string_view source = tree.source(id);
        return shortened(source.empty() ? tree.node(id).text : source, 160);
    }

    void tell(const std::string& place, std::string found, std::string wanted)
    {
        if (out_.size() < most_differences)
            out_.push_back({.code = "sample.different",
                            .detail = "something else came out",
                            .place = place,
                            .found = std::move(found),
                            .expected = std::move(wanted)});
    }

    const Tree& expected_;
    const Tree& actual_;
    std::vector<Problem>& out_;
};

}  // namespace

std::vector<SampleFiles> samples_beside(const std::string& mapping_path)
{
    const fs::path path(mapping_path);
    const std::string stem = path.stem().string();
    const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::vector<SampleFiles> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        const std::string file = entry.path().filename().string();
        const std::size_t mark = file.rfind(".sample.");
        if (mark == std::string::npos || !(file.substr(0, mark) == stem || file.substr(0, mark).starts_with(stem + ".")))
            continue;
        const std::string name = file.substr(0, mark);
        out.push_back({name, entry.path().string(), (directory / (name + ".expected.json")).string()});
    }
    std::sort(out.begin(), out.end(), [](const SampleFiles& a, const SampleFiles& b) { return a.name < b.name; });
    return out;
}

Result<std::string> run_sample(const mapping::Mapping& mapping, const Format& format, const Format& json, std::string_view sample,
                               const catalogue::Catalogue& catalogue, mapping::Marks* marks)
{
    if (mapping.renders())
        return render_packet(mapping, json, sample, catalogue, marks);
    return render(examine(mapping, format, sample, catalogue, Scope{.agencies = {"*"}, .area = {}}, nullptr, marks));
}

std::vector<Problem> differences(std::string_view expected, std::string_view actual, const Format& json)
{
    std::vector<Problem> out;
    const auto wanted = json.read(expected, FormatLimits{});
    const auto given = json.read(actual, FormatLimits{});
    for (const auto* tree : {&wanted, &given})
        if (!*tree) {
            out.push_back(tree->problem());
            out.back().code = "sample.unreadable";
        }
    if (out.empty())
        Comparison(*wanted, *given, out).compare(root_node, root_node, "");
    return out;
}

std::vector<Problem> check_samples(const std::string& mapping_path, const mapping::Mapping& mapping, const Format& format,
                                   const Format& json, const catalogue::Catalogue& catalogue, mapping::Marks* marks)
{
    std::vector<Problem> out;
    for (const SampleFiles& files : samples_beside(mapping_path)) {
        const auto sample = read_file(files.sample), expected = read_file(files.expected);
        if (!sample || !expected) {
            // What it reaches counts all the same: that is seen before anything is kept.
            if (sample)
                (void)run_sample(mapping, format, json, *sample, catalogue, marks);
            out.push_back({.code = "sample.unreadable",
                           .detail = sample ? "no expected file: lienthong try " + mapping_path + " " + files.sample +
                                                  " --expected >" + files.expected
                                            : "the sample cannot be read",
                           .place = sample ? files.expected : files.sample});
            continue;
        }
        auto actual = run_sample(mapping, format, json, *sample, catalogue, marks);
        if (!actual && mapping.renders() && !actual.problem().code.starts_with("sample."))
            actual = no_packet(actual.problem());
        std::vector<Problem> found = actual ? differences(*expected, *actual, json) : std::vector<Problem>{actual.problem()};
        for (Problem& problem : found) {
            problem.place = files.expected + "#" + problem.place;
            out.push_back(std::move(problem));
        }
    }
    return out;
}

}  // namespace lienthong::workshop
