// Grammar-directed: every rule of the language has a function that writes an expression of the type it is asked for.
#include "tests/unit/mapping/reference/generator.hpp"

#include <algorithm>
#include <initializer_list>
#include <random>

namespace lienthong::reference {
namespace {

/// Used so, and not through distributions, because those differ from one library to the next.
class Chance
{
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    bool once_in(std::size_t times) { return below(times) == 0; }
    std::string of(std::initializer_list<const char*> any) { return any.begin()[below(any.size())]; }

private:
    std::mt19937_64 random_;
};

/// How the documents of one case write what their mapping reads.
struct Dialect
{
    std::string locale, month_pattern, date_pattern;
    bool calm = false;  ///< Short expressions and documents in which little is odd, so that most records are accepted.
};

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (char c : text)
        out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

class Expressions
{
public:
    Expressions(Chance& chance, const Dialect& dialect) : chance_(chance), dialect_(dialect) {}

    Case::Lines lets;
    std::map<std::string, std::string> type_of_let;

    std::string of(const std::string& type, int asked_depth)
    {
        const int depth = dialect_.calm ? std::min(asked_depth, 1) : asked_depth;
        if (chance_.once_in(6)) {
            std::vector<std::string> fitting;
            for (const auto& [name, let_type] : type_of_let)
                if (let_type == type)
                    fitting.push_back("$" + name);
            if (!fitting.empty())
                return fitting[chance_.below(fitting.size())];
        }
        if (depth > 0 && chance_.once_in(7))
            return "when(" + of("condition", depth - 1) + ", " + of(type, depth - 1) +
                   (chance_.once_in(3) ? ", " + of("condition", depth - 1) + ", " + of(type, depth - 1) : "") + ", " +
                   (chance_.once_in(4) && type != "area" && type != "agency" ? "missing" : of(type, depth - 1)) + ")";
        if (depth > 0 && chance_.once_in(7))
            return "default(" + of(type, depth - 1) + ", " + (chance_.once_in(8) ? "missing" : of(type, depth - 1)) + ")";
        if (depth > 0 && chance_.once_in(16))
            return "(" + of(type, depth) + ")";
        if (type == "text")
            return text(depth);
        if (type == "condition")
            return condition(depth);
        if (type == "number")
            return number();
        if (type == "period")
            return period(depth);
        if (type == "date")
            return date();
        if (type == "datetime")
            return datetime();
        if (type == "window")
            return window(depth);
        if (type == "area")
            return area(depth);
        return "agency(" + chance_.of({"dv", "dv", "dv", "\"H31.01\"", "default(dv, \"H31\")"}) + ")";
    }

    /// A path that mostly leads somewhere, to a node that mostly holds what its name says.
    std::string path(const std::string& name)
    {
        if (chance_.once_in(45))
            return odd_path();
        return chance_.once_in(8) ? "./" + name : name;
    }

private:
    std::string odd_path()
    {
        return chance_.of(
            {"a",   "a/b",   "a/b/c",       "a/c",   "../ten",     "../../ten",      "../nhom/ten", "/nhom/ten", "/goc/nhom/ten",
             "ds",  "ds/0",  "ds/1",        "ds/9",  "ds/0/x",     "`tên chỉ tiêu`", "@x",          "./@x",      "a/@x",
             ".",   "khong", "a/khong/nua", "../..", "/",          "ten/sau",        "so/0",        "q:b",       "a/q:b",
             "doi", "a/doi", "`ma`",        "../@x", "../nhom/ma", "/khong/co"});
    }

    std::string literal()
    {
        return quoted(chance_.of({"a", "H31", "", "LK", "x, y", "đồng", "ĐỒNG Ở", "a\"b\\c", "Hu\xCC\x9Bng", "-", " ", "ö"}));
    }

