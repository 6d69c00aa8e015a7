// Reads foreign tables strictly: bytes to text, text to rows, rows to the one that is the header.
#include "hub/catalogue/import_source.hpp"

#include "hub/model/utf8.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 3> separators = {{{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}}};

/// A header further down than this is looked for in vain: title lines are a handful.
constexpr std::size_t most_lines_above = 100;

constexpr std::string_view save_as_utf8 =
    "UTF-8: in the spreadsheet 'Save as', 'CSV UTF-8'; texts in a TCVN3 (.Vn…) or VNI font "
    "are converted to Unicode first";

unsigned line_at(std::string_view text, std::size_t at)
{
    return 1U + static_cast<unsigned>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// Place of a byte in text that is UTF-8 up to there.
std::string place_in(const std::string& file, std::string_view text, std::size_t at)
{
    const std::size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    const auto column =
        std::count_if(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return place_of(file, line_at(text, at), 1U + static_cast<unsigned>(column));
}

Result<void> check_sizes(std::string_view bytes, const std::string& file)
{
    const auto too_large = [&](std::string detail, std::string place, std::size_t found, std::size_t most) {
        return Problem{.code = "import.too_large",
                       .detail = std::move(detail),
                       .place = std::move(place),
                       .found = std::to_string(found),
                       .expected = "at most " + std::to_string(most)};
    };
    if (bytes.size() > most_source_bytes)
        return too_large("the file has too many bytes", file, bytes.size(), most_source_bytes);
    unsigned line = 1;
    for (std::size_t start = 0; start < bytes.size(); ++line) {
        const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
        if (end - start > most_source_line)
            return too_large("the line has too many bytes", place_of(file, line, 1), end - start, most_source_line);
        start = end + 1;
    }
    const auto cells = static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return c == ',' || c == ';' || c == '\t' || c == '\n'; }));
    if (cells > most_source_cells)
        return too_large("the file has too many cells", file, cells, most_source_cells);
    return {};
}

Result<void> check_encoding(std::string_view bytes, const std::string& file)
{
    const auto refused = [](std::string detail, std::string place) {
        return Problem{.code = "import.encoding",
                       .detail = std::move(detail),
                       .place = std::move(place),
                       .expected = std::string(save_as_utf8)};
    };
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return refused("the file is UTF-16, as a spreadsheet saves 'Unicode text'", place_of(file, 1, 1));
    if (bytes.starts_with("PK\x03\x04"))
        return refused("the file is a workbook (.xlsx), not CSV", place_of(file, 1, 1));
    const std::size_t foreign = first_not_utf8(bytes);
    const std::size_t nothing = bytes.substr(0, foreign).find('\0');
    if (nothing != std::string_view::npos)
        return refused("a NUL byte stands in the file", place_in(file, bytes, nothing));
    constexpr std::size_t longest_character = 4;
    if (bytes.size() - foreign < longest_character && foreign < bytes.size() &&
        static_cast<unsigned char>(bytes[foreign]) >= 0xC2U && foreign > 0)
        return Problem{.code = "import.csv",
                       .detail = "the file ends in the middle of a character, as one that was cut off",
                       .place = place_in(file, bytes, foreign),
                       .expected = "the whole file"};
    if (foreign != bytes.size())
        return refused("the text is not UTF-8, as of an old code page or font", place_in(file, bytes, foreign));
    return {};
}

/// Line by line, so that what was converted has a place and lines stay where they are.
void compose(SourceText& out, const std::string& file)
{
    std::string composed;
    unsigned lines = 0;
    unsigned first = 0;
    unsigned line = 1;
    for (std::size_t start = 0; start < out.text.size(); ++line) {
        const std::size_t end = std::min(out.text.find('\n', start), out.text.size());
        const std::string_view written = std::string_view(out.text).substr(start, end - start);
        const std::string in_nfc = text::to_nfc(written).value_or("");
        if (in_nfc != written)
            first = ++lines == 1 ? line : first;
        composed.append(in_nfc).append(end < out.text.size() ? 1 : 0, '\n');
        start = end + 1;
    }
    if (lines == 0)
        return;
    out.text = std::move(composed);
    out.notes.push_back({.code = "import.composed",
                         .detail = "letters and tone marks that stood apart were put together",
                         .place = place_of(file, first, 1),
                         .found = std::to_string(lines) + (lines == 1 ? " line" : " lines")});
}

/// The table in rows that have been told apart; `how` ends the sentence when no header is among them.
Result<SourceTable> with_header(std::vector<CsvRow> rows, const std::string& file, char separator, const std::string& how,
                                const std::function<std::size_t(const CsvRow&)>& known)
{
    SourceTable out{.separator = separator, .rows = {}, .header = 0};
    for (CsvRow& row : rows)
        if (!std::all_of(row.begin(), row.end(), [](const Cell& cell) { return is_blank(cell.text); }))
            out.rows.push_back(std::move(row));
    std::size_t most = 0;
    for (std::size_t row = 0; row < std::min(out.rows.size(), most_lines_above); ++row)
        if (const std::size_t count = known(out.rows[row]); count > most) {
            most = count;
            out.header = row;
        }
    if (most >= 2)
        return out;
    std::string first;
    if (!out.rows.empty())
        for (const Cell& cell : out.rows.front())
            if (!cell.text.empty())
                first.append(first.empty() ? "" : " | ").append(cell.text);
    return Problem{.code = "import.header",
                   .detail = "no row has two headings the table knows" + how,
                   .place = place_of(file, out.rows.empty() ? 1 : out.rows.front().front().line, 1),
                   .found = shortened(first)};
}

