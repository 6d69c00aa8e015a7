// The scoreboard's two tables.
#include "hub/compliance/scoreboard_csv.hpp"

#include "hub/compliance/csv_text.hpp"
#include "hub/compliance/receipt_link.hpp"

#include <array>
#include <string>
#include <vector>

namespace lienthong::compliance {
namespace {

std::string joined(const std::vector<std::string>& texts)
{
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : "; ") + text;
    return out;
}

void append_counts(std::string& out, std::string_view code, std::string_view name, std::size_t expected,
                   const std::array<std::size_t, status_count>& counts)
{
    const auto count = [&](Status status) { return std::to_string(counts[static_cast<std::size_t>(status)]); };
    append_csv_row(out,
                   {code, guarded(name), std::to_string(expected), count(Status::on_time), count(Status::late), count(Status::incomplete),
                    count(Status::refused), count(Status::missing), count(Status::waived), count(Status::open), count(Status::upcoming)});
}

}  // namespace

std::string scoreboard_csv(const Scoreboard& board, const AgencyName& name)
{
    std::string out;
    append_csv_row(out, {"Mã cơ quan", "Cơ quan", "Nghĩa vụ báo cáo", "Đúng hạn", "Quá hạn", "Chưa đầy đủ", "Bị từ chối",
                         "Chưa gửi", "Miễn",
                         "Đang mở", "Chưa mở"});
    std::size_t expected = 0;
    std::array<std::size_t, status_count> sums{};
    for (const ScoreRow& row : board.rows) {
        append_counts(out, row.agency, name(row.agency), row.expected(), row.counts);
        expected += row.expected();
        for (std::size_t i = 0; i < status_count; ++i)
            sums[i] += row.counts[i];
    }
    append_counts(out, "", "Tổng cộng", expected, sums);
    return out;
}

std::string obligations_csv(const Scoreboard& board, const AgencyName& name, std::string_view base)
{
    std::string out;
    append_csv_row(out, {"Mã cơ quan", "Cơ quan", "Mã báo cáo", "Tên báo cáo", "Kỳ báo cáo", "Thời hạn", "Thời hạn sau gia hạn",
                         "Trạng thái", "Nội dung", "Nhận lúc", "Lần gửi", "Còn thiếu", "Căn cứ trạng thái", "Sự cố", "Quy định", "Văn bản", "Biên nhận"});
    for (const ScoreRow& row : board.rows)
        for (const auto& [obligation, outcome] : row.entries) {
            const bool extended = outcome.deadline > obligation.deadline.closes;
            append_csv_row(out,
                           {row.agency, guarded(name(row.agency)), obligation.subject, guarded(obligation.name), obligation.period_text,
                            day_text(obligation.deadline.due), extended ? lienthong::to_text(outcome.deadline) : std::string(),
                            vietnamese(outcome.status), lienthong::vietnamese(outcome.said), outcome.received ? lienthong::to_text(*outcome.received) : std::string(),
                            guarded(outcome.submission), guarded(joined(outcome.lacking)), outcome.decided_by,
                            joined(outcome.incidents), guarded(obligation.rule.words), guarded(obligation.rule.act),
                            receipt_link(base, outcome.submission)});
        }
    return out;
}

}  // namespace lienthong::compliance
