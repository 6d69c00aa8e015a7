// The pipe form of jobs and outcomes: fields in the order of their structs, by hub/sdk/wire.hpp.
#include "hub/sdk/wire.hpp"
#include "hub/workshop/workshop.hpp"

namespace lienthong::workshop {
namespace {

using sdk::Reader;
using sdk::Writer;

/// First byte of every frame, raised when the form changes.
constexpr std::uint64_t job_form = 2;
constexpr std::uint64_t outcome_form = 2;

void write_text(Writer& out, const std::string& text)
{
    out.text(text);
}

void write_problem(Writer& out, const Problem& problem)
{
    for (const std::string* text :
         {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
        out.text(*text);
}

Problem read_problem(Reader& in)
{
    Problem problem;
    for (std::string* text : {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
        *text = in.text();
    return problem;
}

void write_observation(Writer& out, const Observation& o)
{
    for (const std::string* text : {&o.key.indicator, &o.key.measure, &o.key.period, &o.key.area, &o.key.breakdown, &o.key.agency,
                                    &o.value, &o.unit, &o.window, &o.source})
        out.text(*text);
    out.number(static_cast<std::uint64_t>(o.vintage));
    out.number(static_cast<std::uint64_t>(o.availability));
}

Observation read_observation(Reader& in)
{
    Observation o;
    for (std::string* text : {&o.key.indicator, &o.key.measure, &o.key.period, &o.key.area, &o.key.breakdown, &o.key.agency,
                              &o.value, &o.unit, &o.window, &o.source})
        *text = in.text();
    const std::uint64_t vintage = in.number(), availability = in.number();
    if (vintage > static_cast<std::uint64_t>(Vintage::official) ||
        availability > static_cast<std::uint64_t>(Availability::no_case)) {
        in.refuse();
        return o;
    }
    o.vintage = static_cast<Vintage>(vintage);
    o.availability = static_cast<Availability>(availability);
    return o;
}

void write_fact(Writer& out, const Fact& fact)
{
    out.text(fact.kind);
    out.text(fact.key);
    out.list(fact.fields, [](Writer& w, const auto& field) {
        w.text(field.first);
        w.text(field.second);
    });
}

Fact read_fact(Reader& in)
{
    Fact fact;
    fact.kind = in.text();
    fact.key = in.text();
    fact.fields = in.list<std::pair<std::string, std::string>>([](Reader& r) {
        std::string name = r.text();
        return std::pair(std::move(name), r.text());
    });
    return fact;
}

/// Only what Verdict::about has of a key.
void write_about(Writer& out, const SeriesKey& key)
{
    for (const std::string* text : {&key.indicator, &key.period, &key.agency})
        out.text(*text);
}

SeriesKey read_about(Reader& in)
{
    SeriesKey key;
    for (std::string* text : {&key.indicator, &key.period, &key.agency})
        *text = in.text();
    return key;
}

void write_verdict(Writer& out, const Verdict& verdict)
{
    out.number(verdict.record);
    out.text(verdict.place);
    out.text(verdict.excerpt);
    out.list(verdict.problems, write_problem);
    out.list(verdict.findings, write_problem);
    out.list(verdict.observations, write_observation);
    out.list(verdict.facts, write_fact);
    out.list(verdict.about, write_about);
}

Verdict read_verdict(Reader& in)
{
    Verdict verdict;
    const std::uint64_t record = in.number();
    if (record > UINT32_MAX)
        in.refuse();
    verdict.record = static_cast<std::uint32_t>(record);
    verdict.place = in.text();
    verdict.excerpt = in.text();
    verdict.problems = in.list<Problem>(read_problem);
    verdict.findings = in.list<Problem>(read_problem);
    verdict.observations = in.list<Observation>(read_observation);
    verdict.facts = in.list<Fact>(read_fact);
    verdict.about = in.list<SeriesKey>(read_about);
    return verdict;
}

/// Days since 1970, the first of them 1; 0 is none.
std::uint64_t number_of(const std::optional<std::chrono::year_month_day>& day)
{
    return day ? static_cast<std::uint64_t>(std::chrono::sys_days(*day).time_since_epoch().count() + 1) : 0;
}

std::optional<std::chrono::year_month_day> day_from(Reader& in)
{
    constexpr std::uint64_t last = 2'932'897;  // 9999-12-31
    const std::uint64_t number = in.number();
    if (number > last)
        in.refuse();
    if (number == 0 || number > last)
        return std::nullopt;
    return std::chrono::sys_days(std::chrono::days(static_cast<int>(number) - 1));
}

Problem malformed(std::string_view what, std::size_t size)
{
    return {.code = "message.malformed",
            .detail = "these bytes are no " + std::string(what),
            .found = std::to_string(size) + " bytes",
            .expected = "the form of this version"};
}

}  // namespace

std::string encode(const Job& job)
{
    Writer out;
    out.number(job_form);
    out.text(job.mapping);
    out.text(job.content_type);
    out.text(job.payload);
    out.list(job.scope.agencies, write_text);
    out.text(job.scope.area);
    out.number(number_of(job.scope.today));
    return out.take();
}

Result<Job> decode_job(std::string_view bytes)
{
    Reader in(bytes);
    Job job;
    if (in.number() != job_form)
        in.refuse();
    job.mapping = in.text();
    job.content_type = in.text();
    job.payload = in.text();
    job.scope.agencies = in.list<std::string>([](Reader& r) { return r.text(); });
    job.scope.area = in.text();
    job.scope.today = day_from(in);
    if (!in.done())
        return malformed("job", bytes.size());
    return job;
}

std::string encode(const Outcome& outcome)
{
    Writer out;
    out.number(outcome_form);
    out.text(outcome.catalogue_digest);
    out.text(outcome.mapping_digest);
    out.list(outcome.verdicts, write_verdict);
    return out.take();
}

Result<Outcome> decode_outcome(std::string_view bytes)
{
    Reader in(bytes);
    Outcome outcome;
    if (in.number() != outcome_form)
        in.refuse();
    outcome.catalogue_digest = in.text();
    outcome.mapping_digest = in.text();
    outcome.verdicts = in.list<Verdict>(read_verdict);
    if (!in.done())
        return malformed("outcome", bytes.size());
    return outcome;
}

}  // namespace lienthong::workshop
