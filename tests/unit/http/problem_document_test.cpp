// A problem document says the same in both languages and stays valid JSON.
#include "hub/http/problem_document.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

TEST(ProblemDocument, CarriesBothLanguagesAndTheFactsOfTheCase)
{
    Problem problem;
    problem.code = "format.bom";
    problem.detail = "say \"no\"";
    problem.place = "1:1";
    problem.found = "\xEF\xBB\xBF";
    const std::string text = http::problem_document(400, problem);
    EXPECT_EQ(text.find(R"({"type":"urn:lienthong:problem:format.bom","status":400,"code":"format.bom",)"), 0U) << text;
    for (const char* member :
         {R"("title":"Tài liệu)", R"("title_en":"The document begins with a byte order mark.")", R"("detail":"say \"no\"")",
          R"("place":"1:1")", R"("found":)", R"("remedy":"Lưu tài liệu)", R"("remedy_en":"Save the document)"})
        EXPECT_NE(text.find(member), std::string::npos) << member << " in " << text;
    EXPECT_EQ(text.find("\"expected\""), std::string::npos) << "what is empty is left out";
}

TEST(ProblemDocument, ListsFurtherProblems)
{
    Problem first;
    first.code = "format.too_deep";
    const std::string text = http::problem_document(422, first, {&first, 1});
    EXPECT_NE(text.find(R"("problems":[{"code":"format.too_deep")"), std::string::npos) << text;
}
