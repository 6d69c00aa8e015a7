// The words for types and for ways from one to another.
#include "hub/mapping/type_words.hpp"

namespace lienthong::mapping {

std::string shown(const Syntax& syntax)
{
    switch (syntax.kind) {
        case Syntax::Kind::path:
            return syntax.path.text;
        case Syntax::Kind::text:
            return "\"" + syntax.text + "\"";
        case Syntax::Kind::number:
        case Syntax::Kind::boolean:
        case Syntax::Kind::missing:
            return syntax.text;
        case Syntax::Kind::let:
            return "$" + syntax.text;
        default:
            return "…";
    }
}

std::string way_to(Type wanted, Type given, const std::string& written)
{
    const bool text = given == Type::text;
    switch (wanted) {
        case Type::number:
            return text ? "number(" + written + ", locale:vi), or locale:en or locale:plain" : "a number";
        case Type::period:
            return text ? "period(" + written + "), month(" + written + ", \"MM/yyyy\") or the like"
                   : given == Type::date || given == Type::datetime ? "month(" + written + "), quarter(…), year(…) or day(…)"
                                                                    : "a period";
        case Type::area:
            return text ? "area(\"GSO\", " + written + ")" : "area(\"GSO\", …)";
        case Type::agency:
            return text ? "agency(" + written + ")" : "agency(…)";
        case Type::window:
            return "window(date(…, \"dd/MM/yyyy\"), date(…, \"dd/MM/yyyy\"))";
        case Type::date:
            return text ? "date(" + written + ", \"dd/MM/yyyy\")" : given == Type::datetime ? "date(" + written + ")" : "a date";
        case Type::condition:
            return text ? written + " == \"…\", or present(" + written + ")" : "a condition, such as a == \"b\"";
        case Type::text:
            if (given == Type::period || given == Type::date || given == Type::datetime)
                return "format(" + written + ", \"…\")";
            return "a text";
        default:
            return std::string(to_text(wanted));
    }
}

std::string with_article(Type type)
{
    const std::string name(to_text(type));
    return (type == Type::area || type == Type::agency ? "an " : "a ") + name;
}

}  // namespace lienthong::mapping
