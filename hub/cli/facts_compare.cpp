// lienthong facts compare: dossiers that the province and the portal do not say the same of.
#include "hub/cli/facts.hpp"

#include "hub/cli/columns.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/opened.hpp"
#include "hub/flow/fact_comparison.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::cli {
namespace {

namespace fs = std::filesystem;

std::string_view to_text(flow::Apart how)
{
    return how == flow::Apart::differs ? "differs" : how == flow::Apart::only_here ? "only_here" : "only_there";
}

/// The comparisons of mappings/compared, or the one named.
std::vector<flow::ComparisonRules> comparisons(const Settings& settings, const std::string& name, std::vector<Problem>& problems)
{
    const fs::path folder = fs::path(settings.mappings) / "compared";
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".csv" && (name.empty() || entry.path().stem() == name))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty())
        problems.push_back({"fact.comparison", "there is no such comparison", folder.string(), name, "the name of a CSV file in this folder", {}});
    std::vector<flow::ComparisonRules> out;
    for (const fs::path& file : files) {
        const auto text = read_one_file(file.string());
        if (!text)
            problems.push_back({"fact.comparison", "the file cannot be read", file.string(), {}, "a file that this account may read", {}});
        else if (auto rules = flow::comparison_rules(*text, file.stem().string(), file.string(), problems))
            out.push_back(*std::move(rules));
    }
    return out;
}

void print_difference(const flow::ComparisonRules& rules, const flow::FactDifference& one)
{
    JsonWriter out;
    out.begin_object().member("comparison", rules.name).member("key", one.key).member("how", to_text(one.how));
    out.member("here", one.here).member("there", one.there).end_object();
    std::printf("%s\n", out.take().c_str());
}

/// Whether the two say the same of everything; nothing when the store failed.
std::optional<bool> compare(const Common& common, const FactOptions& options, const Store& store, const flow::ComparisonRules& rules)
{
    std::vector<std::vector<std::string>> shown;
    std::size_t told = 0;
    const auto compared = flow::compare_facts(store, rules, [&](const flow::FactDifference& one) {
        if ((!options.only.empty() && options.only != to_text(one.how)) || ++told > options.limit)
            return;
        if (common.json)
            print_difference(rules, one);
        else
            shown.push_back({one.key, std::string(to_text(one.how)), one.here.empty() ? "-" : one.here, one.there.empty() ? "-" : one.there});
    });
    if (!compared.ok()) {
        print_problems({compared.problem()}, common.json);
        return std::nullopt;
    }
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("comparison", rules.name);
        out.member("agree", static_cast<std::int64_t>(compared->agree)).member("differ", static_cast<std::int64_t>(compared->differ));
        out.member("only_here", static_cast<std::int64_t>(compared->only_here)).member("only_there", static_cast<std::int64_t>(compared->only_there));
        std::printf("%s\n", out.end_object().take().c_str());
    } else {
        std::printf("%s: %s.%s here, %s.%s there\n%s", rules.name.c_str(), rules.kind.c_str(), rules.field.c_str(), rules.other_kind.c_str(),
                    rules.other_field.c_str(), in_columns(shown, "    ").c_str());
        if (told > options.limit)
            std::printf("    … %zu more\n", told - options.limit);
        std::printf("    %zu agree, %zu differ, %zu only here, %zu only there\n", compared->agree, compared->differ, compared->only_here,
                    compared->only_there);
        if (compared->differ != 0)
            std::printf("    cách khắc phục: %s\n", std::string(problem_text("fact.differs").remedy_vi).c_str());
    }
    return compared->differ + compared->only_here + compared->only_there == 0;
}

}  // namespace

int facts_compare(const Common& common, const FactOptions& options)
{
    if (!options.only.empty() && options.only != "differs" && options.only != "only_here" && options.only != "only_there") {
        print_problems({{"parameter.bad", "there is no such difference", "--only", options.only, "differs, only_here or only_there", {}}}, common.json);
        return not_done;
    }
    const auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    std::vector<Problem> problems;
    const auto all = comparisons(opened->settings, options.name, problems);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    bool same = true;
    for (const flow::ComparisonRules& rules : all) {
        const auto found = compare(common, options, *opened->data.store, rules);
        if (!found)
            return not_done;
        same = same && *found;
    }
    return same ? done : found_wrong;
}

}  // namespace lienthong::cli
