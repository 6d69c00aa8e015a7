/// Query: what stands in a request's query, read one parameter at a time; the first that cannot be what it says is the
/// problem. Which names a resource takes stands in the route table.
#pragma once

#include "hub/http/server.hpp"
#include "hub/model/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::api {

/// "parameter.bad", at `query/<name>`.
[[nodiscard]] Problem bad_parameter(const std::string& name, std::string_view found, const std::string& expected);

/// For one request, which must outlive it.
class Query
{
public:
    explicit Query(const http::HttpRequest& request) : request_(request) {}

    /// The value, or nothing where it is not there.
    [[nodiscard]] const std::string* find(const std::string& name) const { return request_.parameter(name); }
    [[nodiscard]] std::string text(const std::string& name) const;
    /// "true" or "false"; false where it is not there.
    [[nodiscard]] bool flag(const std::string& name);
    /// One of `choices`; the first where it is not there.
    [[nodiscard]] std::string_view choice(const std::string& name, std::initializer_list<std::string_view> choices);
    /// A number of `least` to `most`; `otherwise` where it is not there.
    [[nodiscard]] std::int64_t number(const std::string& name, std::int64_t least, std::int64_t most, std::int64_t otherwise);
    /// At least 1; as many as may be asked for where it is not there, unless told otherwise.
    [[nodiscard]] std::size_t limit(std::int64_t most, std::optional<std::int64_t> otherwise = {});
    void refuse(const std::string& name, const std::string& expected);

    [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }

private:
    const http::HttpRequest& request_;
    std::optional<Problem> problem_;
};

}  // namespace lienthong::api
