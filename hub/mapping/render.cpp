// The way out: lays observations, or facts, out as a document of their own and fills a template from it.
#include "hub/mapping/evaluate.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/mapping/render_facts.hpp"
#include "hub/mapping/walk.hpp"
#include "hub/model/json_text.hpp"

#include <algorithm>
#include <map>

namespace lienthong::mapping {
namespace {

void add_text(Tree& tree, NodeId parent, std::string_view name, std::string_view text)
{
    tree.set_text(tree.append(parent, NodeKind::text, tree.keep(name), 0), tree.keep(text));
}

void add_observation(Tree& tree, NodeId list, const Observation& o)
{
    const NodeId node = tree.append(list, NodeKind::object, {}, 0);
    const std::array<std::string_view, field_count> texts = {o.key.indicator,
                                                             o.key.measure,
                                                             o.key.period,
                                                             o.key.area,
                                                             o.key.breakdown,
                                                             o.key.agency,
                                                             o.value,
                                                             o.unit,
                                                             lienthong::to_text(o.vintage),
                                                             lienthong::to_text(o.availability),
                                                             o.window,
                                                             o.source};
    for (std::size_t i = 0; i < field_count; ++i)
        add_text(tree, node, to_text(static_cast<Field>(i)), texts[i]);
}

/// What stands between the semicolons of a text, as join(path, ";") stores a list.
void add_parts(Tree& tree, NodeId parent, std::string_view name, std::string_view text)
{
    const NodeId list = tree.append(parent, NodeKind::array, tree.keep(name), 0);
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(';', at), text.size());
        add_text(tree, list, {}, text.substr(at, end - at));
        at = end + 1;
    }
}

/// Each value by its codes, for packets that have a member of its own for it: figures/<indicator>/<measure>. Parts of a breakdown
/// have none. They are elements, because two values of one name are then there both, and a path that selects them is told so.
void add_figures(Tree& tree, NodeId root, const std::vector<Observation>& observations)
{
    std::map<std::string_view, NodeId> indicators;
    const NodeId figures = tree.append(root, NodeKind::object, tree.keep("figures"), 0);
    for (const Observation& one : observations) {
        if (one.key.breakdown != "_T" || one.availability != Availability::value)
            continue;
        const auto [at, fresh] = indicators.emplace(one.key.indicator, no_node);
        if (fresh)
            at->second = tree.append(figures, NodeKind::element, tree.keep(one.key.indicator), 0);
        tree.set_text(tree.append(at->second, NodeKind::element, tree.keep(one.key.measure), 0), tree.keep(one.value));
    }
}

/// Fills a template; stops at the first problem.
class Renderer
{
public:
    Renderer(const Mapping::Program& program, const Tree& tree, Marks* marks)
        : program_(program), tree_(tree), evaluator_(program, tree, marks)
    {
    }

    Result<std::string> render()
    {
        evaluator_.begin(root_node);
        if (!write(*program_.packet, nullptr, root_node))
            out_.null();
        if (problem_)
            return *problem_;
        return out_.take();
    }

private:
    /// Writes a piece, behind its name where it has one. False when it is missing and nothing was written.
    bool write(const Template& piece, const std::string* name, NodeId record)
    {
        if (piece.kind == Template::Kind::value)
            return write_value(piece, name);
        if (name != nullptr)
            out_.key(*name);
        if (piece.kind == Template::Kind::object) {
            out_.begin_object();
            for (std::size_t i = 0; i < piece.children.size() && !problem_; ++i)
                if (&piece == &*program_.packet)
                    write_member(piece.children[i], piece.names[i]);
                else
                    (void)write(piece.children[i], &piece.names[i], record);
            finish(&JsonWriter::end_object);
        } else {
            out_.begin_array();
            if (piece.kind == Template::Kind::each)
                write_each(piece, record);
            else
                for (const Template& child : piece.children)
                    if (!problem_)
                        made_ += write(child, nullptr, record) ? 1 : 0;
            finish(&JsonWriter::end_array);
        }
        return true;
    }

    void finish(JsonWriter& (JsonWriter::*end)()) { (out_.*end)(); }

    /// A member of the packet itself that a partner's schema demands: there, and of a list at least one item.
    void write_member(const Template& piece, const std::string& name)
    {
        made_ = 0;
        const bool is_list = piece.kind == Template::Kind::list || piece.kind == Template::Kind::each;
        const bool there = write(piece, &name, root_node) && (!is_list || made_ > 0);
        const auto& needs = program_.packet_needs;
        if (problem_ || there || std::find(needs.begin(), needs.end(), name) == needs.end())
            return;
        problem_ = Problem{.code = "packet.member_missing", .detail = "the partner demands the member " + name + ", and there is nothing for it",
                           .place = nothing_for(piece), .expected = "something for " + name};
    }

