// lienthong catalogue export: the catalogue written in canonical form and read again, or counted.
#include "hub/catalogue/counts.hpp"
#include "hub/catalogue/export.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/model/json_text.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

std::int64_t whole(std::size_t number)
{
    return static_cast<std::int64_t>(number);
}

void print_counts(const catalogue::Catalogue& loaded)
{
    std::printf("%-14s %6s %9s %11s %10s %9s %12s\n", "section", "lines", "numbered", "unnumbered", "top-level", "headings",
                "with values");
    for (const catalogue::LineCount& count : catalogue::count_lines(loaded))
        std::printf("%-14s %6u %9u %11u %10u %9u %12u\n", count.section.empty() ? ("= " + count.set).c_str() : count.section.c_str(),
                    count.lines, count.numbered, count.unnumbered, count.top_level, count.headings, count.with_values());
    for (const catalogue::SetCount& count : catalogue::count_sets(loaded))
        std::printf("set %-10s %6u indicators at home, %u of other sets, %u versions\n", count.set.c_str(), count.home, count.further,
                    count.versions);
    for (const catalogue::FormCount& count : catalogue::count_forms(loaded)) {
        if (count.number == 0) {
            std::printf("= %s  %u reports by %u bodies, %u of them numbered\n", count.set.c_str(), count.forms, count.bodies,
                        count.numbered_bodies);
            continue;
        }
        const catalogue::Agency* agency = loaded.find_agency(count.agency);
        std::printf("%-6s %3u %6u  %-10s %s\n", count.set.c_str(), count.number, count.forms, count.agency.c_str(),
                    agency == nullptr ? "" : agency->name_vi.c_str());
    }
}

void write_counts(JsonWriter& out, const catalogue::Catalogue& loaded)
{
    out.key("lines").begin_array();
    for (const catalogue::LineCount& count : catalogue::count_lines(loaded)) {
        out.begin_object().member("set", count.set).member("section", count.section).member("lines", whole(count.lines));
        out.member("numbered", whole(count.numbered)).member("unnumbered", whole(count.unnumbered));
        out.member("top_level", whole(count.top_level)).member("headings", whole(count.headings));
        out.member("with_values", whole(count.with_values())).end_object();
    }
    out.end_array().key("sets").begin_array();
    for (const catalogue::SetCount& count : catalogue::count_sets(loaded)) {
        out.begin_object().member("set", count.set).member("versions", whole(count.versions)).member("home", whole(count.home));
        out.member("further", whole(count.further)).end_object();
    }
    out.end_array().key("forms").begin_array();
    for (const catalogue::FormCount& count : catalogue::count_forms(loaded)) {
        out.begin_object().member("set", count.set).member("number", whole(count.number)).member("agency", count.agency);
        out.member("forms", whole(count.forms)).member("bodies", whole(count.bodies));
        out.member("numbered_bodies", whole(count.numbered_bodies)).end_object();
    }
    out.end_array();
}

/// Whether what was written says the same; a problem where it does not, which would be our own defect.
bool wrote_the_same(const Common& common, const std::string& folder, const std::string& digest)
{
    const auto again = catalogue_or_print(common, folder);
    if (again == nullptr)
        return false;
    if (again->digest() != digest)
        print_problems({{"catalogue.not_written", "what was written has another digest", folder, again->digest(), digest, {}}},
                       common.json);
    return again->digest() == digest;
}

}  // namespace

int catalogue_export(const Common& common, const CatalogueOptions& options)
{
    const auto folder = catalogue_folder_or_print(common, options);
    const auto loaded = folder ? catalogue_or_print(common, *folder) : nullptr;
    if (loaded == nullptr)
        return not_done;
    std::vector<Problem> problems;
    const auto files = catalogue::exported(*folder, problems);
    if (problems.empty() && !options.out.empty())
        if (const auto written = catalogue::write_files(options.out, files); !written.ok())
            problems.push_back(written.problem());
    if (!problems.empty()) {
        print_problems(problems, common.json);
        return not_done;
    }
    if (!options.out.empty() && !wrote_the_same(common, options.out, loaded->digest()))
        return not_done;
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("digest", loaded->digest()).member("out", options.out).key("files").begin_array();
        for (const catalogue::ExportedFile& file : files)
            out.begin_object().member("file", file.name).member("rows", whole(file.rows)).end_object();
        out.end_array();
        if (options.counts)
            write_counts(out, *loaded);
        std::printf("%s\n", out.end_object().take().c_str());
        return done;
    }
    if (options.counts)
        print_counts(*loaded);
    else
        for (const catalogue::ExportedFile& file : files)
            std::printf("%-20s %6zu rows\n", file.name.c_str(), file.rows);
    std::printf("digest %s\n", loaded->digest().c_str());
    if (!options.out.empty())
        std::printf("written to %s, read again: same digest\n", options.out.c_str());
    else if (!options.counts)
        std::printf("nothing written: name a folder with --out\n");
    return done;
}

}  // namespace lienthong::cli
