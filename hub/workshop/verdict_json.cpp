#include "hub/workshop/verdict_json.hpp"

namespace lienthong::workshop {
namespace {

void write_fact(JsonWriter& out, const Fact& fact)
{
    out.begin_object().member("kind", fact.kind).member("key", fact.key).key("fields").begin_object();
    for (const auto& [name, value] : fact.fields)
        out.member(name, value);
    out.end_object().end_object();
}

void write_value(JsonWriter& out, const mapping::Trace& value, const std::string& name)
{
    out.begin_object().member("field", value.field).member("result", value.result);
    if (!name.empty())
        out.member("name", name);
    if (!value.place.empty())
        out.member("place", value.place).member("found", value.raw);
    if (!value.file.empty())
        out.member("file", value.file);
    out.member("line", std::int64_t{value.line}).end_object();
}

}  // namespace

void write_observation(JsonWriter& out, const Observation& o)
{
    out.member("indicator", o.key.indicator).member("measure", o.key.measure).member("period", o.key.period);
    out.member("area", o.key.area).member("breakdown", o.key.breakdown).member("agency", o.key.agency);
    out.member("value", o.value).member("unit", o.unit);
    out.member("vintage", to_text(o.vintage)).member("availability", to_text(o.availability));
    if (!o.window.empty())
        out.member("window", o.window);
    if (!o.source.empty())
        out.member("source", o.source);
}

void write_verdict(JsonWriter& out, const Verdict& verdict, const std::vector<mapping::Trace>& values,
                   const std::vector<std::string>& names, ProblemTable& codes)
{
    out.begin_object().member("record", std::int64_t{verdict.record}).member("place", verdict.place);
    out.member("verdict", verdict.accepted() ? "accepted" : "refused");
    out.key("values").begin_array();
    for (std::size_t i = 0; i < values.size(); ++i)
        write_value(out, values[i], i < names.size() ? names[i] : std::string());
    out.end_array().key("observations").begin_array();
    for (const Observation& observation : verdict.observations) {
        out.begin_object();
        write_observation(out, observation);
        out.end_object();
    }
    out.end_array().key("facts").begin_array();
    for (const Fact& fact : verdict.facts)
        write_fact(out, fact);
    out.end_array();
    codes.write_problems(out, "problems", verdict.problems);
    codes.write_problems(out, "findings", verdict.findings);
    out.end_object();
}

}  // namespace lienthong::workshop
