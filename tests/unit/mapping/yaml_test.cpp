// YAML nodes know their places, also inside values that run over lines.
#include "hub/mapping/yaml.hpp"
#include "hub/mapping/source_line.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::mapping;

namespace {

std::string place_of_word(const std::string& text, const std::string& word)
{
    const yaml::Source source("f", text);
    std::vector<Problem> problems;
    const auto root = yaml::read(source, problems);
    EXPECT_TRUE(root && problems.empty());
    const yaml::Node* node = root->find("a");
    return source.place(source.offset_in(*node, node->text.find(word)));
}

}  // namespace

TEST(Yaml, FindsAPlaceInsideAPlainValue)
{
    EXPECT_EQ(place_of_word("x: 1\na: one two\n", "two"), "f:2:8");
}

TEST(Yaml, FindsAPlaceInAValueOfSeveralLines)
{
    EXPECT_EQ(place_of_word("a: one\n   two\n     three\n", "three"), "f:3:6");
}

TEST(Yaml, FindsAPlaceInFoldedAndLiteralBlocks)
{
    EXPECT_EQ(place_of_word("a: >\n  one\n  two\n", "two"), "f:3:3");
    EXPECT_EQ(place_of_word("a: |\n    one\n    two\n", "two"), "f:3:5");
}

TEST(Yaml, CountsColumnsInCharacters)
{
    EXPECT_EQ(place_of_word("a: đồng ở đây\n", "đây"), "f:1:11");
}

TEST(Yaml, LooksThroughAByteOrderMark)
{
    EXPECT_EQ(place_of_word("\xEF\xBB\xBF"
                            "a: x\n",
                            "x"),
              "f:1:4");
}

TEST(Yaml, KnowsQuotedFromPlainAndBlock)
{
    std::vector<Problem> problems;
    const yaml::Source source("f", "a: x\nb: \"x\"\nc: 'x'\nd: |\n  x\ne:\nf: ~\n");
    const auto root = yaml::read(source, problems);
    ASSERT_TRUE(root);
    EXPECT_EQ(root->find("a")->style, yaml::Style::plain);
    EXPECT_EQ(root->find("b")->style, yaml::Style::quoted);
    EXPECT_EQ(root->find("c")->style, yaml::Style::quoted);
    EXPECT_EQ(root->find("d")->style, yaml::Style::block);
    EXPECT_EQ(root->find("e")->kind, yaml::Kind::null);
    EXPECT_EQ(root->find("f")->kind, yaml::Kind::null);
}

TEST(Yaml, TellsEveryDuplicateAndStillReads)
{
    std::vector<Problem> problems;
    const auto root = yaml::read(yaml::Source("f", "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n"), problems);
    EXPECT_TRUE(root);
    EXPECT_EQ(problems.size(), 2U);
}

TEST(Yaml, DeepNestingIsAProblemAndNoCrash)
{
    std::vector<Problem> problems;
    EXPECT_FALSE(yaml::read(yaml::Source("f", std::string(5000, '[')), problems));
    EXPECT_EQ(problems.size(), 1U);
}

TEST(SourceLine, ShowsTheLineAndMarksWhatWasFound)
{
    const std::string file = "a: 1\nvùng: are(\"GSO\", tinh)\n";
    const Problem problem{"mapping.function_unknown", "there is no function 'are'", "m.yaml:2:7", "are", "area"};
    EXPECT_EQ(with_source_line(problem, file),
              "m.yaml:2:7: there is no function 'are'; found 'are'; expected area [mapping.function_unknown]\n"
              "    2 | vùng: are(\"GSO\", tinh)\n"
              "      |       ^^^");
}

TEST(SourceLine, SaysTheSentenceAloneWhenThereIsNoSuchLine)
{
    const Problem problem{"x.y", "something", "m.yaml:9:1", "", ""};
    EXPECT_EQ(with_source_line(problem, "a: 1\n"), problem.sentence());
    EXPECT_EQ(with_source_line({"x.y", "something", "", "", ""}, "a: 1\n"), "something [x.y]");
}

TEST(Yaml, AQuotationWithoutAnEndIsAProblemWhereItBegins)
{
    for (const std::string torn : {"a: b\nc: \"x\nd: e\n", "a: b\nc: \"x\\\"\n", "a: b\nc: 'x''\n"}) {
        std::vector<Problem> problems;
        EXPECT_FALSE(yaml::read(yaml::Source("f", torn), problems));
        ASSERT_EQ(problems.size(), 1U) << torn;
        EXPECT_EQ(problems.front().place, "f:2:4") << torn;
        EXPECT_EQ(problems.front().code, "yaml.syntax") << torn;
    }
    std::vector<Problem> problems;
    EXPECT_TRUE(yaml::read(yaml::Source("f", "a: \"x\\\"y\"\nb: 'it''s'\nc: \"\"\n"), problems));
    EXPECT_TRUE(problems.empty());
}
