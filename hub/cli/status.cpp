// lienthong status: the sum of all records, what waits and which alarms are open, read from the data itself.
#include "hub/cli/opened.hpp"
#include "hub/cli/watch_parts.hpp"
#include "hub/flow/alarm_text.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_text.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

void print_alarm(const Alarm& alarm)
{
    const ProblemText& words = problem_text(alarm.problem.code);
    std::printf("alarm    %s since %s: %s\n", alarm.flow.c_str(), to_text(alarm.raised_at).c_str(), alarm.problem.sentence().c_str());
    std::printf("         %s %s\n         %s %s\n", std::string(words.vi).c_str(), std::string(words.remedy_vi).c_str(),
                std::string(words.en).c_str(), std::string(words.remedy_en).c_str());
}

}  // namespace

int status(const Common& common)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    // The store first: what the journal holds beyond it is waiting.
    auto tally = opened->data.store->tally();
    const auto journal = opened->data.journal->standing();
    const auto numbered = opened->data.store->numbered();
    const auto checkpoint = opened->data.store->last_checkpoint();
    const auto book = open_watch_book(opened->settings);
    const auto alarms = book.ok() ? (*book)->open_alarms() : Result<std::vector<Alarm>>(book.problem());
    for (const Problem* problem : {alarms.ok() ? nullptr : &alarms.problem(), tally.ok() ? nullptr : &tally.problem(), journal.ok() ? nullptr : &journal.problem(),
                                   numbered.ok() ? nullptr : &numbered.problem(), checkpoint.ok() ? nullptr : &checkpoint.problem()})
        if (problem != nullptr) {
            print_problems({*problem}, common.json);
            return not_done;
        }
    const std::int64_t waiting = journal->messages - tally->messages;
    tally->received += waiting;
    (*tally)[RecordState::waiting] += waiting;
    const std::uint64_t sealed = *checkpoint ? (*checkpoint)->size : 0;

    if (common.json) {
        JsonWriter out;
        out.begin_object().member("messages", journal->messages).member("conflicts", journal->conflicts).member("received", tally->received);
        for (std::size_t i = 0; i < record_state_count; ++i)
            out.member(to_text(static_cast<RecordState>(i)), (*tally)[static_cast<RecordState>(i)]);
        out.member("holds", tally->holds()).member("leaves", static_cast<std::int64_t>(*numbered)).member("sealed", static_cast<std::int64_t>(sealed));
        out.key("alarms").begin_array();
        for (const Alarm& alarm : *alarms) {
            out.begin_object();
            flow::write_alarm(out, alarm);
            out.end_object();
        }
        std::printf("%s\n", out.end_array().end_object().take().c_str());
    } else {
        std::printf("messages %lld (%lld not in the store yet, %lld conflicts)\n", static_cast<long long>(journal->messages),
                    static_cast<long long>(waiting), static_cast<long long>(journal->conflicts));
        std::printf("records  received %lld =", static_cast<long long>(tally->received));
        for (std::size_t i = 0; i < record_state_count; ++i) {
            const auto state = static_cast<RecordState>(i);
            std::printf("%s %s %lld", i == 0 ? "" : " +", std::string(to_text(state)).c_str(), static_cast<long long>((*tally)[state]));
        }
        std::printf("%s\n", tally->holds() ? "" : "   THE SUM DOES NOT HOLD");
        std::printf("log      %llu leaves, %llu sealed\n", static_cast<unsigned long long>(*numbered), static_cast<unsigned long long>(sealed));
        for (const Alarm& alarm : *alarms)
            print_alarm(alarm);
    }
    return tally->holds() && alarms->empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
