/// SFTP login: a connection to the one server that has the pinned key, as the account that was named.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/blocking/socket_watch.hpp"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <memory>
#include <optional>
#include <string>

namespace lienthong::adapters {

struct SftpAddress
{
    std::string host, port, path;  ///< The path is the address behind the host.
    std::string host_key;          ///< "SHA256:…".
    std::string user, password, private_key;
};

/// Fails with: transport.bad_request; nothing of a password or key is ever in it.
[[nodiscard]] Result<SftpAddress> read_sftp_address(const HttpRequest& request);

/// One connection. One thread at a time.
class SftpLogin
{
public:
    /// Nothing when the session stands; else the answer or the failure.
    [[nodiscard]] std::optional<Result<HttpAnswer>> open(const SftpAddress& address, const Reach& reach, Deadline deadline);
    [[nodiscard]] sftp_session session() const { return sftp_.get(); }
    [[nodiscard]] bool is_connected() const { return ssh_is_connected(ssh_.get()) != 0; }

private:
    struct FreeSsh
    {
        void operator()(ssh_session session) const
        {
            ssh_disconnect(session);
            ssh_free(session);
        }
    };
    struct FreeSftp
    {
        void operator()(sftp_session session) const { sftp_free(session); }
    };
    [[nodiscard]] std::optional<Result<HttpAnswer>> judge_host_key(const SftpAddress& address) const;
    [[nodiscard]] std::optional<Result<HttpAnswer>> log_in(const SftpAddress& address) const;

    std::unique_ptr<SocketWatch> watch_;  ///< Ends last: taking leave may wait too.
    std::unique_ptr<std::remove_pointer_t<ssh_session>, FreeSsh> ssh_;
    std::unique_ptr<std::remove_pointer_t<sftp_session>, FreeSftp> sftp_;
};

}  // namespace lienthong::adapters
