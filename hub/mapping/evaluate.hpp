/// Evaluate: works out expressions over one document, remembering what is the same for all its records.
#pragma once

#include "hub/mapping/coverage.hpp"
#include "hub/mapping/program.hpp"
#include "hub/mapping/text_arena.hpp"
#include "hub/mapping/walk.hpp"
#include "hub/model/problem.hpp"
#include "hub/model/tree.hpp"
#include "hub/text/detect.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::mapping {

struct Value
{
    enum class State : std::uint8_t { missing, present, failed };
    State state = State::missing;
    bool document_failure = false;  ///< failed: in which list of failures.
    std::uint32_t failure = 0;
    NodeId node = no_node;  ///< Where it was read from; for traces and problems.
    std::string_view text;  ///< Canonical; of a condition "true" or "".

    [[nodiscard]] bool present() const { return state == State::present; }
    [[nodiscard]] bool missing() const { return state == State::missing; }
    [[nodiscard]] bool failed() const { return state == State::failed; }
    [[nodiscard]] bool holds() const { return present() && !text.empty(); }
};

/// What values took of a record's budget.
struct Cost
{
    std::uint64_t steps = 0;
    std::size_t text_bytes = 0;

    friend bool operator==(const Cost&, const Cost&) = default;
    friend Cost operator+(const Cost& a, const Cost& b) { return {a.steps + b.steps, a.text_bytes + b.text_bytes}; }
    friend Cost operator-(const Cost& a, const Cost& b) { return {a.steps - b.steps, a.text_bytes - b.text_bytes}; }
};

/// By what a value of one record holds for later ones: the same shape, and the same texts in what it was read from.
struct Holding
{
    std::uint64_t read_from = 0;   ///< Bits of the record's children, and of the record itself.
    std::uint64_t shape = 0;       ///< 0: it holds for its own record only.
    std::uint64_t generation = 0;  ///< Of the last record it is known to hold for.
    Cost cost;
};

class Evaluator
{
public:
    /// `marks` may be null.
    Evaluator(const Mapping::Program& program, const Tree& tree, Marks* marks = nullptr);

    /// Forgets the last record; values handed out for it end here.
    void begin(NodeId record);
    [[nodiscard]] Value evaluate(ExpressionId id)
    {
        const Value value = remembered(id);
        if (marks_ != nullptr)
            mark(id, value);
        return value;
    }

    /// The same, noting by what the value holds for later records.
    [[nodiscard]] Value evaluate(ExpressionId id, Holding& holding);
    /// Whether the value holds for the current record too; then its steps and texts are counted as if it were worked out again.
    [[nodiscard]] bool still_holds(Holding& holding)
    {
        if (holding.shape != shape_number_ || (changed_since(holding.generation) & holding.read_from) != 0 || !take(holding.cost))
            return false;
        holding.generation = generation_;
        return true;
    }
    /// What has other texts than in an earlier record of the current one's shape; bits as in Holding::read_from.
    [[nodiscard]] std::uint64_t changed_since(std::uint64_t generation) const
    {
        return generation + 1 == generation_ ? changed_ : gathered_changes(generation);
    }
    /// Counts what values that hold took as if they were worked out again; false where there is not as much left.
    [[nodiscard]] bool take(const Cost& cost)
    {
        if (steps_ < cost.steps || room_ < cost.text_bytes)
            return false;
        steps_ -= cost.steps;
        room_ -= cost.text_bytes;
        return true;
    }
    [[nodiscard]] std::uint64_t shape() const { return shape_number_; }
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] NodeId record() const { return record_; }

    /// What a failed value failed of; what was read from no node stands at the record.
    [[nodiscard]] Problem problem(const Value& failed);
    /// True the first time it is asked for this failure and record: one fault is told once.
    [[nodiscard]] bool tell_once(const Value& failed);
    [[nodiscard]] bool has_findings() const { return !findings_.empty(); }
    /// What was worth saying of values worked out since it was asked last.
    [[nodiscard]] std::vector<Problem> take_findings() { return std::exchange(findings_, {}); }
    /// A problem of the current record.
    [[nodiscard]] Problem problem_at(ExpressionId id, NodeId node, const char* code, std::string detail, std::string_view found,
                                     std::string expected);

    /// Where the value of an expression stands or would stand; the record's place when it reads nothing, or when looking
    /// for it takes as many steps as the record itself may.
    [[nodiscard]] std::string place(ExpressionId id, const Value& value);
    [[nodiscard]] std::string place(NodeId node);
    [[nodiscard]] const std::string& record_place();
    [[nodiscard]] std::string rule(ExpressionId id) const { return rule_at(program_.at(id)); }
    /// "mapping <name> line N", of what has a line: an expression, an entry; "… of <file>" in one the mapping extends.
    [[nodiscard]] std::string rule_at(const auto& part) const { return rule_at(part.line, part.file); }
    [[nodiscard]] std::string rule_at(std::uint32_t line, std::uint16_t file) const;
    [[nodiscard]] Run::Spent spent() const { return {steps_of_record - steps_, text_bytes_of_record - room_}; }

