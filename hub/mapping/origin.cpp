// Finds where a value that is missing, or that no node gave, would have been read. Only problems need it.
#include "hub/mapping/evaluate.hpp"

namespace lienthong::mapping {

std::string Evaluator::place(ExpressionId id, const Value& value)
{
    if (value.present() && value.node != no_node)
        return place(value.node);
    std::string out;
    for (Seek seek : {Seek::missing, Seek::made_of, Seek::looked})
        if (find_origin(id, out, seek))
            return out;
    return place(value.node);
}

bool Evaluator::find_origin(ExpressionId id, std::string& out, Seek seek)
{
    const Expression& e = program_.at(id);
    if (origin_steps_ == 0)
        return false;
    --origin_steps_;
    switch (e.op) {
        case Op::let:
            return find_origin(program_.lets[e.index], out, seek);
        case Op::path:
            return find_origin_of_path(e, out, seek);
        case Op::join:
            return find_origin_of_join(e, out, seek);
        case Op::when:
            return find_origin_of_when(e, out, seek);
        default:
            break;
    }
    for (std::size_t i = 0; i < e.argument_count; ++i) {
        if (i == 1 && !needed_second(e))
            return false;
        if (find_origin(program_.argument(e, i), out, seek))
            return true;
    }
    return false;
}

bool Evaluator::find_origin_of_path(const Expression& e, std::string& out, Seek seek)
{
    const ResolvedPath& path = program_.paths[e.index];
    const Reading reading = Walk(tree_, origin_steps_).one(path, record_);
    if (reading.state == Reading::State::found) {
        if (seek == Seek::missing && read_node(e, reading.node).present())
            return false;
        out = place(reading.node);
    } else {
        out = missing_place(tree_, path, record_, record_place(), origin_steps_);
    }
    return origin_steps_ != 0;
}

bool Evaluator::find_origin_of_join(const Expression& e, std::string& out, Seek seek)
{
    const Value joined = compute_join(e);
    if (joined.failed() || (joined.present() && seek == Seek::missing))
        return false;
    const ResolvedPath& path = program_.paths[program_.at(program_.argument(e, 0)).index];
    const std::vector<NodeId> nodes = Walk(tree_, origin_steps_).all(path, record_);
    if (joined.present())
        out = place(joined.node);
    else if (nodes.size() == 1 && !path.selects_many())
        out = place(nodes.front());
    else
        out = missing_place(tree_, path, record_, record_place(), origin_steps_);
    return origin_steps_ != 0;
}

bool Evaluator::find_origin_of_when(const Expression& e, std::string& out, Seek seek)
{
    for (std::size_t i = 0; i + 1 < e.argument_count; i += 2) {
        if (seek == Seek::looked && find_origin(program_.argument(e, i), out, seek))
            return true;
        if (argument(e, i).holds())
            return find_origin(program_.argument(e, i + 1), out, seek);
    }
    return find_origin(program_.argument(e, e.argument_count - 1U), out, seek);
}

bool Evaluator::needed_second(const Expression& e)
{
    switch (e.op) {
        case Op::both:
            return argument(e, 0).holds();
        case Op::either:
            return !argument(e, 0).holds();
        case Op::fallback:
            return argument(e, 0).missing();
        case Op::lookup: {
            const Value key = argument(e, 0);
            return key.present() && program_.tables[e.index].find(key.text) == nullptr;
        }
        default:
            return true;
    }
}

}  // namespace lienthong::mapping
