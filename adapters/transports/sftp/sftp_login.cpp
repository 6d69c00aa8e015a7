// Connects, judges the server's key before anything secret is said, and logs in.
#include "adapters/transports/sftp/sftp_login.hpp"

#include "adapters/transports/blocking/server_address.hpp"
#include "adapters/transports/reach/places.hpp"
#include "hub/sdk/base64.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace lienthong::adapters {
namespace {

using Failed = std::optional<Result<HttpAnswer>>;

Problem bad(std::string detail, std::string expected)
{
    return {"transport.bad_request", std::move(detail), {}, "not shown: it may hold a secret", std::move(expected)};
}

std::string where(const SftpAddress& address)
{
    return "the server " + address.host + " port " + address.port;
}

Problem unreachable(const SftpAddress& address, const std::string& why)
{
    return {"transport.refused", where(address) + " could not be reached: " + why};
}

/// Waits for a socket that is connecting. 0, or the error.
int error_after_connecting(int socket, Deadline deadline)
{
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd waiting{socket, POLLOUT, 0};
        const int ready = left <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
        if (ready == 0 && left <= 60'000)
            return ETIMEDOUT;
        if (ready < 0 && errno != EINTR)
            return errno;
        if (ready > 0)
            break;
    }
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

/// A connected socket that waits, for the caller to close. Looking up the name is the one wait that the deadline does not end.
Result<int> connected_socket(const SftpAddress& address, const Reach& reach, Deadline deadline)
{
    const auto places = places_of(address.host, address.port, reach, where(address));
    if (!places)
        return places.problem();
    int error = EHOSTUNREACH;
    for (const auto& place : *places) {
        const int made = ::socket(place.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (made < 0)
            continue;
        error = ::connect(made, place.data(), static_cast<socklen_t>(place.size())) == 0 ? 0 : errno;
        if (error == EINPROGRESS)
            error = error_after_connecting(made, deadline);
        if (error == 0) {
            ::fcntl(made, F_SETFL, ::fcntl(made, F_GETFL) & ~O_NONBLOCK);
            return made;
        }
        ::close(made);
    }
    return unreachable(address, std::generic_category().message(error));
}

}  // namespace

Result<SftpAddress> read_sftp_address(const HttpRequest& request)
{
    constexpr std::string_view scheme = "sftp://";
    const std::string_view url = request.url;
    if (url.substr(0, scheme.size()) != scheme)
        return bad("this is no address of an SFTP server", "sftp://host:22/folder");
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view authority = rest.substr(0, slash);
    if (authority.find('@') != std::string_view::npos)
        return bad("an address names no account; account and secret have headers of their own", "sftp://host:22/folder");
    auto place = read_host_and_port(authority);
    if (!place)
        return bad("this is no address of an SFTP server", "sftp://host:22/folder");
    SftpAddress address;
    address.host = std::move(place->host);
    address.port = place->port.empty() ? "22" : std::move(place->port);
    address.path = rest.substr(slash);
    address.host_key = header_of(request, "Host-Key");
    if (address.host_key.substr(0, 7) != "SHA256:")
        return bad("no key of the server is pinned", "a header Host-Key: SHA256:…");
    const std::string_view basic = header_of(request, "Authorization");
    if (!basic.empty()) {
        auto login = read_basic_login(basic);
        if (!login)
            return bad("Authorization does not hold an account and a password", "Basic, by RFC 7617");
        address.user = std::move(login->user);
        address.password = std::move(login->password);
    } else if (const auto key = sdk::decode_base64(header_of(request, "Private-Key")); key && !key->empty()) {
        address.user = header_of(request, "User");
        address.private_key = *key;
    }
    if (address.user.empty())
        return bad("no account is named", "Authorization, or User and Private-Key");
    return address;
}

Failed SftpLogin::judge_host_key(const SftpAddress& address) const
{
    ssh_key key = nullptr;
    unsigned char* hash = nullptr;
    std::size_t size = 0;
    if (ssh_get_server_publickey(ssh_.get(), &key) != SSH_OK)
        return Result<HttpAnswer>(unreachable(address, "it showed no key"));
    const std::string kind = ssh_key_type_to_char(ssh_key_type(key));
    const int hashed = ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size);
    ssh_key_free(key);
    char* const shown = hashed == SSH_OK ? ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size) : nullptr;
    const std::string found = shown == nullptr ? "" : shown;
    ssh_string_free_char(shown);
    ssh_clean_pubkey_hash(&hash);
    if (!found.empty() && found == address.host_key)
        return std::nullopt;
    return Result<HttpAnswer>(
        refusal(421, "the server showed the key " + found + " (" + kind + "), configured is " + address.host_key +
                         ": nothing was sent; ask its operator whether the key was changed, and by a way other than this "
                         "connection, before you change host_key"));
}

Failed SftpLogin::log_in(const SftpAddress& address) const
{
    int answer = SSH_AUTH_ERROR;
    if (address.private_key.empty()) {
        answer = ssh_userauth_password(ssh_.get(), nullptr, address.password.c_str());
    } else {
        ssh_key key = nullptr;
        if (ssh_pki_import_privkey_base64(address.private_key.c_str(), nullptr, nullptr, nullptr, &key) != SSH_OK)
            return Result<HttpAnswer>(
                refusal(401, "the private key cannot be read: give a key without passphrase, in PEM or OpenSSH's form"));
        answer = ssh_userauth_publickey(ssh_.get(), nullptr, key);
        ssh_key_free(key);
    }
    if (answer == SSH_AUTH_SUCCESS)
        return std::nullopt;
    if (answer == SSH_AUTH_ERROR)
        return Result<HttpAnswer>(unreachable(address, "the login broke off"));
    return Result<HttpAnswer>(refusal(401, "the server does not let the account '" + shortened(address.user, 60) +
                                               "' in: check user and password, or have the public key entered for the account"));
}

Failed SftpLogin::open(const SftpAddress& address, const Reach& reach, Deadline deadline)
{
    const auto socket = connected_socket(address, reach, deadline);
    if (!socket.ok())
        return Result<HttpAnswer>(socket.problem());
    ssh_.reset(ssh_new());
    int number = *socket, off = 0;
    // The session owns the socket from here on and closes it; the watch holds one of its own, so that it never cuts another.
    ssh_options_set(ssh_.get(), SSH_OPTIONS_FD, &number);
    ssh_options_set(ssh_.get(), SSH_OPTIONS_PROCESS_CONFIG, &off);
    ssh_options_set(ssh_.get(), SSH_OPTIONS_HOST, address.host.c_str());
    ssh_options_set(ssh_.get(), SSH_OPTIONS_USER, address.user.c_str());
    watch_ = std::make_unique<SocketWatch>(number, deadline);
    if (ssh_connect(ssh_.get()) != SSH_OK)
        return Result<HttpAnswer>(unreachable(address, ssh_get_error(ssh_.get())));
    if (auto other = judge_host_key(address))
        return other;
    if (auto refused = log_in(address))
        return refused;
    sftp_.reset(sftp_new(ssh_.get()));
    if (!sftp_ || sftp_init(sftp_.get()) != SSH_OK)
        return Result<HttpAnswer>(
            refusal(401, "the server lets the account in, but gives it no SFTP: have it allowed for the account"));
    return std::nullopt;
}

}  // namespace lienthong::adapters
