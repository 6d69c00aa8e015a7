// lienthong reconcile: counts everything again from the rows themselves and compares it with what is kept.
#include "hub/cli/opened.hpp"

#include <cstdio>

namespace lienthong::cli {

int reconcile(const Common& common)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto kept = opened->data.store->tally();
    const auto counted = opened->data.store->recount();
    const auto journal = opened->data.journal->standing();
    std::vector<Problem> problems;
    for (const Problem* problem :
         {kept.ok() ? nullptr : &kept.problem(), counted.ok() ? nullptr : &counted.problem(), journal.ok() ? nullptr : &journal.problem()})
        if (problem != nullptr)
            problems.push_back(*problem);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    bool same = kept->received == counted->received && kept->messages == counted->messages;
    std::printf("%-10s %12s %12s\n", "", "kept", "counted");
    std::printf("%-10s %12lld %12lld\n", "messages", static_cast<long long>(kept->messages), static_cast<long long>(counted->messages));
    std::printf("%-10s %12lld %12lld\n", "received", static_cast<long long>(kept->received), static_cast<long long>(counted->received));
    for (std::size_t i = 0; i < record_state_count; ++i) {
        const auto state = static_cast<RecordState>(i);
        same = same && (*kept)[state] == (*counted)[state];
        std::printf("%-10s %12lld %12lld\n", std::string(to_text(state)).c_str(), static_cast<long long>((*kept)[state]),
                    static_cast<long long>((*counted)[state]));
    }
    std::printf("in the journal and not in the store: %lld messages\n", static_cast<long long>(journal->messages - kept->messages));
    const bool good = same && kept->holds() && counted->holds();
    std::printf("%s\n", good ? "everything agrees" : "THE COUNTS DO NOT AGREE");
    return good ? done : found_wrong;
}

}  // namespace lienthong::cli
