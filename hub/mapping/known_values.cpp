// Follows literals, branches and table columns to the values an expression can have.
#include "hub/mapping/known_values.hpp"

namespace lienthong::mapping {
namespace {

class Gather
{
public:
    Gather(const Mapping::Program& program, const yaml::Source& source) : program_(program), source_(source) {}

    void add(ExpressionId id, KnownValues& out) const
    {
        const Expression& e = program_.at(id);
        const auto part = [&](std::size_t i) { add(program_.argument(e, i), out); };
        switch (e.op) {
            case Op::literal:
                if (e.type != Type::missing && e.type != Type::unknown)
                    out.values.push_back({e.text, source_.place(e.offset)});
                out.all = out.all && e.type != Type::unknown;
                break;
            case Op::let:
                add(program_.lets[e.index], out);
                break;
            case Op::when:
                for (std::size_t i = 0; i < e.argument_count; ++i)
                    if (i % 2 == 1 || i + 1 == e.argument_count)
                        part(i);
                break;
            case Op::fallback:
                part(0);
                part(1);
                break;
            case Op::agency:
            case Op::area_full:
            case Op::area_in:
            case Op::period_canonical:
                part(0);
                break;
            case Op::lookup:
                if (e.column != 0)
                    for (const auto& row : program_.tables[e.index].rows())
                        if (!row[e.column].text.empty())
                            out.values.push_back({row[e.column].text, program_.tables[e.index].place(row[e.column])});
                if (e.argument_count > 1)
                    part(1);
                break;
            default:
                out.all = false;
                break;
        }
    }

private:
    const Mapping::Program& program_;
    const yaml::Source& source_;
};

const Expression& behind_lets(const Mapping::Program& program, ExpressionId id)
{
    const Expression* e = &program.at(id);
    while (e->op == Op::let)
        e = &program.at(program.lets[e->index]);
    return *e;
}

}  // namespace

KnownValues known_values(const Mapping::Program& program, const yaml::Source& source, ExpressionId id)
{
    KnownValues out;
    if (id == no_expression)
        out.all = false;
    else
        Gather(program, source).add(id, out);
    return out;
}

std::vector<std::pair<KnownValue, KnownValue>> known_pairs(const Mapping::Program& program, const yaml::Source& source,
                                                           ExpressionId a, ExpressionId b)
{
    std::vector<std::pair<KnownValue, KnownValue>> out;
    if (a == no_expression || b == no_expression)
        return out;
    const Expression& left = behind_lets(program, a);
    const Expression& right = behind_lets(program, b);
    if (left.op == Op::lookup && right.op == Op::lookup && left.index == right.index && left.column != 0 && right.column != 0 &&
        alike(left.syntax->arguments[1], right.syntax->arguments[1])) {
        const Table& table = program.tables[left.index];
        for (const auto& row : table.rows())
            if (!row[left.column].text.empty() && !row[right.column].text.empty())
                out.push_back({{row[left.column].text, table.place(row[left.column])},
                               {row[right.column].text, table.place(row[right.column])}});
        return out;
    }
    const KnownValues as = known_values(program, source, a), bs = known_values(program, source, b);
    if (as.all && as.values.size() == 1)
        for (const KnownValue& value : bs.values)
            out.push_back({as.values.front(), value});
    else if (bs.all && bs.values.size() == 1)
        for (const KnownValue& value : as.values)
            out.push_back({value, bs.values.front()});
    return out;
}

}  // namespace lienthong::mapping
