/// Letters (thư nhắc): one for each agency, with everything of it that is near, in Vietnamese.
#pragma once

#include "hub/compliance/reminder.hpp"
#include "hub/compliance/scoreboard_csv.hpp"

#include <span>
#include <string>
#include <vector>

namespace lienthong::compliance {

struct Letter
{
    std::string agency;  ///< Canonical code.
    std::string subject;
    std::string text;                 ///< Plain, lines ended by LF.
    std::vector<Reminder> reminders;  ///< What it lists, in its order; each to be recorded once it is out.
};

/// Who writes, and where the hub is reached.
struct LetterHead
{
    std::string sender;    ///< "Trung tâm Điều hành thông minh tỉnh Sơn La"
    std::string base_url;  ///< May be empty.
};

/// By agency code; reminders keep their order. Says of each report the form, the period, the last day with its weekday, the
/// rule and the act, how it came to that day, and what is still to be done. Thread-safe as far as `name` is.
[[nodiscard]] std::vector<Letter> letters(std::span<const Reminder> reminders, const AgencyName& name, const LetterHead& head);

/// "thứ Hai" … "Chủ nhật".
[[nodiscard]] std::string weekday_text(Day day);

}  // namespace lienthong::compliance
