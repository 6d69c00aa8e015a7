// Compares two catalogue folders by the keys their files are known to have.
#include "hub/catalogue/diff.hpp"

#include "hub/catalogue/table.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

using Rows = std::map<std::string, std::size_t>;
using Dimensions = std::map<std::string, std::string>;

Rows rows_of(const Table& table, const FileForm& form)
{
    Rows out;
    for (std::size_t row = 0; row < table.size(); ++row)
        out.emplace(key_of(table, form, row), row);
    return out;
}

Dimensions dimensions_of(const Table& units)
{
    Dimensions out;
    for (std::size_t row = 0; row < units.size(); ++row)
        out[units.text(row, "code")] = units.text(row, "dimension");
    return out;
}

class Comparison
{
public:
    Comparison(const Table& older, const Table& newer, const FileForm& form, const Dimensions& older_units,
               const Dimensions& newer_units)
        : older_(older), newer_(newer), form_(form), older_units_(older_units), newer_units_(newer_units)
    {
        out_.file = form.name;
    }

    FileDiff run()
    {
        const Rows before = rows_of(older_, form_);
        const Rows after = rows_of(newer_, form_);
        for (const auto& [key, row] : after) {
            if (const auto known = before.find(key); known != before.end())
                compare(key, known->second, row, false);
            else
                out_.added.push_back(key);
        }
        for (const auto& [key, row] : before)
            if (!after.contains(key))
                out_.removed.push_back(key);
        compare_moved(before, after);
        std::sort(out_.changed.begin(), out_.changed.end(), [](const RowChange& a, const RowChange& b) { return a.key < b.key; });
        return std::move(out_);
    }

private:
    /// A code whose first day was moved is still the same code, over the days both rows hold.
    void compare_moved(const Rows& before, const Rows& after)
    {
        if (form_.meaning.empty() || std::find(form_.key.begin(), form_.key.end(), "valid_from") == form_.key.end())
            return;
        std::multimap<std::string, std::size_t> gone;
        for (const auto& [key, row] : before)
            if (!after.contains(key))
                gone.emplace(older_.text(row, "code"), row);
        for (const auto& [key, row] : after) {
            if (before.contains(key))
                continue;
            const auto [first, last] = gone.equal_range(newer_.text(row, "code"));
            for (auto it = first; it != last; ++it)
                if (older_.text(it->second, "valid_from") < newer_.text(row, "valid_to") &&
                    newer_.text(row, "valid_from") < older_.text(it->second, "valid_to"))
                    compare(key, it->second, row, true);
        }
    }

    void compare(const std::string& key, std::size_t old_row, std::size_t new_row, bool meaning_only)
    {
        RowChange change{.key = key, .place = newer_.line_place(new_row), .cells = {}};
        for (const std::string& column : form_.columns) {
            const std::string& before = older_.text(old_row, column);
            const std::string& after = newer_.text(new_row, column);
            const bool meaning = before != after && means(column, before, after);
            if (before != after && (meaning || !meaning_only))
                change.cells.push_back({column, before, after, meaning});
        }
        if (!change.cells.empty())
            out_.changed.push_back(std::move(change));
    }

    /// Whether the other cell is another meaning.
    [[nodiscard]] bool means(const std::string& column, const std::string& before, const std::string& after) const
    {
        if (std::find(form_.meaning.begin(), form_.meaning.end(), column) == form_.meaning.end())
            return false;
        if (column == "name_vi")
            return text::folded(before) != text::folded(after);
        if (column != "unit")
            return true;
        // A unit given where there was none settles what was open; that is what lint asks for.
        if (before.empty())
            return false;
        const auto old_unit = older_units_.find(before);
        const auto new_unit = newer_units_.find(after);
        return old_unit == older_units_.end() || new_unit == newer_units_.end() || old_unit->second != new_unit->second;
    }

    const Table& older_;
    const Table& newer_;
    const FileForm& form_;
    const Dimensions& older_units_;
    const Dimensions& newer_units_;
    FileDiff out_;
};

}  // namespace

std::string key_of(const Table& table, const FileForm& form, std::size_t row)
{
    std::string out;
    for (const std::string& column : form.key) {
        const std::string& cell = table.text(row, column);
        if (!out.empty() && !cell.empty())
            out += column == "valid_from" ? " from " : " ";
        out += cell;
    }
    return out;
}

std::vector<FileDiff> diff(const std::string& older, const std::string& newer, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    const auto dimensions = [&](const std::string& directory) {
        return dimensions_of(Table(directory, file_form("units.csv"), problems));
    };
    const Dimensions older_units = dimensions(older);
    const Dimensions newer_units = dimensions(newer);
    std::vector<FileDiff> out;
    for (const FileForm& form : file_forms()) {
        const Table old_table(older, form, problems);
        const Table new_table(newer, form, problems);
        if (problems.size() != before)
            continue;
        if (FileDiff found = Comparison(old_table, new_table, form, older_units, newer_units).run(); !found.same())
            out.push_back(std::move(found));
    }
    return problems.size() == before ? out : std::vector<FileDiff>{};
}

std::vector<Problem> changes_of_meaning(const std::vector<FileDiff>& files)
{
    std::vector<Problem> out;
    for (const FileDiff& file : files)
        for (const RowChange& row : file.changed)
            for (const CellChange& cell : row.cells)
                if (cell.meaning)
                    out.push_back({.code = "catalogue.meaning_changed",
                                   .detail = row.key + ": " + cell.column + " says something else under the same code",
                                   .place = row.place,
                                   .found = shortened(cell.after),
                                   .expected = cell.before.empty() ? "nothing, as before" : "as before: " + shortened(cell.before),
                                   .rule = "228/QĐ-UBND 2023-02-15, Article 6(2)"});
    return out;
}

}  // namespace lienthong::catalogue
