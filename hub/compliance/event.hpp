/// Events: what happened to obligations. Recorded once and never changed; a status is computed from them alone.
///
/// Each has its moment of recording, so that a scoreboard of any past day can be computed again as it stood.
#pragma once

#include "hub/compliance/obligation.hpp"
#include "hub/model/said.hpp"
#include "hub/model/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lienthong::compliance {

/// Which obligations an event speaks of; an empty field stands for all. Receipts, refusals and reminders name all three.
struct Scope
{
    std::string subject{};
    std::string agency{};
    std::string period{};  ///< Canonical text.

    /// "subject|period|agency" when it speaks of one obligation only, else empty.
    [[nodiscard]] std::string obligation() const
    {
        if (subject.empty() || agency.empty() || period.empty())
            return {};
        return subject + '|' + period + '|' + agency;
    }
    [[nodiscard]] bool covers(const Obligation& one) const
    {
        return (subject.empty() || subject == one.subject) && (agency.empty() || agency == one.agency) &&
               (period.empty() || period == one.period_text);
    }
    friend bool operator==(const Scope&, const Scope&) = default;
};

/// Scope of exactly this obligation.
[[nodiscard]] inline Scope scope_of(const Obligation& one)
{
    return {.subject = one.subject, .agency = one.agency, .period = one.period_text};
}

/// A report came in (QĐ 228/QĐ-UBND Article 8: the time of sending is recorded).
struct Receipt
{
    std::string submission;              ///< Its name in the hub, from which its proof is found; or in the system it came to.
    std::vector<std::string> missing{};  ///< Codes of the parts still lacking after it, no ';'; empty: complete.
    /// When it came in, where that was before it was recorded: a record waited for its mapping, or another system, named in
    /// `Event::act`, received it. Empty: `Event::at`.
    std::optional<Time> received{};
    Said said = Said::unstated;  ///< What the figures of it say; worked out from the store, never kept.
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// Gia hạn: more time, by an act. It can be granted afterwards.
struct Extension
{
    Time until{};  ///< The first moment that is late.
    friend bool operator==(const Extension&, const Extension&) = default;
};

/// Sự cố. It excuses nobody by itself (Sóc Trăng's regulation 17.4 asks to have it repaired in time), but it stands
/// beside the late report for whoever judges it, and may be the reason of an extension.
struct Incident
{
    Time from{};
    std::optional<Time> to{};  ///< Empty: not over.
    friend bool operator==(const Incident&, const Incident&) = default;
};

/// The lead opens or closes intake at other times. It counts only with a notice to the reporting units, in `Event::act`
/// (QĐ 228/QĐ-UBND Article 8, last paragraph; Quyết định 17/2022/QĐ-UBND 14.5). A later close gives more time; an earlier one
/// takes away none of what the regulation gives.
struct Intake
{
    std::optional<Time> opens{};
    std::optional<Time> closes{};  ///< The first moment that is late.
    friend bool operator==(const Intake&, const Intake&) = default;
};

/// Miễn: the report is not owed after all.
struct Waiver
{
    friend bool operator==(const Waiver&, const Waiver&) = default;
};

/// A reminder went out (đôn đốc).
struct ReminderSent
{
    unsigned stage = 0;  ///< Working days before the deadline it was for.
    friend bool operator==(const ReminderSent&, const ReminderSent&) = default;
};

/// It came in and was refused, all of it: what came lies in quarantine, and nothing of it counts as received.
struct Refusal
{
    std::string submission;          ///< Its name in the hub, where every refused record has its reason.
    std::optional<Time> received{};  ///< As Receipt::received.
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Event
{
    std::string id;  ///< Unique; equal moments are told apart by it.
    Time at{};       ///< When it was recorded. Before that nobody knows of it.
    Scope scope{};
    std::string who{};  ///< Who decided or reported it.
    std::string why{};
    std::string act{};  ///< The act or notice behind it.
    std::variant<Receipt, Extension, Incident, Intake, Waiver, ReminderSent, Refusal> what{};

    friend bool operator==(const Event&, const Event&) = default;
};

/// When the report of a receipt or refusal came in; of another event, when it was recorded.
[[nodiscard]] Time came_in(const Event& event);

/// "receipt", "extension", "incident", "intake", "waiver", "reminder", "refusal".
[[nodiscard]] std::string_view kind_of(const Event& event);

}  // namespace lienthong::compliance
