// Imports: source to rows, rows into the next state of the folder, that state checked as any other, then put in place.
#include "hub/catalogue/import.hpp"

#include "hub/catalogue/import_folder.hpp"
#include "hub/catalogue/import_sheet.hpp"
#include "hub/catalogue/table.hpp"
#include "hub/catalogue/tables.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

namespace lienthong::catalogue {
namespace {

namespace fs = std::filesystem;
using Digest = std::function<std::string(std::string_view)>;
using Values = ImportSheet::Values;

constexpr std::string_view open_end = "9999-12-31";
constexpr std::string_view headings_file = "headings.csv";
constexpr std::string_view words_file = "cell_words.csv";

std::string header_of(const FileForm& form)
{
    std::string out;
    for (const std::string& column : form.columns)
        if (std::find(form.optional.begin(), form.optional.end(), column) == form.optional.end())
            out.append(out.empty() ? "" : ",").append(column);
    return out + '\n';
}

bool write_file(const std::string& path, const std::string& text)
{
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    return static_cast<bool>(out);
}

class Importer
{
public:
    Importer(const ImportRequest& request, const Digest& digest) : request_(request), digest_(digest) {}

    Import run()
    {
        if (find_table() && load_before() && read_rows() && build_after() && load_after())
            compare();
        if (request_.write && out_.problems.empty())
            write();
        return std::move(out_);
    }

private:
    bool fail(Problem problem)
    {
        out_.problems.push_back(std::move(problem));
        return false;
    }

    bool find_table()
    {
        form_ = form_of_table(request_.table);
        std::vector<std::string> tables;
        for (const FileForm& form : file_forms())
            tables.emplace_back(table_name(form));
        if (form_ == nullptr)
            return fail({.code = "import.table",
                         .detail = "the catalogue has no such table",
                         .found = shortened(request_.table),
                         .expected = listed(tables)});
        const auto check = [&](const std::string& column, const char* option, bool also) {
            const auto& columns = form_->columns;
            if (std::find(columns.begin(), columns.end(), column) != columns.end() ||
                (also && (column == numbering_column || column == no_column)))
                return;
            const auto near = text::nearest(column, columns);
            fail({.code = "import.column",
                  .detail = std::string(option) + " names a column that " + form_->name + " has not",
                  .found = shortened(column),
                  .expected = listed(near.empty() ? columns : near)});
        };
        for (const auto& [column, value] : request_.terms.set)
            check(column, "--set", false);
        for (const auto& [heading, column] : request_.terms.columns)
            check(column, "--columns", true);
        return out_.problems.empty();
    }

    /// The folder as it is, or, where it is new, one whose files have their headers only.
    bool load_before()
    {
        // Only who writes keeps others away; a preview reads like anyone else.
        is_new_ = is_new_catalogue(request_.catalogue);
        if (request_.write && !is_new_ && !take_lock())
            return false;
        present_ = catalogue_files(request_.catalogue);
        auto files = present_;
        if (is_new_)
            for (const FileForm& form : file_forms())
                if (form.presence == Presence::required) {
                    files[form.name] = header_of(form);
                    out_.created.push_back(form.name);
                }
        for (const auto& [name, text] : files)
            for (const TemporaryFolder* folder : {&before_, &after_})
                if (!write_file(folder->path() + "/" + name, text))
                    return fail(no_room());
        catalogue_ = Catalogue::load(before_.path(), digest_, out_.problems);
        if (catalogue_ != nullptr && !is_new_)
            out_.digest_before = catalogue_->digest();
        return catalogue_ != nullptr;
    }

