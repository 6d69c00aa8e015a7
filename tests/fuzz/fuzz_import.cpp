/// Fuzz target: any bytes as a table to import. The first byte chooses the table. Refusals have a code of their room and a
/// place in the file; rows have only columns of their table, in NFC; reading is the same a second time.
#include "hub/catalogue/import_rows.hpp"
#include "hub/text/unicode.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <memory>

namespace {

using namespace lienthong;
using namespace lienthong::catalogue;
using fuzz::require;

const std::string file = "nguon.csv";

const Headings& headings()
{
    static const Headings lists = [] {
        std::vector<Problem> problems;
        Headings read(LIENTHONG_SOURCE_DIR "/mappings/catalogue", problems);
        require(problems.empty(), "the published headings are sound");
        return read;
    }();
    return lists;
}

const Catalogue& catalogue_of_the_house()
{
    static const std::shared_ptr<const Catalogue> loaded = [] {
        std::vector<Problem> problems;
        return Catalogue::load(
            LIENTHONG_SOURCE_DIR "/mappings/catalogue", [](std::string_view) { return std::string(); }, problems);
    }();
    require(loaded != nullptr, "the published catalogue loads");
    return *loaded;
}

void check(const std::vector<Problem>& problems)
{
    for (const Problem& problem : problems) {
        require(problem.place.starts_with(file), "everything said has its place in the source", problem.sentence());
        require(problem.found.size() <= 210, "what was found is shortened", problem.found);
        require(text::is_utf8(problem.found) && text::is_utf8(problem.expected), "what is said can be shown", problem.sentence());
    }
}

void check_row(const ImportRow& row, const FileForm& form)
{
    for (const auto& [column, cell] : row.cells) {
        require(std::find(form.columns.begin(), form.columns.end(), column) != form.columns.end(),
                "a row has columns of its table", column);
        require(text::is_nfc(cell.text), "cells are in NFC", cell.text);
        require(cell.text.find('\0') == std::string::npos, "cells hold no NUL", cell.text);
    }
}

std::size_t cells_known(const FileForm& form, const CsvRow& row)
{
    return static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [&](const Cell& cell) {
        return !is_blank(cell.text) && headings().column(form, cell.text).has_value();
    }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    const FileForm& form = file_forms()[data[0] % file_forms().size()];
    const auto text = source_text(input, file);
    if (!text.ok()) {
        check({text.problem()});
        return 0;
    }
    require(text::is_nfc(text->text), "what is read on is in NFC");
    const auto known = [&](const CsvRow& row) { return cells_known(form, row); };
    const auto table = source_table(*text, file, std::nullopt, known);
    if (!table.ok()) {
        check({table.problem()});
        return 0;
    }
    ImportTerms terms;
    terms.prefix = "T";
    terms.set = {{form.columns.front() == "code" && form.columns.back() == "note" ? "act" : form.columns.back(), "x"}};
    const ImportedRows rows = imported_rows(*table, file, form, terms, headings(), catalogue_of_the_house());
    check(rows.problems);
    check(rows.findings);
    check(rows.notes);
    for (const ImportRow& row : rows.rows)
        check_row(row, form);
    const ImportedRows again = imported_rows(*table, file, form, terms, headings(), catalogue_of_the_house());
    require(again.rows.size() == rows.rows.size() && again.problems == rows.problems && again.findings == rows.findings,
            "reading is the same a second time", input);
    return 0;
}
