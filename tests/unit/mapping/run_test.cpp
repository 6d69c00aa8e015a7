// What a mapping makes of records: values, problems with their places, and where each value came from.
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

/// A whole observation of which a test changes one field.
std::string observing(const std::string& field, const std::string& expression, const std::string& head = "")
{
    std::map<std::string, std::string> fields = {{"indicator", "\"A_I_1\""},
                                                 {"measure", "\"VS_DECEMBER\""},
                                                 {"period", "period(\"2025-03\")"},
                                                 {"area", "area(\"GSO\", \"33\")"},
                                                 {"agency", "agency(\"H31.01\")"},
                                                 {"value", "1"},
                                                 {"unit", "\"%\""}};
    fields[field] = expression;
    std::string out = "mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\n" + head + "observe:\n";
    for (const auto& [name, value] : fields)
        out += "  " + name + ": " + value + "\n";
    return out;
}

struct Ran
{
    Compiled compiled;
    Tree tree;
    std::vector<std::optional<Verdict>> verdicts;
    std::vector<mapping::Trace> traces;  ///< Of the last record.
};

Ran ran(const std::string& mapping, const std::string& document, const std::string& form = "json", const Files& tables = {})
{
    Ran out;
    out.compiled = compile(mapping, tables);
    EXPECT_TRUE(out.compiled.mapping) << out.compiled.sentences();
    auto tree = format(form).read(document, FormatLimits{});
    EXPECT_TRUE(tree) << tree.problem().sentence();
    if (!out.compiled.mapping || !tree)
        return out;
    out.tree = std::move(*tree);
    const auto records = out.compiled.mapping->records(out.tree);
    EXPECT_TRUE(records);
    mapping::Run run(*out.compiled.mapping, out.tree, the_catalogue());
    for (std::uint32_t i = 0; records && i < records->size(); ++i) {
        out.traces.clear();
        out.verdicts.push_back(run.record((*records)[i], i, &out.traces));
    }
    return out;
}

/// The first problem of the first record, as a sentence.
std::string first_problem(const Ran& of)
{
    return of.verdicts.empty() || !of.verdicts[0] || of.verdicts[0]->problems.empty() ? "none"
                                                                                      : of.verdicts[0]->problems[0].sentence();
}

}  // namespace

TEST(Run, PlacesAProblemAtTheNodeItCameFrom)
{
    EXPECT_EQ(first_problem(ran(observing("value", "number(a/gia, locale:vi)"), R"({"r": [{"a": {"gia": "1.25"}}]})")),
              "/r/0/a/gia: not a number in the declared notation; found '1.25'; expected Vietnamese notation, as in 1.250,5 "
              "[number.malformed]");
}

TEST(Run, PlacesWhatIsMissingWhereItWouldStand)
{
    EXPECT_EQ(
        first_problem(ran(observing("value", "number(a/b/gia, locale:vi)"), R"({"r": [{"a": {"b": {}}}]})")),
        "/r/0/a/b/gia: nothing stands where value is read from; expected a number, or an availability that says why there is "
        "none [value.missing]");
    EXPECT_EQ(first_problem(ran(observing("agency", "agency(x/y/z)"), R"({"r": [{"x": {}}]})")),
              "/r/0/x/y/z: nothing stands where agency is read from; expected something there [field.missing]");
}

TEST(Run, NamesTheLineOfTheMapping)
{
    const Ran of = ran(observing("value", "number(gia, locale:vi)"), R"({"r": [{"gia": "x"}]})");
    EXPECT_EQ(of.verdicts[0]->problems[0].rule, "mapping demo/run line 12");
}

TEST(Run, CollectsEveryProblemOfARecord)
{
    const Ran of =
        ran("mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\nobserve:\n  indicator: ma\n  period: month(ky, "
            "\"MM/yyyy\")\n"
            "  area: area(\"GSO\", tinh)\n  agency: agency(dv)\n  value: number(gia, locale:vi)\n  unit: unit\n",
            R"({"r": [{"ky": "2025-03", "tinh": "99", "dv": {}, "gia": "1,5,0"}]})");
    std::vector<std::string> codes;
    for (const Problem& problem : of.verdicts[0]->problems)
        codes.push_back(problem.code);
    EXPECT_EQ(codes,
              (std::vector<std::string>{"field.missing", "period.malformed", "field.type", "number.malformed", "field.missing"}));
    EXPECT_TRUE(of.verdicts[0]->observations.empty()) << "a refused record gives nothing";
}

