// The 53 spellings of frequency in plan 197/KH-UBND (Đắk Nông) and QĐ 228/QĐ-UBND (Sơn La), each with the number of rows
// it stands in, and what it means.
#include "hub/text/frequency.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

using namespace lienthong;
using text::Frequency;

namespace {

struct Row
{
    int count;
    const char* written;
    const char* canonical;
    const char* vietnamese;
};

const std::vector<Row> plan_197 = {
    {65, "Tháng", "M", "Tháng"},
    {23, "Tháng/ Quý/Năm", "M;Q;A", "Tháng, Quý, Năm"},
    {12, "Tháng 7, 11", "M@07,11", "Tháng 7, 11 hàng năm"},
    {8, "Quý/Năm", "Q;A", "Quý, Năm"},
    {7, "Năm", "A", "Năm"},
    {4, "Tháng 7, 11 hàng năm", "M@07,11", "Tháng 7, 11 hàng năm"},
    {4, "Giờ/Ngày/Tháng", "H;D;M", "Giờ, Ngày, Tháng"},
    {3, "Giờ/Ngày/ Tháng", "H;D;M", "Giờ, Ngày, Tháng"},
    {3, "Tháng 12/2025", "@2025-12", "Tháng 12/2025"},
    {3, "Tháng/ Quý/ Năm", "M;Q;A", "Tháng, Quý, Năm"},
    {2, "Tháng/ Năm", "M;A", "Tháng, Năm"},
    {1, "Tháng/Năm", "M;A", "Tháng, Năm"},
    {1, "Tháng/Quý/Năm", "M;Q;A", "Tháng, Quý, Năm"},
    {1, "Ngày/Tháng", "D;M", "Ngày, Tháng"},
    {1, "Ngày", "D", "Ngày"},
    {1, "6 Tháng/ Năm", "S;A?", "6 tháng/Năm"},
    {1, "06 tháng /năm", "S;A?", "6 tháng/Năm"},
    {1, "Quý/06 tháng/ cả năm", "Q;S;A", "Quý, 6 tháng, Năm"},
    {1, "Quý", "Q", "Quý"},
};

const std::vector<Row> decision_228 = {
    {61, "Tháng", "M", "Tháng"},
    {54, "Năm", "A", "Năm"},
    {16, "Quý", "Q", "Quý"},
    {7, "Ngày", "D", "Ngày"},
    {7, "Quý, Năm", "Q;A", "Quý, Năm"},
    {5, "6 tháng, Năm", "S;A", "6 tháng, Năm"},
    {4, "Tháng (ngày 30 hàng tháng)", "M@D30", "Tháng (ngày 30 hàng tháng)"},
    {1, "6 tháng", "S", "6 tháng"},
    {1, "6 tháng, năm", "S;A", "6 tháng, Năm"},
    {1, "Ngày, Tháng", "D;M", "Ngày, Tháng"},
    {1, "Cập nhật từ hệ thống QLVB&ĐH theo thời gian thực", "REALTIME:h%E1%BB%87%20th%E1%BB%91ng%20QLVB%26%C4%90H",
     "Cập nhật từ hệ thống QLVB&ĐH theo thời gian thực"},
    {1, "Cập nhật từ Cổng dịch vụ công theo thời gian thực", "REALTIME:C%E1%BB%95ng%20d%E1%BB%8Bch%20v%E1%BB%A5%20c%C3%B4ng",
     "Cập nhật từ Cổng dịch vụ công theo thời gian thực"},
    {1, "Quý (ngày 06/4/năm báo cáo)", "Q@04-06", "Quý (ngày 06/4/năm báo cáo)"},
    {1, "6 tháng (ngày 06/6/năm báo cáo)", "S@06-06", "6 tháng (ngày 06/6/năm báo cáo)"},
    {1, "Năm (ngày 06/8/năm báo cáo)", "A@08-06", "Năm (ngày 06/8/năm báo cáo)"},
    {1, "9 tháng (ngày 6/10/năm báo cáo)", "M9@10-06", "9 tháng (ngày 06/10/năm báo cáo)"},
    {1, "Năm (ngày 06/12/năm báo cáo)", "A@12-06", "Năm (ngày 06/12/năm báo cáo)"},
    {1, "Năm (ngày 06/4/năm sau năm báo cáo)", "A@+1:04-06", "Năm (ngày 06/4/năm sau năm báo cáo)"},
    {1, "Quý (ngày 20/5/năm báo cáo)", "Q@05-20", "Quý (ngày 20/5/năm báo cáo)"},
    {1, "6 tháng (ngày 20/8/năm báo cáo)", "S@08-20", "6 tháng (ngày 20/8/năm báo cáo)"},
    {1, "Quý (ngày 20/11/năm báo cáo)", "Q@11-20", "Quý (ngày 20/11/năm báo cáo)"},
    {1, "Năm (ngày 30/3/năm sau năm báo cáo)", "A@+1:03-30", "Năm (ngày 30/3/năm sau năm báo cáo)"},
    {1, "Mùa vụ (ngày 20/5/năm báo cáo)", "CROP@05-20", "Mùa vụ (ngày 20/5/năm báo cáo)"},
    {1, "Mùa vụ (ngày 20/8/năm báo cáo)", "CROP@08-20", "Mùa vụ (ngày 20/8/năm báo cáo)"},
    {1, "Mùa vụ (ngày 20/9/năm báo cáo)", "CROP@09-20", "Mùa vụ (ngày 20/9/năm báo cáo)"},
    {1, "Mùa vụ (ngày 10/2/năm sau năm báo cáo)", "CROP@+1:02-10", "Mùa vụ (ngày 10/2/năm sau năm báo cáo)"},
    {1, "Năm (ngày 20/9/năm báo cáo)", "A@09-20", "Năm (ngày 20/9/năm báo cáo)"},
    {1, "Năm (ngày 10/2/năm báo cáo)", "A@02-10", "Năm (ngày 10/2/năm báo cáo)"},
    {1, "6 tháng (ngày 20/5/năm báo cáo)", "S@05-20", "6 tháng (ngày 20/5/năm báo cáo)"},
    {1, "9 tháng (ngày 20/9/năm báo cáo)", "M9@09-20", "9 tháng (ngày 20/9/năm báo cáo)"},
    {1, "Năm (ngày 10/2/năm sau năm báo cáo)", "A@+1:02-10", "Năm (ngày 10/2/năm sau năm báo cáo)"},
    {1, "Năm (ngày 30/8/năm báo cáo)", "A@08-30", "Năm (ngày 30/8/năm báo cáo)"},
    {1, "Năm (ngày 20/4/năm sau năm báo cáo)", "A@+1:04-20", "Năm (ngày 20/4/năm sau năm báo cáo)"},
    {1, "Tháng (ngày 02/tháng sau tháng báo cáo)", "M@+1:D02", "Tháng (ngày 02/tháng sau tháng báo cáo)"},
};

std::string shown(const Result<Frequency>& result)
{
    return result.ok() ? to_text(*result) : result.problem().sentence();
}

void expect_each(const std::vector<Row>& rows, int count)
{
    int found = 0;
    std::set<std::string_view> distinct;
    for (const Row& row : rows) {
        const auto read = text::frequency_from(row.written);
        ASSERT_TRUE(read.ok()) << row.written << ": " << read.problem().sentence();
        EXPECT_EQ(to_text(*read), row.canonical) << row.written;
        EXPECT_EQ(to_vietnamese(*read), row.vietnamese) << row.written;
        EXPECT_TRUE(exists(*read)) << row.written;
        found += row.count;
        distinct.insert(row.written);
    }
    EXPECT_EQ(found, count);
    EXPECT_EQ(distinct.size(), rows.size());
}

std::vector<Row> all_rows()
{
    std::vector<Row> out = plan_197;
    out.insert(out.end(), decision_228.begin(), decision_228.end());
    return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

}  // namespace

TEST(FrequencyTables, AllNineteenSpellingsOfPlan197AreReadIn142Rows)
{
    EXPECT_EQ(plan_197.size(), 19U);
    expect_each(plan_197, 142);
}

TEST(FrequencyTables, AllThirtyFourSpellingsOfDecision228AreReadIn181Rows)
{
    EXPECT_EQ(decision_228.size(), 34U);
    expect_each(decision_228, 181);
}

TEST(FrequencyTables, CanonicalAndVietnameseTextOfEachReadBackEqual)
{
    for (const Row& row : all_rows()) {
        const auto meant = text::frequency_from(row.written);
        ASSERT_TRUE(meant.ok()) << row.written;
        const auto canonical = text::frequency_from_canonical(row.canonical);
        ASSERT_TRUE(canonical.ok()) << canonical.problem().sentence();
        EXPECT_EQ(*canonical, *meant) << row.written;
        const auto vietnamese = text::frequency_from(row.vietnamese);
        ASSERT_TRUE(vietnamese.ok()) << vietnamese.problem().sentence();
        EXPECT_EQ(*vietnamese, *meant) << row.written;
    }
}

TEST(FrequencyTables, BlanksZerosCommasAndCaseChangeNothing)
{
    for (const Row& row : all_rows()) {
        const std::string written = row.written;
        const bool source = written.starts_with("Cập");
        EXPECT_EQ(shown(text::frequency_from("\t " + replaced(written, " ", "\xC2\xA0 ") + " \n")), row.canonical);
        EXPECT_EQ(shown(text::frequency_from(replaced(replaced(written, "/", " / "), ",", " ,"))), row.canonical);
        EXPECT_EQ(shown(text::frequency_from(replaced(replaced(written, "/ ", "/"), " (", "("))), row.canonical);
        if (!source) {
            const std::string small = replaced(replaced(replaced(replaced(written, "T", "t"), "Q", "q"), "N", "n"), "G", "g");
            EXPECT_EQ(shown(text::frequency_from(small)), row.canonical) << small;
            const std::string large = replaced(replaced(replaced(replaced(small, "á", "Á"), "ă", "Ă"), "ng", "NG"), "ý", "Ý");
            EXPECT_EQ(shown(text::frequency_from(large)), row.canonical) << large;
        }
        const std::string decomposed =
            replaced(replaced(replaced(written, "á", "a\xCC\x81"), "ă", "a\xCC\x86"), "ý", "y\xCC\x81");
        EXPECT_EQ(shown(text::frequency_from(decomposed)), row.canonical) << decomposed;
        EXPECT_EQ(shown(text::frequency_from(replaced(written, "Quý", "Qúy"))), row.canonical);
        EXPECT_EQ(shown(text::frequency_from(replaced(written, "ngày 0", "ngày "))), row.canonical);
    }
}

TEST(FrequencyTables, ALineOfAnotherTableThatOnlyLooksLikeThemIsRefused)
{
    for (const Row& row : all_rows()) {
        const std::string written = row.written;
        for (const std::string& broken :
             {written + " (", written + "/", written + ", Tuần", "Kỳ " + written, written + " đột xuất"})
            EXPECT_FALSE(text::frequency_from(broken).ok()) << broken;
    }
}

/// Pieces of the grammar in any order, and bytes that are none: each text is read or refused, and what is read exists and
/// is written and read back equal.
TEST(FrequencyTables, RandomTextIsEitherReadOrRefused)
{
    const std::vector<std::string_view> pieces = {"giờ",
                                                  "ngày",
                                                  "Tháng",
                                                  "quý",
                                                  "6 tháng",
                                                  "09 tháng",
                                                  "năm",
                                                  "cả năm",
                                                  "mùa vụ",
                                                  "vụ ",
                                                  "đông xuân",
                                                  "hè thu",
                                                  "mùa",
                                                  "/",
                                                  ",",
                                                  " ",
                                                  "(",
                                                  ")",
                                                  "7",
                                                  "11",
                                                  "30",
                                                  "06/4",
                                                  "2025",
                                                  "hàng năm",
                                                  "hàng tháng",
                                                  "báo cáo",
                                                  "sau",
                                                  "/năm báo cáo)",
                                                  "(ngày 30 hàng tháng)",
                                                  "Cập nhật từ ",
                                                  " theo thời gian thực",
                                                  "\xCC\x81",
                                                  "\xE2\x80\x8B",
                                                  "\xFF",
                                                  "\xC3",
                                                  "x",
                                                  "I"};
    const std::vector<std::string_view> canonical_pieces = {"H",   "D",   "M",      "Q",         "S",   "M9",  "A",    "CROP",
                                                            ";",   "@",   "?",      "07",        ",",   "11",  "D30",  "04-06",
                                                            "+1:", "MUA", "HE_THU", "REALTIME:", "%20", "%C3", "2025", "-12"};
    std::mt19937 random(228);
    int read = 0;
    for (int round = 0; round < 40000; ++round) {
        const bool canonical = round % 2 != 0;
        const auto& choice = canonical ? canonical_pieces : pieces;
        std::string text;
        for (auto left = random() % 7; left > 0; --left)
            text += random() % 50 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                       : std::string(choice[random() % choice.size()]);
        const auto result = canonical ? text::frequency_from_canonical(text) : text::frequency_from(text);
        if (!result.ok()) {
            EXPECT_EQ(result.problem().code, "frequency.malformed");
            EXPECT_FALSE(result.problem().expected.empty()) << text;
            continue;
        }
        ++read;
        ASSERT_TRUE(exists(*result)) << text;
        const auto by_text = text::frequency_from_canonical(to_text(*result));
        const auto by_words = text::frequency_from(to_vietnamese(*result));
        ASSERT_TRUE(by_text.ok() && by_words.ok()) << text;
        EXPECT_EQ(*by_text, *result) << text;
        EXPECT_EQ(*by_words, *result) << text;
        EXPECT_TRUE(!canonical || to_text(*result) == text) << text;
    }
    EXPECT_GT(read, 1000);
}
