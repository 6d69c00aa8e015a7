/// Whether this build carries sanitizers. Such a build is for tests only: it computes several times slower, keeps terabytes of shadow
/// memory, and reads /proc for its reports.
#pragma once

namespace lienthong::process {

#if defined(LIENTHONG_SANITIZED)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace lienthong::process
