// Whatever bytes a mapping, a table or a document is made of: an answer, never a crash, and the same one each time.
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

const std::string whole =
    "mapping: demo/all\nversion: 1\nformat: json\nrecords: /r/*\nempty: allowed\nnamespaces:\n  q: \"urn:q\"\ntables:\n  t:\n"
    "let:\n  ky: month(/ky, \"MM/yyyy\")\n  so: when(gia == \"...\", missing, number(gia, locale:vi))\nskip: (not present(ma) or "
    "@x == \"1\")\n"
    "observe:\n  - indicator: lookup(t, ma)\n    measure: lookup(t.m, ma, \"VALUE\")\n    period: $ky\n    area: area(\"GSO\", "
    "../tinh)\n"
    "    agency: agency(default(dv, \"H31\"))\n    value: $so\n    unit: trim(upper(dvt))\n    source: join(ng/*, \"; \")\n"
    "    window: window(date(a, \"dd/MM/yyyy\"), date(datetime(b)))\n    when: q:x != \"không\"\n"
    "fact: dossier\nkey: concat(ma, \"-\", split(gia, \",\", 1))\nset:\n  a: format($ky, \"yyyy-MM\")\n";
const std::string table = "k,v,m\nCPI,A_I_1,VS_DECEMBER\n\"T\"\"H\",A_II_1,VALUE\n";
const std::string document =
    R"({"ky": "03/2025", "tinh": "33", "r": [{"ma": "CPI", "gia": "1.250,5", "dvt": " % ", "ng": ["a", "b"], "a": "01/02/2025", "b": "2025-03-01T00:00:00Z"}]})";

std::string mutated(std::string bytes, std::mt19937& random)
{
    static const std::vector<std::string> pieces = {
        "(", ")",    "\"", "/", "*", "..", "@", "$", ": ",   "\n",      "  ",      "- ",           ",", "==",
        "`", "\xC3", "[",  "{", "|", ">",  "ơ", "0", "not ", "lookup(", "locale:", "\xEF\xBB\xBF", "'", "#"};
    const auto pick = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
    for (std::size_t i = 1 + pick(3); i > 0 && !bytes.empty(); --i)
        switch (pick(4)) {
            case 0:
                bytes[pick(bytes.size())] = static_cast<char>(pick(256));
                break;
            case 1:
                bytes.erase(pick(bytes.size()), 1 + pick(12));
                break;
            case 2: {
                const std::size_t from = pick(bytes.size());
                bytes.insert(pick(bytes.size()), bytes.substr(from, pick(30)));
                break;
            }
            default:
                bytes.insert(pick(bytes.size()), pieces[pick(pieces.size())]);
                break;
        }
    return bytes;
}

}  // namespace

TEST(Robust, AnyMappingAndTableAreAnswered)
{
    std::mt19937 random(2025);
    std::size_t loaded = 0;
    for (int i = 0; i < 1500; ++i) {
        const std::string text = mutated(whole, random);
        const Files tables = {{"t.csv", i % 4 == 0 ? mutated(table, random) : table}};
        const Compiled compiled = compile(text, tables);
        ASSERT_EQ(compiled.mapping == nullptr, !compiled.problems.empty()) << text;
        for (const Problem& problem : compiled.problems)
            ASSERT_FALSE(problem.place.empty()) << problem.sentence();
        loaded += compiled.mapping ? 1U : 0U;
    }
    EXPECT_GT(loaded, 10U) << "the mutations must also leave mappings that run";
}

TEST(Robust, AnyDocumentIsAnsweredTheSameWayTwice)
{
    const Compiled compiled = compile(whole, {{"t.csv", table}});
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    std::mt19937 random(7);
    std::size_t run = 0;
    for (int i = 0; i < 5000; ++i) {
        const std::string bytes = mutated(document, random);
        const auto render = [&] {
            return workshop::render(
                workshop::examine(*compiled.mapping, format("json"), bytes, the_catalogue(), {.agencies = {"*"}, .area = {}}));
        };
        const std::string once = render();
        ASSERT_EQ(once, render()) << bytes;
        run += once.find("\"code\":\"format.") == std::string::npos ? 1U : 0U;
    }
    EXPECT_GT(run, 500U);
}

TEST(Robust, DeepAndLongExpressionsAreRefusedInWords)
{
    const auto with = [](const std::string& expression) {
        return compile("mapping: a/b\nversion: 1\nformat: json\nrecords: /\nfact: x\nkey: " + expression + "\n").sentences();
    };
    EXPECT_EQ(with(std::string(100, '(') + "a" + std::string(100, ')')),
              "m.yaml:6:70: the expression nests too deeply; found '64 levels'; expected named parts in let [mapping.syntax]\n");
    EXPECT_NE(with("concat(a, \"" + std::string(5000, 'x') + "\")").find("the expression is too long"), std::string::npos);
    std::string chain = "a";
    for (int i = 0; i < 400; ++i)
        chain += " or a";
    EXPECT_NE(with(chain).find("or wants a condition"), std::string::npos);
}
