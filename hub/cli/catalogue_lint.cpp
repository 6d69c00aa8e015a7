// lienthong catalogue lint: every finding by kind, with what it means and what would settle it. Findings are no errors.
#include "hub/catalogue/lint.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

namespace lienthong::cli {
namespace {

void print_line(const Problem& finding)
{
    std::printf("    %-22s %s", finding.place.c_str(), finding.detail.c_str());
    if (!finding.found.empty())
        std::printf("; ghi '%s'", finding.found.c_str());
    if (!finding.expected.empty())
        std::printf("; → %s", finding.expected.c_str());
    std::printf("\n");
}

void print_kinds(const std::vector<Problem>& findings)
{
    std::map<std::string, std::vector<const Problem*>> kinds;
    for (const Problem& finding : findings)
        kinds[finding.code].push_back(&finding);
    for (const auto& [code, lines] : kinds) {
        const ProblemText& text = problem_text(code);
        std::printf("%s  (%zu)\n", code.c_str(), lines.size());
        std::printf("  %s  %s\n", std::string(text.vi).c_str(), std::string(text.en).c_str());
        std::printf("  cách khắc phục: %s\n  remedy: %s\n", std::string(text.remedy_vi).c_str(), std::string(text.remedy_en).c_str());
        for (const Problem* finding : lines)
            print_line(*finding);
        std::printf("\n");
    }
    std::printf("0 errors, %zu findings of %zu kinds\n", findings.size(), kinds.size());
}

}  // namespace

int catalogue_lint(const Common& common, const CatalogueOptions& options)
{
    const auto folder = catalogue_folder_or_print(common, options);
    if (!folder)
        return not_done;
    std::vector<Problem> problems;
    const auto loaded = load_catalogue(*folder, problems);
    if (loaded == nullptr) {
        print_problems(problems, common.json);
        if (!common.json)
            std::printf("%zu errors; findings are looked for once the catalogue loads\n", problems.size());
        // A file that is not there is nothing to have looked at.
        return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) { return problem.code == "catalogue.file"; })
                   ? not_done
                   : found_wrong;
    }
    auto findings = catalogue::lint(*loaded);
    const std::string kind = options.kind.starts_with("finding.") ? options.kind : "finding." + options.kind;
    if (!options.kind.empty() && problem_text(kind).code != kind) {
        print_problems({{"parameter.bad", "there is no such kind of finding", "--kind", options.kind, "as in unit_missing", {}}}, common.json);
        return not_done;
    }
    if (!options.kind.empty())
        std::erase_if(findings, [&](const Problem& finding) { return finding.code != kind; });
    if (!common.json) {
        print_kinds(findings);
        return done;
    }
    JsonWriter out;
    ProblemTable table;
    out.begin_object().member("digest", loaded->digest()).member("errors", std::int64_t{0});
    out.member("count", static_cast<std::int64_t>(findings.size()));
    table.write_problems(out, "findings", findings);
    table.write_codes(out);
    std::printf("%s\n", out.end_object().take().c_str());
    return done;
}

}  // namespace lienthong::cli
