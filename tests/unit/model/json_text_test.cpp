// Whatever is written is valid JSON, and misuse is loud.
#include "hub/model/json_text.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace lienthong;

TEST(JsonText, EscapesOnlyWhatMustBeEscaped)
{
    EXPECT_EQ(json_string("số liệu \"kỳ\"\\\n\t\x01/"), "\"số liệu \\\"kỳ\\\"\\\\\\n\\t\\u0001/\"");
    EXPECT_EQ(json_string(std::string("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
}

TEST(JsonText, ReplacesBytesThatAreNotUtf8)
{
    EXPECT_EQ(json_string("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
    EXPECT_EQ(json_string("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"") << "an overlong slash";
    EXPECT_EQ(json_string("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"") << "a lone surrogate";
    EXPECT_EQ(json_string("x\xE1\xBB"), "\"x\xEF\xBF\xBD\xEF\xBF\xBD\"") << "cut in the middle of a character";
    EXPECT_EQ(json_string("\xF0\x9F\x87\xBB"), "\"\xF0\x9F\x87\xBB\"");
}

TEST(JsonText, WritesNestedValuesWithTheirCommas)
{
    JsonWriter out;
    out.begin_object().member("a", "x").key("b").begin_array().number(1).raw_number("-1.26").boolean(true).null();
    out.begin_object().end_object().end_array().member("c", std::int64_t{7}).member("d", false).end_object();
    EXPECT_EQ(out.take(), R"({"a":"x","b":[1,-1.26,true,null,{}],"c":7,"d":false})");
    EXPECT_EQ(JsonWriter().text("root").take(), "\"root\"");
}

TEST(JsonText, IsReusableOnceTheDocumentIsTaken)
{
    JsonWriter out;
    EXPECT_EQ(out.begin_array().end_array().take(), "[]");
    EXPECT_EQ(out.begin_object().end_object().take(), "{}");
}

TEST(JsonText, RefusesWhatWouldBreakTheDocument)
{
    EXPECT_THROW(JsonWriter().begin_object().text("no key"), std::logic_error);
    EXPECT_THROW(JsonWriter().begin_array().key("k"), std::logic_error);
    EXPECT_THROW(JsonWriter().begin_array().end_object(), std::logic_error);
    EXPECT_THROW(JsonWriter().begin_object().key("k").end_object(), std::logic_error);
    EXPECT_THROW(JsonWriter().begin_object().key("k").key("l"), std::logic_error);
    EXPECT_THROW(JsonWriter().null().null(), std::logic_error);
    EXPECT_THROW(JsonWriter().end_array(), std::logic_error);
    EXPECT_THROW(static_cast<void>(JsonWriter().begin_array().take()), std::logic_error);
    EXPECT_THROW(static_cast<void>(JsonWriter().take()), std::logic_error);
    EXPECT_THROW(JsonWriter().raw_number("1.250,5"), std::logic_error);
}

TEST(JsonText, KnowsANumberFromItsLookalikes)
{
    for (const char* good : {"0", "-0", "10.50", "1e400", "1E+2", "-12.5e-3"})
        EXPECT_TRUE(is_json_number(good)) << good;
    for (const char* bad : {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1 ", "NaN", "1.2.3"})
        EXPECT_FALSE(is_json_number(bad)) << bad;
}
