/// Large item: asking a source for one item that may be a file of tens of megabytes, and what becomes of one that is larger still.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/json_text.hpp"

#include <string>
#include <utility>

namespace lienthong::sdk {

/// The answer may be as large as any that is taken, and take the time a slow line needs for it (72 MiB at 4 Mbit/s); a larger one
/// comes with status 413.
inline void may_be_large(Request& request)
{
    request.answer_mib = most_answer_mib;
    request.timeout_millis = 180'000;
    request.hears_too_large = true;
}

/// Put on record once and told again by no later round, since it is always the same; the source keeps the item.
inline SetAside left_at_its_source(std::string source_id)
{
    const std::string size = std::to_string(most_answer_mib) + " MiB";
    SetAside item;
    item.bytes = "{\"item\":" + json_quoted(source_id) + '}';
    item.why = "Gói tin lớn hơn dung lượng nhận được (" + size +
               "), vẫn nằm ở hệ thống nguồn. Hãy đề nghị bên gửi chia nhỏ rồi gửi lại. / The item is larger than is taken (" + size +
               ") and was left at its source. Have its sender split it and send it again.";
    item.source_id = std::move(source_id);
    return item;
}

}  // namespace lienthong::sdk
