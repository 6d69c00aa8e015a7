// Runs openssl in a temporary folder.
#include "tests/unit/http/certificate.hpp"

#include <cstdlib>
#include <stdexcept>

Certificate::Certificate(const std::string& key_options, const std::string& names) : names_(names)
{
    std::string pattern = std::filesystem::temp_directory_path() / "lienthong-http-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    make(key_options);
}

Certificate::~Certificate()
{
    std::filesystem::remove_all(folder_);
}

void Certificate::make(const std::string& key_options) const
{
    const std::string command = "openssl req -x509 -newkey " + key_options +
                                " -nodes -days 2 -subj /CN=localhost -addext subjectAltName=" + names_ + " -keyout " + key() +
                                " -out " + certificate() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("openssl failed: " + command);
}
