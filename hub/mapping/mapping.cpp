// Loading a mapping from disk or memory, and what a loaded one says of itself and of a document.
#include "hub/mapping/mapping.hpp"

#include "hub/mapping/beside.hpp"
#include "hub/mapping/extend.hpp"
#include "hub/mapping/load.hpp"
#include "hub/mapping/meaning.hpp"
#include "hub/mapping/walk.hpp"
#include "hub/mapping/whole_only.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <tuple>

namespace lienthong::mapping {
namespace {

constexpr std::size_t most_mapping_bytes = 1024UL * 1024;

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::ostringstream out;
    out << in.rdbuf();
    if (in.bad() || out.fail())
        return std::nullopt;
    return std::move(out).str();
}

/// Line and column of a place that ends in ":line:column"; the mapping's own file comes first.
std::tuple<bool, std::string, int, int> position(const Problem& problem, const std::string& file)
{
    const std::size_t colon = problem.place.rfind(':');
    const std::size_t before = colon == std::string::npos || colon == 0 ? std::string::npos : problem.place.rfind(':', colon - 1);
    int line = 0, column = 0;
    if (before == std::string::npos)
        return {true, problem.place, 0, 0};
    std::from_chars(problem.place.data() + before + 1, problem.place.data() + colon, line);
    std::from_chars(problem.place.data() + colon + 1, problem.place.data() + problem.place.size(), column);
    const std::string in = problem.place.substr(0, before);
    return {in != file, in, line, column};
}

void sort_by_place(std::vector<Problem>& problems, std::size_t from, const std::string& file)
{
    std::stable_sort(problems.begin() + static_cast<std::ptrdiff_t>(from), problems.end(),
                     [&](const Problem& a, const Problem& b) { return position(a, file) < position(b, file); });
}

/// Of the mapping's own file and of every file beside it that it is made of, by name.
std::string digest_of(std::string_view text, std::vector<std::pair<std::string, std::string>> beside_it, const Sha256Hex& sha256_hex)
{
    std::string parts = sha256_hex(text) + "\n";
    std::sort(beside_it.begin(), beside_it.end());
    for (const auto& [name, bytes] : beside_it)
        parts += sha256_hex(bytes) + " " + name + "\n";
    return sha256_hex(parts);
}

/// "; there is 'duLieu'": members at the place where a path goes wrong whose names are near.
std::string names_near(const Tree& tree, const ResolvedPath& path)
{
    std::uint64_t steps = steps_of_record;
    Walk walk(tree, steps);
    ResolvedPath way{.from_root = true, .steps = {}, .text = {}};
    for (const ResolvedPath::Step& step : path.steps) {
        const std::vector<NodeId> above = walk.all(way, root_node);
        way.steps.push_back(step);
        if (step.kind == Step::Kind::all || !walk.all(way, root_node).empty() || above.empty())
            continue;
        std::vector<std::string> names;
        if (way.steps.size() == 1 && tree.node(root_node).kind == NodeKind::element)
            names.emplace_back(tree.node(root_node).name);
        else
            for (NodeId id = tree.node(above.front()).first_child; id != no_node && names.size() < 200; id = tree.node(id).next)
                names.emplace_back(tree.node(id).name);
        const auto near = text::nearest(step.name, names, 1);
        return near.empty() ? "" : "; there is '" + near.front() + "'";
    }
    return "";
}

}  // namespace

std::string line_text(std::uint32_t line, std::string_view file)
{
    return "line " + std::to_string(line) + (file.empty() ? "" : " of " + std::string(file));
}

Mapping::Mapping(std::unique_ptr<const Program> program) : program_(std::move(program)) {}

Mapping::~Mapping() = default;

std::shared_ptr<const Mapping> Mapping::load(const std::string& path, const catalogue::Catalogue& catalogue,
                                             const Sha256Hex& sha256_hex, std::vector<Problem>& problems,
                                             std::vector<Problem>& findings)
{
    const auto text = read_file(path);
    if (!text) {
        problems.push_back(
            {.code = "mapping.unreadable", .detail = "the mapping file cannot be read", .place = path, .expected = "a file"});
        return nullptr;
    }
    return compile(
        path, *text, [&](std::string_view name) { return read_file(beside(path, name)); }, catalogue, sha256_hex, problems, findings);
}

