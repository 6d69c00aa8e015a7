#include "hub/flow/outbox_json.hpp"

namespace lienthong::flow {

void write_outbox_item(JsonWriter& out, const OutboxItem& item)
{
    out.member("id", item.id).member("flow", item.flow).member("leaf", item.leaf).member("state", to_text(item.state));
    out.member("attempts", std::int64_t{item.attempts});
    if (!item.about.empty())
        out.member("about", item.about);
    if (item.begun_at)
        out.member("begun_at", to_text(*item.begun_at));
    out.member("problem", item.problem).member("receipt", item.receipt);
}

}  // namespace lienthong::flow
