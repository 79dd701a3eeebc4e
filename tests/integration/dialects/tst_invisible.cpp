// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/stage.h"
#include "tests/support/dialectprobefriends.h"
#include "tests/support/dialectprobemtchat.h"

#include <QRegularExpression>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! The two ways in which bao may go.
enum class Way { SignsOut, Hides };

//! \brief Everything that each watcher was told and could read, in order.
struct Recording {
    std::map<DialectFace::Kind, QByteArrayList> lines;
    QString error;
};

//! \brief One of two worlds that differ only in how bao went. What is recorded in them must not.
class World
{
public:
    World(const DialectFace &face, Way way)
        : m_way(way)
        , m_stage(face)
        , m_life(m_stage.server(), u"bao"_s, u"life"_s)
    {
    }

    [[nodiscard]] bool begin();
    [[nodiscard]] bool go();
    //! Does everything that somebody who is hidden may do.
    [[nodiscard]] bool live();
    [[nodiscard]] bool comeBack();
    //! Nothing that was told or read so far counts.
    void forget();
    void record(const QString &when);

    [[nodiscard]] Recording recording() const { return {m_lines, m_stage.error()}; }
    [[nodiscard]] Stage &stage() { return m_stage; }

private:
    using Act = std::function<bool()>;
    [[nodiscard]] std::vector<std::pair<QString, Act>> acts();
    [[nodiscard]] HttpAnswer call(const QByteArray &method, const QString &path,
        const QByteArray &token, const QJsonObject &body = {});
    [[nodiscard]] bool wish(const QString &status);
    [[nodiscard]] QByteArray comparable(QByteArray line);

    const Way m_way;
    Stage m_stage;
    MtchatProbe m_life; //!< bao's program of mtchat
    QString m_message; //!< of ana, in the conversation of the three
    std::map<DialectFace::Kind, QByteArrayList> m_lines;
};

HttpAnswer World::call(
    const QByteArray &method, const QString &path, const QByteArray &token, const QJsonObject &body)
{
    return httpCall(m_stage.server().url(), method, path,
        body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact),
        {{"Authorization", "Bearer " + token}});
}

bool World::begin()
{
    if (!m_stage.error().isEmpty())
        return false;
    TestServer &server = m_stage.server();
    const HttpAnswer sent = call("POST", u"/api/v1/dialogs/%1/messages"_s.arg(server.team().value),
        server.token(u"ana"_s).toLatin1(), {{u"content"_s, u"who is there?"_s}});
    m_message = sent.json().value("data"_L1).toObject().value("id"_L1).toString();
    const bool began = !m_message.isEmpty() && m_life.signIn() && m_stage.second().signIn()
        && m_stage.actor().arrive();
    m_stage.pass(5s);
    forget();
    return began;
}

bool World::wish(const QString &status)
{
    return call("PUT", u"/api/v1/presence/me"_s, m_life.token(), {{u"status"_s, status}}).status
        == 200;
}

bool World::go()
{
    DialectProbe &actor = m_stage.actor();
    const DialectFace &face = m_stage.face();
    if (m_way == Way::Hides) {
        return face.canSet(IntentStatus::Invisible) ? actor.setStatus(IntentStatus::Invisible)
                                                    : wish(u"invisible"_s);
    }
    return face.saysOff
        ? actor.sayOff()
        : call("DELETE", u"/api/v1/sessions/current"_s, actor.token()).status / 100 == 2;
}

