// From what is near to mails that are out and recorded.
#include "hub/flow/reminder_round.hpp"

#include "hub/compliance/event_text.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/flow/told_receipts.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

using namespace lienthong::compliance;

/// An extension may reach far beyond a deadline; 60 working days and the longest holidays are less than half a year.
constexpr std::chrono::months longest_extension{13};
constexpr std::chrono::months farthest_stage{6};
constexpr unsigned most_in_a_row = 3;
constexpr Time ever = Time::max();

Span span_around(Time now)
{
    const Day today = local_day(now);
    const std::chrono::year_month month{today.year(), today.month()};
    return {.from = Day{(month - longest_extension) / 1}, .to = Day{(month + farthest_stage) / 1}};
}

Result<void> record(const ReminderParts& parts, const Letter& letter)
{
    std::vector<ComplianceEvent> rows;
    for (const Reminder& reminder : letter.reminders) {
        const Event event{.id = "reminder",
                          .at = parts.clock->now(),
                          .scope = scope_of(reminder.obligation),
                          .who = parts.head.sender,
                          .why = letter.subject,
                          .what = ReminderSent{.stage = reminder.stage}};
        rows.push_back(kept(event));
    }
    // One letter, one record: a crash leaves all of its reminders to be sent again, or none.
    const auto recorded = parts.events->append_all(rows);
    return recorded.ok() ? Result<void>() : recorded.problem();
}

}  // namespace

Result<std::vector<Letter>> letters_due(const ReminderParts& parts, Time now)
{
    const auto plan = plan_of(*parts.catalogue, parts.set, span_around(now));
    if (!plan.ok())
        return plan.problem();
    const auto events = known_events(*parts.events, parts.store.get(), plan->obligations);
    if (!events.ok())
        return events.problem();
    auto due = reminders(plan->obligations, *events, now, parts.days, next_working_of(*parts.catalogue));
    const Ledger ledger(*events);
    std::erase_if(due, [&](const Reminder& reminder) {
        const auto sent = ledger.reminded(reminder.obligation, ever);
        return std::any_of(sent.begin(), sent.end(), [&](unsigned stage) { return stage <= reminder.stage; });
    });
    return letters(
        due, [&](std::string_view code) { return agency_name(*parts.catalogue, code); }, parts.head);
}

LetterOutcome send_letter(const ReminderParts& parts, Letter letter)
{
    LetterOutcome out;
    if (const auto found = parts.contacts.find(letter.agency); found != parts.contacts.end())
        out.to = found->second;
    out.letter = std::move(letter);
    if (out.to.empty()) {
        out.problem =
            Problem{"mail.no_contact", "nobody is named to write to", out.letter.agency, {}, "a row in the list of contacts"};
        return out;
    }
    auto taken = parts.mailer->send({.from = parts.from, .to = out.to, .subject = out.letter.subject, .text = out.letter.text});
    if (!taken.ok()) {
        out.problem = taken.problem();
        return out;
    }
    out.sent = true;
    out.refused = std::move(taken).value();
    if (const auto recorded = record(parts, out.letter); !recorded.ok())
        out.problem = recorded.problem();
    return out;
}

const Problem* ReminderRound::transient() const
{
    if (problem)
        return &*problem;
    for (const LetterOutcome& letter : letters)
        if (letter.problem && is_transient(*letter.problem))
            return &*letter.problem;
    return nullptr;
}

const Problem* ReminderRound::permanent() const
{
    for (const LetterOutcome& letter : letters) {
        if (letter.problem && !is_transient(*letter.problem) && letter.problem->code != "mail.no_contact")
            return &*letter.problem;
        if (!letter.refused.empty())
            return &letter.refused.front();
    }
    return nullptr;
}

std::size_t ReminderRound::sent() const
{
    return static_cast<std::size_t>(
        std::count_if(letters.begin(), letters.end(), [](const LetterOutcome& letter) { return letter.sent; }));
}

ReminderRound send_reminders(const ReminderParts& parts, Time now, const std::set<std::string>& left_out,
                             const std::stop_token& stop)
{
    ReminderRound round;
    auto due = letters_due(parts, now);
    if (!due.ok()) {
        round.problem = due.problem();
        return round;
    }
    unsigned away = 0;
    for (Letter& letter : *due) {
        if (stop.stop_requested())
            break;
        if (left_out.contains(letter.agency))
            continue;
        round.letters.push_back(send_letter(parts, std::move(letter)));
        const auto& problem = round.letters.back().problem;
        away = problem && is_transient(*problem) ? away + 1 : 0;
        if (away == most_in_a_row)
            break;
    }
    return round;
}

}  // namespace lienthong::flow
