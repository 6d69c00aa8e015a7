#include "adapters/transports/beast/client_context.hpp"

#include <openssl/ssl.h>

namespace lienthong::adapters {

Result<boost::asio::ssl::context> client_context(const std::string& authorities_file)
{
    boost::asio::ssl::context tls(boost::asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_cipher_list(tls.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM");
    boost::system::error_code error;
    if (authorities_file.empty())
        tls.set_default_verify_paths(error);
    else
        tls.load_verify_file(authorities_file, error);
    if (error) {
        Problem problem;
        problem.code = "transport.authorities";
        problem.detail = "cannot read the trusted authorities from '" + authorities_file + "': " + error.message();
        return problem;
    }
    return tls;
}

}  // namespace lienthong::adapters
