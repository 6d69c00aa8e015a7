/// PartValue: computes what the parts of a request stand for, with the secrets a connector never sees.
#pragma once

#include "hub/model/result.hpp"
#include "hub/sdk/part.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace lienthong::flow {

/// What names in a part stand for. The maps outlive the evaluator.
struct PartNames
{
    const std::map<std::string, std::string>& secrets;
    const std::map<std::string, std::string>& credentials;
};

/// Computes the parts of one request. What it holds and returns is secret: it is never logged, and no Problem
/// carries a computed byte. Not thread-safe.
class PartEvaluator
{
public:
    /// Bytes a request's parts may come to, intermediate ones counted: references to earlier parts could
    /// otherwise double a few bytes into all memory.
    static constexpr std::size_t most_bytes = 64 * 1024 * 1024;
    static constexpr std::size_t most_depth = 16;

    explicit PartEvaluator(PartNames names) : names_(names) {}

    /// Fails with: request.unknown_name, request.bad_part, request.too_deep, request.too_large.
    [[nodiscard]] Result<std::string> value(const sdk::Part& part) { return value(part, 1); }
    /// Computes a part and keeps it for references by earlier(). Fails as value does; also when the name is taken.
    [[nodiscard]] Result<void> define(const std::string& name, const sdk::Part& part);

private:
    Result<std::string> value(const sdk::Part& part, std::size_t depth);
    Result<std::string> compute(const sdk::Part& part, std::size_t depth);
    Result<std::string> of_arguments(const sdk::Part& part, std::size_t depth);
    Result<std::string> look_up(const std::map<std::string, std::string>& table, const char* kind, const std::string& name) const;

    PartNames names_;
    std::map<std::string, std::string> earlier_;
    std::size_t spent_ = 0;
};

}  // namespace lienthong::flow
