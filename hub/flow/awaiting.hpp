/// Awaiting: lets a coroutine wait for a callback of a port.
///
/// Coroutines of this room keep to one shape, which g++ 12 compiles correctly: every awaited call is bound to a
/// name, its arguments are named objects, and no condition, braces or conditional expression holds a co_await.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace lienthong::flow {

/// Starts `start`, which must call its argument exactly once from any thread, and resumes on the caller's executor.
template <class T>
boost::asio::awaitable<T> completion_of(std::function<void(std::function<void(T)>)> start)
{
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(T)>(
        [](auto handler, std::function<void(std::function<void(T)>)> begin) {
            auto executor = boost::asio::get_associated_executor(handler);
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            begin([kept, executor](T value) {
                auto boxed = std::make_shared<T>(std::move(value));
                boost::asio::post(executor, [kept, boxed] { std::move (*kept)(std::move(*boxed)); });
            });
        },
        boost::asio::use_awaitable, std::move(start));
}

}  // namespace lienthong::flow
