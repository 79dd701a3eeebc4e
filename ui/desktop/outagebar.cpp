// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/outagebar.h"

#include "ui/common/wording.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int BarHeight = 36;
constexpr int IconSize = 18;
constexpr std::chrono::milliseconds CountdownStep{250};

} // namespace

OutageBar::OutageBar(Theme &theme, const Clock &clock, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_icon(new PlainLabel(this))
    , m_reason(new PlainLabel(this))
    , m_next(new PlainLabel(this))
    , m_button(new QPushButton(tr("Try now"), this))
{
    setObjectName(u"outageBar"_s);
    setProperty("role", u"outage"_s);
    setFixedHeight(BarHeight);
    m_reason->setObjectName(u"outageReason"_s);
    m_reason->setElided(true);
    m_next->setObjectName(u"outageNextTry"_s);
    m_button->setObjectName(u"tryNowButton"_s);
    m_button->setCursor(Qt::PointingHandCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addWidget(m_reason, 1);
    row->addWidget(m_next);
    row->addWidget(m_button);
    m_patience.setSingleShot(true);
    m_countdown.setInterval(CountdownStep);
    connect(&m_patience, &QTimer::timeout, this, &OutageBar::reveal);
    connect(&m_countdown, &QTimer::timeout, this, &OutageBar::refresh);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_link.state == LinkState::SignedOut)
            Q_EMIT signInRequested();
        else
            Q_EMIT tryNowRequested();
    });
    connect(&theme, &Theme::changed, this, &OutageBar::fetchIcon);
    fetchIcon();
    hide();
}

void OutageBar::fetchIcon()
{
    m_icon->setPixmap(
        m_theme.pixmap(u"offline"_s, m_theme.palette().warning, IconSize, devicePixelRatioF()));
}

void OutageBar::setLink(const LinkStatus &link)
{
    m_link = link;
    if (link.state == LinkState::Online) {
        m_patience.stop();
        hide();
        return;
    }
    // What the person must act upon is said at once.
    const bool needsPerson
        = link.state == LinkState::Stopped || (link.state == LinkState::SignedOut && link.cause);
    if (needsPerson)
        reveal();
    else if (isHidden() && !m_patience.isActive())
        m_patience.start(Patience);
    refresh();
}

void OutageBar::reveal()
{
    refresh();
    show();
}

void OutageBar::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    refresh();
    m_countdown.start();
}

void OutageBar::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_countdown.stop();
}

void OutageBar::refresh()
{
    m_reason->setText(outageReason(m_link));
    m_reason->setToolTip(plainToolTip(m_reason->text()));
    m_next->setText(nextTryText(m_link, m_clock.now()));
    m_next->setVisible(!m_next->text().isEmpty());
    const bool signedOut = m_link.state == LinkState::SignedOut;
    m_button->setVisible(m_link.state != LinkState::Connecting && (!signedOut || m_link.cause));
    m_button->setText(signedOut ? tr("Sign in") : tr("Try now"));
    setAccessibleName(text());
}

QString OutageBar::text() const
{
    QStringList parts{m_reason->text()};
    if (!m_next->text().isEmpty())
        parts << m_next->text();
    return parts.join(u' ');
}

} // namespace presently::ui
