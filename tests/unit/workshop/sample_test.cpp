// What counts as a difference between what came out of a sample and what must.
#include "hub/mapping/coverage.hpp"
#include "hub/workshop/sample.hpp"
#include "tests/unit/workshop/fixture.hpp"

#include <filesystem>
#include <fstream>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::size_t differing(const std::string& expected, const std::string& actual)
{
    return workshop::differences(expected, actual, format("json")).size();
}

}  // namespace

TEST(Samples, AnotherRowOfATableIsNoDifference)
{
    const auto problem = [](const std::string& expected) { return R"([{"code": "lookup.missing", "expected": ")" + expected + "\"}]"; };
    EXPECT_EQ(differing(problem("one of the 5 keys of codes.csv"), problem("one of the 6 keys of codes.csv")), 0U);
    EXPECT_EQ(differing(problem("one of the 5 keys of codes.csv"), problem("one of the 5 keys of other.csv")), 1U);
    EXPECT_EQ(differing(problem("one of the 5 colours"), problem("one of the 6 colours")), 1U);
    EXPECT_EQ(differing(R"({"value": "one of the 5 keys of x"})", R"({"value": "one of the 6 keys of x"})"), 1U);
}

TEST(Samples, WithoutAnExpectedFileTheCommandThatWritesItIsNamedOnceAndTheSampleStillReaches)
{
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(::testing::TempDir()) / "samples_without_expected";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const std::string shipped = LIENTHONG_SOURCE_DIR "/mappings/push/records";
    fs::copy(shipped + ".sample.json", folder / "records.sample.json");
    const auto mapping = shipped_mapping("push/records");
    mapping::Marks marks(*mapping);
    const auto told = workshop::check_samples((folder / "records.yaml").string(), *mapping, format("json"), format("json"),
                                              the_catalogue(), &marks);
    ASSERT_EQ(told.size(), 1U);
    const std::string here = folder.string();
    EXPECT_EQ(told[0].detail, "no expected file: lienthong try " + here + "/records.yaml " + here +
                                  "/records.sample.json --expected >" + here + "/records.expected.json");
    EXPECT_GT(mapping::percent_reached(mapping::parts_of(*mapping, marks)), 50U);
}
