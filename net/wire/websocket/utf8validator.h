// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

namespace presently::net {

//! \brief Checks UTF-8 that arrives in parts, wherever it was cut.
//!
//! Refuses overlong forms, surrogates and what lies above U+10FFFF at the first byte that shows it.
class Utf8Validator
{
public:
    //! False once the text can no longer become valid.
    bool feed(QByteArrayView bytes);
    //! Whether the text may end here.
    [[nodiscard]] bool isComplete() const { return m_valid && m_expected == 0; }
    [[nodiscard]] bool isValidSoFar() const { return m_valid; }
    void reset() { *this = {}; }

private:
    bool begin(quint8 byte);

    quint8 m_expected = 0; //!< continuation bytes still to come
    quint8 m_low = 0x80; //!< bounds of the next one
    quint8 m_high = 0xBF;
    bool m_valid = true;
};

} // namespace presently::net
