/// What reminders are made of, put together from the settings; for serve and for compliance remind.
#pragma once

#include "hub/cli/data.hpp"
#include "hub/cli/settings.hpp"
#include "hub/flow/reminder_round.hpp"

#include <optional>
#include <vector>

namespace lienthong::cli {

enum class WithMailer : std::uint8_t { no, yes };

/// Reads the contacts, and opens the mailer where it is wanted. Every problem; nothing when there is one. Codes: settings.*,
/// catalogue.csv, mail.*.
[[nodiscard]] std::optional<flow::ReminderParts> reminder_parts(const Settings& settings, const Data& data,
                                                                std::shared_ptr<const catalogue::Catalogue> catalogue,
                                                                std::shared_ptr<Clock> clock, WithMailer mailer,
                                                                std::vector<Problem>& problems);

/// By compliance.mail of the settings. Fails with: mail.server, mail.tls, settings.secret.
[[nodiscard]] Result<std::shared_ptr<Mailer>> open_mailer(const Settings& settings);

/// The file's contacts; none without a file. Codes: settings.unreadable, catalogue.csv, mail.contact.
[[nodiscard]] compliance::Contacts read_contacts(const std::string& file, const catalogue::Catalogue& catalogue,
                                                 std::vector<Problem>& problems);

}  // namespace lienthong::cli
