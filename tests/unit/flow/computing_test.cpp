// Computed figures follow the facts, whatever changes and whatever crashes: what was worked out bit by bit is what working
// out everything gives.
#include "tests/unit/flow/computing_support.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

using Fault = FailingJournal::Fault;

std::vector<std::shared_ptr<const compute::Computation>> both()
{
    static const std::vector<std::shared_ptr<const compute::Computation>> instance = {computation(settled_by_due),
                                                                                      computation(received_online)};
    return instance;
}

/// Two decimals, half up, in whole numbers.
std::string percent(int part, int whole)
{
    if (whole == 0)
        return "no_case";
    const int hundredths = (2 * 10'000 * part + whole) / (2 * whole);
    const std::string rest = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

/// The figures, worked out here in another way: from the last word on each dossier, and for every group ever told.
class Model
{
public:
    void tell(const Dossier& dossier) { last_[dossier.key] = dossier; }

    std::map<std::string, std::string> figures()
    {
        struct Sum
        {
            int all = 0, known = 0, in_time = 0;
        };
        std::map<std::string, Sum> settled, received;
        const std::map<std::string, std::string> units = {{"A", "EXECUTING_UNIT=H31_02"}, {"B", "EXECUTING_UNIT=H31_03"}};
        for (const auto& [key, dossier] : last_) {
            const auto unit = units.find(dossier.agency);
            if (unit == units.end())
                continue;
            if (!dossier.finished.empty()) {
                Sum& sum = settled[dossier.finished.substr(0, 7) + " " + unit->second];
                ++sum.all;
                if (!dossier.due.empty() && !dossier.received.empty() && dossier.received <= dossier.finished) {
                    ++sum.known;
                    sum.in_time += dossier.finished <= dossier.due ? 1 : 0;
                }
            }
            if (!dossier.received.empty()) {
                Sum& sum = received[dossier.received.substr(0, 7) + " " + unit->second];
                ++sum.known;
                sum.in_time += dossier.channel == "online" ? 1 : 0;
            }
        }
        for (const auto& [group, sum] : settled)
            settled_ever_.insert(group);
        for (const auto& [group, sum] : received)
            received_ever_.insert(group);
        std::map<std::string, std::string> out;
        for (const std::string& group : settled_ever_) {
            const Sum& sum = settled[group];
            out["VALUE " + group] = std::to_string(sum.all);
            out["ON_TIME_PERCENT " + group] = sum.known == 0 && sum.all > 0 ? "not_available" : percent(sum.in_time, sum.known);
        }
        for (const std::string& group : received_ever_)
            out["ONLINE_PERCENT " + group] = percent(received[group].in_time, received[group].known);
        return out;
    }

private:
    std::map<std::string, Dossier> last_;
    std::set<std::string> settled_ever_, received_ever_;
};

class RandomDossiers
{
public:
    explicit RandomDossiers(unsigned seed) : random_(seed) {}
    std::size_t pick(std::size_t n) { return random_() % n; }
    Dossier next()
    {
        static const std::vector<std::string> agencies = {"A", "A", "B", "B", "Z"}, channels = {"online", "direct", ""},
                                              days = {"", "2025-03-10", "2025-03-28", "2025-04-02", "2025-04-20"};
        return {
            "d" + std::to_string(pick(10)), agencies[pick(5)], days[pick(5)], days[pick(5)], days[pick(5)], channels[pick(3)]};
    }

private:
    std::mt19937 random_;
};

void expect_same_as_from_the_beginning(ComputingHub& hub)
{
    for (const auto& one : both()) {
        const auto again = hub.computing->recompute(*one);
        ASSERT_TRUE(again.ok()) << again.problem().sentence();
        for (const flow::Difference& difference : again->differences)
            ADD_FAILURE() << to_text(difference.computed.key) << ": "
                          << (difference.stored ? difference.stored->value : "nothing") << " instead of "
                          << difference.computed.value;
    }
}

std::string answer_of(ComputingHub& hub, const RevisionRow& row)
{
    return hub.faces.store->submission(row.submission).value()->answer;
}

}  // namespace

TEST(Computing, TellsTheFiguresOfTheFirstFactsAndThenOnlyWhatChanged)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin({computation(settled_by_due)});
    EXPECT_EQ(hub.round(), 0U);
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"},
              {"d2", "A", "2025-03-01", "2025-03-13", "2025-03-12", "direct"},
              {"d3", "B", "2025-03-01", "2025-03-05", "2025-03-12", "direct"}});
    EXPECT_EQ(hub.round(), 4U);
    EXPECT_EQ(hub.stored(), (std::map<std::string, std::string>{{"ON_TIME_PERCENT 2025-03 EXECUTING_UNIT=H31_02", "50.00"},
                                                                {"ON_TIME_PERCENT 2025-03 EXECUTING_UNIT=H31_03", "100.00"},
                                                                {"VALUE 2025-03 EXECUTING_UNIT=H31_02", "2"},
                                                                {"VALUE 2025-03 EXECUTING_UNIT=H31_03", "1"}}));
    EXPECT_EQ(hub.round(), 0U);
    hub.tell({{"d2", "A", "2025-03-01", "2025-03-11", "2025-03-12", "direct"}});
    EXPECT_EQ(hub.round(), 2U) << "only the group of d2";
    EXPECT_EQ(hub.history().size(), 5U) << "of its two figures one is another";
    EXPECT_EQ(hub.stored().at("ON_TIME_PERCENT 2025-03 EXECUTING_UNIT=H31_02"), "100.00");
}

