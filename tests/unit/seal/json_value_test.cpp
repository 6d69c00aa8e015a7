// Canonical JSON has one text for each value, and no other text is read.
#include "hub/seal/json_value.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace std::string_literals;
using namespace lienthong::seal;

TEST(CanonicalJson, SortsNamesByUtf16UnitsLikeTheExampleOfRfc8785)
{
    const JsonValue value = JsonValue::Object{{"\u20ac", "Euro Sign"},
                                              {"\r", "Carriage Return"},
                                              {"\ufb33", "Hebrew Letter Dalet"},
                                              {"1", "One"},
                                              {"\U0001F600", "Emoji"},
                                              {"\u0080", "Control"},
                                              {"\u00f6", "Latin Small Letter O With Diaeresis"}};
    EXPECT_EQ(
        to_canonical(value),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
        "\"\u20ac\":\"Euro Sign\",\"\U0001F600\":\"Emoji\",\"\ufb33\":\"Hebrew Letter Dalet\"}");
}

TEST(CanonicalJson, EscapesOnlyWhatMustBeEscaped)
{
    EXPECT_EQ(to_canonical("Tỉnh \"Hưng Yên\"\\\b\f\n\r\t\x1f/\x7f\0"s),
              "\"Tỉnh \\\"Hưng Yên\\\"\\\\\\b\\f\\n\\r\\t\\u001f/\x7f\\u0000\"");
}

TEST(CanonicalJson, ReadsBackWhatItWrites)
{
    const JsonValue value = JsonValue::Object{
        {"n", std::int64_t{-9007199254740992}},
        {"list", JsonValue::Array{true, false, JsonValue{}, "số liệu", JsonValue::Object{}, JsonValue::Array{}}},
    };
    const std::string text = to_canonical(value);
    EXPECT_EQ(text, R"({"list":[true,false,null,"số liệu",{},[]],"n":-9007199254740992})");
    const auto read = from_canonical(text);
    ASSERT_TRUE(read) << read.problem().sentence();
    EXPECT_EQ(to_canonical(*read), text);
}

TEST(CanonicalJson, RefusesEveryOtherText)
{
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    for (const std::string& bad :
         {std::string(R"({"a":1,"a":1})"), std::string(R"({"b":1,"a":2})"), std::string(R"({"a": 1})"),
          std::string(R"({"a":1} )"), std::string("1.0"), std::string("1e3"), std::string("-0"), std::string("9007199254740993"),
          std::string("18446744073709551615"), std::string(R"("\u0041")"), std::string(R"("\/")"), std::string("\"\xff\""),
          std::string("NaN"), std::string("01"), std::string(""), std::string("\xEF\xBB\xBF{}"), std::string("{}{}"),
          std::string("[1,]"), deep}) {
        const auto read = from_canonical(bad);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.problem().code, "seal.not_canonical");
    }
}

TEST(CanonicalJson, WillNotWriteWhatItCannotHold)
{
    EXPECT_THROW(static_cast<void>(to_canonical(std::int64_t{9007199254740993})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(to_canonical(JsonValue::Object{{"a", true}, {"a", true}})), std::invalid_argument);
}

TEST(JsonMembers, SayWhichMemberIsMissingWrongOrUnknown)
{
    const auto complaint_of = [](const char* text) {
        auto value = from_canonical(text);
        JsonMembers members(std::move(*value));
        static_cast<void>(members.text("name"));
        static_cast<void>(members.count("size"));
        const auto all = members.finish();
        return all ? "" : all.problem().place;
    };
    EXPECT_EQ(complaint_of(R"({"name":"a","size":3})"), "");
    EXPECT_EQ(complaint_of(R"({"name":"a"})"), "/size");
    EXPECT_EQ(complaint_of(R"({"name":1,"size":3})"), "/name");
    EXPECT_EQ(complaint_of(R"({"name":"a","size":-3})"), "/size");
    EXPECT_EQ(complaint_of(R"({"more":true,"name":"a","size":3})"), "/more");
}
