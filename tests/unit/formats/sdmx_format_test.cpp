// SDMX in its three forms: one shape comes out of all, and what is wrong is told where it stands.
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using adapters::SdmxCsvFormat;
using adapters::SdmxJsonFormat;
using adapters::SdmxMlFormat;

namespace {

constexpr const char* message_space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";

/// A message around a dataset, with a header that names the structure.
std::string ml(const std::string& dataset, const std::string& own_dimension = "TIME_PERIOD", const std::string& attributes = "")
{
    return R"(<m:StructureSpecificData xmlns:m=")" + std::string(message_space) +
           R"(" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:ID>A1</m:ID><m:Test>false</m:Test><m:Prepared>2025-04-01T08:00:00Z</m:Prepared><m:Sender id="H31"/><m:Structure structureID="S" dimensionAtObservation=")" +
           own_dimension + R"("><c:Structure><Ref agencyID="VN" id="SO_LIEU" version="1.2"/></c:Structure></m:Structure></m:Header>
<m:DataSet ss:structureRef="S" ss:action="Append" xsi:type="n:DataSetType")" +
           attributes + ">" + dataset + "</m:DataSet></m:StructureSpecificData>";
}

/// A JSON message: a structure of FREQ and AREA at the series, TIME_PERIOD at the observation.
std::string json(const std::string& dataset, const std::string& more_structure = "")
{
    return R"j({"meta": {"id": "A1", "prepared": "2025-04-01T08:00:00Z", "sender": {"id": "H31"}}, "data": {"structures": [{
"links": [{"rel": "datastructure", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=VN:SO_LIEU(1.2)"}],
"dimensions": {"series": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "M"}]}, {"id": "AREA", "keyPosition": 1, "values": [{"id": "33"}, {"id": "67"}]}],
 "observation": [{"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"value": "2025-01"}, {"value": "2025-02"}]}]},
"measures": {"observation": [{"id": "OBS_VALUE"}]},
"attributes": {"dataSet": [{"id": "COMMENT", "values": [{"value": "thử"}]}], "dimensionGroup": [{"id": "TITLE"}],
 "series": [{"id": "UNIT_MULT", "values": [{"id": "0"}, {"id": "9"}]}], "observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "E"}]}]})j" +
           more_structure + R"(}], "dataSets": [{"structure": 0, "action": "Append", )" + dataset + "}]}}";
}

const std::string csv_header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS\n";

/// One line for each observation: its members, and the code and place of its fault.
std::vector<std::string> observations(const Result<Tree>& tree)
{
    std::vector<std::string> out;
    if (!tree) {
        ADD_FAILURE() << tree.problem().sentence();
        return out;
    }
    const NodeId list = tree->child(root_node, "observations");
    for (NodeId id = tree->node(list).first_child; id != no_node; id = tree->node(id).next) {
        std::vector<std::string> members;
        for (NodeId m = tree->node(id).first_child; m != no_node; m = tree->node(m).next)
            members.push_back(std::string(tree->node(m).name) + "=" + std::string(tree->node(m).text));
        std::sort(members.begin(), members.end());
        std::string line;
        for (const std::string& member : members)
            line += (line.empty() ? "" : " ") + member;
        if (const Problem* fault = tree->fault(id))
            line += " !" + fault->code + " " + fault->place;
        out.push_back(line);
    }
    return out;
}

std::string place_of(const Result<Tree>& tree, std::size_t observation, std::string_view member = {})
{
    NodeId id = tree->node(tree->child(root_node, "observations")).first_child;
    for (; observation > 0; --observation)
        id = tree->node(id).next;
    return tree->place(member.empty() ? id : tree->child(id, member));
}

std::string refusal(const Result<Tree>& tree)
{
    return tree ? "read" : tree.problem().code + " " + tree.problem().place;
}

const FormatLimits limits;

}  // namespace

TEST(Sdmx, ThreeFormsOfTheSameDataHaveOneShape)
{
    const std::vector<std::string> expected = {
        "AREA=33 COMMENT=thử FREQ=M OBS_STATUS=A OBS_VALUE=1.50 TIME_PERIOD=2025-01 TITLE=Giá UNIT_MULT=9 action=append",
        "AREA=33 COMMENT=thử FREQ=M OBS_STATUS=E OBS_VALUE=2 TIME_PERIOD=2025-02 TITLE=Giá UNIT_MULT=9 action=append",
        "AREA=67 COMMENT=thử FREQ=M OBS_VALUE=-3 TIME_PERIOD=2025-01 UNIT_MULT=0 action=append"};
    const auto from_ml = SdmxMlFormat().read(ml(R"(<Group xsi:type="n:G" AREA="33" FREQ="M" TITLE="Giá"/>
<Series FREQ="M" AREA="33" UNIT_MULT="9"><Obs TIME_PERIOD="2025-01" OBS_VALUE="1.50" OBS_STATUS="A"/><Obs TIME_PERIOD="2025-02" OBS_VALUE="2" OBS_STATUS="E"/></Series>
<Series FREQ="M" AREA="67" UNIT_MULT="0"><Obs TIME_PERIOD="2025-01" OBS_VALUE="-3"/></Series>)",
                                                "TIME_PERIOD", R"( COMMENT="thử")"),
                                             limits);
    EXPECT_EQ(observations(from_ml), expected);
    const auto from_json = SdmxJsonFormat().read(json(R"("attributes": [0], "dimensionGroupAttributes": {"0:0:": ["Giá"]},
"series": {"0:0": {"attributes": [1], "observations": {"0": [1.50, 0], "1": [2, 1]}}, "0:1": {"attributes": [0], "observations": {"0": [-3, null]}}})"),
                                                 limits);
    EXPECT_EQ(observations(from_json), expected);
    const auto from_csv = SdmxCsvFormat().read("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,TITLE,COMMENT\n"
                                               "datastructure,VN:SO_LIEU(1.2),A,M,33,2025-01,1.50,9,A,Giá,thử\n"
                                               "datastructure,VN:SO_LIEU(1.2),A,M,33,2025-02,2,9,E,Giá,thử\n"
                                               "datastructure,VN:SO_LIEU(1.2),A,M,67,2025-01,-3,0,,,thử\n",
                                               limits);
    EXPECT_EQ(observations(from_csv), expected);
    for (const auto* tree : {&from_ml, &from_json, &from_csv})
        EXPECT_EQ((*tree)->node((*tree)->child((*tree)->child(root_node, "dataset"), "structure")).text, "VN:SO_LIEU(1.2)");
    for (const auto* tree : {&from_ml, &from_json}) {
        const NodeId dataset = (*tree)->child(root_node, "dataset");
        EXPECT_EQ((*tree)->node((*tree)->child(dataset, "COMMENT")).text, "thử");
        EXPECT_EQ((*tree)->node((*tree)->child(dataset, "prepared")).text, "2025-04-01T08:00:00Z");
        EXPECT_EQ((*tree)->node((*tree)->child(dataset, "sender")).text, "H31");
    }
}

