// A worker that parses, maps and validates messages.
#include "hub/cli/formats.hpp"
#include "hub/cli/worker_roles.hpp"
#include "hub/process/worker_loop.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/workshop.hpp"

#include <vector>

namespace lienthong::cli {
namespace {

constexpr std::uint64_t usual_memory_mib = 1024;

using Mappings = std::vector<std::shared_ptr<const mapping::Mapping>>;

/// Every mapping named, or the first problem: a workshop without one of them would refuse what it should take.
Result<Mappings> load_mappings(const WorkerArguments& arguments, const catalogue::Catalogue& catalogue)
{
    Mappings mappings;
    std::vector<Problem> problems, findings;
    const auto [begin, end] = arguments.equal_range("--mapping");
    for (auto it = begin; it != end; ++it) {
        auto mapping = mapping::Mapping::load(it->second, catalogue, seal::sha256_hex, problems, findings);
        if (!mapping)
            return problems.front();
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

/// What libraries load at their first use is loaded while files can still be opened.
void warm_up(const workshop::Workshop& workshop, const Mappings& mappings)
{
    for (const auto& mapping : mappings)
        for (const char* payload : {"{}", "<a/>"})
            (void)workshop.work({mapping->name(), "", payload, {{"*"}, ""}});
}

}  // namespace

int be_workshop(const WorkerArguments& arguments)
{
    process::SandboxLimits limits = limits_of(arguments, usual_memory_mib);
    limits.answer_file_calls = true;
    std::vector<Problem> problems;
    const auto catalogue = catalogue::Catalogue::load(value_of(arguments, "--catalogue"), seal::sha256_hex, problems);
    if (!catalogue)
        return process::refuse_to_start(problems.front());
    const auto mappings = load_mappings(arguments, *catalogue);
    if (!mappings)
        return process::refuse_to_start(mappings.problem());
    const workshop::Workshop workshop(catalogue, *mappings, all_formats());
    warm_up(workshop, *mappings);
    const auto limited = process::limit_resources(limits);
    if (!limited)
        return process::refuse_to_start(limited.problem());
    const auto state = process::lock_in(limits);
    if (!state)
        return process::refuse_to_start(state.problem());
    return process::do_jobs({"workshop", catalogue->digest(), *state}, [&](std::string_view bytes) -> Result<std::string> {
        const auto job = workshop::decode_job(bytes);
        if (!job)
            return job.problem();
        return workshop::encode(workshop.work(*job));
    });
}

}  // namespace lienthong::cli