TEST(Run, TellsAFaultThatManyFieldsShareOnce)
{
    const std::string text = observing("unit", "$u", "tables:\n  t:\nlet:\n  u: lookup(t, ma)\n") + "  source: $u\n";
    const Ran of = ran(text, R"({"r": [{"ma": "x"}, {"ma": "y"}]})", "json", {{"t.csv", "key,v\nA,%\n"}});
    EXPECT_EQ(of.verdicts[0]->problems.size(), 1U);
    EXPECT_EQ(of.verdicts[1]->problems.size(), 1U) << "but once for each record";
}

TEST(Run, WhatTheDocumentGetsWrongRefusesEachOfItsRecords)
{
    const Ran of = ran(observing("period", "month(/ky, \"MM/yyyy\")"), R"({"ky": "13/2025", "r": [{}, {}, {}]})");
    for (const auto& verdict : of.verdicts) {
        ASSERT_EQ(verdict->problems.size(), 1U);
        EXPECT_EQ(verdict->problems[0].place, "/ky");
    }
}

TEST(Run, BlankNullAndAbsentAreMissingAndZeroIsNot)
{
    const std::string text =
        observing("value", "number(gia, locale:plain)") + "  availability: when(present(gia), \"value\", \"not_available\")\n";
    const Ran of = ran(text, R"({"r": [{"gia": ""}, {"gia": "  "}, {"gia": null}, {}, {"gia": 0}]})");
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_EQ(of.verdicts[i]->observations.at(0).availability, Availability::not_available) << i;
    EXPECT_EQ(of.verdicts[4]->observations.at(0).value, "0");
}

TEST(Run, AValueBesideAnAvailabilityThatSaysThereIsNoneIsRefused)
{
    const Ran of = ran(observing("value", "1") + "  availability: \"no_case\"\n", R"({"r": [{}]})");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).code, "value.unexpected");
}

TEST(Run, TheParentIsTheObjectAroundAndAListIsNoLevel)
{
    EXPECT_EQ(ran(observing("source", "../ten"), R"({"ten": "x", "r": [{}]})").verdicts[0]->observations.at(0).source, "x");
    EXPECT_EQ(ran(observing("source", "../../ten"), R"({"ten": "x", "r": [{}]})").verdicts[0]->observations.at(0).source, "");
}

TEST(Run, AnElementThatStandsTwiceIsNotChosenFrom)
{
    std::string text = observing("source", "a/b");
    text.replace(text.find("json"), 4, "xml").replace(text.find("/r/*"), 4, "/r/x");
    const Ran of = ran(text, "<r><x><a><b>1</b><b>2</b></a></x></r>", "xml");
    EXPECT_EQ(first_problem(of),
              "/r[1]/x[1]/a[1]/b[2]: 'a/b' stands more than once; found 'a/b'; expected one, or join(…) of all of them "
              "[field.several]");
}

TEST(Run, NamespacesTellElementsOfOneNameApart)
{
    std::string text = observing("source", "q:b", "namespaces:\n  q: \"urn:q\"\n");
    text.replace(text.find("json"), 4, "xml").replace(text.find("/r/*"), 4, "/r/x");
    const Ran of = ran(text, "<r><x><b>p</b><b xmlns='urn:q'>đúng</b></x></r>", "xml");
    EXPECT_EQ(of.verdicts[0]->observations.at(0).source, "đúng");
}

TEST(Run, DecomposedLettersMeetComposedOnes)
{
    const std::string decomposed = "Hu\xCC\x9Bng Ye\xCC\x82n";
    const Ran of =
        ran(observing("source", "when(ten == \"Hưng Yên\", ten, \"khác\")"), "{\"r\": [{\"ten\": \"" + decomposed + "\"}]}");
    EXPECT_EQ(of.verdicts[0]->observations.at(0).source, "Hưng Yên");
}

