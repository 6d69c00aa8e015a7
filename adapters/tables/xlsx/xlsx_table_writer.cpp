// Sheets of typed cells to libxlsxwriter's calls, in the order its constant-memory mode asks for: row after row.
#include "adapters/tables/xlsx/xlsx_table_writer.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lienthong::adapters {
namespace {

constexpr std::chrono::hours local_offset{7};
/// What a cell may hold and a link may be long, by the format; a character has up to four bytes.
constexpr std::size_t longest_text = 32'000;
constexpr std::size_t longest_url = 2'000;
constexpr std::size_t narrowest = 6, widest = 60, width_of_day = 11, width_of_moment = 20;

/// A directory for the parts of one file, gone with its owner.
class Scratch
{
public:
    Scratch()
    {
        std::error_code error;
        path_ = (std::filesystem::temp_directory_path(error) / "lienthong-table-XXXXXX").string();
        made_ = !error && ::mkdtemp(path_.data()) != nullptr;
    }
    ~Scratch()
    {
        std::error_code ignored;
        if (made_)
            std::filesystem::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] bool made() const { return made_; }
    [[nodiscard]] std::string& path() { return path_; }

private:
    std::string path_;
    bool made_ = false;
};

std::size_t characters(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Without what XML cannot hold.
std::string writable(const std::string& text)
{
    std::string out = shortened(text, longest_text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t'; }, ' ');
    return out;
}

bool is_link(const std::string& url)
{
    return url.size() <= longest_url && (url.starts_with("https://") || url.starts_with("http://"));
}

struct Formats
{
    explicit Formats(lxw_workbook* book)
    {
        for (lxw_format** format : {&title, &heading, &day, &moment, &wrapped, &sums, &link})
            *format = workbook_add_format(book);
        format_set_bold(title);
        format_set_font_size(title, 14);
        format_set_bold(heading);
        format_set_text_wrap(heading);
        format_set_align(heading, LXW_ALIGN_VERTICAL_CENTER);
        format_set_bottom(heading, LXW_BORDER_THIN);
        format_set_num_format(day, "dd/mm/yyyy");
        format_set_num_format(moment, "dd/mm/yyyy hh:mm:ss");
        format_set_text_wrap(wrapped);
        format_set_bold(sums);
        format_set_top(sums, LXW_BORDER_THIN);
        format_set_underline(link, LXW_UNDERLINE_SINGLE);
        format_set_font_color(link, LXW_COLOR_BLUE);
        for (lxw_format* format : {day, moment, wrapped, sums, link})
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    lxw_format *title, *heading, *day, *moment, *wrapped, *sums, *link;
};

class SheetWriting
{
public:
    SheetWriting(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

    void write(const TableSheet& table)
    {
        for (std::size_t i = 0; i < table.above.size(); ++i, ++row_)
            put_row(table.above[i], i == 0 ? formats_.title : nullptr, false);
        for (std::size_t i = 0; i < table.headings.size(); ++i)
            put(static_cast<lxw_col_t>(i), table.headings[i], formats_.heading, true);
        ++row_;
        worksheet_freeze_panes(sheet_, row_, 0);
        for (std::size_t i = 0; i < table.rows.size(); ++i, ++row_)
            put_row(table.rows[i], table.last_row_sums && i + 1 == table.rows.size() ? formats_.sums : nullptr, true);
        // The columns' element is written when the book is closed, so that widths can come last.
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            keep(worksheet_set_column(sheet_, column, column, static_cast<double>(std::clamp(widths_[i] + 1, narrowest, widest)),
                                      nullptr));
        }
    }

    [[nodiscard]] lxw_error error() const { return error_; }

private:
    void put_row(const TableRow& row, lxw_format* format, bool fits)
    {
        for (std::size_t i = 0; i < row.size(); ++i)
            put(static_cast<lxw_col_t>(i), row[i], format, fits);
    }

    /// `fits`: the column is to be as wide as this text; titles may run over.
    void put(lxw_col_t column, const TableCell& cell, lxw_format* format, bool fits)
    {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            put_text(column, *text, format != nullptr ? format : fits ? formats_.wrapped : nullptr, fits);
        } else if (const auto* link = std::get_if<LinkedText>(&cell)) {
            put_link(column, *link, fits);
        } else if (const auto* count = std::get_if<std::int64_t>(&cell)) {
            keep(worksheet_write_number(sheet_, row_, column, static_cast<double>(*count), format));
            widen(column, std::to_string(*count).size());
        } else if (const auto* day = std::get_if<std::chrono::year_month_day>(&cell)) {
            lxw_datetime date{static_cast<int>(day->year()),
                              static_cast<int>(static_cast<unsigned>(day->month())),
                              static_cast<int>(static_cast<unsigned>(day->day())),
                              0,
                              0,
                              0.0};
            keep(worksheet_write_datetime(sheet_, row_, column, &date, formats_.day));
            widen(column, width_of_day);
        } else if (const auto* moment = std::get_if<Time>(&cell)) {
            // A spreadsheet knows no zones: the reader's own clock is shown.
            const auto local = std::chrono::floor<std::chrono::seconds>(*moment + local_offset);
            keep(worksheet_write_unixtime(sheet_, row_, column, local.time_since_epoch().count(), formats_.moment));
            widen(column, width_of_moment);
        }
    }

    void put_text(lxw_col_t column, const std::string& text, lxw_format* format, bool fits)
    {
        if (text.empty())
            return;
        const std::string kept = writable(text);
        keep(worksheet_write_string(sheet_, row_, column, kept.c_str(), format));
        if (fits)
            widen(column, characters(kept));
    }

    void put_link(lxw_col_t column, const LinkedText& link, bool fits)
    {
        // Past its limit of links in a sheet the library writes none; the text then stands alone.
        if (is_link(link.url) && worksheet_write_url_opt(sheet_, row_, column, link.url.c_str(), formats_.link,
                                                         writable(link.text).c_str(), nullptr) == LXW_NO_ERROR)
            widen(column, characters(link.text));
        else
            put_text(column, link.text, nullptr, fits);
    }

    void widen(lxw_col_t column, std::size_t width)
    {
        if (widths_.size() <= column)
            widths_.resize(column + 1U);
        widths_[column] = std::max(widths_[column], width);
    }

    void keep(lxw_error error)
    {
        if (error_ == LXW_NO_ERROR)
            error_ = error;
    }

    lxw_worksheet* sheet_;
    const Formats& formats_;
    lxw_row_t row_ = 0;
    std::vector<std::size_t> widths_;
    lxw_error error_ = LXW_NO_ERROR;
};

Problem unwritable(std::string detail, const std::string& place = {})
{
    return {"tables.unwritable", std::move(detail), place};
}

class XlsxTableWriter final : public TableWriter
{
public:
    [[nodiscard]] Result<std::string> write(std::span<const TableSheet> sheets) const override
    {
        Scratch scratch;
        if (!scratch.made())
            return unwritable(std::string("no directory for the parts of the file: ") + std::strerror(errno), scratch.path());
        const std::string file = scratch.path() + "/book.xlsx";
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = scratch.path().data();
        lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
        if (book == nullptr)
            return unwritable("the workbook cannot be begun", file);
        const Formats formats(book);
        std::string faults;
        for (const TableSheet& table : sheets) {
            lxw_worksheet* sheet = workbook_add_worksheet(book, table.name.c_str());
            if (sheet == nullptr) {
                faults = "a sheet cannot be named '" + table.name + "'";
                break;
            }
            SheetWriting writing(sheet, formats);
            writing.write(table);
            if (writing.error() != LXW_NO_ERROR)
                faults = table.name + ": " + lxw_strerror(writing.error());
        }
        // Also frees it, in any case.
        const lxw_error closed = workbook_close(book);
        if (!faults.empty())
            return unwritable(std::move(faults));
        if (closed != LXW_NO_ERROR)
            return unwritable(lxw_strerror(closed), file);
        std::ifstream stream(file, std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        if (!stream)
            return unwritable("the finished file cannot be read back", file);
        return bytes.str();
    }

    [[nodiscard]] std::string_view media_type() const override
    {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
};

}  // namespace

std::unique_ptr<TableWriter> make_xlsx_table_writer()
{
    return std::make_unique<XlsxTableWriter>();
}

}  // namespace lienthong::adapters
