/// One catalogue file as a table: named columns, and cells read as codes, days, lists, with every fault kept.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/csv.hpp"
#include "hub/catalogue/files.hpp"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::catalogue {

/// Which characters a code may have: A–Z 0–9 _ and these.
inline constexpr std::string_view plain_code = "";
inline constexpr std::string_view agency_code = ".";
inline constexpr std::string_view area_code = ":";
inline constexpr std::string_view foreign_code = ".:-";

class Table
{
public:
    /// Reads the file below `directory`, whose header must name the form's columns, in any order, but may lack optional ones.
    Table(const std::string& directory, const FileForm& form, std::vector<Problem>& problems);

    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// The catalogue lacks the file, which it may.
    [[nodiscard]] bool absent() const { return absent_; }
    [[nodiscard]] bool has(std::string_view column) const;
    /// Empty where the file lacks an optional column.
    [[nodiscard]] const std::string& text(std::size_t row, std::string_view column) const;
    [[nodiscard]] std::string line_place(std::size_t row) const;

    /// A text that must not be empty.
    [[nodiscard]] std::string required(std::size_t row, std::string_view column) const;
    /// A non-empty code.
    [[nodiscard]] std::string code(std::size_t row, std::string_view column, std::string_view also) const;
    /// A list parted by ';', in which nothing is empty or stands twice.
    [[nodiscard]] std::vector<std::string> list(std::size_t row, std::string_view column) const;
    /// "yes" or empty.
    [[nodiscard]] bool flag(std::size_t row, std::string_view column) const;
    [[nodiscard]] unsigned number(std::size_t row, std::string_view column) const;
    /// A date that exists, or 9999-12-31.
    [[nodiscard]] Day day(std::size_t row, std::string_view column) const;
    /// One of the words `choices` pairs with its values; the first value where it is none of them.
    template <class Value, std::size_t size>
    [[nodiscard]] Value choice(std::size_t row, std::string_view column,
                               const std::array<std::pair<std::string_view, Value>, size>& choices) const
    {
        std::string words;
        for (const auto& [word, value] : choices) {
            if (text(row, column) == word)
                return value;
            words.append(words.empty() ? "" : ", ").append(word);
        }
        report(row, column, "catalogue.kind", "not a word of this column", std::move(words));
        return choices.front().second;
    }
    /// The column "mark".
    [[nodiscard]] Mark mark(std::size_t row) const;
    /// valid_from and valid_to.
    [[nodiscard]] Validity validity(std::size_t row) const;

    /// Keeps a problem at a cell; `found` is the cell's text. Of a file the first hundred are kept.
    void report(std::size_t row, std::string_view column, std::string code, std::string detail, std::string expected = {}) const;

    /// The rows in a form that spelling, order of rows and order of columns do not touch: what the digest is over.
    [[nodiscard]] std::string canonical() const;

private:
    [[nodiscard]] const Cell& cell(std::size_t row, std::string_view column) const;
    void keep(Problem problem) const;
    void take_header(const CsvRow& header);
    void take_row(CsvRow row, bool composed);

    std::string file_;
    std::vector<std::string> columns_;   ///< In the order the file has them.
    std::vector<std::string> optional_;  ///< Columns the file may lack.
    std::vector<CsvRow> rows_;
    bool absent_ = false;
    mutable std::map<std::string, Day, std::less<>> days_;  ///< Those read so far.
    mutable unsigned kept_ = 0;                             ///< Problems of the rows, with those not listed.
    std::vector<Problem>& problems_;
};

/// Each key and validity of a file once: reports catalogue.duplicate where a row repeats one, catalogue.overlap where
/// two rows of one key hold on the same day. One key and one validity a row, in the order of the file.
void check_once(const Table& table, std::string_view column, const std::vector<std::string>& keys,
                const std::vector<Validity>& validities);

/// Reads a file into `rows`, in its order. What rows of many files have is read for each of them: validity, act, mark, note
/// and place; `read(row, out)` reads the rest. Then no two rows of one key may hold on the same day; `key` is a member of a
/// row, or a function of it.
template <class Row, class Read, class Key>
void read_rows(const Table& table, std::string_view column, std::vector<Row>& rows, Read read, Key key)
{
    rows.reserve(table.size());
    std::vector<std::string> keys;
    std::vector<Validity> validities(table.size());
    keys.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        Row out;
        if constexpr (requires { out.validity; })
            validities[row] = out.validity = table.validity(row);
        if constexpr (requires { out.act; })
            out.act = table.required(row, "act");
        if constexpr (requires { out.mark; })
            out.mark = table.mark(row);
        if constexpr (requires { out.note; })
            out.note = table.text(row, "note");
        if constexpr (requires { out.place; })
            out.place = table.line_place(row);
        read(row, out);
        keys.emplace_back(std::invoke(key, out));
        rows.push_back(std::move(out));
    }
    check_once(table, column, keys, validities);
}

}  // namespace lienthong::catalogue