    bool read_rows()
    {
        const Headings headings(request_.headings, out_.problems);
        for (Problem& problem : out_.problems)
            if (problem.code == "catalogue.file")
                problem.expected = "a folder with headings.csv, named with --headings";
        if (!out_.problems.empty())
            return false;
        const auto known = [&](const CsvRow& row) {
            return static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [&](const Cell& cell) {
                const bool said =
                    std::any_of(request_.terms.columns.begin(), request_.terms.columns.end(),
                                [&](const auto& pair) { return heading_key(pair.first) == heading_key(cell.text); });
                return !is_blank(cell.text) && (said || headings.column(*form_, cell.text).has_value());
            }));
        };
        auto table = request_.sheets ? read_sheet(known) : read_text(known);
        if (!table.ok()) {
            Problem problem = table.problem();
            if (problem.expected.empty())
                problem.expected = listed(headings.known(*form_));
            return fail(std::move(problem));
        }
        out_.header_line = table->rows[table->header].front().line;
        rows_ = imported_rows(*table, request_.sheets ? name_of(request_.file, out_.sheet) : request_.file, *form_, terms(), headings, *catalogue_);
        out_.headings = rows_.headings;
        const auto append = [](std::vector<Problem>& to, const std::vector<Problem>& from) {
            to.insert(to.end(), from.begin(), from.end());
        };
        append(out_.notes, rows_.notes);
        append(out_.findings, rows_.findings);
        append(out_.problems, rows_.problems);
        return out_.problems.empty();
    }

    using Known = std::function<std::size_t(const CsvRow&)>;

    Result<SourceTable> read_sheet(const Known& known)
    {
        auto chosen = source_table(*request_.sheets, request_.file, request_.sheet, known);
        if (!chosen.ok())
            return chosen.problem();
        out_.sheet = chosen->name;
        return std::move(chosen->table);
    }

    Result<SourceTable> read_text(const Known& known)
    {
        const auto bytes = read_source(request_.file);
        if (!bytes.ok())
            return bytes.problem();
        const auto source = source_text(*bytes, request_.file);
        if (!source.ok())
            return source.problem();
        out_.notes = source->notes;
        auto table = source_table(*source, request_.file, request_.separator, known);
        if (!table.ok())
            return table.problem();
        out_.separator = separator_word(table->separator);
        if (!request_.separator)
            out_.notes.push_back({.code = "import.separator_read",
                                  .detail = "only with " + out_.separator + "s between the cells a header is found",
                                  .place = request_.file + ':' + std::to_string(table->rows[table->header].front().line),
                                  .found = out_.separator});
        return table;
    }

    /// With the province all agencies are of, where they are of one.
    [[nodiscard]] ImportTerms terms() const
    {
        ImportTerms out = request_.terms;
        if (!out.province.empty())
            return out;
        std::set<std::string> provinces;
        for (const Agency& agency : catalogue_->agencies())
            provinces.emplace(province_of(agency.code));
        if (provinces.size() == 1)
            out.province = *provinces.begin();
        return out;
    }

    bool build_after()
    {
        const Table present(before_.path(), *form_, out_.problems);
        ImportSheet sheet(present, *form_);
        for (const ImportRow& row : rows_.rows)
            join(sheet, row);
        if (!out_.problems.empty())
            return false;
        if (!write_file(after_.path() + "/" + form_->name, sheet.text()))
            return fail(no_room());
        return form_->name != "indicators.csv" || add_measures();
    }

    bool take_lock()
    {
        auto lock = FolderLock::take(request_.catalogue);
        if (!lock.ok())
            return fail(lock.problem());
        lock_.emplace(std::move(lock).value());
        return true;
    }

    [[nodiscard]] Problem no_room() const
    {
        return {.code = "catalogue.not_written", .detail = "no room for the next state of the folder", .place = after_.path()};
    }

    /// A row of the same key gets what the source says; what it does not speak of stays.
    void join(ImportSheet& sheet, const ImportRow& row)
    {
        Values values;
        for (const auto& [column, cell] : row.cells)
            values[column] = cell.text;
        std::string key = sheet.key_of(values);
        if (const auto known = sources_.find(key); known != sources_.end()) {
            const auto cell = row.cells.find(form_->key.front());
            const bool written = cell != row.cells.end() && !cell->second.place.empty();
            fail({.code = "import.duplicate",
                  .detail = "the row is there twice",
                  .place = written ? cell->second.place : row.place + ":1",
                  .found = shortened(key),
                  .expected = "once; also at " + known->second->place});
            return;
        }
        sources_.emplace(key, &row);
        keys_.push_back(key);
        if (Values* present = sheet.find(key)) {
            const Values was = *present;
            for (const auto& [column, cell] : row.cells)
                if (is_settled(was, values, column, cell))
                    forget_finding(row, cell.read_of);
                else
                    (*present)[column] = cell.text;
            return;
        }
        const auto& columns = form_->columns;
        if (values["valid_to"].empty() && std::find(columns.begin(), columns.end(), "valid_to") != columns.end())
            values["valid_to"] = open_end;
        sheet.add(std::move(values));
    }

