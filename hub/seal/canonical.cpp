// Written member by member rather than through a tree of values: this runs once for every figure taken in.
#include "hub/seal/canonical.hpp"

#include "hub/model/json_text.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/json_value.hpp"

namespace lienthong::seal {
namespace {

void member(std::string& out, std::string_view opening, std::string_view value)
{
    out += opening;
    append_json_string(out, value);
}

JsonValue problem_value(const Problem& problem)
{
    return JsonValue::Object{{"code", problem.code},
                             {"expected", problem.expected},
                             {"found", problem.found},
                             {"place", problem.place},
                             {"rule", problem.rule}};
}

void append_problems(std::string& out, const std::vector<Problem>& problems)
{
    if (problems.empty()) {
        out += "[]";
        return;
    }
    JsonValue::Array all;
    all.reserve(problems.size());
    for (const Problem& problem : problems)
        all.push_back(problem_value(problem));
    out += to_canonical(std::move(all));
}

void append_canonical(std::string& out, const Verdict& verdict)
{
    out += R"({"accepted":)";
    out += verdict.accepted() ? "true" : "false";
    out += R"(,"facts":[)";
    for (std::size_t i = 0; i < verdict.facts.size(); ++i) {
        out += i == 0 ? "\"" : ",\"";
        out += sha256_hex(canonical(verdict.facts[i]));
        out += '"';
    }
    out += R"(],"findings":)";
    append_problems(out, verdict.findings);
    out += R"(,"observations":)";
    append_json_integer(out, static_cast<std::int64_t>(verdict.observations.size()));
    member(out, R"(,"place":)", verdict.place);
    out += R"(,"problems":)";
    append_problems(out, verdict.problems);
    out += R"(,"record":)";
    append_json_integer(out, verdict.record);
    out += '}';
}

}  // namespace

void append_canonical(std::string& out, const Observation& observation)
{
    const SeriesKey& key = observation.key;
    member(out, R"({"agency":)", key.agency);
    member(out, R"(,"area":)", key.area);
    member(out, R"(,"availability":)", to_text(observation.availability));
    member(out, R"(,"breakdown":)", key.breakdown);
    member(out, R"(,"indicator":)", key.indicator);
    member(out, R"(,"measure":)", key.measure);
    member(out, R"(,"period":)", key.period);
    member(out, R"(,"source":)", observation.source);
    member(out, R"(,"unit":)", observation.unit);
    member(out, R"(,"value":)", observation.value);
    member(out, R"(,"vintage":)", to_text(observation.vintage));
    member(out, R"(,"window":)", observation.window);
    out += '}';
}

std::string canonical(const Observation& observation)
{
    std::string out;
    out.reserve(512);
    append_canonical(out, observation);
    return out;
}

Result<Observation> observation_from_canonical(std::string_view text)
{
    Result<JsonValue> value = from_canonical(text);
    if (!value)
        return value.problem();
    JsonMembers members(std::move(*value));
    Observation out;
    out.key = {members.text("indicator"), members.text("measure"),   members.text("period"),
               members.text("area"),      members.text("breakdown"), members.text("agency")};
    out.value = members.text("value");
    out.unit = members.text("unit");
    out.window = members.text("window");
    out.source = members.text("source");
    const auto vintage = vintage_from(members.text("vintage"));
    if (!vintage)
        members.complain("vintage", "a vintage");
    const auto availability = availability_from(members.text("availability"));
    if (!availability)
        members.complain("availability", "an availability");
    if (Result<void> all = members.finish(); !all)
        return all.problem();
    out.vintage = *vintage;
    out.availability = *availability;
    return out;
}

std::string canonical(const Fact& fact)
{
    JsonValue::Object fields;
    for (const auto& [name, value] : fact.fields)
        fields.push_back({name, value});
    return to_canonical(JsonValue::Object{{"fields", std::move(fields)}, {"key", fact.key}, {"kind", fact.kind}});
}

std::string canonical(const Verdict& verdict)
{
    std::string out;
    append_canonical(out, verdict);
    return out;
}

MerkleTree accepted_tree(std::span<const Verdict> verdicts)
{
    MerkleTree tree;
    std::string buffer;
    for (const Verdict& verdict : verdicts) {
        if (!verdict.accepted())
            continue;
        for (const Observation& observation : verdict.observations) {
            buffer.clear();
            append_canonical(buffer, observation);
            tree.append_leaf(buffer);
        }
    }
    return tree;
}

MerkleTree verdict_tree(std::span<const Verdict> verdicts)
{
    MerkleTree tree;
    std::string buffer;
    for (const Verdict& verdict : verdicts) {
        buffer.clear();
        append_canonical(buffer, verdict);
        tree.append_leaf(buffer);
    }
    return tree;
}

}  // namespace lienthong::seal
