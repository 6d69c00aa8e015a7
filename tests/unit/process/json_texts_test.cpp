// JSON inside a text is read where it stands, by the same strict reader, and can never become more than what stands there.
#include "hub/process/json_texts.hpp"

#include "adapters/formats/json/json_format.hpp"

#include <gtest/gtest.h>

namespace lienthong::process {
namespace {

struct Read
{
    Result<Tree> tree;
    std::string unreadable;
};

Read read(std::string_view body, FormatLimits limits = {})
{
    std::string unreadable;
    const ReadDocument reader = [&](sdk::AnswerForm form, std::string_view bytes) -> Result<Tree> {
        EXPECT_EQ(form, sdk::AnswerForm::json);
        return adapters::JsonFormat().read(bytes, limits);
    };
    auto tree = read_json_texts(reader, body, unreadable);
    return {std::move(tree), unreadable};
}

std::string root_source(const Read& read)
{
    return read.tree ? std::string(read.tree->source(root_node)) : read.tree.problem().code;
}

}  // namespace

TEST(JsonTexts, StandInTheirPlaceWithTheirOwnBytes)
{
    const Read found = read(R"({"a":1,"message":"{\"result\":[{\"TEN\":\"S\u1edf \\\"A\\\"\"}]}","b":"x","data":" [1.50]"})");
    ASSERT_TRUE(found.tree);
    EXPECT_EQ(root_source(found), R"({"a":1,"message":{"result":[{"TEN":"Sở \"A\""}]},"b":"x","data": [1.50]})");
    const NodeId list = found.tree->child(found.tree->child(root_node, "message"), "result");
    EXPECT_EQ(found.tree->source(list), R"([{"TEN":"Sở \"A\""}])");
    EXPECT_TRUE(found.unreadable.empty());
}

TEST(JsonTexts, ThatAreNoneStayTexts)
{
    for (const char* body : {R"({"message":"Không tìm thấy dịch vụ"})", R"({"message":""})", R"({"message":"12"})", R"({"message":{"a":"{}"}})",
                             R"(["{}"])", R"("{}")", R"({"message":"\"{}\""})"}) {
        const Read found = read(body);
        EXPECT_EQ(root_source(found), body);
        EXPECT_EQ(found.unreadable, "") << body;
    }
}

TEST(JsonTexts, CutOffOrDamagedSayWhyAndStayTexts)
{
    for (const char* text : {R"({\"result\":[)", R"({\"a\":1,\"a\":2})", R"([1] [2])", R"({'a':1})", R"([01])"}) {
        const std::string body = std::string(R"({"message":")") + text + "\"}";
        const Read found = read(body);
        EXPECT_EQ(root_source(found), body);
        EXPECT_EQ(found.unreadable.rfind("the text of 'message' is no JSON: ", 0), 0U) << found.unreadable;
    }
}

TEST(JsonTexts, NeverReachOutOfTheirMember)
{
    const std::string body = R"({"message":"{},\"error_code\":{\"a\":0}"})";
    const Read found = read(body);
    EXPECT_EQ(root_source(found), body);
    EXPECT_FALSE(found.unreadable.empty());
}

TEST(JsonTexts, AreReadOneLevelDeepAndWithinTheLimits)
{
    const Read once = read(R"({"message":"{\"message\":\"{}\"}"})");
    EXPECT_EQ(root_source(once), R"({"message":{"message":"{}"}})");
    FormatLimits limits;
    limits.depth = 4;
    EXPECT_EQ(root_source(read(R"({"message":"[[[]]]"})", limits)), R"({"message":[[[]]]})");
    EXPECT_EQ(root_source(read(R"({"message":"[[[[]]]]"})", limits)), "format.too_deep");
    limits = {};
    limits.nodes = 6;
    EXPECT_EQ(root_source(read(R"({"a":"[1,2]","b":"[3,4]"})", limits)), "format.too_many_nodes");
    EXPECT_EQ(root_source(read(R"({"message":)")), "format.json.syntax");
}

}  // namespace lienthong::process