std::vector<std::pair<QString, World::Act>> World::acts()
{
    const QString team = m_stage.server().team().value;
    return {
        {u"beats"_s, [this] { return m_stage.actor().beat(); }},
        {u"comes with a second device"_s,
            [this] { return m_stage.second().connect() && m_stage.second().beat(); }},
        {u"comes with another program"_s, [this] { return m_life.connect() && m_life.beat(); }},
        {u"types"_s,
            [this, team] {
                m_life.say({{u"type"_s, u"typing"_s}, {u"dialog_id"_s, team}});
                return m_life.settle();
            }},
        {u"reads"_s,
            [this, team] {
                return call("POST", u"/api/v1/dialogs/%1/read"_s.arg(team), m_life.token(),
                           {{u"last_read_message_id"_s, m_message}})
                           .status
                    == 200;
            }},
        {u"enters a conversation"_s,
            [this, team] {
                auto *friends = dynamic_cast<FriendsProbe *>(&m_stage.actor());
                if (!friends)
                    return true;
                friends->say(u"join_conversation"_s, QJsonObject{{u"conversation_id"_s, team}});
                return friends->settle();
            }},
        {u"changes the text"_s,
            [this] { return m_life.setStatus(IntentStatus::Invisible, u"I am here"_s); }},
        {u"loses a link"_s,
            [this] {
                m_life.loseLink();
                return true;
            }},
    };
}

bool World::live()
{
    for (const auto &[what, act] : acts()) {
        if (m_way == Way::Hides && !act())
            return false;
        m_stage.pass(5s);
        record(u"bao "_s + what);
    }
    m_stage.pass(400s); // until every lease has run out
    record(u"bao falls silent"_s);
    return true;
}

bool World::comeBack()
{
    DialectProbe &actor = m_stage.actor();
    const DialectFace &face = m_stage.face();
    if (m_way == Way::Hides) {
        return face.canSet(IntentStatus::Invisible) ? actor.setStatus(IntentStatus::Auto)
                                                    : wish(u"auto"_s);
    }
    if (!face.beatAfterOff)
        return actor.setStatus(IntentStatus::Auto);
    return actor.arrive();
}

void World::forget()
{
    (void)m_stage.settle();
    for (const DialectFace &face : dialectFaces())
        (void)m_stage.observer(face.kind).takePushed();
}

void World::record(const QString &when)
{
    (void)m_stage.settle();
    for (const DialectFace &face : dialectFaces()) {
        DialectProbe &watcher = m_stage.observer(face.kind);
        QByteArrayList &lines = m_lines[face.kind];
        lines.append("-- " + when.toUtf8());
        for (const QByteArray &pushed : watcher.takePushed())
            lines.append("told: " + comparable(pushed));
        for (const QByteArray &answer : watcher.readEverything(u"bao"_s))
            lines.append("read: " + comparable(answer));
    }
}

//! Without the names that are made by chance, and so differ between any two worlds.
QByteArray World::comparable(QByteArray line)
{
    TestServer &server = m_stage.server();
    for (const QString &login : server.logins)
        line.replace(personId(server, PersonIdKind::ObjectId, login).toLatin1(), login.toLatin1());
    static const QRegularExpression made(
        u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=\"socketId\":\")[^\"]+"_s);
    line = QString::fromUtf8(line).replace(made, u"..."_s).toUtf8();
    // The order in an object is that of the names.
    const qsizetype json = line.indexOf('{');
    const QJsonDocument sorted = QJsonDocument::fromJson(json < 0 ? QByteArray() : line.mid(json));
    return sorted.isNull() ? line : line.first(json) + sorted.toJson(QJsonDocument::Compact);
}

using Play = bool (*)(World &);

const Recording &recordingOf(const char *name, Play play, const DialectFace &face, Way way)
{
    static std::map<std::tuple<QByteArray, DialectFace::Kind, Way>, Recording> known;
    const auto key = std::make_tuple(QByteArray(name), face.kind, way);
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    World world(face, way);
    const bool played = play(world);
    Recording recording = world.recording();
    if (!played && recording.error.isEmpty())
        recording.error = u"not played to the end: "_s + world.stage().actor().error();
    return known.emplace(key, recording).first->second;
}

bool hideAndLive(World &world)
{
    if (!world.begin() || !world.go())
        return false;
    world.record(u"bao goes"_s);
    return world.live();
}

