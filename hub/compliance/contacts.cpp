// The list of contacts, row by row.
#include "hub/compliance/contacts.hpp"

#include "hub/catalogue/csv.hpp"

#include <algorithm>
#include <array>

namespace lienthong::compliance {
namespace {

constexpr std::array<std::string_view, 3> headings = {"agency", "email", "name"};

bool one_line(const std::string& text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; });
}

class Rows
{
public:
    Rows(const std::string& file, const catalogue::Catalogue& catalogue, std::vector<Problem>& problems)
        : file_(file), catalogue_(catalogue), problems_(problems)
    {
    }

    /// Whether there is anything to go on with.
    bool check_headings(const catalogue::CsvRow& row)
    {
        const bool right =
            row.size() == headings.size() &&
            std::equal(row.begin(), row.end(), headings.begin(), [](const auto& cell, auto name) { return cell.text == name; });
        if (!right)
            add(row.front(), "the header row is another", "agency,email,name");
        return right;
    }

    void take(const catalogue::CsvRow& row, Contacts& contacts)
    {
        if (row.size() != headings.size())
            return add(row.front(), "the row has more or fewer cells than the header", "agency,email,name");
        const catalogue::Cell &agency = row[0], &email = row[1], &name = row[2];
        const std::size_t before = problems_.size();
        if (catalogue_.find_agency(agency.text) == nullptr)
            add(agency, "the catalogue has no such agency", "a code of agencies.csv");
        if (!is_mail_address(email.text))
            add(email, "this is no mail address", "name@host");
        if (!one_line(name.text))
            add(name, "a name stands in one line", "no line break and no control character");
        if (problems_.size() != before)
            return;
        auto& boxes = contacts[agency.text];
        if (std::any_of(boxes.begin(), boxes.end(), [&](const Mailbox& box) { return box.address == email.text; }))
            return add(email, "the agency has this address already", "each address once an agency");
        boxes.push_back({.address = email.text, .name = name.text});
    }

private:
    void add(const catalogue::Cell& cell, const char* detail, const char* expected)
    {
        problems_.push_back({.code = "mail.contact",
                             .detail = detail,
                             .place = catalogue::place_of(file_, cell.line, cell.column),
                             .found = shortened(cell.text, 80),
                             .expected = expected});
    }

    const std::string& file_;
    const catalogue::Catalogue& catalogue_;
    std::vector<Problem>& problems_;
};

}  // namespace

Contacts contacts_from(std::string_view csv, const std::string& file, const catalogue::Catalogue& catalogue,
                       std::vector<Problem>& problems)
{
    Contacts out;
    const auto rows = catalogue::read_csv(csv, file);
    if (!rows.ok()) {
        problems.push_back(rows.problem());
        return out;
    }
    Rows reading(file, catalogue, problems);
    if (rows->empty())
        problems.push_back(
            {.code = "mail.contact", .detail = "the list has no header row", .place = file, .expected = "agency,email,name"});
    if (rows->empty() || !reading.check_headings(rows->front()))
        return out;
    for (std::size_t i = 1; i < rows->size(); ++i)
        reading.take((*rows)[i], out);
    return out;
}

}  // namespace lienthong::compliance
