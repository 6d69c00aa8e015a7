// A problem says where, what was found and what would be right; every code has its sentences.
#include "hub/model/problem.hpp"
#include "hub/model/problem_text.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace lienthong;

TEST(Problem, SaysWhereWhatAndWhatWouldBeRight)
{
    const Problem problem{"indicator.unknown", "no such indicator", "/records/3/indicator", "A_I_9", "A_I_1, A_I_2"};
    EXPECT_EQ(problem.sentence(),
              "/records/3/indicator: no such indicator; found 'A_I_9'; expected A_I_1, A_I_2 [indicator.unknown]");
}

TEST(Problem, ShortensWithoutSplittingALetter)
{
    EXPECT_EQ(shortened("Hưng Yên", 2), "H…") << "ư is two bytes, the second would not fit";
    EXPECT_EQ(shortened("Hưng", 10), "Hưng");
}

TEST(ProblemText, EveryCodeHasBothLanguagesAndARemedyAndStandsOnce)
{
    std::set<std::string_view> seen;
    for (const ProblemText& text : all_problem_texts()) {
        EXPECT_TRUE(seen.insert(text.code).second) << text.code << " stands twice";
        for (std::string_view sentence : {text.vi, text.en, text.remedy_vi, text.remedy_en})
            EXPECT_FALSE(sentence.empty()) << text.code;
    }
}
