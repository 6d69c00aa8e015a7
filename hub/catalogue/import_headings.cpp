// Reads the lists of headings and words, checked against the columns they stand for.
#include "hub/catalogue/import_headings.hpp"

#include "hub/catalogue/table.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

/// Stands for every table in headings.csv.
constexpr std::string_view any_table = "*";

bool is_column(const FileForm& form, std::string_view column)
{
    return std::find(form.columns.begin(), form.columns.end(), column) != form.columns.end();
}

bool is_column_of_any(std::string_view column)
{
    return std::any_of(file_forms().begin(), file_forms().end(), [&](const FileForm& form) { return is_column(form, column); });
}

/// A heading known for every table says nothing in one without the column.
bool means_something(const FileForm& form, std::string_view column)
{
    return column == numbering_column || column == no_column || is_column(form, column);
}

std::string words_key(std::string_view table, std::string_view column)
{
    return std::string(table).append(1, ' ').append(column);
}

}  // namespace

std::string heading_key(std::string_view heading)
{
    std::string out = text::folded(heading);
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    while (!out.empty() && (out.back() == ':' || out.back() == '*' || out.back() == '.'))
        out.pop_back();
    return out;
}

std::string_view table_name(const FileForm& form)
{
    return std::string_view(form.name).substr(0, form.name.rfind('.'));
}

const FileForm* form_of_table(std::string_view table)
{
    const auto& forms = file_forms();
    const auto found = std::find_if(forms.begin(), forms.end(),
                                    [&](const FileForm& form) { return form.name == table || table_name(form) == table; });
    return found == forms.end() ? nullptr : &*found;
}

Headings::Headings(const std::string& directory, std::vector<Problem>& problems)
{
    const FileForm headings_form{"headings.csv", Presence::required, {"table", "column", "heading"}, {}, {}, {}, {}};
    const Table headings(directory, headings_form, problems);
    for (std::size_t row = 0; row < headings.size(); ++row) {
        const std::string& table = headings.text(row, "table");
        const std::string& column = headings.text(row, "column");
        const FileForm* form = form_of_table(table);
        if (form == nullptr && table != any_table)
            headings.report(row, "table", "catalogue.reference", "no table of the catalogue",
                            "the name of a file without .csv, or *");
        else if (column != numbering_column && column != no_column &&
                 !(form == nullptr ? is_column_of_any(column) : is_column(*form, column)))
            headings.report(row, "column", "catalogue.reference", "no column of the table", "a column, numbering or -");
        const std::string heading = headings.required(row, "heading");
        const auto [entry, fresh] = headings_[table].try_emplace(heading_key(heading), Entry{heading, column});
        if (!fresh && entry->second.meaning != column)
            headings.report(row, "heading", "catalogue.duplicate", "the heading stands for two columns", entry->second.meaning);
    }
    const FileForm words_form{"cell_words.csv", Presence::optional, {"table", "column", "words", "value"}, {}, {}, {}, {}};
    const Table words(directory, words_form, problems);
    for (std::size_t row = 0; row < words.size(); ++row) {
        const std::string& table = words.text(row, "table");
        const std::string& column = words.text(row, "column");
        const FileForm* form = form_of_table(table);
        if (form == nullptr || !is_column(*form, column))
            words.report(row, "column", "catalogue.reference", "no column of a table of the catalogue",
                         "table and column of the catalogue");
        const std::string written = words.required(row, "words");
        const auto [entry, fresh] =
            words_[words_key(table, column)].try_emplace(text::folded(written), Entry{written, words.text(row, "value")});
        if (!fresh)
            words.report(row, "words", "catalogue.duplicate", "the words stand twice", "once a table and column");
    }
}

std::optional<std::string> Headings::column(const FileForm& form, std::string_view heading) const
{
    if (is_column(form, heading))
        return std::string(heading);
    const std::string key = heading_key(heading);
    for (const std::string_view table : {table_name(form), any_table})
        if (const auto entries = headings_.find(table); entries != headings_.end())
            if (const auto entry = entries->second.find(key);
                entry != entries->second.end() && means_something(form, entry->second.meaning))
                return entry->second.meaning;
    return std::nullopt;
}

std::vector<std::string> Headings::known(const FileForm& form) const
{
    std::vector<std::string> out = form.columns;
    for (const std::string_view table : {table_name(form), any_table})
        if (const auto entries = headings_.find(table); entries != headings_.end())
            for (const auto& [key, entry] : entries->second)
                if (means_something(form, entry.meaning))
                    out.push_back(entry.written);
    return out;
}

const Headings::Entries* Headings::words_of(const FileForm& form, std::string_view column) const
{
    const auto entries = words_.find(words_key(table_name(form), column));
    return entries == words_.end() ? nullptr : &entries->second;
}

bool Headings::has_words(const FileForm& form, std::string_view column) const
{
    return words_of(form, column) != nullptr;
}

std::optional<std::string> Headings::value(const FileForm& form, std::string_view column, std::string_view words) const
{
    const Entries* entries = words_of(form, column);
    if (entries == nullptr)
        return std::nullopt;
    if (const auto entry = entries->find(text::folded(words)); entry != entries->end())
        return entry->second.meaning;
    const bool itself =
        std::any_of(entries->begin(), entries->end(), [&](const auto& entry) { return entry.second.meaning == words; });
    return itself ? std::optional(std::string(words)) : std::nullopt;
}

std::vector<std::string> Headings::words(const FileForm& form, std::string_view column) const
{
    std::vector<std::string> out;
    if (const Entries* entries = words_of(form, column))
        for (const auto& [key, entry] : *entries)
            out.push_back(entry.written);
    return out;
}

}  // namespace lienthong::catalogue
