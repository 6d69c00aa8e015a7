/// Unicode form of Vietnamese text: NFC out, and the folding that makes two spellings of a name meet.
///
/// All functions are thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

/// Well-formed UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);
/// Valid UTF-8 that is already in NFC.
[[nodiscard]] bool is_nfc(std::string_view utf8);
/// NFC of valid UTF-8 (TCVN 6909:2001); std::nullopt when the bytes are not UTF-8.
[[nodiscard]] std::optional<std::string> to_nfc(std::string_view utf8);
/// NFC, spaces folded to one and cut at the ends, invisible characters dropped; letters stay as they are: a text to
/// keep and show. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string tidied(std::string_view utf8);
/// Lower case, NFC, spaces folded to one and cut at the ends, tone mark moved to its modern place ("Hoà" and
/// "Hòa" alike): a key for comparing names, not for showing. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string folded(std::string_view utf8);
/// Folded, and without any mark over, through or under a letter: "Kỳ báo cáo" and "KY BAO CAO" alike. Many words of other
/// meaning meet so ("ma" is five of them): for guesses that something else confirms.
[[nodiscard]] std::string unmarked(std::string_view utf8);
/// Names a mistyped one is compared with, folded once.
class Nearness
{
public:
    Nearness() = default;
    explicit Nearness(const std::vector<std::string>& candidates);

    /// The `most` candidates nearest to `wanted` by edit distance over folded text, best first; only near ones.
    [[nodiscard]] std::vector<std::string> of(std::string_view wanted, std::size_t most = 3) const;

private:
    struct Candidate
    {
        std::string name;
        std::u16string key;
    };
    std::vector<Candidate> candidates_;
};

/// Nearness for candidates compared with once.
[[nodiscard]] std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& candidates,
                                               std::size_t most = 3);

}  // namespace lienthong::text
