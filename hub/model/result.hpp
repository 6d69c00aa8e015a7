/// Result<T>: a value, or the Problem that kept us from having it.
///
/// Used for everything a peer, a document, a mapping, a file or a user can cause. Broken promises of our own
/// are exceptions instead. A Result that nobody looks at is a compiler warning.
#pragma once

#include "hub/model/problem.hpp"

#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace lienthong {

/// Thrown when a Result is read without being checked: always a defect of the caller.
class UncheckedResult : public std::logic_error
{
public:
    explicit UncheckedResult(const Problem& problem) : std::logic_error("unchecked result: " + problem.sentence()) {}
};

template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] T& value() &
    {
        require();
        return std::get<0>(state_);
    }
    [[nodiscard]] const T& value() const&
    {
        require();
        return std::get<0>(state_);
    }
    [[nodiscard]] T&& value() &&
    {
        require();
        return std::get<0>(std::move(state_));
    }
    [[nodiscard]] const Problem& problem() const { return std::get<1>(state_); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    void require() const
    {
        if (!ok())
            throw UncheckedResult(std::get<1>(state_));
    }
    std::variant<T, Problem> state_;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Problem problem) : problem_(std::move(problem)), failed_(true) {}

    [[nodiscard]] bool ok() const noexcept { return !failed_; }
    explicit operator bool() const noexcept { return ok(); }
    [[nodiscard]] const Problem& problem() const { return problem_; }

private:
    Problem problem_;
    bool failed_ = false;
};

}  // namespace lienthong
