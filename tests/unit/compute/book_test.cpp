// Figures from facts, by group; whatever happened on the way, they are what the last versions give.
#include "tests/unit/compute/fixture.hpp"

#include <algorithm>
#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::shared_ptr<const compute::Computation> the_computation()
{
    static const Computed made = computed(settled, settled_tables);
    EXPECT_TRUE(made.computation) << made.sentences();
    return made.computation;
}

compute::Book empty_book(std::size_t most = 1000)
{
    return {the_computation(), shared_catalogue(), most};
}

FactVersion dossier(FactVersionId id, const std::string& key, const std::string& agency, const std::string& procedure,
                    const std::string& received, const std::string& finished)
{
    FactVersion out{id, key, {{"agency", agency}, {"procedure", procedure}}};
    if (!received.empty())
        out.fields.emplace_back("received", received + "T09:00:00+07:00");
    if (!finished.empty())
        out.fields.emplace_back("finished", finished + "T15:00:00+07:00");
    return out;
}

void put(compute::Book& book, const FactVersion& fact)
{
    const auto done = book.put(fact);
    ASSERT_TRUE(done.ok()) << done.problem().sentence();
}

}  // namespace

TEST(Book, CountsSharesAndAveragesByGroup)
{
    auto book = empty_book();
    put(book, dossier(1, "a", "A", "short", "2025-03-10", "2025-03-11"));
    put(book, dossier(2, "b", "A", "short", "2025-03-10", "2025-03-13"));
    put(book, dossier(3, "c", "A", "long", "2025-03-10", "2025-03-20"));
    put(book, dossier(4, "d", "B", "long", "2025-03-10", "2025-04-01"));
    put(book, dossier(5, "e", "B", "long", "2025-03-10", ""));
    EXPECT_EQ(lines(book.all()), (std::vector<std::string>{
                                     "2025-03 EXECUTING_UNIT=H31_02 VALUE = 3 DOSSIER",
                                     "2025-03 EXECUTING_UNIT=H31_02 ON_TIME_PERCENT = 66.67 %",
                                     "2025-03 EXECUTING_UNIT=H31_02 AVERAGE_WORKING_DAYS = 4.0 WORKING_DAY",
                                     "2025-04 EXECUTING_UNIT=H31_03 VALUE = 1 DOSSIER",
                                     "2025-04 EXECUTING_UNIT=H31_03 ON_TIME_PERCENT = 0.00 %",
                                     "2025-04 EXECUTING_UNIT=H31_03 AVERAGE_WORKING_DAYS = 16.0 WORKING_DAY",
                                 }));
    EXPECT_EQ(book.all().front().versions, "1-3");
}

TEST(Book, TouchesTheGroupAFactLeavesAndTheOneItComesTo)
{
    auto book = empty_book();
    put(book, dossier(1, "a", "A", "short", "2025-03-10", "2025-03-11"));
    put(book, dossier(2, "b", "B", "short", "2025-03-10", "2025-03-11"));
    put(book, dossier(3, "c", "C", "short", "2025-03-10", "2025-03-11"));
    book.told();
    put(book, dossier(4, "a", "B", "short", "2025-03-10", "2025-03-11"));
    const auto touched = book.touched();
    EXPECT_EQ(lines(touched), (std::vector<std::string>{
                                  "2025-03 EXECUTING_UNIT=H31_02 VALUE = 0 DOSSIER",
                                  "2025-03 EXECUTING_UNIT=H31_02 ON_TIME_PERCENT = no_case",
                                  "2025-03 EXECUTING_UNIT=H31_02 AVERAGE_WORKING_DAYS = no_case",
                                  "2025-03 EXECUTING_UNIT=H31_03 VALUE = 2 DOSSIER",
                                  "2025-03 EXECUTING_UNIT=H31_03 ON_TIME_PERCENT = 100.00 %",
                                  "2025-03 EXECUTING_UNIT=H31_03 AVERAGE_WORKING_DAYS = 1.0 WORKING_DAY",
                              }));
    ASSERT_EQ(touched.front().changed.size(), 1U);
    EXPECT_TRUE(touched.front().changed.front().left);
    EXPECT_EQ(touched.front().changed.front().was, 1);
    EXPECT_EQ(touched.back().versions, "2,4");
    EXPECT_FALSE(touched.back().is_new);
}

