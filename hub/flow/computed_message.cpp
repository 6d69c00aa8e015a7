#include "hub/flow/computed_message.hpp"

#include "hub/flow/told_figure.hpp"

namespace lienthong::flow {
namespace {

using seal::JsonMember;
using seal::JsonMembers;
using seal::JsonValue;

JsonValue to_json(const Problem& problem)
{
    return JsonValue::Object{{"code", problem.code},   {"detail", problem.detail},     {"place", problem.place},
                             {"found", problem.found}, {"expected", problem.expected}, {"rule", problem.rule}};
}

Problem problem_from(JsonMembers& members)
{
    return {.code = members.text("code"),
            .detail = members.text("detail"),
            .place = members.text("place"),
            .found = members.text("found"),
            .expected = members.text("expected"),
            .rule = members.text("rule")};
}

/// "dossier H31-1: version 4, was 2; dossier H31-2: version 5, left".
std::string changes_of(const compute::Figure& figure, const std::string& kind)
{
    std::string out;
    for (const compute::Change& change : figure.changed) {
        out += (out.empty() ? "" : "; ") + kind + " " + change.key + ": version " + std::to_string(change.version);
        out += change.left ? ", left the group" : change.was == 0 ? ", came in" : ", was " + std::to_string(change.was);
    }
    const auto more = figure.changes - static_cast<std::int64_t>(figure.changed.size());
    return more > 0 ? out + "; and " + std::to_string(more) + " more" : out;
}

std::vector<Problem> findings_of(const ComputedFrom& from, const compute::Figure& figure)
{
    const std::string rule = "computation " + from.computation.name() + " version " + std::to_string(from.computation.version());
    std::vector<Problem> out;
    if (!figure.is_new)
        out.push_back({.code = "compute.recomputed",
                       .detail = !from.why.empty()     ? from.why
                                 : figure.changes == 0 ? "no fact falls into its group any more"
                                                       : changes_of(figure, from.computation.kind()),
                       .place = {},
                       .found = std::to_string(figure.changes) + " facts",
                       .expected = {},
                       .rule = rule});
    if (figure.left_out > 0)
        out.push_back({.code = "compute.left_out",
                       .detail = std::to_string(figure.left_out) + " of " + std::to_string(figure.facts) + " facts are left out",
                       .place = {},
                       .found = std::to_string(figure.left_out),
                       .expected = "0",
                       .rule = rule});
    out.insert(out.end(), figure.why_left_out.begin(), figure.why_left_out.end());
    return out;
}

JsonValue to_json(const ComputedFrom& from, const compute::Figure& figure)
{
    const Observation& told = figure.observation;
    JsonValue::Array findings;
    for (const Problem& finding : findings_of(from, figure))
        findings.push_back(to_json(finding));
    return JsonValue::Object{{"indicator", told.key.indicator},
                             {"measure", told.key.measure},
                             {"period", told.key.period},
                             {"area", told.key.area},
                             {"breakdown", told.key.breakdown},
                             {"agency", told.key.agency},
                             {"value", told.value},
                             {"unit", told.unit},
                             {"availability", std::string(to_text(told.availability))},
                             {"source", told.source},
                             {"facts", figure.facts},
                             {"versions", figure.versions},
                             {"findings", std::move(findings)}};
}

Verdict verdict_from(JsonValue record, std::uint32_t number, const catalogue::Catalogue& catalogue, const workshop::Scope& scope)
{
    Verdict out;
    out.record = number;
    out.place = "/records/" + std::to_string(number);
    JsonMembers members(std::move(record));
    Observation told = told_figure(members);
    const auto availability = availability_from(members.text("availability"));
    members.count("facts");
    members.text("versions");
    const JsonValue findings = members.value("findings");
    if (!availability)
        members.complain("availability", "an availability");
    if (const auto* list = std::get_if<JsonValue::Array>(&findings.held))
        for (const JsonValue& one : *list) {
            JsonMembers finding(one);
            out.findings.push_back(problem_from(finding));
        }
    if (const auto whole = members.finish(); !whole) {
        out.problems.push_back(whole.problem());
        return out;
    }
    told.availability = *availability;
    workshop::validate(told, catalogue, scope, out);
    if (out.accepted())
        out.observations.push_back(std::move(told));
    else
        out.excerpt = shortened(to_text(told.key) + " = " + told.value + " " + told.unit, 4096);
    return out;
}

workshop::Outcome unreadable(std::string_view payload, std::string detail, const catalogue::Catalogue& catalogue)
{
    workshop::Outcome out;
    out.catalogue_digest = catalogue.digest();
    Verdict& verdict = out.verdicts.emplace_back();
    verdict.excerpt = shortened(payload, 4096);
    verdict.problems.push_back(
        {.code = "compute.message", .detail = std::move(detail), .expected = "a message the hub wrote itself"});
    return out;
}

}  // namespace

std::string computed_message(const ComputedFrom& from, std::span<const compute::Figure> figures)
{
    JsonValue::Array records;
    for (const compute::Figure& figure : figures)
        records.push_back(to_json(from, figure));
    return seal::to_canonical(JsonValue::Object{{"computation", from.computation.name()},
                                                {"version", std::int64_t{from.computation.version()}},
                                                {"digest", from.computation.digest()},
                                                {"facts", from.computation.kind()},
                                                {"through", from.through},
                                                {"why", from.why},
                                                {"records", std::move(records)}});
}

workshop::Outcome read_computed(std::string_view payload, const catalogue::Catalogue& catalogue, const workshop::Scope& scope)
{
    auto read = seal::from_canonical(payload);
    if (!read)
        return unreadable(payload, read.problem().detail, catalogue);
    JsonMembers members(std::move(*read));
    workshop::Outcome out;
    out.catalogue_digest = catalogue.digest();
    out.mapping_digest = members.text("digest");
    members.text("computation");
    members.count("version");
    members.text("facts");
    members.count("through");
    members.text("why");
    const JsonValue records = members.value("records");
    if (const auto whole = members.finish(); !whole)
        return unreadable(payload, whole.problem().detail, catalogue);
    const auto* list = std::get_if<JsonValue::Array>(&records.held);
    if (list == nullptr || list->empty())
        return unreadable(payload, "it has no records", catalogue);
    for (const JsonValue& record : *list)
        out.verdicts.push_back(verdict_from(record, static_cast<std::uint32_t>(out.verdicts.size()), catalogue, scope));
    return out;
}

}  // namespace lienthong::flow