TEST(Run, WhatIsNotNeededIsNotLookedAt)
{
    const Ran of = ran(observing("value", "when(gia == \"…\", 0, number(gia, locale:vi))"), R"({"r": [{"gia": "…"}]})");
    EXPECT_TRUE(of.verdicts[0]->accepted()) << first_problem(of);
    const Ran logic = ran(observing("value", "1", "skip: present(a) and number(a, locale:vi) == 1\n"), R"({"r": [{}]})");
    EXPECT_TRUE(logic.verdicts[0]->accepted());
}

TEST(Run, SkipPassesARecordOverAndAFailingSkipRefusesIt)
{
    const Ran of = ran(observing("value", "1", "skip: number(loai, locale:plain) == 9\n"),
                       R"({"r": [{"loai": "9"}, {"loai": "1"}, {"loai": "x"}]})");
    EXPECT_FALSE(of.verdicts[0].has_value());
    EXPECT_TRUE(of.verdicts[1]->accepted());
    EXPECT_EQ(of.verdicts[2]->problems.at(0).code, "number.malformed");
}

TEST(Run, AreasAndAgenciesAreResolvedAsOfThePeriod)
{
    const std::string text = observing("area", "area(\"NAME\", tinh)");
    const Ran before = ran(text, R"({"r": [{"tinh": "Thái Bình"}]})");
    EXPECT_EQ(before.verdicts[0]->observations.at(0).key.area, "GSO:34");
    std::string after = text;
    after.replace(after.find("2025-03"), 7, "2025-09");
    EXPECT_EQ(ran(after, R"({"r": [{"tinh": "Thái Bình"}]})").verdicts[0]->problems.at(0).code, "area.not_valid");
}

TEST(Run, AreasAreFoundBelowAnother)
{
    const std::string within = "area_within(area(\"GSO\", t), x)";
    const auto area = [&](const std::string& expression, const std::string& record, const std::string& period = "2025-03") {
        std::string mapping = observing("area", expression);
        mapping.replace(mapping.find("2025-03"), 7, period);
        const Ran one = ran(mapping, "{\"r\": [" + record + "]}");
        return one.verdicts.at(0)->accepted() ? one.verdicts[0]->observations[0].key.area : first_problem(one);
    };
    EXPECT_EQ(area(within, R"({"t": "14", "x": "Mường Bon"})"), "GSO:04126");
    // A name is not looked for outside the area above it, and codes pass to others.
    EXPECT_NE(area(within, R"({"t": "33", "x": "Mường Bon"})").find("area.unknown"), std::string::npos);
    EXPECT_EQ(area("area_within(area_within(area(\"GSO\", t), h), x)", R"({"t": "14", "h": "Mai Sơn", "x": "Mường Bon"})"),
              "GSO:04126");
    const std::string misspelt = area(within, R"({"t": "14", "x": "Mường Bom"})");
    EXPECT_NE(misspelt.find("Xã Mường Bon (GSO:04126)"), std::string::npos) << misspelt;
    EXPECT_TRUE(misspelt.starts_with("/r/0/x: ")) << misspelt;
    const std::string parent = area(within, R"({"t": "1A", "x": "Mường Bon"})");
    EXPECT_NE(parent.find("area.unknown"), std::string::npos) << parent;
    EXPECT_NE(area(within, R"({"t": "14"})").find("field.missing"), std::string::npos);
    EXPECT_NE(area(within, R"({"x": "Mường Bon"})").find("field.missing"), std::string::npos);
}

TEST(Run, CrosswalksAreTakenAsOfThePeriod)
{
    const auto made = [&](const std::string& field, const std::string& expression, const std::string& code,
                          const std::string& period) {
        std::string mapping = observing(field, expression);
        mapping.replace(mapping.find("2025-03"), 7, period);
        const Ran one = ran(mapping, "{\"r\": [{\"m\": \"" + code + "\"}]}");
        if (!one.verdicts.at(0)->accepted())
            return first_problem(one);
        const SeriesKey& key = one.verdicts[0]->observations[0].key;
        return field == "area" ? key.area : key.agency;
    };
    const std::string to_area = "crosswalk(\"LEVEL_1\", m, \"GSO\")";
    EXPECT_EQ(made("area", to_area, "H38", "2025-06"), "GSO:10");
    EXPECT_EQ(made("area", to_area, "H38", "2025-07"), "GSO:15");
    EXPECT_EQ(made("agency", "crosswalk(\"GSO\", m, \"LEVEL_1\")", "15", "2025-07"), "H38");
    EXPECT_EQ(made("agency", "crosswalk(\"GSO\", m, \"LEVEL_1\")", "14", "2025-07"), "H52");
    const std::string unknown = made("area", to_area, "H37", "2025-07");
    EXPECT_NE(unknown.find("crosswalk.unknown"), std::string::npos) << unknown;
    EXPECT_NE(unknown.find("H38"), std::string::npos) << unknown;
    EXPECT_NE(made("area", to_area, "H16", "2025-07").find("crosswalk.not_valid"), std::string::npos);
    const std::string broader = made("area", "crosswalk(\"ISO_3166_2\", m, \"GSO\")", "VN-02", "2025-07");
    EXPECT_NE(broader.find("crosswalk.inexact"), std::string::npos) << broader;
    EXPECT_NE(broader.find("15 (narrower)"), std::string::npos) << broader;
}

