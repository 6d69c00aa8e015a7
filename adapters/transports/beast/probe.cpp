// The transport's own steps, one after the other, in a context of their own.
#include "adapters/transports/beast/probe.hpp"

#include "adapters/transports/beast/client_context.hpp"
#include "adapters/transports/beast/exchange.hpp"
#include "adapters/transports/reach/reach.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <openssl/x509v3.h>

#include <memory>
#include <utility>

namespace lienthong::adapters {
namespace {

using What = ProbeStep::What;
using Clock = std::chrono::steady_clock;
using TlsStream = asio::ssl::stream<asio::ip::tcp::socket>;

/// The one line of a name that people know it by.
std::string common_name(X509_NAME* name)
{
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at >= 0) {
        unsigned char* text = nullptr;
        const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        std::string out = size > 0 ? std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)) : std::string();
        OPENSSL_free(text);
        return shortened(out, 80);
    }
    char line[256] = {};
    X509_NAME_oneline(name, line, sizeof line);
    return shortened(line, 80);
}

std::string names_in(X509* certificate)
{
    std::string out;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)), &GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()) && i < 20; ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        std::string text;
        if (name->type == GEN_DNS) {
            text.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                        static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        } else if (name->type == GEN_IPADD) {
            const unsigned char* bytes = ASN1_STRING_get0_data(name->d.iPAddress);
            if (ASN1_STRING_length(name->d.iPAddress) == 4)
                text = asio::ip::address_v4({bytes[0], bytes[1], bytes[2], bytes[3]}).to_string();
        }
        if (!text.empty())
            out += (out.empty() ? "" : ", ") + shortened(text, 80);
    }
    return out.empty() ? common_name(X509_get_subject_name(certificate)) : out;
}

std::string end_of(X509* certificate)
{
    tm end = {};
    int days = 0, rest = 0;
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1 ||
        ASN1_TIME_diff(&days, &rest, nullptr, X509_get0_notAfter(certificate)) != 1)
        return "of unknown end";
    char day[16] = {};
    std::strftime(day, sizeof day, "%Y-%m-%d", &end);
    const bool over = days < 0 || rest < 0;
    return std::string(over ? "expired on " : "valid until ") + day + (over ? "" : ", another " + std::to_string(days) + " days");
}

std::string described(X509* certificate)
{
    return "certificate for " + names_in(certificate) + ", issued by " + common_name(X509_get_issuer_name(certificate)) + ", " +
           end_of(certificate);
}

class Probing
{
public:
    Probing(Outgoing out, const BeastTransportOptions& options, asio::ssl::context tls)
        : out_(std::move(out)), options_(options), names_(TransportState::look_up_of(options)), tls_(std::move(tls)),
          stream_(context_, tls_)
    {
    }

    std::vector<ProbeStep> go()
    {
        if (find_name() && connect() && out_.tls)
            shake_hands();
        return std::move(steps_);
    }

private:
    /// Runs what was started until it is done; false when the deadline came first.
    bool run(std::chrono::milliseconds span, const bool& done)
    {
        const auto until = Clock::now() + span;
        context_.restart();
        while (!done && Clock::now() < until)
            context_.run_one_until(until);
        return done;
    }
    bool end(What what, Clock::time_point begun, std::string detail, std::string code = {}, std::string why = {})
    {
        ProbeStep step;
        step.what = what;
        step.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        step.detail = std::move(detail);
        if (!code.empty())
            step.problem = Problem{std::move(code), out_.source() + ": " + std::move(why)};
        steps_.push_back(std::move(step));
        return !steps_.back().problem;
    }
    static std::string passed(std::chrono::milliseconds span)
    {
        return "the deadline of " + std::to_string(span.count()) + " ms passed";
    }

    bool find_name()
    {
        const auto begun = Clock::now();
        bool done = false;
        error_code not_an_address;
        const auto literal = asio::ip::make_address(out_.host, not_an_address);
        std::unique_ptr<Waiting> waiting;
        if (!not_an_address) {
            found_.addresses.push_back(literal);
        } else {
            waiting = names_.start(out_.host, context_.get_executor(), [this, &done](FoundNames found) {
                found_ = std::move(found);
                done = true;
            });
            const bool in_time = run(options_.deadlines.name, done);
            waiting.reset();
            if (!in_time)
                return end(What::name, begun, {}, "transport.refused", passed(options_.deadlines.name) + " while the name was looked up");
        }
        if (found_.addresses.empty())
            return end(What::name, begun, {}, "transport.refused", "the name cannot be resolved: " + found_.problem);
        std::string list;
        for (const auto& address : found_.addresses)
            list += (list.empty() ? "" : ", ") + address.to_string();
        const ReachRules rules{names_own_machine(out_.host), out_.reach.private_networks};
        for (const auto& address : found_.addresses)
            if (const std::string refusal = refusal_of(address, rules); !refusal.empty())
                return end(What::name, begun, list, "transport.not_allowed",
                           "the host leads to " + address.to_string() + ", which is " + refusal);
        return end(What::name, begun, not_an_address ? out_.host + " → " + list : list + ", written as an address");
    }

