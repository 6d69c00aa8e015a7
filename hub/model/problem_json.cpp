#include "hub/model/problem_json.hpp"

#include "hub/model/problem_text.hpp"

namespace lienthong {

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

void write_problems(JsonWriter& out, std::string_view name, std::span<const Problem> problems)
{
    if (problems.empty())
        return;
    out.key(name).begin_array();
    for (const Problem& problem : problems) {
        out.begin_object();
        write_problem_members(out, problem);
        out.end_object();
    }
    out.end_array();
}

}  // namespace lienthong
