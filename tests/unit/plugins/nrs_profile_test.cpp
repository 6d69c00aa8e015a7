// Profiles of nrs: what is right is read, what is wrong is told with its place, and two profiles say the same.
#include "plugins/nrs/packet_values.hpp"
#include "plugins/nrs/profile_reader.hpp"
#include "tests/golden/golden_case.hpp"
#include "tests/golden/machine.hpp"

#include <gtest/gtest.h>

namespace nrs {
namespace {

namespace golden = lienthong::golden;

const std::string source = LIENTHONG_SOURCE_DIR;
const std::string shipped_path = "mappings/nrs/qcvn125-gia-dinh.profile";
const std::string other_path = "tests/golden/nrs/other_names.profile";

std::string text_of_file(const std::string& path)
{
    return golden::read_file(source + '/' + path);
}

std::vector<std::string> faults_of(const std::string& text)
{
    return ProfileReader(text).faults();
}

/// The smallest profile that is whole, line by line; `line` is put in place of the one that begins like it, or added.
std::string with(const std::string& line)
{
    const std::string begin = line.substr(0, line.find('='));
    std::string out;
    bool placed = false;
    for (const char* one : {"profile = p", "standing = assumed", "pull = /l?k={kind}", "kind.indicators = CT : in",
                            "indicators.rows = d", "indicators.row.code = ma"}) {
        const bool same = std::string(one).substr(0, begin.size()) == begin;
        out += (same ? line : one) + std::string("\n");
        placed = placed || same;
    }
    return placed ? out : out + line + '\n';
}

TEST(Profile, TheShippedOneHasAllThirteenKindsAndClaimsNothing)
{
    const ProfileReader read(text_of_file(shipped_path));
    EXPECT_EQ(read.faults(), std::vector<std::string>{});
    EXPECT_EQ(read.profile().kinds.size(), 14U);
    for (const std::string_view name : kind_names)
        EXPECT_NE(read.profile().kind(name), nullptr) << name;
    EXPECT_EQ(read.profile().word("standing"), "assumed");
}

TEST(Profile, EveryFaultIsToldWithLineColumnAndWhatWouldBeRight)
{
    struct Row
    {
        std::string line, told;
    };
    const std::vector<Row> rows = {
        {"nonsense",
         "line 7 column 1: found 'nonsense', expected a line such as figures.period = maKyBaoCao : period : required"},
        {"indicators.row.code =", "line 6 column 22: found '', expected a value behind '='"},
        {"kind.indicator = CT : in", "line 7 column 6: found 'indicator', expected one of the kinds regimes, forms"},
        {"kind.indicators = CT : inwards", "line 4 column 24: found 'inwards', expected a word, then ' : ' and in, out or both"},
        {"indicators.row.nmae = ten", "line 7 column 12: found 'row.nmae', expected rows, or one of the fields kind, id"},
        {"indicators.row.unit = ma", "line 7 column 23: found 'ma', expected a place of its own; code has it in line 6"},
        {"indicators.row.name = tên : chữ", "line 7 column 29: found 'chữ', expected one of the types text, period, day"},
        {"indicators.row.name = tên : text : yes", "line 7 column 36: found 'yes', expected required, or nothing"},
        {"indicators.row.name = a//b", "line 7 column 23: found 'a//b', expected a place such as a, a/b or a/*/b"},
        {"indicators.row.valid_from = tu : day", "line 7 column 1: found 'day', expected a line day that says how it is written"},
        {"standing = true", "line 2 column 12: found 'true', expected assumed or confirmed"},
        {"pull = l?k={kind}", "line 3 column 8: found 'l?k={kind}', expected an address below push_path, which begins with /"},
        {"pull = /l?k={kin}", "line 3 column 13: found '{kin}', expected {kind}, {since} or {page}"},
        {"day = dd/MM", "line 7 column 7: found 'dd/MM', expected a pattern with yyyy"},
        {"status.lost = MAT", "line 7 column 8: found 'lost', expected one of draft, waiting"},
        {"answer.next = trang", "line 7 column 1: found 'answer.next', expected {page} in the address of 'pull'"},
        {"receipt.word = x", "line 7 column 9: found 'word', expected one of packet, status"},
        {"notice = x", "line 7 column 10: found 'x', expected a member, then ' : ' and its text"},
        {"forms.rows = d", "line 7 column 1: found 'forms', expected a line kind.forms = word : in, out or both"},
        {"kind.figures = SL : out", "line 7 column 1: found 'figures', expected a line figures.rows, where the list stands"},
        {"colour = red", "line 7 column 1: found 'colour', expected one of profile, standing, send"},
    };
    EXPECT_EQ(faults_of(with("answer.kind = loai")), std::vector<std::string>{});
    for (const Row& row : rows) {
        const auto faults = faults_of(with(row.line));
        ASSERT_FALSE(faults.empty()) << row.line;
        EXPECT_EQ(faults.front().substr(0, row.told.size()), row.told) << row.line;
    }
}

TEST(Profile, AKeyThatStandsTwiceOrIsMissingIsToldToo)
{
    EXPECT_EQ(faults_of(with("answer.kind = a") + "answer.kind = b\n").front(),
              "line 8 column 1: found 'answer.kind', expected each key once; it stands in line 7 too");
    EXPECT_EQ(faults_of("standing = assumed\n").front(), "line 2 column 1: found 'the end', expected the key profile");
    EXPECT_EQ(faults_of(with("status.draft = A,B") + "status.late = B\n").front(),
              "line 8 column 15: found 'B', expected a word of its own; it means draft already");
}

TEST(Profile, AFaultyOneIsRefusedWhenTheConnectorIsOpened)
{
    const auto machine = golden::machine_here(
        golden::built_plugin("nrs"), {{"base_url", "https://nrs.test"}, {"profile", "tests/unit/plugins/faulty.profile"}});
    ASSERT_FALSE(machine.ok());
    EXPECT_NE(machine.problem().sentence().find(
                  "profile: line 3 column 26: found 'aus', expected a word, then ' : ' and in, out or both"),
              std::string::npos)
        << machine.problem().sentence();
}

TEST(Profile, AnotherOneWithWhollyOtherWordsLeavesTheSameMessages)
{
    for (const char* name : {"catalogue", "report_returned", "tasks"})
        for (int number = 1; number <= (name == std::string("catalogue") ? 9 : 1); ++number) {
            const std::string file = '/' + std::to_string(number) + ".payload.json";
            const std::string one = text_of_file(std::string("tests/golden/nrs/") + name + file);
            EXPECT_FALSE(one.empty());
            EXPECT_EQ(one, text_of_file(std::string("tests/golden/nrs/") + name + "_other_names" + file)) << name << file;
        }
    // No word of one stands in the other, so that nothing can come out right by chance.
    const ProfileReader shipped(text_of_file(shipped_path)), other(text_of_file(other_path));
    EXPECT_EQ(other.faults(), std::vector<std::string>{});
    for (const Kind& kind : shipped.profile().kinds)
        for (const Field& field : kind.fields) {
            const Field* same = other.profile().kind(kind.name)->field(field.name, field.in_row);
            ASSERT_NE(same, nullptr) << kind.name << ' ' << field.name;
            EXPECT_NE(same->path, field.path) << kind.name << ' ' << field.name;
        }
}

TEST(Profile, PeriodsDaysAndMomentsGoThereAndBack)
{
    const ProfileReader shipped(text_of_file(shipped_path)), other(text_of_file(other_path));
    for (const ProfileReader* read : {&shipped, &other})
        for (const auto& [type, value] : std::vector<std::pair<std::string, std::string>>{{"period", "2025-03"},
                                                                                          {"period", "2025-Q1"},
                                                                                          {"period", "2025-S2"},
                                                                                          {"period", "2025-M9"},
                                                                                          {"period", "2025"},
                                                                                          {"day", "2025-03-31"},
                                                                                          {"moment", "2025-03-31T09:12:03+07:00"},
                                                                                          {"status", "returned"}}) {
            const auto theirs = to_theirs(read->profile(), type, value);
            ASSERT_TRUE(theirs) << type << ' ' << value;
            EXPECT_EQ(to_ours(read->profile(), type, *theirs), value);
        }
    EXPECT_EQ(to_theirs(shipped.profile(), "period", "2025-Q1"), "20251");
    EXPECT_EQ(to_ours(shipped.profile(), "period", "20255"), std::nullopt);
    EXPECT_EQ(to_ours(shipped.profile(), "status", "DA_XEM"), std::nullopt);
}

}  // namespace
}  // namespace nrs
