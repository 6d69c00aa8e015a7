// lienthong try: runs one mapping over one payload and shows where each value came from.
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/sample.hpp"
#include "hub/workshop/workshop.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace lienthong::cli {
namespace {

void print_verdict(const Verdict& verdict, const std::vector<mapping::Trace>& traces)
{
    std::printf("record %u at %s: %s\n", verdict.record, verdict.place.empty() ? "/" : verdict.place.c_str(), verdict.accepted() ? "accepted" : "REFUSED");
    for (const mapping::Trace& trace : traces)
        std::printf("    %-14s %-28s <- %s %s\n", trace.field.c_str(), trace.result.empty() ? "(missing)" : trace.result.c_str(),
                    trace.place.empty() ? "written in the mapping" : trace.place.c_str(),
                    trace.place.empty() ? "" : ("'" + shortened(trace.raw, 60) + "'").c_str());
    for (const Problem& problem : verdict.problems)
        std::printf("    problem  %s\n", problem.sentence().c_str());
    for (const Problem& finding : verdict.findings)
        std::printf("    finding  %s\n", finding.sentence().c_str());
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
    const auto mapping = catalogue == nullptr ? nullptr : mapping::Mapping::load(options.mapping, *catalogue, digest, problems, findings);
    print_problems(problems, false);
    if (mapping == nullptr)
        return found_wrong;
    const auto json = format_named("json");
    const auto format = mapping->renders() ? json : format_named(mapping->format());
    std::ifstream stream(options.payload, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (format == nullptr || !stream) {
        print_problems({{"settings.unreadable", "the payload cannot be read", options.payload, {}, "a readable file in the mapping's format", {}}}, common.json);
        return not_done;
    }
    if (mapping->renders() || common.json) {
        const auto packet = workshop::run_sample(*mapping, *format, *json, bytes.str(), *catalogue);
        if (!packet.ok()) {
            print_problems({packet.problem()}, common.json);
            return found_wrong;
        }
        std::printf("%s\n", packet->c_str());
        return done;
    }
    std::vector<std::vector<mapping::Trace>> traces;
    const auto examined = workshop::examine(*mapping, *format, bytes.str(), *catalogue, {{"*"}, {}}, &traces);
    bool refused = false;
    for (std::size_t i = 0; i < examined.verdicts.size(); ++i) {
        print_verdict(examined.verdicts[i], i < traces.size() ? traces[i] : std::vector<mapping::Trace>{});
        refused = refused || !examined.verdicts[i].accepted();
    }
    std::printf("%zu records, %u passed over\n", examined.verdicts.size(), examined.skipped);
    return refused ? found_wrong : done;
}

}  // namespace lienthong::cli
