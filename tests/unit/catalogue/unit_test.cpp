// Units are known by their spellings and converted exactly or not at all.
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

std::string unit(std::string_view text)
{
    const auto found = shipped().unit(text);
    return found.ok() ? (*found)->code : found.problem().code;
}

std::string converted(std::string_view value, const char* from, const char* to)
{
    const auto result = shipped().convert(value, **shipped().unit(from), **shipped().unit(to));
    return result.ok() ? *result : result.problem().code;
}

}  // namespace

TEST(Units, AreFoundByCodeAndEverySpelling)
{
    EXPECT_EQ(unit("BILLION_VND"), "BILLION_VND");
    for (const char* text : {"tỷ đồng", "Tỷ đồng", "tỉ đồng", "TỶ ĐỒNG", " tỷ  đồng"})
        EXPECT_EQ(unit(text), "BILLION_VND") << text;
    EXPECT_EQ(unit("VNĐ/chỉ"), "VND_PER_CHI");
    EXPECT_EQ(unit("%"), "PERCENT");
    EXPECT_EQ(unit("m ³"), "M3");
    EXPECT_EQ(unit("m3"), "M3");
    EXPECT_EQ(unit("Lượt người"), "PERSON_TIME");
    EXPECT_EQ(unit("doanh nghiệp"), "ENTERPRISE");
    EXPECT_EQ(unit("đồng"), "VND");
}

TEST(Units, NeitherMoneyWithoutScaleNorNothingIsAUnit)
{
    EXPECT_EQ(unit("Tiền"), "unit.unknown");
    EXPECT_EQ(unit(""), "unit.unknown");
    const auto wrong = shipped().unit("tỷ đông");
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.problem().expected.find("tỷ đồng"), std::string::npos) << wrong.problem().expected;
}

TEST(Units, ConvertExactlyWithinADimension)
{
    EXPECT_EQ(converted("10882.5", "tỷ đồng", "triệu đồng"), "10882500.0");
    EXPECT_EQ(converted("1234567", "đồng", "tỷ đồng"), "0.001234567");
    EXPECT_EQ(converted("-0.1", "nghìn đồng", "đồng"), "-100.0");
    EXPECT_EQ(converted("8.41", "triệu đồng/lượng", "VNĐ/chỉ"), "841000.00");
    EXPECT_EQ(converted("2.5", "tạ", "tấn"), "0.25");
    EXPECT_EQ(converted("3.20", "%", "%"), "3.20");
    EXPECT_EQ(converted("1", "nghìn tỷ đồng", "đồng"), "1000000000000");
}

TEST(Units, NeverConvertAcrossDimensions)
{
    EXPECT_EQ(converted("1", "%", "tỷ đồng"), "unit.dimension");
    EXPECT_EQ(converted("1", "USD", "VND"), "unit.dimension");
    EXPECT_EQ(converted("1", "người", "lượt người"), "unit.dimension");
    EXPECT_EQ(converted("1", "%", "điểm phần trăm"), "unit.dimension");
}

TEST(Units, EveryPairOfADimensionConvertsThereAndBack)
{
    for (const Unit& a : shipped().units())
        for (const Unit& b : shipped().units()) {
            if (a.dimension != b.dimension)
                continue;
            const auto there = shipped().convert("1", a, b);
            ASSERT_TRUE(there.ok());
            EXPECT_EQ(*shipped().convert(*there, b, a),
                      there->find('.') == std::string::npos ? "1" : "1." + std::string(there->size() - there->find('.') - 1, '0'))
                << a.code << " to " << b.code;
        }
}