    std::string text(int depth)
    {
        if (depth == 0 || chance_.once_in(3))
            return chance_.once_in(5)   ? literal()
                   : chance_.once_in(8) ? odd_path()
                                        : path(chance_.of({"ma", "ten", "loai", "dvt", "so", "ky", "ngay"}));
        const int less = depth - 1;
        switch (chance_.below(9)) {
            case 0: {
                std::string out = "concat(" + printable(less);
                for (std::size_t i = 1 + chance_.below(3); i > 0; --i)
                    out += ", " + printable(less);
                return out + ")";
            }
            case 1:
                return "join(" +
                       chance_.of({"ds/*", "ds/*/x", "a/*", "ten", "*", "../*", "ds/0/*", "a/doi", "/nhom/*", "ds", "khong/*",
                                   "ds/*/@x", "doi", "*/x"}) +
                       ", " + quoted(chance_.of({"; ", "", "|", "Hu\xCC\x9B"})) + ")";
            case 2:
                return "split(" + text(less) + ", " + quoted(chance_.of({".", ",", "H", "/", "-", "; ", "ư", "u\xCC\x9B"})) +
                       ", " + chance_.of({"1", "2", "3", "7"}) + ")";
            case 3:
                return "trim(" + text(less) + ")";
            case 4:
                return "upper(" + text(less) + ")";
            case 5:
                return "lower(" + text(less) + ")";
            case 6: {
                const std::string column = chance_.of({"words", "words.vi", "words.vintage"});
                return "lookup(" + column + ", " + (chance_.once_in(5) ? text(less) : path("tt")) +
                       (chance_.once_in(4) ? "" : ", " + text(less)) + ")";
            }
            case 7:
                return "format(" + of("period", less) + ", " +
                       quoted(chance_.of({"yyyy", "yyyy", "yyyy", "yyyy", "'năm 'yyyy", "yyyyMM", "yyyyMM", "q/yyyy", "M-yyyy",
                                          "'quý 'q", "h", "dd/MM/yyyy"})) +
                       ")";
            default:
                if (chance_.once_in(4))
                    return "utc(" + datetime() + ")";
                return chance_.once_in(2)
                           ? "format(" + date() + ", " + quoted(chance_.of({"d/M/yyyy", "yyyyMMdd", "'ngày' d"})) + ")"
                           : "format(" + datetime() + ", " + quoted(chance_.of({"HH:mm:ss d/M", "yyyyMMddHHmmss"})) + ")";
        }
    }

    std::string printable(int depth)
    {
        return of(chance_.of({"text", "text", "text", "number", "period", "date", "datetime", "window"}), depth);
    }

    std::string condition(int depth)
    {
        if (depth == 0)
            return "present(" + path(chance_.of({"ma", "so", "khong", "a", "ten"})) + ")";
        const int less = depth - 1;
        switch (chance_.below(9)) {
            case 0:
                return of("condition", less) + " and " + of("condition", less);
            case 1:
                return "(" + of("condition", less) + " or " + of("condition", less) + ")";
            case 2:
                return "not " + of("condition", less);
            case 3:
                return path(chance_.of({"ma", "so", "loai"})) +
                       chance_.of({" == \"LK\" and true", " != \"LK\" or false", " == missing and missing == missing", " != \"TT\" or present(missing)"});
            case 4:
                return number() + chance_.of({" == ", " != "}) + (chance_.once_in(2) ? "1.0" : number());
            case 5: {
                const std::string type = chance_.of({"text", "period", "date", "condition"});
                return compared(of(type, less)) + chance_.of({" == ", " != "}) + compared(of(type, less));
            }
            case 6:
                return compared(of(chance_.of({"text", "number", "period"}), less)) + chance_.of({" == ", " != "}) + "missing";
            case 7:
                return "present(" + printable(less) + ")";
            default:
                return "loai == " + quoted(chance_.of({"LK", "TT", "KH"}));
        }
    }

    static std::string compared(const std::string& expression) { return "(" + expression + ")"; }

