// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/ownstatus.h"

#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/preferencemenu.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/statustextdialog.h"
#include "ui/desktop/textstyles.h"
#include "ui/desktop/theme.h"

#include <QActionGroup>
#include <QFocusEvent>
#include <QMenu>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int ButtonHeight = 60;
constexpr int AvatarSize = 36;
constexpr int SideMargin = 18;
constexpr int Gap = 12;
constexpr int MenuDot = 12;

Status statusOf(IntentStatus intent)
{
    switch (intent) {
    case IntentStatus::Away:
        return Status::Away;
    case IntentStatus::Busy:
        return Status::Busy;
    case IntentStatus::Invisible:
        return Status::Offline;
    case IntentStatus::Auto:
        break;
    }
    return Status::Online;
}

QIcon dotIcon(Status status, const Palette &colours)
{
    constexpr int Scale = 2;
    QPixmap pixmap(MenuDot * Scale, MenuDot * Scale);
    pixmap.setDevicePixelRatio(Scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintPresenceDot(painter, QRectF(1, 1, MenuDot - 2, MenuDot - 2), status, colours);
    painter.end();
    return QIcon(pixmap);
}

struct Span {
    QString words;
    std::optional<std::chrono::minutes> length;
};

QList<Span> spans()
{
    using namespace std::chrono_literals;
    return {{OwnStatusButton::tr("Until I change it"), std::nullopt},
        {OwnStatusButton::tr("For 30 minutes"), 30min}, {OwnStatusButton::tr("For 1 hour"), 60min},
        {OwnStatusButton::tr("For 4 hours"), 240min}};
}

QString describe(IntentStatus status)
{
    if (status == IntentStatus::Invisible)
        return OwnStatusButton::tr("Invisible — others see you as offline");
    return intentName(status);
}

} // namespace

void fillStatusMenu(QMenu &menu, const Theme &theme, const Intent &current,
    std::function<void(const Intent &)> choose, std::function<void()> askText)
{
    auto *group = new QActionGroup(&menu);
    for (const IntentStatus status :
        {IntentStatus::Auto, IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible}) {
        QAction *action
            = menu.addAction(dotIcon(statusOf(status), theme.palette()), describe(status));
        action->setObjectName(u"status%1"_s.arg(int(status)));
        group->addAction(action);
        if (status == current.status)
            menu.setDefaultAction(action); // in bold: the icons stand where a check would
        QObject::connect(action, &QAction::triggered, &menu, [choose, current, status] {
            Intent intent = current;
            intent.status = status;
            intent.until.reset();
            choose(intent);
        });
    }
    menu.addSeparator();
    QAction *text = menu.addAction(current.customMessage.isEmpty()
            ? OwnStatusButton::tr("Set a status message …")
            : OwnStatusButton::tr("Change the status message …"));
    QObject::connect(text, &QAction::triggered, &menu, [askText] { askText(); });
    if (!current.customMessage.isEmpty()) {
        QAction *clear = menu.addAction(OwnStatusButton::tr("Remove the status message"));
        QObject::connect(clear, &QAction::triggered, &menu, [choose, current] {
            Intent intent = current;
            intent.customMessage.clear();
            choose(intent);
        });
    }
}

OwnStatusButton::OwnStatusButton(Session &session, Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_session(session)
    , m_theme(theme)
{
    setObjectName(u"ownStatusButton"_s);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &OwnStatusButton::openMenu);
    for (const auto signal : {&Session::selfChanged, &Session::ownStatusChanged})
        connect(&session, signal, this, &OwnStatusButton::refresh);
    connect(&theme, &Theme::changed, this, &OwnStatusButton::refresh);
    refresh();
}

QSize OwnStatusButton::sizeHint() const
{
    return {200, ButtonHeight};
}

void OwnStatusButton::setServer(const QString &server)
{
    if (std::exchange(m_server, server) != server)
        refresh();
}

//! What the person wants shown; a timed one is replaced by what comes after it when its time is up.
QString OwnStatusButton::intentLine() const
{
    const Intent &intent = m_session.intent();
    const bool isOnline = m_session.link().state == LinkState::Online;
    QString line = intentName(intent.status);
    if (intent.status == IntentStatus::Auto && isOnline)
        line = statusName(m_session.ownStatus());
    if (!intent.customMessage.isEmpty())
        //: %1: "Busy", %2: the status message.
        line = tr("%1 · %2").arg(line, cleanName(intent.customMessage));
    if (intent.until)
        //: %1: "Busy", %2: a time of day.
        line = tr("%1 until %2").arg(line, clockText(*intent.until));
    return line;
}

QString OwnStatusButton::statusLine() const
{
    if (m_session.link().state == LinkState::Online)
        return intentLine();
    const Intent &intent = m_session.intent();
    if (intent.status == IntentStatus::Auto && intent.customMessage.isEmpty())
        return tr("Not connected");
    //: Own status while the server is away. %1: what is said as soon as it is back.
    return tr("Not connected · then %1").arg(intentLine());
}

void OwnStatusButton::refresh()
{
    const QString name = cleanName(m_session.self().displayName);
    //: Accessible name of one's own status. %1: the name, %2: the status.
    setAccessibleName(m_server.isEmpty()
            ? tr("%1, your status: %2").arg(name, statusLine())
            //: Accessible name of one's own status. %1: the name, %2: the server, %3: the status.
            : tr("%1 on %2, your status: %3").arg(name, m_server, statusLine()));
    //: Tooltip of one's own status. %1: the status, with what follows on a line of its own.
    setToolTip(plainToolTip(
        tr("%1\nThis is what others see of you. Click to change it.").arg(statusLine())));
    update();
}

