// The status page's files, compiled in by the console's build.
#include "hub/api/page_files.hpp"
#include "hub/api/routes.hpp"

namespace lienthong::api {

void Routes::page(Api&, Call call)
{
    const std::string name = call.captures.empty() ? std::string("index.html") : call.captures.front();
    for (const PageFile& file : page_files())
        if (file.name == name) {
            http::HttpResponse response;
            response.content_type = file.content_type;
            response.body = file.bytes;
            // Everything comes from here and nothing else may run or be loaded (CSP level 3).
            response.headers.emplace_back("Content-Security-Policy",
                                          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                                          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            response.headers.emplace_back("X-Content-Type-Options", "nosniff");
            response.headers.emplace_back("Referrer-Policy", "no-referrer");
            response.headers.emplace_back("Cache-Control", "no-cache");
            return call.respond(std::move(response));
        }
    call.respond(problem_response(404, Problem{"resource.unknown", "the status page has no such part", {}, shortened(name, 80), "GET /"}));
}

}  // namespace lienthong::api
