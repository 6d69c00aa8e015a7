#include "hub/flow/reconciled_message.hpp"

#include "hub/flow/told_figure.hpp"

namespace lienthong::flow {
namespace {

using seal::JsonMembers;
using seal::JsonValue;

constexpr std::string_view withdraw = "withdraw", restore = "restore";

std::string_view word_of(Reconciled what)
{
    return what == Reconciled::withdrawn ? withdraw : restore;
}

JsonValue to_json(const RevisionRow& row)
{
    const Observation& told = row.observation;
    return JsonValue::Object{{"agency", told.key.agency},
                             {"area", told.key.area},
                             {"availability", std::string(to_text(told.availability))},
                             {"breakdown", told.key.breakdown},
                             {"indicator", told.key.indicator},
                             {"measure", told.key.measure},
                             {"period", told.key.period},
                             {"revision", row.id},
                             {"source", told.source},
                             {"unit", told.unit},
                             {"value", told.value},
                             {"vintage", std::string(to_text(told.vintage))},
                             {"window", told.window}};
}

/// What a record was told, and what the message says of all of them.
struct Said
{
    bool withdraws = false;
    std::string item, reason, who;
};

Problem finding_of(const Said& said, const Observation& told)
{
    return {.code = said.withdraws ? "reconciliation.withdrawn" : "reconciliation.restored",
            .detail = said.item + ": " + said.reason,
            .place = said.item,
            .found = told.value + ' ' + told.unit,
            .expected = {},
            .rule = said.who + ": " + said.reason};
}

Verdict verdict_from(JsonValue record, std::uint32_t number, const Said& said)
{
    Verdict out;
    out.record = number;
    out.place = "/records/" + std::to_string(number);
    JsonMembers members(std::move(record));
    Observation told = told_figure(members);
    told.window = members.text("window");
    const auto availability = availability_from(members.text("availability"));
    const auto vintage = vintage_from(members.text("vintage"));
    members.count("revision");
    if (!availability || !vintage)
        members.complain("availability", "an availability and a vintage");
    if (const auto whole = members.finish(); !whole) {
        out.problems.push_back(whole.problem());
        return out;
    }
    told.vintage = *vintage;
    told.availability = *availability;
    out.findings.push_back(finding_of(said, told));
    if (said.withdraws) {
        told.value.clear();
        told.availability = Availability::not_available;
    }
    out.observations.push_back(std::move(told));
    return out;
}

workshop::Outcome unreadable(std::string_view payload, std::string detail)
{
    workshop::Outcome out;
    Verdict& verdict = out.verdicts.emplace_back();
    verdict.excerpt = shortened(payload, 4096);
    verdict.problems.push_back(
        {.code = "reconciliation.message", .detail = std::move(detail), .expected = "a message the hub wrote itself"});
    return out;
}

}  // namespace

std::string reconciled_message(const ReconciledFigures& of)
{
    JsonValue::Array records;
    for (const RevisionRow& row : of.figures)
        records.push_back(to_json(row));
    return seal::to_canonical(JsonValue::Object{{"action", std::string(word_of(of.what))},
                                                {"catalogue", of.figures.front().catalogue_digest},
                                                {"item", of.item},
                                                {"mapping", of.figures.front().mapping_digest},
                                                {"message", of.message},
                                                {"reason", of.reason},
                                                {"records", std::move(records)},
                                                {"who", of.who}});
}

std::string reconciled_id(const ReconciledFigures& of)
{
    return std::string(word_of(of.what)) + ' ' + std::to_string(of.message) + '/' + std::to_string(of.figures.front().id) + ' ' +
           of.item;
}

std::optional<ReconciledItem> reconciled_item(std::string_view source_id)
{
    const std::size_t word = source_id.find(' ');
    const std::size_t number = word == std::string_view::npos ? word : source_id.find(' ', word + 1);
    if (number == std::string_view::npos)
        return std::nullopt;
    const std::string_view what = source_id.substr(0, word);
    if (what != withdraw && what != restore)
        return std::nullopt;
    return ReconciledItem{what == withdraw ? Reconciled::withdrawn : Reconciled::restored,
                          std::string(source_id.substr(number + 1))};
}

workshop::Outcome read_reconciled(std::string_view payload)
{
    auto read = seal::from_canonical(payload);
    if (!read)
        return unreadable(payload, read.problem().detail);
    JsonMembers members(std::move(*read));
    workshop::Outcome out;
    const std::string action = members.text("action");
    out.catalogue_digest = members.text("catalogue");
    out.mapping_digest = members.text("mapping");
    Said said{action == withdraw, members.text("item"), members.text("reason"), members.text("who")};
    members.count("message");
    const JsonValue records = members.value("records");
    if (const auto whole = members.finish(); !whole)
        return unreadable(payload, whole.problem().detail);
    const auto* list = std::get_if<JsonValue::Array>(&records.held);
    if (list == nullptr || list->empty() || (action != withdraw && action != restore))
        return unreadable(payload, "it has no records, or says neither withdraw nor restore");
    for (const JsonValue& record : *list)
        out.verdicts.push_back(verdict_from(record, static_cast<std::uint32_t>(out.verdicts.size()), said));
    return out;
}

}  // namespace lienthong::flow
