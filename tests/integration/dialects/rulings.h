// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/dialects/stage.h"

#include <QTest>

//! \file
//! What the tests of the rulings share.

namespace presently::test {

using FaceKind = DialectFace::Kind;

//! bao, or somebody else, through one face and on one device; none when that fails.
inline std::unique_ptr<DialectProbe> comer(Stage &stage, FaceKind kind, const QString &device,
    const QString &login = QStringLiteral("bao"))
{
    auto probe = makeProbe(faceOf(kind), stage.server(), login, device);
    return probe->arrive() ? std::move(probe) : nullptr;
}

//! What ana is answered about bao.
inline Sighting answered(Stage &stage, FaceKind kind)
{
    return stage.observer(kind).ask(QStringLiteral("bao")).value_or(Sighting{});
}

//! Everybody watches through the one face that can see everything.
inline QList<DialectFace> onlyMtchat()
{
    return {faceOf(FaceKind::Mtchat)};
}

//! A row for each face that \a fits.
inline void addFaceRows(bool (*fits)(const DialectFace &face))
{
    QTest::addColumn<int>("face");
    for (const DialectFace &face : dialectFaces()) {
        if (fits(face))
            QTest::newRow(face.name) << int(face.kind);
    }
}

inline const DialectFace &faceOfRow()
{
    QFETCH(int, face);
    return faceOf(static_cast<FaceKind>(face));
}

} // namespace presently::test
