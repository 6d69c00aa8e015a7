// The transport's face: which folder is meant, and what is done in it.
#include "adapters/transports/files/files_transport.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/files/opened_folder.hpp"
#include "adapters/transports/folder/folder_call.hpp"

#include <string_view>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view scheme = "file://";

Result<HttpAnswer> carry(const HttpRequest& request, Deadline deadline)
{
    if (request.url.substr(0, scheme.size() + 1) != "file:///")
        return Problem{"transport.bad_request",
                       "this is no folder of this machine",
                       {},
                       shortened(request.url),
                       "file:/// and an absolute path"};
    const auto call = read_folder_call(request, std::string_view(request.url).substr(scheme.size()));
    if (!call)
        return call.problem();
    const OpenedFolder folder(call->folder);
    if (!folder.is_open())
        return folder.refused_at_opening();
    switch (call->verb) {
        case FolderCall::Verb::list:
            return folder.list(deadline);
        case FolderCall::Verb::read:
            return folder.read(call->name, request.answer_limit, deadline);
        default:
            return folder.move(*call);
    }
}

}  // namespace

std::unique_ptr<Transport> make_files_transport(boost::asio::any_io_executor executor)
{
    return make_blocking_transport(std::move(executor), carry);
}

}  // namespace lienthong::adapters
