// lienthong catalogue diff: rows added, removed and changed between two folders, and codes that changed meaning.
#include "hub/catalogue/diff.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/model/problem_json.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

void print_file(const catalogue::FileDiff& file)
{
    std::printf("%s  +%zu -%zu ~%zu\n", file.file.c_str(), file.added.size(), file.removed.size(), file.changed.size());
    for (const std::string& key : file.added)
        std::printf("  + %s\n", key.c_str());
    for (const std::string& key : file.removed)
        std::printf("  - %s\n", key.c_str());
    for (const catalogue::RowChange& row : file.changed) {
        std::printf("  ~ %s  (%s)\n", row.key.c_str(), row.place.c_str());
        for (const catalogue::CellChange& cell : row.cells)
            std::printf("      %s: '%s' → '%s'%s\n", cell.column.c_str(), cell.before.c_str(), cell.after.c_str(),
                        cell.meaning ? "   ANOTHER MEANING" : "");
    }
}

void write_keys(JsonWriter& out, const char* name, const std::vector<std::string>& keys)
{
    out.key(name).begin_array();
    for (const std::string& key : keys)
        out.text(key);
    out.end_array();
}

void write_file(JsonWriter& out, const catalogue::FileDiff& file)
{
    out.begin_object().member("file", file.file);
    write_keys(out, "added", file.added);
    write_keys(out, "removed", file.removed);
    out.key("changed").begin_array();
    for (const catalogue::RowChange& row : file.changed) {
        out.begin_object().member("key", row.key).member("place", row.place).key("cells").begin_array();
        for (const catalogue::CellChange& cell : row.cells) {
            out.begin_object().member("column", cell.column).member("before", cell.before).member("after", cell.after);
            out.member("meaning", cell.meaning).end_object();
        }
        out.end_array().end_object();
    }
    out.end_array().end_object();
}

}  // namespace

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
            write_file(out, file);
        out.end_array();
        write_problems(out, "problems", errors);
        std::printf("%s\n", out.end_object().take().c_str());
    } else {
        for (const catalogue::FileDiff& file : files)
            print_file(file);
        std::printf("old  %s  %s\n", older->digest().c_str(), options.older.c_str());
        std::printf("new  %s  %s\n", newer->digest().c_str(), options.newer.c_str());
        std::printf("%zu files differ, %zu codes changed meaning\n", files.size(), errors.size());
        print_problems(errors, false);
    }
    return errors.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
