// Every golden case once more, through a worker that is killed at every step: nobody can tell the difference.
#include "tests/golden/case_check.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <gtest/gtest.h>

namespace lienthong::golden {
namespace {

namespace fs = std::filesystem;

class Killed : public testing::Test
{
public:
    Killed(fs::path directory, When when) : directory_(std::move(directory)), when_(when) {}

    void TestBody() override
    {
        std::size_t kills = 0;
        for (const std::string& broken :
             broken_when_killed(directory_, built_plugin(directory_.parent_path().filename()), when_, kills))
            ADD_FAILURE() << broken;
        RecordProperty("kills", static_cast<int>(kills));
    }

private:
    fs::path directory_;
    When when_;
};

}  // namespace
}  // namespace lienthong::golden

int main(int argc, char** argv)
{
    using namespace lienthong::golden;
    for (const auto& directory : find_cases(LIENTHONG_SOURCE_DIR "/tests/golden"))
        for (const auto& [when, suite] :
             {std::pair(When::after_every_step, "_killed_after"), std::pair(When::with_every_event_in_hand, "_killed_in_hand")})
            testing::RegisterTest((directory.parent_path().filename().string() + suite).c_str(),
                                  directory.filename().string().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                                  [directory, when = when]() -> testing::Test* { return new Killed(directory, when); });
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
