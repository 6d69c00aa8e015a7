// Reads CSV character by character, keeping count of lines and columns for messages.
#include "hub/catalogue/csv.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

class CsvReader
{
public:
    CsvReader(std::string_view bytes, const std::string& file, char separator) : bytes_(bytes), file_(file), separator_(separator) {}

    Result<std::vector<CsvRow>> read()
    {
        std::vector<CsvRow> rows;
        while (at_ < bytes_.size() && why_.empty()) {
            CsvRow row;
            row.reserve(rows.empty() ? 8 : rows.front().size());
            do {
                row.push_back(cell());
            } while (why_.empty() && take(separator_));
            if (why_.empty() && !end_of_line())
                why_ = "a quoted cell goes on after its closing quote";
            if (row.size() > 1 || !row.front().text.empty())
                rows.push_back(std::move(row));
        }
        if (!why_.empty())
            return Problem{.code = "catalogue.csv",
                           .detail = why_,
                           .place = place_of(file_, line_, column_),
                           .found = at_ < bytes_.size() ? shortened(bytes_.substr(at_), 20) : "",
                           .expected = "CSV as in RFC 4180"};
        return rows;
    }

private:
    [[nodiscard]] bool starts(std::string_view text) const { return bytes_.substr(at_).starts_with(text); }

    /// Moves over one character; a byte that only continues a UTF-8 character has no column of its own.
    void step()
    {
        const auto byte = static_cast<unsigned char>(bytes_[at_++]);
        if (byte == '\n') {
            ++line_;
            column_ = 1;
        } else if (at_ >= bytes_.size() || (static_cast<unsigned char>(bytes_[at_]) & 0xC0U) != 0x80U) {
            ++column_;
        }
    }

    bool take(char wanted)
    {
        if (at_ >= bytes_.size() || bytes_[at_] != wanted)
            return false;
        step();
        return true;
    }

    bool end_of_line()
    {
        if (at_ >= bytes_.size())
            return true;
        if (starts("\r\n"))
            step();
        return take('\n');
    }

    Cell cell()
    {
        Cell out{.text = {}, .line = line_, .column = column_};
        const bool quoted = take('"');
        while (why_.empty()) {
            take_plain(out.text);
            const bool ended = at_ >= bytes_.size();
            if (quoted) {
                if (ended) {
                    why_ = "a quoted cell is not closed";
                    line_ = out.line;
                    column_ = out.column;
                    break;
                }
                if (take('"') && !starts("\""))
                    break;
            } else if (ended || bytes_[at_] == separator_ || starts("\n") || starts("\r\n")) {
                break;
            } else if (starts("\"")) {
                why_ = "a quote stands inside an unquoted cell";
                break;
            }
            const char c = bytes_[at_];
            if (static_cast<unsigned char>(c) < 0x20 && !(quoted && c == '\n')) {
                why_ = "a control character stands in a cell";
                break;
            }
            out.text += c;
            step();
        }
        return out;
    }

    /// Takes all at once what means nothing in CSV: nearly every byte of a catalogue, which is read at every start.
    void take_plain(std::string& text)
    {
        const char* const begin = bytes_.data() + at_;
        const char* const end = bytes_.data() + bytes_.size();
        const char* here = begin;
        unsigned continued = 0;
        for (; here != end && static_cast<unsigned char>(*here) >= 0x20 && *here != separator_ && *here != '"'; ++here)
            continued += (static_cast<unsigned char>(*here) & 0xC0U) == 0x80U ? 1U : 0U;
        const auto size = static_cast<std::size_t>(here - begin);
        text.append(begin, size);
        at_ += size;
        column_ += static_cast<unsigned>(size) - continued;
    }

    std::string_view bytes_;
    const std::string& file_;
    char separator_;
    std::size_t at_ = 0;
    unsigned line_ = 1;
    unsigned column_ = 1;
    std::string why_;
};

/// Place of a byte in bytes that are UTF-8 up to there.
std::string place_at(std::string_view bytes, std::size_t at, const std::string& file)
{
    const std::string_view before = bytes.substr(0, at);
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return place_of(file, 1U + static_cast<unsigned>(std::count(before.begin(), before.end(), '\n')),
                    1U + static_cast<unsigned>(std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start),
                                                             before.end(), starts_character)));
}

}  // namespace

std::string place_of(const std::string& file, unsigned line, unsigned column)
{
    return file + ':' + std::to_string(line) + ':' + std::to_string(column);
}

Result<std::vector<CsvRow>> read_csv(std::string_view bytes, const std::string& file, char separator)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return Problem{.code = "catalogue.csv",
                       .detail = "the file is UTF-16, as a spreadsheet saves 'Unicode text'",
                       .place = place_of(file, 1, 1),
                       .expected = "UTF-8: save as 'CSV UTF-8 (comma delimited)'"};
    if (bytes.starts_with(mark))
        bytes.remove_prefix(mark.size());
    if (const std::size_t inside = bytes.find(mark); inside != std::string_view::npos)
        return Problem{.code = "catalogue.csv",
                       .detail = "a byte order mark stands inside the file, as where two files were joined",
                       .place = place_at(bytes, inside, file),
                       .expected = "at most one mark, at the very beginning"};
    if (!text::is_utf8(bytes)) {
        unsigned line = 1;
        for (std::size_t start = 0; start < bytes.size(); ++line) {
            const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
            if (!text::is_utf8(bytes.substr(start, end - start)))
                break;
            start = end + 1;
        }
        return Problem{
            .code = "catalogue.csv", .detail = "the line is not UTF-8", .place = place_of(file, line, 1), .expected = "UTF-8"};
    }
    return CsvReader(bytes, file, separator).read();
}

}  // namespace lienthong::catalogue
