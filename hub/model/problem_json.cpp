#include "hub/model/problem_json.hpp"

#include "hub/model/expected_text.hpp"
#include "hub/model/problem_text.hpp"

namespace lienthong {
namespace {

void write_text(JsonWriter& out, std::string_view name, std::string_view value)
{
    if (!value.empty())
        out.member(name, value);
}

void write_sentences(JsonWriter& out, const ProblemText& text)
{
    out.member("title", text.vi).member("title_en", text.en);
    write_text(out, "remedy", text.remedy_vi);
    write_text(out, "remedy_en", text.remedy_en);
}

void write_case(JsonWriter& out, const Problem& problem)
{
    write_text(out, "detail", problem.detail);
    write_text(out, "place", problem.place);
    write_text(out, "found", problem.found);
    write_text(out, "expected", problem.expected);
    write_text(out, "expected_vi", expected_in_vietnamese(problem.expected));
    write_text(out, "rule", problem.rule);
}

}  // namespace

void write_problem_members(JsonWriter& out, const Problem& problem)
{
    out.member("code", problem.code);
    write_case(out, problem);
    write_sentences(out, problem_text(problem.code));
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

void ProblemTable::write_problems(JsonWriter& out, std::string_view name, std::span<const Problem> problems)
{
    if (problems.empty())
        return;
    out.key(name).begin_array();
    for (const Problem& problem : problems) {
        codes_.insert(problem.code);
        out.begin_object().member("code", problem.code);
        write_case(out, problem);
        out.end_object();
    }
    out.end_array();
}

void ProblemTable::write_codes(JsonWriter& out) const
{
    out.key("codes").begin_object();
    for (const std::string& code : codes_) {
        out.key(code).begin_object();
        write_sentences(out, problem_text(code));
        out.end_object();
    }
    out.end_object();
}

}  // namespace lienthong
