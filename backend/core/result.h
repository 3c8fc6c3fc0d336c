// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace shardhelm {

/// A value or the Error that kept it from being made. Nothing in the project throws across a function border.
template <typename T>
using Result = tl::expected<T, Error>;

/// An Error on its way into any Result.
using Failure = tl::unexpected<Error>;

/// Shorthand for a failure without a server: `return fail(ErrorCode::ValueBad, key, text);`
[[nodiscard]] inline Failure fail(ErrorCode code, QString subject = {}, QString found = {}, QStringList expected = {})
{
    return Failure(Error{code, std::move(subject), std::move(found), std::move(expected), 0, std::nullopt});
}

} // namespace shardhelm
