/// Watch: whether every flow brings what it usually does, and what is owed soon and not there yet; raises alarms and ends them.
///
/// What arrived is read from the store, from where the last look ended: so nothing is missed or counted twice, whatever ends
/// when, and a message on its way waits for nobody here.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/flow/forthcoming.hpp"
#include "hub/flow/rhythm.hpp"
#include "hub/flow/standing.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/mailer.hpp"
#include "hub/ports/store.hpp"
#include "hub/ports/watch_book.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace lienthong::flow {

/// A way in that is watched.
struct WatchedRoute
{
    std::string flow;
    std::optional<std::chrono::seconds> expects_every{};  ///< Declared; else it is learnt.
    bool raises_quiet = true;                             ///< False: it comes as it comes, and no alarm is raised of it.
    PausedNow paused{};                                   ///< Null: it is never paused.
};

/// To whom alarms are mailed; nobody without a mailer.
struct AlarmPost
{
    std::shared_ptr<Mailer> mailer{};
    Mailbox from{};
    std::vector<Mailbox> to{};
    std::string base_url{};  ///< May be empty.
};

struct WatchParts
{
    std::shared_ptr<const Store> store;
    std::shared_ptr<WatchBook> book;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<const catalogue::Catalogue> catalogue;  ///< For days off and for what is owed.
    std::vector<WatchedRoute> routes;
    std::string set{};                              ///< Whose deadlines are foreseen; empty: none are.
    std::shared_ptr<ComplianceEvents> events{};     ///< Needed with a set.
    unsigned deadline_days = 2;                     ///< Working days before a deadline from which its alarm is raised.
    std::function<void(const std::string&)> say{};  ///< One line for the log.
    AlarmPost post{};
};

/// look() on one thread at a time; the rest is thread-safe.
class Watch
{
public:
    explicit Watch(WatchParts parts);

    /// Reads what was kept. Fails with: watch.*.
    [[nodiscard]] Result<void> begin();
    /// Takes in what arrived since the last look, raises what is amiss, ends what is not any more, mails both. Soon after the
    /// start, and after a pause, a flow has had no chance yet to bring anything: then nothing new is raised of it.
    /// Fails with: store.*, watch.*, compliance.*; nothing is lost by it. A mail that is not taken is none: it is tried again.
    [[nodiscard]] Result<void> look();

    [[nodiscard]] std::vector<Alarm> alarms() const;  ///< Open ones.
    [[nodiscard]] NewsStanding news_of(const std::string& flow) const;
    /// How long may go by between two looks so that a declared rhythm is watched in time.
    [[nodiscard]] std::chrono::milliseconds interval() const { return interval_; }

private:
    struct Entry
    {
        WatchedRoute route;
        Time watched_since{};
        Arrivals arrivals;
        Time not_before{};  ///< Nothing new is raised earlier.
        bool changed = false;
    };
    using Key = std::tuple<std::string, std::string, std::string>;  ///< Flow, code, what it is about.

    [[nodiscard]] Result<void> take_in();
    /// Alarms of flows and deadlines that are not watched any more.
    [[nodiscard]] Result<void> end_of_those_gone(Time now);
    [[nodiscard]] Result<void> judge_rhythms(Time now);
    [[nodiscard]] Result<void> judge_deadlines(Time now);
    [[nodiscard]] Result<void> judge_deadline(const Forthcoming& one, Time now);
    [[nodiscard]] Result<void> raise(Alarm alarm);
    [[nodiscard]] Result<void> end(const Key& key, Time now, std::string why);
    [[nodiscard]] Result<void> mail(Time now);
    [[nodiscard]] Entry* watching(const std::string& flow);
    [[nodiscard]] Measure measure_of(const Entry& one) const;

    WatchParts parts_;
    compliance::NextWorking next_working_;
    std::chrono::milliseconds interval_;
    std::map<std::string, Entry, std::less<>> flows_;
    std::int64_t reach_ = 0;
    std::optional<Time> deadlines_judged_;
    std::int64_t deadlines_reach_ = -1;
    bool held_back_ = false;  ///< Something was not raised because its flow had no chance yet.
    compliance::Day planned_on_{};
    std::vector<compliance::Obligation> planned_;
    Time mail_not_before_{};
    mutable std::mutex mutex_;  ///< Of what follows.
    std::map<Key, Alarm> open_;
    std::map<std::string, NewsStanding, std::less<>> news_;
};

}  // namespace lienthong::flow
