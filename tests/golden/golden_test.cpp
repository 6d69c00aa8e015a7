// Every golden case: what the connector asks and makes of the answers, undisturbed and with each exchange failing.
#include "tests/golden/case_check.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

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
        // tests/matrix reads how often each fault was played.
        std::map<std::string, std::pair<std::size_t, std::size_t>> played;
        const auto count = [&](std::string_view fault, bool good) {
            auto& [times, red] = played["fault_" + std::string(fault)];
            ++times;
            red += good ? 0 : 1;
        };
        for (const std::string& broken :
             broken_in(directory_, built_plugin(directory_.parent_path().filename()), updating(), count))
            ADD_FAILURE() << broken;
        for (const auto& [fault, times] : played) {
            std::string name = fault;
            std::replace(name.begin(), name.end(), ' ', '_');
            RecordProperty(name, std::to_string(times.second) + " of " + std::to_string(times.first) + " red");
        }
    }

private:
    fs::path directory_;
};

/// An empty folder would otherwise pass without having tested anything.
TEST(GoldenCases, AreFound)
{
    EXPECT_FALSE(find_cases(LIENTHONG_SOURCE_DIR "/tests/golden").empty());
    EXPECT_EQ(folders_without_case(LIENTHONG_SOURCE_DIR "/tests/golden"), std::vector<fs::path>());
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
