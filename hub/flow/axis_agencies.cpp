#include "hub/flow/axis_agencies.hpp"

#include "hub/flow/document_state.hpp"
#include "hub/text/organ_code.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

constexpr std::size_t page = 5'000, most_near = 3;

/// Codes are of letters, digits and dots, all before this one, so nothing stands between it and the code itself.
std::string just_before(std::string code)
{
    --code.back();
    return code + '\x7F';
}

Result<bool> is_listed(const Store& store, const std::string& code)
{
    const auto found = store.facts(agency_fact, just_before(code), 1);
    if (!found)
        return found.problem();
    return !found->empty() && found->front().key == code;
}

std::string_view top_of(std::string_view code)
{
    return code.substr(0, code.find('.'));
}

/// What a walk through the list brings.
struct Walk
{
    bool known = false;               ///< Of a body that was numbered anew only the list knows that two codes are one.
    std::vector<std::string> beside;  ///< Codes below the same body at the top; where there are none, those at the top.
};

Result<Walk> walked(const Store& store, const std::string& code, const std::string& newer)
{
    Walk out;
    std::vector<std::string> tops;
    for (std::string after;;) {
        const auto found = store.facts(agency_fact, after, page);
        if (!found)
            return found.problem();
        for (const Fact& fact : *found) {
            out.known = out.known || field(fact, "older") == code;
            if (text::is_axis_node(fact.key))
                continue;
            if (top_of(fact.key) == top_of(newer))
                out.beside.push_back(fact.key);
            else if (top_of(fact.key) == fact.key)
                tops.push_back(fact.key);
        }
        if (found->size() < page)
            break;
        after = found->back().key;
    }
    if (out.beside.empty())
        out.beside = std::move(tops);
    return out;
}

std::string names_of(const Store& store, const std::vector<std::string>& codes)
{
    std::string out;
    for (const std::string& code : codes) {
        const auto found = store.facts(agency_fact, just_before(code), 1);
        out += (out.empty() ? "" : ", ") + code;
        if (found && !found->empty())
            out += " (" + field(found->front(), "name") + ')';
    }
    return out;
}

}  // namespace

Result<std::vector<Problem>> not_on_the_list(const Store& store, std::span<const std::string> codes)
{
    std::vector<Problem> out;
    const auto first = store.facts(agency_fact, "", 1);
    if (!first)
        return first.problem();
    if (first->empty())
        return out;
    for (const std::string& code : codes) {
        const std::string newer = text::newer_organ_code(code);
        auto listed = is_listed(store, code);
        if (listed && !*listed && newer != code)
            listed = is_listed(store, newer);
        if (!listed)
            return listed.problem();
        if (*listed)
            continue;
        const auto all = walked(store, code, newer);
        if (!all)
            return all.problem();
        if (all->known)
            continue;
        const std::string near = names_of(store, text::nearest(newer, all->beside, most_near));
        out.push_back({"document.recipient",
                       "the document axis has no agency of this code",
                       {},
                       code,
                       near.empty() ? "a code of the axis's list of agencies" : near,
                       "QĐ 20/2020/QĐ-TTg"});
    }
    return out;
}

}  // namespace lienthong::flow
