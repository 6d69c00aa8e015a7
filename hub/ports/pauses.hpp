/// Pauses: which flows people have stopped for a while, and why.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong {

struct Pause
{
    std::string flow;
    std::string reason;
    std::string who;
    Time since{};

    friend bool operator==(const Pause&, const Pause&) = default;
};

/// Kept durably, with its history: a resumed pause is never deleted. Thread-safe, across processes.
class Pauses
{
public:
    virtual ~Pauses() = default;
    /// Fails with: flow.paused_already. Each call also as the adapter does.
    [[nodiscard]] virtual Result<void> pause(const Pause& pause) = 0;
    /// Fails with: flow.not_paused.
    [[nodiscard]] virtual Result<void> resume(const std::string& flow, const std::string& who, Time at) = 0;
    /// The pause the flow is in; nothing when it runs.
    [[nodiscard]] virtual Result<std::optional<Pause>> of(const std::string& flow) const = 0;
    [[nodiscard]] virtual Result<std::vector<Pause>> all() const = 0;  ///< Those in force, by flow.
};

}  // namespace lienthong
