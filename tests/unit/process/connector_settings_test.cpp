// Settings are checked against the connector's declaration, all problems at once, secrets apart.
#include "hub/process/connector_settings.hpp"
#include "hub/process/tree_border.hpp"

#include <gtest/gtest.h>

namespace lienthong::process {
namespace {

using sdk::SettingType;

sdk::Description demo()
{
    sdk::Description description;
    description.name = "demo";
    description.settings = {
        {"base_url", SettingType::url, true, {}, {}, INT64_MIN, INT64_MAX, "Where the system listens."},
        {"token", SettingType::secret, true, {}, {}, INT64_MIN, INT64_MAX, "Its token."},
        {"page_size", SettingType::integer, false, "50", {}, 1, 500, "Items a page."},
        {"mode", SettingType::choice, false, {}, {"plan", "official"}, INT64_MIN, INT64_MAX, "Kind."},
        {"strict", SettingType::boolean, false, "true", {}, INT64_MIN, INT64_MAX, "Whether."},
    };
    return description;
}

std::vector<std::string> codes(const std::map<std::string, std::string>& given)
{
    std::vector<Problem> problems;
    (void)check_settings(demo(), given, problems);
    std::vector<std::string> out;
    for (const Problem& problem : problems)
        out.push_back(problem.place + ": " + problem.code);
    return out;
}

TEST(ConnectorSettings, FillInFallbacksAndKeepSecretsFromThePlugin)
{
    std::vector<Problem> problems;
    const auto checked =
        check_settings(demo(), {{"base_url", "https://a.test/x"}, {"token", "file:/run/token"}, {"mode", "plan"}}, problems);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(checked.for_plugin.integer("page_size"), 50);
    EXPECT_TRUE(checked.for_plugin.boolean("strict"));
    EXPECT_EQ(checked.for_plugin.text("mode"), "plan");
    EXPECT_EQ(checked.for_plugin.all().count("token"), 0U);
    EXPECT_EQ(checked.endpoints.at("base_url"), "https://a.test/x");
    EXPECT_EQ(checked.secret_references.at("token"), "file:/run/token");
}

TEST(ConnectorSettings, ReportEveryProblemAtOnce)
{
    EXPECT_EQ(codes({{"page_size", "501"}, {"mode", "other"}, {"strict", "yes"}, {"pagesize", "1"}}),
              (std::vector<std::string>{"base_url: process.setting_missing", "token: process.setting_missing",
                                        "page_size: process.setting_invalid", "mode: process.setting_invalid",
                                        "strict: process.setting_invalid", "pagesize: process.setting_unknown"}));
}

/// As a configuration gives them: with the place of every name and value.
GivenSettings placed(const std::map<std::string, std::string>& given)
{
    GivenSettings out;
    out.place = "hub.yaml:5:5";
    for (const auto& [name, value] : given)
        out.values[name] = {value, {}, "name of " + name, "value of " + name};
    return out;
}

std::vector<Problem> problems_of(const GivenSettings& given)
{
    const Nearest first = [](std::string_view, const std::vector<std::string>& names) {
        return names.empty() ? names : std::vector<std::string>{names.front()};
    };
    std::vector<Problem> problems;
    (void)check_settings(demo(), given, first, problems);
    return problems;
}

TEST(ConnectorSettings, AreWrongWhereTheirNameOrValueStands)
{
    const auto problems = problems_of(placed({{"page_size", "0"}, {"pagesize", "1"}, {"token", "env:T"}}));
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].place, "hub.yaml:5:5");
    EXPECT_EQ(problems[0].expected, "an absolute http or https address without query, name or password");
    EXPECT_EQ(problems[0].rule, "Where the system listens.");
    EXPECT_EQ(problems[1].place, "value of page_size");
    EXPECT_EQ(problems[1].expected, "a whole number from 1 to 500");
    EXPECT_EQ(problems[2].place, "name of pagesize");
    EXPECT_EQ(problems[2].expected, "base_url");
}

TEST(ConnectorSettings, NameTheNearestChoice)
{
    const auto problems = problems_of(placed({{"base_url", "https://a"}, {"token", "env:T"}, {"mode", "plann"}}));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].expected, "one of: plan, official; nearest: plan");
}

TEST(ConnectorSettings, RefuseASecretInTheClearWithoutRepeatingIt)
{
    for (const char* value : {"hunter2", "file:", "env:", ""}) {
        const auto problems = problems_of(placed({{"base_url", "https://a"}, {"token", value}}));
        ASSERT_EQ(problems.size(), 1U) << value;
        EXPECT_EQ(problems[0].code, "process.setting_invalid");
        EXPECT_EQ(problems[0].found, std::to_string(std::string_view(value).size()) + " bytes that are no reference");
        EXPECT_EQ(problems[0].sentence().find("hunter2"), std::string::npos);
    }
}

TEST(ConnectorSettings, RefuseAnAddressWithAPasswordWithoutRepeatingIt)
{
    const auto problems = problems_of(placed({{"base_url", "https://user:hunter2@a"}, {"token", "env:T"}}));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].sentence().find("hunter2"), std::string::npos);
}

