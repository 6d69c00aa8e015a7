// Certificates for tests, made by the openssl program.
#pragma once

#include <filesystem>
#include <string>

/// Certificate and key made by the openssl program in a folder of their own.
class Certificate
{
public:
    explicit Certificate(const std::string& key_options = "ec -pkeyopt ec_paramgen_curve:P-256",
                         const std::string& names = "DNS:localhost,IP:127.0.0.1");
    ~Certificate();
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    [[nodiscard]] std::string certificate() const { return folder_ / "certificate.pem"; }
    [[nodiscard]] std::string key() const { return folder_ / "key.pem"; }
    void make(const std::string& key_options) const;

private:
    std::filesystem::path folder_;
    std::string names_;
};