Result<SourceTable> table_of(const SourceText& source, const std::string& file, char separator,
                             const std::function<std::size_t(const CsvRow&)>& known)
{
    auto rows = read_csv(source.text, file, separator);
    if (!rows.ok()) {
        Problem problem = rows.problem();
        problem.code = "import.csv";
        return problem;
    }
    return with_header(*std::move(rows), file, separator, ", with " + std::string(separator_word(separator)) + "s between", known);
}

/// How far into the file a problem was found: whoever read further understood more of it.
std::pair<unsigned long, unsigned long> reach(const Problem& problem)
{
    const std::size_t column = problem.place.rfind(':');
    const std::size_t line =
        column == 0 || column == std::string::npos ? std::string::npos : problem.place.rfind(':', column - 1);
    if (line == std::string::npos)
        return {0, 0};
    return {std::stoul(problem.place.substr(line + 1)), std::stoul(problem.place.substr(column + 1))};
}

}  // namespace

std::optional<char> separator_from(std::string_view word)
{
    for (const auto& [name, separator] : separators)
        if (name == word)
            return separator;
    return std::nullopt;
}

std::string_view separator_word(char separator)
{
    for (const auto& [name, known] : separators)
        if (known == separator)
            return name;
    return "";
}

bool is_blank(std::string_view text)
{
    return text.empty() || text::tidied(text).empty();
}

Result<std::string> read_source(const std::string& path)
{
    const auto refused = [&](const char* detail) {
        return Problem{.code = "import.file", .detail = detail, .place = path, .expected = "a CSV file that can be read"};
    };
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return refused("there is no such file");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return refused("the file cannot be read");
    std::string bytes(most_source_bytes + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > most_source_bytes)
        return Problem{.code = "import.too_large",
                       .detail = "the file has too many bytes",
                       .place = path,
                       .found = std::to_string(std::filesystem::file_size(path, error)),
                       .expected = "at most " + std::to_string(most_source_bytes)};
    return bytes;
}

Result<SourceText> source_text(std::string_view bytes, const std::string& file)
{
    if (const auto sizes = check_sizes(bytes, file); !sizes.ok())
        return sizes.problem();
    if (const auto encoding = check_encoding(bytes, file); !encoding.ok())
        return encoding.problem();
    SourceText out;
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
        out.notes.push_back({.code = "import.mark_dropped", .detail = "the file begins with a byte order mark", .place = file});
    }
    out.text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); ++at)
        if (bytes.substr(at, 2) != "\r\n")
            out.text += bytes[at];
    if (is_blank(out.text))
        return Problem{.code = "import.file", .detail = "the file is empty", .place = file, .expected = "a header and rows"};
    compose(out, file);
    return out;
}

Result<SourceTable> source_table(const SourceText& source, const std::string& file, std::optional<char> declared,
                                 const std::function<std::size_t(const CsvRow&)>& known)
{
    std::vector<SourceTable> read;
    std::vector<Problem> malformed;
    std::vector<Problem> without_header;
    for (const auto& [word, separator] : separators) {
        if (declared && *declared != separator)
            continue;
        auto table = table_of(source, file, separator, known);
        if (table.ok())
            read.push_back(std::move(table).value());
        else
            (table.problem().code == "import.csv" ? malformed : without_header).push_back(table.problem());
    }
    if (read.size() == 1)
        return std::move(read.front());
    if (read.size() > 1)
        return Problem{.code = "import.separator",
                       .detail = "with more than one separator a header is found",
                       .place = place_of(file, read.front().rows[read.front().header].front().line, 1),
                       .expected = "--separator comma, semicolon or tab"};
    if (!declared) {
        if (malformed.empty())
            return without_header.front();
        return *std::max_element(malformed.begin(), malformed.end(),
                                 [](const Problem& a, const Problem& b) { return reach(a) < reach(b); });
    }
    // The declared one does not fit; one that would is worth telling.
    Problem problem = malformed.empty() ? without_header.front() : malformed.front();
    if (const auto other = source_table(source, file, std::nullopt, known); other.ok()) {
        problem.code = "import.separator";
        problem.detail = "the cells are not parted by " + std::string(separator_word(*declared)) + "s as declared";
        problem.expected = "--separator " + std::string(separator_word(other->separator));
    }
    return problem;
}

std::string name_of(const std::string& file, const std::string& sheet)
{
    return file + " '" + sheet + "'";
}

Result<ChosenSheet> source_table(const std::vector<SourceSheet>& sheets, const std::string& file, const std::string& wanted,
                                 const std::function<std::size_t(const CsvRow&)>& known)
{
    const auto refused = [&](std::string detail, std::string expected) {
        return Problem{.code = "import.sheet", .detail = std::move(detail), .place = file, .found = wanted, .expected = std::move(expected)};
    };
    std::string all;
    for (const SourceSheet& sheet : sheets)
        all += (all.empty() ? "'" : ", '") + sheet.name + "'";
    std::vector<ChosenSheet> read;
    std::optional<Problem> without_header;
    bool named = false;
    for (const SourceSheet& sheet : sheets) {
        if (!wanted.empty() && sheet.name != wanted)
            continue;
        named = true;
        auto table = with_header(sheet.rows, name_of(file, sheet.name), '\0', "", known);
        if (table.ok())
            read.push_back({sheet.name, std::move(table).value()});
        else if (!without_header)
            without_header = table.problem();
    }
    if (read.size() == 1)
        return std::move(read.front());
    if (!named)
        return refused(sheets.empty() ? "the workbook has no sheet that can be seen" : "the workbook has no such sheet", all);
    if (read.empty())
        return *std::move(without_header);
    std::string several;
    for (const ChosenSheet& one : read)
        several += (several.empty() ? "--sheet '" : "' or '") + one.name;
    return refused("more than one sheet has a header", several + "'");
}

}  // namespace lienthong::catalogue
