// How often the encoding of a real name is found: every name of the catalogue written in every encoding, judged field by
// field and with 5 and 20 fields of one document together.
#include "tests/unit/text/real_names.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

using namespace lienthong;
using text::Encoding;
using text::Reading;

int main(int count, char** arguments)
{
    const std::function<void(const std::string&, const std::string&)> print = [](const std::string& truth,
                                                                                 const std::string& became) {
        std::cout << "  wrong: " << truth << " became " << became << '\n';
    };
    const bool show = count > 1 && std::string(arguments[1]) == "--show";
    constexpr std::array<Reading, 14> readings = {{{Encoding::utf8, false},
                                                   {Encoding::utf8_decomposed, false},
                                                   {Encoding::utf16le, false},
                                                   {Encoding::utf16be, false},
                                                   {Encoding::tcvn3, false},
                                                   {Encoding::tcvn5712_1, false},
                                                   {Encoding::vni, false},
                                                   {Encoding::viscii, false},
                                                   {Encoding::cp1258, false},
                                                   {Encoding::utf8, true},
                                                   {Encoding::tcvn3, true},
                                                   {Encoding::vni, true},
                                                   {Encoding::viscii, true},
                                                   {Encoding::cp1258, true}}};
    std::size_t wrong = 0, fields = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (const char* file : {"indicators.csv", "forms.csv", "agencies.csv", "areas.csv"}) {
        const auto names = real_names::names_of(file);
        std::cout << file << ": " << names.size() << " names\n"
                  << std::left << std::setw(36) << "encoding" << std::right << std::setw(7) << "group" << std::setw(9) << "fields"
                  << std::setw(10) << "right %" << std::setw(10) << "refused" << std::setw(8) << "wrong" << std::setw(12)
                  << "unwritable" << '\n';
        for (const Reading reading : readings)
            for (const std::size_t together : {std::size_t{1}, std::size_t{5}, std::size_t{20}}) {
                const auto tally = real_names::measure(names, reading, together, show ? print : nullptr);
                std::cout << std::left << std::setw(36) << to_text(reading) << std::right << std::setw(7) << together
                          << std::setw(9) << tally.fields << std::setw(10) << std::fixed << std::setprecision(2)
                          << 100.0 * static_cast<double>(tally.right) /
                                 static_cast<double>(std::max<std::size_t>(tally.fields, 1))
                          << std::setw(10) << tally.refused << std::setw(8) << tally.wrong << std::setw(12) << tally.unwritable
                          << '\n';
                wrong += tally.wrong;
                fields += tally.fields;
            }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << fields << " fields, " << wrong << " wrong, " << std::setprecision(1)
              << 1e6 * took.count() / static_cast<double>(fields) << " µs a field\n";
    return EXIT_SUCCESS;
}
