/// Both ends of the signer's Unix domain socket: the blocking server in the signer process, the client in the core.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/signer.hpp"

#include <chrono>
#include <memory>
#include <span>
#include <string>

namespace lienthong::seal {

/// Listens on one socket (mode 0600) and answers one request a connection, one connection at a time, only to
/// peers of its own account.
class SignerServer
{
public:
    /// Takes over a socket file that nobody answers. Fails with: seal.socket (path too long or not ours, a signer
    /// already answering there).
    [[nodiscard]] static Result<std::unique_ptr<SignerServer>> listen(std::string path);
    ~SignerServer();  ///< Removes the socket file.
    SignerServer(const SignerServer&) = delete;
    SignerServer& operator=(const SignerServer&) = delete;

    /// Answers until one of `stops` becomes readable or is hung up.
    void serve(Signer& signer, std::span<const int> stops);

private:
    SignerServer(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    void answer(int connection, Signer& signer, std::span<const int> stops);
    std::string path_;
    int fd_;
};

/// The core's Signer: asks the process behind a socket, with a new connection for each request. Thread-safe.
class SignerClient final : public Signer
{
public:
    explicit SignerClient(std::string path, std::chrono::milliseconds timeout = std::chrono::seconds{5})
        : path_(std::move(path)), timeout_(timeout)
    {
    }
    /// Blocking, at most the timeout. Fails with what SignerService::seal fails with, and seal.signer_unreachable,
    /// after which the same request may be made again: the signer gives the same checkpoint once more.
    [[nodiscard]] Result<SealedCheckpoint> seal(const SealRequest& request) override;

private:
    std::string path_;
    std::chrono::milliseconds timeout_;
};

}  // namespace lienthong::seal
