/// Asks a transport and waits for its answer, on an executor of its own.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/io_context.hpp>

#include <optional>
#include <utility>

namespace lienthong::tests {

/// A request as the flows make it: `target` was asked for by a connector, `endpoint` stands in the configuration.
inline HttpRequest request_for(std::string method, const std::string& endpoint, const std::string& target)
{
    HttpRequest request;
    request.method = std::move(method);
    request.url = endpoint + target;
    return request;
}

inline Result<HttpAnswer> answer_of(boost::asio::io_context& context, Transport& transport, HttpRequest request)
{
    std::optional<Result<HttpAnswer>> answer;
    transport.ask(std::move(request), [&](Result<HttpAnswer> got) { answer = std::move(got); });
    context.restart();
    context.run();
    return answer ? std::move(*answer) : Problem{"test.no_answer", "the transport never answered"};
}

inline std::string header(const HttpAnswer& answer, const std::string& name)
{
    for (const auto& [key, value] : answer.headers)
        if (key == name)
            return value;
    return {};
}

}  // namespace lienthong::tests
