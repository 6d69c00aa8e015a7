// Loading a computation from disk or memory.
#include "hub/compute/computation.hpp"

#include "hub/compute/read_computation.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace lienthong::compute {
namespace {

constexpr std::size_t most_bytes = 1024UL * 1024;

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

}  // namespace

std::shared_ptr<const Computation> Computation::load(const std::string& path, const FactFieldNames& facts,
                                                     const catalogue::Catalogue& catalogue, const mapping::Sha256Hex& sha256_hex,
                                                     std::vector<Problem>& problems, std::vector<Problem>& findings)
{
    const auto text = read_file(path);
    if (!text || text->size() > most_bytes) {
        problems.push_back({.code = "compute.unreadable",
                            .detail = text ? "the computation is larger than 1 MiB" : "the computation's file cannot be read",
                            .place = path,
                            .expected = "a file of at most 1 MiB"});
        return nullptr;
    }
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    return compile(
        path, *text, [&](std::string_view name) { return read_file(directory + std::string(name)); }, facts, catalogue,
        sha256_hex, problems, findings);
}

std::shared_ptr<const Computation> Computation::compile(const std::string& file, std::string_view text,
                                                        const mapping::ReadBeside& read_beside, const FactFieldNames& facts,
                                                        const catalogue::Catalogue& catalogue,
                                                        const mapping::Sha256Hex& sha256_hex, std::vector<Problem>& problems,
                                                        std::vector<Problem>& findings)
{
    const std::size_t before = problems.size();
    const mapping::yaml::Source source(file, std::string(text));
    const auto root = mapping::yaml::read(source, problems);
    if (!root)
        return nullptr;
    ReadDeclaration read = read_declaration(*root, {source, read_beside, facts, catalogue, problems, findings});
    if (problems.size() > before)
        return nullptr;
    std::sort(read.table_bytes.begin(), read.table_bytes.end());
    std::string parts = sha256_hex(source.text()) + "\n";
    for (const auto& [name, bytes] : read.table_bytes)
        parts += sha256_hex(bytes) + " " + name + "\n";
    read.declaration.digest = sha256_hex(parts);
    return std::shared_ptr<const Computation>(new Computation(std::move(read.declaration)));
}

std::vector<Problem> overlaps(const std::vector<std::shared_ptr<const Computation>>& computations)
{
    std::vector<Problem> problems;
    std::map<std::string, std::string> told;
    std::set<std::string> names;
    for (const auto& computation : computations) {
        if (!names.insert(computation->name()).second)
            problems.push_back({.code = "compute.told_twice",
                                .detail = "two computations have one name",
                                .place = computation->name(),
                                .found = computation->name(),
                                .expected = "a name of its own"});
        for (const FigureRule& rule : computation->declaration().figures) {
            const auto [first, is_new] = told.emplace(rule.indicator + " " + rule.measure, computation->name());
            if (!is_new && first->second != computation->name())
                problems.push_back({.code = "compute.told_twice",
                                    .detail = "two computations tell one measure",
                                    .place = computation->name(),
                                    .found = first->first,
                                    .expected = "it is told by " + first->second + " already"});
        }
    }
    return problems;
}

}  // namespace lienthong::compute
