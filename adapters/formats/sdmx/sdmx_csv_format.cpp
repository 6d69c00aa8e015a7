// Format "sdmx-csv": what each column is, then row by row.
#include "adapters/formats/sdmx/sdmx_csv_format.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/sdmx/csv_rows.hpp"
#include "adapters/formats/sdmx/sdmx_tree.hpp"
#include "adapters/formats/stream/context_text.hpp"
#include "adapters/formats/stream/row_cutter.hpp"
#include "hub/model/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::adapters {
namespace {

constexpr std::size_t most_columns = 256;

Problem at(Problem problem, std::string place)
{
    problem.place = std::move(place);
    return problem;
}

bool is_code(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '@' || c == '$' ||
               c == '.';
    });
}

/// "M" of "M: Monthly".
std::string_view without_label(std::string_view text)
{
    const std::size_t colon = text.find(": ");
    return colon != std::string_view::npos && is_code(text.substr(0, colon)) ? text.substr(0, colon) : text;
}

class Table
{
public:
    explicit Table(SdmxTree& out) : out_(out) {}

    std::optional<Problem> read_header(const CsvRows& rows)
    {
        const auto& cells = rows.cells();
        if (rows.fault())
            return *rows.fault();
        if (cells.size() < 2 || cells[1] != "STRUCTURE_ID")
            return not_sdmx("the second column is not STRUCTURE_ID", cells.size() < 2 ? "" : cells[1]);
        if (cells.size() > most_columns)
            return not_sdmx("the table has more than " + std::to_string(most_columns) + " columns", std::to_string(cells.size()));
        std::size_t column = 2;
        const auto is = [&](std::string_view name) { return column < cells.size() && cells[column] == name; };
        const bool named = is("STRUCTURE_NAME");
        column += named ? 1 : 0;
        if (is("ACTION"))
            action_ = column++;
        for (const char* key : {"SERIES_KEY", "OBS_KEY"})
            column += is(key) ? 1 : 0;
        for (; column < cells.size(); column += named ? 2 : 1)
            if (auto problem = add_column(column, cells[column]))
                return problem;
        width_ = cells.size();
        if (column != width_)
            return not_sdmx("with labels by name every component has two columns", cells.back());
        return std::nullopt;
    }

    /// What the observations are of, as the first row says that says it well; empty before.
    [[nodiscard]] const std::string& structure() const { return structure_; }
    void describe(std::string_view structure)
    {
        structure_ = structure;
        if (!structure.empty())
            out_.describe({.name = "structure", .text = structure});
    }

    std::optional<Problem> take(const CsvRows& rows)
    {
        const std::string place = LineColumn{.line = rows.line()}.text();
        std::optional<Problem> fault = rows.fault();
        values_.clear();
        std::string_view action = "information";
        if (!fault)
            fault = fault_of(rows.cells(), place, action);
        if (!fault)
            for (const Column& column : columns_)
                if (std::string_view text = rows.cells()[column.index]; !text.empty())
                    values_.push_back({.name = column.name, .text = out_.keep(column.labelled ? without_label(text) : text)});
        if (fault && values_.empty())
            values_.push_back({.name = "row", .text = out_.keep(shortened(rows.bytes()))});
        return out_.observe(place, values_, fault ? "" : action, std::move(fault));
    }

private:
    struct Column
    {
        std::size_t index = 0;
        std::string_view name;
        bool labelled = false;
    };

    static Problem not_sdmx(std::string detail, std::string_view found)
    {
        return at(sdmx_problem("format.sdmx.not_sdmx", std::move(detail), found,
                               "the header of SDMX-CSV 2.0: STRUCTURE, STRUCTURE_ID, ACTION and the components"),
                  "1:1");
    }

    std::optional<Problem> add_column(std::size_t index, std::string_view header)
    {
        std::string_view name = without_label(header);
        const bool labelled = name.size() != header.size();
        if (name.ends_with("[]"))
            name.remove_suffix(2);
        if (!is_code(name))
            return not_sdmx("column " + std::to_string(index + 1) + " has no component's name", header);
        for (const Column& column : columns_)
            if (column.name == name)
                return not_sdmx("two columns have one name", name);
        columns_.push_back({index, out_.keep_name(name), labelled});
        return std::nullopt;
    }

