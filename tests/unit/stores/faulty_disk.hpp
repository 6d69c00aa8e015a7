/// FaultyDisk: a SQLite file system that fails a chosen write or fsync. In force while it lives, for files opened meanwhile.
#pragma once

#include <atomic>

namespace lienthong::testing {

class FaultyDisk
{
public:
    enum class Kind { write_full, write_error, sync_error };

    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    /// Lets `count` more operations of this kind pass, then fails one of them, or all from there on.
    void fail_after(Kind kind, int count, bool for_ever);
    void heal();
    [[nodiscard]] bool has_failed() const;
};

}  // namespace lienthong::testing
