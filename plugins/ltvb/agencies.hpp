/// Agencies: the axis's list of who can be sent documents, handed on in messages of some rows each.
#pragma once

#include "hub/sdk/failures.hpp"
#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/row_messages.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace ltvb {

/// Nothing when the answer is a list, bare or under `data` beside a success or a code that says yes. `credential` as in
/// status_failure().
inline std::optional<lienthong::sdk::Failure> fault_of_agencies(std::string_view asked, lienthong::sdk::TreeView said,
                                                                std::string_view credential)
{
    using namespace lienthong::sdk;
    if (said.kind() == LIENTHONG_NODE_ARRAY || said.child("success").text() == "true")
        return std::nullopt;
    const TreeView code = said.child_any_case("code");
    if (!code)
        return wrong_shape(asked, "success, code or a bare list");
    const auto number = read_digits(code.text());
    if (number && (*number == 0 || (*number >= 200 && *number <= 299)))
        return std::nullopt;
    Failure failure = number && *number >= 400 && *number <= 599
                          ? status_failure(*number, asked, credential)
                          : Failure{FailureClass::unknown, {}, std::string(asked) + " was refused", {}, 0};
    failure.code = "code_" + excerpt(code.text(), 40);
    failure.detail += " (in code; the axis says: " + excerpt(said.child("message").text()) + ')';
    return failure;
}

/// What a body can be named by: no blanks and no control characters, but for blanks around it.
inline bool is_code(lienthong::sdk::TreeView node)
{
    const std::string_view text = node.text();
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    const std::string_view code = text.substr(first, text.find_last_not_of(' ') + 1 - first);
    return node.kind() == LIENTHONG_NODE_TEXT && !code.empty() &&
           std::all_of(code.begin(), code.end(), [](unsigned char c) { return c > 0x20U && c != 0x7FU; });
}

/// The list has no pages and no cursor: what was read before is a message the journal has, known by its content. Addresses and
/// telephones stay here. A list without anybody is none: somebody is always on it.
inline lienthong::sdk::Step agencies_in(std::string_view asked, lienthong::sdk::TreeView said)
{
    using namespace lienthong::sdk;
    Step step;
    RowMessages messages(step, "agencies");
    const TreeView list = said.kind() == LIENTHONG_NODE_ARRAY ? said : said.child_any_case("data");
    for (TreeView at = list.first(); at; at = at.next()) {
        if (!is_code(at.child_any_case("orgCode"))) {
            std::string row = only_members(at, {"orgCode", "orgName", "parentCode"});
            const std::string name = "getAgenciesList/" + fingerprint(row);
            step.set_aside.push_back({name, "a row of the list of agencies has no usable orgCode", std::move(row), {}});
            continue;
        }
        messages.add(only_members(at, {"orgCode", "orgName"}));
    }
    messages.end();
    return step.payloads.empty() ? step_of(wrong_shape(asked, "an agency that has an orgCode")) : step;
}

}  // namespace ltvb
