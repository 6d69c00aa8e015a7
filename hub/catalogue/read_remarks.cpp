// Remarks, checked against the indicators and forms they are about.
#include "hub/catalogue/readers.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<std::string_view, RemarkKind>, 5> kinds = {{{"duplicate", RemarkKind::duplicate},
                                                                           {"national", RemarkKind::national},
                                                                           {"owner", RemarkKind::owner},
                                                                           {"joined", RemarkKind::joined},
                                                                           {"section", RemarkKind::section}}};

bool is_subject(const Catalogue::Tables& tables, const std::string& code)
{
    return tables.indicators_by_code.contains(code) || tables.forms_by_code.contains(code);
}

}  // namespace

std::string_view to_text(RemarkKind kind)
{
    return kinds.at(static_cast<std::size_t>(kind)).first;
}

void read_remarks(const Table& table, Catalogue::Tables& tables)
{
    static constexpr std::array<std::string_view, 6> columns = {"name_vi",       "unit_raw",           "scope_raw",
                                                                "frequency_raw", "disaggregation_raw", "agency_raw"};
    const auto read = [&](std::size_t row, Remark& remark) {
        remark.subject = table.code(row, "subject", plain_code);
        if (!is_subject(tables, remark.subject))
            table.report(row, "subject", "catalogue.reference", "neither a form nor an indicator",
                         "a code of forms.csv or indicators.csv");
        remark.kind = table.choice(row, "kind", kinds);
        remark.column = table.text(row, "column");
        if (std::find(columns.begin(), columns.end(), remark.column) == columns.end())
            table.report(row, "column", "catalogue.kind", "not a column a remark can quote",
                         "name_vi, unit_raw, scope_raw, frequency_raw, disaggregation_raw, agency_raw");
        remark.words = table.required(row, "words");
        remark.others = table.list(row, "others");
        for (const std::string& other : remark.others)
            if (!is_subject(tables, other))
                table.report(row, "others", "catalogue.reference", "neither a form nor an indicator: " + other,
                             "codes of forms.csv or indicators.csv");
        if (remark.note.empty())
            table.report(row, "note", "catalogue.value", "the column note must not be empty");
    };
    // One subject may have many remarks.
    read_rows(table, "subject", tables.remarks, read, &Remark::place);
}

}  // namespace lienthong::catalogue
