// Every golden case: what the connector asks and makes of the answers, undisturbed and with each exchange failing.
#include "tests/golden/expectation.hpp"
#include "tests/golden/fault.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

bool updating()
{
    return std::getenv("UPDATE_GOLDEN") != nullptr;
}

class Golden : public testing::Test
{
public:
    explicit Golden(fs::path directory) : directory_(std::move(directory)) {}

    void TestBody() override
    {
        const auto loaded = load_case(directory_);
        ASSERT_TRUE(loaded.ok()) << loaded.problem().sentence();
        const GoldenCase& golden = **loaded;
        const auto machine = machine_here(built_plugin(golden.connector), golden.settings);
        ASSERT_TRUE(machine.ok()) << machine.problem().sentence();

        Player player(**machine, golden, scripted_peer(golden));
        const Record record = player.play();
        ASSERT_EQ(record.asked.size(), golden.answers.size())
            << "requests asked and answers in the folder differ in number; the last request:\n"
            << (record.asked.empty() ? "none" : record.asked.back());
        const Files files = files_of(record);
        if (updating())
            rewrite(directory_, files);
        EXPECT_EQ(differences(generated_files_in(directory_), files), "");
        for (const std::string& broken : broken_rules(record))
            ADD_FAILURE() << broken;
        play_failing(**machine, golden, record);
    }

private:
    static void play_failing(Machine& machine, const GoldenCase& golden, const Record& record)
    {
        for (std::size_t number = 1; number <= record.asked.size(); ++number)
            for (const Fault fault : all_faults)
                for (const std::string& broken : broken_rules_when_failing(machine, golden, record, number, fault))
                    ADD_FAILURE() << broken;
        const std::size_t entries = record.payloads.size() + record.set_aside.size() + record.cursors.size();
        for (std::size_t entry = 1; entry <= entries; ++entry)
            for (const std::string& broken : broken_rules_when_journal_refuses(machine, golden, record, entry))
                ADD_FAILURE() << broken;
    }

    fs::path directory_;
};

/// An empty folder would otherwise pass without having tested anything.
TEST(GoldenCases, AreFound)
{
    EXPECT_FALSE(find_cases(LIENTHONG_SOURCE_DIR "/tests/golden").empty());
}

}  // namespace
}  // namespace lienthong::golden

int main(int argc, char** argv)
{
    using namespace lienthong::golden;
    for (const auto& directory : find_cases(LIENTHONG_SOURCE_DIR "/tests/golden"))
        testing::RegisterTest(directory.parent_path().filename().string().c_str(), directory.filename().string().c_str(), nullptr,
                              nullptr, __FILE__, __LINE__, [directory]() -> testing::Test* { return new Golden(directory); });
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
