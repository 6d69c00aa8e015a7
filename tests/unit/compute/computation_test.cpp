// Every fault of a declaration is told with its place before any fact comes.
#include "tests/unit/compute/fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

/// The declaration with one line changed; an empty `to` takes the line away.
std::string with(std::string_view from, std::string_view to)
{
    std::string out = settled;
    const std::size_t at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    out.replace(at, from.size(), to);
    return out;
}

std::string told(const std::string& text)
{
    const Computed made = computed(text, settled_tables);
    EXPECT_FALSE(made.computation);
    return made.sentences();
}

}  // namespace

TEST(Computation, KnowsItsNameItsFactsAndItsFigures)
{
    const Computed made = computed(settled, settled_tables);
    ASSERT_TRUE(made.computation) << made.sentences();
    EXPECT_EQ(made.computation->name(), "computed/settled");
    EXPECT_EQ(made.computation->kind(), "dossier");
    EXPECT_EQ(made.computation->declaration().figures.size(), 3U);
    EXPECT_TRUE(made.findings.empty());
}

TEST(Computation, HasAnotherDigestWhenATableChanges)
{
    Files tables = settled_tables;
    const std::string before = computed(settled, tables).computation->digest();
    tables["limits.csv"] += "other,4\n";
    EXPECT_NE(computed(settled, tables).computation->digest(), before);
}

TEST(Computation, TellsAnUnknownKindAndAnUnknownField)
{
    EXPECT_EQ(told(with("facts: dossier", "facts: dosier")), "c.yaml:3:8 compute.kind_unknown 'dosier' → dossier\n");
    EXPECT_EQ(told(with("lookup(units, agency)", "lookup(units, agancy)")),
              "c.yaml:14:28 compute.field_unknown 'agancy' → agency\n");
    EXPECT_EQ(told(with("where: present(finished)", "where: present(/kind/x)")),
              "c.yaml:10:16 compute.field_unknown '/kind/x' → one of agency, channel, due, fee, finished, procedure, received, "
              "state\n");
}

TEST(Computation, TellsUnknownCodesOfTheCatalogue)
{
    EXPECT_NE(told(with("indicator: DEMO_HY_DOSSIERS_SETTLED\n    unit", "indicator: DEMO_HY_DOSSIER_SETTLED\n    unit"))
                  .find("c.yaml:22:16 mapping.indicator_unknown 'DEMO_HY_DOSSIER_SETTLED' → DEMO_HY_DOSSIERS_SETTLED"),
              std::string::npos);
    EXPECT_NE(told(with("ON_TIME_PERCENT", "ON_TIM_PERCENT")).find("mapping.measure_unknown 'ON_TIM_PERCENT'"),
              std::string::npos);
}

TEST(Computation, TellsAUnitThatMeasuresSomethingElse)
{
    EXPECT_NE(told(with("unit: WORKING_DAY", "unit: DOSSIER")).find("mapping.unit_dimension 'DOSSIER'"), std::string::npos);
    EXPECT_NE(told(with("unit: DOSSIER\n    count: all", "unit: \"%\"\n    count: all")).find("compute.unit '%'"),
              std::string::npos);
    EXPECT_NE(told(with("share: {kept: settling, places: 2}", "count: all")).find("compute.unit '%'"), std::string::npos);
}

TEST(Computation, TellsExpressionsOfTheWrongType)
{
    EXPECT_EQ(told(with("where: present(finished)", "where: finished")),
              "c.yaml:10:8 compute.type 'finished' → a condition, such as present(finished)\n");
    EXPECT_EQ(told(with("from: $received", "from: procedure")),
              "c.yaml:8:3 mapping.unused 'received' → $name in an expression, or no such line\nc.yaml:18:11 compute.type "
              "'procedure' → a date or a datetime\n");
}

TEST(Computation, TellsKeysThatAreWrongOrLacking)
{
    EXPECT_EQ(told(with("places: 1", "place: 1")),
              "c.yaml:32:39 compute.key_unknown 'place' → places\nc.yaml:32:5 compute.key_missing '' → places: 2\n");
    EXPECT_EQ(told(with("    count: all\n", "")), "c.yaml:22:5 compute.key_missing '' → one of count, sum, share, average\n");
    EXPECT_EQ(told(with("kept: settling", "kept: setling")), "c.yaml:28:19 compute.term_unknown 'setling' → settling\n");
    EXPECT_EQ(told(with("  agency: agency(\"H31.08\")\n", "")), "c.yaml:11:1 compute.key_missing '' → agency: an expression\n");
    EXPECT_EQ(told(with("places: 2", "places: two")), "c.yaml:28:37 compute.shape 'two' → 0 to 12\n");
}

TEST(Computation, TellsAPeriodTheIndicatorDoesNotHave)
{
    EXPECT_NE(told(with("month($finished)", "year($finished)")).find("c.yaml:22:16 compute.period_kind"), std::string::npos);
}

TEST(Computation, FindsAnIndicatorTheCatalogueDoesNotCallComputed)
{
    std::string text = with("where: present(finished)", "where: present(finished)  # another indicator");
    text = text.substr(0, text.find("figures:")) +
           "figures:\n  - indicator: A_XII_6\n    measure: ON_TIME_PERCENT\n    unit: \"%\"\n" +
           "    share: {kept: settling, places: 2}\n";
    text.erase(text.find("  breakdown"), std::string_view("  breakdown: lookup(units, agency)\n").size());
    text.erase(text.find("  units: units.csv\n"), std::string_view("  units: units.csv\n").size());
    const Computed made = computed(text, settled_tables);
    ASSERT_TRUE(made.computation) << made.sentences();
    ASSERT_EQ(made.findings.size(), 1U);
    EXPECT_EQ(made.findings.front().code, "compute.not_computed");
    EXPECT_EQ(made.findings.front().found, "collected");
    EXPECT_EQ(made.findings.front().place, "c.yaml:20:16");
}

TEST(Computation, RefusesTwoThatTellOneMeasure)
{
    const Computed a = computed(settled, settled_tables),
                   b = computed(with("computed/settled", "computed/again"), settled_tables);
    const auto problems = compute::overlaps({a.computation, b.computation});
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems.front().code, "compute.told_twice");
}
