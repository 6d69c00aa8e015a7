// Works out expressions: remembering, reading nodes, conditions. Functions of one value are in apply.cpp.
#include "hub/mapping/evaluate.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>
#include <cstring>

namespace lienthong::mapping {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

std::string_view without_blanks(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    for (;;) {
        if (!text.empty() && blank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(2);
        else
            break;
    }
    for (;;) {
        if (!text.empty() && blank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(2);
        else
            return text;
    }
}

/// True for text of which every character is in a block where nothing composes: ASCII, Latin-1 to IPA, and Latin
/// Extended Additional, which hold every composed Vietnamese letter. False means: ask ICU.
bool is_surely_nfc(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0U;
        const auto follows = [](unsigned c) { return (c & 0xC0U) == 0x80U; };
        if (lead < 0x80U)
            i += 1;
        else if (lead >= 0xC3U && lead <= 0xC9U && follows(second))
            i += 2;
        else if (lead == 0xE1U && second >= 0xB8U && second <= 0xBBU && follows(third))
            i += 3;
        else
            return false;
    }
    return true;
}

}  // namespace

std::string_view TextArena::keep(std::string_view text)
{
    if (text.empty())
        return {};
    if (text.size() > block_bytes) {
        // A block of its own, put below the current one so that its rest is still used.
        auto own = std::make_unique<char[]>(text.size());
        std::memcpy(own.get(), text.data(), text.size());
        const std::string_view kept(own.get(), text.size());
        blocks_.insert(blocks_.empty() ? blocks_.end() : blocks_.end() - 1, std::move(own));
        if (blocks_.size() == 1)
            used_ = block_bytes;
        return kept;
    }
    if (blocks_.empty() || used_ + text.size() > block_bytes) {
        blocks_.push_back(std::make_unique<char[]>(block_bytes));
        used_ = 0;
    }
    char* at = blocks_.back().get() + used_;
    std::memcpy(at, text.data(), text.size());
    used_ += text.size();
    return {at, text.size()};
}

void TextArena::clear()
{
    if (blocks_.size() > 1) {
        blocks_.clear();
        used_ = block_bytes;
    } else if (used_ != block_bytes) {
        used_ = 0;
    }
}

Evaluator::Evaluator(const Mapping::Program& program, const Tree& tree)
    : program_(program), tree_(tree), memory_(program.slots), places_(tree)
{
}

void Evaluator::begin(NodeId record)
{
    record_ = record;
    ++generation_;
    steps_ = steps_of_record;
    arena_.clear();
    failures_.clear();
    for (Failure& failure : document_failures_)
        failure.told = false;
    place_known_ = false;
}

std::string Evaluator::record_place()
{
    if (!place_known_)
        place_ = places_.place(record_);
    place_known_ = true;
    return place_;
}

std::string Evaluator::place(NodeId node)
{
    return node == no_node ? record_place() : place_of(tree_, node, record_, record_place());
}

std::string Evaluator::rule_at(std::uint32_t line) const
{
    return "mapping " + program_.name + " line " + std::to_string(line);
}

const Problem& Evaluator::problem(const Value& failed) const
{
    return (failed.document_failure ? document_failures_ : failures_)[failed.failure].problem;
}

bool Evaluator::tell_once(const Value& failed)
{
    return !std::exchange((failed.document_failure ? document_failures_ : failures_)[failed.failure].told, true);
}

Problem Evaluator::problem_at(ExpressionId id, NodeId node, const char* code, std::string detail, std::string_view found,
                              std::string expected)
{
    return {.code = code,
            .detail = std::move(detail),
            .place = place(node),
            .found = shortened(found),
            .expected = std::move(expected),
            .rule = rule(id)};
}

Value Evaluator::make(std::string_view text, NodeId node)
{
    return {.state = Value::State::present, .node = node, .text = (in_document_ ? document_arena_ : arena_).keep(text)};
}

Value Evaluator::condition(bool holds, NodeId node)
{
    return {.state = Value::State::present, .node = node, .text = holds ? "true" : ""};
}

Value Evaluator::fail(const Expression& e, NodeId node, std::string code, std::string detail, std::string_view found,
                      std::string expected)
{
    auto& list = in_document_ ? document_failures_ : failures_;
    list.push_back({{.code = std::move(code),
                     .detail = std::move(detail),
                     .place = in_document_ && node != no_node ? tree_.place(node) : place(node),
                     .found = shortened(found),
                     .expected = std::move(expected),
                     .rule = rule_at(e.line)},
                    false});
    return {.state = Value::State::failed,
            .document_failure = in_document_,
            .failure = static_cast<std::uint32_t>(list.size() - 1),
            .node = node,
            .text = {}};
}

Value Evaluator::exhausted(const Expression& e)
{
    return fail(e, no_node, "record.budget", "the record takes more steps than a record may", std::to_string(steps_of_record),
                "a smaller record, or paths that lead to their node directly");
}

Value Evaluator::evaluate(ExpressionId id)
{
    const Expression& e = program_.at(id);
    if (e.op == Op::literal) {
        const bool missing = e.type == Type::missing;
        return {.state = missing ? Value::State::missing : Value::State::present, .node = no_node, .text = e.text};
    }
    if (e.op == Op::let)
        return evaluate(program_.lets[e.index]);
    if (e.slot == no_slot)
        return compute(e);
    const std::uint64_t wanted = e.of_document ? document_generation : generation_;
    if (memory_[e.slot].generation == wanted)
        return memory_[e.slot].value;
    const bool before = std::exchange(in_document_, e.of_document);
    const Value value = compute(e);
    in_document_ = before;
    memory_[e.slot] = {value, wanted};
    return value;
}

Value Evaluator::compute(const Expression& e)
{
    std::uint64_t& steps = in_document_ ? document_steps_ : steps_;
    if (steps == 0)
        return exhausted(e);
    --steps;
    switch (e.op) {
        case Op::path:
            return read(e);
        case Op::when:
            return compute_when(e);
        case Op::equal:
            return compute_equal(e);
        case Op::both:
        case Op::either:
            return compute_logic(e);
        case Op::concat:
            return compute_concat(e);
        case Op::join:
            return compute_join(e);
        case Op::fallback: {
            const Value value = argument(e, 0);
            return value.missing() ? argument(e, 1) : value;
        }
        case Op::present: {
            const Value value = argument(e, 0);
            return value.failed() ? value : condition(value.present(), value.node);
        }
        case Op::negation: {
            const Value value = argument(e, 0);
            return value.failed() ? value : condition(!value.holds(), value.node);
        }
        default:
            break;
    }
    const Value value = argument(e, 0);
    return value.present() ? apply(e, value) : value;
}

Value Evaluator::read(const Expression& e)
{
    std::uint64_t& steps = in_document_ ? document_steps_ : steps_;
    const ResolvedPath& path = program_.paths[e.index];
    const Reading reading = Walk(tree_, steps).one(path, record_);
    switch (reading.state) {
        case Reading::State::found:
            return read_node(e, reading.node);
        case Reading::State::missing:
            return {};
        case Reading::State::several:
            return fail(e, reading.node, "field.several", "'" + path.text + "' stands more than once", path.text,
                        "one, or join(…) of all of them");
        case Reading::State::wrong_kind: {
            const bool list = tree_.node(reading.node).kind == NodeKind::array;
            return fail(e, reading.node, "field.type", "'" + path.text + "' goes on where there is nothing below",
                        list ? "a list" : tree_.node(reading.node).text, list ? "an item's number, as in a/0" : "an object");
        }
        case Reading::State::exhausted:
            break;
    }
    return exhausted(e);
}

Value Evaluator::read_node(const Expression& e, NodeId id)
{
    const Tree::Node& node = tree_.node(id);
    if (node.kind == NodeKind::null)
        return {.node = id, .text = {}};
    const std::string_view text = without_blanks(node.text);
    const bool has_parts = node.kind == NodeKind::object || node.kind == NodeKind::array;
    bool has_elements = false;
    if (node.kind == NodeKind::element && text.empty())
        for (NodeId child = node.first_child; child != no_node && !has_elements; child = tree_.node(child).next)
            has_elements = tree_.node(child).kind == NodeKind::element;
    if (has_parts || has_elements)
        return fail(e, id, "field.type", "'" + program_.paths[e.index].text + "' is no single value",
                    node.kind == NodeKind::array ? "a list" : "an object", "a text or a number");
    if (text.empty())
        return {.node = id, .text = {}};
    if (is_surely_nfc(text))
        return {.state = Value::State::present, .node = id, .text = text};
    const auto normalized = text::to_nfc(text);
    if (!normalized)
        return fail(e, id, "field.type", "'" + program_.paths[e.index].text + "' is no text", "bytes that are not UTF-8",
                    "UTF-8");
    return make(*normalized, id);
}

Value Evaluator::compute_when(const Expression& e)
{
    NodeId asked = no_node;
    for (std::size_t i = 0; i + 1 < e.argument_count; i += 2) {
        const Value holds = argument(e, i);
        if (holds.failed())
            return holds;
        asked = asked == no_node ? holds.node : asked;
        if (!holds.holds())
            continue;
        Value value = argument(e, i + 1);
        value.node = value.node == no_node ? holds.node : value.node;
        return value;
    }
    Value value = argument(e, e.argument_count - 1U);
    value.node = value.node == no_node ? asked : value.node;
    return value;
}

Value Evaluator::compute_equal(const Expression& e)
{
    const Value a = argument(e, 0);
    if (a.failed())
        return a;
    const Value b = argument(e, 1);
    if (b.failed())
        return b;
    const NodeId node = a.node == no_node ? b.node : a.node;
    if (!a.present() || !b.present())
        return condition(a.missing() && b.missing(), node);
    return condition(e.numeric ? text::compare(a.text, b.text) == 0 : a.text == b.text, node);
}

Value Evaluator::compute_logic(const Expression& e)
{
    const Value a = argument(e, 0);
    if (a.failed() || a.holds() == (e.op == Op::either))
        return a;
    Value b = argument(e, 1);
    if (b.failed())
        return b;
    return condition(b.holds(), b.node == no_node ? a.node : b.node);
}

Value Evaluator::compute_concat(const Expression& e)
{
    std::string out;
    NodeId node = no_node;
    bool whole = true;
    for (std::size_t i = 0; i < e.argument_count; ++i) {
        const Value part = argument(e, i);
        if (part.failed())
            return part;
        whole = whole && part.present();
        out += part.text;
        node = node == no_node ? part.node : node;
    }
    return whole ? make(out, node) : Value{.node = node, .text = {}};
}

Value Evaluator::compute_join(const Expression& e)
{
    std::uint64_t& steps = in_document_ ? document_steps_ : steps_;
    const Expression& path = program_.at(program_.argument(e, 0));
    std::string out;
    NodeId first = no_node;
    for (NodeId node : Walk(tree_, steps).all(program_.paths[path.index], record_)) {
        const Value part = read_node(path, node);
        if (part.failed())
            return part;
        if (!part.present())
            continue;
        if (first != no_node)
            out += e.text;
        first = first == no_node ? node : first;
        out += part.text;
    }
    if (steps == 0)
        return exhausted(e);
    return first == no_node ? Value{} : make(out, first);
}

std::string Evaluator::place(ExpressionId id, const Value& value)
{
    if (value.present() && value.node != no_node)
        return place(value.node);
    std::string out;
    std::size_t looks = 0;
    if (find_origin(id, out, true, looks) || find_origin(id, out, false, looks))
        return out;
    return place(value.node);
}

bool Evaluator::find_origin(ExpressionId id, std::string& out, bool only_missing, std::size_t& looks)
{
    const Expression& e = program_.at(id);
    if (++looks > 1000)
        return false;
    if (e.op == Op::let)
        return find_origin(program_.lets[e.index], out, only_missing, looks);
    if (e.op == Op::path) {
        std::uint64_t steps = steps_of_record;
        const Reading reading = Walk(tree_, steps).one(program_.paths[e.index], record_);
        if (reading.state == Reading::State::found) {
            if (only_missing && read_node(e, reading.node).present())
                return false;
            out = place(reading.node);
            return true;
        }
        out = missing_place(tree_, program_.paths[e.index], record_, record_place());
        return true;
    }
    for (std::size_t i = 0; i < e.argument_count; ++i)
        if (find_origin(program_.argument(e, i), out, only_missing, looks))
            return true;
    return false;
}

}  // namespace lienthong::mapping