    /// Where what a piece is made from would stand.
    std::string nothing_for(const Template& piece)
    {
        if (piece.kind == Template::Kind::value)
            return evaluator_.place(piece.value, Value{});
        std::uint64_t steps = ~std::uint64_t{0};
        return piece.kind == Template::Kind::each ? missing_place(tree_, program_.paths[piece.path], root_node, "", steps) : std::string();
    }

    void write_each(const Template& piece, NodeId record)
    {
        std::uint64_t steps = ~std::uint64_t{0};
        for (NodeId node : Walk(tree_, steps).all(program_.paths[piece.path], record)) {
            evaluator_.begin(node);
            const Value where = piece.where == no_expression ? Value{} : evaluator_.evaluate(piece.where);
            if (where.failed())
                problem_ = evaluator_.problem(where);
            if (problem_)
                break;
            if (piece.where == no_expression || where.holds())
                made_ += write(piece.children.front(), nullptr, node) ? 1 : 0;
        }
        evaluator_.begin(record);
    }

    bool write_value(const Template& piece, const std::string* name)
    {
        const Value value = evaluator_.evaluate(piece.value);
        if (value.failed())
            problem_ = evaluator_.problem(value);
        const Expression& e = program_.at(piece.value);
        if (!value.present() && (problem_ || !says_empty(piece.value)))
            return false;
        if (name != nullptr)
            out_.key(*name);
        if (e.type == Type::number)
            out_.raw_number(value.text);
        else if (e.type == Type::condition)
            out_.boolean(value.holds());
        else
            out_.text(value.text);
        return true;
    }

    /// A text written in quotes is itself, the empty one too, wherever a when or default chooses it.
    bool says_empty(ExpressionId id)
    {
        const Expression& e = program_.at(id);
        if (e.op == Op::literal)
            return e.type == Type::text;
        if (e.op == Op::fallback)
            return says_empty(program_.argument(e, 1));
        if (e.op != Op::when)
            return false;
        std::size_t i = 0;
        while (i + 1 < e.argument_count && !evaluator_.evaluate(program_.argument(e, i)).holds())
            i += 2;
        return says_empty(program_.argument(e, i + 1 < e.argument_count ? i + 1 : i));
    }

    const Mapping::Program& program_;
    const Tree& tree_;
    Evaluator evaluator_;
    JsonWriter out_;
    std::size_t made_ = 0;  ///< Items of lists, since the last member of the packet was begun.
    std::optional<Problem> problem_;
};

void begin_parcel(Tree& tree, const std::vector<std::pair<std::string, std::string>>& parcel)
{
    const NodeId root = tree.append(no_node, NodeKind::object, {}, 0);
    for (const auto& [name, text] : parcel)
        add_text(tree, root, name, text);
}

Problem no_render(const Mapping& mapping)
{
    return Problem{.code = "mapping.no_render",
                   .detail = "the mapping " + mapping.name() + " has no render",
                   .expected = "a mapping with render:"};
}

}  // namespace

Result<std::string> Mapping::render(const std::vector<Observation>& observations, const catalogue::Catalogue&,
                                    const std::vector<std::pair<std::string, std::string>>& parcel, Marks* marks) const
{
    if (!renders())
        return no_render(*this);
    Tree tree;
    begin_parcel(tree, parcel);
    const NodeId list = tree.append(root_node, NodeKind::array, tree.keep("observations"), 0);
    for (const Observation& observation : observations)
        add_observation(tree, list, observation);
    add_figures(tree, root_node, observations);
    return Renderer(*program_, tree, marks).render();
}

Result<std::string> render_facts(const Mapping& mapping, const std::string& kind, const std::vector<FactVersion>& facts,
                                 const CalledByKey& called, const std::vector<std::pair<std::string, std::string>>& parcel, Marks* marks)
{
    if (!mapping.renders())
        return no_render(mapping);
    Tree tree;
    begin_parcel(tree, parcel);
    add_text(tree, root_node, "kind", kind);
    const NodeId list = tree.append(root_node, NodeKind::array, tree.keep("facts"), 0);
    for (const FactVersion& fact : facts) {
        const NodeId node = tree.append(list, NodeKind::object, {}, 0);
        add_text(tree, node, "key", fact.key);
        if (const auto name = called.find(fact.key); name != called.end())
            add_text(tree, node, "called", name->second);
        const NodeId fields = tree.append(node, NodeKind::object, tree.keep("set"), 0);
        const NodeId parts = tree.append(node, NodeKind::object, tree.keep("parts"), 0);
        for (const auto& [name, value] : fact.fields) {
            add_text(tree, fields, name, value);
            add_parts(tree, parts, name, value);
        }
    }
    return Renderer(mapping.program(), tree, marks).render();
}

}  // namespace lienthong::mapping