    bool connect()
    {
        const auto begun = Clock::now();
        std::vector<asio::ip::tcp::endpoint> endpoints;
        for (const auto& address : found_.addresses)
            endpoints.emplace_back(address, static_cast<std::uint16_t>(std::stoul(out_.port)));
        bool done = false;
        error_code outcome;
        asio::ip::tcp::endpoint reached;
        asio::async_connect(stream_.next_layer(), endpoints, [&](const error_code& error, const asio::ip::tcp::endpoint& endpoint) {
            outcome = error;
            reached = endpoint;
            done = true;
        });
        if (!run(options_.deadlines.connect, done)) {
            hang_up(done);
            return end(What::tcp, begun, {}, "transport.refused", passed(options_.deadlines.connect) + " while connecting");
        }
        if (outcome)
            return end(What::tcp, begun, {}, "transport.refused", "cannot connect: " + outcome.message());
        return end(What::tcp, begun, reached.address().to_string() + " port " + std::to_string(reached.port()));
    }

    void shake_hands()
    {
        const auto begun = Clock::now();
        error_code not_an_address;
        asio::ip::make_address(out_.host, not_an_address);
        if (not_an_address)
            SSL_set_tlsext_host_name(stream_.native_handle(), out_.host.c_str());
        std::string distrust, leaf;
        stream_.set_verify_mode(asio::ssl::verify_peer);
        stream_.set_verify_callback(
            [&, check = asio::ssl::host_name_verification(out_.host)](bool chain_good, asio::ssl::verify_context& chain) {
                if (X509* certificate = X509_STORE_CTX_get0_cert(chain.native_handle()); certificate != nullptr && leaf.empty())
                    leaf = described(certificate);
                const bool good = check(chain_good, chain);
                if (!good && distrust.empty())
                    distrust = chain_good ? "the certificate is not for this host"
                                          : X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain.native_handle()));
                return good;
            });
        bool done = false;
        error_code outcome;
        stream_.async_handshake(asio::ssl::stream_base::client, [&](const error_code& error) {
            outcome = error;
            done = true;
        });
        if (!run(options_.deadlines.handshake, done)) {
            hang_up(done);
            end(What::tls, begun, leaf, "transport.refused", passed(options_.deadlines.handshake) + " during the TLS handshake");
        } else if (outcome) {
            end(What::tls, begun, leaf, "transport.tls", distrust.empty() ? "the TLS handshake failed: " + outcome.message() : distrust);
        } else {
            end(What::tls, begun, std::string(SSL_get_version(stream_.native_handle())) + ", " + leaf);
        }
        hang_up(done);
    }

    /// Nothing may still refer to what the caller holds.
    void hang_up(const bool& done)
    {
        error_code ignored;
        stream_.next_layer().close(ignored);
        context_.restart();
        while (!done)
            context_.run_one();
    }

    Outgoing out_;
    const BeastTransportOptions& options_;
    Names names_;
    asio::ssl::context tls_;
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(context_);
    TlsStream stream_;
    FoundNames found_;
    std::vector<ProbeStep> steps_;
};

}  // namespace

std::vector<ProbeStep> probe(const std::string& url, bool private_networks, const BeastTransportOptions& options)
{
    const auto failed = [](const Problem& problem) {
        ProbeStep step;
        step.problem = problem;
        return std::vector<ProbeStep>{step};
    };
    HttpRequest request;
    request.method = "GET";
    request.url = url;
    request.reach.private_networks = private_networks;
    auto out = outgoing(request, true);
    if (!out)
        return failed(out.problem());
    auto tls = client_context(options.authorities_file);
    if (!tls)
        return failed(tls.problem());
    return Probing(std::move(out).value(), options, std::move(tls).value()).go();
}

}  // namespace lienthong::adapters
