// Sets up OpenSSL for the server side.
#include "hub/http/tls_context.hpp"

#include <openssl/ssl.h>

namespace lienthong::http {
namespace {

namespace ssl = boost::asio::ssl;

constexpr int least_rsa_bits = 3072;
constexpr int least_elliptic_bits = 253;  // Ed25519 counts as 253
constexpr long longest_peer_chain_bytes = 64 * 1024;

Problem unusable(std::string detail)
{
    Problem problem;
    problem.code = "http.tls_files";
    problem.detail = std::move(detail);
    return problem;
}

void restrict_protocol(SSL_CTX* context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_max_cert_list(context, longest_peer_chain_bytes);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

}  // namespace

Result<std::shared_ptr<ssl::context>> make_tls_context(const std::string& certificate_file, const std::string& key_file)
{
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    restrict_protocol(context->native_handle());
    boost::system::error_code error;
    context->use_certificate_chain_file(certificate_file, error);
    if (error)
        return unusable("cannot use the certificate file '" + certificate_file + "': " + error.message());
    context->use_private_key_file(key_file, ssl::context::pem, error);
    if (error)
        return unusable("cannot use the key file '" + key_file + "': " + error.message());
    if (SSL_CTX_check_private_key(context->native_handle()) != 1)
        return unusable("the key in '" + key_file + "' does not belong to the certificate in '" + certificate_file + "'");
    const EVP_PKEY* key = SSL_CTX_get0_privatekey(context->native_handle());
    const int bits = EVP_PKEY_get_bits(key);
    const int least = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? least_rsa_bits : least_elliptic_bits;
    if (bits < least)
        return unusable("the key in '" + key_file + "' has " + std::to_string(bits) + " bits, too few");
    return context;
}

}  // namespace lienthong::http
