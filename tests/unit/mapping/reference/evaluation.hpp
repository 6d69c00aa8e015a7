/// Evaluation: what an expression is worth for one record, worked out from its text each time it is asked for.
#pragma once

#include "tests/unit/mapping/reference/selection.hpp"

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace lienthong::reference {

/// A path that was looked at: where its node stands or would stand, and whether it gave anything.
struct Looked
{
    std::string place;
    bool gave = false;
};

struct Value
{
    /// "missing", "text", "number", "date", "datetime", "period", "area", "agency", "window", "condition".
    std::string type = "missing";
    std::string text{};
    NodeId node = no_node;                    ///< The first it was read from.
    std::vector<Looked> made_of{}, looked{};  ///< Paths the value is made from; all that were looked at, in order.

    // Of an area or agency: how it is asked for once the period is known.
    std::string way{}, system{}, wanted{};
    std::vector<Value> parent{};

    [[nodiscard]] bool missing() const { return type == "missing"; }
    [[nodiscard]] bool holds() const { return type == "condition" && text == "true"; }
};

/// A look-up table in its plainest form: no quotes.
class Table
{
public:
    explicit Table(const std::string& csv)
    {
        std::istringstream in(csv);
        for (std::string line; std::getline(in, line);) {
            std::vector<std::string> row(1);
            for (char c : line)
                if (c == ',')
                    row.emplace_back();
                else
                    row.back() += c;
            rows_.push_back(row);
        }
    }
    [[nodiscard]] const std::string* cell(const std::string& key, const std::string& column) const
    {
        std::size_t at = 1;
        for (std::size_t i = 1; i < rows_[0].size() && !column.empty(); ++i)
            if (rows_[0][i] == column)
                at = i;
        for (std::size_t i = 1; i < rows_.size(); ++i)
            if (rows_[i][0] == key)
                return &rows_[i].at(at);
        return nullptr;
    }

private:
    std::vector<std::vector<std::string>> rows_;
};

class Evaluation
{
public:
    Evaluation(const Selection& selection, const std::map<std::string, Table>& tables, const std::map<std::string, Written>& lets,
               NodeId record)
        : selection_(selection), tables_(tables), lets_(lets), record_(record)
    {
    }

    Value evaluate(const Written& e) const;
    /// Where a value that is wrong or missing stands.
    [[nodiscard]] std::string blamed(const Value& value) const;

private:
    Value read(const WrittenPath& path) const;
    [[nodiscard]] std::string place_of(const Value& value) const;
    [[noreturn]] void refuse(const std::string& code, const Value& at_value) const;
    /// A value made from another: of a type, standing where the other was read. An empty text is missing.
    static Value made(const Value& from, const std::string& type, const std::string& text);
    static Value condition(bool holds, const Value& from);
    Value operated(const Written& e) const;
    Value call(const Written& e) const;
    /// `b` as the value, looked at behind `a`.
    static Value beside(const Value& a, const Value& b);
    Value call_when(const Written& e) const;
    Value call_concat(const Written& e) const;
    Value call_join(const Written& e) const;
    /// Where the texts of a join would stand: at the one node its path selects, or where that would be.
    [[nodiscard]] std::string nothing_joined(const WrittenPath& path) const;
    Value call_lookup(const Written& e) const;
    Value call_number(const Written& e, const Value& a) const;
    static std::optional<std::string> day(const std::string& text, const std::string& pattern);
    Value call_date(const std::string& name, const Value& a, const std::string& pattern) const;
    Value call_window(const Written& e) const;
    Value call_split(const Written& e, const Value& a) const;
    Value call_period(const std::string& name, const Value& a, const std::string& pattern) const;
    Value call_place(const Written& e) const;

    const Selection& selection_;
    const std::map<std::string, Table>& tables_;
    const std::map<std::string, Written>& lets_;
    NodeId record_;
};

}  // namespace lienthong::reference
