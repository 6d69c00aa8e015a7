// What a reminder says.
#include "hub/compliance/reminder_letter.hpp"

#include <array>
#include <map>

namespace lienthong::compliance {
namespace {

/// The last day or minute that is in time, extensions counted.
std::string deadline_text(const Outcome& outcome)
{
    const Day last = local_day(outcome.deadline - std::chrono::microseconds{1});
    const std::string day = weekday_text(last) + ", ngày " + day_text(last);
    if (start_of(local_day(outcome.deadline)) == outcome.deadline)
        return "hết " + day;
    return "trước " + lienthong::to_text(outcome.deadline).substr(11, 5) + ' ' + day;
}

std::string left_text(unsigned working_days)
{
    return working_days == 0 ? "hôm nay là ngày cuối" : "còn " + std::to_string(working_days) + " ngày làm việc sau hôm nay";
}

std::string standing_text(const Outcome& outcome)
{
    if (outcome.status == Status::refused)
        return "đã gửi lúc " + lienthong::to_text(*outcome.received) + " (lần gửi " + outcome.submission +
               ") nhưng bị từ chối toàn bộ; đề nghị sửa theo nguyên nhân nêu tại từng bản ghi và gửi lại";
    if (outcome.status != Status::incomplete)
        return "chưa nhận được báo cáo";
    std::string out = "đã nhận nhưng chưa đầy đủ";
    for (std::size_t i = 0; i < outcome.lacking.size(); ++i)
        out += (i == 0 ? ", còn thiếu: " : "; ") + outcome.lacking[i];
    return out;
}

std::string item_text(std::size_t number, const Reminder& reminder)
{
    const auto& [obligation, outcome, stage, working_days] = reminder;
    std::string out = std::to_string(number) + ". " + obligation.name + " (biểu " + obligation.subject + ")\n";
    out += "   Kỳ báo cáo: " + text::to_vietnamese(obligation.period) + '\n';
    out += "   Thời hạn: " + deadline_text(outcome) + " (" + left_text(working_days) + ")\n";
    if (!outcome.extended_by.empty())
        out += "   Đã được gia hạn; thời hạn ban đầu: hết ngày " + day_text(obligation.deadline.due) + '\n';
    else if (obligation.deadline.provisional)
        out += "   Thời hạn tạm tính: lịch nghỉ của năm chưa được công bố\n";
    out += "   Quy định: " + obligation.rule.words + " (" + obligation.rule.act + ")\n";
    out += "   Cách tính: " + obligation.rule.reckoning + '\n';
    out += "   Tình trạng: " + standing_text(outcome) + '\n';
    return out;
}

std::string letter_text(const Letter& letter, const std::string& agency, const LetterHead& head)
{
    std::string out = "Kính gửi: " + agency + "\n\n" + head.sender +
                      " trân trọng thông báo: " + std::to_string(letter.reminders.size()) +
                      " báo cáo sau đây của quý cơ quan sắp hết thời hạn gửi.\n";
    for (std::size_t i = 0; i < letter.reminders.size(); ++i)
        out += '\n' + item_text(i + 1, letter.reminders[i]);
    out +=
        "\nĐề nghị quý cơ quan gửi đầy đủ các báo cáo trên trước khi hết thời hạn; báo cáo gửi sau thời hạn được ghi nhận là "
        "quá hạn. Trường hợp gặp sự cố khi gửi, đề nghị thông báo ngay cho " +
        head.sender + " để phối hợp khắc phục, bảo đảm thời hạn.\n";
    if (!head.base_url.empty())
        out += "Tình hình nhận báo cáo: " + head.base_url + "/\n";
    out += "\nTrân trọng.\n" + head.sender +
           "\n\nThư này do hệ thống tự động gửi, mỗi báo cáo một lần tại mỗi mốc nhắc. Báo cáo vừa gửi xong thì không cần gửi "
           "lại.\n";
    return out;
}

}  // namespace

std::string weekday_text(Day day)
{
    static constexpr std::array<const char*, 7> names = {"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư",
                                                         "thứ Năm",  "thứ Sáu", "thứ Bảy"};
    return names.at(std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding());
}

std::vector<Letter> letters(std::span<const Reminder> reminders, const AgencyName& name, const LetterHead& head)
{
    std::map<std::string, Letter, std::less<>> by_agency;
    for (const Reminder& reminder : reminders)
        by_agency[reminder.obligation.agency].reminders.push_back(reminder);
    std::vector<Letter> out;
    for (auto& [agency, letter] : by_agency) {
        letter.agency = agency;
        // The first is the nearest: reminders come by deadline.
        letter.subject = "Nhắc thời hạn báo cáo: " + std::to_string(letter.reminders.size()) + " báo cáo, gần nhất " +
                         deadline_text(letter.reminders.front().outcome);
        letter.text = letter_text(letter, name(agency), head);
        out.push_back(std::move(letter));
    }
    return out;
}

}  // namespace lienthong::compliance
