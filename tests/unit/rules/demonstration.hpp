// The demonstration's real figures (tests/simulators/data), under the codes the shipped mappings give them.
#pragma once

#include "hub/catalogue/csv.hpp"
#include "tests/unit/rules/fixture.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace lienthong::rules {

/// Rows of a CSV file as named cells.
inline std::vector<std::map<std::string, std::string>> rows_of(const std::string& file)
{
    std::ifstream stream(std::string(LIENTHONG_SOURCE_DIR "/") + file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (text.empty())
        throw std::runtime_error("no rows in " + file);
    const auto rows = catalogue::read_csv(text, file);
    if (!rows.ok())
        throw std::runtime_error(rows.problem().sentence());
    std::vector<std::map<std::string, std::string>> out;
    for (std::size_t i = 1; i < rows->size(); ++i) {
        auto& named = out.emplace_back();
        for (std::size_t column = 0; column < (*rows)[i].size(); ++column)
            named[(*rows)[0][column].text] = (*rows)[i][column].text;
    }
    return out;
}

/// "2025-01/04" and what stands for January to a month belongs to that month where the crosswalk says cumulative.
inline std::string period_of(const std::string& printed, const std::string& periods)
{
    const auto any = [&](const char* word) { return periods.find(word) != std::string::npos; };
    const std::string year = printed.substr(0, 4);
    if (printed.size() == 7 && printed[5] != 'Q')
        return any("month") ? printed : "";
    if (any("cumulative"))
        return printed.size() == 4 ? year + "-12"
               : printed[5] == 'Q' ? year + "-0" + std::to_string(3 * (printed[6] - '0'))
                                   : year + '-' + printed.substr(8);
    if (printed == year)
        return any("year") ? year : "";
    if (printed[5] == 'Q')
        return any("quarter") ? printed : "";
    return printed.ends_with("/06") && any("half") ? year + "-S1" : printed.ends_with("/09") && any("nine_months") ? year + "-M9" : "";
}

inline Told demonstration(const catalogue::Catalogue& catalogue)
{
    std::map<std::string, std::map<std::string, std::string>> codes;
    for (const char* file : {"mappings/lgsp/codes.csv", "mappings/qlvb/codes.csv", "mappings/nrs/codes.csv"})
        for (auto& row : rows_of(file))
            codes[row.at("key")] = row;
    std::set<std::pair<std::string, std::string>> withheld;
    for (auto& row : rows_of("tests/simulators/data/withheld.csv"))
        withheld.emplace(row.at("indicator"), row.at("text"));
    const auto ways = rows_of("tests/simulators/data/crosswalk.csv");
    Told told(catalogue);
    for (const auto& figure : rows_of("tests/simulators/data/figures.csv")) {
        if (withheld.contains({figure.at("indicator"), figure.at("text")}))
            continue;
        for (const auto& way : ways) {
            if (way.at("indicator") != figure.at("indicator") || way.at("measure") != figure.at("measure"))
                continue;
            const auto code = codes.find(way.at("code") + (way.at("kind").empty() ? "" : "/" + way.at("kind")));
            const std::string period = period_of(figure.at("period"), way.at("periods"));
            if (code == codes.end() || period.empty())
                continue;
            const auto& row = code->second;
            const auto breakdown = row.find("breakdown");
            const std::string of = breakdown == row.end() || breakdown->second.empty() ? "_T" : breakdown->second;
            told.put(row.at("indicator") + '|' + row.at("measure") + '|' + period + '|' + of, figure.at("value"),
                     catalogue.unit(figure.at("unit")).value()->code);
        }
    }
    return told;
}

}  // namespace lienthong::rules
