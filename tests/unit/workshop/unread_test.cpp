// Fields of records that no path of a mapping reads.
#include "hub/workshop/unread.hpp"
#include "tests/unit/workshop/fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

constexpr const char* figures = R"(mapping: lgsp/figures
version: 1
format: json
records: /r/*
observe:
  indicator: "A_I_1"
  measure: when(loai == "LK", "VS_DECEMBER", kieu)
  period: month(/ky, "MM/yyyy")
  area: area("GSO", "33")
  agency: agency(donVi/ma)
  value: number(giaTri, locale:vi)
  unit: join(donViTinh/*, " ")
)";

/// "path=different:value|value" of each, joined by blanks.
std::string unread(const std::string& mapping_text, const std::string& document)
{
    std::vector<Problem> problems, findings;
    const auto mapping = mapping::Mapping::compile(
        "m.yaml", mapping_text, [](std::string_view) { return std::nullopt; }, the_catalogue(), pretend_digest, problems, findings);
    if (mapping == nullptr)
        return problems.front().sentence();
    const auto tree = format(mapping->format()).read(document, FormatLimits{});
    std::string out;
    for (const workshop::UnreadField& field : workshop::unread_fields(*mapping, *tree, mapping->records(*tree).value())) {
        out += (out.empty() ? "" : " ") + field.path + "=" + std::to_string(field.different) + ":";
        for (const std::string& value : field.values)
            out += (out.back() == ':' ? "" : "|") + value;
    }
    return out;
}

}  // namespace

TEST(Unread, FieldsThatMayBeABreakdownComeFirstWithTheirValues)
{
    EXPECT_EQ(unread(figures, R"({"ky": "03/2025", "dau": "x", "r": [
        {"ten": "a", "giaTri": "1", "phanTo": "TONG", "ghiChu": ""},
        {"ten": "b", "giaTri": "1", "phanTo": "DOTHI", "ghiChu": ""},
        {"ten": "c", "giaTri": "1", "phanTo": "TONG", "ghiChu": ""},
        {"ten": "d", "ghiChu": null}, {"ten": "e"}, {"ten": "f", "sau": "một"}]})"),
              "phanTo=2:TONG|DOTHI ten=6: ghiChu=0: sau=1:một");
}

TEST(Unread, WhatAPathSelectsIsReadOnWhicheverBranchItStands)
{
    EXPECT_EQ(unread(figures, R"({"ky": "03/2025", "r": [
        {"loai": "LK", "kieu": "VALUE", "giaTri": "1", "donVi": {"ma": "H31.01", "ten": "Thống kê"}, "donViTinh": ["tỷ", "đồng"]}]})"),
              "donVi/ten=1:Thống kê");
}

TEST(Unread, ListsAndNamesOfSeveralWordsArePathsOfTheLanguage)
{
    EXPECT_EQ(unread(figures, R"({"ky": "03/2025", "r": [{"dong": [{"số lượng": 1}, {"số lượng": 2}]}]})"),
              "dong/*/`số lượng`=2:1|2");
}

TEST(Unread, AttributesAndElementsAreFields)
{
    std::string xml = figures;
    xml.replace(xml.find("json"), 4, "xml");
    EXPECT_EQ(unread(xml, R"(<r><x ma="1" giaTri="3"><giaTri>1</giaTri><o a="2"/></x><x ma="2"><loai>LK</loai></x></r>)"),
              "@ma=2:1|2 @giaTri=1:3 o/@a=1:2");
}
