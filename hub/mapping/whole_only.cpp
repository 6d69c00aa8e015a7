// Holds every path against the path of the records, step by step, without a document.
#include "hub/mapping/whole_only.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

namespace lienthong::mapping {
namespace {

using StepKind = Step::Kind;
using Steps = std::vector<ResolvedPath::Step>;

/// Whether one node could be what both steps select.
bool could_meet(const ResolvedPath::Step& a, const ResolvedPath::Step& b)
{
    if (a.kind == StepKind::all || b.kind == StepKind::all)
        return a.kind != StepKind::attribute && b.kind != StepKind::attribute;
    return a.kind == b.kind && a.name == b.name;
}

/// Whether the path, from the root, could lead to a record or into one.
bool could_reach(const Steps& path, const Steps& records)
{
    return path.size() >= records.size() && std::equal(records.begin(), records.end(), path.begin(), could_meet);
}

bool reaches_another(const ResolvedPath& path, const Steps& records, bool elements)
{
    if (path.from_root)
        return could_reach(path.steps, records);
    if (path.up == 0)
        return false;
    // A list is no level, and which levels are lists only the document says: every ancestor that `..` can mean is tried.
    const std::size_t least = elements ? path.up : path.up + 1;
    for (std::size_t dropped = least; dropped <= records.size(); ++dropped) {
        Steps from_root(records.begin(), records.end() - static_cast<std::ptrdiff_t>(dropped));
        from_root.insert(from_root.end(), path.steps.begin(), path.steps.end());
        if (could_reach(from_root, records))
            return true;
        if (elements)
            break;
    }
    return false;
}

}  // namespace

std::vector<Problem> reaching_other_records(const Mapping::Program& program, const yaml::Source& source)
{
    std::vector<Problem> out;
    if (program.packet || program.records >= program.paths.size())
        return out;
    const ResolvedPath& records = program.paths[program.records];
    std::set<std::size_t> told;
    for (const Expression& expression : program.expressions) {
        if (expression.op != Op::path)
            continue;
        const ResolvedPath& path = program.paths[expression.index];
        if (reaches_another(path, records.steps, program.format == "xml") && told.insert(expression.offset).second)
            out.push_back({.code = "mapping.whole_only",
                           .detail = "this reaches into other records, so its documents cannot be read record by record",
                           .place = source.place(expression.offset),
                           .found = path.text,
                           .expected = "a path that ends above " + records.text});
    }
    return out;
}

}  // namespace lienthong::mapping
