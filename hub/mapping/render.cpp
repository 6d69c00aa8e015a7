// The way out: lays observations, or facts, out as a document of their own and fills a template from it.
#include "hub/mapping/evaluate.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/mapping/render_facts.hpp"
#include "hub/model/json_text.hpp"

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
                (void)write(piece.children[i], &piece.names[i], record);
            finish(&JsonWriter::end_object);
        } else {
            out_.begin_array();
            if (piece.kind == Template::Kind::each)
                write_each(piece, record);
            else
                for (const Template& child : piece.children)
                    if (!problem_)
                        (void)write(child, nullptr, record);
            finish(&JsonWriter::end_array);
        }
        return true;
    }

    void finish(JsonWriter& (JsonWriter::*end)()) { (out_.*end)(); }

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
                (void)write(piece.children.front(), nullptr, node);
        }
        evaluator_.begin(record);
    }

    bool write_value(const Template& piece, const std::string* name)
    {
        const Value value = evaluator_.evaluate(piece.value);
        if (value.failed())
            problem_ = evaluator_.problem(value);
        const Expression& e = program_.at(piece.value);
        // A text written in quotes is itself, the empty one too.
        if (!value.present() && (problem_ || e.op != Op::literal || e.type != Type::text))
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

    const Mapping::Program& program_;
    const Tree& tree_;
    Evaluator evaluator_;
    JsonWriter out_;
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
        for (const auto& [name, value] : fact.fields)
            add_text(tree, fields, name, value);
    }
    return Renderer(mapping.program(), tree, marks).render();
}

}  // namespace lienthong::mapping
