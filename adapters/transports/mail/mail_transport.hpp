/// Mail transport: the inbox of a mail server over POP3 inside TLS (RFC 1939, RFC 8314), by addresses such as
/// `pop3s://host:995`.
///
/// | request | asks | answer |
/// |---|---|---|
/// | `GET /` | which mails lie there | 200, `{"messages": [{"uid": "0000001a65c0ffee", "size": 1234}], "more": false}` |
/// | `GET /message?uid=UID` | one mail, whole, as it came | 200, its bytes, `Content-Length` |
/// | `DELETE /message?uid=UID` | take it out of the inbox | 204, once the server says at QUIT that it did |
///
/// A header `Authorization: Basic …` names the account. The listing has the server's order, usually the oldest first, and at most
/// 10,000 mails; `more` says that there are others. Sizes are in bytes, as the server says them.
///
/// Answers that refuse have no body and say why in the header `Why`: 401 the server does not let the account in; 404 no such mail
/// (any more); 413 the mail is larger than the request allows, it was not read further; 422 the server refuses to hand this mail
/// out; 405 the server cannot tell mails apart (it lacks UIDL); 503 another program has the mailbox open, or the server cannot
/// serve now.
///
/// The server's certificate must be its name's, by an authority that is trusted, before anything is said: there is no setting to
/// go without, and no scheme for POP3 in the clear, on loopback neither. Nothing of a mail is looked into here: its bytes go to
/// the connector, whose worker can touch nothing (plugins/mail). Each request has a connection of its own, because a POP3 server
/// locks the mailbox for as long as one lasts and deletes only at its end: so whatever happens to one request, no other deletes
/// by accident.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace lienthong::adapters {

struct MailTransportOptions
{
    std::string authorities_file;  ///< PEM with the authorities to trust; empty: the system's.
};

/// Two requests run at a time; at its timeout a request's connection is cut. Looking up the host's name is the one wait that the
/// deadline does not end. Fails, by ask(), with: transport.bad_request, transport.refused, transport.unknown, transport.tls (also:
/// the authorities cannot be read), transport.not_allowed. Safe from any thread.
[[nodiscard]] std::unique_ptr<Transport> make_mail_transport(boost::asio::any_io_executor executor, MailTransportOptions options);

}  // namespace lienthong::adapters
