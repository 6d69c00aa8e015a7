// Reading record by record gives the verdicts that reading the whole document gives.
#include "hub/workshop/workshop.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace lienthong;
using namespace lienthong::testing;
namespace fs = std::filesystem;

namespace {

const workshop::Scope anything{{"*"}, ""};

std::string read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

std::string text_of(const std::vector<Verdict>& verdicts)
{
    return workshop::encode(workshop::Outcome{verdicts, "", ""});
}

/// Rules between figures need all records of a message, so that reading one by one cannot judge by them.
std::string text_without_rules(std::vector<Verdict> verdicts)
{
    for (Verdict& verdict : verdicts)
        for (std::vector<Problem>* list : {&verdict.problems, &verdict.findings})
            std::erase_if(*list, [](const Problem& problem) { return problem.code.starts_with("rule."); });
    return text_of(verdicts);
}

/// The verdicts record by record, the document coming in pieces of that size; a refused document's sentence.
std::string streamed(const mapping::Mapping& mapping, std::string_view document, std::size_t piece)
{
    std::vector<Verdict> verdicts;
    MemorySource source(document, piece);
    const auto read = workshop::examine(mapping, format(mapping.format()), source, the_catalogue(), anything, FormatLimits{}, [&](Verdict&& verdict) {
        verdicts.push_back(std::move(verdict));
        return true;
    });
    return read ? text_without_rules(std::move(verdicts)) : read.problem().sentence();
}

std::string whole(const mapping::Mapping& mapping, std::string_view document)
{
    return text_of(workshop::examine(mapping, format(mapping.format()), document, the_catalogue(), anything).verdicts);
}

const char* const json_mapping = R"(mapping: t/json
version: 1
format: json
records: /nam/*/thang/*
let:
  ky: month(concat(../nam, "-", thang), "yyyy-M")
skip: (boQua == "x")
observe:
  indicator: "A_X_3"
  measure: "ACCIDENTS"
  period: $ky
  area: area("GSO", /tinh)
  agency: agency(default(donVi, /cuoi/donVi))
  value: number(soVu, locale:vi)
  unit: "vụ"
  source: /nguon
)";

const char* const xml_mapping = R"(mapping: t/xml
version: 1
format: xml
records: /bao/nam/thang
skip: (@boQua == "x")
observe:
  indicator: "A_X_3"
  measure: "ACCIDENTS"
  period: month(concat(../@nam, "-", @thang), "yyyy-M")
  area: area("GSO", /bao/tinh)
  agency: agency(default(donVi, /bao/cuoi/@donVi))
  value: number(soVu, locale:vi)
  unit: "vụ"
  source: /bao/nguon
)";

/// A document of records of many sizes, good and bad, with what the mapping reads of it before and behind them.
std::string generated(std::mt19937& random, bool xml)
{
    const auto draw = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    std::string out = xml ? "<bao>\n <tinh>33</tinh>" : "{\"tinh\": \"33\",\n \"nam\": [";
    const unsigned years = 1 + draw(4);
    for (unsigned year = 0; year < years; ++year) {
        const std::string number = std::to_string(2020 + year);
        out += xml ? "\n <nam nam=\"" + number + "\">" : std::string(year == 0 ? "" : ", ") + "{\"nam\": " + number + ",\n  \"thang\": [";
        const unsigned months = draw(13) * (draw(20) == 0 ? 0 : 1);
        for (unsigned month = 1; month <= months; ++month) {
            const std::string value = draw(6) == 0 ? "mười" : std::to_string(draw(5000)) + (draw(2) == 0 ? ",5" : "");
            const std::string note(draw(40) == 0 ? 30'000 : draw(50), draw(3) == 0 ? '\n' : 'x');
            const std::string skip = draw(9) == 0 ? "x" : "", agency = draw(7) == 0 ? "H99" : "H31.04";
            if (xml)
                out += "\n  <thang thang=\"" + std::to_string(month) + "\" boQua=\"" + skip + "\"><soVu>" + value + "</soVu>" +
                       (draw(3) == 0 ? "<donVi>" + agency + "</donVi>" : "") + "<ghiChu>" + note + "</ghiChu></thang>" + (draw(5) == 0 ? "<!-- giữa -->" : "");
            else
                out += std::string(month == 1 ? "" : draw(2) == 0 ? "," : " ,\n") + "{\"thang\": " + std::to_string(month) + ", \"boQua\": \"" + skip +
                       "\", \"soVu\": \"" + value + "\"" + (draw(3) == 0 ? ", \"donVi\": \"" + agency + "\"" : "") + ", \"ghiChu\": \"" +
                       (note.find('\n') == std::string::npos ? note : "\\u1ea1\\\"]}") + "\"}";
        }
        out += xml ? "</nam>" : "]}";
    }
    return out + (xml ? "<cuoi donVi=\"H31.02\"/><nguon>đây</nguon></bao>" : "], \"cuoi\": {\"donVi\": \"H31.02\"}, \"nguon\": \"đây\"}");
}

}  // namespace

TEST(Streaming, AgreesWithWholeReadingOnGeneratedDocuments)
{
    std::mt19937 random(7);
    for (const bool xml : {false, true}) {
        const Compiled compiled = compile(xml ? xml_mapping : json_mapping);
        ASSERT_TRUE(compiled.mapping) << compiled.sentences();
        EXPECT_TRUE(compiled.mapping->whole_only().empty());
        for (int i = 0; i < 25; ++i) {
            const std::string document = generated(random, xml);
            const std::string expected = whole(*compiled.mapping, document);
            if (expected.find("message.no_records") != std::string::npos)
                continue;
            for (const std::size_t piece : {1UL, 13UL, 4096UL, document.size()})
                ASSERT_EQ(streamed(*compiled.mapping, document, piece), expected) << document.substr(0, 2000);
        }
    }
}

TEST(Streaming, AgreesWithWholeReadingOnEverySampleThatShips)
{
    std::size_t compared = 0;
    for (const auto& entry : fs::recursive_directory_iterator(LIENTHONG_SOURCE_DIR "/mappings")) {
        if (entry.path().extension() != ".yaml" || entry.path().parent_path().filename() == "computed")
            continue;
        std::vector<Problem> problems, findings;
        const auto mapping = mapping::Mapping::load(entry.path().string(), the_catalogue(), pretend_digest, problems, findings);
        ASSERT_TRUE(mapping) << entry.path();
        if (mapping->renders() || mapping->format().starts_with("edxml") || !mapping->whole_only().empty() ||
            !format(mapping->format()).streams(mapping->record_path(), mapping->layout()))
            continue;
        for (const auto& sample : workshop::samples_beside(entry.path().string())) {
            const std::string document = read_file(sample.sample), expected = whole(*mapping, document);
            // With blanks behind it the message is so large that it is read record by record.
            EXPECT_EQ(whole(*mapping, document + std::string(workshop::stream_from_bytes, '\n')), expected) << sample.sample;
            ++compared;
            if (expected.find("record.duplicate_key") != std::string::npos)  // only a message remembers its series keys
                continue;
            const std::string one_by_one =
                text_without_rules(workshop::examine(*mapping, format(mapping->format()), document, the_catalogue(), anything).verdicts);
            for (const std::size_t piece : {1UL, 100UL, 65536UL})
                EXPECT_EQ(streamed(*mapping, document, piece), one_by_one) << sample.sample;
        }
    }
    EXPECT_GE(compared, 12U);
}

TEST(Streaming, AgreesWithWholeReadingOnSeriesOfSdmxJson)
{
    // What holds for a series, and for groups of them, stands behind it; of 40 areas the structure has 38.
    const Compiled compiled = compile("mapping: t/sdmx\nversion: 1\nformat: sdmx-json\nrecords: /observations/*\nfact: row\nkey: concat(AREA, \"|\", T)\n"
                                      "set:\n  v: number(OBS_VALUE, locale:plain)\n  u: U\n  g: default(G, \"-\")\n  s: /dataset/structure\n");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    const auto values = [](const char* what, unsigned count) {
        std::string out;
        for (unsigned i = 0; i < count; ++i)
            out += (i == 0 ? "" : ",") + std::string("{\"") + what + "\": \"" + std::to_string(1000 + i) + "\"}";
        return out;
    };
    std::string series;
    for (unsigned area = 0; area < 40; ++area) {
        series += (area == 0 ? "\"" : ",\n\"") + std::to_string(area) + "\": {\"observations\": {";
        for (unsigned month = 0; month < 100; ++month)
            series += (month == 0 ? "\"" : ", \"") + std::to_string(month) + "\": [" + (month % 50 == 7 ? "\"x\"" : std::to_string(month) + ".5") + "]";
        series += "}, \"attributes\": [" + std::to_string(area % 3) + "]}";
    }
    const std::string document = "{\"data\": {\"dataSets\": [{\"series\": {" + series + "}, \"dimensionGroupAttributes\": {\"3:\": [\"ba\"], \"5:\": [\"năm\"]}}],\n" +
                                 "\"structures\": [{\"links\": [{\"urn\": \"u=VN:S(1.0)\"}], \"dimensions\": {\"series\": [{\"id\": \"AREA\", \"keyPosition\": 0, \"values\": [" +
                                 values("id", 38) + "]}], \"observation\": [{\"id\": \"T\", \"keyPosition\": 1, \"values\": [" + values("value", 99) +
                                 "]}]}, \"attributes\": {\"series\": [{\"id\": \"U\", \"values\": [" + values("id", 2) + "]}], \"dimensionGroup\": [{\"id\": \"G\"}]}}]}}";
    const std::string expected = whole(*compiled.mapping, document);
    EXPECT_NE(expected.find("/data/dataSets/0/series/5/observations/3"), std::string::npos);
    for (const char* code : {"format.sdmx.key", "năm", "ba"})
        EXPECT_NE(expected.find(code), std::string::npos) << code;
    for (const std::size_t piece : {13UL, 4096UL})
        EXPECT_TRUE(streamed(*compiled.mapping, document, piece) == expected) << piece;
    EXPECT_TRUE(whole(*compiled.mapping, document + std::string(workshop::stream_from_bytes, '\n')) == expected);
}

TEST(Streaming, ALargeMessageGetsTheVerdictsOfASmallOne)
{
    // The same records with and without blanks behind them, which take the message over the size from which records are read one by one.
    const Compiled compiled = compile(json_mapping);
    std::string document = R"({"tinh": "33", "nam": [{"nam": 2024, "thang": [{"thang": 1, "soVu": "1"}, {"thang": 1, "soVu": "2"}, {"thang": 13}, 7)";
    const std::string rest = R"(]}], "nguon": "đây", "cuoi": {"donVi": "H31.02"}})";
    const std::string large = document + std::string(workshop::stream_from_bytes, ' ') + rest;
    const auto of = [&](const std::string& payload) {
        return workshop::examine(*compiled.mapping, format("json"), payload, the_catalogue(), anything);
    };
    EXPECT_EQ(text_of(of(large).verdicts), text_of(of(document + rest).verdicts));
    ASSERT_EQ(of(large).verdicts.size(), 4U);
    EXPECT_TRUE(of(large).verdicts[0].accepted());
    EXPECT_EQ(of(large).verdicts[1].problems.front().code, "record.duplicate_key");
    // What is wrong at its very end refuses a large message whole, in the words of whole reading.
    const auto cut = of(large.substr(0, large.size() - 1));
    ASSERT_EQ(cut.verdicts.size(), 1U);
    EXPECT_EQ(cut.verdicts[0].problems.front().code, "format.json.syntax");
    EXPECT_EQ(cut.verdicts[0].problems.front().rule, "mapping t/json");
}

TEST(Streaming, TooManyRecordsAreCountedToTheLast)
{
    const Compiled compiled = compile("mapping: t/lines\nversion: 1\nformat: ndjson\nrecords: /*\nfact: row\nkey: k\nset:\n  a: a\n");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    std::string document;
    for (std::size_t i = 0; i < workshop::most_records + 7; ++i)
        document += "{\"k\": " + std::to_string(i) + ", \"a\": \"" + std::string(300, 'x') + "\"}\n";
    ASSERT_GT(document.size(), workshop::stream_from_bytes);
    const auto out = workshop::examine(*compiled.mapping, format("ndjson"), document, the_catalogue(), anything);
    ASSERT_EQ(out.verdicts.size(), 1U);
    EXPECT_EQ(out.verdicts[0].problems.front().code, "message.too_many_records");
    EXPECT_EQ(out.verdicts[0].problems.front().found, std::to_string(workshop::most_records + 7));
    EXPECT_EQ(out.verdicts[0].problems.front().place, "1:1");
}

TEST(Streaming, MappingsThatReachIntoOtherRecordsAreToldWhere)
{
    const auto told = [](const std::string& kind, const std::string& records, const std::string& path) {
        const Compiled compiled =
            compile("mapping: t/reach\nversion: 1\nformat: " + kind + "\nrecords: " + records + "\nfact: row\nkey: k\nset:\n  a: " + path + "\n");
        EXPECT_TRUE(compiled.mapping) << compiled.sentences();
        const auto& why = compiled.mapping->whole_only();
        return why.empty() ? std::string() : why.front().code + " " + why.front().place + " " + why.front().found;
    };
    EXPECT_EQ(told("json", "/duLieu/*", "/duLieu/0/a"), "mapping.whole_only m.yaml:8:6 /duLieu/0/a");
    EXPECT_EQ(told("json", "/duLieu/*", "default(/ky, /duLieu/1)"), "mapping.whole_only m.yaml:8:19 /duLieu/1");
    EXPECT_EQ(told("json", "/duLieu/*", "join(/duLieu/*, \";\")"), "mapping.whole_only m.yaml:8:11 /duLieu/*");
    EXPECT_EQ(told("json", "/duLieu/*", "../duLieu/3"), "mapping.whole_only m.yaml:8:6 ../duLieu/3");
    EXPECT_EQ(told("json", "/duLieu/*", "../ky"), "");
    EXPECT_EQ(told("json", "/duLieu/*", "/ky/duLieu"), "");
    EXPECT_EQ(told("json", "/a/*/b/*", "../c"), "");
    EXPECT_EQ(told("json", "/a/*/b/*", "../../a/0/c"), "");
    EXPECT_EQ(told("json", "/a/*/b/*", "../../a/0/b/1"), "mapping.whole_only m.yaml:8:6 ../../a/0/b/1");
    EXPECT_EQ(told("xml", "/bao/dong", "../dong/@x"), "mapping.whole_only m.yaml:8:6 ../dong/@x");
    EXPECT_EQ(told("xml", "/bao/dong", "../@x"), "");
    EXPECT_EQ(told("xml", "/bao/dong", "../dau"), "");
    EXPECT_EQ(told("xml", "/bao/*", "../dau"), "mapping.whole_only m.yaml:8:6 ../dau");
    const Compiled compiled = compile("mapping: t/reach\nversion: 1\nformat: json\nrecords: /*\nfact: row\nkey: k\nset:\n  a: /0/a\n");
    EXPECT_EQ(streamed(*compiled.mapping, "[]", 10), compiled.mapping->whole_only().front().sentence());
    EXPECT_NE(whole(*compiled.mapping, "[{\"k\": 1, \"a\": 2}]").find("mapping"), 0U);
}

TEST(Streaming, ADocumentWithoutRecordsIsRefusedAsItIsWhole)
{
    const Compiled compiled = compile(json_mapping);
    EXPECT_NE(streamed(*compiled.mapping, R"({"nam": [{"thang": []}]})", 4).find("[message.no_records]"), std::string::npos);
    EXPECT_NE(streamed(*compiled.mapping, R"({"nam": []})", 4).find("/nam/*/thang"), std::string::npos);
}
