// What the tests of computations share: the catalogue that ships, computations from text, facts in few words.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/compute/book.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::testing {

using Files = std::map<std::string, std::string, std::less<>>;

/// No digest, but different for different bytes, which is all the tests ask of it.
inline std::string pretend_digest(std::string_view bytes)
{
    return std::to_string(std::hash<std::string_view>{}(bytes));
}

inline std::shared_ptr<const catalogue::Catalogue> shared_catalogue()
{
    static const auto instance = [] {
        std::vector<Problem> problems;
        auto loaded = catalogue::Catalogue::load(LIENTHONG_SOURCE_DIR "/mappings/catalogue", pretend_digest, problems);
        for (const Problem& problem : problems)
            std::fprintf(stderr, "%s\n", problem.sentence().c_str());
        return loaded;
    }();
    return instance;
}

struct Computed
{
    std::shared_ptr<const compute::Computation> computation;
    std::vector<Problem> problems, findings;

    [[nodiscard]] std::string sentences() const
    {
        std::string out;
        for (const Problem& problem : problems)
            out += problem.place + " " + problem.code + " '" + problem.found + "' → " + problem.expected + "\n";
        return out;
    }
};

inline Computed computed(std::string_view text, const Files& tables = {})
{
    Computed out;
    const mapping::ReadBeside beside = [&](std::string_view name) -> std::optional<std::string> {
        const auto it = tables.find(name);
        return it == tables.end() ? std::nullopt : std::optional(it->second);
    };
    const compute::FactFieldNames fields = {
        {"dossier", {"procedure", "received", "due", "finished", "state", "channel", "agency", "fee"}}};
    out.computation = compute::Computation::compile("c.yaml", text, beside, fields, *shared_catalogue(), pretend_digest,
                                                    out.problems, out.findings);
    return out;
}

inline FactVersion fact(FactVersionId id, std::string key, std::vector<std::pair<std::string, std::string>> fields)
{
    return {id, std::move(key), std::move(fields)};
}

/// "2025-03 EXECUTING_UNIT=H31_02 ON_TIME_PERCENT = 97.50 %".
inline std::string line(const compute::Figure& figure)
{
    const Observation& o = figure.observation;
    return o.key.period + " " + o.key.breakdown + " " + o.key.measure + " = " +
           (o.availability == Availability::value ? o.value + " " + o.unit : std::string(to_text(o.availability)));
}

inline std::vector<std::string> lines(const std::vector<compute::Figure>& figures)
{
    std::vector<std::string> out;
    for (const compute::Figure& figure : figures)
        out.push_back(line(figure));
    return out;
}

inline constexpr const char* settled = R"(computation: computed/settled
version: 1
facts: dossier
tables:
  units: units.csv
  limits: limits.csv
let:
  received: date(datetime(received))
  finished: date(datetime(finished))
where: present(finished)
group:
  period: month($finished)
  area: area("GSO", "33")
  breakdown: lookup(units, agency)
  agency: agency("H31.08")
terms:
  settling:
    from: $received
    until: $finished
    working_days: number(lookup(limits, procedure), locale:plain)
figures:
  - indicator: DEMO_HY_DOSSIERS_SETTLED
    unit: DOSSIER
    count: all
  - indicator: DEMO_HY_DOSSIERS_SETTLED
    measure: ON_TIME_PERCENT
    unit: "%"
    share: {kept: settling, places: 2}
  - indicator: DEMO_HY_DOSSIERS_SETTLED
    measure: AVERAGE_WORKING_DAYS
    unit: WORKING_DAY
    average: {working_days: settling, places: 1}
)";

inline const Files settled_tables = {
    {"units.csv", "key,breakdown\nA,EXECUTING_UNIT=H31_02\nB,EXECUTING_UNIT=H31_03\nC,EXECUTING_UNIT=H31_04\n"},
    {"limits.csv", "key,working_days\nshort,2\nlong,10\n"}};

}  // namespace lienthong::testing
