/// What the tests of sealing stand on: a directory that goes away, a development PKI made once, a clock by hand,
/// and other programs run to their end.
#pragma once

#include "adapters/keys/pem/pem_keys.hpp"
#include "hub/ports/clock.hpp"
#include "hub/seal/note.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace lienthong::seal {

class Workplace
{
public:
    Workplace();
    ~Workplace();
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string write(const std::string& name, const std::string& bytes) const;

private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string file_bytes(const std::string& path);

struct Ran
{
    int code = -1;
    std::string output;  ///< Standard output and error together.
};
[[nodiscard]] Ran run(const std::vector<std::string>& words);

/// certs/make-dev-pki, run once for the whole program.
struct DevPki
{
    [[nodiscard]] static const DevPki& made();
    Workplace place;
    std::string ca_pem;
    NoteVerifier verifier;
    NoteKey note;
    SealingKey province;

private:
    DevPki();
};

/// An RSA seal under an intermediate authority; root.pem in `place` is what to trust.
struct ChainedSeal
{
    ChainedSeal();
    Workplace place;
    SealingKey province;
};

class HandClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return time; }
    Time time = *time_from("2026-12-01T08:00:00+07:00");
};

}  // namespace lienthong::seal
