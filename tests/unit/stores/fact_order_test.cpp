// A fact that says as of when it holds is not put back by an older telling, whenever that arrives.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class FactOrder : public StoreFixture
{
protected:
    RecordState tell(MessageId message, std::vector<std::pair<std::string, std::string>> fields)
    {
        Verdict verdict = accepted_record(0, {});
        verdict.facts = {{"document", "D|H31.02", std::move(fields)}};
        return lienthong::testing::apply(*faces.store, application(message, message, {verdict})).states.at(0);
    }
    std::string state() { return faces.store->facts("document", "", 1).value().at(0).fields.at(0).second; }
};

}  // namespace

TEST_F(FactOrder, TheLatestByItsOwnTimeSpeaksWhateverTheOrderOfArrival)
{
    EXPECT_EQ(tell(1, {{"state", "recalled"}, {"as_of", "2025-04-02T10:00:00+07:00"}}), RecordState::stored);
    EXPECT_EQ(tell(2, {{"state", "new"}, {"as_of", "2025-03-28T09:30:15+07:00"}}), RecordState::unchanged);
    EXPECT_EQ(state(), "recalled");
    EXPECT_EQ(tell(3, {{"state", "updated"}, {"as_of", "2025-04-02T10:00:00+07:00"}}), RecordState::stored) << "of one moment, the one told last";
    EXPECT_EQ(tell(4, {{"state", "new"}, {"as_of", "2025-04-03T00:00:00+07:00"}}), RecordState::stored);
    EXPECT_EQ(state(), "new");
}

TEST_F(FactOrder, FactsThatSayNothingOfTheirTimeFollowEachOther)
{
    EXPECT_EQ(tell(1, {{"state", "a"}}), RecordState::stored);
    EXPECT_EQ(tell(2, {{"state", "b"}, {"as_of", "2025-04-02T10:00:00+07:00"}}), RecordState::stored);
    EXPECT_EQ(tell(3, {{"state", "c"}}), RecordState::stored) << "one without a time is the newest word there is";
    EXPECT_EQ(state(), "c");
}
