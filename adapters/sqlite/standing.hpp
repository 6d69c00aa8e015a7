/// Standing: whether a database may still be used, and how its failures are said ("journal.full", "store.broken").
#pragma once

#include "hub/model/problem.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace lienthong::adapters::sqlite {

class Failure;

/// Thread-safe. Once broken, always broken: after a failed fsync nobody knows what is on disk, so only a new process,
/// which reads the file from the start, may go on.
class Standing
{
public:
    Standing(std::string prefix, std::string path) : prefix_(std::move(prefix)), path_(std::move(path)) {}

    [[nodiscard]] std::optional<Problem> broken() const;
    Problem break_off(const std::string& why);
    /// A failure outside a commit: full, busy and refused statements pass, anything else breaks.
    Problem judge(const Failure& failure);
    [[nodiscard]] Problem problem(const std::string& name, const std::string& detail) const;

private:
    const std::string prefix_;
    const std::string path_;
    mutable std::mutex mutex_;
    std::optional<Problem> broken_;
};

}  // namespace lienthong::adapters::sqlite
