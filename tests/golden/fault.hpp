/// Fault: a case played again with one exchange, or the journal, failing; and what must hold then.
#pragma once

#include "tests/golden/player.hpp"

#include <array>
#include <string>
#include <vector>

namespace lienthong::golden {

enum class Fault { connection_lost, timeout, oversize, status_500, html_502, half_a_body };
inline constexpr std::array all_faults = {Fault::connection_lost, Fault::timeout,  Fault::oversize,
                                          Fault::status_500,      Fault::html_502, Fault::half_a_body};
[[nodiscard]] std::string_view to_text(Fault fault);

/// What does not hold in the undisturbed run already, in sentences.
[[nodiscard]] std::vector<std::string> broken_rules(const Record& undisturbed);

/// Plays the case with exchange `number` failing, then once more from where that left the cursor. What does not hold.
[[nodiscard]] std::vector<std::string> broken_rules_when_failing(Machine& machine, const GoldenCase& golden,
                                                                 const Record& undisturbed, std::size_t number, Fault fault);

/// The same with the journal refusing its n-th entry.
[[nodiscard]] std::vector<std::string> broken_rules_when_journal_refuses(Machine& machine, const GoldenCase& golden,
                                                                         const Record& undisturbed, std::size_t entry);

/// The case's answers by number.
[[nodiscard]] Peer scripted_peer(const GoldenCase& golden);

}  // namespace lienthong::golden
