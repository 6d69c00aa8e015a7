// Works out expressions: remembering, reading nodes, failing. Operators are in compute.cpp, functions in apply.cpp.
#include "hub/mapping/evaluate.hpp"

#include "hub/mapping/beside.hpp"
#include "hub/mapping/document_text.hpp"
#include "hub/text/repair.hpp"
#include "hub/text/same_text.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::mapping {
namespace {

/// Functions of one text alone that cost more than to compare it with the last.
bool repeats(Op op)
{
    return op == Op::period_by_pattern || op == Op::period_canonical || op == Op::period_vi || op == Op::period_in || op == Op::period_of_date ||
           op == Op::date_by_pattern || op == Op::format;
}

}  // namespace

Evaluator::Evaluator(const Mapping::Program& program, const Tree& tree, Marks* marks)
    : program_(program), tree_(tree), marks_(marks), memory_(program.slots), hints_(program.paths.size()), looks_(program.paths.size()),
      made_(program.expressions.size()), places_(tree)
{
}

void Evaluator::begin(NodeId record)
{
    record_ = record;
    ++generation_;
    steps_ = origin_steps_ = steps_of_record;
    room_ = text_bytes_of_record;
    arena_.clear();
    failures_.clear();
    for (Failure& failure : document_failures_)
        failure.told = false;
    told_conversions_.clear();
    place_known_ = false;
    shape_number_ += has_last_shape() ? 0 : 1;
}

bool Evaluator::take_text(Child& child, const Tree::Node& node)
{
    constexpr std::size_t longest_kept = 256;  // beyond, keeping costs more than working out again
    const bool may_keep = node.text.size() <= longest_kept && (node.first_child == no_node || &child == &self_);
    if (may_keep && child.is_kept && text::is_same(child.text, node.text))
        return false;
    child.is_kept = may_keep;
    child.changed_at = generation_;
    if (may_keep)
        child.text = node.text;
    return true;
}

bool Evaluator::has_last_shape()
{
    const Tree::Node& record = tree_.node(record_);
    const bool same_kind = self_.kind == record.kind;
    self_.kind = record.kind;
    changed_ = take_text(self_, record) ? record_bit : 0;
    Child* child = shape_.data();
    Child* const end = same_kind ? child + shape_.size() : child;
    std::uint64_t bit = 1;
    NodeId id = record.first_child;
    for (; id != no_node && child != end; ++child) {
        const Tree::Node& node = tree_.node(id);
        if (child->kind != node.kind || child->distance != id - record_ || child->space.size() != node.space.size() ||
            !text::is_same(child->name, node.name) || (!node.space.empty() && child->space != node.space))
            break;
        const bool alike = child->is_kept && node.first_child == no_node && text::is_same(child->text, node.text);
        if (!alike && take_text(*child, node))
            changed_ |= bit;
        bit = bit == last_child_bit ? 0 : bit << 1U;
        id = node.next;
    }
    const bool same = same_kind && id == no_node && child == end;
    if (!same)
        take_shape(static_cast<std::size_t>(child - shape_.data()), id);
    return same;
}

void Evaluator::take_shape(std::size_t alike, NodeId id)
{
    constexpr std::size_t most_children = 256;  // beyond, remembering costs more than looking
    shape_.resize(alike);
    for (; id != no_node; id = tree_.node(id).next) {
        if (shape_.size() == most_children) {
            shape_.clear();
            return;
        }
        const Tree::Node& node = tree_.node(id);
        Child& child = shape_.emplace_back();
        child.kind = node.kind;
        child.distance = id - record_;
        child.name = node.name;
        child.space = node.space;
        static_cast<void>(take_text(child, node));
    }
}

std::uint64_t Evaluator::bits_of(const Reading& in_record) const
{
    if (in_record.state != Reading::State::found)
        return nothing_bit;
    if (in_record.node == record_)
        return record_bit;
    for (std::size_t i = 0; i < std::min(shape_.size(), children_with_bits); ++i)
        if (shape_[i].distance == in_record.node - record_)
            return std::uint64_t{1} << i;
    return 0;
}

Value Evaluator::evaluate(ExpressionId id, Holding& holding)
{
    const std::uint64_t steps = steps_;
    const std::size_t room = room_;
    held_ = true;
    read_from_ = 0;
    const Value value = evaluate(id);
    holding = {read_from_, held_ && marks_ == nullptr && !value.failed() ? shape_number_ : 0, generation_, {steps - steps_, room - room_}};
    return value;
}

std::uint64_t Evaluator::gathered_changes(std::uint64_t generation) const
{
    std::uint64_t out = self_.changed_at > generation ? record_bit : 0;
    for (std::size_t i = 0; i < std::min(shape_.size(), children_with_bits); ++i)
        out |= shape_[i].changed_at > generation ? std::uint64_t{1} << i : 0;
    return out;
}

const std::string& Evaluator::record_place()
{
    if (!place_known_)
        places_.put(record_, place_);
    place_known_ = true;
    return place_;
}

std::string Evaluator::place(NodeId node)
{
    return node == no_node ? record_place() : place_of(tree_, node, record_, record_place());
}

std::string Evaluator::rule_at(std::uint32_t line, std::uint16_t file) const
{
    return "mapping " + program_.name + " " + line_text(line, file == 0 ? "" : file_beside(program_.files[file]));
}