TEST(ConnectorSettings, RefuseAnEmptyTextWhereOneIsNeeded)
{
    sdk::Description description = demo();
    description.settings.push_back({"account", SettingType::text, false, {}, {}, INT64_MIN, INT64_MAX, "Who asks.", "mode=plan"});
    const auto found = [&](const std::map<std::string, std::string>& more, bool only_called) {
        std::map<std::string, std::string> given = {{"base_url", "https://a"}, {"token", "env:T"}};
        given.insert(more.begin(), more.end());
        std::vector<Problem> problems;
        (void)check_settings(description, given, problems, only_called);
        return problems.empty() ? "" : problems.front().code + ": " + problems.front().expected;
    };
    EXPECT_EQ(found({{"mode", "plan"}, {"account", ""}}, false), "process.setting_invalid: a text that is not empty");
    EXPECT_EQ(found({{"mode", "plan"}}, false), "process.setting_missing: a text that is not empty");
    EXPECT_EQ(found({{"mode", "official"}, {"account", ""}}, false), "");
    EXPECT_EQ(found({{"mode", "plan"}, {"account", ""}}, true), "");
}

TEST(ConnectorSettings, AreTextsOnly)
{
    GivenSettings given = placed({{"base_url", "https://a"}, {"token", "env:T"}, {"page_size", "5"}});
    given.values["page_size"].instead = "a list";
    const auto problems = problems_of(given);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].found, "a list");
}

TEST(ConnectorSettings, TakeOnlyAbsoluteHttpAddresses)
{
    for (const char* url : {"ftp://a", "https:///x", "https://:80", "a.test", "https://", "https://a b", "https://a?x=1", "https://a#x", "https://a\n"})
        EXPECT_EQ(codes({{"token", "env:T"}, {"base_url", url}}), std::vector<std::string>{"base_url: process.setting_invalid"})
            << url;
}

TEST(ConnectorSettings, TakeAddressesOfTheSchemesASettingNames)
{
    sdk::Description description;
    description.settings = {{"folder", SettingType::url, true, {}, {"file", "sftp"}, INT64_MIN, INT64_MAX, "Where files arrive."}};
    std::vector<Problem> problems;
    EXPECT_EQ(check_settings(description, {{"folder", "sftp://nhan.test:2222/den"}}, problems).endpoints.at("folder"),
              "sftp://nhan.test:2222/den");
    EXPECT_TRUE(problems.empty());
    (void)check_settings(description, {{"folder", "https://nhan.test/den"}}, problems);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().expected, "an absolute file or sftp address without query, name or password");
}

TEST(ConnectorSettings, AreNeededWhenAChoiceSaysSo)
{
    sdk::Description description;
    description.settings = {{"sign_in", SettingType::choice, false, "login", {"none", "login", "fixed"}, INT64_MIN, INT64_MAX, "How."},
                            {"password", SettingType::secret, false, {}, {}, INT64_MIN, INT64_MAX, "Password.", "sign_in=login,fixed"}};
    std::vector<Problem> problems;
    (void)check_settings(description, {{"sign_in", "none"}}, problems);
    (void)check_settings(description, {{"password", "env:P"}}, problems);
    EXPECT_TRUE(problems.empty());
    (void)check_settings(description, {}, problems);
    (void)check_settings(description, {{"sign_in", "fixed"}}, problems);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].detail, "the setting 'password' is needed, because sign_in is login");
    EXPECT_EQ(problems[1].detail, "the setting 'password' is needed, because sign_in is fixed");
}

TEST(ConnectorSettings, LeaveDocumentsToWhoCanReadThem)
{
    sdk::Description description;
    description.settings = {{"profile", SettingType::document, true, {}, {}, INT64_MIN, INT64_MAX, "Names of the packets."}};
    std::vector<Problem> problems;
    const auto checked = check_settings(description, {{"profile", "ho-so.json"}}, problems);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(checked.documents.at("profile"), "ho-so.json");
    EXPECT_EQ(checked.for_plugin.all().count("profile"), 0U);
}

TEST(TreeBorder, ShowsATreeAndNothingBeyondIt)
{
    Tree tree;
    const NodeId root = tree.append(no_node, NodeKind::object, "", 0);
    const NodeId list = tree.append(root, NodeKind::array, "duLieu", 0);
    for (const char* text : {"1", "2"})
        tree.set_text(tree.append(list, NodeKind::number, "", 0), tree.keep(text));
    const sdk::TreeView view = view_of(tree);
    EXPECT_EQ(view.child("duLieu").first().next().text(), "2");
    EXPECT_EQ(view.child_any_case("DULIEU").kind(), LIENTHONG_NODE_ARRAY);
    EXPECT_FALSE(view.child("other").first().next().child("x"));
    EXPECT_EQ(view.child("other").text(), "");
    EXPECT_FALSE(view_of(Tree()));
    EXPECT_EQ(sdk::TreeView(&tree_api(), &tree, 999).text(), "");
    EXPECT_EQ(sdk::TreeView(&tree_api(), &tree, 999).kind(), LIENTHONG_NODE_NONE);
}

TEST(TreeBorder, KeepsAttributesApartFromElements)
{
    Tree tree;
    const NodeId root = tree.append(no_node, NodeKind::element, "a", 0);
    tree.set_text(tree.append(root, NodeKind::attribute, "id", 0), tree.keep("attribute"));
    tree.set_text(tree.append(root, NodeKind::element, "id", 0), tree.keep("element"));
    EXPECT_EQ(view_of(tree).child("id").text(), "element");
    EXPECT_EQ(view_of(tree).attribute("id").text(), "attribute");
    EXPECT_FALSE(view_of(tree).attribute("other"));
}

}  // namespace
}  // namespace lienthong::process
