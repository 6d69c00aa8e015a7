// The key `layout`: what it says, and the exact sentences its faults are answered with.
#include "tests/unit/mapping/fixture.hpp"

#include "hub/text/legacy.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::string mapping_with(const std::string& format, const std::string& layout)
{
    return "mapping: demo/rows\nversion: 1\nformat: " + format + "\nrecords: /tables/*/records/*\nfact: row\nkey: row\nset:\n  so: value\n" + layout;
}

Layout layout_of(const std::string& layout)
{
    const Compiled compiled = compile(mapping_with("csv", layout));
    EXPECT_TRUE(compiled.mapping) << compiled.sentences();
    return compiled.mapping ? compiled.mapping->layout() : Layout{};
}

std::string told(const std::string& layout, const std::string& format = "csv")
{
    return compile(mapping_with(format, layout)).sentences();
}

}  // namespace

TEST(LayoutKey, SaysWhereTablesBegin)
{
    const Layout layout = layout_of("layout:\n  header: [tháng trước, cùng kỳ]\n  title: Chỉ số giá\n  stub: 2\n  records: cells\n  separator: tab\n  encoding: utf-16\n");
    EXPECT_EQ(layout.header, (std::vector<std::string>{"tháng trước", "cùng kỳ"}));
    EXPECT_EQ(layout.title, std::vector<std::string>{"Chỉ số giá"});
    EXPECT_EQ(layout.stub, 2U);
    EXPECT_TRUE(layout.cells);
    EXPECT_EQ(layout.separator, '\t');
    EXPECT_EQ(layout.encoding, "utf-16");
    EXPECT_EQ(layout_of(""), Layout{}) << "without the key nothing is asked";
    EXPECT_EQ(layout_of("layout:\n  separator: \";\"\n").separator, ';');
}

TEST(LayoutKey, FaultsAreToldInExactlyTheseSentences)
{
    EXPECT_EQ(told("layout:\n  separator: dấu chấm\n"), "m.yaml:10:14: this parts no cells; found 'dấu chấm'; expected comma, semicolon, tab or bar [mapping.word_unknown]\n");
    EXPECT_EQ(told("layout:\n  encoding: tcvn\n"), "m.yaml:10:13: this is no encoding; found 'tcvn'; expected tcvn3 [mapping.word_unknown]\n");
    EXPECT_EQ(told("layout:\n  stub: 9\n"), "m.yaml:10:9: this is no number of columns that name a row; found '9'; expected 0 to 8 [mapping.word_unknown]\n");
    EXPECT_EQ(told("layout:\n  records: cột\n"), "m.yaml:10:12: a record is neither; found 'cột'; expected rows or cells [mapping.word_unknown]\n");
    EXPECT_EQ(told("layout:\n  heder: tháng\n"), "m.yaml:10:3: a layout has no key 'heder'; found 'heder'; expected header [mapping.key_unknown]\n");
    EXPECT_EQ(told("layout:\n  header: {a: b}\n"),
              "m.yaml:10:11: header wants texts; found 'a map'; expected a text that stands in the document, or a list of such [mapping.shape]\n");
    EXPECT_EQ(told("layout:\n  stub: [1]\n"), "m.yaml:10:9: stub wants one value; found 'a list'; expected one word [mapping.shape]\n");
    EXPECT_EQ(told("layout: cells\n"), "m.yaml:9:9: layout wants a map; found 'a text'; expected lines of 'key: value' [mapping.shape]\n");
    EXPECT_EQ(told("layout:\n  stub: 1\n", "json"),
              "m.yaml:9:1: only documents of rows have a layout; found 'json'; expected format: csv, edxml or xlsx [mapping.key_unknown]\n");
    EXPECT_EQ(told("layout:\n  separator: tab\n", "xlsx"),
              "m.yaml:10:3: a workbook says this of itself; found 'separator'; expected this key only with format: csv [mapping.key_unknown]\n");
    std::string many = "layout:\n  header: [a";
    for (int i = 0; i < 32; ++i)
        many += ", a";
    EXPECT_EQ(told(many + "]\n"), "m.yaml:10:11: header has too many texts; found '33'; expected at most 32 [mapping.shape]\n");
}

TEST(LayoutKey, FieldsOfADocumentInALegacyEncodingAreFoundWithTheirBytes)
{
    const auto compiled = compile("mapping: demo/rows\nversion: 1\nformat: csv\nlayout:\n  encoding: tcvn3\n  stub: 0\nrecords: /tables/*/records/*\n"
                                  "fact: row\nkey: ma\nset:\n  ten: ./`tên`\n  hai: upper(./`tên`)\n  gia: gia\n");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    const std::string bytes = text::encode("ma,tên,gia\n1,Tổng sản phẩm,5\n2,ủy ban,6\n3,ủy ban,6\n", {text::Encoding::tcvn3}).value();
    const auto tree = format("csv").read(bytes, compiled.mapping->layout(), {});
    ASSERT_TRUE(tree.ok());
    mapping::Run run(*compiled.mapping, *tree, the_catalogue());
    const auto records = compiled.mapping->records(*tree);
    ASSERT_TRUE(records.ok());
    const auto first = run.record((*records)[0], 0);
    ASSERT_TRUE(first && first->accepted());
    EXPECT_EQ(first->facts.front().fields.front().second, "Tổng sản phẩm");
    ASSERT_EQ(first->findings.size(), 1U) << "one field, though two values were made of it, and nothing of what is plain";
    EXPECT_EQ(first->findings.front().sentence(),
              "2:3: read as TCVN3 (ABC), as declared: became 'Tổng sản phẩm'; found '54 E6 6E 67 20 73 B6 6E 20 70 68 C8 6D'; "
              "expected Unicode (UTF-8) [text.encoding_converted]");
    const auto second = run.record((*records)[1], 1);
    ASSERT_TRUE(second && second->findings.size() == 2);
    EXPECT_EQ(second->findings[1].code, "text.capitals_lost");
    const auto third = run.record((*records)[2], 2);
    EXPECT_TRUE(third && third->findings.size() == 2) << "the same text again is found again";
}
