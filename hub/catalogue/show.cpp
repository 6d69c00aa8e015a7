// Gathers what the files of the catalogue say about one code as of one day.
#include "hub/catalogue/show.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/lineage.hpp"
#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/frequency.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

constexpr std::chrono::year open_end{9999};

std::string span_in_words(const Validity& validity)
{
    const std::string from = "từ " + day_text(validity.from);
    return validity.to.year() == open_end ? from : from + " đến hết " + day_text(eve_of(validity.to));
}

std::string named(const std::string& code, const std::string& name)
{
    return code + "  " + name;
}

std::string_view in_words(Mark mark)
{
    static constexpr std::array<std::string_view, 4> words = {"đã xác nhận", "theo nguồn khác", "suy ra", "chưa kiểm chứng"};
    return words.at(static_cast<std::size_t>(mark));
}

std::string_view in_words(CodeRelation relation)
{
    static constexpr std::array<std::string_view, 4> words = {"cùng nghĩa", "rộng hơn", "hẹp hơn", "trùng một phần"};
    return words.at(static_cast<std::size_t>(relation));
}

std::string_view in_words(AreaChange kind)
{
    static constexpr std::array<std::string_view, 6> words = {"nhập", "chia", "đổi tên", "đổi mã", "đổi loại", "kết thúc"};
    return words.at(static_cast<std::size_t>(kind));
}

std::string_view in_words(AgencyChangeKind kind)
{
    static constexpr std::array<std::string_view, 3> words = {"hợp nhất", "chuyển nhiệm vụ", "kết thúc"};
    return words.at(static_cast<std::size_t>(kind));
}

std::string in_words(const std::vector<text::PeriodKind>& kinds)
{
    std::string out;
    for (const text::PeriodKind kind : kinds)
        out.append(out.empty() ? "" : ", ").append(to_text(kind));
    return out;
}

class Shown
{
public:
    Shown(const Catalogue& catalogue, Day day) : catalogue_(catalogue), day_(day) {}

    Sheet of(const Indicator& line)
    {
        start("indicator", line.code, line.name_vi);
        detail("name_en", "tên tiếng Anh", line.name_en);
        if (line.heading)
            detail("heading", "dòng tiêu đề", "không mang số liệu");
        detail("set", "danh mục", line.set + ", dòng " + std::to_string(line.line));
        std::vector<std::string> further;
        for (const Membership* member : catalogue_.sets_of(line.code, day_))
            if (!member->home)
                further.push_back(set_named(member->set) + ", dòng " + std::to_string(member->line) + "  (" +
                                  span_in_words(member->validity) + ", " + member->act + ')');
        detail("sets", "cũng thuộc", std::move(further));
        elsewhere(indicator_system, line.code);
        where(line);
        if (!line.heading) {
            const Unit* unit = catalogue_.find_unit(line.unit);
            detail("unit", "đơn vị tính", as_read(unit == nullptr ? "" : named(unit->code, unit->name_vi), line.unit_raw));
            detail("frequency", "tần suất", frequency_in_words(line.frequency_raw, in_words(line.kinds)));
            detail("disaggregation", "phân tổ", as_read(listed(line.breakdown_dimensions), line.disaggregation_raw));
            detail("scope", "phạm vi", line.scope_raw);
            detail("method", "phương pháp thu thập", line.method_raw);
            if (line.data_method != DataMethod::unstated)
                detail("data_method", "cách có số liệu", line.data_method == DataMethod::computed ? "tính toán" : "thu thập");
            detail("calculation", "cách tính", line.calculation);
            measures(line);
        }
        duties(line.code);
        std::vector<std::string> bodies;
        for (const std::string& code : line.agencies)
            bodies.push_back(agency_named(code));
        detail("agencies", "cơ quan trong danh mục", std::move(bodies));
        detail("agency_raw", "cơ quan theo văn bản", line.agency_raw);
        return finish(line.validity, line.act, line.note, line.place);
    }

    Sheet of(const IndicatorSet& set)
    {
        start("set", set.code, set.name_vi);
        if (const Area* province = catalogue_.find_area(set.province, set.validity.from); province != nullptr)
            detail("province", "tỉnh, thành phố", named(province->code, province->name_vi));
        std::vector<std::string> lines;
        std::size_t further = 0;
        if (const auto members = catalogue_.members(set.code, day_); members.ok())
            for (const Membership* member : *members) {
                const auto line = catalogue_.indicator(member->indicator, day_);
                lines.push_back("dòng " + std::to_string(member->line) + "  " +
                                (line.ok() ? named(member->indicator, (*line)->name_vi) : member->indicator) +
                                (member->home ? "" : "  (thuộc " + (line.ok() ? (*line)->set : "") + ')'));
                further += member->home ? 0 : 1;
            }
        detail("count", "số chỉ tiêu",
               std::to_string(lines.size()) + ", trong đó " + std::to_string(further) + " của danh mục khác");
        detail("members", "gồm", std::move(lines));
        std::vector<std::string> versions;
        for (const IndicatorSet& other : catalogue_.indicator_sets())
            if (other.code == set.code && !(other.validity.from == set.validity.from))
                versions.push_back(other.act + "  " + span_in_words(other.validity));
        detail("versions", "phiên bản khác", std::move(versions));
        return finish(set.validity, set.act, set.note, set.place);
    }