Problem Evaluator::problem(const Value& failed)
{
    const Failure& failure = (failed.document_failure ? document_failures_ : failures_)[failed.failure];
    Problem out = failure.problem;
    if (failure.of_record)
        out.place = record_place();
    return out;
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

Value Evaluator::make(const Expression& e, std::string_view text, NodeId node)
{
    if (text.empty())
        return {.node = node, .text = {}};
    if (!has_room(text.size()))
        return overfull(e, node);
    (in_document_ ? document_room_ : room_) -= text.size();
    return {.state = Value::State::present, .node = node, .text = (in_document_ ? document_arena_ : arena_).keep(text)};
}

Value Evaluator::make_of(const Expression& e, const Value& a)
{
    if (!has_room(a.text.size()))
        return overfull(e, a.node);
    (in_document_ ? document_room_ : room_) -= a.text.size();
    return a;
}

Value Evaluator::overfull(const Expression& e, NodeId node)
{
    return fail(e, node, "record.budget", "the texts made of the record are longer than they may be",
                std::to_string(text_bytes_of_record) + " bytes", "a smaller record, or shorter texts");
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
                     .place = !in_document_     ? place(node)
                              : node == no_node ? std::string()
                                                : tree_.place(node),
                     .found = shortened(found),
                     .expected = std::move(expected),
                     .rule = rule_at(e)},
                    false,
                    in_document_ && node == no_node});
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

void Evaluator::mark(ExpressionId id, const Value& value)
{
    marks_->expressions[id] |= value.failed() ? Marks::failed : !value.present() ? Marks::missing : value.text.empty() ? Marks::no : Marks::present;
}

Value Evaluator::remembered(ExpressionId id)
{
    const Expression& e = program_.at(id);
    if (e.op == Op::literal) {
        const bool missing = e.type == Type::missing || (e.type == Type::text && e.text.empty());
        return {.state = missing ? Value::State::missing : Value::State::present, .node = no_node, .text = e.text};
    }
    if (e.op == Op::let)
        return evaluate(program_.lets[e.index]);
    if (e.slot == no_slot)
        return compute(e);
    note(0);
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
        case Op::window_of_dates:
            return compute_window(e);
        case Op::area_within:
            return compute_within(e);
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
    // What most functions are of is a path, and this is the shortest way to its text.
    const Expression& first = program_.at(program_.argument(e, 0));
    const bool plain_path = first.op == Op::path && first.slot == no_slot && marks_ == nullptr;
    const Value value = plain_path ? compute(first) : argument(e, 0);
    if (!value.present())
        return value;
    if (!repeats(e.op))
        return apply(e, value);
    Made& made = made_[static_cast<std::size_t>(&e - program_.expressions.data())];
    if (made.is_there && text::is_same(made.from, value.text))
        return make(e, made.to, value.node);
    const Value out = apply(e, value);
    made.is_there = out.present();
    if (made.is_there) {
        made.from = value.text;
        made.to = out.text;
    }
    return out;
}

Reading Evaluator::look(const Expression& e, std::uint64_t& steps)
{
    const ResolvedPath& path = program_.paths[e.index];
    Look& look = looks_[e.index];
    if (look.shape == shape_number_) {
        note(look.bits);
        Reading out = look.reading;
        if (out.node != no_node)
            out.node += record_;
        return out;
    }
    note(0);
    const Reading out = Walk(tree_, steps).one(path, record_, &hints_[e.index]);
    const bool of_shape = !path.from_root && path.up == 0 && path.steps.size() <= 1 &&
                          (out.state == Reading::State::found || out.state == Reading::State::missing) &&
                          (tree_.node(record_).kind == NodeKind::object || tree_.node(record_).kind == NodeKind::element);
    if (of_shape) {
        look = {shape_number_, out, bits_of(out)};
        if (out.node != no_node)
            look.reading.node -= record_;
    }
    return out;
}

Value Evaluator::read(const Expression& e)
{
    std::uint64_t& steps = in_document_ ? document_steps_ : steps_;
    const ResolvedPath& path = program_.paths[e.index];
    const Reading reading = look(e, steps);
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
    if (tree_.conversion() != nullptr)
        tell_conversion(e, id, text);
    if (is_surely_nfc(text))
        return {.state = Value::State::present, .node = id, .text = text};
    const auto normalized = text::to_nfc(text);
    if (!normalized)
        return fail(e, id, "field.type", "'" + program_.paths[e.index].text + "' is no text", "bytes that are not UTF-8",
                    "UTF-8");
    return make(e, *normalized, id);
}

void Evaluator::tell_conversion(const Expression& e, NodeId node, std::string_view text)
{
    note(0);
    const Tree::Conversion& from = *tree_.conversion();
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
    const auto encoding = text::encoding_from(from.encoding);
    if (plain || !encoding)
        return;
    held_ = false;  // It is said of every record anew.
    if (std::find(told_conversions_.begin(), told_conversions_.end(), node) != told_conversions_.end())
        return;
    told_conversions_.push_back(node);
    const text::Reading reading{.encoding = *encoding, .misread = from.misread};
    for (Problem& finding : text::findings_of(text::encode(text, reading).value_or(std::string(text)), text, reading, from.how)) {
        finding.place = place(node);
        finding.rule = rule_at(e);
        findings_.push_back(std::move(finding));
    }
}

}  // namespace lienthong::mapping
