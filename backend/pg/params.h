// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <concepts>
#include <optional>
#include <vector>

namespace shardhelm::pg {

/// Parameters of a statement in text format, NULL as nullopt. Types are left to the server: write `$1::bigint`.
class Params
{
public:
    Params() = default;
    template <typename... Values>
    requires(sizeof...(Values) > 0) explicit Params(const Values &...values) { (add(values), ...); }

    Params &add(const QString &value) { return addBytes(value.toUtf8()); }
    Params &add(const QByteArray &value) { return addBytes(value); }
    Params &add(std::nullopt_t)
    {
        m_values.emplace_back(std::nullopt);
        return *this;
    }
    Params &add(bool value) { return addBytes(value ? "t" : "f"); }
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool>) Params &add(Integer value)
    {
        return addBytes(QByteArray::number(static_cast<qlonglong>(value)));
    }
    template <typename Value>
    Params &add(const std::optional<Value> &value)
    {
        return value ? add(*value) : add(std::nullopt);
    }

    [[nodiscard]] const std::vector<std::optional<QByteArray>> &values() const { return m_values; }

private:
    Params &addBytes(QByteArray value)
    {
        m_values.emplace_back(std::move(value));
        return *this;
    }

    std::vector<std::optional<QByteArray>> m_values;
};

} // namespace shardhelm::pg
