// Every golden case once more, through a worker that is killed after every step: nobody can tell the difference.
#include "tests/golden/expectation.hpp"
#include "tests/golden/fault.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <gtest/gtest.h>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

class KilledAfterEveryStep : public testing::Test
{
public:
    explicit KilledAfterEveryStep(fs::path directory) : directory_(std::move(directory)) {}

    void TestBody() override
    {
        const auto loaded = load_case(directory_);
        ASSERT_TRUE(loaded.ok()) << loaded.problem().sentence();
        const GoldenCase& golden = **loaded;
        const auto here = machine_here(built_plugin(golden.connector), golden.settings);
        ASSERT_TRUE(here.ok()) << here.problem().sentence();
        std::size_t kills = 0;
        const auto killed = machine_in_worker(built_plugin(golden.connector), golden.settings, [&](process::ConnectorHost& host) {
            ++kills;
            host.kill_worker();
        });
        ASSERT_TRUE(killed.ok()) << killed.problem().sentence();
        const Record undisturbed = Player(**here, golden, scripted_peer(golden)).play();
        const Record record = Player(**killed, golden, scripted_peer(golden)).play();
        EXPECT_EQ(differences(files_of(undisturbed), files_of(record)), "");
        EXPECT_GT(kills, 0U);
    }

private:
    fs::path directory_;
};

}  // namespace
}  // namespace lienthong::golden

int main(int argc, char** argv)
{
    using namespace lienthong::golden;
    for (const auto& directory : find_cases(LIENTHONG_SOURCE_DIR "/tests/golden"))
        testing::RegisterTest(directory.parent_path().filename().string().c_str(), directory.filename().string().c_str(), nullptr,
                              nullptr, __FILE__, __LINE__,
                              [directory]() -> testing::Test* { return new KilledAfterEveryStep(directory); });
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
