// Writes the schema from the tables of keys, fields and functions.
#include "hub/mapping/schema.hpp"

#include "hub/mapping/functions.hpp"
#include "hub/mapping/keys.hpp"
#include "hub/model/json_text.hpp"

#include <algorithm>

namespace lienthong::mapping {
namespace {

constexpr const char* name_part = "[a-z0-9][a-z0-9_-]*";
constexpr const char* let_name = "^[A-Za-z_\\u0080-\\uFFFF][A-Za-z0-9_\\u0080-\\uFFFF-]*$";

std::string_view what_of(std::string_view key)
{
    return std::find_if(top_keys.begin(), top_keys.end(), [&](const TopKey& one) { return one.name == key; })->what;
}

class Schema
{
public:
    std::string write()
    {
        out_.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema");
        out_.member("title", "Lienthong mapping").member("type", "object").member("additionalProperties", false);
        required({"mapping", "version"});
        out_.key("properties").begin_object();
        for (const TopKey& key : top_keys)
            property(key.name);
        out_.end_object();
        whole();
        definitions();
        return out_.end_object().take();
    }

private:
    void required(std::initializer_list<std::string_view> names)
    {
        out_.key("required").begin_array();
        for (const std::string_view name : names)
            out_.text(name);
        out_.end_array();
    }

    void refer(const char* definition) { out_.member("$ref", std::string("#/$defs/") + definition); }

    void property(std::string_view key)
    {
        out_.key(key).begin_object().member("description", what_of(key));
        if (key == "mapping")
            out_.member("type", "string").member("pattern", std::string("^") + name_part + "/" + name_part + "$");
        else if (key == "version")
            out_.member("type", "integer").member("minimum", std::int64_t{1});
        else if (key == "extends")
            out_.member("type", "string").member("pattern", "^[^./\\\\][^/\\\\]*\\.yaml$");
        else if (key == "format")
            out_.member("type", "string").member("pattern", std::string("^") + name_part + "$");
        else if (key == "records")
            out_.member("type", "string").member("pattern", "^/");
        else if (key == "empty")
            out_.key("enum").begin_array().text("refused").text("allowed").end_array();
        else if (key == "layout")
            layout();
        else if (key == "namespaces")
            out_.member("type", "object").key("additionalProperties").begin_object().member("type", "string").end_object();
        else if (key == "tables")
            named("table_file");
        else if (key == "let")
            named("expression");
        else if (key == "fact")
            out_.member("type", "string").member("pattern", "^[a-z_]+$");
        else if (key == "set")
            out_.member("type", "object").key("additionalProperties").begin_object(), refer("expression"), out_.end_object();
        else if (key == "common")
            refer("fields");
        else if (key == "needs")
            out_.member("type", "array").key("items").begin_object().member("type", "string").end_object();
        else if (key == "observe")
            entry_or_list("entry", "entry");
        else
            refer(key == "render" ? "template" : "expression");
        out_.end_object();
    }

    void layout()
    {
        out_.member("type", "object").member("additionalProperties", false).key("properties").begin_object();
        out_.key("encoding").begin_object().member("type", "string").end_object();
        out_.key("separator").begin_object().member("type", "string").end_object();
        for (const char* key : {"title", "header"}) {
            out_.key(key).begin_object().key("anyOf").begin_array().begin_object().member("type", "string").end_object();
            out_.begin_object().member("type", "array").key("items").begin_object().member("type", "string").end_object();
            out_.end_object().end_array().end_object();
        }
        out_.key("stub").begin_object().member("type", "integer").member("minimum", std::int64_t{0});
        out_.member("maximum", std::int64_t{8}).end_object();
        out_.key("records").begin_object().key("enum").begin_array().text("rows").text("cells").end_array().end_object();
        out_.end_object();
    }

    /// A map whose keys are names an expression can use.
    void named(const char* definition)
    {
        out_.member("type", "object").key("additionalProperties").begin_object();
        refer(definition);
        out_.end_object().key("propertyNames").begin_object().member("pattern", let_name).end_object();
    }

    void entry_or_list(const char* alone, const char* in_list)
    {
        out_.key("anyOf").begin_array().begin_object();
        refer(alone);
        out_.end_object().begin_object().member("type", "array").member("minItems", std::int64_t{1}).key("items").begin_object();
        refer(in_list);
        out_.end_object().end_object().end_array();
    }

