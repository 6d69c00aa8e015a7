// How a database's failures are judged and named.
#include "adapters/sqlite/standing.hpp"

#include "adapters/sqlite/failure.hpp"

namespace lienthong::adapters::sqlite {

std::optional<Problem> Standing::broken() const
{
    const std::lock_guard lock(mutex_);
    return broken_;
}

Problem Standing::break_off(const std::string& why)
{
    const std::lock_guard lock(mutex_);
    if (!broken_)
        broken_ = problem("broken", why);
    return *broken_;
}

Problem Standing::judge(const Failure& failure)
{
    if (failure.full())
        return problem("full", failure.what());
    if (failure.busy())
        return problem("busy", failure.what());
    if (failure.statement())
        return problem("rejected", failure.what());
    return break_off(failure.what());
}

Problem Standing::problem(const std::string& name, const std::string& detail) const
{
    return Problem{prefix_ + "." + name, detail, path_};
}

}  // namespace lienthong::adapters::sqlite
