/// The shipped catalogue, and small ones written for one test.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// Stands in for SHA-256: what matters here is only that equal bytes give equal digests.
inline std::string plain_digest(std::string_view bytes)
{
    return std::to_string(std::hash<std::string_view>{}(bytes));
}

inline const Catalogue& shipped()
{
    static const std::shared_ptr<const Catalogue> instance = [] {
        std::vector<Problem> problems;
        auto loaded = Catalogue::load(LIENTHONG_SOURCE_DIR "/mappings/catalogue", plain_digest, problems);
        std::string all;
        for (const Problem& problem : problems)
            all += problem.sentence() + '\n';
        if (!loaded)
            throw std::runtime_error(all);
        return loaded;
    }();
    return *instance;
}

/// A folder with a tiny, valid catalogue, whose files a test replaces or edits; removed when it goes.
class Folder
{
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "lienthong-catalogue-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        path_ = name;
        write("units.csv", "code,dimension,factor,name_vi,spellings\nKG,mass,1,kg,\nTON,mass,1000,tấn,t\n");
        write("breakdowns.csv", "dimension,code,name_vi,act\nSEX,_T,Giới tính,act\nSEX,F,Nữ,act\n");
        write("vintages.csv", "code,name_vi,spellings,act\nofficial,chính thức,CT,act\n");
        write("areas.csv",
              "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
              "GSO:33,Tỉnh Hưng Yên,,province,,2008-08-01,9999-12-31,act\n");
        write("agencies.csv",
              "code,name_vi,aliases,inferred,valid_from,valid_to,act\n"
              "H31,UBND tỉnh,000.00.00.H31,yes,2024-01-01,9999-12-31,act\n");
        indicators({"A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,"});
        write("measures.csv", "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,,act\n");
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& file, const std::string& text) const
    {
        std::ofstream(path_ + "/" + file, std::ios::binary) << text;
    }
    void indicators(const std::vector<std::string>& rows) const
    {
        std::string out =
            "code,set,line,name_vi,name_en,parent,heading,unit_raw,unit,scope_raw,frequency_raw,period_kinds,months,"
            "disaggregation_raw,breakdown_dimensions,agency_raw,agencies,method_raw,valid_from,valid_to,act,note\n";
        for (const std::string& row : rows)
            out += row + '\n';
        write("indicators.csv", out);
    }
    void remove(const std::string& file) const { std::filesystem::remove(path_ + "/" + file); }
    [[nodiscard]] const std::string& path() const { return path_; }

    /// "code place" of every problem, in the order they were found.
    [[nodiscard]] std::vector<std::string> problems() const
    {
        std::vector<Problem> found;
        const auto loaded = Catalogue::load(path_, plain_digest, found);
        std::vector<std::string> out;
        for (const Problem& problem : found)
            out.push_back(problem.code + ' ' + problem.place);
        if ((loaded == nullptr) != !found.empty())
            out.emplace_back("a catalogue exactly when there is no problem");
        return out;
    }
    /// Every problem as people read it.
    [[nodiscard]] std::vector<std::string> sentences() const
    {
        std::vector<Problem> found;
        (void)Catalogue::load(path_, plain_digest, found);
        std::vector<std::string> out;
        for (const Problem& problem : found)
            out.push_back(problem.sentence());
        return out;
    }
    [[nodiscard]] std::shared_ptr<const Catalogue> load() const
    {
        std::vector<Problem> found;
        return Catalogue::load(path_, plain_digest, found);
    }

private:
    std::string path_;
};

}  // namespace lienthong::catalogue