    /// A code the catalogue knows from crosswalks alone.
    Sheet of_foreign(std::string_view system, std::string_view code)
    {
        start("code", std::string(system) + ':' + std::string(code), "");
        elsewhere(system, code);
        return std::move(sheet_);
    }

    Sheet of(const Form& form)
    {
        start("form", form.code, form.name_vi);
        detail("set", "danh mục",
             form.set + ", cơ quan số " + std::to_string(form.agency_number) + ", báo cáo số " + std::to_string(form.number));
        detail("frequency", "tần suất", frequency_in_words(form.frequency_raw, {}));
        detail("agency", "cơ quan theo văn bản", agency_named(form.agency));
        duties(form.code);
        detail("regime", "chế độ báo cáo", form.regime);
        std::vector<std::string> steps;
        for (const DeadlineRule& rule : catalogue_.deadline_rules())
            if (rule.regime == form.regime && rule.report_class == form.report_class && rule.validity.holds(day_))
                steps.push_back(step_in_words(rule));
        detail("deadlines", "thời hạn", std::move(steps));
        return finish(form.validity, form.act, form.note, form.place);
    }

    Sheet of(const Area& area)
    {
        start("area", area.code, area.name_vi);
        detail("aliases", "tên gọi khác", area.aliases);
        detail("level", "cấp", area.level);
        std::vector<std::string> above;
        constexpr std::size_t most_levels = 8;
        for (const Area* up = catalogue_.find_area(area.parent, day_); up != nullptr && above.size() < most_levels;
             up = catalogue_.find_area(up->parent, day_))
            above.push_back(named(up->code, up->name_vi));
        detail("within", "thuộc", std::move(above));
        const auto below = std::count_if(catalogue_.areas().begin(), catalogue_.areas().end(), [&](const Area& other) {
            return other.parent == area.code && other.validity.holds(day_);
        });
        if (below > 0)
            detail("areas_below", "số địa bàn trực thuộc", std::to_string(below));
        std::vector<std::string> before;
        for (const AreaEvent* event : catalogue_.lineage().to(area, area.validity.from))
            before.push_back(event_in_words(*event, event->from));
        detail("before", "hình thành từ", std::move(before));
        std::vector<std::string> after;
        for (const AreaEvent* event : catalogue_.lineage().from(area, area.validity.to))
            after.push_back(event_in_words(*event, event->to));
        detail("after", "về sau", std::move(after));
        other_holders(area);
        const std::string_view full = area.code;
        elsewhere(full.substr(0, full.find(':')), full.substr(full.find(':') + 1));
        return finish(area.validity, area.act, {}, area.place);
    }

    Sheet of(const Agency& agency)
    {
        start("agency", agency.code, agency.name_vi);
        detail("aliases", "mã và tên gọi khác", agency.aliases);
        detail("local_names", "tên gọi trong tỉnh", agency.local_names);
        if (agency.inferred)
            detail("inferred", "mã định danh", "suy ra, chưa có văn bản xác nhận");
        std::vector<std::string> before;
        std::vector<std::string> after;
        for (const AgencyChange& change : catalogue_.agency_changes()) {
            const std::string words = day_text(change.day) + "  " + std::string(in_words(change.kind)) + "  ";
            const std::string source = "  (" + change.act + ", " + std::string(in_words(change.mark)) + ")";
            if (change.to == agency.code)
                before.push_back(words + agency_named(change.from) + source);
            if (change.from == agency.code)
                after.push_back(words + (change.to.empty() ? "chưa rõ cơ quan kế thừa" : agency_named(change.to)) + source);
        }
        detail("before", "hình thành từ", std::move(before));
        detail("after", "về sau", std::move(after));
        std::size_t owned = 0;
        std::size_t supplied = 0;
        for (const Assignment& assignment : catalogue_.assignments())
            if (assignment.agency == agency.code && assignment.validity.holds(day_))
                ++(assignment.role == AssignmentRole::owner ? owned : supplied);
        elsewhere(agency_system, agency.code);
        detail("owns", "chủ trì", std::to_string(owned) + " chỉ tiêu, biểu mẫu");
        if (supplied > 0)
            detail("supplies", "phối hợp", std::to_string(supplied) + " chỉ tiêu, biểu mẫu");
        return finish(agency.validity, agency.act, {}, agency.place);
    }

