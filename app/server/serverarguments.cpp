// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/serverarguments.h"

#include "net/server/serverconfig.h"

#include "presently_version.h"

#include <QCommandLineParser>
#include <QFile>
#include <QStandardPaths>

#include <optional>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 maxConfigBytes = 1024 * 1024;

ServerArguments usageError(const QString &text)
{
    ServerArguments result;
    result.outcome = ServerArguments::Outcome::UsageError;
    result.text = text + u"\nTry presently-server --help."_s;
    return result;
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Serves presence and chat. Prints one JSON line when it is ready.\n\n"
        "  presently-server [options]\n"
        "  presently-server user add|passwd LOGIN --data DIR    (password on standard input)\n"
        "  presently-server user remove LOGIN --data DIR\n"
        "  presently-server user list --data DIR"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"config"_s, u"Every number and switch, as JSON."_s, u"FILE"_s},
        {u"host"_s, u"Address to listen on (127.0.0.1)."_s, u"H"_s},
        {u"port"_s, u"Port; 0 takes a free one (8080)."_s, u"N"_s},
        {u"grpc-port"_s, u"Port of gRPC; 0 takes a free one (off)."_s, u"N"_s},
        {u"allow-origin"_s, u"Pages of this origin may use the server; repeatable, * for all."_s,
            u"ORIGIN"_s},
        {u"allow-host"_s, u"Name that the server goes by, as behind a proxy; repeatable."_s,
            u"NAME"_s},
        {u"data"_s, u"Directory of database, files and secrets."_s, u"DIR"_s},
        {u"memory"_s, u"Keep nothing; without --seed, with the built-in seed."_s},
        {u"database"_s, u"SQLite file, as a path or as sqlite:PATH."_s, u"URL"_s},
        {u"seed"_s, u"People, conversations and messages to begin with, as JSON."_s, u"FILE"_s},
        {u"personas"_s, u"Let the seed's personas come and go by themselves."_s},
        {u"redis"_s, u"Not in this build."_s, u"URL"_s},
        {u"tls-cert"_s, u"Certificate chain, PEM."_s, u"F"_s},
        {u"tls-key"_s, u"Its key, PEM."_s, u"F"_s},
        {u"qa"_s, u"Open the control port for QA; loopback only."_s},
        {u"trust-user-id"_s, u"Let ?user_id= act without a token; loopback only."_s},
        {u"admin-token-file"_s, u"Token of the Management API and of /metrics."_s, u"F"_s},
        {u"jwt-secret-file"_s, u"Secrets of outside token issuers, one a line."_s, u"F"_s},
        {u"exit-with-parent"_s, u"End when the process that started this one ends."_s},
    });
    parser.addPositionalArgument(
        u"user"_s, u"Manage accounts, also while the server is running."_s, u"[user …]"_s);
}

//! None: nothing that this build lacks was asked for.
std::optional<QString> missingPart(const QCommandLineParser &parser)
{
    if (parser.isSet(u"redis"_s))
        return u"--redis: this build has no Redis; it serves from one process."_s;
    return {};
}

Expected<net::ServerOptions, QString> readConfig(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{u"%1: %2"_s.arg(path, file.errorString())};
    const QByteArray json = file.read(maxConfigBytes + 1);
    if (json.size() > maxConfigBytes)
        return Unexpected{u"%1: is over 1 MiB"_s.arg(path)};
    auto options = net::readServerConfig(json, path);
    if (!options)
        return Unexpected{options.error().detail};
    return *std::move(options);
}

//! What is wrong with the value, if anything.
std::optional<QString> takeDatabase(const QString &url, net::StorageOptions &storage)
{
    const qsizetype colon = url.indexOf(u':');
    const QString scheme = colon > 1 ? url.left(colon) : QString();
    if (!scheme.isEmpty() && scheme != u"sqlite")
        return u"--database: this build keeps its data in SQLite only; \"%1\" is not possible."_s
            .arg(scheme);
    QString path = scheme.isEmpty() ? url : url.mid(colon + 1);
    if (path.startsWith("//"_L1))
        path = path.mid(2);
    if (path.isEmpty())
        return u"--database: names no file."_s;
    storage.database = path;
    return {};
}

