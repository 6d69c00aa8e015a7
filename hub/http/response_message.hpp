/// HttpResponse as the message Beast writes. Part of the files that compile Beast.
#pragma once

#include "hub/http/server.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace lienthong::http {

/// Adds Date, Content-Length and Connection. The body of an answer to HEAD is announced but not sent.
[[nodiscard]] boost::beast::http::response<boost::beast::http::string_body> response_message(HttpResponse response, bool head,
                                                                                             bool http_1_0, bool keep, bool hsts);

}  // namespace lienthong::http