    Sheet of(const Unit& unit)
    {
        start("unit", unit.code, unit.name_vi);
        detail("spellings", "cách viết khác", unit.spellings);
        detail("dimension", "loại đại lượng", unit.dimension);
        std::vector<std::string> others;
        for (const Unit& other : catalogue_.units())
            if (other.dimension == unit.dimension && other.code != unit.code)
                if (const auto ratio = catalogue_.convert("1", unit, other); ratio.ok())
                    others.push_back("1 " + unit.name_vi + " = " + *ratio + ' ' + other.name_vi + "  (" + other.code + ')');
        detail("converts", "quy đổi", std::move(others));
        std::size_t lines = 0;
        for (const Indicator& line : catalogue_.indicators())
            lines += line.unit == unit.code && line.validity.holds(day_) ? 1 : 0;
        detail("used_by", "dùng cho", std::to_string(lines) + " chỉ tiêu");
        detail("place", "vị trí", unit.place);
        return std::move(sheet_);
    }

private:
    void start(const char* kind, const std::string& code, const std::string& name)
    {
        sheet_ = {.kind = kind, .code = code, .name = name, .details = {}};
    }

    void detail(const char* key, const char* label, std::vector<std::string> values)
    {
        if (!values.empty())
            sheet_.details.push_back({key, label, std::move(values)});
    }
    void detail(const char* key, const char* label, const std::string& value)
    {
        if (!value.empty())
            sheet_.details.push_back({key, label, {value}});
    }
    void detail(const char* key, const char* label, const char* value) { detail(key, label, std::string(value)); }

    Sheet finish(const Validity& validity, const std::string& act, const std::string& note, const std::string& place)
    {
        detail("valid", "hiệu lực", span_in_words(validity));
        detail("act", "văn bản", act);
        detail("note", "ghi chú", note);
        detail("place", "vị trí", place);
        return std::move(sheet_);
    }

    static std::string as_read(const std::string& read, const std::string& raw)
    {
        if (raw.empty())
            return read;
        return (read.empty() ? "chưa xác định" : read) + "  (ghi: " + raw + ')';
    }

    static std::string frequency_in_words(const std::string& raw, const std::string& kinds)
    {
        if (raw.empty())
            return kinds;
        const auto read = text::frequency_from(raw);
        if (!read.ok())
            return as_read({}, raw);
        std::string words;
        for (const text::Frequency& reading : text::readings(*read))
            words.append(words.empty() ? "" : ", hoặc ").append(text::to_vietnamese(reading));
        return words + "  [" + text::to_text(*read) + "]" + (read->date ? "  (một thời điểm, không phải tần suất)" : "") +
               "  (ghi: " + raw + ')';
    }

    void where(const Indicator& line)
    {
        std::vector<std::string> above;
        const Indicator* up = &line;
        while (!up->parent.empty()) {
            const auto found = catalogue_.indicator(up->parent, line.validity.from);
            if (!found.ok())
                break;
            up = *found;
            above.push_back(named(up->code, up->name_vi));
        }
        detail("within", "thuộc", std::move(above));
        std::vector<std::string> below;
        for (const Indicator& other : catalogue_.indicators())
            if (other.parent == line.code && other.validity.holds(day_))
                below.push_back(named(other.code, other.name_vi));
        detail("below", "gồm", std::move(below));
    }

    void measures(const Indicator& line)
    {
        std::vector<std::string> out;
        for (const Measure& measure : line.measures) {
            const Unit* unit = catalogue_.find_unit(line.unit_of(measure));
            out.push_back(named(measure.code, measure.name_vi) + (unit == nullptr ? "" : "  (" + unit->name_vi + ')') +
                          (measure.calculation.empty() ? "" : ": " + measure.calculation));
        }
        detail("measures", "biểu thị", std::move(out));
    }

    void duties(const std::string& subject)
    {
        std::vector<std::string> owners;
        std::vector<std::string> contributors;
        for (const Assignment& assignment : catalogue_.assignments())
            if (assignment.subject == subject && assignment.validity.holds(day_))
                (assignment.role == AssignmentRole::owner ? owners : contributors)
                    .push_back(agency_named(assignment.agency) + "  (" + span_in_words(assignment.validity) + ", " +
                               std::string(in_words(assignment.mark)) + ')');
        if (owners.empty())
            owners.push_back("chưa phân công cơ quan nào vào ngày " + day_text(day_));
        detail("owner", "cơ quan chủ trì", std::move(owners));
        detail("contributors", "cơ quan phối hợp", std::move(contributors));
    }

