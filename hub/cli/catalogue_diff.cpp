// lienthong catalogue diff: rows added, removed and changed between two folders, and codes that changed meaning.
#include "hub/catalogue/diff.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/cli/shown_diff.hpp"
#include "hub/model/problem_json.hpp"

#include <cstdio>

namespace lienthong::cli {

int catalogue_diff(const Common& common, const CatalogueOptions& options)
{
    std::vector<Problem> problems;
    const auto older = load_catalogue(options.older, problems);
    const auto newer = load_catalogue(options.newer, problems);
    if (older == nullptr || newer == nullptr) {
        print_problems(problems, common.json);
        return not_done;
    }
    const auto files = catalogue::diff(options.older, options.newer, problems);
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    const auto errors = catalogue::changes_of_meaning(files);
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("old", older->digest()).member("new", newer->digest()).key("files").begin_array();
        for (const catalogue::FileDiff& file : files)
            write_file_diff(out, file);
        out.end_array();
        write_problems(out, "problems", errors);
        std::printf("%s\n", out.end_object().take().c_str());
    } else {
        for (const catalogue::FileDiff& file : files)
            print_file_diff(file);
        std::printf("old  %s  %s\n", older->digest().c_str(), options.older.c_str());
        std::printf("new  %s  %s\n", newer->digest().c_str(), options.newer.c_str());
        std::printf("%zu files differ, %zu codes changed meaning\n", files.size(), errors.size());
        print_problems(errors, false);
    }
    return errors.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
