// Walks a program from what its keys say down to paths and branches, and holds each against the marks.
#include "hub/mapping/coverage.hpp"

#include "hub/mapping/program.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

namespace lienthong::mapping {
namespace {

class Parts
{
public:
    Parts(const Mapping::Program& program, const Marks& marks) : program_(program), marks_(marks) {}

    std::vector<Part> gather()
    {
        for (const ExpressionId id : program_.lets)
            root(id);
        if (program_.skip != no_expression)
            condition(program_.skip);
        for (const Entry& entry : program_.entries) {
            if (entry.when != no_expression)
                condition(entry.when);
            for (const ExpressionId id : entry.fields)
                if (id != no_expression)
                    root(id);
        }
        if (program_.fact) {
            root(program_.fact->key);
            for (const auto& [name, id] : program_.fact->fields)
                root(id);
        }
        if (program_.packet)
            piece(*program_.packet);
        std::stable_sort(where_.begin(), where_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<Part> out;
        for (auto& [where, part] : where_)
            out.push_back(std::move(part));
        rows(out);
        return out;
    }

private:
    [[nodiscard]] std::uint8_t marks(ExpressionId id) const { return marks_.expressions[id]; }

    void add(ExpressionId id, PartKind kind, bool reached, std::string found, std::string wanted)
    {
        const Expression& e = program_.at(id);
        where_.push_back({{e.file, e.line, e.character},
                          {.kind = kind,
                           .reached = reached,
                           .place = program_.place(id),
                           .found = std::move(found),
                           .wanted = std::move(wanted)}});
    }

    /// The whole expression of a key. Of `common` every entry has the same one.
    void root(ExpressionId id)
    {
        if (!seen_.insert(id).second)
            return;
        // A path that is the whole expression is one part, not two.
        if (program_.at(id).op != Op::path)
            add(id, PartKind::expression, marks(id) != 0, "", "a record for which this is worked out");
        below(id);
    }

    /// A condition that stands for itself: both of its answers are parts.
    void condition(ExpressionId id)
    {
        if (!seen_.insert(id).second)
            return;
        add(id, PartKind::condition, (marks(id) & Marks::present) != 0, "", "a record for which the condition holds");
        add(id, PartKind::condition, (marks(id) & (Marks::no | Marks::missing)) != 0, "",
            "a record for which the condition does not hold");
        below(id);
    }

    void branch(ExpressionId id, const char* wanted) { add(id, PartKind::branch, marks(id) != 0, "", wanted); }

    void below(ExpressionId id)
    {
        const Expression& e = program_.at(id);
        const auto last = static_cast<std::size_t>(e.argument_count);
        switch (e.op) {
            case Op::path: {
                const std::string& path = program_.paths[e.index].text;
                add(id, PartKind::path, (marks(id) & Marks::present) != 0, path, "a record in which something stands at " + path);
                break;
            }
            case Op::when:
                for (std::size_t i = 0; i < last; ++i)
                    if (i % 2 == 1)
                        branch(program_.argument(e, i), "a record for which the condition before it holds");
                    else if (i + 1 == last)
                        branch(program_.argument(e, i), "a record for which none of the conditions holds");
                break;
            case Op::fallback:
                branch(program_.argument(e, 1), "a record in which the value before it is missing");
                break;
            case Op::lookup:
                if (last > 1)
                    branch(program_.argument(e, 1), "a record whose key has no row");
                break;
            case Op::both:
                branch(program_.argument(e, 1), "a record for which what stands before 'and' holds");
                break;
            case Op::either:
                branch(program_.argument(e, 1), "a record for which what stands before 'or' does not hold");
                break;
            default:
                break;
        }
        for (std::size_t i = 0; i < last; ++i)
            below(program_.argument(e, i));
    }

    void piece(const Template& one)
    {
        if (one.where != no_expression)
            condition(one.where);
        if (one.kind == Template::Kind::value)
            root(one.value);
        for (const Template& child : one.children)
            piece(child);
    }

    void rows(std::vector<Part>& out) const
    {
        for (std::size_t t = 0; t < program_.tables.size(); ++t)
            for (std::size_t i = 0; i < program_.tables[t].rows().size(); ++i) {
                const Cell& key = program_.tables[t].rows()[i].front();
                out.push_back({.kind = PartKind::row,
                               .reached = marks_.rows[t][i],
                               .place = program_.tables[t].place(key),
                               .found = key.text,
                               .wanted = "a record that looks this key up"});
            }
    }

    const Mapping::Program& program_;
    const Marks& marks_;
    std::vector<std::pair<std::tuple<std::uint16_t, std::uint32_t, std::uint32_t>, Part>> where_;  ///< File, line and column; part.
    std::set<ExpressionId> seen_;
};

}  // namespace

Marks::Marks(const Mapping& mapping) : expressions(mapping.program().expressions.size())
{
    for (const Table& table : mapping.program().tables)
        rows.emplace_back(table.rows().size());
}

std::string_view to_text(PartKind kind)
{
    constexpr std::array<std::string_view, 5> names = {"expression", "path", "branch", "condition", "row"};
    return names.at(static_cast<std::size_t>(kind));
}

std::vector<Part> parts_of(const Mapping& mapping, const Marks& marks)
{
    return Parts(mapping.program(), marks).gather();
}

unsigned percent_reached(const std::vector<Part>& parts)
{
    const auto reached =
        static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [](const Part& p) { return p.reached; }));
    return parts.empty() ? 100 : static_cast<unsigned>(reached * 100 / parts.size());
}

Problem unreached(const Part& part)
{
    return {.code = "sample.unreached",
            .detail = "no sample reaches this " + std::string(to_text(part.kind)),
            .place = part.place,
            .found = part.found,
            .expected = part.wanted};
}

}  // namespace lienthong::mapping
