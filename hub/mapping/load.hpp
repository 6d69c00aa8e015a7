/// Load: the keys of a mapping file, each checked and handed on to the part of the program it belongs to.
#pragma once

#include "hub/mapping/checker.hpp"
#include "hub/mapping/program.hpp"
#include "hub/mapping/yaml.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lienthong::mapping {

class Loader
{
public:
    Loader(const yaml::Source& source, const ReadBeside& read_beside, std::vector<Problem>& problems)
        : source_(source), read_beside_(read_beside), problems_(problems), checker_(*program_, source, problems)
    {
    }

    /// Reads everything the file says; the program is of use only when nothing was reported.
    std::unique_ptr<Mapping::Program> read(const yaml::Node& root);
    /// The tables' bytes by file name, for the digest.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& table_bytes() const { return table_bytes_; }

private:
    bool is_map(const yaml::Node& node, std::string_view what);
    void known_keys(const yaml::Node& map, const std::vector<std::string>& known, std::string_view what);
    /// The scalar behind a key that must stand there; null after reporting, at `offset` when it is not there.
    const yaml::Node* needed(const yaml::Node& map, std::size_t offset, std::string_view key, std::string_view what,
                             std::string_view example);
    void missing_key(std::size_t offset, std::string_view key, std::string_view what, std::string_view example);

    void read_head(const yaml::Node& root);
    void read_version(const yaml::Node& root);
    void read_layout(const yaml::Node& root);
    std::vector<std::string> read_texts(const yaml::Node& node, std::string_view key);
    void read_namespaces(const yaml::Node& root);
    void read_tables(const yaml::Node& root);
    void read_table(const yaml::Node& key, const yaml::Node& value);
    void read_lets(const yaml::Node& root);
    void read_records(const yaml::Node& root);
    void read_observe(const yaml::Node& root);
    Entry read_entry(const yaml::Node& node, std::size_t offset, const yaml::Node* common, std::vector<ExpressionId>& shared);
    void read_fact(const yaml::Node& root);
    void read_needs(const yaml::Node& root);
    Template read_template(const yaml::Node& node, const std::string& subject);
    Template read_each(const yaml::Node& node, const std::string& subject);

    const yaml::Source& source_;
    const ReadBeside& read_beside_;
    std::vector<Problem>& problems_;
    std::unique_ptr<Mapping::Program> program_ = std::make_unique<Mapping::Program>();
    Checker checker_;
    std::vector<std::pair<std::string, std::string>> table_bytes_;
};

}  // namespace lienthong::mapping
