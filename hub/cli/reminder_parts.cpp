#include "hub/cli/reminder_parts.hpp"

#include "adapters/mailers/poco/poco_mailer.hpp"
#include "hub/cli/whole_file.hpp"
#include "hub/flow/discreet_mailer.hpp"

#include <filesystem>

namespace lienthong::cli {

Result<std::shared_ptr<Mailer>> open_mailer(const Settings& settings)
{
    const ReminderSettings& mail = settings.reminders;
    const auto server = adapters::mail_server_from(mail.mail_server);
    if (!server.ok())
        return server.problem();
    adapters::PocoMailerOptions options{.server = *server, .user = mail.user, .password = {}, .authorities_file = mail.authority};
    if (!mail.password.empty()) {
        auto password = resolve_secret(mail.password, std::filesystem::path(settings.file).parent_path().string());
        if (!password.ok())
            return password.problem();
        options.password = std::move(password).value();
    }
    auto made = adapters::make_poco_mailer(options);
    if (!made.ok())
        return made.problem();
    flow::Redaction redaction;
    redaction.add(options.password);
    return std::shared_ptr<Mailer>(std::make_shared<flow::DiscreetMailer>(std::move(made).value(), std::move(redaction)));
}

compliance::Contacts read_contacts(const std::string& file, const catalogue::Catalogue& catalogue, std::vector<Problem>& problems)
{
    if (file.empty())
        return {};
    const auto bytes = whole_file(file, "the list of contacts");
    if (!bytes) {
        problems.push_back(bytes.problem());
        return {};
    }
    return compliance::contacts_from(*bytes, file, catalogue, problems);
}

std::optional<flow::ReminderParts> reminder_parts(const Settings& settings, const Data& data,
                                                  std::shared_ptr<const catalogue::Catalogue> catalogue,
                                                  std::shared_ptr<Clock> clock, WithMailer mailer, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    flow::ReminderParts out;
    out.contacts = read_contacts(settings.reminders.contacts, *catalogue, problems);
    if (mailer == WithMailer::yes) {
        auto opened = open_mailer(settings);
        if (opened.ok())
            out.mailer = std::move(opened).value();
        else
            problems.push_back(opened.problem());
    }
    if (problems.size() != before)
        return std::nullopt;
    out.catalogue = std::move(catalogue);
    out.set = settings.compliance_set;
    out.events = data.events;
    out.store = data.store;
    out.clock = std::move(clock);
    out.from = settings.reminders.from;
    out.head = {.sender = out.from.name.empty() ? settings.province_name : out.from.name, .base_url = settings.base_url};
    out.days = settings.reminders.days;
    return out;
}

}  // namespace lienthong::cli