TEST(Sdmx, AnObservationHasThePlaceItsFormGivesIt)
{
    const auto from_ml = SdmxMlFormat().read(
        ml(R"(<Series A="1"/><Series A="2"><Obs TIME_PERIOD="2025" OBS_VALUE="1"/><Obs TIME_PERIOD="2026"/></Series><Obs A="3" TIME_PERIOD="2027"/>)"), limits);
    EXPECT_EQ(place_of(from_ml, 1), "/StructureSpecificData[1]/DataSet[1]/Series[2]/Obs[2]");
    EXPECT_EQ(place_of(from_ml, 0, "OBS_VALUE"), "/StructureSpecificData[1]/DataSet[1]/Series[2]/Obs[1]/OBS_VALUE");
    EXPECT_EQ(place_of(from_ml, 2), "/StructureSpecificData[1]/DataSet[1]/Obs[1]");
    const auto from_json = SdmxJsonFormat().read(json(R"("series": {"0:1": {"observations": {"1": [7]}}})"), limits);
    EXPECT_EQ(place_of(from_json, 0, "AREA"), "/data/dataSets/0/series/0:1/observations/1/AREA");
    const auto from_csv = SdmxCsvFormat().read(csv_header + "dataflow,VN:S(1.0),I,M,\"3\n3\",2025-01,1,,\r\n\ndataflow,VN:S(1.0),I,M,33,2025-01,1,,\r\n", limits);
    EXPECT_EQ(place_of(from_csv, 0, "AREA"), "2:1/AREA");
    EXPECT_EQ(place_of(from_csv, 1), "5:1");
}