    std::string number()
    {
        if (chance_.once_in(8))
            return chance_.of({"1", "-0", "0.50", "007", "-12.5"});
        return "number(" + (chance_.once_in(8) ? odd_path() : path("so")) +
               ", locale:" + (chance_.once_in(12) ? chance_.of({"vi", "en", "plain"}) : dialect_.locale) + ")";
    }

    std::string period(int depth)
    {
        switch (chance_.below(10)) {
            case 0:
                return "period(" + chance_.of({"kyc", "\"2025-03\"", "\"2024\"", "\"2025-M9\"", "kyc"}) + ")";
            case 1:
                return "period_vi(kyv)";
            case 2:
                return chance_.of({"month", "quarter", "year", "day"}) + "(" +
                       of(chance_.of({"date", "datetime"}), depth > 0 ? depth - 1 : 0) + ")";
            case 3:
                return "quarter(quy, \"q/yyyy\")";
            case 4:
                return "period(quy, \"h/yyyy\")";
            case 5:
                return chance_.of({"day(ngay, ", "day(ngay, "}) + quoted(dialect_.date_pattern) + ")";
            default:
                return "month(" + path("ky") + ", " + quoted(dialect_.month_pattern) + ")";
        }
    }

    std::string date()
    {
        return chance_.once_in(4)
                   ? "date(datetime(luc))"
                   : "date(" + path(chance_.of({"ngay", "ngay", "den"})) + ", " + quoted(dialect_.date_pattern) + ")";
    }

    std::string datetime()
    {
        return chance_.once_in(4) ? "datetime(lucso, \"yyyyMMddHHmmss\")" : "datetime(" + path("luc") + ")";
    }

    std::string window(int depth)
    {
        return chance_.once_in(4) ? "window(khoang)"
                                  : "window(" + of("date", depth > 0 ? depth - 1 : 0) + ", " +
                                        (chance_.once_in(2) ? date() : "date(den, " + quoted(dialect_.date_pattern) + ")") + ")";
    }

    std::string area(int depth)
    {
        switch (chance_.below(8)) {
            case 0:
                return "area(\"NAME\", tentinh)";
            case 1:
                return "area(tinhd)";
            case 2:
                return "crosswalk(\"ISO_3166_2\", iso, \"GSO\")";
            case 3:
                return depth == 0 ? "area(\"GSO\", tinh)" : "area_within(" + of("area", depth - 1) + ", " + path("xa") + ")";
            case 4:
                return "area(\"GSO\", \"33\")";
            default:
                return "area(\"GSO\", " + path("tinh") + ")";
        }
    }

    Chance& chance_;
    const Dialect& dialect_;
};

class Documents
{
public:
    Documents(Chance& chance, const Dialect& dialect) : chance_(chance), dialect_(dialect) {}

    Piece member(const std::string& name)
    {
        if (chance_.once_in(dialect_.calm ? 300 : 30))
            return odd(name);
        Piece out{.kind = Piece::Kind::text, .name = name};
        out.text = value(name);
        if (chance_.once_in(12))
            out.text = chance_.of({" ", "\xC2\xA0", "\n"}) + out.text + chance_.of({" ", "\xC2\xA0"});
        return out;
    }

