/// Fuzz target: any bytes as text in any encoding, and as a number, a date and a period. What is read is NFC and reads back;
/// what is refused is refused by a code; what the fields of a document are does not depend on the asking.
#include "hub/text/date.hpp"
#include "hub/text/number.hpp"
#include "hub/text/repair.hpp"
#include "hub/text/unicode.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace lienthong;
using fuzz::require;

void check_codecs(std::string_view input)
{
    for (std::size_t e = 0; e < text::encoding_count; ++e)
        for (const bool misread : {false, true}) {
            const text::Reading reading{static_cast<text::Encoding>(e), misread};
            const auto read = text::decode(input, reading);
            if (!read)
                continue;
            require(text::is_nfc(*read), "what is decoded is NFC", to_text(reading));
            if (read->starts_with("\xEF\xBB\xBF"))
                continue;  // of two byte order marks one is text
            if (const auto written = text::encode(*read, reading))
                require(text::decode(*written, reading) == read, "what is encoded again reads as before", to_text(reading));
        }
}

void check_repair(std::string_view field, const text::Repair& repair)
{
    require(repair.original == field, "the original is kept", field);
    require(repair.detection.confidence >= 0 && repair.detection.confidence <= 1, "a confidence is a share of one", field);
    if (repair.refused()) {
        require(repair.problem->code.starts_with("text.encoding_") && !repair.converted, "a refusal has a code and no result",
                field);
        require(repair.text.empty() && repair.findings.empty(), "a refusal has no result", field);
        return;
    }
    require(text::is_nfc(repair.text), "what is given is NFC", field);
    require(repair.converted == !repair.findings.empty(), "what is converted is marked", field);
    if (!repair.converted)
        require(text::to_nfc(field.starts_with("\xEF\xBB\xBF") ? field.substr(3) : field) == repair.text,
                "the rest stays as it is", field);
    for (const Problem& finding : repair.findings)
        require(text::is_utf8(finding.found) && text::is_utf8(finding.detail), "a finding can be shown", field);
}

void check_written(std::string_view input)
{
    for (const auto locale :
         {text::NumberLocale::plain, text::NumberLocale::vi, text::NumberLocale::en, text::NumberLocale::scientific})
        if (const auto number = text::decimal_from(input, locale)) {
            const auto again = text::decimal_from(*number, text::NumberLocale::plain);
            require(again.ok() && *again == *number, "a number is canonical", input);
        }
    if (const auto date = text::date_from_vietnamese(input))
        require(date->kind == text::PeriodKind::day && text::exists(*date), "a date exists", input);
    if (const auto period = text::period_from_vietnamese(input)) {
        const auto again = text::period_from_vietnamese(text::to_vietnamese(*period));
        require(again.ok() && *again == *period, "a period is written as it is read", input);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_codecs(input);
    check_repair(input, text::repair(input));
    check_written(input);
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= input.size();) {
        const std::size_t end = std::min(input.find('\n', from), input.size());
        fields.push_back(input.substr(from, end - from));
        check_written(fields.back());
        from = end + 1;
    }
    const auto all = text::repair(fields);
    require(all.size() == fields.size(), "every field is judged", input);
    const text::Neighbours neighbours(fields);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        check_repair(fields[i], all[i]);
        require(text::repair(fields[i], neighbours).text == all[i].text, "the same field is the same each time", fields[i]);
    }
    return 0;
}