void OwnStatusButton::openMenu()
{
    QMenu *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"ownStatusMenu"_s);
    const auto choose
        = [this](const Intent &intent) { m_session.submit(SetIntentCommand{intent}); };
    if (m_session.capabilities() & Capability::SetStatus)
        fillStatusMenu(*menu, m_theme, m_session.intent(), choose, [this] { askText(); });
    const bool timed = m_session.capabilities() & Capability::TimedStatus;
    if (timed && m_session.intent().status != IntentStatus::Auto) {
        QMenu *howLong = menu->addMenu(tr("For how long"));
        for (const Span &span : spans()) {
            QAction *action = howLong->addAction(span.words);
            connect(action, &QAction::triggered, this, [this, choose, span] {
                Intent intent = m_session.intent();
                intent.until.reset();
                if (span.length)
                    intent.until = m_session.serverNow() + *span.length;
                choose(intent);
            });
        }
    }
    addPreferenceMenus(*menu, m_session);
    menu->addSeparator();
    addAppearanceMenu(*menu);
    menu->addSeparator();
    connect(menu->addAction(m_theme.icon(u"quit"_s), tr("Quit")), &QAction::triggered, this,
        &OwnStatusButton::quitRequested);
    menu->popup(mapToGlobal(QPoint(SideMargin / 2, height() - 4)));
}

void OwnStatusButton::addAppearanceMenu(QMenu &menu)
{
    QMenu *look = menu.addMenu(tr("Appearance"));
    const QList<std::pair<QString, Appearance>> looks{
        {tr("Like the system"), Appearance::FollowSystem}, {tr("Light"), Appearance::Light},
        {tr("Dark"), Appearance::Dark}};
    for (const auto &[words, appearance] : looks) {
        QAction *action = look->addAction(words);
        action->setCheckable(true);
        action->setChecked(m_theme.appearance() == appearance);
        connect(action, &QAction::triggered, this,
            [this, wanted = appearance] { m_theme.setAppearance(wanted); });
    }
}

void OwnStatusButton::askText()
{
    auto *dialog = new StatusTextDialog(m_session.intent(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &StatusTextDialog::chosen, this, [this](const QString &text) {
        Intent intent = m_session.intent();
        intent.customMessage = text;
        m_session.submit(SetIntentCommand{intent});
    });
    dialog->open();
}

//! The ring is for those who come by keyboard; a menu or a window that closes changes nothing.
void OwnStatusButton::focusInEvent(QFocusEvent *event)
{
    switch (event->reason()) {
    case Qt::TabFocusReason:
    case Qt::BacktabFocusReason:
    case Qt::ShortcutFocusReason:
        m_showsFocus = true;
        break;
    case Qt::PopupFocusReason:
    case Qt::ActiveWindowFocusReason:
        break;
    default:
        m_showsFocus = false;
    }
    QAbstractButton::focusInEvent(event);
}

void OwnStatusButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void OwnStatusButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void OwnStatusButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = m_theme.palette();
    const TextStyles styles = TextStyles::from(font());
    QStyleOptionViewItem option;
    option.state.setFlag(QStyle::State_MouseOver, underMouse());
    option.state.setFlag(QStyle::State_HasFocus, hasFocus() && m_showsFocus);
    const QColor behind
        = paintRowCard(painter, rect().adjusted(8, 4, -8, -4), option, colours, colours.window);
    const QRect avatar(SideMargin, (height() - AvatarSize) / 2, AvatarSize, AvatarSize);
    const QString name = cleanName(m_session.self().displayName);
    paintAvatar(painter, avatar, m_session.self().user.value, name, colours);
    paintAvatarDot(painter, avatar, m_session.ownStatus(), colours, behind);
    const int left = avatar.right() + 1 + Gap;
    const int nameHeight = QFontMetrics(styles.strong).height();
    const int lineHeight = QFontMetrics(styles.small).height();
    const int top = (height() - nameHeight - lineHeight - 1) / 2;
    const int room = width() - left - SideMargin - 20;
    const int nameWidth = std::min(room, QFontMetrics(styles.strong).horizontalAdvance(name) + 1);
    paintLine(painter, QRect(left, top, nameWidth, nameHeight), name, styles.strong, colours.text);
    constexpr int ServerGap = 8;
    constexpr int LeastServer = 40;
    const int serverRoom = room - nameWidth - ServerGap;
    if (!m_server.isEmpty() && serverRoom >= LeastServer)
        paintLine(painter, QRect(left + nameWidth + ServerGap, top, serverRoom, nameHeight),
            m_server, styles.small, colours.textMuted);
    paintLine(painter, QRect(left, top + nameHeight + 1, room, lineHeight), statusLine(),
        styles.small, colours.textMuted);
    constexpr int ArrowSize = 16;
    painter.drawPixmap(width() - SideMargin - ArrowSize, (height() - ArrowSize) / 2,
        m_theme.pixmap(u"down"_s, colours.textMuted, ArrowSize, devicePixelRatioF()));
}

} // namespace presently::ui