TEST(Run, ADocumentThatForgesAQuestionAsksItInVain)
{
    for (const char* forged :
         {"\\u001d9999999999999999999999\\u001fx", "\\u001d5\\u001fGSO", "\\u001eGSO", "\\u001e\\u001f\\u001f", "\\u001d"}) {
        const Ran one = ran(observing("agency", "agency(m)"), std::string("{\"r\": [{\"m\": \"") + forged + "\"}]}");
        EXPECT_FALSE(one.verdicts.at(0)->accepted()) << forged;
        const Ran area = ran(observing("area", "area(\"NAME\", m)"), std::string("{\"r\": [{\"m\": \"") + forged + "\"}]}");
        EXPECT_FALSE(area.verdicts.at(0)->accepted()) << forged;
    }
}

TEST(Run, TracesSayWhereEachValueCameFrom)
{
    const Ran of = ran(observing("value", "number(gia, locale:vi)"), R"({"r": [{"gia": " 1.250,5 "}]})");
    const auto value =
        std::find_if(of.traces.begin(), of.traces.end(), [](const mapping::Trace& t) { return t.field == "value"; });
    ASSERT_NE(value, of.traces.end());
    EXPECT_EQ(value->place, "/r/0/gia");
    EXPECT_EQ(value->raw, " 1.250,5 ");
    EXPECT_EQ(value->result, "1250.5");
}

TEST(Run, WhatIsMissingStandsWhereItWasReadAndNotInAPartThatWasNotNeeded)
{
    const std::string text = observing("value", "when(k == \"1\", number(a, locale:vi), number(b, locale:vi))");
    EXPECT_EQ(ran(text, R"({"r": [{"k": "1"}]})").verdicts[0]->problems.at(0).place, "/r/0/a");
    EXPECT_EQ(ran(text, R"({"r": [{"k": "2"}]})").verdicts[0]->problems.at(0).place, "/r/0/b");
    EXPECT_EQ(ran(text, R"({"r": [{}]})").verdicts[0]->problems.at(0).place, "/r/0/b") << "a condition gives no value";
    const std::string said = observing("agency", "when(k == \"1\", missing, agency(b))");
    EXPECT_EQ(ran(said, R"({"r": [{"k": "1", "b": "H31"}]})").verdicts[0]->problems.at(0).place, "/r/0/k");
}

TEST(Run, TheTextsOfAJoinThatAreMissingStandAtTheirList)
{
    const std::string text = observing("agency", "agency(join(a/*/b, \"\"))");
    for (const char* record : {"{}", R"({"a": []})", R"({"a": [{}]})", R"({"a": [{"b": null}, {}]})"})
        EXPECT_EQ(ran(text, std::string("{\"r\": [") + record + "]}").verdicts[0]->problems.at(0).place, "/r/0/a") << record;
}

TEST(Run, RecordsThatAreNotThereWouldStandBelowTheRootOfTheirDocument)
{
    std::string text = observing("value", "1");
    text.replace(text.find("json"), 4, "xml").replace(text.find("/r/*"), 4, "/goc/r/x");
    const auto place = [&](const char* document) {
        const auto tree = format("xml").read(document, FormatLimits{});
        return compile(text).mapping->records(*tree).problem().place;
    };
    EXPECT_EQ(place("<goc/>"), "/goc[1]/r[1]/x");
    EXPECT_EQ(place("<khac/>"), "/goc/r/x");
}

