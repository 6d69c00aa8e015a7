/// Status of an obligation: a pure function of the obligation, the events and the moment of asking, so that anyone with
/// the three can compute it again. That lateness counts in emulation reviews (Sóc Trăng's regulation 17.4) asks no less.
///
/// What holds, and is tested: the order of events does not matter; a later moment never turns on_time into anything
/// else; one more extension never worsens a status; events recorded after the moment of asking are not yet known.
#pragma once

#include "hub/compliance/event.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::compliance {

enum class Status : std::uint8_t {
    upcoming,    ///< Intake is not open yet, nothing received.
    open,        ///< It can be sent in time, nothing received.
    on_time,     ///< Complete before the deadline. Final.
    late,        ///< Complete after it.
    incomplete,  ///< Received, but parts lack.
    missing,     ///< The deadline is over, nothing received.
    waived,      ///< Not owed, and not sent in time all the same.
    refused,     ///< It came and was refused, all of it, and nothing has come since; the deadline may be over or not.
};
inline constexpr std::size_t status_count = 8;
inline constexpr std::array<Status, status_count> all_statuses = {
    Status::upcoming, Status::open, Status::on_time, Status::late, Status::incomplete, Status::missing, Status::waived, Status::refused};

/// "upcoming", "on_time" …
[[nodiscard]] std::string_view to_text(Status status);
/// "đúng hạn", "quá hạn", "chưa gửi" …
[[nodiscard]] std::string_view vietnamese(Status status);

struct Outcome
{
    Status status = Status::upcoming;
    std::string decided_by{};              ///< Id of the event that decided it; empty: the obligation's own dates did.
    std::string submission{};              ///< The receipt's submission, for on_time, late and incomplete; the refused one.
    std::optional<Time> received{};        ///< When that came.
    Said said = Said::unstated;            ///< What the figures received say, for on_time and late.
    std::vector<std::string> lacking{};    ///< Parts, for incomplete.
    Time deadline{};                       ///< The first moment that is late, all extensions known by then counted.
    std::string extended_by{};             ///< Event whose extension or intake on_time, open or upcoming rests on; else empty.
    std::vector<std::string> incidents{};  ///< Ids of those that touch the time it could be sent in, sorted.

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Events sorted once, for asking of many obligations. Points into `events`, which must outlive it unchanged.
/// Reading is thread-safe.
class Ledger
{
public:
    explicit Ledger(std::span<const Event> events);

    [[nodiscard]] Outcome status(const Obligation& obligation, Time now) const;
    /// The stages a reminder went out for by then, in no order.
    [[nodiscard]] std::vector<unsigned> reminded(const Obligation& obligation, Time now) const;

private:
    std::unordered_map<std::string, std::vector<const Event*>> exact_;  ///< By obligation.
    std::vector<const Event*> wide_;                                    ///< Those that speak of several.
};

/// For one obligation. Thread-safe.
[[nodiscard]] Outcome status(const Obligation& obligation, std::span<const Event> events, Time now);

/// One sentence in Vietnamese: "quá hạn: nhận lúc …, thời hạn hết ngày …".
[[nodiscard]] std::string in_words(const Outcome& outcome);

}  // namespace lienthong::compliance
