/// What alarms say: as problems, as a line of the log, as a mail.
#pragma once

#include "hub/flow/forthcoming.hpp"
#include "hub/flow/rhythm.hpp"
#include "hub/model/alarm.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/mail.hpp"
#include "hub/ports/pauses.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lienthong::flow {

/// From days down to seconds.
using TimeUnits = std::array<std::string_view, 4>;
inline constexpr TimeUnits short_units = {"d", "h", "min", "s"};
inline constexpr TimeUnits vietnamese_units = {"ngày", "giờ", "phút", "giây"};

/// "3 d 4 h", "40 min", "3 s": at most two parts, the smaller ones left out.
[[nodiscard]] std::string duration_text(std::chrono::seconds time, const TimeUnits& units = short_units);

/// flow.quiet: since when, what is usual, by when something should have come.
[[nodiscard]] Problem quiet_problem(const std::string& flow, const Quiet& quiet, bool declared);
/// flow.not_here_yet: which figures or reports of which periods and agencies, and by when; and that the flow is paused, if it is.
[[nodiscard]] Problem not_here_yet_problem(const Forthcoming& one, const std::optional<Pause>& pause);

/// One line: that it was raised, or is over, in English and Vietnamese with what to do.
[[nodiscard]] std::string line_of(const Alarm& alarm);
/// One mail for them all, Vietnamese first.
[[nodiscard]] Mail mail_of(std::span<const Alarm> alarms, const std::string& base_url);

/// The members of an open object: flow, since, expected, usual_secs where there is one, raised_at, and those of the problem.
void write_alarm(JsonWriter& out, const Alarm& alarm);

}  // namespace lienthong::flow
