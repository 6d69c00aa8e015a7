// Writes a catalogue's files in canonical form: columns and rows in the documented order, quotes only where needed.
#include "hub/catalogue/export.hpp"

#include "hub/catalogue/table.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace lienthong::catalogue {
namespace {

void append_cell(std::string& out, const std::string& cell)
{
    if (cell.find_first_of(",\"\n\r") == std::string::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell)
        out.append(c == '"' ? 2 : 1, c);
    out += '"';
}

/// Below 0, 0 or above 0.
int compare(const std::string& a, const std::string& b, const SortColumn& column)
{
    if (column.number && a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    if (!column.first.empty() && (a == column.first) != (b == column.first))
        return a == column.first ? -1 : 1;
    return a.compare(b);
}

std::string text_of(const Table& table, const FileForm& form)
{
    std::vector<std::string> columns;
    std::copy_if(form.columns.begin(), form.columns.end(), std::back_inserter(columns),
                 [&](const std::string& column) { return table.has(column); });
    std::vector<std::size_t> order(table.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        for (const SortColumn& column : form.sorted_by)
            if (const int order_of = compare(table.text(a, column.name), table.text(b, column.name), column); order_of != 0)
                return order_of < 0;
        return false;
    });
    std::string out;
    for (const std::string& column : columns)
        out.append(out.empty() ? "" : ",").append(column);
    out += '\n';
    for (const std::size_t row : order)
        for (const std::string& column : columns) {
            append_cell(out, table.text(row, column));
            out += &column == &columns.back() ? '\n' : ',';
        }
    return out;
}

}  // namespace

std::vector<ExportedFile> exported(const std::string& directory, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    std::vector<ExportedFile> out;
    for (const FileForm& form : file_forms()) {
        const Table table(directory, form, problems);
        if (problems.size() == before && !table.absent())
            out.push_back({form.name, text_of(table, form), table.size()});
    }
    return problems.size() == before ? out : std::vector<ExportedFile>{};
}

Result<void> write_files(const std::string& directory, const std::vector<ExportedFile>& files)
{
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    for (const ExportedFile& file : files) {
        const std::string path = directory + "/" + file.name;
        const std::string draft = path + ".new";
        std::ofstream out(draft, std::ios::binary);
        out << file.text;
        out.close();
        error.clear();
        if (out)
            std::filesystem::rename(draft, path, error);
        if (!out || error)
            return Problem{.code = "catalogue.not_written",
                           .detail = "the file cannot be written" + (error ? ": " + error.message() : std::string{}),
                           .place = file.name,
                           .found = directory,
                           .expected = "a folder that may be written to"};
    }
    return {};
}

}  // namespace lienthong::catalogue
