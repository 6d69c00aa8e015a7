// The forms of what core and worker say to each other.
#include "hub/process/protocol.hpp"

#include "hub/sdk/wire.hpp"

#include <algorithm>

namespace lienthong::process {
namespace {

bool is_code(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

}  // namespace

std::string encode(const Hello& hello)
{
    sdk::Writer out;
    out.text(hello.role);
    out.text(hello.about);
    out.text(hello.sandbox);
    return out.take();
}

std::optional<Hello> decode_hello(std::string_view bytes)
{
    sdk::Reader in(bytes);
    Hello hello;
    hello.role = in.text();
    hello.about = in.text();
    hello.sandbox = in.text();
    if (!in.done())
        return std::nullopt;
    return hello;
}

std::string encode(const Problem& problem)
{
    sdk::Writer out;
    for (const std::string* field :
         {&problem.code, &problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
        out.text(*field);
    return out.take();
}

std::optional<Problem> decode_problem(std::string_view bytes)
{
    sdk::Reader in(bytes);
    Problem problem;
    problem.code = in.text();
    for (std::string* field : {&problem.detail, &problem.place, &problem.found, &problem.expected, &problem.rule})
        *field = shortened(in.view(), 1000);
    if (!in.done() || !is_code(problem.code))
        return std::nullopt;
    return problem;
}

std::string encode(const ConnectorJob& job)
{
    sdk::Writer out;
    out.number(static_cast<std::uint64_t>(job.kind));
    out.number(static_cast<std::uint64_t>(job.form));
    out.text(job.bytes);
    return out.take();
}

std::optional<ConnectorJob> decode_connector_job(std::string_view bytes)
{
    sdk::Reader in(bytes);
    const std::uint64_t kind = in.number();
    const std::uint64_t form = in.number();
    ConnectorJob job;
    job.bytes = in.view();
    if (!in.done() || kind > 1 || form > static_cast<std::uint64_t>(sdk::AnswerForm::json_texts))
        return std::nullopt;
    job.kind = static_cast<ConnectorJob::Kind>(kind);
    job.form = static_cast<sdk::AnswerForm>(form);
    return job;
}

}  // namespace lienthong::process
