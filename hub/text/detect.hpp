/// Detection: in which encoding Vietnamese text is, judged by how many of its words are syllables when read so.
///
/// Never by single bytes, and never guessed: what two encodings explain alike is ambiguous, what none explains is unknown.
/// The fields of one document are judged together, since two words alone often read well in two encodings. All functions
/// and objects are thread-safe once made.
#pragma once

#include "hub/text/legacy.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

enum class Standing : std::uint8_t {
    certain,
    doubtful,   ///< One reading is best, but little speaks for it, or only the neighbours do.
    ambiguous,  ///< Two readings are as good as each other; refused.
    unknown,    ///< No reading gives Vietnamese, or text at all; refused.
};
[[nodiscard]] std::string_view to_text(Standing standing);

struct Detection
{
    Reading reading{.encoding = Encoding::ascii};  ///< The best; of an unknown text it means nothing.
    Standing standing = Standing::certain;
    double confidence = 1;               ///< 0 to 1: how the best reading stands to the runner-up.
    std::optional<Reading> runner_up{};  ///< The best reading that gives another text, where there is one.

    [[nodiscard]] bool decided() const { return standing == Standing::certain || standing == Standing::doubtful; }
};

/// Of one text: a whole document, or a field without neighbours. The first 256 KiB are looked at.
[[nodiscard]] Detection detect(std::string_view bytes);

/// What the fields of one document say of each other. The fields need not outlive it.
class Neighbours
{
public:
    Neighbours() = default;
    /// The first 20 000 fields, and 256 KiB of them, are looked at.
    explicit Neighbours(std::span<const std::string_view> fields);

    /// Of a field of that document. A field that is certain by itself stays what it is: documents are mixed. Another is read
    /// as the certain ones are when they agree, or as the one of theirs that explains it.
    [[nodiscard]] Detection detect(std::string_view field) const;

private:
    std::vector<Reading> readings_;  ///< Those that explain every field that is certain; where none does, each of theirs.
    bool strong_ = false;            ///< Whether so many fields agree, that another which fits is certain too.
};

/// Neighbours of all fields, and each field by them.
[[nodiscard]] std::vector<Detection> detect(std::span<const std::string_view> fields);

}  // namespace lienthong::text
