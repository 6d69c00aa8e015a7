// Makes rows: each cell as its column wants it, raw texts read, codes made where the list has none.
#include "hub/catalogue/import_rows.hpp"

#include "hub/catalogue/import_columns.hpp"
#include "hub/catalogue/import_numbering.hpp"
#include "hub/catalogue/import_readings.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

/// Columns whose cells part several values by ';'; an office may part them by line breaks as well.
constexpr std::array<std::string_view, 6> list_columns = {"aliases",    "local_names", "spellings",
                                                          "from_roles", "others",      "agencies"};
constexpr std::array<std::string_view, 3> day_columns = {"valid_from", "valid_to", "day"};
/// Columns read from raw ones: what cell_words.csv has for them is about the raw words.
constexpr std::array<std::string_view, 6> read_columns = {"unit",      "period_kinds", "months",
                                                          "frequency", "agencies",     "breakdown_dimensions"};
constexpr std::string_view open_end = "9999-12-31";
/// Digits of an administrative code by its level (Decision 124/2004/QĐ-TTg); spreadsheets cut zeros in front.
constexpr std::array<std::pair<std::string_view, std::size_t>, 3> digits_of_level = {
    {{"province", 2}, {"district", 3}, {"commune", 5}}};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& columns, std::string_view column)
{
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool all_digits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// As written, but on one line and without blanks at its ends.
std::string on_one_line(std::string_view text)
{
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    const std::size_t first = out.find_first_not_of(' ');
    return first == std::string::npos ? std::string{} : out.substr(first, out.find_last_not_of(' ') + 1 - first);
}

class RowMaker
{
public:
    RowMaker(const SourceTable& source, const std::string& file, const FileForm& form, const ImportTerms& terms,
             const Headings& headings, const Catalogue& present)
        : source_(source),
          file_(file),
          form_(form),
          terms_(terms),
          headings_(headings),
          present_(present),
          numbering_(terms.prefix)
    {
    }

    ImportedRows run()
    {
        columns_ = matched_columns(source_, file_, form_, terms_, headings_, out_);
        const auto rows = rows_below(source_, file_, out_);
        if (!out_.problems.empty())
            return std::move(out_);
        for (const CsvRow* row : rows)
            take(*row);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool has(std::string_view column) const
    {
        return std::find(form_.columns.begin(), form_.columns.end(), column) != form_.columns.end();
    }
    [[nodiscard]] bool mapped(std::string_view column) const
    {
        return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
    }
    [[nodiscard]] bool is(std::string_view table) const { return table_name(form_) == table; }

    /// A cell of the source by its column; null where the source has no such column.
    [[nodiscard]] const Cell* source_cell(std::string_view column) const
    {
        const auto at = std::find(columns_.begin(), columns_.end(), column);
        return at == columns_.end() ? nullptr : &(*source_row_)[static_cast<std::size_t>(at - columns_.begin())];
    }

    void refuse(std::string code, std::string detail, const Cell& cell, std::string expected)
    {
        out_.problems.push_back({.code = std::move(code),
                                 .detail = std::move(detail),
                                 .place = place_of(file_, cell.line, cell.column),
                                 .found = shortened(cell.text),
                                 .expected = std::move(expected)});
    }

    /// Leaves a column open that could not be read from another.
    void leave_open(std::string code, std::string detail, std::string_view raw, std::string expected = {})
    {
        const Cell* cell = source_cell(raw);
        out_.findings.push_back({.code = std::move(code),
                                 .detail = std::move(detail),
                                 .place = cell == nullptr ? row_.place : place_of(file_, cell->line, cell->column),
                                 .found = shortened(row_.text(raw)),
                                 .expected = std::move(expected)});
    }

    void put(std::string_view column, std::string text, std::string read_of = {})
    {
        row_.cells[std::string(column)] = {.text = std::move(text), .place = {}, .read_of = std::move(read_of)};
    }

    void take(const CsvRow& source)
    {
        source_row_ = &source;
        row_ = {.cells = {}, .place = file_ + ':' + std::to_string(source.front().line)};
        for (std::size_t at = 0; at < columns_.size(); ++at)
            if (!columns_[at].empty() && columns_[at] != no_column && columns_[at] != numbering_column)
                take_cell(columns_[at], source[at]);
        for (const auto& [column, value] : terms_.set)
            put(column, value);
        if (const std::size_t before = out_.problems.size(); !make_code() || out_.problems.size() != before)
            return;
        if (has("valid_to") && mapped("valid_to") && row_.text("valid_to").empty())
            put("valid_to", std::string(open_end));
        // The rows of forms know theirs already, where they have numbers.
        if (has("agency") && (!is("forms") || source_cell(numbering_column) == nullptr))
            settle_agency();
        read_raw();
        if (is("indicators") && !mapped("heading") && !terms_.set.contains("heading"))
            mark_heading();
        out_.rows.push_back(std::move(row_));
    }

    void take_cell(const std::string& column, const Cell& cell)
    {
        std::string text = column.ends_with("_raw") ? on_one_line(cell.text) : text::tidied(cell.text);
        if (is_one_of(list_columns, column)) {
            std::vector<std::string> parts = parts_of(cell.text, ";\n");
            std::vector<std::string> once;
            for (std::string& part : parts)
                if (std::find(once.begin(), once.end(), part) == once.end())
                    once.push_back(std::move(part));
            text = joined(once);
        } else if (is_one_of(day_columns, column) && text.find('/') != std::string::npos) {
            if (const auto day = text::period_by_pattern(text, "dd/MM/yyyy"); day.ok())
                text = to_text(*day);
            else
                refuse("import.value", "not a date that exists, the day first", cell, "dd/MM/yyyy or yyyy-MM-dd");
        } else if (headings_.has_words(form_, column) && !is_one_of(read_columns, column)) {
            if (const auto value = headings_.value(form_, column, text))
                text = *value;
            else if (!text.empty())
                refuse("import.value", "nobody knows the words in the column " + column, cell,
                       "one of: " + listed(headings_.words(form_, column)) + "; or a row of cell_words.csv");
        }
        row_.cells[column] = {.text = std::move(text), .place = place_of(file_, cell.line, cell.column), .read_of = {}};
    }

    // --- codes ---------------------------------------------------------------------------------------------------------

    /// False where the row is a title and no row of the table.
    bool make_code()
    {
        if (is("indicators"))
            return make_indicator();
        if (is("forms"))
            return make_form();
        if (is("agencies"))
            make_agency();
        else if (is("areas"))
            make_area();
        return true;
    }

    /// Whether only its number and name are filled.
    [[nodiscard]] bool only_named() const
    {
        for (std::size_t at = 0; at < columns_.size(); ++at)
            if (!columns_[at].empty() && columns_[at] != numbering_column && columns_[at] != no_column &&
                columns_[at] != "name_vi" && !is_blank((*source_row_)[at].text))
                return false;
        return true;
    }

    /// "II. Ngân hàng" over all cells, in the cell of the number or that of the name: the number alone, else nothing.
    [[nodiscard]] std::string number_of_title() const
    {
        const Cell* filled = nullptr;
        for (const Cell& cell : *source_row_)
            if (!is_blank(cell.text)) {
                if (filled != nullptr)
                    return {};
                filled = &cell;
            }
        const std::string text = filled == nullptr ? std::string{} : text::tidied(filled->text);
        const std::size_t end = text.find_first_of(".) ");
        if (end == std::string::npos || end == 0 || text.find(' ') == std::string::npos)
            return {};
        const std::string number = text.substr(0, end);
        const bool capital = number.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
        return capital && (number.size() == 1 || roman(number) != 0) ? number : std::string{};
    }

    bool make_indicator()
    {
        const Cell* number = source_cell(numbering_column);
        if (number == nullptr) {
            set_line();
            return true;
        }
        const std::string title = number_of_title();
        const auto line = numbering_.next(title.empty() ? number->text : title);
        if (!line.ok()) {
            refuse("import.numbering", line.problem().detail, *number, line.problem().expected);
            return false;
        }
        // A section that carries something is itself an index; one with a name alone is no line of the list.
        if (line->title && (!title.empty() || only_named()))
            return false;
        const bool has_code = mapped("code") && !row_.text("code").empty();
        if (!has_code && line->code.find_first_not_of("0123456789_U") == std::string::npos) {
            refuse("import.code", "the list has neither groups nor sections, so its numbers alone would be codes", *number,
                   "--prefix, as in --prefix BN");
            return false;
        }
        codes_[line->code] = has_code ? row_.text("code") : line->code;
        if (!has_code)
            put("code", line->code);
        if (!mapped("parent")) {
            const auto above = codes_.find(line->parent);
            const bool fits = above != codes_.end() && row_.text("code").starts_with(above->second + '_');
            put("parent", fits ? above->second : "");
        }
        numbering_.keep(*line);
        set_line();
        return true;
    }

    /// Its position in the list.
    void set_line()
    {
        if (!mapped("line"))
            put("line", std::to_string(++line_));
    }

    bool make_form()
    {
        const Cell* number = source_cell(numbering_column);
        const Cell* name = source_cell("name_vi");
        if (number == nullptr)
            return true;
        std::string written = text::tidied(number->text);
        while (!written.empty() && written.back() == '.')
            written.pop_back();
        const std::size_t dot = written.find('.');
        const std::string first = written.substr(0, dot);
        if (dot == std::string::npos && name != nullptr && only_named())
            if (const auto body = agency_named(text::tidied(name->text)); body.ok()) {
                const unsigned value = roman(first);
                body_ = *body;
                body_number_ = value != 0 ? std::to_string(value) : first;
                if (!all_digits(body_number_))
                    refuse("import.numbering", "a body has no number in the list", *number, "1, 2 or I, II");
                return false;
            }
        const std::string own = dot == std::string::npos ? first : written.substr(dot + 1);
        if (!all_digits(own) || (dot != std::string::npos && !all_digits(first)) || written.size() > 12) {
            refuse("import.numbering", "not the number of a report", *number, "1 or 11.1: the body's number and the report's");
            return false;
        }
        if (mapped("agency") && !row_.text("agency").empty())
            settle_agency();
        else if (!body_.empty())
            put("agency", body_);
        // A list without the bodies' numbers numbers them as they first come.
        std::string body = dot != std::string::npos ? first : body_number_;
        if (body.empty()) {
            const auto [known, fresh] = bodies_.try_emplace(row_.text("agency"), bodies_.size() + 1);
            body = std::to_string(known->second);
        }
        const auto give = [&](const char* column, const std::string& text) {
            if (!mapped(column) || row_.text(column).empty())
                put(column, text);
        };
        give("agency_number", body);
        give("number", own);
        give("code", row_.text("set") + '_' + row_.text("agency_number") + '_' + row_.text("number"));
        return true;
    }

    void make_agency()
    {
        const Cell* number = source_cell(numbering_column);
        const std::string code = row_.text("code");
        if (code.empty()) {
            const std::string digits = number == nullptr ? std::string{} : text::tidied(number->text);
            if (terms_.prefix.empty() || !all_digits(digits) || digits.size() > 4)
                return refuse("import.code", "the agency has no identifier, and none can be made", source_row_->front(),
                              "an identifier, or a running number and --prefix, as in --prefix H05");
            put("code", terms_.prefix + (digits.size() == 1 ? ".0" : ".") + digits);
            put("inferred", "yes");
            return;
        }
        if (!mapped("inferred") && !terms_.set.contains("inferred"))
            put("inferred", "");
        // QCVN 102:2016/BTTTT wrote the levels the other way round, from 000: 000.01.14.H52.
        if (all_digits(code.substr(0, code.find('.')))) {
            std::vector<std::string> parts = parts_of(code, ".");
            std::reverse(parts.begin(), parts.end());
            while (parts.size() > 1 && parts.back().find_first_not_of('0') == std::string::npos)
                parts.pop_back();
            std::string canonical;
            for (const std::string& part : parts)
                canonical.append(canonical.empty() ? "" : ".").append(part);
            std::vector<std::string> aliases = parts_of(row_.text("aliases"), ";");
            if (std::find(aliases.begin(), aliases.end(), code) == aliases.end())
                aliases.insert(aliases.begin(), code);
            row_.cells["code"].text = canonical;
            row_.cells["aliases"].text = joined(aliases);
        }
    }

    void make_area()
    {
        const Cell* written = source_cell("code");
        std::string& code = row_.cells["code"].text;
        if (written != nullptr && !code.empty() && code.find(':') == std::string::npos) {
            if (terms_.prefix.empty())
                return refuse("import.code", "the code does not name its system", *written, "SYSTEM:CODE, or --prefix GSO");
            if (terms_.prefix == "GSO")
                for (const auto& [level, digits] : digits_of_level)
                    if (row_.text("level") == level && code.size() != digits)
                        return refuse("import.code",
                                      "the code has not the digits of its level, as where a spreadsheet cut zeros in front",
                                      *written, std::to_string(digits) + " digits for a " + std::string(level));
            code = terms_.prefix + ':' + code;
        }
        areas_[text::folded(row_.text("name_vi"))].push_back(code);
        if (const Cell* above = source_cell("parent"))
            read_parent(*above);
    }

    /// A code with its system, a code without, or the name of an area above in the file or in the catalogue.
    void read_parent(const Cell& cell)
    {
        std::string& parent = row_.cells["parent"].text;
        if (parent.empty() || parent.find(':') != std::string::npos)
            return;
        if (all_digits(parent) && !terms_.prefix.empty()) {
            parent = terms_.prefix + ':' + parent;
            return;
        }
        if (const auto above = areas_.find(text::folded(parent)); above != areas_.end() && above->second.size() == 1) {
            parent = above->second.front();
            return;
        }
        const auto area = present_.area("NAME", parent, day());
        if (area.ok())
            parent = (*area)->code;
        else
            refuse("import.value", "no one area of this name is above, in the file or in the catalogue", cell,
                   area.problem().expected.empty() ? "its code" : area.problem().expected);
    }

    // --- what raw texts say --------------------------------------------------------------------------------------------

    [[nodiscard]] Day day() const
    {
        const auto period = text::period_from(row_.text("valid_from"));
        return period.ok() ? text::first_day(*period) : Day{std::chrono::year{9999}, std::chrono::January, std::chrono::day{1}};
    }

    /// A raw column of the source that says something, whose reading was not given.
    [[nodiscard]] bool to_read(std::string_view raw, std::string_view column) const
    {
        return has(column) && mapped(raw) && !mapped(column) && !terms_.set.contains(std::string(column));
    }

    /// What was read goes into the column; what stays open is said of the raw cell.
    void take_reading(std::string_view column, const std::vector<std::string>& values, std::string_view raw)
    {
        put(column, joined(values), std::string(raw));
    }

    void say_open(const Reading& reading, std::string_view raw)
    {
        for (const Problem& open : reading.open)
            leave_open(open.code, open.detail, raw, open.expected);
    }

    void read_raw()
    {
        if (to_read("unit_raw", "unit")) {
            const Reading unit = unit_reading(present_, row_.text("unit_raw"));
            say_open(unit, "unit_raw");
            take_reading("unit", unit.values, "unit_raw");
        }
        const bool of_form = to_read("frequency_raw", "frequency");
        if (of_form || to_read("frequency_raw", "period_kinds")) {
            const FrequencyReading frequency = frequency_reading(row_.text("frequency_raw"), of_form);
            say_open(frequency, "frequency_raw");
            if (of_form) {
                put("frequency", frequency.canonical, "frequency_raw");
            } else {
                take_reading("period_kinds", frequency.values, "frequency_raw");
                take_reading("months", frequency.months, "frequency_raw");
            }
        }
        if (to_read("agency_raw", "agencies")) {
            const Reading agencies =
                agencies_reading(source_cell("agency_raw")->text, [this](const std::string& name) { return agency_named(name); });
            say_open(agencies, "agency_raw");
            take_reading("agencies", agencies.values, "agency_raw");
        }
        if (to_read("disaggregation_raw", "breakdown_dimensions")) {
            const std::string& raw = row_.text("disaggregation_raw");
            const auto words = headings_.value(form_, "breakdown_dimensions", raw);
            const Reading breakdowns =
                words ? Reading{.values = parts_of(*words, ";"), .open = {}} : breakdowns_reading(present_, raw);
            say_open(breakdowns, "disaggregation_raw");
            take_reading("breakdown_dimensions", breakdowns.values, "disaggregation_raw");
        }
    }

    [[nodiscard]] Result<std::string> agency_named(const std::string& name) const
    {
        const auto found =
            terms_.province.empty() ? present_.agency(name, day()) : present_.agency_within(terms_.province, name, day());
        if (!found.ok())
            return found.problem();
        return (*found)->code;
    }

    /// The column `agency`, which must not stay empty: by name or code.
    void settle_agency()
    {
        const Cell* cell = source_cell("agency");
        if (cell == nullptr || row_.text("agency").empty())
            return;
        const auto code = agency_named(row_.text("agency"));
        if (code.ok())
            row_.cells["agency"].text = *code;
        else
            refuse(code.problem().code, code.problem().detail, *cell,
                   code.problem().expected.empty() ? "a name or code of agencies.csv" : code.problem().expected);
    }

    /// A line with nothing but a number and a name carries no figure; where the file has nothing else, that says nothing.
    void mark_heading()
    {
        const bool says_more = std::any_of(columns_.begin(), columns_.end(), [](const std::string& column) {
            return column.ends_with("_raw") || column == "unit" || column == "agencies" || column == "period_kinds";
        });
        put("heading", says_more && only_named() ? "yes" : "");
    }

    const SourceTable& source_;
    const std::string& file_;
    const FileForm& form_;
    const ImportTerms& terms_;
    const Headings& headings_;
    const Catalogue& present_;
    std::vector<std::string> columns_;
    const CsvRow* source_row_ = nullptr;
    ImportRow row_;
    ImportedRows out_;

    Numbering numbering_;
    std::map<std::string, std::string> codes_;  ///< Of the number → as given or made.
    unsigned line_ = 0;
    std::string body_, body_number_;                         ///< The body whose reports follow.
    std::map<std::string, std::size_t> bodies_;              ///< By code, as they first came.
    std::map<std::string, std::vector<std::string>> areas_;  ///< Codes by folded name.
};

}  // namespace

const std::string& ImportRow::text(std::string_view column) const
{
    static const std::string nothing;
    const auto cell = cells.find(column);
    return cell == cells.end() ? nothing : cell->second.text;
}

ImportedRows imported_rows(const SourceTable& source, const std::string& file, const FileForm& form, const ImportTerms& terms,
                           const Headings& headings, const Catalogue& present)
{
    return RowMaker(source, file, form, terms, headings, present).run();
}

}  // namespace lienthong::catalogue