    /// Whether somebody has read the same words already: their reading stays, as does what a note says is open.
    [[nodiscard]] static bool is_settled(const Values& was, const Values& now, const std::string& column, const ImportCell& cell)
    {
        if (cell.read_of.empty() || ImportSheet::value(was, cell.read_of) != ImportSheet::value(now, cell.read_of))
            return false;
        return !ImportSheet::value(was, column).empty() || !ImportSheet::value(was, "note").empty();
    }

    void forget_finding(const ImportRow& row, const std::string& raw)
    {
        const auto cell = row.cells.find(raw);
        if (cell == row.cells.end())
            return;
        out_.findings.erase(std::remove_if(out_.findings.begin(), out_.findings.end(),
                                           [&](const Problem& finding) { return finding.place == cell->second.place; }),
                            out_.findings.end());
    }

    /// Every line with a figure has its measure VALUE; what else it packs is for a person to say.
    bool add_measures()
    {
        const FileForm& form = file_form("measures.csv");
        const Table present(before_.path(), form, out_.problems);
        ImportSheet sheet(present, form);
        for (const ImportRow& row : rows_.rows) {
            Values measure = {{"indicator", row.text("code")}, {"code", "VALUE"},    {"set", row.text("set")},
                              {"name_vi", "giá trị"},          {"name_en", "value"}, {"act", row.text("act")}};
            if (row.text("heading") == "yes" || sheet.find(sheet.key_of(measure)) != nullptr)
                continue;
            sources_of_measures_.emplace(sheet.key_of(measure), &row);
            sheet.add(std::move(measure));
        }
        return sources_of_measures_.empty() || write_file(after_.path() + "/" + form.name, sheet.text()) || fail(no_room());
    }

    bool load_after()
    {
        files_ = exported(after_.path(), out_.problems);
        if (!out_.problems.empty())
            return false;
        if (const auto written = write_files(after_.path(), files_); !written.ok())
            return fail(written.problem());
        std::vector<Problem> found;
        const auto loaded = Catalogue::load(after_.path(), digest_, found);
        if (loaded == nullptr) {
            tell_of_source(std::move(found));
            return false;
        }
        out_.digest_after = loaded->digest();
        return true;
    }

    /// A cell of a file as it was to be: which row of the source it came from, and its column.
    struct Origin
    {
        const ImportRow* row = nullptr;
        std::string column;
    };

    [[nodiscard]] std::map<std::string, Origin> origins(const FileForm& form,
                                                        const std::map<std::string, const ImportRow*>& sources) const
    {
        std::map<std::string, Origin> out;
        const auto file =
            std::find_if(files_.begin(), files_.end(), [&](const ExportedFile& one) { return one.name == form.name; });
        if (file == files_.end())
            return out;
        const auto rows = read_csv(file->text, form.name);
        std::vector<Problem> none;
        const Table table(after_.path(), form, none);
        for (std::size_t row = 0; row < table.size(); ++row)
            if (const auto source = sources.find(key_of(table, form, row)); source != sources.end())
                for (std::size_t at = 0; at < rows->front().size(); ++at) {
                    const Cell& cell = (*rows)[row + 1][at];
                    out[place_of(form.name, cell.line, cell.column)] = {source->second, rows->front()[at].text};
                }
        return out;
    }

    /// What loading found wrong, said of the file people have before them. One saying for a column the file does not have.
    void tell_of_source(std::vector<Problem> found)
    {
        auto known = origins(*form_, sources_);
        if (form_->name == "indicators.csv")
            known.merge(origins(file_form("measures.csv"), sources_of_measures_));
        std::set<std::string> said;
        for (Problem& problem : found) {
            if (const auto origin = known.find(problem.place); origin != known.end()) {
                const auto& [row, column] = origin->second;
                const auto cell = row->cells.find(column);
                if (cell == row->cells.end()) {
                    if (!said.insert(column + problem.code).second)
                        continue;
                    problem.place = request_.file + ':' + std::to_string(out_.header_line) + ":1";
                    problem.code = "import.column_missing";
                    problem.detail = "no heading gives the column " + column + " (" + problem.detail + ")";
                    problem.expected = "--set " + column + "=VALUE" + (problem.expected.empty() ? "" : ": " + problem.expected);
                } else if (cell->second.place.empty()) {
                    problem.place = row->place + ":1";
                    problem.detail = column + ": " + problem.detail;
                    if (request_.terms.set.contains(column) && !said.insert(column + problem.code + problem.detail).second)
                        continue;
                } else {
                    problem.place = cell->second.place;
                    problem.detail = column + ": " + problem.detail;
                }
            }
            out_.problems.push_back(std::move(problem));
        }
    }