    Piece record()
    {
        Piece out{.kind = Piece::Kind::object, .name = "muc"};
        for (const char* name : {"ma",  "ten",   "loai",   "dvt", "so", "ky",   "kyc",     "kyv",   "quy", "ngay", "den",
                                 "luc", "lucso", "khoang", "tt",  "dv", "tinh", "tentinh", "tinhd", "iso", "xa",   "cl"})
            if (!chance_.once_in(dialect_.calm ? 300 : 30))
                out.parts.push_back(member(name));
        if (chance_.once_in(2)) {
            Piece a{.kind = Piece::Kind::object, .name = "a", .parts = {member("b"), member("c")}};
            if (chance_.once_in(3))
                a.parts.push_back({.kind = Piece::Kind::text, .name = "x", .text = "thuộc", .attribute = true});
            if (chance_.once_in(4))
                a.parts.push_back({.kind = Piece::Kind::list, .name = "doi", .parts = {member(""), member("")}});
            out.parts.push_back(a);
        }
        if (chance_.once_in(2)) {
            Piece list{.kind = Piece::Kind::list, .name = "ds"};
            for (std::size_t i = chance_.below(4); i > 0; --i)
                list.parts.push_back(chance_.once_in(3) ? Piece{.kind = Piece::Kind::object, .parts = {member("x")}}
                                                        : member(""));
            out.parts.push_back(list);
        }
        if (chance_.once_in(3))
            out.parts.push_back({.kind = Piece::Kind::text, .name = "x", .text = value("ten"), .attribute = true});
        if (chance_.once_in(5))
            out.parts.push_back({.kind = Piece::Kind::text,
                                 .name = chance_.of({"tên chỉ tiêu", "te\xCC\x82n chi\xCC\x89 tie\xCC\x82u"}),
                                 .text = "CPI"});
        return out;
    }

private:
    Piece odd(const std::string& name)
    {
        Piece out{.kind = Piece::Kind::raw, .name = name};
        switch (chance_.below(7)) {
            case 0:
                out.text = "null";
                break;
            case 1:
                out.text = chance_.of({"true", "false", "1", "-2.50", "0", "1e3", "2025"});
                break;
            case 2:
                out.kind = Piece::Kind::list;
                break;
            case 3:
                out = {.kind = Piece::Kind::object, .name = name, .parts = {member("b")}};
                break;
            default:
                out.kind = Piece::Kind::text;
                out.text = chance_.of({"", "  ", "\xC2\xA0", "...", "x", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
                                       "32/13/2025", "1.2.3", "GSO:", ":", "\xE2\x80\x83",
                                       "\xE2\x88\x92"
                                       "5",
                                       "12345678901234567890123456789012345678901234567890123456789012345", "29/02/2024",
                                       "2025-02-29", "Å ö ß Ω", "001.234", "0"});
        }
        return out;
    }

