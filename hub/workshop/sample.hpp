/// Samples: documents beside a mapping and what must come out of them; for `lienthong test`.
///
/// Layout beside `<name>.yaml`: `<name>[.<case>].sample.<extension>` and `<name>[.<case>].expected.json`.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/model/result.hpp"
#include "hub/ports/format.hpp"
#include "hub/workshop/workshop.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::workshop {

/// The paths of one sample.
struct SampleFiles
{
    std::string name;  ///< "<name>" or "<name>.<case>", for people.
    std::string sample;
    std::string expected;  ///< Whether it is there or not.
};

/// The samples beside a mapping file, by name.
[[nodiscard]] std::vector<SampleFiles> samples_beside(const std::string& mapping_path);

/// What came out, as the expected file says it: indented JSON, records in order, problems with code, place, found,
/// expected and rule but without sentences. Findings are left out: they speak of the catalogue, not of the mapping.
/// Equal outcomes give equal bytes.
[[nodiscard]] std::string render(const Examination& examination);

/// Runs a sample: for a mapping of the way in the rendered examination, judged by the catalogue with every agency
/// and area allowed; for a render mapping the packet, whose sample is a parcel read by `json`. `marks` notes which parts of
/// the mapping were reached; may be null. Fails with
/// sample.unreadable, and for a packet with the run codes of mapping.def.
[[nodiscard]] Result<std::string> run_sample(const mapping::Mapping& mapping, const Format& format, const Format& json,
                                             std::string_view sample, const catalogue::Catalogue& catalogue,
                                             mapping::Marks* marks = nullptr);

/// The expected file of a parcel of which no packet can be made: code, place, found and expected of why.
[[nodiscard]] std::string no_packet(const Problem& problem);

/// Compares two JSON documents value by value, members in any order. Each difference is a problem
/// sample.different at its JSON Pointer, at most 20 of them; text that is no JSON is sample.unreadable. How many rows a table
/// has, in what a problem expects, is no difference.
[[nodiscard]] std::vector<Problem> differences(std::string_view expected, std::string_view actual, const Format& json);

/// Runs the samples beside a mapping and compares. Places are "<expected file>#<JSON Pointer>".
[[nodiscard]] std::vector<Problem> check_samples(const std::string& mapping_path, const mapping::Mapping& mapping,
                                                 const Format& format, const Format& json, const catalogue::Catalogue& catalogue,
                                                 mapping::Marks* marks = nullptr);

}  // namespace lienthong::workshop