std::shared_ptr<const Mapping> Mapping::compile(const std::string& file, std::string_view text, const ReadBeside& read_beside,
                                                const catalogue::Catalogue& catalogue, const Sha256Hex& sha256_hex,
                                                std::vector<Problem>& problems, std::vector<Problem>& findings)
{
    const std::size_t before = problems.size(), findings_before = findings.size();
    if (text.size() > most_mapping_bytes) {
        problems.push_back({.code = "mapping.unreadable",
                            .detail = "the mapping is larger than 1 MiB",
                            .place = file,
                            .expected = "a smaller one"});
        return nullptr;
    }
    yaml::Source source(file, std::string(text));
    auto root = yaml::read(source, problems);
    if (!root)
        return nullptr;
    const auto whole = extended(source, std::move(*root), read_beside, problems);
    if (!whole)
        return nullptr;
    Loader loader(source, read_beside, problems);
    std::unique_ptr<Program> program = loader.read(whole->root);
    if (program != nullptr)
        check_meaning(*program, source, catalogue, problems.size() == before, problems, findings);
    sort_by_place(problems, before, file);
    sort_by_place(findings, findings_before, file);
    if (problems.size() > before)
        return nullptr;
    auto beside_it = loader.table_bytes();
    beside_it.insert(beside_it.end(), whole->bytes.begin(), whole->bytes.end());
    program->digest = digest_of(source.text(), std::move(beside_it), sha256_hex);
    program->whole_only = reaching_other_records(*program, source);
    for (Expression& expression : program->expressions)
        expression.syntax = nullptr;
    return std::shared_ptr<const Mapping>(new Mapping(std::move(program)));
}

const std::string& Mapping::name() const
{
    return program_->name;
}

const std::string& Mapping::format() const
{
    return program_->format;
}

const Layout& Mapping::layout() const
{
    return program_->layout;
}

std::uint32_t Mapping::version() const
{
    return program_->version;
}

const std::string& Mapping::digest() const
{
    return program_->digest;
}

bool Mapping::renders() const
{
    return program_->packet.has_value();
}

RecordPath Mapping::record_path() const
{
    RecordPath out;
    for (const ResolvedPath::Step& step : program_->paths.at(program_->records).steps) {
        if (step.kind == Step::Kind::attribute || step.has_space)
            return {};
        out.steps.push_back({.all = step.kind == Step::Kind::all, .name = step.kind == Step::Kind::all ? "" : step.name});
    }
    return out;
}

const std::vector<Problem>& Mapping::whole_only() const
{
    return program_->whole_only;
}

Result<std::vector<NodeId>> Mapping::records(const Tree& tree) const
{
    const ResolvedPath& path = program_->paths.at(program_->records);
    std::uint64_t steps = ~std::uint64_t{0};
    Walk walk(tree, steps);
    std::vector<NodeId> found = walk.all(path, root_node);
    const auto is_list = [&](NodeId id) { return tree.node(id).kind == NodeKind::array; };
    const bool selects_items = !path.steps.empty() && path.steps.back().kind == Step::Kind::all;
    if (!selects_items && !found.empty() && std::all_of(found.begin(), found.end(), is_list))
        return Problem{.code = "message.no_records",
                       .detail = "the path of the records leads to a list, not to what stands in it",
                       .place = tree.place(found.front()),
                       .found = path.text,
                       .expected = (path.steps.empty() ? "" : path.text) + "/*",
                       .rule = "mapping " + program_->name};
    if (!found.empty() || (program_->empty_allowed && walk.has_container(path, root_node)))
        return found;
    const std::string place = missing_place(tree, path, root_node, "", steps);
    return Problem{.code = "message.no_records",
                   .detail = "the document has no records",
                   .place = place,
                   .expected = "records at " + path.text + names_near(tree, path),
                   .rule = "mapping " + program_->name};
}

}  // namespace lienthong::mapping
