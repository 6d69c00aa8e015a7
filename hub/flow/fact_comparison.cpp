// Two lists of facts in the order of their keys, walked side by side.
#include "hub/flow/fact_comparison.hpp"

#include "hub/catalogue/csv.hpp"

#include <algorithm>
#include <array>

namespace lienthong::flow {
namespace {

constexpr std::array<std::string_view, 7> headings = {"kind", "field", "value", "other_kind", "other_field", "other_value", "name"};
constexpr const char* header = "kind,field,value,other_kind,other_field,other_value,name";
constexpr std::size_t page = 1000;

/// The facts of a kind, page by page.
class Facts
{
public:
    Facts(const Store& store, const std::string& kind, const std::string& field) : store_(store), kind_(kind), field_(field) {}

    /// The fact to be looked at; null at the end.
    Result<const Fact*> at()
    {
        if (next_ == facts_.size() && !ended_) {
            auto more = store_.facts(kind_, facts_.empty() ? std::string() : facts_.back().key, page);
            if (!more.ok())
                return more.problem();
            ended_ = more->size() < page;
            if (!more->empty()) {
                facts_ = *std::move(more);
                next_ = 0;
            }
        }
        return next_ < facts_.size() ? &facts_[next_] : nullptr;
    }
    void go_on() { ++next_; }

    [[nodiscard]] std::string value(const Fact& fact) const
    {
        for (const auto& [name, text] : fact.fields)
            if (name == field_)
                return text;
        return {};
    }

private:
    const Store& store_;
    const std::string &kind_, &field_;
    std::vector<Fact> facts_;
    std::size_t next_ = 0;
    bool ended_ = false;
};

Problem fault(const std::string& file, const catalogue::Cell& cell, const char* detail, const std::string& expected)
{
    return {.code = "fact.comparison",
            .detail = detail,
            .place = catalogue::place_of(file, cell.line, cell.column),
            .found = shortened(cell.text, 80),
            .expected = expected};
}

}  // namespace

std::optional<ComparisonRules> comparison_rules(std::string_view csv, const std::string& name, const std::string& file,
                                                std::vector<Problem>& problems)
{
    const auto rows = catalogue::read_csv(csv, file);
    if (!rows.ok()) {
        problems.push_back(rows.problem());
        return std::nullopt;
    }
    const std::size_t before = problems.size();
    ComparisonRules out;
    out.name = name;
    for (std::size_t i = 0; i < rows->size() && problems.size() == before; ++i) {
        const catalogue::CsvRow& row = (*rows)[i];
        if (row.size() != headings.size()) {
            problems.push_back(fault(file, row.front(), "the row has more or fewer cells than the header", header));
        } else if (i == 0) {
            if (!std::equal(row.begin(), row.end(), headings.begin(), [](const auto& cell, auto word) { return cell.text == word; }))
                problems.push_back(fault(file, row.front(), "the header row is another", header));
        } else {
            std::string* const of_all[] = {&out.kind, &out.field, nullptr, &out.other_kind, &out.other_field};
            for (std::size_t at = 0; at < std::size(of_all); ++at)
                if (row[at].text.empty())
                    problems.push_back(fault(file, row[at], "the cell is empty", "a kind of facts, a field or a value"));
                else if (of_all[at] != nullptr && i > 1 && *of_all[at] != row[at].text)
                    problems.push_back(fault(file, row[at], "one file compares two fields", *of_all[at]));
                else if (of_all[at] != nullptr)
                    *of_all[at] = row[at].text;
            out.agreeing.emplace(row[2].text, row[5].text);
        }
    }
    if (problems.size() == before && out.agreeing.empty())
        problems.push_back({.code = "fact.comparison", .detail = "the file has no row", .place = file, .expected = header});
    if (problems.size() != before)
        return std::nullopt;
    return out;
}

Result<ComparedFacts> compare_facts(const Store& store, const ComparisonRules& rules, const std::function<void(const FactDifference&)>& tell)
{
    Facts here(store, rules.kind, rules.field), there(store, rules.other_kind, rules.other_field);
    ComparedFacts out;
    for (;;) {
        const auto one = here.at(), other = there.at();
        if (!one.ok() || !other.ok())
            return one.ok() ? other.problem() : one.problem();
        if (*one == nullptr && *other == nullptr)
            return out;
        const int order = *one == nullptr ? 1 : *other == nullptr ? -1 : (*one)->key.compare((*other)->key);
        FactDifference found;
        found.key = order > 0 ? (*other)->key : (*one)->key;
        if (order <= 0)
            found.here = here.value(**one);
        if (order >= 0)
            found.there = there.value(**other);
        found.how = order == 0 ? Apart::differs : order < 0 ? Apart::only_here : Apart::only_there;
        if (order <= 0)
            here.go_on();
        if (order >= 0)
            there.go_on();
        if (order == 0 && rules.agreeing.contains({found.here, found.there})) {
            ++out.agree;
            continue;
        }
        ++(order == 0 ? out.differ : order < 0 ? out.only_here : out.only_there);
        tell(found);
    }
}

}  // namespace lienthong::flow
