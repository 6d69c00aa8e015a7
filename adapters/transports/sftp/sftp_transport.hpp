/// SFTP transport: folders of other machines over SSH, by addresses such as `sftp://host:22/nhan-tep`.
///
/// The words it takes are those of adapters/transports/folder/folder_call.hpp, and besides:
///
/// | header | says |
/// |---|---|
/// | `Host-Key` | the only key the server may have, `SHA256:…` as ssh-keygen -lf prints it; needed, nothing is trusted at first sight |
/// | `Authorization: Basic …` | account and password |
/// | `User` and `Private-Key` | account and its private key (PEM or OpenSSH's form, without passphrase), in base64 |
///
/// Besides the folder's answers: 401 the server does not let the account in; 421 it showed another key than the one configured:
/// nothing of the account was sent. The path is absolute on the server. A file is looked at without following links before it is
/// opened, for the protocol has no word to do both at once; a server whose owner swaps it in between shows the hub nothing that
/// the account could not read anyway. A move is the protocol's rename, which OpenSSH refuses where the name is taken; what is
/// written beside is made durable where the server knows fsync@openssh.com. Each request has a connection of its own.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace lienthong::adapters {

/// Two requests run at a time; at its timeout a request's connection is cut. Fails, by ask(), with: transport.bad_request,
/// transport.refused, transport.not_allowed, transport.unknown. Safe from any thread.
[[nodiscard]] std::unique_ptr<Transport> make_sftp_transport(boost::asio::any_io_executor executor);

}  // namespace lienthong::adapters
