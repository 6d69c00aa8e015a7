/// One round of reminders (đôn đốc; Quyết định 17/2022/QĐ-UBND 16.3, 18.2): what is near is written to each agency in one
/// mail, and recorded once the mail server has taken it.
///
/// A crash between the mail server's answer and the record lets the next round write that one mail again; it never loses
/// one. The same holds where two hubs, or a hub and `lienthong compliance remind`, have a round at the same moment.
#pragma once

#include "hub/compliance/contacts.hpp"
#include "hub/compliance/reminder_letter.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/mailer.hpp"
#include "hub/ports/store.hpp"

#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace lienthong::flow {

struct ReminderParts
{
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::string set;  ///< Set of report forms.
    std::shared_ptr<ComplianceEvents> events;
    std::shared_ptr<const Store> store{};  ///< Whose figures meet what is owed; null where only what was recorded counts.
    std::shared_ptr<Mailer> mailer;  ///< Null where nothing is to be sent.
    std::shared_ptr<Clock> clock;
    compliance::Contacts contacts;
    Mailbox from;
    compliance::LetterHead head;
    std::vector<unsigned> days{5, 2, 0};  ///< Stages: working days before a deadline, at most 60.
};

struct LetterOutcome
{
    compliance::Letter letter;
    std::vector<Mailbox> to;         ///< Empty: the agency has no contact.
    bool sent = false;               ///< The mail server has taken it over.
    std::optional<Problem> problem;  ///< Why it was not sent, or sent and not recorded: mail.*, store.*.
    std::vector<Problem> refused;    ///< Recipients the server refused while it took others.
};

/// What is to be written at `now`. A stage that went out counts whenever it did, so that asking as of an earlier moment
/// sends nothing twice. Fails with: compliance.set, compliance.event, store.*. Thread-safe.
[[nodiscard]] Result<std::vector<compliance::Letter>> letters_due(const ReminderParts& parts, Time now);

/// Sends one letter to the agency's contacts and records its reminders. Never fails as a whole; the outcome says how far
/// it came. Blocks as the mailer does.
[[nodiscard]] LetterOutcome send_letter(const ReminderParts& parts, compliance::Letter letter);

struct ReminderRound
{
    std::vector<LetterOutcome> letters;
    std::optional<Problem> problem;  ///< Why nothing could be worked out at all.

    /// The first fault that trying again later may mend, if any.
    [[nodiscard]] const Problem* transient() const;
    /// The first fault a person has to mend, if any; an agency without a contact is none.
    [[nodiscard]] const Problem* permanent() const;
    [[nodiscard]] std::size_t sent() const;
};

/// Everything due at `now`, but for the agencies in `left_out`. One mailbox that is busy keeps no other agency waiting; after
/// three transient faults in a row the server itself is taken to be away, and the round ends. A round that is asked to stop
/// finishes the mail it is at.
[[nodiscard]] ReminderRound send_reminders(const ReminderParts& parts, Time now, const std::set<std::string>& left_out,
                                           const std::stop_token& stop = {});

}  // namespace lienthong::flow