    /// What a mapping must have by itself; of one that extends another only the two files together can say it.
    void whole()
    {
        out_.key("if").begin_object();
        required({"extends"});
        out_.end_object().key("else").begin_object();
        required({"format"});
        one_body();
        whole_without_common();
        out_.end_object();
    }

    /// A way in has records and observe or fact; a way out has render alone.
    void one_body()
    {
        out_.key("oneOf").begin_array();
        out_.begin_object();
        required({"render"});
        out_.key("not").begin_object().key("anyOf").begin_array();
        for (const char* key : {"layout", "records", "empty", "skip", "observe", "common", "fact"}) {
            out_.begin_object();
            required({key});
            out_.end_object();
        }
        out_.end_array().end_object().end_object();
        out_.begin_object();
        required({"records"});
        out_.key("not").begin_object();
        required({"render"});
        out_.end_object().key("anyOf").begin_array();
        for (const char* key : {"observe", "fact"}) {
            out_.begin_object();
            required({key});
            out_.end_object();
        }
        out_.end_array().end_object().end_array();
        out_.key("dependentRequired").begin_object();
        out_.key("fact").begin_array().text("key").end_array();
        out_.key("key").begin_array().text("fact").end_array();
        out_.key("set").begin_array().text("fact").end_array();
        out_.key("needs").begin_array().text("render").end_array();
        out_.key("common").begin_array().text("observe").end_array().end_object();
    }

    /// Without common every entry must be whole; with it, observe must be a list.
    void whole_without_common()
    {
        out_.key("if").begin_object();
        required({"common"});
        out_.end_object().key("then").begin_object().key("properties").begin_object().key("observe").begin_object();
        out_.member("type", "array").end_object().end_object().end_object();
        out_.key("else").begin_object().key("properties").begin_object().key("observe").begin_object();
        entry_or_list("whole_entry", "whole_entry");
        out_.end_object().end_object().end_object();
    }

    void fields(bool with_when)
    {
        out_.member("type", "object").member("additionalProperties", false).key("properties").begin_object();
        for (const FieldKey& field : field_keys) {
            out_.key(field.name).begin_object().member("description", field.what);
            refer("expression");
            if (!field.example.empty())
                out_.key("examples").begin_array().text(field.example).end_array();
            out_.end_object();
        }
        if (with_when) {
            out_.key("when").begin_object().member("description", "a condition: whether this entry applies to the record");
            refer("expression");
            out_.end_object();
        }
        out_.end_object();
    }

    void definitions()
    {
        std::string functions = "A path, a text in quotes, or an expression of these functions (nothing, where an extended mapping's is taken away):";
        for (const std::string& name : function_names())
            functions += "\n" + std::string(find_function(name)->form);
        out_.key("$defs").begin_object();
        out_.key("expression").begin_object().member("description", functions);
        out_.key("type").begin_array().text("string").text("number").text("boolean").text("null").end_array().end_object();
        out_.key("table_file").begin_object().key("type").begin_array().text("string").text("null").end_array();
        out_.member("pattern", "^[^./\\\\][^/\\\\]*$").end_object();
        out_.key("fields").begin_object();
        fields(false);
        out_.end_object().key("entry").begin_object();
        fields(true);
        out_.end_object().key("whole_entry").begin_object();
        refer("entry");
        out_.key("required").begin_array();
        for (const FieldKey& field : field_keys)
            if (!field.example.empty())
                out_.text(field.name);
        out_.end_array().end_object();
        templates();
        out_.end_object();
    }

    void templates()
    {
        out_.key("template").begin_object().key("anyOf").begin_array().begin_object();
        refer("expression");
        out_.end_object().begin_object().member("type", "array").key("items").begin_object();
        refer("template");
        out_.end_object().end_object().begin_object().member("type", "object");
        out_.key("if").begin_object();
        required({"each"});
        out_.end_object().key("then").begin_object();
        required({"each", "item"});
        out_.key("properties").begin_object();
        for (const char* key : {"each", "where"}) {
            out_.key(key).begin_object();
            refer("expression");
            out_.end_object();
        }
        out_.key("item").begin_object();
        refer("template");
        out_.end_object().end_object().member("additionalProperties", false).end_object();
        out_.key("else").begin_object().key("additionalProperties").begin_object();
        refer("template");
        out_.end_object().end_object().end_object().end_array().end_object();
    }

    JsonWriter out_;
};

}  // namespace

std::string json_schema()
{
    return Schema().write();
}

}  // namespace lienthong::mapping