TEST(Run, AConditionOfConditionsHoldsOrDoesNotAndIsNeverMissing)
{
    const std::string none = "when(present(a), true, missing)", holds = "not present(a)", fails = "present(a)";
    for (const std::string& condition : {none + " and " + holds, holds + " and " + none, none + " or " + fails, fails + " or " + none})
        EXPECT_EQ(ran(observing("source", "when(present(" + condition + "), \"nói\", \"không\")"), R"({"r": [{}]})")
                      .verdicts[0]
                      ->observations.at(0)
                      .source,
                  "nói")
            << condition;
}

TEST(Run, AnEmptyTextIsMissingWhoeverMadeIt)
{
    for (const char* expression :
         {"\"\"", "trim(\" \")", "split(\"a..b\", \".\", 2)", "format(period(\"2025\"), \"\")", "concat(\"\", a)"})
        EXPECT_EQ(ran(observing("source", std::string("default(") + expression + ", \"không có\")"), R"({"r": [{"a": "x"}]})")
                      .verdicts[0]
                      ->observations.at(0)
                      .source,
                  "không có")
            << expression;
    EXPECT_EQ(ran(observing("source", "when(a == \"\", \"trống\", a)"), R"({"r": [{"a": " "}]})")
                  .verdicts[0]
                  ->observations.at(0)
                  .source,
              "trống");
}

TEST(Run, EveryPartOfAWindowAndOfAnAreaWithinIsLookedAt)
{
    const std::string window = "window(date(a, \"d/M/yyyy\"), date(b, \"d/M/yyyy\"))";
    EXPECT_EQ(ran(observing("window", window), R"({"r": [{"b": "x"}]})").verdicts[0]->problems.at(0).place, "/r/0/b");
    EXPECT_EQ(ran(observing("window", window), R"({"r": [{"a": "x", "b": "y"}]})").verdicts[0]->problems.at(0).place, "/r/0/a");
    EXPECT_TRUE(ran(observing("window", window), R"({"r": [{"b": "1/2/2025"}]})").verdicts[0]->accepted());
    EXPECT_EQ(ran(observing("area", "area_within(area(t), x)"), R"({"r": [{"t": "14"}]})").verdicts[0]->problems.at(0).code,
              "area.malformed");
}

TEST(Run, WhatTheMappingItselfGetsWrongStandsAtEachRecordThatAsks)
{
    const Ran of = ran(observing("value", "number(\"một\", locale:vi)"), R"({"r": [{}, {}]})");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).place, "/r/0");
    EXPECT_EQ(of.verdicts[1]->problems.at(0).place, "/r/1");
}

TEST(Run, AnAvailabilityThatIsNotKnownSaysNothingAboutTheValue)
{
    const Ran of = ran(observing("value", "number(a, locale:vi)") + "  availability: c\n", R"({"r": [{"c": "?"}]})");
    ASSERT_EQ(of.verdicts[0]->problems.size(), 1U);
    EXPECT_EQ(of.verdicts[0]->problems[0].code, "availability.unknown");
}

TEST(Run, AKeyIsNoPlaceForAWholeDocumentEither)
{
    const Ran of = ran("mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\nfact: x\nkey: a\n",
                       "{\"r\": [{\"a\": \"" + std::string(5000, 'x') + "\"}]}");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).code, "field.too_long");
}

TEST(Run, ABlankIsOneWhereverItIsLookedFor)
{
    EXPECT_EQ(ran(observing("source", "trim(split(a, \":\", 2))"), "{\"r\": [{\"a\": \"x:\xC2\xA0y\"}]}")
                  .verdicts[0]
                  ->observations.at(0)
                  .source,
              "y");
    EXPECT_EQ(ran(observing("source", "default(a/b, \"không\")"), "{\"r\": [{\"a\": \"\xC2\xA0\"}]}")
                  .verdicts[0]
                  ->observations.at(0)
                  .source,
              "không");
}

TEST(Run, AMemberWithAnAtSignIsAnAttributeInAJoinToo)
{
    EXPECT_EQ(ran(observing("source", "join(a/*/@b, \"-\")"), R"({"r": [{"a": [{"@b": "x"}, {"@b": "y"}]}]})")
                  .verdicts[0]
                  ->observations.at(0)
                  .source,
              "x-y");
}

