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
    const auto beside = dispatch.delivered_beside(*document);
    if (!beside)
        return beside.problem();
    std::string before;
    for (const std::size_t count : *beside)
        before += (before.empty() ? "" : " ") + std::to_string(count);
    const bool first = before.find_first_not_of("0 ") == std::string::npos;
    sdk::Parcel parcel;
    parcel.id = document->act.empty() ? document->document : document->document + '|' + document->act;
    parcel.content_type = std::string("application/edxml+xml; messagetype=") + (document->business == Business::status ? "status" : "edoc") +
                          "; to=\"" + to + "\"; notation=\"" + document->notation + "\"; date=" + date + (first ? "" : "; before=\"" + before + '"');
    parcel.bytes = *std::move(package);
    return parcel;
}

}  // namespace lienthong::flow
