// Indicator sets and who stands in them, checked against indicators and areas, and line by line against each other.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"

#include <algorithm>
#include <map>

namespace lienthong::catalogue {
namespace {

/// Whether some tier of the set's regime is for its role on the row's first day.
bool sends(const Catalogue::Tables& tables, const IndicatorSet& set)
{
    return std::any_of(tables.deadline_rules.begin(), tables.deadline_rules.end(), [&](const DeadlineRule& rule) {
        return rule.regime == set.regime && rule.validity.holds(set.validity.from) &&
               std::find(rule.from_roles.begin(), rule.from_roles.end(), set.role) != rule.from_roles.end();
    });
}

void read_versions(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, IndicatorSet& set) {
        set.code = table.code(row, "code", plain_code);
        set.name_vi = table.required(row, "name_vi");
        set.province = table.text(row, "province");
        const auto areas = tables.areas_by_code.find(set.province);
        const Area* province = areas == tables.areas_by_code.end() ? nullptr : on(areas->second, set.validity.from);
        if (!set.province.empty() && (province == nullptr || province->level != "province"))
            table.report(row, "province", "catalogue.reference", "no province has this code on the row's first day",
                         "a province of areas.csv, as in GSO:33, or nothing");
        set.regime = table.text(row, "regime");
        set.role = table.text(row, "role");
        if (set.regime.empty() != set.role.empty())
            table.report(row, set.role.empty() ? "role" : "regime", "catalogue.reference", "a regime and a role stand together or not at all",
                         "a regime of regimes.csv and one of its from_roles, or neither");
        else if (!set.regime.empty() && !sends(tables, set))
            table.report(row, "role", "catalogue.reference", "no tier of the regime begins with this role on the row's first day",
                         "a role of from_roles in regimes.csv");
    };
    read_rows(table, "code", tables.indicator_sets, read, &IndicatorSet::code);
    for (const IndicatorSet& set : tables.indicator_sets)
        tables.sets_by_code[set.code].push_back(&set);
    tables.near_sets.over([&tables] { return codes_of(tables.indicator_sets); });
}

void add_home(Catalogue::Tables& tables)
{
    for (const Indicator& line : tables.indicators)
        tables.memberships.push_back({.set = line.set,
                                      .line = line.line,
                                      .indicator = line.code,
                                      .home = true,
                                      .validity = line.validity,
                                      .act = line.act,
                                      .place = line.place});
}

void read_further(const Table& table, Catalogue::Tables& tables)
{
    std::vector<Membership> further;
    const auto read = [&](std::size_t row, Membership& member) {
        member.set = table.code(row, "set", plain_code);
        member.line = table.number(row, "line");
        member.indicator = table.code(row, "indicator", plain_code);
        const auto it = tables.indicators_by_code.find(member.indicator);
        if (it == tables.indicators_by_code.end())
            table.report(row, "indicator", "catalogue.reference", "the indicator is unknown", "a code of indicators.csv");
        else if (const Day gap = first_gap(it->second, member.validity); gap < member.validity.to)
            table.report(row, "indicator", "catalogue.reference",
                         "the code is no indicator on " + day_text(gap) + ", a day of the row",
                         "days on which indicators.csv has the code");
    };
    read_rows(table, "indicator", further, read,
              [](const Membership& member) { return member.set + ' ' + member.indicator; });
    tables.memberships.insert(tables.memberships.end(), further.begin(), further.end());
}

bool overlap(const Validity& a, const Validity& b)
{
    return a.from < b.to && b.from < a.to;
}

/// Holds each membership against the sets and against the others; home ones come first, in the order of indicators.csv.
class Memberships
{
public:
    Memberships(const Table& members, const Table& indicators, const Catalogue::Tables& tables)
        : members_(members), indicators_(indicators), tables_(tables)
    {
    }

    void check_versions() const
    {
        for (std::size_t i = 0; i < tables_.memberships.size(); ++i) {
            const Membership& member = tables_.memberships[i];
            const auto versions = tables_.sets_by_code.find(member.set);
            if (versions == tables_.sets_by_code.end())
                report(i, "set", "catalogue.reference", "the set is unknown", "a code of indicator_sets.csv");
            else if (const Day gap = first_gap(versions->second, member.validity); gap < member.validity.to)
                report(i, "set", "catalogue.reference", "no version of the set holds on " + day_text(gap) + ", a day of the row",
                       "days of its versions in indicator_sets.csv");
        }
    }

    void check_lines() const
    {
        std::map<std::pair<std::string, unsigned>, std::vector<const Membership*>> by_line;
        std::map<std::pair<std::string, std::string>, std::vector<const Membership*>> by_indicator;
        for (std::size_t i = 0; i < tables_.memberships.size(); ++i) {
            const Membership& member = tables_.memberships[i];
            auto& of_line = by_line[{member.set, member.line}];
            for (const Membership* other : of_line)
                if (other->indicator != member.indicator && overlap(other->validity, member.validity))
                    report(i, "line", "catalogue.duplicate", "the line of the set is " + other->indicator + "'s on the same days",
                           "a line of its own; also at " + other->place);
            of_line.push_back(&member);
            auto& of_indicator = by_indicator[{member.set, member.indicator}];
            for (const Membership* other : of_indicator)
                if (!member.home && other->home && overlap(other->validity, member.validity))
                    report(i, "indicator", "catalogue.overlap", "the indicator is at home in the set already",
                           "a set other than its own; also at " + other->place);
            of_indicator.push_back(&member);
        }
    }

private:
    void report(std::size_t at, std::string_view column, std::string code, std::string detail, std::string expected) const
    {
        const bool home = tables_.memberships[at].home;
        const Table& table = home ? indicators_ : members_;
        table.report(home ? at : at - indicators_.size(), column, std::move(code), std::move(detail), std::move(expected));
    }

    const Table& members_;
    const Table& indicators_;
    const Catalogue::Tables& tables_;
};

}  // namespace

void read_sets(const Table& sets, const Table& members, const Table& indicators, Catalogue::Tables& tables)
{
    read_versions(sets, tables);
    add_home(tables);
    read_further(members, tables);
    const Memberships all(members, indicators, tables);
    if (!sets.absent())
        all.check_versions();
    all.check_lines();
    for (const Membership& member : tables.memberships) {
        tables.memberships_by_set[member.set].push_back(&member);
        tables.memberships_by_indicator[member.indicator].push_back(&member);
    }
}

}  // namespace lienthong::catalogue