    /// What the code is in other systems.
    void elsewhere(std::string_view system, std::string_view code)
    {
        std::vector<std::string> out;
        for (const CodeMatch& match : catalogue_.codes_elsewhere(system, code, day_)) {
            std::string words = std::string(match.system) + ':' + std::string(match.code);
            if (match.relation != CodeRelation::same)
                words.append("  mã đang xem ").append(in_words(match.relation));
            out.push_back(words + "  (" + std::string(in_words(match.row->mark)) + ", " + match.row->act + ", " +
                          span_in_words(match.row->validity) + ')');
        }
        detail("elsewhere", "mã ở hệ thống khác", std::move(out));
    }

    [[nodiscard]] std::string set_named(const std::string& code) const
    {
        const auto set = catalogue_.indicator_set(code, day_);
        return set.ok() ? named(code, (*set)->name_vi) : code;
    }

    [[nodiscard]] std::string agency_named(const std::string& code) const
    {
        const Agency* agency = catalogue_.find_agency(code);
        return agency == nullptr ? code : named(code, agency->name_vi);
    }

    static std::string event_in_words(const AreaEvent& event, const Area* other)
    {
        std::string out = day_text(event.day) + "  " + std::string(in_words(event.kind));
        if (other != nullptr)
            out += "  " + named(other->code, other->name_vi);
        return out + "  (" + event.act + ')';
    }

    /// Who bears the code on other days: a code alone says little.
    void other_holders(const Area& area)
    {
        std::vector<std::string> out;
        for (const Area& other : catalogue_.areas())
            if (other.code == area.code && !(other.validity.from == area.validity.from))
                out.push_back(other.name_vi + "  " + span_in_words(other.validity));
        detail("other_days", "mã này vào ngày khác", std::move(out));
    }

    static std::string step_in_words(const DeadlineRule& rule)
    {
        std::string out = "bước " + std::to_string(rule.tier) + ": " + listed(rule.from_roles) + " → " + rule.to_role;
        if (!rule.kinds.empty())
            out += " [" + in_words(rule.kinds) + ']';
        if (rule.due_by == DueBy::form)
            return out + ", theo ngày ghi trong tần suất";
        if (rule.due_by == DueBy::list)
            return out + ", theo danh mục chỉ tiêu của tỉnh";
        if (rule.due_by == DueBy::request)
            return out + ", theo yêu cầu";
        return out + (rule.inclusive ? ", chậm nhất ngày " : ", trước ngày ") + std::to_string(rule.day) +
               (rule.month == DueMonth::last ? " tháng cuối kỳ" : " tháng sau kỳ");
    }

    const Catalogue& catalogue_;
    Day day_;
    Sheet sheet_;
};

}  // namespace

Result<std::vector<Sheet>> show(const Catalogue& catalogue, std::string_view code, Day day)
{
    std::vector<Sheet> sheets;
    std::vector<Problem> known;  // What other days know, or more than one bears.
    std::vector<std::string> near;
    Shown shown(catalogue, day);
    const auto take = [&](const auto& found) {
        if (found.ok())
            sheets.push_back(shown.of(**found));
        else if (!found.problem().code.ends_with(".unknown"))
            known.push_back(found.problem());
        else if (const std::string& expected = found.problem().expected; !expected.empty() && !expected.starts_with("a "))
            near.push_back(expected);
    };
    const std::size_t colon = code.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view system = code.substr(0, colon);
        take(catalogue.area(system, code.substr(colon + 1), day));
        if (sheets.empty() && !catalogue.codes_elsewhere(system, code.substr(colon + 1), day).empty())
            sheets.push_back(shown.of_foreign(system, code.substr(colon + 1)));
    } else {
        take(catalogue.indicator(code, day));
        take(catalogue.indicator_set(code, day));
        take(catalogue.form(code, day));
        take(catalogue.agency(code, day));
        take(catalogue.unit(code));
        take(catalogue.area("NAME", code, day));
    }
    if (!sheets.empty())
        return sheets;
    if (!known.empty())
        return known.front();
    return Problem{.code = "catalogue.code_unknown",
                   .detail = "neither an indicator, a set of them, a form, an area, an agency nor a unit",
                   .found = shortened(code),
                   .expected = near.empty() ? "a code of the catalogue, as in A_I_1, SL228_11_1, GSO:15, H52.03 or TON"
                                            : listed(near)};
}

}  // namespace lienthong::catalogue
