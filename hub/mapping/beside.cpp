// Names and paths of files beside a mapping.
#include "hub/mapping/beside.hpp"

namespace lienthong::mapping {

bool is_file_beside(std::string_view name)
{
    return !name.empty() && name.find('/') == std::string_view::npos && name.find('\\') == std::string_view::npos &&
           name.front() != '.' && name.find('\0') == std::string_view::npos;
}

std::string beside(std::string_view path, std::string_view name)
{
    return std::string(path.substr(0, path.size() - file_beside(path).size())) + std::string(name);
}

std::string file_beside(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace lienthong::mapping
