// lienthong verify: checks an exported proof with nothing but the file, the trusted roots and the log's key.
#include "hub/cli/commands.hpp"
#include "hub/cli/whole_file.hpp"
#include "hub/seal/evidence.hpp"

#include <cstdio>

namespace lienthong::cli {

int verify(const Common& common, const VerifyOptions& options)
{
    const auto proof = whole_file(options.file);
    const auto authorities = whole_file(options.authorities);
    const auto log_key = whole_file(options.log_key);
    for (const auto* file : {&proof, &authorities, &log_key})
        if (!file->ok()) {
            print_problems({file->problem()}, common.json);
            return not_done;
        }
    std::string verifier = *log_key;
    while (!verifier.empty() && (verifier.back() == '\n' || verifier.back() == '\r'))
        verifier.pop_back();
    const auto report = seal::verify_evidence(*proof, {*authorities, verifier});
    if (!report.ok()) {
        print_problems({report.problem()}, common.json);
        if (!common.json)
            std::printf("NOT PROVED / KHÔNG CHỨNG MINH ĐƯỢC\n");
        return found_wrong;
    }
    if (report->observation) {
        const Observation& figure = *report->observation;
        std::printf("%s %s %s %s: %s %s (%s)\n", figure.key.indicator.c_str(), figure.key.measure.c_str(), figure.key.period.c_str(),
                    figure.key.area.c_str(), figure.availability == Availability::value ? figure.value.c_str() : std::string(to_text(figure.availability)).c_str(),
                    figure.unit.c_str(), std::string(to_text(figure.vintage)).c_str());
    }
    if (const auto* settlement = std::get_if<seal::SettlementLeaf>(&report->leaf)) {
        std::printf("settlement of %s: the figure of %s stands: %s\n  entered by %s, %s, over the revisions", settlement->figure.c_str(),
                    settlement->agency.c_str(), settlement->reason.c_str(), settlement->by.c_str(), to_text(settlement->at).c_str());
        for (const std::int64_t revision : settlement->over)
            std::printf(" %lld", static_cast<long long>(revision));
        std::printf("\n");
    }
    for (const seal::Check& check : report->checks)
        std::printf("  proved  %s\n          %s\n", check.en.c_str(), check.vi.c_str());
    return done;
}

}  // namespace lienthong::cli
