// Reads a golden case from its folder.
#include "tests/golden/golden_case.hpp"

#include "adapters/formats/json/json_format.hpp"
#include "hub/model/time.hpp"
#include "hub/model/tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

Problem wrong(const fs::path& place, std::string detail)
{
    return {"golden.case", std::move(detail), place.string()};
}

std::string text_at(const Tree& tree, NodeId parent, std::string_view name)
{
    const NodeId id = tree.child(parent, name);
    return id == no_node ? std::string() : std::string(tree.node(id).text);
}

/// A text given in place, or in a file named beside the case.
std::string bytes_at(const Tree& tree, NodeId parent, const std::string& name, const fs::path& directory)
{
    const std::string file = text_at(tree, parent, name + "_file");
    return file.empty() ? text_at(tree, parent, name) : read_file(directory / file);
}

std::vector<std::pair<std::string, std::string>> pairs_at(const Tree& tree, NodeId parent)
{
    std::vector<std::pair<std::string, std::string>> out;
    for (NodeId id = parent == no_node ? no_node : tree.node(parent).first_child; id != no_node; id = tree.node(id).next)
        out.emplace_back(tree.node(id).name, tree.node(id).text);
    return out;
}

sdk::Parcel parcel_at(const Tree& tree, NodeId at, const fs::path& directory)
{
    return {text_at(tree, at, "id"), text_at(tree, at, "content_type"), bytes_at(tree, at, "bytes", directory)};
}

Result<void> read_start(const Tree& tree, NodeId start, GoldenCase& out)
{
    const NodeId at = start == no_node ? no_node : tree.node(start).first_child;
    const std::string_view kind = at == no_node ? std::string_view() : tree.node(at).name;
    out.start_text = at == no_node ? std::string() : std::string(tree.node(at).text);
    out.polls = kind == "poll";
    if (kind == "poll") {
        out.start.what = sdk::Poll{out.start_text};
    } else if (kind == "acquire") {
        out.start.what = sdk::Acquire{out.start_text};
    } else if (kind == "list") {
        out.start.what = sdk::List{out.start_text};
    } else if (kind == "fetch") {
        out.start.what = sdk::Fetch{out.start_text};
    } else if (kind == "deliver") {
        out.start.what = sdk::Deliver{parcel_at(tree, at, out.directory)};
    } else if (kind == "find_out") {
        out.start.what = sdk::FindOut{parcel_at(tree, at, out.directory)};
    } else if (kind == "called") {
        sdk::InboundRequest request;
        request.route = text_at(tree, at, "route");
        request.method = text_at(tree, at, "method");
        request.target = text_at(tree, at, "target");
        request.headers = pairs_at(tree, tree.child(at, "headers"));
        out.start_body = bytes_at(tree, at, "body", out.directory);
        request.body = out.start_body;
        out.start.what = sdk::Called{std::move(request)};
    } else {
        return wrong(out.directory / "case.json", "start is none of poll, acquire, list, fetch, deliver, find_out, called");
    }
    return {};
}

Result<void> read_arrivals(const Tree& tree, GoldenCase& out)
{
    for (const auto& [id, how] : pairs_at(tree, tree.child(root_node, "arrived"))) {
        if (how != "fresh" && how != "duplicate" && how != "conflict")
            return wrong(out.directory / "case.json", "arrived: '" + how + "' is none of fresh, duplicate, conflict");
        out.arrived[id] = how == "fresh"       ? sdk::Arrived::fresh
                          : how == "duplicate" ? sdk::Arrived::duplicate
                                               : sdk::Arrived::conflict;
    }
    return {};
}

struct BodyKind
{
    const char* extension;
    const char* content_type;
};
constexpr std::array<BodyKind, 5> body_kinds = {BodyKind{"json", "application/json"}, BodyKind{"xml", "application/xml"},
                                                BodyKind{"html", "text/html"}, BodyKind{"txt", "text/plain"},
                                                BodyKind{"bin", "application/octet-stream"}};

Result<void> read_status(const fs::path& file, ScriptedAnswer& answer)
{
    std::istringstream lines(read_file(file));
    std::string line;
    std::getline(lines, line);
    if (std::from_chars(line.data(), line.data() + line.size(), answer.status).ec != std::errc())
        return wrong(file, "the first line is no status");
    while (std::getline(lines, line)) {
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos)
            answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    return {};
}

/// The answer to request `number`; false when the folder has none.
Result<bool> read_answer(GoldenCase& out, std::size_t number)
{
    ScriptedAnswer answer;
    bool found = false;
    const std::string stem = std::to_string(number) + ".reply.";
    for (const BodyKind& kind : body_kinds) {
        const fs::path file = out.directory / (stem + kind.extension);
        if (!fs::exists(file))
            continue;
        if (found)
            return wrong(file, "a request has two bodies for its answer");
        answer.body = read_file(file);
        answer.headers.emplace_back("Content-Type", kind.content_type);
        found = true;
    }
    const fs::path status = out.directory / (stem + "status");
    if (fs::exists(status)) {
        found = true;
        const auto read = read_status(status, answer);
        if (!read)
            return read.problem();
    }
    if (found)
        out.answers.push_back(std::move(answer));
    return found;
}

}  // namespace

std::string read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> find_cases(const fs::path& root)
{
    std::vector<fs::path> cases;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.path().filename() == "case.json")
            cases.push_back(entry.path().parent_path());
    std::sort(cases.begin(), cases.end());
    return cases;
}

std::vector<fs::path> folders_without_case(const fs::path& root)
{
    const auto is_folder = [](const fs::directory_entry& entry) { return entry.is_directory(); };
    std::vector<fs::path> out;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (is_folder(entry) && !fs::exists(entry.path() / "case.json") &&
            std::none_of(fs::directory_iterator(entry.path()), fs::directory_iterator(), is_folder))
            out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

Result<std::shared_ptr<const GoldenCase>> load_case(const fs::path& directory)
{
    const fs::path file = directory / "case.json";
    auto tree = adapters::JsonFormat().read(read_file(file), FormatLimits{});
    if (!tree)
        return Problem{"golden.case", tree.problem().sentence(), file.string()};
    auto out = std::make_shared<GoldenCase>();
    out->directory = directory;
    out->name = directory.filename().string();
    out->connector = directory.parent_path().filename().string();
    for (auto& [name, value] : pairs_at(*tree, tree->child(root_node, "settings")))
        out->settings[name] = value;
    const auto now = time_from(text_at(*tree, root_node, "now"));
    if (!now)
        return wrong(file, "now is no RFC 3339 time");
    out->now_millis = std::chrono::duration_cast<std::chrono::milliseconds>(now->time_since_epoch()).count();
    const auto arrivals = read_arrivals(*tree, *out);
    if (!arrivals)
        return arrivals.problem();
    const auto started = read_start(*tree, tree->child(root_node, "start"), *out);
    if (!started)
        return started.problem();
    for (std::size_t number = 1;; ++number) {
        const auto more = read_answer(*out, number);
        if (!more)
            return more.problem();
        if (!*more)
            return std::shared_ptr<const GoldenCase>(std::move(out));
    }
}

}  // namespace lienthong::golden