TEST(Computing, GivesALateCorrectionANewRevisionWithItsReasonAndDigests)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin({computation(settled_by_due)});
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    hub.round();
    hub.tell({{"d9", "B", "2025-11-03", "2025-11-10", "2025-11-12", "online"}});
    hub.round();
    hub.tell({{"d1", "B", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    hub.round();
    const RevisionRow row = hub.history().back();
    EXPECT_EQ(row.flow, "computed");
    EXPECT_EQ(row.catalogue_digest, shared_catalogue()->digest());
    EXPECT_EQ(row.mapping_digest, computation(settled_by_due)->digest());
    EXPECT_NE(answer_of(hub, row).find("dossier d1: version 3, left the group"), std::string::npos) << answer_of(hub, row);
    EXPECT_EQ(hub.stored().at("VALUE 2025-03 EXECUTING_UNIT=H31_02"), "0");
    EXPECT_EQ(hub.stored().at("ON_TIME_PERCENT 2025-03 EXECUTING_UNIT=H31_02"), "no_case");
    const auto message = hub.journal->read(hub.faces.store->submission(row.submission).value()->message).value();
    EXPECT_NE(message.payload.find("\"versions\":\"3\""), std::string::npos) << message.payload;
}

TEST(Computing, DoesNothingAfterARestartThatBroughtNothing)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin(both());
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    EXPECT_EQ(hub.round(), 3U);
    const auto messages = hub.journal->standing().value().messages;
    hub.restart(both());
    EXPECT_EQ(hub.round(), 0U);
    EXPECT_EQ(hub.journal->standing().value().messages, messages);
}

TEST(Computing, NamesTheFactsAFigureLeavesOut)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin({computation(settled_by_due)});
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", ""}, {"d2", "A", "2025-03-01", "2025-03-10", "", ""}});
    hub.round();
    const auto rows = hub.history();
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [](const RevisionRow& one) { return one.observation.key.measure == "ON_TIME_PERCENT"; });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->observation.value, "100.00");
    EXPECT_EQ(row->observation.source, "computed/settled (không tính được / left out: 1)");
    EXPECT_NE(answer_of(hub, *row).find("dossier/d2/due"), std::string::npos) << answer_of(hub, *row);
}

