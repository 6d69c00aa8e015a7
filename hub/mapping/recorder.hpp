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
    /// Where the fields of an observation of the last record came from.
    struct Made
    {
        const Entry* entry = nullptr;
        std::array<NodeId, field_count> nodes{};
        std::array<bool, field_count> faulty{};  ///< Fields of which something is wrong has been told.
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

    const Mapping::Program& program;
    const Tree& tree;
    const catalogue::Catalogue& catalogue;
    Evaluator evaluator;
    std::vector<Made> made;
    std::vector<Observation> drafts;
    std::vector<Trace>* traces = nullptr;

private:
    /// A field of an entry, as it came out of a record in which nothing was wrong with it.
    struct Kept
    {
        Holding holding;
        Value::State state = Value::State::missing;
        NodeId distance = no_node;  ///< Of its node from the record.
        bool day_known = false;      ///< Of area and agency, which are resolved as of a day,
        catalogue::Validity days{};  ///< and these are the days on which they are the same.
    };
    /// What an entry made of the last records. Most fields say the same from record to record, and then stay as they are here.
    struct Repeated
    {
        std::array<Kept, field_count> fields{};
        Observation out;
    };
    struct Condition
    {
        Holding holding;
        bool holds = false;
    };
    Repeated& repeated(const Entry& entry);
    /// Whether a field says what it said, as of the same days where that matters.
    bool repeats(Field field, Kept& kept, bool day_known)
    {
        const bool of_day = field == Field::area || field == Field::agency;
        const bool of_same_days = !of_day || (kept.day_known == day_known && (!day_known || kept.days.holds(day_)));
        return traces == nullptr && of_same_days && evaluator.still_holds(kept.holding);
    }
    [[nodiscard]] NodeId node_of(const Kept& kept) const
    {
        return kept.distance == no_node ? no_node : evaluator.record() + kept.distance;
    }
    /// What a text field that repeats was worked out to.
    [[nodiscard]] Value value_of(const Kept& kept, const std::string& text) const
    {
        return {.state = kept.state, .node = node_of(kept), .text = kept.state == Value::State::present ? std::string_view(text) : ""};
    }
    /// Remembers a field for the next records, if nothing was wrong with it.
    void keep(Field field, const Value& value, bool faulty, bool day_known, Kept& kept) const;

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
    bool know_day(const Value& period);
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
