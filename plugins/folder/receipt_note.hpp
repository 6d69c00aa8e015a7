/// Receipt note: the text that is written beside a file when it is moved away, for whoever put it there.
#pragma once

#include "hub/sdk/calendar.hpp"

#include <string>
#include <string_view>

namespace folder {

/// Why a file cannot be read: a word for contexts, and one sentence in each language.
struct Unreadable
{
    std::string_view word, vietnamese, english;
};

inline constexpr Unreadable reasons[] = {
    {"too_large", "Tệp lớn hơn dung lượng một gói tin cho phép. Hãy chia thành nhiều tệp rồi gửi lại.",
     "The file is larger than one message may be. Split it into several files and send them again."},
    {"forbidden", "Hệ thống không có quyền đọc tệp. Hãy cấp quyền đọc rồi đặt lại tệp vào thư mục nhận.",
     "The hub may not read the file. Grant it read permission and put the file back."},
    {"not_plain", "Đây không phải tệp thường hoặc ổ đĩa báo lỗi khi đọc. Hãy gửi lại tệp dưới tên khác.",
     "This is no plain file, or the disk reports an error. Send the file again under another name."},
    {"empty", "Tệp rỗng. Hãy gửi lại tệp có nội dung.", "The file is empty. Send it again with its content."},
    {"name", "Tên tệp không theo mẫu đã thống nhất. Hãy đổi tên rồi gửi lại.",
     "The file's name does not follow the agreed pattern. Rename it and send it again."},
};

inline const Unreadable& reason_of(std::string_view word)
{
    for (const Unreadable& reason : reasons)
        if (reason.word == word)
            return reason;
    return reasons[2];
}

/// "2025-04-10 09:00:00 +07:00".
inline std::string clock_text(const lienthong::sdk::Moment& moment)
{
    using lienthong::sdk::padded;
    const auto wall = lienthong::sdk::wall_time(moment);
    const std::chrono::hh_mm_ss<std::chrono::seconds> time(
        std::chrono::floor<std::chrono::seconds>(wall - std::chrono::floor<std::chrono::days>(wall)));
    const auto day = lienthong::sdk::day_of(moment);
    const auto two = [](auto value) { return padded(static_cast<unsigned>(value), 2); };
    return padded(static_cast<unsigned>(static_cast<int>(day.year())), 4) + '-' + two(static_cast<unsigned>(day.month())) + '-' +
           two(static_cast<unsigned>(day.day())) + ' ' + two(time.hours().count()) + ':' + two(time.minutes().count()) + ':' +
           two(time.seconds().count()) + " +07:00";
}

struct ReceiptNote
{
    std::string name, size, sha256;  ///< Size and digest are empty for a file that was not read.
    bool duplicate = false;
    const Unreadable* unreadable = nullptr;
};

inline std::string text_of(const ReceiptNote& note, const lienthong::sdk::Moment& moment)
{
    const std::string at = clock_text(moment);
    const std::string digest = note.sha256.empty() ? "" : "SHA-256: " + note.sha256 + '\n';
    const bool known = note.unreadable == nullptr;
    std::string vi = "Tệp: " + note.name + "\nKết quả: ";
    std::string en = "File: " + note.name + "\nResult: ";
    if (!known) {
        vi += "KHÔNG NHẬN ĐƯỢC. " + std::string(note.unreadable->vietnamese) + "\nThời điểm: " + at + '\n';
        en += "COULD NOT BE READ. " + std::string(note.unreadable->english) + "\nTime: " + at + '\n';
    } else {
        vi += note.duplicate ? "TRÙNG. Tệp cùng tên và cùng nội dung đã được nhận trước đó; không tính lần hai." : "ĐÃ NHẬN.";
        en += note.duplicate ? "DUPLICATE. A file of this name and content was received before; it is not counted again."
                             : "RECEIVED.";
        vi += "\nThời điểm: " + at + "\nDung lượng: " + note.size + " byte\n" + digest +
              "Đã nhận chưa phải là đã chấp nhận: kết quả kiểm tra từng bản ghi xem trên trang trạng thái của hệ thống liên "
              "thông, hoặc "
              "hỏi đơn vị vận hành theo tên tệp và mã SHA-256 trên (lienthong quarantine list).\n";
        en += "\nTime: " + at + "\nSize: " + note.size + " bytes\n" + digest +
              "Received does not mean accepted: the verdict of each record stands on the hub's status page; or ask its operator, "
              "by the "
              "name and SHA-256 above (lienthong quarantine list).\n";
    }
    return vi + '\n' + en;
}

}  // namespace folder