    std::string value(const std::string& name)
    {
        if (name == "ma")
            return chance_.of({"CPI", "A_I_1", "H31.02", "1"});
        if (name == "ten" || name == "b" || name == "c" || name.empty())
            return chance_.of({"Hưng Yên", "Hu\xCC\x9Bng Ye\xCC\x82n", "đồng ở", "a.b.c", "x, y; z", "1", "ĐẮK", "7,5",
                               "tie\xCC\x82\xCC\x81ng"});
        if (name == "loai")
            return chance_.of({"LK", "TT", "KH"});
        if (name == "dvt")
            return chance_.of({"%", "tỷ đồng", "vụ", "người"});
        if (name == "so")
            return dialect_.locale == "vi"   ? chance_.of({"1.250,50", "0,5", "12", "-3,0", "1.000.000", "1,0", "+7"})
                   : dialect_.locale == "en" ? chance_.of({"1,250.50", "0.5", "12", "-3.0", "1.0"})
                                             : chance_.of({"1250.50", "0.5", "12", "-3.0", "1.0", "007"});
        if (name == "ky")
            return dialect_.month_pattern == "MM/yyyy"
                       ? chance_.of({"03/2025", "12/2024", "07/2025", "03/2025", "04/2025", "13/2025"})
                   : dialect_.month_pattern == "yyyyMM" ? chance_.of({"202503", "202412", "202507"})
                   : dialect_.month_pattern == "M-yyyy" ? chance_.of({"3-2025", "12-2024", "03-2025"})
                                                        : chance_.of({"tháng 3/2025", "tháng 11/2025", "tha\xCC\x81ng 1/2025"});
        if (name == "kyc")
            return chance_.of({"2025", "2025-S1", "2025-M9", "2025-Q3", "2025-03", "2025-03-31", "2025-03", "2025-Q1", "1899"});
        if (name == "kyv")
            return chance_.of({"Quý I/2025", "tháng 3 năm 2025", "9 tháng năm 2025", "6 tháng đầu năm 2025", "cả năm 2025",
                               "6 tháng cuối năm 2024", "ngày 05 tháng 01 năm 2020", "12 tháng năm 2025",
                               "Quy\xCC\x81 3 năm 2025"});
        if (name == "quy")
            return chance_.of({"1/2025", "2/2024", "3/2025"});
        if (name == "ngay" || name == "den") {
            const bool late = name == "den";
            if (dialect_.date_pattern == "dd/MM/yyyy")
                return late ? chance_.of({"14/03/2025", "31/12/2025"}) : chance_.of({"15/02/2025", "01/01/2025", "29/02/2024"});
            if (dialect_.date_pattern == "d/M/yyyy")
                return late ? chance_.of({"14/3/2025", "31/12/2025"}) : chance_.of({"15/2/2025", "1/1/2025", "29/2/2024"});
            return late ? chance_.of({"2025-03-14", "2025-12-31"}) : chance_.of({"2025-02-15", "2024-02-29"});
        }
        if (name == "luc")
            return chance_.of({"2025-03-14T20:00:00Z", "2025-03-14T09:12:03.482+07:00", "2024-12-31T23:30:00+00:00",
                               "2025-01-01T01:00:00-05:30"});
        if (name == "lucso")
            return chance_.of({"20250314091203", "20241231235959"});
        if (name == "khoang")
            return chance_.of({"2025-02-15/2025-03-14", "2024-02-29/2024-02-29", "2025-02-15/2025-03-14", "2025-03-14/2025-02-15",
                               "2025-02-15"});
        if (name == "tt")
            return chance_.of({"UT", "SB", "CT", "UT", "SB", "CT", "TR", "??"});
        if (name == "dv")
            return chance_.of({"H31", "H31", "H31.01", "H31.02", "H31.01", "H31", "H31.02", "000.00.02.H31", "H99"});
        if (name == "tinh")
            return chance_.of({"33", "33", "33", "33", "33", "14", "14", "34", "99"});
        if (name == "tentinh")
            return chance_.of({"Hưng Yên", "Hu\xCC\x9Bng Ye\xCC\x82n", "Sơn La", "Sơn La", "Thái Bình"});
        if (name == "tinhd")
            return chance_.of({"GSO:33", "GSO:33", "GSO:14", "GSO:33", "33"});
        if (name == "iso")
            return chance_.of({"VN-05", "VN-05", "VN-05", "VN-66", "VN-02", "VN-99"});
        if (name == "xa")
            return chance_.of({"Mường Bon", "Xã Mường Bon", "Mường Bon", "Mường Bom"});
        if (name == "cl")
            return chance_.of(
                {"value", "value", "value", "value", "value", "value", "value", "value", "value", "not_available", "no_case"});
        return "y";
    }

