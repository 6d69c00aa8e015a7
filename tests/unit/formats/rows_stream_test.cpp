// Rows one by one: whatever a document of rows holds, its records are those of whole reading.
#include "adapters/formats/csv/csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/stream/row_cutter.hpp"
#include "tests/fuzz/streamed.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace lienthong;

namespace {

const RecordPath rows_of_tables{{{.name = "tables"}, {.all = true}, {.name = "records"}, {.all = true}}};
const RecordPath observations{{{.name = "observations"}, {.all = true}}};
const adapters::CsvFormat csv;
const adapters::SdmxCsvFormat sdmx;

Layout list_of_rows(char separator = ',')
{
    Layout out;
    out.stub = 0;
    out.separator = separator;
    return out;
}

struct Told
{
    std::string refusal;
    std::vector<std::string> records;
};

Told whole(const Format& format, std::string_view document, const RecordPath& path, const Layout& layout)
{
    const auto tree = format.read(document, layout, FormatLimits{});
    if (!tree)
        return {tree.problem().code + " " + tree.problem().place, {}};
    Told out;
    fuzz::gather(*tree, root_node, path.steps, 0, out.records);
    return out;
}

Told streamed(const Format& format, std::string_view document, const RecordPath& path, const Layout& layout, std::size_t piece,
              const FormatLimits& limits = {})
{
    MemorySource source(document, piece);
    fuzz::Written records;
    const auto read = format.stream(source, path, layout, limits, records);
    return {read ? "" : read.problem().code + " " + read.problem().place, records.records};
}

void expect_alike(const Format& format, std::string_view document, const RecordPath& path, const Layout& layout)
{
    const Told expected = whole(format, document, path, layout);
    for (const std::size_t piece : {1UL, 2UL, 7UL, 1000UL}) {
        const Told found = streamed(format, document, path, layout, piece);
        ASSERT_EQ(found.refusal.empty(), expected.refusal.empty()) << document << "\n" << found.refusal << " / " << expected.refusal;
        if (expected.refusal.empty()) {
            ASSERT_EQ(found.records, expected.records) << document;
        }
    }
}

/// A text of signs that mean something to readers of rows, and of some that do not.
std::string drawn(std::mt19937& random, std::size_t most)
{
    static const std::vector<std::string> signs = {"a", "đ", "1", ",", ",", "\"", "\"", "\n", "\n", "\r\n", "\r", ";", " ", "\"\"", "b,\"c\n\"\r\n"};
    std::string out;
    for (std::size_t i = random() % most; i > 0; --i)
        out += signs[random() % signs.size()];
    return out;
}

}  // namespace

TEST(RowStream, CsvIsReadAsItIsReadWhole)
{
    std::mt19937 random(11);
    for (int i = 0; i < 1'000; ++i) {
        const std::string rows = i % 2 == 0 ? drawn(random, 30) : "x,y\n\"1\",\"a\"\"b\"\n" + drawn(random, 12) + "\n2,\"c\nd\"\n";
        expect_alike(csv, (i % 5 == 0 ? "\xEF\xBB\xBF" : "") + rows, rows_of_tables, list_of_rows(i % 7 == 0 ? ';' : ','));
    }
}

TEST(RowStream, SdmxCsvIsReadAsItIsReadWhole)
{
    std::mt19937 random(12);
    const std::string header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,OBS_VALUE\n", row = "dataflow,A:B(1.0),I,M,";
    for (int i = 0; i < 1'000; ++i) {
        std::string document = i % 9 == 0 ? drawn(random, 10) + header : header;
        for (auto k = random() % 5; k > 0; --k)
            document += (random() % 4 == 0 ? drawn(random, 8) : row + "\"" + std::to_string(k) + "\"") + drawn(random, 3) + "\n";
        expect_alike(sdmx, (i % 5 == 0 ? "\xEF\xBB\xBF" : "") + document, observations, {});
    }
}

TEST(RowStream, TellsTheFaultsOfWholeReadingInItsPlaces)
{
    for (const std::string_view document : {"a,b\n1,2\n3\n", "a,b\n1,\"2\n", "a,b\n1,2\n\xFF,3\n", "a;b\n1;2\n", "a,b\n\n1,2\n3,x\"y\n"}) {
        const Told expected = whole(csv, document, rows_of_tables, list_of_rows());
        ASSERT_NE(expected.refusal, "");
        for (const std::size_t piece : {1UL, 1000UL})
            EXPECT_EQ(streamed(csv, document, rows_of_tables, list_of_rows(), piece).refusal, expected.refusal) << document;
    }
}

TEST(RowStream, IsForListsOfRowsInUtf8Only)
{
    EXPECT_TRUE(csv.streams(rows_of_tables, list_of_rows()));
    EXPECT_FALSE(csv.streams(observations, list_of_rows()));
    EXPECT_FALSE(csv.streams(rows_of_tables, Layout{})) << "a column names the rows, and may group those below";
    Layout other = list_of_rows();
    other.header = {"tháng"};
    EXPECT_FALSE(csv.streams(rows_of_tables, other));
    other = list_of_rows();
    other.encoding = "tcvn3";
    EXPECT_FALSE(csv.streams(rows_of_tables, other));
    EXPECT_EQ(streamed(csv, "a,b\n1,2\n", observations, list_of_rows(), 10).refusal.substr(0, 19), "format.not_streamed");
}

TEST(RowStream, KeepsTheLimitsOfTheWholeDocument)
{
    FormatLimits limits;
    std::string document = "a,b\n";
    for (int i = 0; i < 100; ++i)
        document += "1,\"2\"\"\"\n";
    limits.bytes = 100;
    EXPECT_EQ(streamed(csv, document, rows_of_tables, list_of_rows(), 10, limits).refusal.substr(0, 16), "format.too_large");
    limits = {};
    limits.nodes = 100;
    EXPECT_EQ(streamed(csv, document, rows_of_tables, list_of_rows(), 10, limits).refusal.substr(0, 21), "format.too_many_nodes");
    limits = {};
    limits.held_bytes = 50;
    EXPECT_EQ(streamed(csv, document, rows_of_tables, list_of_rows(), 10, limits).records.size(), 100U);
    EXPECT_EQ(streamed(csv, "a,b\n1,\"" + std::string(60, 'x'), rows_of_tables, list_of_rows(), 10, limits).refusal, "format.too_large 2:1");
}

TEST(RowCutter, EndsARowWhereItsReaderDoes)
{
    const auto pieces = [](std::string_view document, std::size_t size) {
        adapters::RowCutter cutter(',', 1000);
        std::string out;
        for (std::size_t at = 0; at < document.size(); at += size) {
            EXPECT_FALSE(cutter.feed(document.substr(at, size)));
            if (!cutter.rows().empty())
                out += std::to_string(cutter.line()) + "<" + std::string(cutter.rows()) + ">";
        }
        cutter.finish();
        return out + std::to_string(cutter.line()) + "<" + std::string(cutter.rows()) + ">";
    };
    EXPECT_EQ(pieces("a\n\"b\nc\"\nd\"e\n\"f\ng\",\"h\"i\nj", 1), "1<a\n>2<\"b\nc\"\n>4<d\"e\n>5<\"f\ng\",\"h\"i\n>7<j>");
    EXPECT_EQ(pieces("\xEF\xBB\xBF\"a\nb\"\nc\n", 1), "1<\xEF\xBB\xBF\"a\nb\"\n>3<c\n>4<>");
    EXPECT_EQ(pieces("a\nb\nc", 4), "1<a\nb\n>3<c>");
}