TEST(SdmxMl, FlatDataNeedNoSeries)
{
    const auto tree = SdmxMlFormat().read(ml(R"(<Obs FREQ="M" AREA="33" TIME_PERIOD="2025-01" OBS_VALUE="1"/>)", "AllDimensions"), limits);
    EXPECT_EQ(observations(tree), (std::vector<std::string>{"AREA=33 FREQ=M OBS_VALUE=1 TIME_PERIOD=2025-01 action=append"}));
}

TEST(SdmxMl, AnObservationWithoutItsDimensionIsRefusedAlone)
{
    const auto tree = SdmxMlFormat().read(ml(R"(<Series A="1"><Obs OBS_VALUE="1"/><Obs TIME_PERIOD="2025" OBS_VALUE="2"/></Series>)"), limits);
    EXPECT_EQ(observations(tree), (std::vector<std::string>{
        "A=1 OBS_VALUE=1 action=append !format.sdmx.key /StructureSpecificData[1]/DataSet[1]/Series[1]/Obs[1]/@TIME_PERIOD",
        "A=1 OBS_VALUE=2 TIME_PERIOD=2025 action=append"}));
}

TEST(SdmxMl, TwoValuesOfOneComponentAreAContradictionUnlessTheyAreAlike)
{
    const auto tree = SdmxMlFormat().read(
        ml(R"(<Series A="1" U="x"><Obs TIME_PERIOD="2025" U="x"/><Obs TIME_PERIOD="2026" U="y"/></Series>)"), limits);
    EXPECT_EQ(observations(tree), (std::vector<std::string>{
        "A=1 TIME_PERIOD=2025 U=x action=append",
        "A=1 TIME_PERIOD=2026 U=x action=append !format.sdmx.contradiction /StructureSpecificData[1]/DataSet[1]/Series[1]/Obs[2]/U"}));
}

TEST(SdmxMl, WhatIsNoSuchMessageIsRefusedWhole)
{
    EXPECT_EQ(refusal(SdmxMlFormat().read("<GenericData xmlns=\"" + std::string(message_space) + "\"/>", limits)), "format.sdmx.not_sdmx /GenericData[1]");
    EXPECT_EQ(refusal(SdmxMlFormat().read("<StructureSpecificData/>", limits)), "format.sdmx.not_sdmx /StructureSpecificData[1]");
    EXPECT_EQ(refusal(SdmxMlFormat().read(ml("<Serie/>"), limits)), "format.sdmx.not_sdmx /StructureSpecificData[1]/DataSet[1]/Serie[1]");
    std::string other = ml("");
    other.replace(other.find("structureRef=\"S\""), 16, "structureRef=\"T\"");
    EXPECT_EQ(refusal(SdmxMlFormat().read(other, limits)), "format.sdmx.structure /StructureSpecificData[1]/DataSet[1]/@structureRef");
    std::string twice = ml("");
    twice.insert(twice.find("</m:StructureSpecificData>"), "<m:DataSet/>");
    EXPECT_EQ(refusal(SdmxMlFormat().read(twice, limits)), "format.sdmx.several /StructureSpecificData[1]/DataSet[2]");
    EXPECT_EQ(refusal(SdmxMlFormat().read(ml(R"(<Group TITLE="x"/><Series A="1"><Obs TIME_PERIOD="2025"/></Series>)"), limits)),
              "format.sdmx.groups /StructureSpecificData[1]/DataSet[1]/Group[1]");
}

TEST(SdmxMl, CopyingDownCountsAgainstTheLimit)
{
    FormatLimits few;
    few.nodes = 60;
    std::string series = "<Series";
    for (char c = 'A'; c <= 'T'; ++c)
        series += std::string(" ") + c + "=\"1\"";
    series += "><Obs TIME_PERIOD=\"2025\"/><Obs TIME_PERIOD=\"2026\"/><Obs TIME_PERIOD=\"2027\"/></Series>";
    EXPECT_EQ(refusal(SdmxMlFormat().read(ml(series), few)), "format.too_many_nodes /StructureSpecificData[1]/DataSet[1]/Series[1]/Obs[3]");
}

