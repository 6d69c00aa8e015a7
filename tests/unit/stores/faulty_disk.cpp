// Every file of SQLite's own file system, wrapped.
#include "tests/unit/stores/faulty_disk.hpp"

#include <sqlite3.h>

#include <cstring>
#include <mutex>

namespace lienthong::testing {
namespace {

struct Plan
{
    std::mutex mutex;
    bool armed = false;
    FaultyDisk::Kind kind = FaultyDisk::Kind::write_error;
    int left = 0;
    bool for_ever = false;
    bool failed = false;
} plan;

/// The code an operation should fail with, or SQLITE_OK.
int verdict_on(bool is_sync)
{
    const std::lock_guard lock(plan.mutex);
    if (!plan.armed || is_sync != (plan.kind == FaultyDisk::Kind::sync_error))
        return SQLITE_OK;
    if (plan.left-- > 0)
        return SQLITE_OK;
    if (plan.failed && !plan.for_ever)
        return SQLITE_OK;
    plan.failed = true;
    switch (plan.kind) {
        case FaultyDisk::Kind::write_full:
            return SQLITE_FULL;
        case FaultyDisk::Kind::write_error:
            return SQLITE_IOERR_WRITE;
        case FaultyDisk::Kind::sync_error:
            return SQLITE_IOERR_FSYNC;
    }
    return SQLITE_OK;
}

struct File
{
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file)->real;
}

template <auto Member>
struct Pass;
template <class... Parameters, int (*sqlite3_io_methods::*Member)(sqlite3_file*, Parameters...)>
struct Pass<Member>
{
    static int on(sqlite3_file* file, Parameters... parameters)
    {
        return (real(file)->pMethods->*Member)(real(file), parameters...);
    }
};

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset)
{
    const int code = verdict_on(false);
    return code != SQLITE_OK ? code : real(file)->pMethods->xWrite(real(file), bytes, size, offset);
}

int sync(sqlite3_file* file, int flags)
{
    const int code = verdict_on(true);
    return code != SQLITE_OK ? code : real(file)->pMethods->xSync(real(file), flags);
}

void barrier(sqlite3_file* file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

const sqlite3_io_methods methods = {2,
                                    &Pass<&sqlite3_io_methods::xClose>::on,
                                    &Pass<&sqlite3_io_methods::xRead>::on,
                                    &write,
                                    &Pass<&sqlite3_io_methods::xTruncate>::on,
                                    &sync,
                                    &Pass<&sqlite3_io_methods::xFileSize>::on,
                                    &Pass<&sqlite3_io_methods::xLock>::on,
                                    &Pass<&sqlite3_io_methods::xUnlock>::on,
                                    &Pass<&sqlite3_io_methods::xCheckReservedLock>::on,
                                    &Pass<&sqlite3_io_methods::xFileControl>::on,
                                    &Pass<&sqlite3_io_methods::xSectorSize>::on,
                                    &Pass<&sqlite3_io_methods::xDeviceCharacteristics>::on,
                                    &Pass<&sqlite3_io_methods::xShmMap>::on,
                                    &Pass<&sqlite3_io_methods::xShmLock>::on,
                                    &barrier,
                                    &Pass<&sqlite3_io_methods::xShmUnmap>::on,
                                    nullptr,
                                    nullptr};

sqlite3_vfs* below = nullptr;
sqlite3_vfs faulty;

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags)
{
    auto* wrapped = reinterpret_cast<File*>(file);
    wrapped->real = reinterpret_cast<sqlite3_file*>(wrapped + 1);
    const int code = below->xOpen(below, name, wrapped->real, flags, out_flags);
    wrapped->base.pMethods = wrapped->real->pMethods ? &methods : nullptr;
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk()
{
    sqlite3_initialize();
    below = sqlite3_vfs_find(nullptr);
    faulty = *below;
    faulty.zName = "faulty";
    faulty.szOsFile = static_cast<int>(sizeof(File)) + below->szOsFile;
    faulty.xOpen = &open;
    faulty.pNext = nullptr;
    sqlite3_vfs_register(&faulty, 1);
    heal();
}

FaultyDisk::~FaultyDisk()
{
    sqlite3_vfs_unregister(&faulty);
    sqlite3_vfs_register(below, 1);
}

void FaultyDisk::fail_after(Kind kind, int count, bool for_ever)
{
    const std::lock_guard lock(plan.mutex);
    plan.armed = true;
    plan.kind = kind;
    plan.left = count;
    plan.for_ever = for_ever;
    plan.failed = false;
}

void FaultyDisk::heal()
{
    const std::lock_guard lock(plan.mutex);
    plan.armed = false;
    plan.failed = false;
}

bool FaultyDisk::has_failed() const
{
    const std::lock_guard lock(plan.mutex);
    return plan.failed;
}

}  // namespace lienthong::testing