    void compare()
    {
        out_.files = diff(before_.path(), after_.path(), out_.problems);
        const Table after(after_.path(), *form_, out_.problems);
        std::map<std::string, std::size_t> rows;
        for (std::size_t row = 0; row < after.size(); ++row)
            rows[key_of(after, *form_, row)] = row;
        const auto file =
            std::find_if(out_.files.begin(), out_.files.end(), [&](const FileDiff& one) { return one.file == form_->name; });
        std::map<std::string, RowChange*> changed;
        if (file != out_.files.end())
            for (RowChange& row : file->changed) {
                changed[row.key] = &row;
                if (const auto source = sources_.find(row.key); source != sources_.end())
                    row.place = source->second->place;
            }
        for (const std::string& key : keys_) {
            ImportedRow row{.key = key, .place = sources_.at(key)->place, .state = RowState::equal, .cells = {}};
            if (file != out_.files.end() && std::binary_search(file->added.begin(), file->added.end(), key)) {
                row.state = RowState::added;
                for (const std::string& column : form_->columns)
                    if (const std::string& text = after.text(rows.at(key), column); !text.empty())
                        row.cells.push_back({column, "", text, false});
            } else if (const auto change = changed.find(key); change != changed.end()) {
                row.state = RowState::changed;
                row.cells = change->second->cells;
            }
            out_.rows.push_back(std::move(row));
        }
        for (Problem& problem : changes_of_meaning(out_.files))
            out_.problems.push_back(std::move(problem));
    }

    void write()
    {
        std::vector<ExportedFile> next;
        for (ExportedFile& file : files_)
            if (is_new_ ||
                std::any_of(out_.files.begin(), out_.files.end(), [&](const FileDiff& one) { return one.file == file.name; }))
                next.push_back(std::move(file));
        // A new folder gets the lists it was read by, so that it can be added to by itself.
        if (is_new_)
            for (const std::string_view name : {headings_file, words_file}) {
                const std::string list(name);
                auto bytes = read_source(request_.headings + "/" + list);
                if (bytes.ok() && !fs::exists(request_.catalogue + "/" + list)) {
                    next.push_back({list, std::move(*bytes), 0});
                    out_.created.push_back(list);
                }
            }
        if (next.empty())
            return;
        std::error_code error;
        if (is_new_)
            fs::create_directories(request_.catalogue, error);
        if (!lock_ && !take_lock())
            return;
        if (const auto replaced = replace_files(request_.catalogue, next, present_); !replaced.ok())
            fail(replaced.problem());
        else
            out_.written = true;
    }

    const ImportRequest& request_;
    const Digest& digest_;
    Import out_;
    const FileForm* form_ = nullptr;
    TemporaryFolder before_, after_;
    std::optional<FolderLock> lock_;
    bool is_new_ = false;
    std::map<std::string, std::string> present_;  ///< Bytes of the folder's files as they were read.
    std::shared_ptr<const Catalogue> catalogue_;
    ImportedRows rows_;
    std::vector<std::string> keys_;                    ///< In the order of the source.
    std::map<std::string, const ImportRow*> sources_;  ///< By key.
    std::map<std::string, const ImportRow*> sources_of_measures_;
    std::vector<ExportedFile> files_;  ///< The next state.
};

}  // namespace

std::string_view to_text(RowState state)
{
    return state == RowState::added ? "added" : state == RowState::changed ? "changed" : "equal";
}

std::size_t Import::count(RowState state) const
{
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const ImportedRow& row) { return row.state == state; }));
}

Import import_table(const ImportRequest& request, const std::function<std::string(std::string_view)>& sha256_hex)
{
    return Importer(request, sha256_hex).run();
}

}  // namespace lienthong::catalogue
