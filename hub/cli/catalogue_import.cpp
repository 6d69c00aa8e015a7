// lienthong catalogue import: an office's table as rows of the catalogue, shown row by row, written when asked.
#include "hub/catalogue/import.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/cli/workbook_sheets.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace lienthong::cli {
namespace {

/// "COLUMN=VALUE".
bool take_set(const std::vector<std::string>& written, catalogue::ImportRequest& request, std::vector<Problem>& problems)
{
    for (const std::string& pair : written) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            problems.push_back({"parameter.bad", "--set gives a column and its value", "--set", pair, "COLUMN=VALUE", {}});
        else if (!request.terms.set.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second)
            problems.push_back({"parameter.bad", "--set gives a column twice", "--set", pair, "each column once", {}});
    }
    return problems.empty();
}

/// "HEADING=COLUMN,HEADING=COLUMN". A heading may hold commas; columns hold none.
bool take_columns(const std::vector<std::string>& written, catalogue::ImportRequest& request, std::vector<Problem>& problems)
{
    for (const std::string& pairs : written)
        for (std::string_view rest = pairs; !rest.empty();) {
            const std::size_t equals = rest.find('=');
            if (equals == std::string_view::npos || equals == 0) {
                problems.push_back(
                    {"parameter.bad", "--columns gives headings and their columns", "--columns", pairs, "HEADING=COLUMN,…", {}});
                break;
            }
            const std::size_t end = std::min(rest.find(',', equals), rest.size());
            request.terms.columns[std::string(rest.substr(0, equals))] = std::string(rest.substr(equals + 1, end - equals - 1));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    return problems.empty();
}

/// The lists beside the catalogue, else those of the configured one.
std::string headings_folder(const Common& common, const CatalogueOptions& options, const std::string& folder)
{
    if (!options.headings.empty())
        return options.headings;
    if (std::filesystem::exists(folder + "/headings.csv") || !std::filesystem::exists(common.config))
        return folder;
    const auto settings = settings_or_print(common);
    return settings ? settings->catalogue : folder;
}

/// Filled up with blanks by characters: printf counts bytes, and Vietnamese letters have up to three.
std::string padded(std::string text, std::size_t width)
{
    const auto characters = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    return text.append(characters < width ? width - characters : 0, ' ');
}

void print_row(const catalogue::ImportedRow& row)
{
    const bool added = row.state == catalogue::RowState::added;
    std::printf("  %s %-34s %s\n", added ? "+" : "~", row.key.c_str(), row.place.c_str());
    for (const catalogue::CellChange& cell : row.cells)
        if (added)
            std::printf("      %-20s %s\n", cell.column.c_str(), cell.after.c_str());
        else
            std::printf("      %-20s '%s' → '%s'%s\n", cell.column.c_str(), cell.before.c_str(), cell.after.c_str(),
                        cell.meaning ? "   ANOTHER MEANING" : "");
}

void print_list(const char* title, const std::vector<Problem>& problems, bool remedies)
{
    if (problems.empty())
        return;
    std::printf("%s\n", title);
    for (const Problem& problem : problems) {
        const ProblemText& text = problem_text(problem.code);
        std::printf("  %s  %s\n", problem.place.c_str(), std::string(text.vi).c_str());
        std::printf("      %s", problem.detail.c_str());
        if (!problem.found.empty())
            std::printf("; ghi '%s'", problem.found.c_str());
        if (!problem.expected.empty())
            std::printf("; → %s", problem.expected.c_str());
        std::printf("  (%s)\n", problem.code.c_str());
        if (remedies)
            std::printf("      cách khắc phục: %s\n      remedy: %s\n", std::string(text.remedy_vi).c_str(),
                        std::string(text.remedy_en).c_str());
    }
}

void print_import(const catalogue::Import& import, const catalogue::ImportRequest& request)
{
    if (!import.headings.empty()) {
        const std::string parted = import.sheet.empty() ? import.separator + "s" : "sheet '" + import.sheet + "'";
        std::printf("%s: %s, header in %s %u\n", request.file.c_str(), parted.c_str(), import.sheet.empty() ? "line" : "row", import.header_line);
        for (const catalogue::MatchedHeading& heading : import.headings)
            std::printf("  %s → %s\n", padded(heading.heading, 28).c_str(),
                        heading.column.empty() ? "?" : heading.column.c_str());
    }
    for (const catalogue::ImportedRow& row : import.rows)
        if (row.state != catalogue::RowState::equal)
            print_row(row);
    for (const catalogue::FileDiff& file : import.files)
        if (file.file != request.table + ".csv" && file.file != request.table)
            std::printf("  %s: +%zu rows that go with them\n", file.file.c_str(), file.added.size());
    print_list("Lưu ý | said", import.notes, false);
    print_list("Để ngỏ | left open", import.findings, true);
    print_list("Từ chối | refused", import.problems, true);
    using catalogue::RowState;
    std::printf(
        "%zu thêm mới | added, %zu thay đổi | changed, %zu giữ nguyên | equal, %zu để ngỏ | left open, %zu lỗi | errors\n",
        import.count(RowState::added), import.count(RowState::changed), import.count(RowState::equal), import.findings.size(),
        import.problems.size());
    if (import.written) {
        for (const std::string& file : import.created)
            std::printf("  tạo mới | created: %s\n", file.c_str());
        std::printf("đã ghi | written to %s, digest %s\n", request.catalogue.c_str(), import.digest_after.c_str());
    } else if (request.write && import.problems.empty()) {
        std::printf("không có gì thay đổi | nothing to change in %s\n", request.catalogue.c_str());
    } else {
        std::printf("chưa ghi gì | nothing was written%s\n", request.write || !import.problems.empty() ? "" : ": add --write");
    }
}

void write_cells(JsonWriter& out, const std::vector<catalogue::CellChange>& cells)
{
    out.key("cells").begin_array();
    for (const catalogue::CellChange& cell : cells) {
        out.begin_object().member("column", cell.column).member("before", cell.before).member("after", cell.after);
        out.member("meaning", cell.meaning).end_object();
    }
    out.end_array();
}

void write_list(JsonWriter& out, const char* name, const std::vector<Problem>& problems)
{
    out.key(name).begin_array();
    for (const Problem& problem : problems) {
        out.begin_object();
        write_problem_members(out, problem);
        out.end_object();
    }
    out.end_array();
}

void print_json(const catalogue::Import& import, const catalogue::ImportRequest& request)
{
    const auto whole = [](std::size_t number) { return static_cast<std::int64_t>(number); };
    JsonWriter out;
    out.begin_object().member("file", request.file).member("table", request.table).member("catalogue", request.catalogue);
    if (!import.sheet.empty())
        out.member("sheet", import.sheet);
    else
        out.member("separator", import.separator);
    out.member("header_line", std::int64_t{import.header_line});
    out.key("headings").begin_array();
    for (const catalogue::MatchedHeading& heading : import.headings)
        out.begin_object().member("heading", heading.heading).member("column", heading.column).end_object();
    out.end_array().key("rows").begin_array();
    for (const catalogue::ImportedRow& row : import.rows) {
        out.begin_object().member("key", row.key).member("place", row.place).member("state", to_text(row.state));
        write_cells(out, row.cells);
        out.end_object();
    }
    out.end_array();
    using catalogue::RowState;
    for (const RowState state : {RowState::added, RowState::changed, RowState::equal})
        out.member(to_text(state), whole(import.count(state)));
    out.key("files").begin_array();
    for (const catalogue::FileDiff& file : import.files)
        out.begin_object()
            .member("file", file.file)
            .member("added", whole(file.added.size()))
            .member("changed", whole(file.changed.size()))
            .end_object();
    out.end_array().key("created").begin_array();
    for (const std::string& file : import.created)
        out.text(file);
    out.end_array();
    write_list(out, "notes", import.notes);
    write_list(out, "findings", import.findings);
    write_list(out, "problems", import.problems);
    out.member("old", import.digest_before).member("new", import.digest_after).member("written", import.written);
    std::printf("%s\n", out.end_object().take().c_str());
}

}  // namespace

