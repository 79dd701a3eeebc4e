// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

namespace presently::test {

void fuzzSocketIo(QByteArrayView bytes);

} // namespace presently::test
