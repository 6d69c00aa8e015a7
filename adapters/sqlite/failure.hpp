/// Failure: what SQLite refused, on its way from a statement to the border of an adapter, where it becomes a Problem.
#pragma once

#include <stdexcept>
#include <string>

namespace lienthong::adapters::sqlite {

/// Never leaves the adapter.
class Failure : public std::runtime_error
{
public:
    Failure(int code, const std::string& text) : std::runtime_error(text), code_(code) {}

    [[nodiscard]] bool full() const;       ///< No room left: nothing of the transaction was kept.
    [[nodiscard]] bool busy() const;       ///< Another process held the file longer than the busy timeout.
    [[nodiscard]] bool statement() const;  ///< Only this statement was refused (a constraint, a size).
    [[nodiscard]] bool damaged() const;    ///< The file is not a sound database.

private:
    int code_;
};

}  // namespace lienthong::adapters::sqlite
