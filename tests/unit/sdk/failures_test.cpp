/// Failures: every HTTP status has its class, and nothing but a readable document of a good status has none.
#include "hub/sdk/failures.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

Answer answer_with(std::int32_t status)
{
    Answer answer;
    answer.status = status;
    answer.unreadable = "1:1: found '<', expected a value";
    return answer;
}

FailureClass class_of(std::int32_t status, std::string_view credential = {})
{
    return http_failure(answer_with(status), "the figures", credential)->kind;
}

TEST(Failures, ClassesEveryStatus)
{
    EXPECT_EQ(class_of(401), FailureClass::permanent);
    EXPECT_EQ(class_of(401, "bearer"), FailureClass::auth);
    EXPECT_EQ(class_of(403, "bearer"), FailureClass::permanent);
    EXPECT_EQ(class_of(404), FailureClass::permanent);
    EXPECT_EQ(class_of(301), FailureClass::permanent);
    EXPECT_EQ(class_of(408), FailureClass::transient);
    EXPECT_EQ(class_of(429), FailureClass::throttled);
    for (const std::int32_t status : {500, 502, 503, 504, 599})
        EXPECT_EQ(class_of(status), FailureClass::transient) << status;
}

TEST(Failures, NamesTheCredentialThatIsDead)
{
    EXPECT_EQ(http_failure(answer_with(401), "the figures", "bearer")->credential, "bearer");
    EXPECT_EQ(http_failure(answer_with(500), "the figures", "bearer")->credential, "");
}

TEST(Failures, TakesASuccessWithoutADocumentForTransientAndSaysWhatTheParserSaid)
{
    const auto failure = http_failure(answer_with(200), "the figures");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind, FailureClass::transient);
    EXPECT_EQ(failure->code, "unreadable");
    EXPECT_NE(failure->detail.find("1:1: found '<', expected a value"), std::string::npos);
}

TEST(Failures, HonoursRetryAfterInSecondsUpToADay)
{
    Answer answer = answer_with(429);
    answer.headers = {{"retry-after", "30"}};
    EXPECT_EQ(http_failure(answer, "x")->retry_after_millis, 30'000U);
    answer.headers = {{"Retry-After", "99999999"}};
    EXPECT_EQ(http_failure(answer, "x")->retry_after_millis, 86'400'000U);
    answer.headers = {{"Retry-After", "Fri, 21 Nov 2025 09:30:15 GMT"}};
    EXPECT_EQ(http_failure(answer, "x")->retry_after_millis, 60'000U);
    answer.status = 503;
    answer.headers = {{"Retry-After", "5"}};
    EXPECT_EQ(http_failure(answer, "x")->kind, FailureClass::throttled);
}

TEST(Failures, SaysThatWhatWasHandedOverMayHaveArrivedUnlessSomebodyTurnedItAway)
{
    const auto after = [](std::int32_t status) { return after_handing_over(*http_failure(answer_with(status), "the packet", "bearer"), status).kind; };
    for (const std::int32_t status : {200, 202, 500, 502, 504})
        EXPECT_EQ(after(status), FailureClass::unknown) << status;
    EXPECT_EQ(after(503), FailureClass::transient);
    EXPECT_EQ(after(408), FailureClass::transient);
    EXPECT_EQ(after(429), FailureClass::throttled);
    EXPECT_EQ(after(401), FailureClass::auth);
    EXPECT_EQ(after(404), FailureClass::permanent);
}

TEST(Failures, KnowsTheNumbersOfAWrongKey)
{
    for (const char* code : {"-300", "-302", "-304"})
        EXPECT_TRUE(says_wrong_key(code)) << code;
    for (const char* code : {"-30", "-305", "-3000", "302", ""})
        EXPECT_FALSE(says_wrong_key(code)) << code;
}

TEST(Failures, CutsForeignTextBetweenCharactersAndWithoutControls)
{
    EXPECT_EQ(excerpt("a\r\nb"), "a  b");
    EXPECT_EQ(excerpt("Phiên làm việc", 4), "Phi…");
    EXPECT_EQ(excerpt("Phiên làm việc", 5), "Phiê…");
    EXPECT_EQ(excerpt("Phiên", 200), "Phiên");
}

}  // namespace
}  // namespace lienthong::sdk
