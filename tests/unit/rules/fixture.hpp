// What the tests of rules share: figures told one by one, and the breaks among them.
#pragma once

#include "hub/catalogue/rules.hpp"
#include "hub/rules/judge.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace lienthong::rules {

/// "A_II_2|CUMULATIVE|2025-07", with area and breakdown where they are not the province and the total.
inline FigureKey key_of(const std::string& text)
{
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + '|')
        if (c == '|')
            parts.push_back(std::exchange(part, {}));
        else
            part += c;
    return {parts.at(0), parts.at(1), parts.at(2), parts.size() > 4 ? parts[4] : "GSO:33", parts.size() > 3 ? parts[3] : "_T"};
}

class Told
{
public:
    explicit Told(const catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

    Told& put(const std::string& key, const std::string& value, const std::string& unit)
    {
        const FigureKey figure = key_of(key);
        figures_[figure] = {{figure.indicator, figure.measure, figure.period, figure.area, figure.breakdown, "H31"}, value, unit};
        return *this;
    }
    Told& none(const std::string& key)
    {
        put(key, "", "");
        figures_[key_of(key)].availability = Availability::not_available;
        return *this;
    }

    [[nodiscard]] Look look() const
    {
        return [this](const FigureKey& figure) {
            const auto it = figures_.find(figure);
            return it == figures_.end() ? nullptr : &it->second;
        };
    }

    /// "RULE period: found, right" of every break, by rule and subject.
    [[nodiscard]] std::vector<std::string> breaks() const
    {
        std::set<Instance> instances;
        for (const auto& [figure, told] : figures_)
            for (const catalogue::Rule* rule : catalogue_.rules_about(figure.indicator))
                instances.insert({rule, figure});
        std::vector<std::string> out;
        for (const Instance& instance : instances)
            if (const auto broken = judge(catalogue_, instance, look()))
                out.push_back(instance.rule->code + ' ' + instance.subject.period + ": " + figures_.at(instance.subject).value + ", " +
                              broken->right);
        return out;
    }

    [[nodiscard]] const std::map<FigureKey, Observation>& figures() const { return figures_; }

private:
    const catalogue::Catalogue& catalogue_;
    std::map<FigureKey, Observation> figures_;
};

using Breaks = std::vector<std::string>;

inline const std::string rule_columns =
    "code,kind,severity,set,indicators,measures,breakdown,unit_dimensions,period_kinds,terms,limit,back,tolerance,name_vi,name_en,"
    "valid_from,valid_to,act,note\n";

/// A small catalogue for one rule at a time.
struct RuleFolder : catalogue::Folder
{
    RuleFolder()
    {
        write("units.csv", "code,dimension,factor,name_vi,spellings\nCASE,case,1,vụ,\nKG,mass,1,kg,\nPERCENT,ratio,1,%,\nPOINT,score,1,điểm,\n"
                           "TIMES,ratio,100,lần,\nTON,mass,1000,tấn,\n");
        write("breakdowns.csv", "dimension,code,name_vi,act\nPART,_T,Phần,act\nPART,A,A,act\nPART,B,B,act\nSEX,_T,Giới tính,act\n"
                                "SEX,F,Nữ,act\nSEX,M,Nam,act\n");
        write("areas.csv", "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                           "GSO:33,Tỉnh Hưng Yên,,province,,2008-08-01,9999-12-31,act\n"
                           "GSO:33001,Xã Một,,commune,GSO:33,2008-08-01,9999-12-31,act\n"
                           "GSO:33002,Xã Hai,,commune,GSO:33,2008-08-01,2025-07-01,act\n");
        indicators({"A_1,S,1,Gạo,Rice,,,,,,,,,,PART;SEX,,H31,,2024-01-01,9999-12-31,act,",
                    "A_1_1,S,2,Gạo tẻ,Rice,A_1,,,,,,,,,PART;SEX,,H31,,2024-01-01,9999-12-31,act,",
                    "A_1_2,S,3,Gạo nếp,Rice,A_1,,,,,,,,,PART;SEX,,H31,,2024-01-01,9999-12-31,act,",
                    "A_2,S,4,Ngô,Maize,,,,,,,,,,PART;SEX,,H31,,2024-01-01,9999-12-31,act,"});
        std::string measures = "indicator,code,set,name_vi,name_en,unit,act\n";
        for (const char* indicator : {"A_1", "A_1_1", "A_1_2", "A_2"})
            for (const char* measure : {"CUMULATIVE", "GROWTH", "SINCE_DECEMBER", "VALUE"})
                measures += std::string(indicator) + ',' + measure + ",S,m,m,,act\n";
        write("measures.csv", measures);
    }

    /// One rule; `cells` are kind, severity, set, indicators, measures, breakdown, unit_dimensions, period_kinds, terms,
    /// limit, back and tolerance, as they stand in the file.
    void rule(const std::string& cells) const
    {
        write("rules.csv", rule_columns + "R," + cells + ",Quy tắc,Rule,2024-01-01,9999-12-31,act,\n");
    }
};

}  // namespace lienthong::rules
