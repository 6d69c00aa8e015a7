#include "hub/cli/watch_parts.hpp"

#include "adapters/watch/sqlite/sqlite_watch_book.hpp"
#include "hub/cli/reminder_parts.hpp"

#include <filesystem>

namespace lienthong::cli {

Result<std::shared_ptr<WatchBook>> open_watch_book(const Settings& settings)
{
    return adapters::open_sqlite_watch_book((std::filesystem::path(settings.data_directory) / "watch.db").string());
}

std::optional<flow::WatchParts> watch_parts(const Settings& settings, const Data& data,
                                            std::shared_ptr<const catalogue::Catalogue> catalogue, std::shared_ptr<Clock> clock,
                                            std::function<void(const std::string&)> say,
                                            const std::function<flow::PausedNow(const std::string& flow)>& paused,
                                            std::vector<Problem>& problems)
{
    flow::WatchParts out;
    auto book = open_watch_book(settings);
    if (!book.ok()) {
        problems.push_back(book.problem());
        return std::nullopt;
    }
    out.book = std::move(book).value();
    out.store = data.store;
    out.clock = std::move(clock);
    out.catalogue = std::move(catalogue);
    for (const FlowSettings& flow : settings.flows)
        if (!flow.mapping.empty())
            out.routes.push_back({flow.name, flow.expects_every, flow.quiet_alarm, paused(flow.name)});
    out.set = settings.compliance_set;
    out.events = data.events;
    out.deadline_days = settings.alarms.deadline_days;
    out.say = std::move(say);
    if (!settings.alarms.mail_to.empty()) {
        auto mailer = open_mailer(settings);
        if (!mailer.ok()) {
            problems.push_back(mailer.problem());
            return std::nullopt;
        }
        out.post = {std::move(mailer).value(), settings.reminders.from, settings.alarms.mail_to, settings.base_url};
    }
    return out;
}

}  // namespace lienthong::cli
