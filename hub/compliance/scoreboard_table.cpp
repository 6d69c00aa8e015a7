// The scoreboard's two sheets.
#include "hub/compliance/scoreboard_table.hpp"

#include "hub/compliance/receipt_link.hpp"

#include <array>

namespace lienthong::compliance {
namespace {

TableRow counted(std::string code, std::string name, std::size_t expected, const std::array<std::size_t, status_count>& counts)
{
    TableRow row{std::move(code), std::move(name), static_cast<std::int64_t>(expected)};
    for (const Status status :
         {Status::on_time, Status::late, Status::incomplete, Status::refused, Status::missing, Status::waived, Status::open,
          Status::upcoming})
        row.emplace_back(static_cast<std::int64_t>(counts[static_cast<std::size_t>(status)]));
    return row;
}

std::vector<TableRow> heading_of(const Report& report, Time as_of)
{
    std::vector<TableRow> above{
        {report.title},
        {"Từ ngày", report.span.from, "đến hết ngày", Day{std::chrono::sys_days{report.span.to} - std::chrono::days{1}}},
        {"Tính đến", as_of}};
    if (!report.act.empty())
        above.push_back({"Căn cứ", report.act});
    return above;
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : "; ") + text;
    return out;
}

TableRow row_of(const ScoreEntry& entry, const AgencyName& name, std::string_view base)
{
    const auto& [obligation, outcome] = entry;
    TableRow row{obligation.agency, name(obligation.agency), obligation.subject,
                 obligation.name,   obligation.period_text,  obligation.deadline.due};
    row.emplace_back(outcome.deadline > obligation.deadline.closes ? TableCell(outcome.deadline) : TableCell());
    row.emplace_back(std::string(vietnamese(outcome.status)));
    row.emplace_back(std::string(lienthong::vietnamese(outcome.said)));
    row.emplace_back(outcome.received ? TableCell(*outcome.received) : TableCell());
    row.emplace_back(LinkedText{outcome.submission, base.empty() ? std::string() : receipt_link(base, outcome.submission)});
    for (std::string text : {joined(outcome.lacking), in_words(outcome), joined(outcome.incidents), obligation.rule.words,
                             obligation.rule.reckoning, obligation.rule.act})
        row.emplace_back(std::move(text));
    return row;
}

}  // namespace

std::vector<TableSheet> scoreboard_tables(const Scoreboard& board, const Report& report, const AgencyName& name,
                                          std::string_view base)
{
    TableSheet counts{.name = "Tổng hợp",
                      .above = heading_of(report, board.as_of),
                      .headings = {"Mã cơ quan", "Cơ quan", "Nghĩa vụ báo cáo", "Đúng hạn", "Quá hạn", "Chưa đầy đủ", "Bị từ chối", "Chưa gửi",
                                   "Miễn", "Đang mở", "Chưa mở"},
                      .rows = {},
                      .last_row_sums = true};
    TableSheet entries{.name = "Nghĩa vụ báo cáo",
                       .above = heading_of(report, board.as_of),
                       .headings = {"Mã cơ quan", "Cơ quan", "Mã báo cáo", "Tên báo cáo", "Kỳ báo cáo", "Thời hạn",
                                    "Thời hạn sau gia hạn", "Trạng thái", "Nội dung", "Nhận lúc", "Lần gửi", "Còn thiếu", "Diễn giải",
                                    "Sự cố", "Quy định", "Cách tính thời hạn", "Văn bản"},
                       .rows = {}};
    std::size_t expected = 0;
    std::array<std::size_t, status_count> sums{};
    for (const ScoreRow& row : board.rows) {
        counts.rows.push_back(counted(row.agency, name(row.agency), row.expected(), row.counts));
        expected += row.expected();
        for (std::size_t i = 0; i < status_count; ++i)
            sums[i] += row.counts[i];
        for (const ScoreEntry& entry : row.entries)
            entries.rows.push_back(row_of(entry, name, base));
    }
    counts.rows.push_back(counted("", "Tổng cộng", expected, sums));
    return {std::move(counts), std::move(entries)};
}

}  // namespace lienthong::compliance