    Chance& chance_;
    const Dialect& dialect_;
};

Case::Lines entry_of(Chance& chance, Expressions& make, bool whole)
{
    const auto keep = [&](std::size_t times) { return whole || !chance.once_in(times); };
    Case::Lines out;
    const auto simple = [&](const std::string& often, const std::string& type) {
        return chance.once_in(2) ? often : make.of(type, static_cast<int>(chance.below(3)));
    };
    if (keep(2))
        out.emplace_back("indicator", chance.of({"\"A_I_1\"", "\"A_I_1\"", "when(loai == \"LK\", \"A_I_1\", \"A_II_1\")",
                                                 "lookup(codes, ma, \"A_I_1\")"}));
    if (chance.once_in(2))
        out.emplace_back("measure", chance.of({"ten", "default(khong, missing)"}));
    if (keep(2))
        out.emplace_back("period", make.of("period", static_cast<int>(chance.below(3))));
    if (keep(2))
        out.emplace_back("area", make.of("area", static_cast<int>(chance.below(3))));
    if (chance.once_in(5))
        out.emplace_back("breakdown", make.path("ten"));
    if (keep(2))
        out.emplace_back("agency", make.of("agency", static_cast<int>(chance.below(2))));
    if (keep(2))
        out.emplace_back("value", make.of("number", static_cast<int>(chance.below(4))));
    if (keep(2))
        out.emplace_back("unit", chance.once_in(2) ? "\"%\"" : simple("dvt", "text"));
    if (chance.once_in(3))
        out.emplace_back("vintage",
                         chance.of({"\"official\"", "lookup(words, tt, \"unstated\")", "lookup(words, tt)",
                                    "lookup(words, tt, \"official\")", "tt", "when(present(loai), \"estimated\", tt)"}));
    if (chance.once_in(3))
        out.emplace_back("availability", chance.of({"cl", "when(present(so), \"value\", \"not_available\")",
                                                    "when(loai == \"KH\", \"no_case\", default(cl, \"value\"))"}));
    if (chance.once_in(4))
        out.emplace_back("window", make.of("window", 2));
    if (chance.once_in(3))
        out.emplace_back("source", make.of("text", 3));
    return out;
}

/// YAML of an expression: plain where it may be, behind | or > where it must or by chance.
std::string yaml_value(const std::string& expression, std::size_t chosen)
{
    const char first = expression.front();
    const bool plain = expression.find(": ") == std::string::npos && expression.find(" #") == std::string::npos && first != '@' &&
                       first != '`' && first != '"' && first != '*' && first != '-' && expression != "." &&
                       expression != "true" && expression != "false";
    const bool text =
        first == '"' && expression.find('"', 1) == expression.size() - 1 && expression.find('\\') == std::string::npos;
    if (text || (plain && chosen % 8 != 0))
        return " " + expression + "\n";
    return std::string(chosen % 2 == 0 ? " |\n" : " >\n") + "      " + expression + "\n";
}

void write_json(const Piece& piece, std::string& out)
{
    const auto texted = [](const std::string& text) {
        std::string written = "\"";
        for (char c : text)
            written += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? "\\n" : std::string(1, c);
        return written + "\"";
    };
    switch (piece.kind) {
        case Piece::Kind::text:
            out += texted(piece.text);
            return;
        case Piece::Kind::raw:
            out += piece.text;
            return;
        case Piece::Kind::list:
        case Piece::Kind::object:
            break;
    }
    const bool object = piece.kind == Piece::Kind::object;
    out += object ? "{" : "[";
    for (std::size_t i = 0; i < piece.parts.size(); ++i) {
        out += i == 0 ? "" : ", ";
        if (object)
            out += texted((piece.parts[i].attribute ? "@" : "") + piece.parts[i].name) + ": ";
        write_json(piece.parts[i], out);
    }
    out += object ? "}" : "]";
}

std::string escaped(const std::string& text)
{
    std::string out;
    for (char c : text)
        out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

/// The items of a list are elements of its name, below an element of its name but for `doi`, which stands twice.
void write_xml(const Piece& piece, const std::string& given, std::string& out)
{
    std::string name = given;
    for (char& c : name)
        c = c == ' ' ? '_' : c;
    if (piece.kind == Piece::Kind::list && name == "doi") {
        for (const Piece& item : piece.parts)
            write_xml(item, name, out);
        return;
    }
    out += "<" + name;
    for (const Piece& part : piece.parts)
        if (part.attribute)
            out += " " + part.name + "=\"" + escaped(part.text) + "\"";
    if (name == "b" && piece.text.size() % 2 == 1)
        out += " xmlns=\"urn:q\"";
    out += ">" + (piece.kind == Piece::Kind::raw && piece.text == "null" ? "" : escaped(piece.text));
    for (const Piece& part : piece.parts)
        if (!part.attribute)
            write_xml(part, piece.kind == Piece::Kind::list ? "x" : part.name, out);
    out += "</" + name + ">";
}

void take_parts_away(Piece& at, Case& of, std::vector<Case>& out)
{
    for (std::size_t i = 0; i < at.parts.size(); ++i) {
        const Piece kept = at.parts[i];
        at.parts.erase(at.parts.begin() + static_cast<std::ptrdiff_t>(i));
        out.push_back(of);
        at.parts.insert(at.parts.begin() + static_cast<std::ptrdiff_t>(i), kept);
        take_parts_away(at.parts[i], of, out);
    }
}

}  // namespace

std::string Case::mapping() const
{
    std::size_t chosen = 0;
    const auto line = [&](const std::string& indent, const std::pair<std::string, std::string>& one) {
        return indent + one.first + ":" + yaml_value(one.second, ++chosen + one.second.size());
    };
    std::string out = "mapping: khac/thu\nversion: 1\nformat: " + format + "\nrecords: " + records + "\n";
    out += empty_allowed ? "empty: allowed\n" : "";
    std::string body;
    if (!lets.empty())
        body += "let:\n";
    for (const auto& let : lets)
        body += line("  ", let);
    if (!skip.empty())
        body += line("", {"skip", skip});
    if (!common.empty())
        body += "common:\n";
    for (const auto& one : common)
        body += line("  ", one);
    if (!entries.empty())
        body += "observe:\n";
    for (const Lines& entry : entries)
        for (std::size_t i = 0; i < entry.size(); ++i)
            body += line(!entries_are_list ? "  " : i == 0 ? "  - " : "    ", entry[i]);
    if (!key.empty()) {
        body += "fact: viec\n" + line("", {"key", key}) + (set.empty() ? "" : "set:\n");
        for (const auto& one : set)
            body += line("  ", one);
    }
    // What nothing uses is refused, so only what is used is named.
    if (body.find("q:b") != std::string::npos)
        out += "namespaces:\n  q: \"urn:q\"\n";
    const bool words = body.find("lookup(words") != std::string::npos, codes = body.find("lookup(codes") != std::string::npos;
    if (words || codes)
        out += "tables:\n";
    out += words ? "  words:\n" : "";
    out += codes ? "  codes: codes.csv\n" : "";
    return out + body;
}

std::string Case::document_text() const
{
    std::string out;
    if (format == "json")
        write_json(document, out);
    else
        write_xml(document, "goc", out);
    return out;
}

const std::map<std::string, std::string, std::less<>>& tables_of_cases()
{
    static const std::map<std::string, std::string, std::less<>> tables = {
        {"words.csv", "key,vintage,vi\nUT,estimated,ước tính\nSB,preliminary,sơ bộ\nCT,official,chính thức\nTR,,\n"},
        {"codes.csv", "key,indicator\nCPI,A_I_1\nA_I_1,A_I_1\n"}};
    return tables;
}

Case random_case(std::uint64_t seed)
{
    // Seeds that follow each other would begin alike.
    Chance chance(seed * 2654435761U + 17);
    Case out;
    out.format = chance.once_in(3) ? "xml" : "json";
    const bool xml = out.format == "xml";
    const Dialect dialect{.locale = chance.of({"vi", "vi", "en", "plain"}),
                          .month_pattern = chance.of({"MM/yyyy", "yyyyMM", "M-yyyy", "'tháng' M/yyyy"}),
                          .date_pattern = chance.of({"dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd"}),
                          .calm = chance.once_in(2)};
    Documents documents(chance, dialect);
    Piece records{.kind = Piece::Kind::list, .name = "r"};
    for (std::size_t i = chance.once_in(30) ? 0 : 1 + chance.below(5); i > 0; --i)
        records.parts.push_back(documents.record());
    out.document = {.kind = Piece::Kind::object};
    Piece group{.kind = Piece::Kind::object, .name = "nhom", .parts = {documents.member("ten"), documents.member("ma")}};
    const bool grouped = chance.once_in(3);
    if (grouped)
        group.parts.push_back(records);
    out.document.parts.push_back(documents.member("ten"));
    out.document.parts.push_back(group);
    if (!grouped)
        out.document.parts.push_back(records);
    out.records = std::string(xml ? "/goc" : "") + (grouped ? "/nhom/r/" : "/r/") + (xml && chance.once_in(2) ? "x" : "*");
    if (chance.once_in(60))
        out.records = chance.of({"/", "/khong/*", "/goc", "/*", "/r", "/nhom/*"});
    out.empty_allowed = chance.once_in(3);

    Expressions make(chance, dialect);
    for (std::size_t i = chance.below(4); i > 0; --i) {
        const std::string type = chance.of({"text", "number", "period", "condition", "date", "window"}),
                          name = "l" + std::to_string(i);
        out.lets.emplace_back(name, make.of(type, 2));
        make.type_of_let[name] = type;
    }
    if (chance.once_in(4))
        out.skip = make.of("condition", 2);
    const bool fact = chance.once_in(2);
    if (fact) {
        out.key = chance.once_in(2) ? "ma" : make.of("text", 3);
        for (std::size_t i = chance.below(6); i > 0; --i)
            out.set.emplace_back(
                "f" + std::to_string(i),
                make.of(chance.of({"text", "text", "text", "number", "period", "condition", "date", "datetime", "window"}), 4));
    }
    if (!fact || chance.once_in(6)) {
        out.entries_are_list = chance.once_in(3);
        if (out.entries_are_list) {
            out.common = entry_of(chance, make, true);
            for (std::size_t i = 1 + chance.below(3); i > 0; --i) {
                Case::Lines entry = entry_of(chance, make, false);
                if (entry.empty() || chance.once_in(2))
                    entry.emplace_back("when", make.of("condition", 2));
                out.entries.push_back(entry);
            }
        } else {
            out.entries.push_back(entry_of(chance, make, true));
        }
    }
    // What nothing uses is refused when a mapping is loaded.
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < out.lets.size(); ++i) {
            Case without = out;
            without.lets.erase(without.lets.begin() + static_cast<std::ptrdiff_t>(i));
            if (without.mapping().find("$" + out.lets[i].first) == std::string::npos) {
                out = without;
                again = true;
                break;
            }
        }
    }
    return out;
}

