// Turns problems into RFC 9457 documents.
#include "hub/http/problem_document.hpp"

#include "hub/model/problem_json.hpp"

namespace lienthong::http {

std::string problem_document(int status, const Problem& problem, std::span<const Problem> others)
{
    JsonWriter out;
    out.begin_object().member("type", "urn:lienthong:problem:" + problem.code).member("status", std::int64_t{status});
    write_problem_members(out, problem);
    write_problems(out, "problems", others);
    return out.end_object().take();
}

}  // namespace lienthong::http
