// lienthong preflight: the hub's own checks on a file before it is sent, from catalogue and mappings alone.
#include "hub/cli/counted.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/flow/answer.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace lienthong::cli {
namespace {

struct Desk
{
    std::shared_ptr<const workshop::Workshop> workshop;
    std::string mapping;
    workshop::Scope scope;
    Mode mode = Mode::partial;
};

/// Folders, mapping and scope, each as told, else as configured. Nothing after adding why not.
std::optional<Desk> desk_of(const Common& common, PreflightOptions options, std::vector<Problem>& problems)
{
    Desk desk{.workshop = nullptr, .mapping = options.mapping, .scope = {options.agencies, options.area}};
    if (options.flow.empty()) {
        const Wanted wanted = options.mapping.ends_with(".yaml") ? Wanted::catalogue : Wanted::both;
        const auto folders = mapping_folders(common, {options.catalogue, options.mappings}, wanted, problems);
        if (!folders)
            return std::nullopt;
        options.catalogue = folders->catalogue;
        options.mappings = folders->mappings;
    } else {
        const auto settings = read_settings(common.config, problems);
        if (!settings)
            return std::nullopt;
        options.catalogue = options.catalogue.empty() ? settings->catalogue : options.catalogue;
        options.mappings = options.mappings.empty() ? settings->mappings : options.mappings;
        const auto flow = std::find_if(settings->flows.begin(), settings->flows.end(),
                                       [&](const FlowSettings& one) { return one.name == options.flow && !one.mapping.empty(); });
        if (flow != settings->flows.end()) {
            desk.mapping = flow->mapping;
            desk.mode = flow->mode;
            if (desk.scope.agencies.empty())
                desk.scope.agencies = flow->agencies;
            if (desk.scope.area.empty())
                desk.scope.area = settings->province_area;
        } else {
            problems.push_back({"push.flow_unknown",
                                "no flow for the way in has this name",
                                settings->file,
                                options.flow,
                                "a flow of the configuration",
                                {}});
            return std::nullopt;
        }
    }
    if (desk.scope.agencies.empty())
        desk.scope.agencies = {"*"};
    desk.mode = options.atomic ? Mode::atomic : desk.mode;

    std::vector<Problem> findings;
    const auto catalogue = load_catalogue(options.catalogue, problems);
    if (catalogue == nullptr)
        return std::nullopt;
    std::vector<std::shared_ptr<const mapping::Mapping>> mappings;
    if (desk.mapping.ends_with(".yaml")) {
        if (auto mapping = mapping::Mapping::load(desk.mapping, *catalogue, seal::sha256_hex, problems, findings)) {
            desk.mapping = mapping->name();
            mappings.push_back(std::move(mapping));
        }
    } else {
        const ReferenceData reference = load_reference_data(options.catalogue, options.mappings);
        const auto it = reference.mappings.find(desk.mapping);
        if (it != reference.mappings.end())
            mappings.push_back(it->second);
        else
            problems = reference.problems;
        if (it == reference.mappings.end() && problems.empty())
            problems.push_back({"mapping.absent",
                                "there is no mapping of this name",
                                options.mappings,
                                desk.mapping,
                                "connector/name, or a mapping's file",
                                {}});
    }
    if (mappings.empty())
        return std::nullopt;
    desk.workshop = std::make_shared<workshop::Workshop>(catalogue, std::move(mappings), all_formats());
    return desk;
}

/// As a store without earlier figures would decide: what is unchanged only the hub knows.
std::vector<RecordState> states_of(const std::vector<Verdict>& verdicts, Mode mode, Tally& counts)
{
    const bool all = std::all_of(verdicts.begin(), verdicts.end(), [](const Verdict& verdict) { return verdict.accepted(); });
    std::vector<RecordState> states;
    for (const Verdict& verdict : verdicts) {
        states.push_back(!verdict.accepted()            ? RecordState::refused
                         : all || mode == Mode::partial ? RecordState::stored
                                                        : RecordState::waiting);
        ++counts.received;
        ++counts[states.back()];
    }
    return states;
}

void print_text(const std::string& file, const std::vector<Verdict>& verdicts, const Tally& counts)
{
    std::set<std::string> codes;
    for (const Verdict& verdict : verdicts)
        for (const auto* list : {&verdict.problems, &verdict.findings})
            for (const Problem& problem : *list) {
                std::printf("record %u  %s  %s\n", verdict.record, list == &verdict.problems ? "refused" : "finding",
                            problem.sentence().c_str());
                codes.insert(problem.code);
            }
    for (const std::string& code : codes) {
        const ProblemText& text = problem_text(code);
        std::printf("%s\n    %s %s\n    %s %s\n", code.c_str(), std::string(text.vi).c_str(), std::string(text.remedy_vi).c_str(),
                    std::string(text.en).c_str(), std::string(text.remedy_en).c_str());
    }
    const std::int64_t refused = counts[RecordState::refused];
    std::printf("%s: %s, %lld would be taken, %lld refused, %lld wait for the rest\n", file.c_str(),
                counted(counts.received, "record").c_str(), static_cast<long long>(counts[RecordState::stored]),
                static_cast<long long>(refused), static_cast<long long>(counts[RecordState::waiting]));
}

void print_json(const std::string& file, const Desk& desk, const workshop::Outcome& outcome,
                const std::vector<RecordState>& states, const Tally& counts)
{
    JsonWriter out;
    out.begin_object().member("file", file).member("mode", desk.mode == Mode::atomic ? "atomic" : "partial");
    out.member("catalogue", outcome.catalogue_digest).member("mapping", outcome.mapping_digest);
    flow::write_verdicts(out, outcome.verdicts, states, counts);
    std::printf("%s\n", out.end_object().take().c_str());
}

}  // namespace

int preflight(const Common& common, const PreflightOptions& options)
{
    std::vector<Problem> problems;
    const auto desk = desk_of(common, options, problems);
    if (!desk) {
        print_problems(problems, common.json);
        return not_done;
    }
    bool good = true;
    for (const std::string& file : options.files) {
        auto payload = read_one_file(file);
        if (!payload) {
            print_problems({{"settings.unreadable", "the file cannot be read", file, {}, "a readable file", {}}}, common.json);
            return not_done;
        }
        const workshop::Outcome outcome = desk->workshop->work({desk->mapping, {}, std::move(*payload), desk->scope});
        Tally counts;
        const auto states = states_of(outcome.verdicts, desk->mode, counts);
        good = good && counts[RecordState::refused] == 0;
        common.json ? print_json(file, *desk, outcome, states, counts) : print_text(file, outcome.verdicts, counts);
    }
    return good ? done : found_wrong;
}

}  // namespace lienthong::cli
