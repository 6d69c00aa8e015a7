// The transport's face: which mailbox is meant, and every exception of Poco's made an answer or a problem.
#include "adapters/transports/mail/mail_transport.hpp"

#include "adapters/transports/mail/pop3_session.hpp"
#include "adapters/transports/reach/places.hpp"
#include "hub/model/json_text.hpp"

#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

namespace lienthong::adapters {
namespace {

using Poco::Net::Context;

constexpr std::size_t most_mails = 10'000;
constexpr int longest_chain = 9;

std::string where(const MailCall& call)
{
    return "the mail server " + call.host + " port " + std::to_string(call.port);
}

/// The addresses of the host's name that a flow may go to.
Result<std::vector<Poco::Net::SocketAddress>> addresses_of(const MailCall& call, const Reach& reach)
{
    const auto places = places_of(call.host, std::to_string(call.port), reach, where(call));
    if (!places)
        return places.problem();
    std::vector<Poco::Net::SocketAddress> out;
    for (const auto& place : *places)
        out.emplace_back(place.data(), static_cast<poco_socklen_t>(place.size()));
    return out;
}

HttpAnswer listing_of(const std::vector<ListedMail>& mails)
{
    JsonWriter out;
    out.begin_object().key("messages").begin_array();
    for (std::size_t i = 0; i < std::min(mails.size(), most_mails); ++i)
        out.begin_object().member("uid", mails[i].uid).member("size", static_cast<std::int64_t>(mails[i].size)).end_object();
    out.end_array().member("more", mails.size() > most_mails).end_object();
    return {200, {{"Content-Type", "application/json"}}, out.take()};
}

/// What was asked, in a session that stands.
HttpAnswer carried(Pop3Session& session, const MailCall& call, std::size_t answer_limit)
{
    std::vector<ListedMail> mails;
    if (auto refused = session.list(mails))
        return std::move(*refused);
    if (call.verb == MailCall::Verb::list)
        return listing_of(mails);
    const auto mail = std::find_if(mails.begin(), mails.end(), [&](const ListedMail& one) { return one.uid == call.uid; });
    if (mail == mails.end())
        return refusal(404, "the mailbox holds no such mail any more");
    if (call.verb == MailCall::Verb::read) {
        HttpAnswer answer{200, {{"Content-Type", "message/rfc822"}}, {}};
        if (auto refused = session.read(*mail, answer_limit, answer.body))
            return std::move(*refused);
        answer.headers.emplace_back("Content-Length", std::to_string(answer.body.size()));
        return answer;
    }
    Pop3Reply done = session.say("DELE " + mail->number);
    // Nothing is deleted before the session ends well (RFC 1939, section 6).
    if (done.good)
        done = session.say("QUIT");
    return done.good ? HttpAnswer{204, {}, {}} : refusal(503, "the mail server did not delete the mail: " + shortened(done.text));
}

/// A session that asked for nothing that lasts: whether the server hears the end of it does not matter.
void take_leave(Pop3Session& session, const MailCall& call, const HttpAnswer& answer)
{
    if (answer.status == 413 || (call.verb == MailCall::Verb::remove && answer.status == 204))
        return;
    try {
        (void)session.say("QUIT");
    } catch (const Poco::Exception&) {
        return;
    }
}

Result<HttpAnswer> converse(const MailCall& call, const HttpRequest& request, const Context::Ptr& context, Deadline deadline)
{
    const auto addresses = addresses_of(call, request.reach);
    if (!addresses)
        return addresses.problem();
    std::unique_ptr<Pop3Session> session;
    try {
        session = std::make_unique<Pop3Session>(call, *addresses, context, deadline);
        if (auto refused = session->log_in(call))
            return std::move(*refused);
    } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException& error) {
        return Problem{"transport.refused", where(call) + " ended the connection: " + error.displayText()};
    } catch (const Poco::Net::SSLException& error) {
        return Problem{"transport.tls", where(call) + " could not be authenticated over TLS, and was told nothing: " + error.displayText(), {}, {},
                       "a certificate of " + call.host + " by an authority that is trusted"};
    } catch (const Poco::Exception& error) {
        return Problem{"transport.refused", where(call) + " could not be reached: " + error.displayText()};
    }
    try {
        HttpAnswer answer = carried(*session, call, request.answer_limit);
        take_leave(*session, call, answer);
        return answer;
    } catch (const Poco::Exception& error) {
        return Problem{"transport.unknown", where(call) + " went away in the middle: " + error.displayText()};
    }
}

/// Strict: on loopback too the certificate must be the host's.
Result<Context::Ptr> client_context(const std::string& authorities_file)
{
    try {
        Poco::Net::initializeSSL();
        Context::Ptr context = new Context(Context::TLS_CLIENT_USE, {}, {}, authorities_file, Context::VERIFY_STRICT, longest_chain,
                                           authorities_file.empty());
        context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
        context->enableExtendedCertificateVerification(true);
        return context;
    } catch (const Poco::Exception& error) {
        return Problem{"transport.tls", "the trusted authorities cannot be read: " + error.displayText(), authorities_file, {}, "PEM certificates"};
    }
}

}  // namespace

std::unique_ptr<Transport> make_mail_transport(boost::asio::any_io_executor executor, MailTransportOptions options)
{
    return make_blocking_transport(std::move(executor),
                                   [context = client_context(options.authorities_file)](const HttpRequest& request, Deadline deadline) -> Result<HttpAnswer> {
                                       const auto call = read_mail_call(request);
                                       if (!call)
                                           return call.problem();
                                       if (!context)
                                           return context.problem();
                                       return converse(*call, request, *context, deadline);
                                   });
}

}  // namespace lienthong::adapters
