/// Blocking transport: carries requests by libraries that wait (files, SSH, databases), off the flows' executor.
///
/// Each request runs on a thread of its own, at most two at a time for one place, so that a place that hangs keeps nobody waiting
/// but those who ask it. A caller never waits longer than the request allows: a disk or a library that hangs costs two threads, not
/// the flow.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace lienthong::adapters {

using Deadline = std::chrono::steady_clock::time_point;

/// Does what a request asks. Runs on several threads at once; must look at the deadline where it can.
using BlockingWork = std::function<Result<HttpAnswer>(const HttpRequest& request, Deadline deadline)>;

/// Answers with what `work` made of it, or with transport.unknown at the deadline, when the work's own answer is thrown away; work
/// that has not begun by then is not done at all. Destroying it waits for running work. Safe from any thread.
[[nodiscard]] std::unique_ptr<Transport> make_blocking_transport(boost::asio::any_io_executor executor, BlockingWork work);

/// What a request waits for together with others: the server of an address that names one, else the address up to its query.
[[nodiscard]] std::string place_of(const std::string& url);

/// What a request's status says in one sentence for people: the header `Why` of an answer without a body.
[[nodiscard]] HttpAnswer refusal(int status, std::string why);

/// A header's value without regard to the name's case; empty when absent.
[[nodiscard]] std::string_view header_of(const HttpRequest& request, std::string_view name);

}  // namespace lienthong::adapters