    std::optional<Problem> fault_of(const std::vector<std::string_view>& cells, const std::string& place, std::string_view& action)
    {
        if (cells.size() != width_)
            return sdmx_problem("format.sdmx.row", "a row of " + std::to_string(cells.size()) + " cells", {},
                                std::to_string(width_) + " cells, as the header has");
        static constexpr std::array<std::string_view, 4> kinds = {"dataflow", "datastructure", "dataprovision", "metadataprovision"};
        const std::string_view structure = without_name(cells[1]);
        if (std::find(kinds.begin(), kinds.end(), cells[0]) == kinds.end() || structure.find(':') == std::string_view::npos)
            return at(sdmx_problem("format.sdmx.structure", "the row names no structure", std::string(cells[0]) + " " + std::string(cells[1]),
                                   "dataflow, datastructure or dataprovision, and AGENCY:ID(VERSION)"),
                      place + "/STRUCTURE_ID");
        if (structure_.empty())
            describe(structure);
        if (structure != structure_)
            return at(sdmx_problem("format.sdmx.structure", "the row is of another structure than the rows above", structure, structure_),
                      place + "/STRUCTURE_ID");
        if (action_ == 0)
            return std::nullopt;
        action = cells[action_].size() == 1 ? sdmx_action(cells[action_]) : std::string_view{};
        if (action.empty())
            return at(sdmx_problem("format.sdmx.action", "no such action", cells[action_], "I, A, M, R or D"), place + "/ACTION");
        return std::nullopt;
    }

    /// "ESTAT:NA_MAIN(1.6.0)" of "ESTAT:NA_MAIN(1.6.0): National Accounts".
    static std::string_view without_name(std::string_view structure)
    {
        return structure.substr(0, structure.find(": "));
    }

    SdmxTree& out_;
    std::vector<Column> columns_;
    std::size_t width_ = 0, action_ = 0;
    std::string structure_;
    std::vector<SdmxValue> values_;
};

/// The separator, told by the first row.
Result<char> separator_of(std::string_view document)
{
    constexpr std::string_view first = "STRUCTURE";
    const std::string_view start = document.starts_with('"') ? document.substr(1) : document;
    std::size_t behind = start.starts_with(first) ? first.size() : 0;
    if (behind != 0 && start.substr(behind).starts_with('['))
        behind = std::min(start.find(']'), start.size() - 1) + 1;
    behind += document.starts_with('"') ? 2 : 0;
    if (start.starts_with(first) && behind < document.size() && std::string_view(",;\t|").find(document[behind]) != std::string_view::npos)
        return document[behind];
    return placed(sdmx_problem("format.sdmx.not_sdmx", "the header does not begin with STRUCTURE", document.substr(0, document.find('\n')),
                               "STRUCTURE and a comma, semicolon or tab"),
                  document, 0);
}

Problem not_utf8()
{
    return sdmx_problem("format.not_utf8", "the document is not UTF-8");
}

/// The rows of a document that may be larger than memory, one after the other.
class RowSource
{
public:
    RowSource(ByteSource& source, const FormatLimits& limits) : source_(source), limits_(limits) {}

