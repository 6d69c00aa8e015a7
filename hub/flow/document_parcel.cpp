#include "hub/flow/document_parcel.hpp"

#include <algorithm>

namespace lienthong::flow {

Result<sdk::Parcel> document_parcel(const Dispatch& dispatch, const OutboxItem& item)
{
    const auto document = dispatch.document(item.id);
    if (!document)
        return document.problem();
    auto package = dispatch.package(item.id);
    if (!package)
        return package.problem();
    std::string to, date = document->day;
    for (const std::string& code : document->to)
        to += (to.empty() ? "" : " ") + code;
    std::replace(date.begin(), date.end(), '-', '/');
    sdk::Parcel parcel;
    parcel.id = document->document;
    parcel.content_type = "application/edxml+xml; messagetype=edoc; to=\"" + to + "\"; notation=\"" + document->notation + "\"; date=" + date;
    parcel.bytes = *std::move(package);
    return parcel;
}

}  // namespace lienthong::flow
