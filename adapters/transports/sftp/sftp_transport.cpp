// The transport's face: which server is meant, and what is done in its folder.
#include "adapters/transports/sftp/sftp_transport.hpp"

#include "adapters/transports/sftp/remote_folder.hpp"

#include <utility>

namespace lienthong::adapters {
namespace {


Result<HttpAnswer> carry(const HttpRequest& request, Deadline deadline)
{
    const auto address = read_sftp_address(request);
    if (!address)
        return address.problem();
    const auto call = read_folder_call(request, address->path);
    if (!call)
        return call.problem();
    SftpLogin login;
    if (auto failed = login.open(*address, request.reach, deadline))
        return std::move(*failed);
    const RemoteFolder folder(login, call->folder);
    if (auto refused = folder.refused_as_no_real_path())
        return std::move(*refused);
    switch (call->verb) {
        case FolderCall::Verb::list:
            return folder.list();
        case FolderCall::Verb::read:
            return folder.read(call->name, request.answer_limit);
        default:
            return folder.move(*call);
    }
}

}  // namespace

std::unique_ptr<Transport> make_sftp_transport(boost::asio::any_io_executor executor)
{
    return make_blocking_transport(std::move(executor), carry);
}

}  // namespace lienthong::adapters
