// Rows added, removed and changed, as people and programs read them.
#include "hub/cli/shown_diff.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

void write_keys(JsonWriter& out, const char* name, const std::vector<std::string>& keys)
{
    out.key(name).begin_array();
    for (const std::string& key : keys)
        out.text(key);
    out.end_array();
}

}  // namespace

void print_file_diff(const catalogue::FileDiff& file)
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

void write_file_diff(JsonWriter& out, const catalogue::FileDiff& file)
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

}  // namespace lienthong::cli
