// Making and running what workplace.hpp names.
#include "tests/unit/seal/workplace.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/wait.h>

namespace lienthong::seal {
Workplace::Workplace()
{
    std::string name = (std::filesystem::temp_directory_path() / "lienthong-seal-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no temporary directory");
    path_ = name;
}

Workplace::~Workplace()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Workplace::write(const std::string& name, const std::string& bytes) const
{
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
}

std::string file_bytes(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

Ran run(const std::vector<std::string>& words)
{
    std::string command;
    for (const std::string& word : words)
        command += "'" + word + "' ";
    FILE* const pipe = ::popen((command + "2>&1").c_str(), "r");
    Ran ran;
    std::array<char, 4096> part{};
    while (const std::size_t got = std::fread(part.data(), 1, part.size(), pipe))
        ran.output.append(part.data(), got);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

DevPki::DevPki()
{
    const Ran made = run({LIENTHONG_SOURCE_DIR "/certs/make-dev-pki", place / ""});
    if (made.code != 0)
        throw std::runtime_error(made.output);
    ca_pem = file_bytes(place / "ca.pem");
    verifier = note_verifier_from(file_bytes(place / "log.verifier")).value();
    note = adapters::note_key_from_pem(place / "log.key").value();
    province = adapters::sealing_key_from_pem(place / "seal.key", place / "seal.pem").value();
}

const DevPki& DevPki::made()
{
    static const DevPki pki;
    return pki;
}

ChainedSeal::ChainedSeal()
{
    const std::string script = place.write("make", R"(set -e; cd "$1"; umask 077
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=root -days 400 2>&1
openssl req -newkey rsa:2048 -nodes -keyout mid.key -out mid.csr -subj /CN=mid 2>&1
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n' > mid.ext
openssl x509 -req -in mid.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile mid.ext -days 300 -out mid.pem 2>&1
openssl req -newkey rsa:3072 -nodes -keyout seal.key -out seal.csr -subj "/CN=Tỉnh Hưng Yên" -utf8 2>&1
printf 'keyUsage=critical,digitalSignature,nonRepudiation\nsubjectKeyIdentifier=hash\n' > seal.ext
openssl x509 -req -in seal.csr -CA mid.pem -CAkey mid.key -CAcreateserial -extfile seal.ext -days 200 -out seal.pem 2>&1
cat root.pem mid.pem > chain.pem)");
    const Ran made = run({"bash", script, place / ""});
    if (made.code != 0)
        throw std::runtime_error(made.output);
    province = adapters::sealing_key_from_pem(place / "seal.key", place / "seal.pem", place / "chain.pem").value();
}

}  // namespace lienthong::seal