TEST(Run, NamesPatternsAndSeparatorsMeetInEitherForm)
{
    const std::string decomposed = "te\xCC\x82n", composed = "tên";
    const auto source = [&](const std::string& expression, const std::string& document) {
        return ran(observing("source", expression), document).verdicts[0]->observations.at(0).source;
    };
    for (const std::string& written : {decomposed, composed})
        for (const std::string& sent : {decomposed, composed}) {
            EXPECT_EQ(source(written, "{\"r\": [{\"" + sent + "\": \"x\"}]}"), "x");
            EXPECT_EQ(source("split(a, \"" + written + "\", 2)", "{\"r\": [{\"a\": \"x" + sent + "y\"}]}"), "y");
        }
}

TEST(Run, AMomentBeyondTheYearsOfPeriodsIsRefused)
{
    for (const char* moment : {"9999-12-31T23:59:59Z", "2999-12-31T17:00:00Z", "0001-01-01T00:00:00Z", "1899-12-31T16:59:59Z"})
        EXPECT_EQ(ran(observing("period", "month(datetime(a))"), std::string("{\"r\": [{\"a\": \"") + moment + "\"}]}")
                      .verdicts[0]
                      ->problems.at(0)
                      .code,
                  "date.malformed")
            << moment;
    EXPECT_TRUE(
        ran(observing("period", "month(datetime(a))"), R"({"r": [{"a": "2999-12-31T16:59:59Z"}]})").verdicts[0]->accepted());
}

TEST(Run, TheConditionThatChoseAWrittenValueIsItsFirstPath)
{
    const Ran of = ran(observing("vintage", "when(a == \"1\" and b == \"2\", split(\"x-zzz\", \"-\", 2), \"official\")"),
                       R"({"r": [{"a": "1", "b": "2"}]})");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).place, "/r/0/a");
}

TEST(Run, ARecordThatTakesTooManyStepsIsRefused)
{
    std::string many = "[";
    for (int i = 0; i < 200'000; ++i)
        many += i == 0 ? "1" : ",1";
    const Ran of = ran(observing("source", "join(a/*, \"\")"), "{\"r\": [{\"a\": " + many + "]}]}");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).code, "record.budget");
}