private:
    struct Failure
    {
        Problem problem;
        bool told = false;
        bool of_record = false;  ///< Of the document's, but read from no node: it stands at whichever record asks.
    };
    struct Memory
    {
        Value value;
        std::uint64_t generation = 0;  ///< Of the record it was worked out for; document_generation for all.
    };
    static constexpr std::uint64_t document_generation = ~std::uint64_t{0};

    Value remembered(ExpressionId id);
    void mark(ExpressionId id, const Value& value);
    Value compute(const Expression& e);
    Value compute_call(const Expression& e);
    Value compute_when(const Expression& e);
    Value compute_equal(const Expression& e);
    Value compute_logic(const Expression& e);
    Value compute_concat(const Expression& e);
    Value compute_join(const Expression& e);
    Value compute_window(const Expression& e);
    Value compute_within(const Expression& e);
    Value read(const Expression& e);
    /// What the path leads to from the record. Where the last record of its shape had it, it has it.
    [[nodiscard]] Reading look(const Expression& e, std::uint64_t& steps);
    /// Whether the record and its own children have the names, kinds and distances of the last; remembers them if not, and
    /// in either case which of their texts are other ones.
    [[nodiscard]] bool has_last_shape();
    /// Takes down what is read, for Holding.
    void note(std::uint64_t bits) { bits == 0 ? void(held_ = false) : void(read_from_ |= bits); }
    /// Says that a text was in another encoding; once a record and node.
    void tell_conversion(const Expression& e, NodeId node, std::string_view text);
    /// The text of a scalar node, an attribute or an element, in NFC and without blanks around it.
    Value read_node(const Expression& e, NodeId node);
    Value apply(const Expression& e, const Value& a);
    Value apply_period(const Expression& e, const Value& a);
    Value apply_date(const Expression& e, const Value& a);
    Value apply_window(const Expression& e, const Value& a);
    Value checked_window(const Expression& e, NodeId node, std::string_view from, std::string_view to);
    Value apply_format(const Expression& e, const Value& a);
    Value apply_lookup(const Expression& e, const Value& a);
    Value apply_legacy(const Expression& e, const Value& a);
    Value apply_split(const Expression& e, const Value& a);

    [[nodiscard]] Value argument(const Expression& e, std::size_t i) { return evaluate(program_.argument(e, i)); }
    /// A text made by an expression: missing when it is empty, a failure when there is no room left for it.
    Value make(const Expression& e, std::string_view text, NodeId node);
    /// The same where that is the text of `a` as it stands, which lives as long.
    Value make_of(const Expression& e, const Value& a);
    [[nodiscard]] bool has_room(std::size_t bytes) const { return bytes <= (in_document_ ? document_room_ : room_); }
    Value overfull(const Expression& e, NodeId node);
    [[nodiscard]] static Value condition(bool holds, NodeId node);
    Value fail(const Expression& e, NodeId node, std::string code, std::string detail, std::string_view found,
               std::string expected);
    Value exhausted(const Expression& e);
    /// Which paths may be a value's origin.
    enum class Seek : std::uint8_t {
        missing,  ///< Those it is made from that read nothing.
        made_of,  ///< Those it is made from.
        looked,   ///< All that were looked at, conditions of when too.
    };
    /// The place of the first such path, of the parts that were needed.
    bool find_origin(ExpressionId id, std::string& out, Seek seek);
    bool find_origin_of_path(const Expression& e, std::string& out, Seek seek);
    bool find_origin_of_join(const Expression& e, std::string& out, Seek seek);
    bool find_origin_of_when(const Expression& e, std::string& out, Seek seek);
    /// Whether the second part of an operator or function was needed.
    bool needed_second(const Expression& e);

    const Mapping::Program& program_;
    const Tree& tree_;
    Marks* marks_;
    NodeId record_ = no_node;
    std::uint64_t generation_ = 0;
    bool in_document_ = false;
    std::uint64_t steps_ = steps_of_record;
    std::uint64_t document_steps_ = steps_of_record;
    std::uint64_t origin_steps_ = steps_of_record;
    std::size_t room_ = text_bytes_of_record, document_room_ = text_bytes_of_record;
    std::vector<Memory> memory_;
    std::vector<NodeId> hints_;  ///< By path: where its node lay in the record before.
    struct Child
    {
        NodeKind kind = NodeKind::null;
        NodeId distance = 0;  ///< From the record.
        std::string name, space;
        std::string text;              ///< Of the last record that had another than the one before.
        bool is_kept = false;          ///< `text` says all of it.
        std::uint64_t changed_at = 0;  ///< That record's generation.
    };
    /// A path of at most one step, and what it led to in records of the present shape.
    struct Look
    {
        std::uint64_t shape = 0;
        Reading reading;         ///< Its node is a distance from the record.
        std::uint64_t bits = 0;  ///< Of what it read; 0 when that has none.
    };
    /// Takes down the children from `id` on behind those that are as they were.
    void take_shape(std::size_t alike, NodeId id);
    static constexpr std::size_t children_with_bits = 62;
    static constexpr std::uint64_t last_child_bit = std::uint64_t{1} << 61U;
    static constexpr std::uint64_t nothing_bit = std::uint64_t{1} << 62U;  ///< Never changes with the shape.
    static constexpr std::uint64_t record_bit = std::uint64_t{1} << 63U;
    [[nodiscard]] std::uint64_t gathered_changes(std::uint64_t generation) const;
    [[nodiscard]] std::uint64_t bits_of(const Reading& in_record) const;
    /// Takes a text over; false where it is the child's last.
    [[nodiscard]] bool take_text(Child& child, const Tree::Node& node);
    std::vector<Child> shape_;
    Child self_;  ///< The record's own kind and text.
    std::uint64_t shape_number_ = 1;
    std::uint64_t changed_ = 0;  ///< Bits of what has another text than in the last record.
    std::uint64_t read_from_ = 0;
    bool held_ = false;
    std::vector<Look> looks_;  ///< By path.
    /// What a function of one text made of the last one: periods and dates repeat from record to record.
    struct Made
    {
        std::string from, to;
        bool is_there = false;
    };
    std::vector<Made> made_;  ///< By slot or expression.
    TextArena arena_, document_arena_;
    std::vector<Failure> failures_, document_failures_;
    std::vector<Problem> findings_;
    std::vector<NodeId> told_conversions_;  ///< Of the current record.
    std::optional<text::Neighbours> neighbours_;  ///< Of every text of the document; made when first asked for.
    RecordPlaces places_;
    std::string place_;
    bool place_known_ = false;
};

}  // namespace lienthong::mapping