std::vector<Case> smaller(const Case& whole)
{
    std::vector<Case> out;
    const auto without_lines = [&](Case::Lines Case::*lines) {
        for (std::size_t i = 0; i < (whole.*lines).size(); ++i) {
            out.push_back(whole);
            (out.back().*lines).erase((out.back().*lines).begin() + static_cast<std::ptrdiff_t>(i));
        }
    };
    if (!whole.skip.empty()) {
        out.push_back(whole);
        out.back().skip.clear();
    }
    if (!whole.key.empty() && !whole.entries.empty()) {
        out.push_back(whole);
        out.back().key.clear();
        out.back().set.clear();
        out.push_back(whole);
        out.back().entries.clear();
        out.back().common.clear();
    }
    without_lines(&Case::lets);
    without_lines(&Case::common);
    without_lines(&Case::set);
    for (std::size_t e = 0; e < whole.entries.size(); ++e) {
        if (whole.entries.size() > 1) {
            out.push_back(whole);
            out.back().entries.erase(out.back().entries.begin() + static_cast<std::ptrdiff_t>(e));
        }
        for (std::size_t i = 0; i < whole.entries[e].size(); ++i) {
            out.push_back(whole);
            auto& lines = out.back().entries[e];
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
            // A field that is needed is made plain instead.
            static const std::map<std::string, std::string> plain = {{"indicator", "\"A_I_1\""},
                                                                     {"period", "period(\"2025-03\")"},
                                                                     {"area", "area(\"GSO\", \"33\")"},
                                                                     {"agency", "agency(\"H31\")"},
                                                                     {"value", "1"},
                                                                     {"unit", "\"%\""}};
            if (const auto it = plain.find(whole.entries[e][i].first);
                it != plain.end() && it->second != whole.entries[e][i].second) {
                out.push_back(whole);
                out.back().entries[e][i].second = it->second;
            }
        }
    }
    Case part = whole;
    take_parts_away(part.document, part, out);
    return out;
}

}  // namespace lienthong::reference