void takeStrings(const QCommandLineParser &parser, net::ServerOptions &options)
{
    const auto take = [&parser](const QString &name, QString &target) {
        if (parser.isSet(name))
            target = parser.value(name);
    };
    take(u"host"_s, options.listener.host);
    take(u"data"_s, options.storage.dataDirectory);
    take(u"seed"_s, options.storage.seedFile);
    take(u"tls-cert"_s, options.listener.tlsCertificate);
    take(u"tls-key"_s, options.listener.tlsKey);
    take(u"admin-token-file"_s, options.auth.adminTokenFile);
    take(u"jwt-secret-file"_s, options.auth.jwtSecretFile);
    if (parser.isSet(u"allow-origin"_s))
        options.listener.allowedOrigins = parser.values(u"allow-origin"_s);
    if (parser.isSet(u"allow-host"_s))
        options.listener.allowedHosts = parser.values(u"allow-host"_s);
    if (parser.isSet(u"personas"_s))
        options.storage.personas = true;
    if (parser.isSet(u"trust-user-id"_s))
        options.auth.trustUserId = true;
    if (parser.isSet(u"qa"_s))
        options.qa.enabled = true;
}

//! What is wrong with a value, if anything.
std::optional<QString> takePorts(const QCommandLineParser &parser, net::ServerOptions &options)
{
    const auto portOf = [&parser](const QString &name) -> std::optional<quint16> {
        bool isNumber = false;
        const uint port = parser.value(name).toUInt(&isNumber);
        return isNumber && port <= 65535 ? std::optional(quint16(port)) : std::nullopt;
    };
    if (parser.isSet(u"port"_s)) {
        const auto port = portOf(u"port"_s);
        if (!port)
            return u"--port: a number from 0 to 65535 is needed."_s;
        options.listener.port = *port;
    }
    if (!parser.isSet(u"grpc-port"_s))
        return {};
    const auto port = portOf(u"grpc-port"_s);
    if (!port && parser.value(u"grpc-port"_s) != u"off")
        return u"--grpc-port: \"off\" or a number from 0 to 65535 is needed."_s;
    options.dialects.userStatus.grpcPort = port ? int(*port) : -1;
    return {};
}

std::optional<QString> takeStorage(const QCommandLineParser &parser, net::StorageOptions &storage)
{
    const bool inMemory = parser.isSet(u"memory"_s);
    if (inMemory && (parser.isSet(u"data"_s) || parser.isSet(u"database"_s)))
        return u"--memory keeps nothing: it does not go with --data or --database."_s;
    if (parser.isSet(u"database"_s)) {
        if (auto wrong = takeDatabase(parser.value(u"database"_s), storage))
            return wrong;
    }
    if (inMemory) {
        storage.dataDirectory.clear();
        storage.database = u":memory:"_s;
        storage.builtInSeed = storage.seedFile.isEmpty();
    } else if (storage.dataDirectory.isEmpty()) {
        storage.dataDirectory
            = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + u"/presently-server"_s;
    }
    return {};
}

ServerArguments parseUserCommand(const QCommandLineParser &parser, ServerArguments result)
{
    const QStringList words = parser.positionalArguments();
    if (words.first() != u"user")
        return usageError(u"\"%1\" is not a command."_s.arg(words.first()));
    const QString action = words.value(1);
    result.outcome = ServerArguments::Outcome::ManageUsers;
    if (action == u"add")
        result.userAction = UserAction::Add;
    else if (action == u"passwd")
        result.userAction = UserAction::ChangePassword;
    else if (action == u"remove")
        result.userAction = UserAction::Remove;
    else if (action != u"list")
        return usageError(u"user: add, passwd, list or remove is needed."_s);
    result.login = words.value(2);
    const bool needsLogin = result.userAction != UserAction::List;
    if (needsLogin == result.login.isEmpty() || words.size() > 3)
        return usageError(needsLogin ? u"user %1: one LOGIN is needed."_s.arg(action)
                                     : u"user list takes no LOGIN."_s);
    if (parser.isSet(u"memory"_s))
        return usageError(u"user: --memory keeps nobody; name the place with --data."_s);
    return result;
}

} // namespace

ServerArguments ServerArguments::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    ServerArguments result;
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        result.outcome = Outcome::ShowText;
        result.text = parser.isSet(u"help"_s) ? parser.helpText() + u'\n'
                                              : u"presently-server " PRESENTLY_VERSION "\n"_s;
        return result;
    }
    if (const auto missing = missingPart(parser))
        return usageError(*missing);
    if (parser.isSet(u"config"_s)) {
        auto config = readConfig(parser.value(u"config"_s));
        if (!config)
            return usageError(config.error());
        result.options = *std::move(config);
    }
    takeStrings(parser, result.options);
    if (const auto wrong = takeStorage(parser, result.options.storage))
        return usageError(*wrong);
    if (const auto wrong = takePorts(parser, result.options))
        return usageError(*wrong);
    result.exitWithParent = parser.isSet(u"exit-with-parent"_s);
    if (!parser.positionalArguments().isEmpty())
        return parseUserCommand(parser, std::move(result));
    if (const auto valid = result.options.validate(); !valid)
        return usageError(valid.error().field + u": "_s + valid.error().detail + u'.');
    return result;
}

} // namespace presently::app