bool hideAndAppear(World &world)
{
    if (!world.begin() || !world.go())
        return false;
    world.stage().pass(10s);
    world.forget();
    const bool isBack = world.comeBack();
    world.stage().pass(2s);
    world.record(u"bao is back"_s);
    return isBack;
}

void compare(const char *name, Play play, const DialectFace &actor, const DialectFace &watcher)
{
    const Recording &absent = recordingOf(name, play, actor, Way::SignsOut);
    const Recording &hidden = recordingOf(name, play, actor, Way::Hides);
    QVERIFY2(absent.error.isEmpty(), qPrintable(absent.error));
    QVERIFY2(hidden.error.isEmpty(), qPrintable(hidden.error));
    const QByteArrayList &expected = absent.lines.at(watcher.kind);
    const QByteArrayList &seen = hidden.lines.at(watcher.kind);
    QByteArray when;
    for (qsizetype i = 0; i < std::max(expected.size(), seen.size()); ++i) {
        if (expected.value(i).startsWith("-- "))
            when = expected.value(i);
        const QByteArray difference = when + "\n  absent: " + expected.value(i, "nothing")
            + "\n  hidden: " + seen.value(i, "nothing");
        QVERIFY2(seen.value(i) == expected.value(i), difference.constData());
    }
    QVERIFY(expected.size() > 1);
}

void addRows()
{
    QTest::addColumn<int>("actor");
    QTest::addColumn<int>("watcher");
    const QList<DialectFace> &faces = dialectFaces();
    for (int actor = 0; actor < faces.size(); ++actor) {
        for (int watcher = 0; watcher < faces.size(); ++watcher)
            QTest::addRow("hidden in %s, looked for in %s", faces[actor].name, faces[watcher].name)
                << actor << watcher;
    }
}

} // namespace

//! Ruling L04, recorded: whoever is invisible cannot be told from somebody who has signed out, by
//! nothing that any dialect tells or answers.
class tst_Invisible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAsIfAbsent_data() { addRows(); }
    void isAsIfAbsent();
    void appearsAsIfSigningIn_data() { addRows(); }
    void appearsAsIfSigningIn();
    void appearsUnderNewNamesOfDevices();
};

void tst_Invisible::isAsIfAbsent()
{
    QFETCH(const int, actor);
    QFETCH(const int, watcher);
    compare("live", hideAndLive, dialectFaces()[actor], dialectFaces()[watcher]);
}

void tst_Invisible::appearsAsIfSigningIn()
{
    QFETCH(const int, actor);
    QFETCH(const int, watcher);
    compare("appear", hideAndAppear, dialectFaces()[actor], dialectFaces()[watcher]);
}

// A name that stayed the same would tell that the device never left.
void tst_Invisible::appearsUnderNewNamesOfDevices()
{
    Stage stage(faceOf(DialectFace::Kind::Mtchat), {faceOf(DialectFace::Kind::DevicesA)});
    const QByteArray bao = personId(stage.server(), PersonIdKind::ObjectId, u"bao"_s).toLatin1();
    const auto namesTold = [&] {
        (void)stage.settle();
        QStringList names;
        static const QRegularExpression name(u"\"socketId\":\"([^\"]+)\""_s);
        for (const QByteArray &pushed : stage.observer(DialectFace::Kind::DevicesA).takePushed()) {
            const auto match = name.match(QString::fromUtf8(pushed));
            if (pushed.contains("user_online") && pushed.contains(bao) && match.hasMatch())
                names.append(match.captured(1));
        }
        return names;
    };
    QVERIFY(stage.actor().arrive());
    const QStringList first = namesTold();
    QVERIFY(stage.actor().setStatus(IntentStatus::Invisible, {}));
    stage.pass(5s);
    QVERIFY(stage.actor().setStatus(IntentStatus::Auto, {}));
    const QStringList second = namesTold();
    QVERIFY(!first.isEmpty() && !second.isEmpty());
    QVERIFY(first.last() != second.first());
}

QTEST_GUILESS_MAIN(tst_Invisible)
#include "tst_invisible.moc"