TEST(Run, TheTextsMadeOfARecordAreBounded)
{
    const std::string grown =
        "mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\nlet:\n  a: concat(t, t)\n  b: concat($a, $a, $a, $a, $a, "
        "$a, $a, $a)\n"
        "  c: concat($b, $b, $b, $b, $b, $b, $b, $b)\n  d: concat($c, $c, $c, $c, $c, $c, $c, $c)\n  e: concat($d, $d, $d, $d, "
        "$d, $d, $d, $d)\n"
        "fact: x\nkey: k\nset:\n  o: when(present($e), \"có\", \"không\")\n";
    const auto of = [&](std::size_t bytes) {
        return ran(grown, "{\"r\": [{\"k\": \"1\", \"t\": \"" + std::string(bytes, 'x') + "\"}, {\"k\": \"2\", \"t\": \"y\"}]}")
            .verdicts;
    };
    EXPECT_TRUE(of(100)[0]->accepted());
    const auto refused = of(200);
    EXPECT_EQ(refused[0]->problems.at(0).code, "record.budget");
    EXPECT_EQ(refused[0]->problems.at(0).place, "/r/0/t");
    EXPECT_TRUE(refused[1]->accepted()) << "the next record has a budget of its own";
    const std::string shared =
        "mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\nlet:\n  a: concat(/t, /t)\n  b: concat($a, $a)\n"
        "fact: x\nkey: k\nset:\n  o: when(present($b), \"có\", \"không\")\n";
    const auto whole = ran(shared, "{\"t\": \"" + std::string(300'000, 'x') + R"(", "r": [{"k": "1"}, {"k": "2"}]})").verdicts;
    EXPECT_EQ(whole[0]->problems.at(0).code, "record.budget");
    EXPECT_EQ(whole[1]->problems.at(0).place, "/t");
}

TEST(Run, AJoinOfAHugeListIsBounded)
{
    std::string many;
    for (int i = 0; i < 2'000; ++i)
        many += (i == 0 ? "\"" : ",\"") + std::string(1000, 'x') + "\"";
    const Ran of = ran(observing("source", "split(join(a/*, \"-\"), \"-\", 1)"), "{\"r\": [{\"a\": [" + many + "]}]}");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).code, "record.budget");
}

TEST(Run, LookingForThePlacesOfWhatIsMissingHasABudgetToo)
{
    std::string record = "{\"k\": \"1\"";
    for (int i = 0; i < 30'000; ++i)
        record += ",\"m" + std::to_string(i) + "\": 1";
    std::string text =
        "mapping: demo/run\nversion: 1\nformat: json\nrecords: /r/*\nobserve:\n  indicator: a\n  period: period(\"2025-03\")\n"
        "  area: area(\"GSO\", \"33\")\n  agency: agency(b)\n  value: number(c, locale:vi)\n  unit: \"%\"\n";
    const Ran of = ran(text, "{\"r\": [" + record + "}]}");
    std::vector<std::string> places;
    for (const Problem& problem : of.verdicts[0]->problems)
        places.push_back(problem.place);
    EXPECT_EQ(places, (std::vector<std::string>{"/r/0/a", "/r/0", "/r/0"}));
}

TEST(Run, AFieldIsNoPlaceForAWholeDocument)
{
    const Ran of = ran(observing("source", "a"), "{\"r\": [{\"a\": \"" + std::string(5000, 'x') + "\"}]}");
    EXPECT_EQ(of.verdicts[0]->problems.at(0).code, "field.too_long");
}

TEST(Run, RecordsThatAreNotThereAreOneProblemAndAnEmptyListMayBeAllowed)
{
    const Compiled strict = compile(observing("value", "1")), lenient = compile(observing("value", "1", "empty: allowed\n"));
    const auto empty = format("json").read(R"({"r": []})", FormatLimits{});
    const auto other = format("json").read(R"({"q": []})", FormatLimits{});
    EXPECT_EQ(strict.mapping->records(*empty).problem().sentence(),
              "/r: the document has no records; expected records at /r/* [message.no_records]");
    EXPECT_TRUE(lenient.mapping->records(*empty));
    EXPECT_EQ(lenient.mapping->records(*other).problem().code, "message.no_records");
}

TEST(Run, PlacesOfManyRecordsAreFoundInOnePass)
{
    std::string document = "{\"r\": [{}";
    for (int i = 1; i < 20'000; ++i)
        document += ",{\"gia\": \"x\"}";
    const Ran of = ran(observing("value", "number(gia, locale:vi)"), document + "]}");
    EXPECT_EQ(of.verdicts.back()->place, "/r/19999");
    EXPECT_EQ(of.verdicts.back()->problems.at(0).place, "/r/19999/gia");
}

TEST(Mapping, TheDigestFollowsTheFileAndItsTables)
{
    const std::string text = observing("unit", "lookup(t, dv)", "tables:\n  t:\n");
    const auto digest = [](const std::string& m, const std::string& t) {
        const Compiled compiled = compile(m, {{"t.csv", t}});
        return compiled.mapping ? compiled.mapping->digest() : compiled.sentences();
    };
    const std::string one = digest(text, "k,v\na,%\n");
    EXPECT_EQ(digest(text, "k,v\na,%\n"), one);
    EXPECT_NE(digest(text, "k,v\na,PERCENT\n"), one);
    EXPECT_NE(digest(text + "# x\n", "k,v\na,%\n"), one);
}

TEST(Run, TextOfALegacyEncodingIsConvertedAndMarkedWithItsPlace)
{
    const std::string mapping = "mapping: demo/legacy\nversion: 1\nformat: json\nrecords: /r/*\nfact: row\nkey: ma\n"
                                "set:\n  ten: legacy(ten)\n";
    const Ran of = ran(mapping, R"({"r": [{"ma": "1", "ten": "DiÖn tÝch gieo trång"}, {"ma": "2", "ten": "Néi"},
                                          {"ma": "3", "ten": "UBND"}, {"ma": "4", "ten": "DiÖn tÝch"}, {"ma": "5", "ten": "DiÖn tÝch"}]})");
    ASSERT_EQ(of.verdicts.size(), 5U);
    for (const std::size_t again : {3U, 4U})
        EXPECT_EQ(of.verdicts[again]->findings.size(), 1U) << "the same text again is found again";
    const Verdict& first = *of.verdicts[0];
    ASSERT_TRUE(first.accepted());
    EXPECT_EQ(first.facts[0].fields[0].second, "Diện tích gieo trồng");
    ASSERT_EQ(first.findings.size(), 1U);
    EXPECT_EQ(first.findings[0].code, "text.encoding_converted");
    EXPECT_EQ(first.findings[0].place, "/r/0/ten");
    EXPECT_EQ(first.findings[0].found, "DiÖn tÝch gieo trång");
    EXPECT_EQ(first.findings[0].rule, "mapping demo/legacy line 8");
    EXPECT_EQ(of.verdicts[1]->facts[0].fields[0].second, "Nội") << "decided by its neighbour";
    EXPECT_EQ(of.verdicts[1]->findings.size(), 1U);
    EXPECT_TRUE(of.verdicts[2]->findings.empty());
}

TEST(Records, APathThatMissesThemSaysWhatIsNear)
{
    const auto refused = [](const std::string& path, const std::string& form, const std::string& document) {
        const auto compiled = compile("mapping: demo/r\nversion: 1\nformat: " + form + "\nrecords: " + path + "\nfact: row\nkey: ma\n");
        EXPECT_TRUE(compiled.mapping) << compiled.sentences();
        const auto tree = format(form).read(document, FormatLimits{});
        EXPECT_TRUE(tree.ok());
        const auto records = compiled.mapping->records(*tree);
        return records ? std::string("found") : records.problem().sentence();
    };
    const std::string json = R"({"ky": 1, "duLieu": [{"ma": "a"}]})";
    EXPECT_EQ(refused("/duLieu/*", "json", json), "found");
    EXPECT_EQ(refused("/duLieu", "json", json),
              "/duLieu: the path of the records leads to a list, not to what stands in it; found '/duLieu'; expected /duLieu/* [message.no_records]");
    EXPECT_EQ(refused("/", "json", "[1]"),
              "the path of the records leads to a list, not to what stands in it; found '/'; expected /* [message.no_records]");
    EXPECT_EQ(refused("/nam/*/thang", "json", R"({"nam": [{"thang": []}, {"thang": [1]}]})"),
              "/nam/0/thang: the path of the records leads to a list, not to what stands in it; found '/nam/*/thang'; expected /nam/*/thang/*"
              " [message.no_records]");
    EXPECT_EQ(refused("/nam/*/thang", "json", R"({"nam": [{"thang": {"so": 1}}, {"thang": [1]}]})"), "found") << "one of two is wrong";
    EXPECT_EQ(refused("/*", "json", "[[1, 2]]"), "found") << "an item that is a list is a wrong record";
    EXPECT_EQ(refused("/dulieu/*", "json", json),
              "/dulieu: the document has no records; expected records at /dulieu/*; there is 'duLieu' [message.no_records]");
    EXPECT_EQ(refused("/xyz/*", "json", json), "/xyz: the document has no records; expected records at /xyz/* [message.no_records]");
    EXPECT_EQ(refused("/BaoCao/chiTieu", "xml", "<BaoCao><ChiTieu/></BaoCao>"),
              "/BaoCao[1]/chiTieu[1]: the document has no records; expected records at /BaoCao/chiTieu; there is 'ChiTieu' [message.no_records]");
    EXPECT_EQ(refused("/Baocao/ChiTieu", "xml", "<BaoCao><ChiTieu/></BaoCao>"),
              "/Baocao/ChiTieu: the document has no records; expected records at /Baocao/ChiTieu; there is 'BaoCao' [message.no_records]");
}

TEST(Table, ColumnsMayBePartedBySemicolons)
{
    const std::string mapping = "mapping: demo/t\nversion: 1\nformat: json\nrecords: /r/*\ntables:\n  codes:\nfact: row\nkey: lookup(codes, ma)\n";
    EXPECT_TRUE(compile(mapping, {{"codes.csv", "key;value;name\r\na;b;\"x, y; z\"\r\n"}}).mapping);
    EXPECT_TRUE(compile(mapping, {{"codes.csv", "key,value;name\na,b\n"}}).mapping) << "a comma decides";
}