int catalogue_import(const Common& common, const CatalogueOptions& options)
{
    const auto folder = catalogue_folder_or_print(common, options);
    if (!folder)
        return not_done;
    catalogue::ImportRequest request{.file = options.file,
                                     .sheet = options.sheet,
                                     .table = options.table,
                                     .catalogue = *folder,
                                     .headings = headings_folder(common, options, *folder),
                                     .separator = catalogue::separator_from(options.separator),
                                     .terms = {.set = {}, .columns = {}, .prefix = options.prefix, .province = options.province},
                                     .write = options.write};
    std::vector<Problem> problems;
    if (is_workbook(request.file)) {
        auto sheets = sheets_of_workbook(request.file);
        if (!sheets) {
            print_problems({sheets.problem()}, common.json);
            return not_done;
        }
        request.sheets = *std::move(sheets);
    }
    if (!options.separator.empty() && !request.separator)
        problems.push_back({"parameter.bad", "not a separator", "--separator", options.separator, "comma, semicolon or tab", {}});
    if (!take_set(options.set, request, problems) || !take_columns(options.columns, request, problems)) {
        print_problems(problems, common.json);
        return not_done;
    }
    const auto import = catalogue::import_table(request, [](std::string_view bytes) { return seal::sha256_hex(bytes); });
    if (common.json)
        print_json(import, request);
    else
        print_import(import, request);
    if (import.problems.empty())
        return done;
    return options.write ? not_done : found_wrong;
}

}  // namespace lienthong::cli
