// Problems, for people on standard error or for programs on standard output.
#include "hub/cli/commands.hpp"
#include "hub/model/problem_json.hpp"

#include <cstdio>

namespace lienthong::cli {

void print_problems(const std::vector<Problem>& problems, bool json)
{
    if (json) {
        JsonWriter out;
        out.begin_object();
        write_problems(out, "problems", problems);
        std::printf("%s\n", out.end_object().take().c_str());
        return;
    }
    for (const Problem& problem : problems)
        std::fprintf(stderr, "%s\n", problem.sentence().c_str());
}

}  // namespace lienthong::cli
