// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/situations.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! \brief What happened on one stage; one run serves the rows of all watchers.
struct Run {
    std::vector<StageStep> steps;
    QString error;
};

const Run &runOf(const DialectFace &face, const Situation &situation)
{
    static std::map<std::pair<DialectFace::Kind, QByteArray>, Run> runs;
    const auto key = std::make_pair(face.kind, QByteArray(situation.name));
    const auto known = runs.find(key);
    if (known != runs.end())
        return known->second;
    Stage stage(face);
    if (stage.error().isEmpty())
        situation.play(stage);
    return runs.emplace(key, Run{stage.steps(), stage.error()}).first->second;
}

Presence nobodyYet()
{
    Presence presence;
    presence.status = Status::Offline;
    return presence;
}

//! What is told is compared without what moves by itself.
Sighting withoutTime(Sighting sighting)
{
    sighting.lastSeen.reset();
    return sighting;
}

//! Whether nothing in \a said differs from \a truth. Last seen of somebody who is there may have moved
//! on since.
bool isWithin(const Sighting &said, const Sighting &truth)
{
    const bool isThere = truth.status != Status::Offline;
    return said.status == truth.status && (!said.text || said.text == truth.text)
        && (!said.autoAway || said.autoAway == truth.autoAway)
        && (!said.devices || said.devices == truth.devices)
        && (!said.lastSeen || said.lastSeen == truth.lastSeen
            || (isThere && truth.lastSeen && *said.lastSeen < *truth.lastSeen))
        && (!said.reason || said.reason == truth.reason);
}

QString listed(const QList<Sighting> &told)
{
    QStringList texts;
    for (const Sighting &sighting : told)
        texts.append(toText(sighting));
    return texts.isEmpty() ? u"nothing"_s : texts.join("; "_L1);
}

//! Why what was pushed is wrong; empty: it is right. Told once if it looks different, else not.
QString wrongWithTold(const DialectFace &watcher, const Presence &before, const StageStep &step)
{
    const Noticed &noticed = step.noticed.at(watcher.kind);
    if (!noticed.astray.isEmpty())
        return u"told of others: "_s + noticed.astray.join("; "_L1);
    const QList<Sighting> &told = noticed.told;
    if (step.knowledge != Knowledge::Full) {
        // Who asked while nobody could know is told once it can be known.
        const bool isOwedWord = step.knowledge == Knowledge::AbsenceOnly && told.size() == 1
            && told.first().status == Status::Offline;
        return told.isEmpty() || isOwedWord ? QString()
                                            : u"told what nobody can know: "_s + listed(told);
    }
    const Sighting now = seenThrough(watcher.told, step.truth);
    const bool isNew
        = watcher.pushes && withoutTime(seenThrough(watcher.told, before)) != withoutTime(now);
    if (told.size() != (isNew ? 1 : 0))
        return u"told %1, expected %2"_s.arg(listed(told), isNew ? toText(now) : u"nothing"_s);
    if (isNew && !isWithin(told.first(), now))
        return u"told %1, which is %2"_s.arg(listed(told), toText(now));
    return {};
}

QString wrongWithAnswer(const DialectFace &watcher, const StageStep &step)
{
    const std::optional<Sighting> &answered = step.noticed.at(watcher.kind).answered;
    if (step.knowledge != Knowledge::Full) {
        const bool isRight
            = answered ? answered->status == Status::Offline : step.knowledge == Knowledge::None;
        return isRight
            ? QString()
            : u"answered what nobody can know: "_s + (answered ? toText(*answered) : u"nothing"_s);
    }
    const Sighting expected = seenThrough(watcher.answered, step.truth);
    if (!answered)
        return u"left out, expected "_s + toText(expected);
    if (*answered != expected)
        return u"answered %1, expected %2"_s.arg(toText(*answered), toText(expected));
    return {};
}

} // namespace

//! What bao does through one dialect, ana sees through each other: at once, once, and nothing else.
class tst_Matrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSeen_data();
    void isSeen();
};

void tst_Matrix::isSeen_data()
{
    QTest::addColumn<int>("actor");
    QTest::addColumn<int>("watcher");
    QTest::addColumn<int>("situation");
    const QList<DialectFace> &faces = dialectFaces();
    for (int actor = 0; actor < faces.size(); ++actor) {
        for (int situation = 0; situation < int(situations().size()); ++situation) {
            const Situation &what = situations()[std::size_t(situation)];
            if (!what.happensIn(faces[actor]))
                continue;
            for (int watcher = 0; watcher < faces.size(); ++watcher)
                QTest::addRow(
                    "set in %s, seen in %s: %s", faces[actor].name, faces[watcher].name, what.name)
                    << actor << watcher << situation;
        }
    }
}

void tst_Matrix::isSeen()
{
    QFETCH(const int, actor);
    QFETCH(const int, watcher);
    QFETCH(const int, situation);
    const DialectFace &face = dialectFaces()[watcher];
    const Run &run = runOf(dialectFaces()[actor], situations()[std::size_t(situation)]);
    QVERIFY2(run.error.isEmpty(), qPrintable(run.error));
    Presence before = nobodyYet();
    for (const StageStep &step : run.steps) {
        const QString told = wrongWithTold(face, before, step);
        QVERIFY2(told.isEmpty(), qPrintable(step.what + u": "_s + told));
        const QString answer = wrongWithAnswer(face, step);
        QVERIFY2(answer.isEmpty(), qPrintable(step.what + u": "_s + answer));
        before = step.truth;
    }
}

QTEST_GUILESS_MAIN(tst_Matrix)
#include "tst_matrix.moc"
