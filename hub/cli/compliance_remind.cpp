// lienthong compliance remind: one round of reminders now, or what it would send.
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/reminder_parts.hpp"
#include "hub/model/json_text.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

using flow::LetterOutcome;

std::string receivers(const LetterOutcome& one)
{
    std::string out;
    for (const Mailbox& box : one.to)
        out += (out.empty() ? "" : ", ") + box.address;
    return out.empty() ? "(chưa có đầu mối)" : out;
}

void print_outcome(const LetterOutcome& one, bool whole)
{
    const char* standing = one.sent ? "đã gửi" : one.problem ? "CHƯA GỬI" : "sẽ gửi";
    std::printf("%s  %s  %s: %s\n", one.letter.agency.c_str(), standing, receivers(one).c_str(), one.letter.subject.c_str());
    for (const compliance::Reminder& reminder : one.letter.reminders)
        std::printf("    %s mốc %u, còn %u ngày làm việc\n", reminder.obligation.id.c_str(), reminder.stage,
                    reminder.working_days);
    if (one.problem)
        std::printf("    %s\n", one.problem->sentence().c_str());
    for (const Problem& problem : one.refused)
        std::printf("    %s\n", problem.sentence().c_str());
    if (whole)
        std::printf("\n%s\n", one.letter.text.c_str());
}

void print_json(const std::vector<LetterOutcome>& outcomes, Time now)
{
    JsonWriter out;
    out.begin_object().member("as_of", to_text(now)).key("letters").begin_array();
    for (const LetterOutcome& one : outcomes) {
        out.begin_object()
            .member("agency", one.letter.agency)
            .member("subject", one.letter.subject)
            .member("text", one.letter.text);
        out.member("sent", one.sent).key("to").begin_array();
        for (const Mailbox& box : one.to)
            out.text(box.address);
        out.end_array().key("obligations").begin_array();
        for (const compliance::Reminder& reminder : one.letter.reminders)
            out.begin_object().member("id", reminder.obligation.id).member("stage", std::int64_t{reminder.stage}).end_object();
        out.end_array();
        if (one.problem)
            out.member("code", one.problem->code).member("detail", one.problem->sentence());
        out.end_object();
    }
    std::printf("%s\n", out.end_array().end_object().take().c_str());
}

/// What would be sent, and to whom.
Result<std::vector<LetterOutcome>> foreseen(const flow::ReminderParts& parts, Time now)
{
    auto due = flow::letters_due(parts, now);
    if (!due.ok())
        return due.problem();
    std::vector<LetterOutcome> out;
    for (compliance::Letter& letter : *due) {
        LetterOutcome one;
        if (const auto found = parts.contacts.find(letter.agency); found != parts.contacts.end())
            one.to = found->second;
        one.letter = std::move(letter);
        out.push_back(std::move(one));
    }
    return out;
}

Result<Time> asked_moment(const ComplianceOptions& options, const Clock& clock)
{
    if (options.at.empty())
        return clock.now();
    if (const auto time = time_from(options.at))
        return *time;
    return Problem{"parameter.bad", "this is no moment", "--at", shortened(options.at), "2026-03-25T08:00:00+07:00"};
}

}  // namespace

int compliance_remind(const Common& common, const ComplianceOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    if (!options.set.empty())
        opened->settings.compliance_set = options.set;
    const auto clock = std::make_shared<SystemClock>();
    std::vector<Problem> problems;
    const auto now = asked_moment(options, *clock);
    if (!now.ok())
        problems.push_back(now.problem());
    if (!options.dry_run && opened->settings.reminders.mail_server.empty())
        problems.push_back({"settings.missing",
                            "nothing can be sent without a mail server",
                            opened->settings.file,
                            {},
                            "compliance.mail.server, or --dry-run",
                            {}});
    std::optional<flow::ReminderParts> parts;
    if (problems.empty())
        if (auto catalogue = load_catalogue(opened->settings.catalogue, problems))
            parts = reminder_parts(opened->settings, opened->data, std::move(catalogue), clock,
                                   options.dry_run ? WithMailer::no : WithMailer::yes, problems);
    if (!parts) {
        print_problems(problems, common.json);
        return not_done;
    }
    auto round = options.dry_run ? flow::ReminderRound{} : flow::send_reminders(*parts, *now, {});
    if (options.dry_run) {
        auto letters = foreseen(*parts, *now);
        if (letters.ok())
            round.letters = std::move(letters).value();
        else
            round.problem = letters.problem();
    }
    if (round.problem) {
        print_problems({*round.problem}, common.json);
        return not_done;
    }
    if (common.json)
        print_json(round.letters, *now);
    else
        for (const LetterOutcome& one : round.letters)
            print_outcome(one, options.dry_run);
    bool wrong = false;
    for (const LetterOutcome& one : round.letters)
        wrong = wrong || one.problem || one.to.empty() || !one.refused.empty();
    if (!common.json)
        std::printf("%zu thư %s\n", options.dry_run ? round.letters.size() : round.sent(), options.dry_run ? "sẽ gửi" : "đã gửi");
    return wrong ? found_wrong : done;
}

}  // namespace lienthong::cli
