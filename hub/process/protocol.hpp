/// Protocol: what core and worker say to each other. Both ends are built from this file.
///
///   worker → core   hello          once, after the worker has locked itself in: what it is and what protects us from it
///   core → worker   job  (id)      one piece of work; answered in order
///   worker → core   answer (id)    its outcome
///   worker → core   refused (id)   a Problem instead; it lives on unless it broke. With id 0 before hello: why it cannot start
///
/// A worker ends when its socket closes. For a connector the first job carries the settings, every other an event.
#pragma once

#include "hub/model/result.hpp"
#include "hub/sdk/connector.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::process {

inline constexpr int worker_socket = 3;  ///< The descriptor a worker finds its socket pair on.

enum class FrameKind : std::uint8_t { hello = 1, job = 2, answer = 3, refused = 4 };

struct Hello
{
    std::string role;     ///< "connector", "workshop"
    std::string about;    ///< Connector: its encoded description. Workshop: the digest of its catalogue.
    std::string sandbox;  ///< The state achieved, in words, for the operator.

    friend bool operator==(const Hello&, const Hello&) = default;
};

[[nodiscard]] std::string encode(const Hello& hello);
[[nodiscard]] std::optional<Hello> decode_hello(std::string_view bytes);

/// A Problem on its way out of a worker. Decoding refuses codes that are no codes and cuts overlong texts.
[[nodiscard]] std::string encode(const Problem& problem);
[[nodiscard]] std::optional<Problem> decode_problem(std::string_view bytes);

/// What a connector is asked. `bytes` is encoded by hub/sdk/codec.hpp.
struct ConnectorJob
{
    enum class Kind : std::uint8_t { open, event };
    Kind kind = Kind::event;
    sdk::AnswerForm form = sdk::AnswerForm::none;  ///< How the body that comes with the event is read.
    std::string_view bytes;
};

[[nodiscard]] std::string encode(const ConnectorJob& job);
/// The result's bytes point into the argument.
[[nodiscard]] std::optional<ConnectorJob> decode_connector_job(std::string_view bytes);

}  // namespace lienthong::process
