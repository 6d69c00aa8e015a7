// Keeps rows by what they are known by, and writes them for export to sort.
#include "hub/catalogue/import_sheet.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

void append_quoted(std::string& out, const std::string& cell)
{
    out += '"';
    for (const char c : cell)
        out.append(c == '"' ? 2 : 1, c);
    out += '"';
}

}  // namespace

ImportSheet::ImportSheet(const Table& table, const FileForm& form) : form_(form)
{
    for (const std::string& column : form.columns)
        if (!table.absent() && table.has(column))
            kept_.push_back(column);
    for (std::size_t row = 0; row < table.size(); ++row) {
        Values values;
        for (const std::string& column : kept_)
            values[column] = table.text(row, column);
        add(std::move(values));
    }
}

ImportSheet::Values* ImportSheet::find(const std::string& key)
{
    const auto row = by_key_.find(key);
    return row == by_key_.end() ? nullptr : &rows_[row->second];
}

void ImportSheet::add(Values values)
{
    by_key_.emplace(key_of(values), rows_.size());
    rows_.push_back(std::move(values));
}

std::string ImportSheet::key_of(const Values& values) const
{
    std::string out;
    for (const std::string& column : form_.key) {
        const std::string& cell = value(values, column);
        if (!out.empty() && !cell.empty())
            out += column == "valid_from" ? " from " : " ";
        out += cell;
    }
    return out;
}

std::string ImportSheet::text() const
{
    std::vector<std::string> columns;
    for (const std::string& column : form_.columns)
        if (!contains(form_.optional, column) || contains(kept_, column) ||
            std::any_of(rows_.begin(), rows_.end(), [&](const Values& row) { return !value(row, column).empty(); }))
            columns.push_back(column);
    std::string out;
    for (const std::string& column : columns)
        out.append(out.empty() ? "" : ",").append(column);
    out += '\n';
    for (const Values& row : rows_)
        for (const std::string& column : columns) {
            append_quoted(out, value(row, column));
            out += &column == &columns.back() ? '\n' : ',';
        }
    return out;
}

const std::string& ImportSheet::value(const Values& row, std::string_view column)
{
    static const std::string nothing;
    const auto cell = row.find(column);
    return cell == row.end() ? nothing : cell->second;
}

}  // namespace lienthong::catalogue