    /// Goes to the next row; row() is null behind the last.
    std::optional<Problem> next()
    {
        while (!rows_ || !rows_->next()) {
            if (ended_) {
                rows_.reset();
                return std::nullopt;
            }
            if (auto problem = read_on())
                return problem;
        }
        return rows_->is_open() ? rows_->fault() : std::nullopt;
    }
    [[nodiscard]] const CsvRows* row() const { return rows_ ? &*rows_ : nullptr; }

private:
    std::optional<Problem> read_on()
    {
        rows_.reset();
        std::string_view piece = source_.next();
        bytes_ += piece.size();
        ended_ = piece.empty();
        if (bytes_ > limits_.bytes)
            return too_many_bytes(limits_);
        const bool begins = !cutter_;
        if (begins) {
            start_ += piece;
            if (!ended_ && start_.find('\n') == std::string::npos && start_.size() <= limits_.held_bytes)
                return std::nullopt;
            const auto separator = separator_of(without_mark(start_));
            if (!separator)
                return separator.problem();
            separator_ = *separator;
            cutter_.emplace(separator_, limits_.held_bytes);
            piece = start_;
        }
        if (auto problem = cutter_->feed(piece))
            return problem;
        if (ended_)
            cutter_->finish();
        const std::string_view text = at_start_ ? without_mark(cutter_->rows()) : cutter_->rows();
        at_start_ = at_start_ && text.empty();
        if (const std::size_t bad = first_not_utf8(text); bad < text.size())
            return moved(placed(not_utf8(), text, bad), {.line = cutter_->line()}, 0);
        rows_.emplace(text, separator_, cutter_->line());
        return std::nullopt;
    }

    ByteSource& source_;
    const FormatLimits& limits_;
    std::optional<RowCutter> cutter_;
    std::optional<CsvRows> rows_;
    std::string start_;  ///< Until the separator is known.
    char separator_ = ',';
    std::size_t bytes_ = 0;
    bool ended_ = false, at_start_ = true;
};

/// The first row, if there is one.
std::optional<Problem> read_header(RowSource& rows, Table& table)
{
    if (auto problem = rows.next())
        return problem;
    return rows.row() == nullptr ? std::nullopt : table.read_header(*rows.row());
}

/// What the dataset is of stands in its rows: in the first of them, if nothing is wrong with it.
Result<std::string> structure_of(ByteSource& source, const FormatLimits& limits)
{
    SdmxTree looked_at(limits);
    Table table(looked_at);
    RowSource rows(source, limits);
    if (auto problem = read_header(rows, table))
        return *std::move(problem);
    looked_at.hold();
    while (rows.row() != nullptr && table.structure().empty()) {
        if (auto problem = rows.next())
            return *std::move(problem);
        if (rows.row() == nullptr)
            break;
        if (auto problem = table.take(*rows.row()))
            return *std::move(problem);
        if (table.structure().empty())
            looked_at.let_go();
    }
    return table.structure();
}

}  // namespace

Result<Tree> SdmxCsvFormat::read(std::string_view bytes, const Layout& /*layout*/, const FormatLimits& limits) const
{
    if (auto problem = too_large(bytes, limits))
        return *std::move(problem);
    const std::string_view document = without_mark(bytes);
    if (const std::size_t bad = first_not_utf8(document); bad < document.size())
        return placed(not_utf8(), document, bad);
    const auto separator = separator_of(document);
    if (!separator)
        return separator.problem();
    SdmxTree out(limits);
    Table table(out);
    CsvRows rows(document, *separator);
    if (rows.next())
        if (auto problem = table.read_header(rows))
            return *std::move(problem);
    while (rows.next()) {
        if (rows.is_open())
            return *rows.fault();
        if (auto problem = table.take(rows))
            return *std::move(problem);
    }
    return out.take();
}

bool SdmxCsvFormat::streams(const RecordPath& records, const Layout& /*layout*/) const
{
    return records.steps == std::vector<RecordPath::Step>{{.name = "observations"}, {.all = true}};
}

Result<void> SdmxCsvFormat::stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                   RecordSink& sink) const
{
    if (!streams(records, layout))
        return Format::stream(source, records, layout, limits, sink);
    const auto structure = structure_of(source, limits);
    if (!structure)
        return structure.problem();
    source.rewind();
    SdmxTree out(limits);
    Table table(out);
    table.describe(*structure);
    RowSource rows(source, limits);
    if (auto problem = read_header(rows, table))
        return *std::move(problem);
    out.hold();
    sink.begin(out.tree());
    for (bool wanted = true; wanted && rows.row() != nullptr; out.let_go()) {
        if (auto problem = rows.next())
            return *std::move(problem);
        if (rows.row() == nullptr)
            break;
        if (auto problem = table.take(*rows.row()))
            return *std::move(problem);
        wanted = sink.record(out.first_observation());
    }
    return {};
}

}  // namespace lienthong::adapters
