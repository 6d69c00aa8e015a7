#include "hub/cli/outward.hpp"

#include "adapters/transports/files/files_transport.hpp"
#include "adapters/transports/mail/mail_transport.hpp"
#include "adapters/transports/sftp/sftp_transport.hpp"
#include "adapters/transports/sql/sql_transport.hpp"
#include "hub/flow/transport_by_scheme.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace lienthong::cli {

adapters::BeastTransportOptions outward_options(const Settings& settings)
{
    adapters::BeastTransportOptions options;
    options.authorities_file = settings.authorities;
    options.deadlines = {settings.outward.name, settings.outward.connect, settings.outward.handshake, settings.outward.first_byte};
    return options;
}

Result<std::shared_ptr<Transport>> outward_transport(boost::asio::any_io_executor executor, const Settings& settings)
{
    adapters::BeastTransportOptions options = outward_options(settings);
    options.plain_http =
        std::any_of(settings.flows.begin(), settings.flows.end(), [](const FlowSettings& flow) { return flow.plain_http; });
    auto made = adapters::make_beast_transport(executor, options);
    if (!made.ok())
        return made.problem();
    const std::shared_ptr<Transport> web = std::move(made).value();
    const std::shared_ptr<Transport> databases = adapters::make_sql_transport(executor, {settings.authorities});
    return std::shared_ptr<Transport>(std::make_shared<flow::TransportByScheme>(
        std::map<std::string, std::shared_ptr<Transport>>{{"http", web},
                                                          {"https", web},
                                                          {"file", adapters::make_files_transport(executor)},
                                                          {"pop3s", adapters::make_mail_transport(executor, {settings.authorities})},
                                                          {"sftp", adapters::make_sftp_transport(executor)},
                                                          {"postgresql", databases},
                                                          {"sqlite", databases},
                                                          {"odbc", databases}}));
}

}  // namespace lienthong::cli
