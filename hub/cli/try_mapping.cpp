// lienthong try: runs one mapping over one payload and shows where each value came from, and what was refused and why.
#include "hub/cli/columns.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/sample.hpp"
#include "hub/workshop/verdict_json.hpp"
#include "hub/workshop/workshop.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

using Traces = std::vector<std::vector<mapping::Trace>>;

void print_values(const std::vector<mapping::Trace>& values)
{
    std::vector<std::vector<std::string>> rows;
    for (const mapping::Trace& value : values) {
        const std::string from = value.place.empty() ? "written in the mapping"
                                 : value.raw.empty() ? value.place + "  (nothing there)"
                                                     : value.place + "  '" + shortened(value.raw, 60) + "'";
        const char* nothing = value.raw.empty() ? "(missing)" : "(nothing)";
        rows.push_back({value.field, value.result.empty() ? nothing : shortened(value.result, 60),
                        "<- " + mapping::line_text(value.line, value.file), from});
    }
    std::printf("%s", in_columns(rows, "    ").c_str());
}

void print_problem(const Problem& problem, const char* kind)
{
    const ProblemText& text = problem_text(problem.code);
    std::printf("    %s %s at %s: %s\n", kind, problem.code.c_str(), problem.place.empty() ? "/" : problem.place.c_str(),
                problem.detail.c_str());
    std::vector<std::vector<std::string>> rows;
    if (!problem.found.empty())
        rows.push_back({"found", problem.found});
    if (!problem.expected.empty())
        rows.push_back({"expected", problem.expected});
    if (!problem.rule.empty())
        rows.push_back({"rule", problem.rule});
    rows.push_back({"vi", std::string(text.vi) + " " + std::string(text.remedy_vi)});
    rows.push_back({"en", std::string(text.en) + " " + std::string(text.remedy_en)});
    std::printf("%s", in_columns(rows, "        ").c_str());
}

void print_verdict(const Verdict& verdict, const std::vector<mapping::Trace>& values)
{
    std::printf("record %u  %s  %s\n", verdict.record, verdict.place.empty() ? "/" : verdict.place.c_str(),
                verdict.accepted() ? "accepted" : "REFUSED");
    print_values(values);
    for (const Observation& o : verdict.observations)
        std::printf("    = %s  %s %s  %s\n", to_text(o.key).c_str(),
                    o.availability == Availability::value ? o.value.c_str() : std::string(to_text(o.availability)).c_str(),
                    o.unit.c_str(), std::string(to_text(o.vintage)).c_str());
    for (const Fact& fact : verdict.facts)
        std::printf("    = %s %s, %zu fields\n", fact.kind.c_str(), fact.key.c_str(), fact.fields.size());
    for (const Problem& problem : verdict.problems)
        print_problem(problem, "problem");
    for (const Problem& finding : verdict.findings)
        print_problem(finding, "finding");
    std::printf("\n");
}

void print_json(const mapping::Mapping& mapping, const workshop::Examination& examined, const Traces& traces)
{
    ProblemTable codes;
    JsonWriter out;
    out.begin_object().member("mapping", mapping.name()).member("version", std::int64_t{mapping.version()});
    out.member("digest", mapping.digest()).key("records").begin_array();
    for (std::size_t i = 0; i < examined.verdicts.size(); ++i)
        workshop::write_verdict(out, examined.verdicts[i], i < traces.size() ? traces[i] : std::vector<mapping::Trace>{}, codes);
    out.end_array().member("skipped", std::int64_t{examined.skipped});
    codes.write_codes(out);
    std::printf("%s\n", out.end_object().take().c_str());
}

/// What an expected file says, or the packet of a render mapping.
int print_expected(const Common& common, const mapping::Mapping& mapping, const Format& format, const std::string& payload,
                   const catalogue::Catalogue& catalogue)
{
    const auto text = workshop::run_sample(mapping, format, *format_named("json"), payload, catalogue);
    if (!text) {
        print_problems({text.problem()}, common.json);
        return found_wrong;
    }
    std::printf("%s%s", text->c_str(), text->ends_with('\n') ? "" : "\n");
    return done;
}

/// Keeps the record asked for alone, with its values. False when there is no such record.
bool keep_one(workshop::Examination& examined, Traces& traces, std::int64_t record)
{
    const auto it = std::find_if(examined.verdicts.begin(), examined.verdicts.end(),
                                 [&](const Verdict& verdict) { return std::int64_t{verdict.record} == record; });
    if (it == examined.verdicts.end())
        return false;
    const auto at = static_cast<std::size_t>(it - examined.verdicts.begin());
    Verdict one = std::move(*it);
    examined.verdicts.clear();
    examined.verdicts.push_back(std::move(one));
    Traces of_one;
    if (at < traces.size())
        of_one.push_back(std::move(traces[at]));
    traces = std::move(of_one);
    return true;
}

}  // namespace

int try_mapping(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, options);
    if (!folders)
        return not_done;
    std::vector<Problem> problems;
    std::vector<Problem> findings;
    const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
    const auto catalogue = catalogue::Catalogue::load(folders->catalogue, digest, problems);
    const auto mapping =
        catalogue == nullptr ? nullptr : mapping::Mapping::load(options.mapping, *catalogue, digest, problems, findings);
    if (mapping == nullptr) {
        print_problems(problems, common.json);
        return found_wrong;
    }
    const auto format = mapping->renders() ? format_named("json") : format_named(mapping->format());
    const auto payload = read_one_file(options.payload);
    if (format == nullptr || !payload) {
        print_problems({{"settings.unreadable",
                         "the payload cannot be read",
                         options.payload,
                         {},
                         "a readable file in the mapping's format",
                         {}}},
                       common.json);
        return not_done;
    }
    if (mapping->renders() || options.expected)
        return print_expected(common, *mapping, *format, *payload, *catalogue);

    Traces traces;
    auto examined = workshop::examine(*mapping, *format, *payload, *catalogue, {{"*"}, {}}, &traces);
    if (options.record >= 0 && !keep_one(examined, traces, options.record)) {
        print_problems({{"parameter.bad",
                         "the payload has no such record, or the mapping passes it over",
                         "--record",
                         std::to_string(options.record),
                         "a number from 0",
                         {}}},
                       common.json);
        return not_done;
    }
    const auto refused = static_cast<std::size_t>(std::count_if(examined.verdicts.begin(), examined.verdicts.end(),
                                                                [](const Verdict& verdict) { return !verdict.accepted(); }));
    if (common.json) {
        print_json(*mapping, examined, traces);
        return refused == 0 ? done : found_wrong;
    }
    std::printf("%s version %u over %s\n\n", mapping->name().c_str(), mapping->version(), options.payload.c_str());
    for (std::size_t i = 0; i < examined.verdicts.size(); ++i)
        print_verdict(examined.verdicts[i], i < traces.size() ? traces[i] : std::vector<mapping::Trace>{});
    std::printf("%zu records: %zu accepted, %zu refused, %u passed over\n", examined.verdicts.size() + examined.skipped,
                examined.verdicts.size() - refused, refused, examined.skipped);
    return refused == 0 ? done : found_wrong;
}

}  // namespace lienthong::cli
