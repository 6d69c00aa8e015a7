// lienthong catalogue show: one code on one day, on a sheet for people or as JSON.
#include "hub/catalogue/show.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

/// How many columns a text takes: each character of UTF-8 in NFC is one.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void print_sheet(const catalogue::Sheet& sheet)
{
    std::printf("%s  %s\n", sheet.code.c_str(), sheet.name.c_str());
    std::size_t widest = 0;
    for (const catalogue::Detail& detail : sheet.details)
        widest = std::max(widest, width(detail.label));
    for (const catalogue::Detail& detail : sheet.details)
        for (const std::string& value : detail.values) {
            const std::string label = &value == &detail.values.front() ? detail.label : std::string{};
            std::printf("  %s%s  %s\n", label.c_str(), std::string(widest - width(label), ' ').c_str(), value.c_str());
        }
}

void write_sheet(JsonWriter& out, const catalogue::Sheet& sheet)
{
    out.begin_object().member("kind", sheet.kind).member("code", sheet.code).member("name", sheet.name).key("details").begin_object();
    for (const catalogue::Detail& detail : sheet.details) {
        out.key(detail.key).begin_array();
        for (const std::string& value : detail.values)
            out.text(value);
        out.end_array();
    }
    out.end_object().end_object();
}

}  // namespace

int catalogue_show(const Common& common, const CatalogueOptions& options)
{
    const std::string written = options.as_of.empty() ? to_text(SystemClock().now()).substr(0, 10) : options.as_of;
    const auto day = text::period_from(written);
    if (!day.ok() || day->kind != text::PeriodKind::day) {
        print_problems({{"parameter.bad", "not a day that exists", "--as-of", options.as_of, "yyyy-MM-dd", {}}}, common.json);
        return not_done;
    }
    const auto folder = catalogue_folder_or_print(common, options);
    const auto loaded = folder ? catalogue_or_print(common, *folder) : nullptr;
    if (loaded == nullptr)
        return not_done;
    const auto sheets = catalogue::show(*loaded, options.code, text::first_day(*day));
    if (!sheets.ok()) {
        const Problem& problem = sheets.problem();
        print_problems({problem}, common.json);
        if (!common.json) {
            const ProblemText& text = problem_text(problem.code);
            std::fprintf(stderr, "  %s %s\n", std::string(text.vi).c_str(), std::string(text.remedy_vi).c_str());
        }
        return not_done;
    }
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("as_of", written).key("sheets").begin_array();
        for (const catalogue::Sheet& sheet : *sheets)
            write_sheet(out, sheet);
        std::printf("%s\n", out.end_array().end_object().take().c_str());
        return done;
    }
    std::printf("vào ngày %s\n", written.c_str());
    for (const catalogue::Sheet& sheet : *sheets)
        print_sheet(sheet);
    return done;
}

}  // namespace lienthong::cli
