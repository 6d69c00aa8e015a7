// Writes verdicts as the indented JSON that expected files hold.
#include "hub/model/json_text.hpp"
#include "hub/workshop/sample.hpp"
#include "hub/workshop/verdict_json.hpp"

namespace lienthong::workshop {
namespace {

/// Lines of JSON, members one below the other where they hold more than a scalar.
class Lines
{
public:
    void open(std::string_view text)
    {
        separate();
        out_ += text;
        fresh_ = true;
        depth_ += 1;
    }
    void close(std::string_view text)
    {
        depth_ -= 1;
        if (!fresh_)
            indent();
        out_ += text;
        fresh_ = false;
    }
    void item(std::string_view text)
    {
        separate();
        out_ += text;
    }
    [[nodiscard]] std::string take() { return out_ + "\n"; }

private:
    void separate()
    {
        if (!out_.empty()) {
            out_ += fresh_ ? "" : ",";
            indent();
        }
        fresh_ = false;
    }
    void indent()
    {
        out_ += '\n';
        out_.append(depth_ * 2, ' ');
    }
    std::string out_;
    std::size_t depth_ = 0;
    bool fresh_ = true;
};

std::string observation_text(const Observation& o)
{
    JsonWriter out;
    out.begin_object();
    write_observation(out, o);
    return out.end_object().take();
}

std::string fact_text(const Fact& fact)
{
    JsonWriter out;
    out.begin_object().member("kind", fact.kind).member("key", fact.key).key("fields").begin_object();
    for (const auto& [name, value] : fact.fields)
        out.member(name, value);
    return out.end_object().end_object().take();
}

std::string problem_text(const Problem& problem)
{
    JsonWriter out;
    out.begin_object().member("code", problem.code).member("place", problem.place);
    if (!problem.found.empty())
        out.member("found", problem.found);
    if (!problem.expected.empty())
        out.member("expected", problem.expected);
    if (!problem.rule.empty())
        out.member("rule", problem.rule);
    return out.end_object().take();
}

template <class T, class Text>
void add_list(Lines& lines, const char* name, const std::vector<T>& items, Text text)
{
    if (items.empty())
        return;
    lines.open("\"" + std::string(name) + "\": [");
    for (const T& item : items)
        lines.item(text(item));
    lines.close("]");
}

}  // namespace

std::string render(const Examination& examination)
{
    Lines lines;
    lines.open("{");
    lines.open("\"records\": [");
    for (const Verdict& verdict : examination.verdicts) {
        lines.open("{");
        lines.item("\"record\": " + std::to_string(verdict.record));
        lines.item("\"place\": " + json_string(verdict.place));
        add_list(lines, "observations", verdict.observations, observation_text);
        add_list(lines, "facts", verdict.facts, fact_text);
        add_list(lines, "problems", verdict.problems, problem_text);
        lines.close("}");
    }
    lines.close("]");
    lines.item("\"skipped\": " + std::to_string(examination.skipped));
    lines.close("}");
    return lines.take();
}

std::string no_packet(const Problem& problem)
{
    JsonWriter out;
    out.begin_object().key("problem").begin_object().member("code", problem.code).member("place", problem.place);
    out.member("found", problem.found).member("expected", problem.expected);
    return out.end_object().end_object().take();
}

}  // namespace lienthong::workshop
