/// Catalogues: the portal's lists of units, fields and whatever else its share services hand out, as they come, once a day.
///
/// Because they are handed on as they come, a service that lists persons is none of them.
#pragma once

#include "plugins/dvc/daily_lists.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dvc {

inline constexpr ListKind catalogue_lists{"k1", "list", "catalogue_services", "LayDanhMucCoQuan"};

/// By a part of its name: what a service lists of persons, and what to do instead.
struct PersonalService
{
    std::string_view part;  ///< In small letters.
    std::string_view lists;
    std::string_view instead;
};

inline constexpr PersonalService personal_services[] = {
    {"hoidap", "questions of persons", "use ask_for: questions, which leaves the persons behind"},
    {"cauhoi", "questions of persons", "use ask_for: questions, which leaves the persons behind"},
    {"hoso", "dossiers of persons", "use ask_for: dossiers, which leaves the persons behind"},
    {"danhgia", "votes of persons", "leave it out, no ask_for takes it"},
    {"techid", "identities of persons", "leave it out, no ask_for takes it"},
};

/// `services` itself. Throws std::invalid_argument where one of them lists persons, in whatever case its name is written.
inline std::string_view without_persons(std::string_view services)
{
    std::string small(services);
    const auto to_small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::transform(small.begin(), small.end(), small.begin(), to_small);
    for (const PersonalService& one : personal_services) {
        const std::size_t at = small.find(one.part);
        if (at == std::string::npos)
            continue;
        const std::size_t begin = services.find_last_of(", ", at) + 1;  // 0 where it is the first
        const std::string_view name = services.substr(begin, services.find_first_of(", ", at) - begin);
        throw std::invalid_argument("catalogue_services: '" + excerpt(name, longest_service) + "' lists " + std::string(one.lists) +
                                    ", and a catalogue is handed on as it comes; " + std::string(one.instead));
    }
    return services;
}

}  // namespace dvc
