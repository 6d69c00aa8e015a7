// Sendings of dvc: written into a context and read back letter for letter, whatever stands in them; what is none is refused.
#include "plugins/dvc/sending.hpp"

#include <gtest/gtest.h>

namespace dvc {
namespace {

Sending sample()
{
    Sending out;
    out.rows.push_back({Stage::update, true, '-', false, "H31.04-250303-0001", "4", "20250303080100", "{\"a\":\"\n 1 2\"}", "{}", "-3 đã tồn tại"});
    out.rows.push_back({Stage::settled, false, 'c', true, "H31.04-250303-0002", "9", {}, {}, {}, "0 \n"});
    return out;
}

std::vector<std::string> codes(const std::vector<Row*>& rows)
{
    std::vector<std::string> out;
    for (const Row* row : rows)
        out.push_back(row->code);
    return out;
}

Row row(const std::string& code, Stage stage, bool alone = false)
{
    Row out;
    out.code = code;
    out.stage = stage;
    out.alone = alone;
    return out;
}

}  // namespace

TEST(DvcSending, IsReadBackAsItWasWritten)
{
    const auto read = read_sending(sample().text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text(), sample().text());
    EXPECT_EQ(read->rows.at(0).dossier, "{\"a\":\"\n 1 2\"}");
    EXPECT_EQ(read->rows.at(1).outcome, 'c');
    EXPECT_TRUE(read_sending("")->rows.empty());
}

TEST(DvcSending, CutOffAnywhereIsNone)
{
    const std::string whole = sample().text();
    const std::string first = Sending{{sample().rows.front()}}.text();
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_EQ(read_sending(whole.substr(0, size)).has_value(), size == first.size()) << size;
    EXPECT_FALSE(read_sending("z--- 1 1 1 1 1 1\n"));
    EXPECT_FALSE(read_sending("n--- 99999999 0 0 0 0 0\nA"));
    EXPECT_FALSE(read_sending("n--- 999999999999 0 0 0 0 0\nA"));
    EXPECT_FALSE(read_sending("n--- -1 0 0 0 0 0\nA"));
}

TEST(DvcSending, TakesDossiersBeforeTheirStepsAndRefusedOnesByThemselves)
{
    Sending sending{{row("A", Stage::step), row("B", Stage::fresh), row("C", Stage::fresh, true), row("D", Stage::fresh), row("E", Stage::update)}};
    EXPECT_EQ(codes(sending.next(10)), (std::vector<std::string>{"B", "D"}));
    EXPECT_EQ(codes(sending.next(1)), (std::vector<std::string>{"B"}));
    sending.rows[1].stage = sending.rows[3].stage = Stage::settled;
    EXPECT_EQ(codes(sending.next(10)), (std::vector<std::string>{"C"}));
    sending.rows[2].stage = Stage::refused;
    EXPECT_EQ(codes(sending.next(10)), (std::vector<std::string>{"E"}));
    sending.rows[4].stage = Stage::settled;
    EXPECT_EQ(codes(sending.next(10)), (std::vector<std::string>{"A"}));
    sending.rows[0].stage = Stage::settled;
    EXPECT_TRUE(sending.next(10).empty());
}

}  // namespace dvc
