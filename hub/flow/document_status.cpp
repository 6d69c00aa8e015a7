#include "hub/flow/document_status.hpp"

#include "hub/seal/digest.hpp"

#include <algorithm>

namespace lienthong::flow {

std::string package_time(Time time)
{
    std::string out = to_text(time).substr(0, 19);
    std::replace(out.begin(), out.begin() + 10, '-', '/');
    out[10] = ' ';
    return out;
}

Result<Dispatch::Added> tell_status(Dispatch& dispatch, const DocumentWriter& writer, const StatusToTell& status, Time now)
{
    DocumentStatus said{status.from, status.about, status.by_person ? status.by : "", status.code, status.reason, ""};
    // Said at another moment it is the same status: the digest leaves the moment out.
    const auto timeless = writer.write(said);
    said.at = package_time(now);
    const auto package = writer.write(said);
    if (!timeless || !package)
        return (timeless ? package : timeless).problem();
    DispatchedDocument out;
    out.flow = status.flow;
    out.document = status.about.document;
    out.business = Business::status;
    out.act = status.code + ' ' + status.about.organ + (status.turn > 1 ? ' ' + std::to_string(status.turn) : "");
    out.about = status.about.document;
    out.code = status.code;
    out.reason = status.reason;
    out.to = {status.about.organ};
    out.notation = status.about.code;
    out.day = status.about.day;
    out.made_by = status.by;
    out.made_at = now;
    out.digest = seal::sha256_hex(*timeless);
    return dispatch.add(out, *package);
}

}  // namespace lienthong::flow