TEST(SdmxJson, PositionsBeyondTheStructureRefuseTheirObservationOnly)
{
    const auto tree = SdmxJsonFormat().read(json(R"("series": {
"0:0": {"observations": {"0": [1, 2], "2": [1], "1": [4, 1, "x"], "01": [1]}},
"0:2": {"observations": {"0": [1]}}, "0": {"observations": {"0": [1]}}, "0:0:0": {"observations": {"0": [1]}},
"0:1": {"attributes": [2], "observations": {"0": [1]}}})"),
                                            limits);
    const std::string set = " /data/dataSets/0/series/";
    const auto lines = observations(tree);
    ASSERT_EQ(lines.size(), 8U);
    EXPECT_NE(lines[0].find("!format.sdmx.key" + set + "0:0/observations/0/1"), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find("!format.sdmx.key" + set + "0:0/observations/2"), std::string::npos) << lines[1];
    EXPECT_NE(lines[2].find("!format.sdmx.key" + set + "0:0/observations/1/2"), std::string::npos) << lines[2];
    EXPECT_EQ(lines[3].find("!"), std::string::npos) << lines[3];
    EXPECT_NE(lines[4].find("!format.sdmx.key" + set + "0:2"), std::string::npos) << lines[4];
    EXPECT_NE(lines[5].find("!format.sdmx.key" + set + "0"), std::string::npos) << lines[5];
    EXPECT_NE(lines[6].find("!format.sdmx.key" + set + "0:0:0"), std::string::npos) << lines[6];
    EXPECT_NE(lines[7].find("!format.sdmx.key" + set + "0:1/attributes/0"), std::string::npos) << lines[7];
}

TEST(SdmxJson, DefaultsLocalisedTextsAndSeveralCodesAreKept)
{
    std::string text = json(R"("series": {"0:0": {"observations": {"0": [1, [0, 1], {"vi": "Ghi chú"}]}}})");
    const std::string last = R"({"id": "E"}]})";
    text.insert(text.find(last) + last.size(), R"(, {"id": "NOTE"}, {"id": "CONF", "default": "F"})");
    const auto tree = SdmxJsonFormat().read(text, limits);
    ASSERT_TRUE(tree) << tree.problem().sentence();
    EXPECT_EQ(observations(tree), (std::vector<std::string>{"AREA=33 CONF=F FREQ=M NOTE= OBS_STATUS=A;E OBS_VALUE=1 TIME_PERIOD=2025-01 action=append"}));
    const NodeId observation = tree->node(tree->child(root_node, "observations")).first_child;
    EXPECT_EQ(tree->node(tree->child(tree->child(observation, "NOTE"), "vi")).text, "Ghi chú");
}

TEST(SdmxJson, WhatIsNoSuchMessageIsRefusedWhole)
{
    EXPECT_EQ(refusal(SdmxJsonFormat().read("[]", limits)), "format.sdmx.not_sdmx ");
    EXPECT_EQ(refusal(SdmxJsonFormat().read(R"({"data": {"structure": {}, "dataSets": [{}]}})", limits)), "format.sdmx.not_sdmx /data");
    EXPECT_EQ(refusal(SdmxJsonFormat().read(R"({"data": {"structures": [{"links": []}], "dataSets": [{}]}})", limits)), "format.sdmx.structure /data/structures/0");
    std::string text = json(R"("series": {})");
    text.replace(text.find("\"structure\": 0"), 14, "\"structure\": 1");
    EXPECT_EQ(refusal(SdmxJsonFormat().read(text, limits)), "format.sdmx.structure /data/dataSets/0");
    text = json(R"("series": {})");
    text.insert(text.size() - 3, ", {}");
    EXPECT_EQ(refusal(SdmxJsonFormat().read(text, limits)), "format.sdmx.several /data/dataSets/1");
    text = json(R"("dimensionGroupAttributes": {"0:9:": ["x"]}, "series": {})");
    EXPECT_EQ(refusal(SdmxJsonFormat().read(text, limits)), "format.sdmx.key /data/dataSets/0/dimensionGroupAttributes/0:9:");
}

