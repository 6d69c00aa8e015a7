// What must hold of a status whatever happens, over many made-up histories.
#include "fixture.hpp"

#include "hub/compliance/event_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

constexpr int histories = 400;

/// Made-up histories of the obligation of March 2026, the same in every run.
class History
{
public:
    explicit History(unsigned seed) : random_(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    /// On a grid of six hours over seven weeks, so that moments often meet each other and the deadline; sometimes a
    /// microsecond beside it.
    Time moment() { return at("2026-03-01T00:00:00") + std::chrono::hours{6 * below(200)} - std::chrono::microseconds{below(2)}; }

    Event event(unsigned number)
    {
        const Obligation one = march();
        Event out{
            .id = "E" + std::to_string(number), .at = moment(), .scope = scope_of(one), .who = "H52", .why = "x", .act = "y"};
        switch (below(8)) {
            case 0:
            case 1:
                out.what = Receipt{.submission = "S" + std::to_string(number),
                                   .missing = below(2) == 0 ? std::vector<std::string>{} : std::vector<std::string>{"NARRATIVE"},
                                   .received = below(3) == 0 ? std::optional<Time>{out.at - std::chrono::hours{6 * below(60)}} : std::nullopt};
                return out;
            case 2:
                out.what = Extension{.until = moment()};
                break;
            case 3:
                out.what = Incident{.from = moment(), .to = below(2) == 0 ? std::optional<Time>{} : moment()};
                break;
            case 4:
                out.act = below(2) == 0 ? "" : "TB";
                out.what = Intake{.opens = below(2) == 0 ? std::optional<Time>{} : moment(),
                                  .closes = below(2) == 0 ? std::optional<Time>{} : moment()};
                break;
            case 5:
                if (below(4) != 0)
                    return event(number);
                out.what = Waiver{};
                break;
            case 6:
                out.what = Refusal{.submission = "S" + std::to_string(number),
                                   .received = below(3) == 0 ? std::optional<Time>{out.at - std::chrono::hours{6 * below(60)}} : std::nullopt};
                return out;
            default:
                out.what = ReminderSent{.stage = below(5)};
                return out;
        }
        if (below(2) == 0)
            out.scope.subject.clear();
        if (below(4) == 0)
            out.scope.agency = "H52.02";
        return out;
    }

    std::vector<Event> events()
    {
        std::vector<Event> out;
        for (unsigned i = below(7); i > 0; --i)
            out.push_back(event(i));
        return out;
    }

    std::mt19937& random() { return random_; }

private:
    std::mt19937 random_;
};

/// How good a status is for the agency: less is better.
int rank(Status status)
{
    switch (status) {
        case Status::on_time:
        case Status::waived:
            return 0;
        case Status::upcoming:
        case Status::open:
            return 1;
        case Status::incomplete:
        case Status::late:
        case Status::refused:
            return 2;
        case Status::missing:
            break;
    }
    return 3;
}

}  // namespace

TEST(StatusProperty, MadeUpHistoriesReachEveryStatus)
{
    std::set<Status> seen;
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        const auto events = history.events();
        seen.insert(status(march(), events, history.moment()).status);
    }
    EXPECT_EQ(seen.size(), status_count);
}

TEST(StatusProperty, TheOrderOfEventsDoesNotMatter)
{
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        auto events = history.events();
        const Time now = history.moment();
        const Outcome outcome = status(march(), events, now);
        for (int i = 0; i < 5; ++i) {
            std::shuffle(events.begin(), events.end(), history.random());
            EXPECT_EQ(status(march(), events, now), outcome) << seed << '\n' << events_text(events);
        }
    }
}

TEST(StatusProperty, ALaterMomentNeverTurnsOnTimeIntoAnythingElse)
{
    int on_time = 0;
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        const auto events = history.events();
        Outcome first;
        for (Time now = at("2026-02-27T00:00:00"); now < at("2026-06-01T00:00:00"); now += std::chrono::hours{6}) {
            const Outcome outcome = status(march(), events, now);
            if (first.status == Status::on_time) {
                ASSERT_EQ(outcome.status, Status::on_time) << seed << '\n' << events_text(events);
                // Only a receipt of an earlier moment, recorded since, may stand in its place.
                if (outcome.decided_by == first.decided_by)
                    ASSERT_EQ(outcome.extended_by, first.extended_by) << seed;
                else
                    ASSERT_LT(*outcome.received, *first.received) << seed;
                first = outcome;
                ++on_time;
            } else {
                first = outcome;
            }
        }
    }
    EXPECT_GT(on_time, histories) << "otherwise nothing was tried";
}

TEST(StatusProperty, OneMoreExtensionNeverWorsensAStatus)
{
    int better = 0;
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        auto events = history.events();
        const Time recorded = history.moment();
        const Event more = extension(scope_of(march()), "MORE", recorded, history.moment());
        auto with = events;
        with.push_back(more);
        for (int i = 0; i < 20; ++i) {
            const Time now = history.moment();
            const int before = rank(status(march(), events, now).status);
            const int after = rank(status(march(), with, now).status);
            ASSERT_LE(after, before) << seed << '\n' << events_text(with);
            better += after < before ? 1 : 0;
        }
    }
    EXPECT_GT(better, 100) << "otherwise nothing was tried";
}

TEST(StatusProperty, IsDecidedByAnEventOfTheListOrByTheDates)
{
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        const auto events = history.events();
        const Time now = history.moment();
        const Outcome outcome = status(march(), events, now);
        for (const std::string& id : {outcome.decided_by, outcome.extended_by})
            EXPECT_TRUE(id.empty() || std::any_of(events.begin(), events.end(),
                                                  [&](const Event& event) { return event.id == id && event.at <= now; }))
                << seed << ' ' << id;
        if (!outcome.decided_by.empty()) {
            // Without the event that decided, it would have come out otherwise.
            std::vector<Event> without;
            for (const Event& event : events)
                if (event.id != outcome.decided_by)
                    without.push_back(event);
            EXPECT_NE(status(march(), without, now), outcome) << seed << '\n' << events_text(events);
        }
    }
}

TEST(StatusProperty, TheSameListReadBackGivesTheSame)
{
    for (unsigned seed = 0; seed < histories; ++seed) {
        History history(seed);
        const auto events = history.events();
        const Time now = history.moment();
        const auto back = events_from(events_text(events), "e.csv");
        ASSERT_TRUE(back.ok()) << back.problem().sentence();
        EXPECT_EQ(status(march(), *back, now), status(march(), events, now)) << seed;
    }
}
