// Turns problems into RFC 9457 documents.
#include "hub/http/problem_document.hpp"

#include "hub/model/problem_text.hpp"

namespace lienthong::http {

void write_problem_members(JsonWriter& out, const Problem& problem)
{
    const ProblemText& text = problem_text(problem.code);
    const auto optional = [&](std::string_view name, std::string_view value) {
        if (!value.empty())
            out.member(name, value);
    };
    out.member("code", problem.code).member("title", text.vi).member("title_en", text.en);
    optional("detail", problem.detail);
    optional("place", problem.place);
    optional("found", problem.found);
    optional("expected", problem.expected);
    optional("rule", problem.rule);
    optional("remedy", text.remedy_vi);
    optional("remedy_en", text.remedy_en);
}

std::string problem_document(int status, const Problem& problem, std::span<const Problem> others)
{
    JsonWriter out;
    out.begin_object().member("type", "urn:lienthong:problem:" + problem.code).member("status", std::int64_t{status});
    write_problem_members(out, problem);
    if (!others.empty()) {
        out.key("problems").begin_array();
        for (const Problem& other : others) {
            out.begin_object();
            write_problem_members(out, other);
            out.end_object();
        }
        out.end_array();
    }
    return out.end_object().take();
}

}  // namespace lienthong::http