TEST(Book, SaysHowManyFactsAFigureLeavesOut)
{
    auto book = empty_book();
    put(book, dossier(1, "a", "A", "short", "2025-03-10", "2025-03-11"));
    put(book, dossier(2, "b", "A", "unheard", "2025-03-10", "2025-03-11"));
    const auto figures = book.all();
    EXPECT_EQ(line(figures[1]), "2025-03 EXECUTING_UNIT=H31_02 ON_TIME_PERCENT = 100.00 %");
    EXPECT_EQ(figures[1].left_out, 1);
    EXPECT_EQ(figures[1].observation.source, "computed/settled (không tính được / left out: 1)");
    EXPECT_EQ(figures[1].why_left_out.front().place, "dossier/b/procedure");
    EXPECT_EQ(figures[0].observation.source, "computed/settled");
}

TEST(Book, GivesNoFigureWhereEveryFactIsLeftOut)
{
    auto book = empty_book();
    put(book, dossier(1, "b", "A", "unheard", "2025-03-10", "2025-03-11"));
    EXPECT_EQ(line(book.all()[1]), "2025-03 EXECUTING_UNIT=H31_02 ON_TIME_PERCENT = not_available");
}

TEST(Book, SetsAsideWhatHasNoGroupUntilItIsMended)
{
    auto book = empty_book();
    put(book, dossier(1, "a", "Z", "short", "2025-03-10", "2025-03-11"));
    EXPECT_TRUE(book.all().empty());
    ASSERT_EQ(book.set_aside().size(), 1U);
    EXPECT_EQ(book.set_aside().at("a").place, "dossier/a/agency");
    put(book, dossier(2, "a", "A", "short", "2025-03-10", "2025-03-11"));
    EXPECT_TRUE(book.set_aside().empty());
    EXPECT_EQ(book.all().size(), 3U);
}

TEST(Book, IsNotMovedByAVersionItHasAlready)
{
    auto book = empty_book();
    put(book, dossier(2, "a", "A", "short", "2025-03-10", "2025-03-11"));
    book.told();
    put(book, dossier(1, "a", "B", "short", "2025-03-10", "2025-03-11"));
    put(book, dossier(2, "a", "B", "short", "2025-03-10", "2025-03-11"));
    EXPECT_TRUE(book.touched().empty());
}

TEST(Book, TakesNoMoreFactsThanItMay)
{
    auto book = empty_book(2);
    put(book, dossier(1, "a", "A", "short", "2025-03-10", ""));
    put(book, dossier(2, "b", "A", "short", "2025-03-10", ""));
    EXPECT_EQ(book.put(dossier(3, "c", "A", "short", "2025-03-10", "")).problem().code, "compute.budget");
    EXPECT_TRUE(book.put(dossier(4, "b", "A", "short", "2025-03-10", "2025-03-11")).ok());
}

/// Random histories: what is told from what was touched, one after the other, is what the last versions give.
TEST(Book, TouchedFiguresAddUpToAllOfThem)
{
    std::mt19937 random(7);
    const auto pick = [&](std::size_t n) { return random() % n; };
    const std::vector<std::string> agencies = {"A", "B", "C", "Z"}, procedures = {"short", "long", "unheard"};
    const std::vector<std::string> days = {"2025-03-10", "2025-03-14", "2025-04-01", "2025-04-08", "", "1999-01-05"};
    for (int history = 0; history < 60; ++history) {
        auto book = empty_book();
        std::map<std::string, FactVersion> last;
        std::map<std::string, std::string> told;
        for (FactVersionId id = 1; id <= 60; ++id) {
            const std::string key = "d" + std::to_string(pick(12));
            const FactVersion fact = dossier(id, key, agencies[pick(4)], procedures[pick(3)], days[pick(6)], days[pick(5)]);
            last.insert_or_assign(key, fact);
            put(book, fact);
            if (pick(3) != 0)
                continue;
            for (const auto& figure : book.touched())
                told[to_text(figure.observation.key)] = line(figure) + figure.observation.source + figure.versions;
            book.told();
            auto fresh = empty_book();
            for (const auto& [name, version] : last)
                put(fresh, version);
            std::size_t with_facts = 0;
            for (const auto& figure : fresh.all()) {
                ++with_facts;
                ASSERT_EQ(told[to_text(figure.observation.key)], line(figure) + figure.observation.source + figure.versions);
            }
            std::size_t empty = 0;
            for (const auto& figure : book.all())
                empty += figure.facts == 0 ? 1 : 0;
            ASSERT_EQ(told.size(), with_facts + empty);
        }
    }
}