TEST(SdmxCsv, LabelsSeparatorsAndQuotesAreUnderstood)
{
    EXPECT_EQ(observations(SdmxCsvFormat().read("\xEF\xBB\xBFSTRUCTURE[|];STRUCTURE_ID;ACTION;OBS_KEY;FREQ: Kỳ;TIME_PERIOD: Thời gian;OBS_VALUE: Giá trị;NOTE[]\r\n"
                                                "dataflow;VN:S(1.0): Số liệu;R;M.2025-01;M: Hằng tháng;2025-01;\"1.5\";\"nói \"\"có\"\"; rồi\"\r\n",
                                                limits)),
              (std::vector<std::string>{"FREQ=M NOTE=nói \"có\"; rồi OBS_VALUE=1.5 TIME_PERIOD=2025-01 action=replace"}));
    EXPECT_EQ(observations(SdmxCsvFormat().read("STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,FREQ,Kỳ,OBS_VALUE,Giá trị\n"
                                                "dataflow,VN:S(1.0),Số liệu,M,Hằng tháng,2,\n",
                                                limits)),
              (std::vector<std::string>{"FREQ=M OBS_VALUE=2 action=information"}));
}

TEST(SdmxCsv, ABadRowIsRefusedAlone)
{
    const auto lines = observations(SdmxCsvFormat().read(csv_header + "dataflow,VN:S(1.0),I,M,33,2025-01,1,0\n"
                                                                      "dataflow,VN:S(1.0),I,M,33,2025-01,1,0,A\n"
                                                                      "dataflow,VN:T(1.0),I,M,33,2025-01,1,0,A\n"
                                                                      "bảng,VN:S(1.0),I,M,33,2025-01,1,0,A\n"
                                                                      "dataflow,VN:S(1.0),X,M,33,2025-01,1,0,A\n"
                                                                      "dataflow,VN:S(1.0),D,M,33,2025-01,-,,\n"
                                                                      "dataflow,VN:S(1.0),I,M\"x,33,2025-01,1,0,A\n"
                                                                      "dataflow,VN:S(1.0),I,\"M\"x,33,2025-01,1,0,A\n"
                                                                      "dataflow,VN:S(1.0),I,M,67,2025-01,1,0,A\n",
                                                         limits));
    ASSERT_EQ(lines.size(), 9U);
    EXPECT_EQ(lines[0], "row=dataflow,VN:S(1.0),I,M,33,2025-01,1,0 !format.sdmx.row 2:1");
    EXPECT_EQ(lines[1], "AREA=33 FREQ=M OBS_STATUS=A OBS_VALUE=1 TIME_PERIOD=2025-01 UNIT_MULT=0 action=information");
    EXPECT_EQ(lines[2], "row=dataflow,VN:T(1.0),I,M,33,2025-01,1,0,A !format.sdmx.structure 4:1/STRUCTURE_ID");
    EXPECT_EQ(lines[3], "row=bảng,VN:S(1.0),I,M,33,2025-01,1,0,A !format.sdmx.structure 5:1/STRUCTURE_ID");
    EXPECT_EQ(lines[4], "row=dataflow,VN:S(1.0),X,M,33,2025-01,1,0,A !format.sdmx.action 6:1/ACTION");
    EXPECT_EQ(lines[5], "AREA=33 FREQ=M OBS_VALUE=- TIME_PERIOD=2025-01 action=delete !format.sdmx.delete 7:1");
    EXPECT_EQ(lines[6], "row=dataflow,VN:S(1.0),I,M\"x,33,2025-01,1,0,A !format.sdmx.row 8:23");
    EXPECT_EQ(lines[7], "row=dataflow,VN:S(1.0),I,\"M\"x,33,2025-01,1,0,A !format.sdmx.row 9:25");
    EXPECT_EQ(lines[8], "AREA=67 FREQ=M OBS_STATUS=A OBS_VALUE=1 TIME_PERIOD=2025-01 UNIT_MULT=0 action=information");
}

TEST(SdmxCsv, WhatIsNoSuchTableIsRefusedWhole)
{
    for (const char* text : {"", "FREQ,OBS_VALUE\n", "STRUCTURE", "STRUCTURE\n", "STRUCTURE,FREQ\n", "STRUCTURE,STRUCTURE_ID,A,A\n", "\"STRUCTURE", "STRUCTURE[,"})
        EXPECT_EQ(refusal(SdmxCsvFormat().read(text, limits)), "format.sdmx.not_sdmx 1:1") << text;
    EXPECT_EQ(refusal(SdmxCsvFormat().read(csv_header + "dataflow,VN:S(1.0),I,\"M,33\nx", limits)), "format.sdmx.row 2:22");
    EXPECT_EQ(refusal(SdmxCsvFormat().read(csv_header + "\xFF", limits)), "format.not_utf8 2:1");
}