TEST(Computing, StartsFromTheBeginningWhenTheComputationChangesAndTellsWhatHasNoFactsAnyMore)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin({computation(settled_by_due)});
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"},
              {"d2", "B", "2025-03-01", "2025-03-10", "2025-03-12", "direct"}});
    hub.round();
    std::string narrower = settled_by_due;
    narrower.replace(narrower.find("present(finished)"), 17, "present(finished) and channel == \"online\"");
    hub.restart({computation(narrower)});
    EXPECT_EQ(hub.round(), 4U);
    EXPECT_EQ(hub.stored().at("VALUE 2025-03 EXECUTING_UNIT=H31_03"), "0");
    EXPECT_EQ(hub.history().size(), 6U) << "what says the same has no new revision";
    hub.restart({computation(settled_by_due)});
    EXPECT_EQ(hub.round(), 4U);
    EXPECT_EQ(hub.stored().at("VALUE 2025-03 EXECUTING_UNIT=H31_03"), "1");
}

TEST(Computing, FindsAndMendsAFigureThatWasStoredOtherwise)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    const auto one = computation(settled_by_due);
    hub.begin({one});
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    hub.round();
    // As if somebody had told the series another value under the computation's name.
    Message message;
    message.flow = flow::computed_flow;
    message.source = "compute";
    message.source_id = "forged";
    message.sender = flow::computed_flow;
    message.content_type = flow::computed_content_type;
    compute::Figure forged;
    forged.observation = hub.history().front().observation;
    forged.observation.value = "7";
    message.payload = flow::computed_message({*one, 1, ""}, std::span(&forged, 1));
    message.digest = "x";
    std::promise<void> kept;
    hub.journal->append({{message}, std::nullopt, true}, [&](const Result<std::vector<Journaled>>&) { kept.set_value(); });
    kept.get_future().get();
    EXPECT_EQ(hub.round(), 0U);
    const auto found = hub.computing->recompute(*one).value();
    ASSERT_EQ(found.differences.size(), 1U);
    EXPECT_EQ(found.differences.front().stored->value, "7");
    EXPECT_EQ(found.differences.front().computed.value, "1");
    ASSERT_TRUE(hub.computing->mend(*one, found).ok());
    EXPECT_TRUE(hub.computing->recompute(*one).value().differences.empty());
}

