// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/text/cleantext.h"
#include "net/wire/json/fieldreader.h"

namespace presently::net::mtchat {

//! \brief The reader of all dialects, and what this one reads beside.
class FieldReader : public presently::net::FieldReader
{
public:
    using presently::net::FieldReader::FieldReader;

    //! A name, fit to be shown on one line (cleanName()); absent: empty.
    [[nodiscard]] QString name(Key key) { return cleanName(textOr(key)); }
};

} // namespace presently::net::mtchat
