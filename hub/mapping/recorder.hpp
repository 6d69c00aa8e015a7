/// Recorder: puts the observations and the fact of one record together from the values of its expressions.
#pragma once

#include "hub/mapping/evaluate.hpp"
#include "hub/mapping/mapping.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::mapping {

/// One document's records, one after the other; Run is its face.
class Recorder
{
public:
    /// One bit a field.
    using Fields = std::uint32_t;
    /// An observation of the last record.
    struct Made
    {
        const Entry* entry = nullptr;
        Fields faulty = 0;  ///< Those of which something is wrong has been told.
    };

    Recorder(const Mapping& mapping, const Tree& tree_in, const catalogue::Catalogue& catalogue_in, Marks* marks)
        : program(mapping.program()), tree(tree_in), catalogue(catalogue_in), evaluator(program, tree_in, marks), repeated_(program.entries.size()),
          conditions_(1 + program.entries.size())
    {
    }

    /// Conditions of the mapping's own; nothing when one failed, which has been told.
    std::optional<bool> skips(Verdict& verdict) { return holds(program.skip, "skip", conditions_.front(), verdict); }
    std::optional<bool> applies(const Entry& entry, Verdict& verdict)
    {
        return holds(entry.when, "when", conditions_[1 + static_cast<std::size_t>(&entry - program.entries.data())], verdict);
    }
    void observe(const Entry& entry, Verdict& verdict);
    void put_fact(const FactFields& fields, Verdict& verdict);
    /// Where a field of an observation of the last record came from; no_node when it was written in the mapping.
    [[nodiscard]] NodeId node_of(const Made& one, Field field) const;

    const Mapping::Program& program;
    const Tree& tree;
    const catalogue::Catalogue& catalogue;
    Evaluator evaluator;
    std::vector<Made> made;
    std::vector<Observation> drafts;
    std::vector<Trace>* traces = nullptr;

private:
    /// A field of an entry, as it came out of the last record it was worked out for.
    struct Kept
    {
        Holding holding;
        Value::State state = Value::State::missing;
        NodeId distance = no_node;   ///< Of its node from the record.
        bool day_known = false;      ///< Of area and agency, which are resolved as of a day,
        catalogue::Validity days{};  ///< and these are the days on which they are the same.
    };
    /// What an entry made of the last record it applied to. Most fields say the same from record to record, and then stay as they
    /// are here.
    struct Repeated
    {
        std::array<Kept, field_count> fields{};
        std::array<std::uint64_t, field_count> read_from{};  ///< As Holding has it, here beside each other.
        /// What the fields before each took, and all of them; without the period, which is worked out before any.
        std::array<Cost, field_count + 1> before{};
        Fields there = 0;                         ///< Those the entry has.
        Fields hold = 0;                          ///< Those of them that hold for later records: nothing was wrong with them.
        std::uint64_t shape = 0, generation = 0;  ///< Of that record.
        Observation out;
    };
    struct Condition
    {
        Holding holding;
        bool holds = false;
    };
    Repeated& repeated(const Entry& entry);
    /// Those that the current record has other texts for than the last, and those that do not hold.
    [[nodiscard]] Fields stale(const Repeated& last) const;
    /// Of area and agency those that are not resolved now as they were.
    [[nodiscard]] Fields of_other_days(const Repeated& last, bool day_known) const;
    /// Counts what fields took that hold; the first that there is not enough left for, or `until`.
    [[nodiscard]] std::size_t take(const Repeated& last, std::size_t from, std::size_t until);
    [[nodiscard]] NodeId node_of(const Kept& kept) const
    {
        return kept.distance == no_node ? no_node : evaluator.record() + kept.distance;
    }
    /// What a text field was worked out to, for this record or an earlier one.
    [[nodiscard]] Value value_of(const Kept& kept, const std::string& text) const
    {
        return {.state = kept.state, .node = node_of(kept), .text = kept.state == Value::State::present ? std::string_view(text) : ""};
    }
    /// Works a field out anew and remembers it for the next records; false when something is wrong with it.
    bool work_out(Field field, ExpressionId id, const Value& value, bool day_known, Repeated& last, Verdict& verdict);

    std::optional<bool> holds(ExpressionId id, std::string_view name, Condition& last, Verdict& verdict);
    void tell(const Value& failed, Verdict& verdict);
    void problem(Verdict& verdict, ExpressionId id, const Value& value, Problem what);
    void missing(Field field, ExpressionId id, const Value& value, Verdict& verdict, const char* code, std::string expected);
    void trace(std::string_view field, ExpressionId id, const Value& value, std::string_view result)
    {
        if (traces != nullptr)
            write_trace(field, id, value, result);
    }
    void write_trace(std::string_view field, ExpressionId id, const Value& value, std::string_view result);
    /// Sets the day everything else of the observation is judged as of: the period's last.
    bool know_day(std::string_view period);
    [[nodiscard]] std::string day_text() const;
    /// The canonical code of an area or agency; empty after telling that there is none.
    std::string resolve(Field field, ExpressionId id, const Value& value, bool day_known, Verdict& verdict);
    /// False after telling that the value is longer than a field may be.
    bool is_short(ExpressionId id, const Value& value, std::string_view field, Verdict& verdict);
    /// Puts one present value into its field. Returns what stands there, for the trace.
    std::string_view put(Field field, ExpressionId id, const Value& value, bool day_known, Observation& out, Verdict& verdict);
    /// What can only be said with value, unit and availability together.
    void check_together(const Entry& entry, const Value& value, const Value& unit, const Observation& out, Verdict& verdict);

    std::vector<std::unique_ptr<Repeated>> repeated_;  ///< By entry.
    std::vector<Condition> conditions_;                ///< Of skip, then by entry.
    std::string day_period_;  ///< Period whose last day is day_.
    catalogue::Day day_{};
    /// What an area or agency was resolved to last.
    struct Resolved
    {
        std::string text, code;
        catalogue::Validity days{};  ///< On which that text is resolved so.
    };
    Resolved area_, agency_;
    std::string vintage_text_;  ///< The last one read; what it means does not change with the day.
    Vintage vintage_ = Vintage::unstated;
};

}  // namespace lienthong::mapping