TEST(Computing, WaitsOnlyOnceItHasLookedAtEveryFactAndNamesThoseSetAside)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.begin({computation(settled_by_due)});
    hub.round();
    EXPECT_EQ(hub.computing->standing().state, "waiting");
    hub.tell({{"d1", "Z", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    EXPECT_EQ(hub.computing->standing().state, "working");
    hub.round();
    EXPECT_EQ(hub.computing->standing().state, "waiting");
    EXPECT_NE(hub.computing->standing().problem.find("dossier/d1/agency"), std::string::npos)
        << hub.computing->standing().problem;
    hub.journal->fault = Fault::nothing_kept;
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    EXPECT_FALSE(hub.computing->round().ok());
    EXPECT_EQ(hub.computing->standing().state, "failing");
}

TEST(Computing, LooksByItselfUntilItIsStopped)
{
    Folder folder;
    std::filesystem::create_directory(folder.file("d"));
    ComputingHub hub(folder.file("d"));
    hub.tell({{"d1", "A", "2025-03-01", "2025-03-10", "2025-03-12", "online"}});
    hub.begin({computation(settled_by_due)});
    hub.computing->start();
    while (hub.computing->standing().state != "waiting")
        std::this_thread::yield();
    hub.computing->stop();
    hub.computing->drain();
    EXPECT_EQ(hub.stored().size(), 2U);
    EXPECT_EQ(hub.computing->standing().state, "stopped");
}

TEST(Computing, SetsAMessageAsideThatItDidNotWrite)
{
    const auto outcome = flow::read_computed("{\"records\":[]}", *shared_catalogue(), {{"*"}, "GSO:33"});
    ASSERT_EQ(outcome.verdicts.size(), 1U);
    EXPECT_EQ(outcome.verdicts.front().problems.front().code, "compute.message");
}

/// Arrivals, supersedings, corrections of dates and agency; batches of any size; at any round the process may die before the
/// journal kept anything, behind it, or before the mark. After each step that went through, the store has what the model has.
TEST(Computing, IsWhatWorkingOutEverythingGivesAfterEveryStepOfRandomHistories)
{
    int crashes = 0, corrections = 0;
    for (unsigned seed = 1; seed <= 14; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Folder folder;
        std::filesystem::create_directory(folder.file("d"));
        ComputingHub hub(folder.file("d"));
        hub.begin(both());
        RandomDossiers random(seed);
        Model model;
        for (int step = 0; step < 14; ++step) {
            std::vector<Dossier> batch;
            for (std::size_t i = 0; i <= random.pick(4); ++i) {
                Dossier dossier = random.next();
                const bool is_there =
                    std::any_of(batch.begin(), batch.end(), [&](const Dossier& one) { return one.key == dossier.key; });
                if (!is_there)
                    batch.push_back(std::move(dossier));
            }
            hub.tell(batch);
            for (const Dossier& dossier : batch)
                model.tell(dossier);
            hub.journal->fault = static_cast<Fault>(random.pick(4));
            const auto fault = hub.journal->fault;
            const auto done = hub.computing->round();
            hub.computing->drain();
            hub.journal->fault = Fault::none;
            if (fault != Fault::none && random.pick(3) != 0) {
                hub.restart(both());
                ++crashes;
            }
            // Facts may come in before the next process looks.
            if (random.pick(4) == 0) {
                const Dossier dossier = random.next();
                model.figures();  // The groups of now were told, whether or not the next word leaves them.
                if (done.ok() || fault == Fault::not_told) {
                    hub.tell({dossier});
                    model.tell(dossier);
                    ++corrections;
                }
            }
            hub.round();
            hub.round();
            const auto expected = model.figures();
            const auto stored = hub.stored();
            ASSERT_EQ(stored, expected);
            expect_same_as_from_the_beginning(hub);
        }
        EXPECT_EQ(hub.journal->standing().value().conflicts, 0) << "no message was told in two ways";
        const Tally kept = hub.faces.store->tally().value();
        EXPECT_TRUE(kept.holds());
        EXPECT_EQ(hub.journal->standing().value().messages, kept.messages) << "every message journaled is in the store, once";
    }
    EXPECT_GT(crashes, 40);
    EXPECT_GT(corrections, 15);
}

namespace {

/// Tells facts and computes until it is killed.
[[noreturn]] void compute_until_killed(const std::string& directory, unsigned seed)
{
    ComputingHub hub(directory);
    hub.begin(both());
    RandomDossiers random(seed);
    for (;;) {
        hub.tell({random.next()});
        if (!hub.computing->round().ok())
            ::_exit(1);
    }
}

}  // namespace

/// kill -9 at any moment, and the next process, which is told nothing, brings every figure to where the facts are.
TEST(Computing, CatchesUpAfterEveryKill)
{
    Folder folder;
    const std::string directory = folder.file("d");
    std::filesystem::create_directory(directory);
    both();
    std::mt19937 random(5);
    int killed = 0;
    for (int kill = 0; kill < 20; ++kill) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0)
            compute_until_killed(directory, static_cast<unsigned>(kill));
        // Where it is by then differs from kill to kill and from machine to machine, which is what is wanted.
        ::usleep(static_cast<useconds_t>(20'000 + random() % 150'000));
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
        ++killed;
        ComputingHub hub(directory);
        hub.begin(both());
        hub.round();
        expect_same_as_from_the_beginning(hub);
        if (HasFatalFailure())
            return;
    }
    ComputingHub hub(directory);
    EXPECT_EQ(killed, 20);
    EXPECT_GT(hub.faces.facts->latest_version().value(), 0);
    EXPECT_FALSE(hub.stored().empty());
    EXPECT_TRUE(hub.faces.store->tally().value().holds());
}
