// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"

#include "cluster/clusterfilealerts.h"
#include "cluster/clusterfilekeys.h"
#include "cluster/clusterfilevalues.h"
#include "cluster/quantities.h"
#include "cluster/tomldepth.h"
#include "pg/conninfo.h"

#include <toml++/toml.h>

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace shardhelm::cluster {

namespace {

constexpr qint64 largestFile = 1 << 20;
constexpr int deepestNesting = 32;

/// Fills a ClusterFile from the parsed document and keeps the error that stands first in the file.
class FileReader
{
public:
    FileReader(QString path, ClusterFile &file)
        : m_path(std::move(path))
        , m_file(file)
    {
    }

    void read(const toml::table &root)
    {
        for (const auto &[key, node] : root)
            readSection({}, fromToml(key.str()), node, lineOf(key));
        requireKeys(root);
    }

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    static int lineOf(const toml::key &key) { return static_cast<int>(key.source().begin.line); }

    void wrong(ErrorCode code, int line, const QString &found, const QStringList &expected)
    {
        if (!m_error || (line > 0 && line < m_error->line))
            m_error = Error{code, m_path, found, expected, line, std::nullopt};
    }

    void badValue(const QString &key, const toml::node &node, const QStringList &expected)
    {
        wrong(ErrorCode::ValueBad, static_cast<int>(node.source().begin.line),
              key + QStringLiteral(" = ") + shown(node), expected);
    }

    void readSection(const QString &parent, const QString &name, const toml::node &node, int line)
    {
        const QString section = parent.isEmpty() ? name : parent + u'.' + name;
        if (!fileSections().contains(section)) {
            QStringList known;
            for (const QString &candidate : fileSections()) {
                if (!candidate.contains(u'.'))
                    known.append(candidate);
            }
            wrong(ErrorCode::KeyUnknown, line, section, nearMisses(section, known));
            return;
        }
        const toml::table *table = node.as_table();
        if (!table) {
            badValue(section, node, {u'[' + section + u']'});
            return;
        }
        for (const auto &[key, value] : *table)
            readKey(section, fromToml(key.str()), value, lineOf(key));
    }

    void readKey(const QString &section, const QString &name, const toml::node &node, int line)
    {
        QStringList known;
        if (section == QLatin1StringView("alerts")) {
            if (const AlertRule *rule = alertRule(name))
                return readAlert(*rule, node);
            for (const AlertRule &rule : alertRules())
                known.append(rule.name);
        }
        if (section == QLatin1StringView("locate"))
            return readLocate(name, node);
        for (const FileKey &key : fileKeys()) {
            if (key.section == section && key.name == name)
                return key.text ? readText(key, node) : readNumber(key, node);
            if (key.section == section)
                known.append(key.name);
        }
        if (fileSections().contains(section + u'.' + name))
            return readSection(section, name, node, line);
        wrong(ErrorCode::KeyUnknown, line, section + u'.' + name, nearMisses(name, known));
    }

    void readText(const FileKey &key, const toml::node &node)
    {
        const auto *string = node.as_string();
        const QString value = string ? fromToml(string->get()) : QString();
        if (value.trimmed().isEmpty() || value.contains(QChar(0)))
            return badValue(key.path(), node, {QStringLiteral("\"…\"")});
        static const QRegularExpression color(QStringLiteral("\\A#[0-9a-fA-F]{6}\\z"));
        static const QRegularExpression hours(
            QStringLiteral("\\A([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]\\z"));
        const bool embedded = key.kind == KeyKind::ScratchPlace && value == QLatin1StringView("embedded");
        if (key.kind == KeyKind::Word && !key.choices.contains(value))
            return badValue(key.path(), node, key.choices);
        if (key.kind == KeyKind::Color && !color.match(value).hasMatch())
            return badValue(key.path(), node, {QStringLiteral("#rrggbb")});
        if (key.kind == KeyKind::Hours && !hours.match(value).hasMatch())
            return badValue(key.path(), node, {QStringLiteral("HH:MM-HH:MM")});
        if (key.kind == KeyKind::Conninfo || (key.kind == KeyKind::ScratchPlace && !embedded))
            checkConninfo(key, node, value);
        key.setText(m_file, value);
    }

    void checkConninfo(const FileKey &key, const toml::node &node, const QString &value)
    {
        const auto conninfo = pg::Conninfo::parse(value);
        if (!conninfo) {
            // Never the text itself: what follows a misspelt keyword may be a secret.
            wrong(ErrorCode::ValueBad, static_cast<int>(node.source().begin.line),
                  key.path() + QStringLiteral(": ") + conninfo.error().found,
                  {QStringLiteral("host=… dbname=…"), QStringLiteral("postgresql://…")});
            return;
        }
        for (const QLatin1StringView secret : {QLatin1StringView("password"), QLatin1StringView("sslpassword")}) {
            if (!conninfo->value(secret).isEmpty())
                wrong(ErrorCode::ValueBad, static_cast<int>(node.source().begin.line),
                      key.path() + QStringLiteral(": ") + secret,
                      {QStringLiteral("~/.pgpass"), QStringLiteral("pg_service.conf"), QStringLiteral("keychain")});
        }
    }

    void readNumber(const FileKey &key, const toml::node &node)
    {
        const auto number = numberIn(key.kind, key.kind == KeyKind::Duration ? key.bareUnit : 1, node);
        if (!number || *number < key.minimum || *number > key.maximum || *number % key.step != 0) {
            const auto text = [&key](qint64 bound) {
                return key.kind == KeyKind::Duration ? durationText(std::chrono::milliseconds(bound))
                    : key.kind == KeyKind::Size      ? sizeText(bound)
                                                     : QString::number(bound);
            };
            return badValue(key.path(), node, {text(key.minimum) + QStringLiteral(" … ") + text(key.maximum)});
        }
        key.setNumber(m_file, *number);
    }

    void readAlert(const AlertRule &rule, const toml::node &node)
    {
        if (const auto error = shardhelm::cluster::readAlert(rule, node, m_path, m_file))
            wrong(error->code, error->line, error->found, error->expected);
    }

    void readLocate(const QString &name, const toml::node &node)
    {
        const auto *string = node.as_string();
        if (name.trimmed().isEmpty() || !string || fromToml(string->get()).trimmed().isEmpty())
            return badValue(QStringLiteral("locate.") + name, node, {QStringLiteral("\"select …\"")});
        m_file.locate.insert(name, fromToml(string->get()));
    }

    void requireKeys(const toml::table &root)
    {
        if (m_error)
            return;
        const auto missing = [this, &root](const QString &section, const QString &key, const QStringList &expected) {
            const auto node = root.at_path(section.toStdString());
            wrong(ErrorCode::KeyMissing, node ? static_cast<int>(node.node()->source().begin.line) : 0,
                  section + u'.' + key, expected);
        };
        const QString directory = QStringLiteral("directory");
        const QString conninfo = QStringLiteral("conninfo");
        const QString service = QStringLiteral("service");
        if (m_file.name.isEmpty())
            return missing(QStringLiteral("cluster"), QStringLiteral("name"), {});
        if (m_file.directoryConninfo.isEmpty() && m_file.directoryService.isEmpty())
            return missing(directory, conninfo, {conninfo, service});
        if (!m_file.directoryConninfo.isEmpty() && !m_file.directoryService.isEmpty())
            return badValue(directory + u'.' + service, *root.at_path("directory.service").node(), {conninfo, service});
        if (!root.at_path("directory.queries").is_table())
            return;
        for (const QString &query : {QStringLiteral("instances"), QStringLiteral("map"), QStringLiteral("epoch")}) {
            if (!m_file.directoryQueries.contains(query))
                return missing(QStringLiteral("directory.queries"), query, {});
        }
    }

    QString m_path;
    ClusterFile &m_file;
    std::optional<Error> m_error;
};

} // namespace

Result<ClusterFile> readClusterFile(const QString &path)
{
    const QFileInfo info(path);
    const QString absolute = info.absoluteFilePath();
    if (!info.exists())
        return fail(ErrorCode::FileMissing, absolute);
    // Reading a pipe or a device might never end.
    if (!info.isFile())
        return fail(ErrorCode::FileIsNone, absolute);
    QFile file(absolute);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, absolute, file.errorString());
    const QByteArray text = file.read(largestFile + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::FileUnreadable, absolute, file.errorString());
    if (text.size() > largestFile)
        return fail(ErrorCode::FileTooLarge, absolute, QString::number(file.size()), {QString::number(largestFile)});
    return parseClusterFile(text, absolute);
}

Result<ClusterFile> parseClusterFile(const QByteArray &text, const QString &path)
{
    if (const int line = lineNestedDeeper(text, deepestNesting); line > 0)
        return Failure(Error{
            ErrorCode::FileSyntax, path, QStringLiteral("nesting > %1").arg(deepestNesting), {}, line, std::nullopt});
    toml::table root;
    try {
        root = toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    } catch (const toml::parse_error &error) {
        return Failure(Error{ErrorCode::FileSyntax,
                             path,
                             fromToml(error.description()),
                             {},
                             static_cast<int>(error.source().begin.line),
                             std::nullopt});
    }
    ClusterFile file;
    file.path = path;
    FileReader reader(path, file);
    reader.read(root);
    if (reader.error())
        return Failure(*reader.error());
    return file;
}

QString defaultClusterFilePath()
{
    const QString named = qEnvironmentVariable("SHARDHELM_CLUSTER");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/shardhelm/cluster.toml");
}

} // namespace shardhelm::cluster
